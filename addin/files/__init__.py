"""Workbooks in and out: reading, lossless writing, templates, other formats."""
