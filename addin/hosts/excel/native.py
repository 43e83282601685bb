"""What xlwings has no word of its own for, on Windows (COM) and macOS (AppleScript)."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from addin.model.finding import LedgerError
from addin.model.text import Language, Text

if TYPE_CHECKING:
    import xlwings as xw

ADDIN: Final = "huikuan.xlam"
FormulaWord = Literal["formula", "formula2"]
_AND, _OR = 1, 2
"""How Excel joins two criteria of a filter."""
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


def open_again(app: xw.App, path: Path) -> xw.Book:
    """Opens a book by the path that it had, its links as they are: Excel would ask about them.

    xlwings' own word would make the name of a server of the letter of a drive.
    """
    import xlwings as xw

    return xw.Book(impl=app.books.impl.open(str(path), update_links=False))


def nothing_to_save(book: xw.Book) -> None:
    """Excel closes the book without asking whether to save it."""
    if _MAC:
        book.api.saved.set(True)
    else:
        book.api.Saved = True


def not_saved(name: str) -> Text:
    """Asks for the book to be saved."""
    return Text(
        f"{name} 有未保存的改动。请先保存（Ctrl+S），再按一次按钮。",
        f"{name} has changes that are not saved. Save it first (Ctrl+S), then press the button again.",
    )


def is_read_only(book: xw.Book) -> bool:
    """Whether the book cannot be saved under its own name."""
    return bool(book.api.read_only.get() if _MAC else book.api.ReadOnly)


def addin_is_open(app: xw.App) -> bool:
    """Whether the add-in is loaded. Excel finds an add-in by its name, but does not count it among its books."""
    try:
        app.books[ADDIN]
    except KeyError:
        return False
    return True


def counts_from_1904(book: xw.Book) -> bool:
    """Whether a number in a cell of days counts from 1904."""
    return bool(book.api.date_1904.get() if _MAC else book.api.Date1904)


def keeps_its_sheets(book: xw.Book) -> bool:
    """Whether the structure of the book is protected: no sheet can then be shown or hidden."""
    return bool(book.api.protect_structure.get() if _MAC else book.api.ProtectStructure)


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


# --- formulas ---------------------------------------------------------------------------------------------------


def formula_word(sheet: xw.Sheet) -> FormulaWord:
    """What xlwings calls formulas so that they stay as they are: Excel that spills puts an @ into plain ones.

    Excel 2019 and before does not know the newer word.
    """
    try:
        _ = sheet.range((1, 1)).formula2
    except Exception:  # Excel's word for it differs by version
        return "formula"
    return "formula2"


def set_formula(cell: xw.Range, word: FormulaWord, formula: str) -> bool:
    """Puts a formula in place of a cell's own; False where the cell only shows a part of another one's result."""
    if not _MAC and word == "formula2" and cell.api.HasSpill:
        if cell.api.SpillParent.Address != cell.api.Address:
            return False
    elif not _MAC and cell.has_array:
        whole = cell.api.CurrentArray
        if whole.Row != cell.row or whole.Column != cell.column:
            return False
        whole.FormulaArray = formula
        return True
    setattr(cell, word, formula)
    return True


@contextmanager
def filling_no_columns(app: xw.App) -> Iterator[None]:
    """Excel does not fill a whole column of a table with the formula that one of its cells is given."""
    if _MAC:
        yield
        return
    options = app.api.AutoCorrect
    before = options.AutoFillFormulasInLists
    options.AutoFillFormulasInLists = False
    try:
        yield
    finally:
        options.AutoFillFormulasInLists = before


# --- filters ----------------------------------------------------------------------------------------------------

Criteria = tuple[int, Any, Any]
"""Operator and one or two criteria of a column's filter, in Excel's own words."""


def criteria_of(table: xw.main.Table, field: int) -> Criteria | None:
    """What a column is filtered by, letter by letter; None on macOS, which does not tell."""
    if _MAC:
        return None
    found = table.api.AutoFilter.Filters(field)
    two = found.Operator in (_AND, _OR)
    return found.Operator, found.Criteria1, found.Criteria2 if two else None


def filter_by(table: xw.main.Table, field: int, criteria: Criteria) -> None:
    """Filters a column by what `criteria_of` told."""
    operator, first, second = criteria
    more = {"Operator": operator} if operator else {}
    if second is not None:
        more["Criteria2"] = second
    table.api.Range.AutoFilter(Field=field, Criteria1=first, **more)


# --- the ribbon -------------------------------------------------------------------------------------------------


def speak(book: xw.Book, language: Language) -> None:
    """The ribbon in a language; without a ribbon nothing happens."""
    _run(book, "HuikuanSpeak", language)


def ribbon_language(book: xw.Book) -> Language | None:
    """The language of the ribbon; None where there is none, or one of an older version that does not tell."""
    match _run(book, "HuikuanSpoken"):
        case "zh":
            return "zh"
        case "en":
            return "en"
    return None


def _run(book: xw.Book, name: str, *arguments: str) -> Any:
    """What a macro of the add-in gives, else of those in the book; None without either."""
    for macro in (book.app.macro(f"'{ADDIN}'!{name}"), book.macro(name)):
        with suppress(
            Exception
        ):  # a macro that is not there: Excel's word for it differs by version and language
            return macro(*arguments)
    return None
