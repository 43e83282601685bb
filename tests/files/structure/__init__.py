"""Edits of a workbook's structure."""
