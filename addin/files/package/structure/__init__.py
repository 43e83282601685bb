"""Edits of a workbook's structure: words and names that change throughout, new columns, tables and sheets.

They keep the promise of the writer beside them: what is not owned stays as it is, byte for byte.
"""

from __future__ import annotations

from addin.files.package.structure.draft import Draft

__all__ = ["Draft"]
