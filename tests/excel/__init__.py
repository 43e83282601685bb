"""A live spreadsheet for the tests of the add-in: xlwings over LibreOffice instead of Excel.

The code that Excel runs is run as it is; only xlwings' engine is another. Where the two programs differ in a way
that would hide a fault (Excel takes a text for a number, writes wrongly through a filter), the engine raises.
`program` starts and ends LibreOffice, `worker` runs inside it, `worker_link` beside it under the Python that has its
bridge; `engine`, `books`, `ranges` and `tables` answer to xlwings, `com` has the few names of Excel's own object
model.
"""
