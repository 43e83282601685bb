"""A workbook that is open in Excel: its tables read whole, its owned cells written, its state left as it was.

Speaks to Excel through xlwings alone; what is computed and what is to be written is the service's.
"""
