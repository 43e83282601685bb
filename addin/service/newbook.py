"""A new, empty standard workbook."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from addin.assets import templates
from addin.model.finding import LedgerError
from addin.model.text import Language, Text


def new_book(book: Path, language: Language) -> Path:
    """Puts the standard workbook of that language at ``book``; an existing file is never overwritten.

    A name that ends in .xlsm gets the one that carries ribbon and macros. The file appears whole or not at
    all. LedgerError where the name is no workbook's, its folder is not there, or something has that name.
    """
    _check_name(book)
    template = templates() / f"huikuan-{language}{book.suffix.lower()}"
    handle, temporary = tempfile.mkstemp(prefix=".huikuan-", suffix=".tmp", dir=book.parent)
    os.close(handle)
    try:
        shutil.copyfile(template, temporary)
        os.chmod(temporary, 0o644)
        _claim(Path(temporary), book)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return book


def _check_name(book: Path) -> None:
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise LedgerError(
            "book_name",
            Text(
                f"{book.name} 不是工作簿的文件名。请以 .xlsx 结尾（带宏和功能区的以 .xlsm 结尾）。",
                f"{book.name} is no name of a workbook. End it in .xlsx, "
                "or in .xlsm for one with ribbon and macros.",
            ),
        )
    if book.exists():
        raise _taken(book)
    if not book.parent.is_dir():
        raise LedgerError(
            "no_folder",
            Text(
                f"文件夹 {book.parent} 不存在。请先建立它。",
                f"There is no folder {book.parent}. Make it first.",
            ),
        )


def _claim(temporary: Path, book: Path) -> None:
    """Gives the finished file its name unless another file took it meanwhile."""
    try:
        if os.name == "nt":
            os.rename(temporary, book)
        else:
            os.link(temporary, book)
    except FileExistsError:
        raise _taken(book) from None
    except OSError:  # a file system without links
        if book.exists():
            raise _taken(book) from None
        os.replace(temporary, book)


def _taken(book: Path) -> LedgerError:
    return LedgerError(
        "book_exists",
        Text(
            f"{book.name} 已存在，不会覆盖。请换个文件名，或先移走它。",
            f"{book.name} is there already and is not overwritten. Choose another name, or move it away.",
        ),
    )
