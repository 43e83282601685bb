"""The lossless writer: patches a workbook's package and leaves every byte that is not owned as it was."""

from __future__ import annotations

from addin.files.package.edits import KEEP, CellEdit, ColumnEdit, Edits, PatchReport, TableEdit
from addin.files.package.patch import patch
from addin.files.package.problem import PackageError

__all__ = [
    "KEEP",
    "CellEdit",
    "ColumnEdit",
    "Edits",
    "PackageError",
    "PatchReport",
    "TableEdit",
    "patch",
]
