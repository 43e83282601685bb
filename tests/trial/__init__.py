"""The lossless writer on trial: real workbooks and ledgers full of other people's parts, edited and compared.

The comparator here shares no code with the writer: its own zip reading, its own look at XML.
"""
