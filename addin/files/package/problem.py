"""The one error of packages."""

from __future__ import annotations

from addin.model.text import Text


class PackageError(Exception):
    """A workbook that cannot be read or written; `problem` says what, where and how to mend it, `code` the kind."""

    def __init__(self, zh: str, en: str, code: str = "damaged") -> None:
        super().__init__(en)
        self.problem, self.code = Text(zh, en), code


def misfit(table: str, detail: str) -> PackageError:
    """An edit that does not fit the table as the file has it; `detail` is English and technical."""
    return PackageError(
        f"表格 {table} 与要写入的内容对不上（{detail}）。请检查表格的行列范围后重新运行。",
        f"Table {table} does not fit what is to be written ({detail}). "
        "Check the rows and columns of the table and run again.",
    )


def damaged(detail: str) -> PackageError:
    """The file is not a whole workbook; `detail` (English, technical) says how it shows."""
    return PackageError(
        f"这个文件不是完整的 Excel 工作簿（{detail}）。请用 Excel 打开并另存为 .xlsx，或从备份恢复。",
        f"This file is not a whole Excel workbook ({detail}). "
        "Open it in Excel and save it as .xlsx, or restore a backup.",
    )
