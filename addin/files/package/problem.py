"""The one error of the package writer."""

from __future__ import annotations

from addin.model.text import Text


class PackageError(Exception):
    """A workbook that cannot be written as asked; `problem` says what, where and how to mend it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.problem = Text(zh, en)


def damaged(detail: str) -> PackageError:
    """The file is not a whole workbook; `detail` (English, technical) says how it shows."""
    return PackageError(
        f"这个文件不是完整的 Excel 工作簿（{detail}）。请用 Excel 打开并另存为 .xlsx，或从备份恢复。",
        f"This file is not a whole Excel workbook ({detail}). "
        "Open it in Excel and save it as .xlsx, or restore a backup.",
    )
