"""From an open workbook to plain cells, as `addin.files.reader` makes them of a file: each table is read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from addin.files.named import Cells
from addin.files.reader import ABOVE_COLUMNS, ABOVE_ROWS, book_language
from addin.files.template.places import DASHBOARD_NAMES, name_place
from addin.hosts.excel import native
from addin.model.cells import ERRORS, AnyCell, CellError, RawBook, RawTable, error_in
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.live import OpenBook

if TYPE_CHECKING:
    import xlwings as xw

_DAY_ZERO: Final = date(1899, 12, 30)
"""The day that Excel gives to a time of day."""


@dataclass(frozen=True)
class Live:
    """An open book with its cells as read, and its tables by key."""

    book: xw.Book
    open: OpenBook
    tables: Mapping[str, xw.main.Table]

    @property
    def raw(self) -> RawBook:
        return self.open.raw


def read(book: xw.Book) -> Live:
    """Every ledger table of the book. LedgerError where it has no file on this machine, or no such table."""
    tables = _ledger_tables(book)
    if not tables:
        raise LedgerError("no_ledger", _no_ledger(book.name))
    path = local_path(book)
    raws: dict[str, RawTable] = {}
    above: dict[str, Mapping[tuple[int, int], AnyCell]] = {}
    old_days = native.counts_from_1904(book)
    for key, (sheet, table) in tables.items():
        raws[key], above[key] = _read_table(sheet, table, not is_visible(sheet), old_days)
    raw = RawBook(raws, above, _names(book))
    return Live(
        book, OpenBook(path, raw, book_language(raw)), {key: table for key, (_, table) in tables.items()}
    )


def _ledger_tables(book: xw.Book) -> dict[str, tuple[xw.Sheet, xw.main.Table]]:
    """The ledger's tables by key, each with its sheet; of two with one name the first."""
    tables: dict[str, tuple[xw.Sheet, xw.main.Table]] = {}
    for sheet in book.sheets:
        for table in sheet.tables:
            key = table.display_name.casefold()
            if key in TABLES and key not in tables and table.show_headers:
                tables[key] = sheet, table
    return tables


def local_path(book: xw.Book) -> Path:
    """Where the book's file lies. LedgerError where it is not on this machine's disk."""
    name = native.full_name(book)
    if urlsplit(name).scheme.casefold() in ("http", "https"):
        raise LedgerError("in_the_cloud", _in_the_cloud(book.name))
    path = Path(name)
    if not path.is_absolute():
        raise LedgerError("never_saved", _never_saved(book.name))
    return path


def is_visible(sheet: xw.Sheet) -> bool:
    """Whether the sheet shows; Excel has three answers, two of which are no."""
    return sheet.visible in (True, -1)


def is_filtered(table: xw.main.Table) -> bool:
    """Whether criteria of a filter are set."""
    return table.show_autofilter and any(each.type != "none" for each in table.autofilter.criteria)


def board_cells(book: xw.Book, names: Mapping[str, str]) -> dict[str, Cells]:
    """What stands in the cells of the dashboard's names; names that the book lacks are left out."""
    known = {sheet.name: sheet for sheet in book.sheets}
    found: dict[str, Cells] = {}
    for name, (height, width) in DASHBOARD_NAMES.items():
        place = name_place(names.get(name, ""))
        if place and place[0] in known:
            sheet, top, left = known[place[0]], *place[1:]
            cells = _values(sheet.range((top, left), (top + height - 1, left + width - 1)))
            found[name] = [_plain_cells(row) for row in cells]
    return found


def _read_table(
    sheet: xw.Sheet, table: xw.main.Table, hidden: bool, old_days: bool
) -> tuple[RawTable, dict[tuple[int, int], AnyCell]]:
    """One read, from A1 on: the cells above a table belong to it."""
    area = table.range
    top, left = area.row, area.column
    height, width = area.shape
    right, bottom = left + width - 1, max(top + height - 1 - bool(table.show_totals), top + 1)
    cells = _values(sheet.range((1, 1), (bottom, max(right, ABOVE_COLUMNS))))
    body = [row[left - 1 : right] for row in cells[top:]]
    numbers = [number for number, row in enumerate(body, top + 1) if row.count("") != width]
    kept = body if len(numbers) == len(body) else [body[number - top - 1] for number in numbers]
    raw = RawTable(
        sheet=sheet.name,
        headings=tuple(_heading(cell) for cell in cells[top - 1][left - 1 : right]),
        columns=[_plain_cells(column) for column in zip(*kept, strict=True)] or [[] for _ in range(width)],
        rows=numbers,
        header_row=top,
        first_column=left,
        date1904=old_days,
        hidden=hidden,
        size=bottom - top,
        filtered=is_filtered(table),
    )
    return raw, _above(cells[: min(ABOVE_ROWS, top - 1)])


def _values(area: xw.Range) -> list[list[Any]]:
    """Rows of cells as Excel has them, "" where one is empty, an error by its code."""
    cells: list[list[Any]] = area.options(ndim=2, empty="", err_to_str=True).value
    return cells


def _heading(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _above(rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], AnyCell]:
    return {
        (row, column): cell
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(_plain_cells(cells), 1)
        if cell != ""
    }


def _plain_cells(cells: Sequence[Any]) -> list[AnyCell]:
    """Cells as the reader of files gives them: a midnight as a day, an error as such."""
    kinds = set(map(type, cells))
    if kinds <= {str, float, bool} and not (str in kinds and not ERRORS.isdisjoint(cells)):
        return list(cells)
    return [_plain(cell) for cell in cells]


def _plain(cell: Any) -> AnyCell:
    if isinstance(cell, str):
        return CellError(cell) if cell in ERRORS else cell
    if isinstance(cell, datetime):
        if cell.date() == _DAY_ZERO:
            return cell.time()
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, Decimal):  # a number in a format of currency
        return float(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return error_in(cell) or float(cell)
    plain: AnyCell = "" if cell is None else cell
    return plain


def _names(book: xw.Book) -> dict[str, str]:
    """The book's own names; a sheet's own have the sheet before them."""
    return {
        name.name: (name.refers_to or "").removeprefix("=") for name in book.names if "!" not in name.name
    }


def _no_ledger(name: str) -> Text:
    return Text(
        f"{name} 中没有台账的表。请切换到台账的窗口，或用 huikuan new 新建一个。",
        f"{name} holds no table of a ledger. Go to the window of the ledger, or make one by huikuan new.",
    )


def _in_the_cloud(name: str) -> Text:
    return Text(
        f"{name} 是从 OneDrive 或 SharePoint 打开的网址，旁边放不了备份。请用“另存为”存到本机文件夹，再打开那一份。",
        f"{name} is open from a web address (OneDrive or SharePoint), where no backup can lie beside it. "
        "Save a local copy (Save As, a folder on this computer) and open that.",
    )


def _never_saved(name: str) -> Text:
    return Text(
        f"{name} 还没有保存过，旁边放不了备份。请先保存到本机文件夹，再按一次按钮。",
        f"{name} was never saved, so no backup can lie beside it. Save it in a folder on this computer, "
        "then press the button again.",
    )
