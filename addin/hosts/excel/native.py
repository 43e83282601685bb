"""What xlwings has no word of its own for, on Windows (COM) and macOS (AppleScript)."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from addin.model.finding import LedgerError
from addin.model.text import Language, Text

if TYPE_CHECKING:
    import xlwings as xw

ADDIN: Final = "huikuan.xlam"
_MAC: Final = sys.platform == "darwin"
_ALLOWED: Final = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
"""What a protected sheet may allow; `Protect` takes each by this name."""


def full_name(book: xw.Book) -> str:
    """Path or web address as Excel has it; xlwings' own word would look through the disk for an address."""
    return str(book.impl.fullname)


def is_saved(book: xw.Book) -> bool:
    """Whether the file holds all that the screen shows."""
    return bool(book.api.saved.get() if _MAC else book.api.Saved)


def save_copy(book: xw.Book, target: Path) -> None:
    """Puts the book as it is now, unsaved changes included, at a path; the book itself stays as it is.

    macOS has no such command: the copy is then of the file, and LedgerError tells that the book is to be saved first.
    """
    if not _MAC:
        book.api.SaveCopyAs(str(target))
        return
    if not is_saved(book):
        raise LedgerError("not_saved", not_saved(book.name))
    shutil.copy2(full_name(book), target)


def not_saved(name: str) -> Text:
    """Asks for the book to be saved."""
    return Text(
        f"{name} 有未保存的改动。请先保存（Ctrl+S），再按一次按钮。",
        f"{name} has changes that are not saved. Save it first (Ctrl+S), then press the button again.",
    )


def counts_from_1904(book: xw.Book) -> bool:
    """Whether a number in a cell of days counts from 1904."""
    return bool(book.api.date_1904.get() if _MAC else book.api.Date1904)


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether the cells of a sheet are protected."""
    return bool(sheet.api.protect_contents.get() if _MAC else sheet.api.ProtectContents)


@contextmanager
def unprotected(sheets: list[xw.Sheet]) -> Iterator[None]:
    """The sheets without their protection, which is put back as it was.

    LedgerError where one has a password; nothing has then been changed.
    """
    opened: list[tuple[Any, dict[str, bool]]] = []
    try:
        for sheet in filter(is_protected, sheets):
            if _MAC:
                raise LedgerError("protected", _protected(sheet.name))
            options = _protection(sheet.api)
            with suppress(Exception):  # a password is told below, whatever Excel calls it
                sheet.api.Unprotect("")
            if is_protected(sheet):
                raise LedgerError("protected", _protected(sheet.name))
            opened.append((sheet.api, options))
        yield
    finally:
        for api, options in opened:
            api.Protect(**options)


def _protection(api: Any) -> dict[str, bool]:
    options = {name: bool(getattr(api.Protection, name)) for name in _ALLOWED}
    return options | {
        "DrawingObjects": bool(api.ProtectDrawingObjects),
        "Contents": True,
        "Scenarios": bool(api.ProtectScenarios),
    }


def _protected(name: str) -> Text:
    return Text(
        f"工作表“{name}”受保护，无法写入。请在“审阅”中撤消工作表保护，再按一次按钮；没有写入任何内容。",
        f'Sheet "{name}" is protected and cannot be written. Take its protection off (Review), then press the '
        "button again; nothing was written.",
    )


def speak(book: xw.Book, language: Language) -> None:
    """The ribbon in a language: of the add-in, else of the macros in the book; without either there is no ribbon."""
    for macro in (book.app.macro(f"'{ADDIN}'!HuikuanSpeak"), book.macro("HuikuanSpeak")):
        with suppress(
            Exception
        ):  # a macro that is not there: Excel's word for it differs by version and language
            macro(language)
            return
