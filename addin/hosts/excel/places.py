"""Where the user is, and the way to another place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addin.hosts.excel import native
from addin.hosts.excel.reading import Live, is_visible
from addin.hosts.excel.state import selection
from addin.model.columns import fold
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.new_rows import Subject, subject_of
from addin.service.writes import cell_words

if TYPE_CHECKING:
    import xlwings as xw


@dataclass(frozen=True)
class Spot:
    """A cell of a ledger table: its table, its sheet row, and its column's key, "" for a column of people's own."""

    table: str
    row: int
    column: str


def spot(live: Live) -> Spot | None:
    """The first selected cell, where it lies in the rows of a ledger table."""
    area = selection(live.book)
    if area is None:
        return None
    sheet = area.sheet.name
    for key, raw in live.raw.tables.items():
        inside = raw.first_column <= area.column < raw.first_column + len(raw.headings)
        if raw.sheet == sheet and inside and raw.header_row < area.row <= raw.header_row + raw.size:
            keys = {at: column for column, at in TABLES[key].places(raw.headings).items()}
            return Spot(key, area.row, keys.get(area.column - raw.first_column, ""))
    return None


def subject(live: Live) -> Subject:
    """What the selected row is about; nothing where no row of the ledger is selected."""
    here = spot(live)
    return subject_of(live.raw, here.table, here.row) if here else Subject()


def go_to(live: Live, table: str, row: int | None = None, column: int | None = None) -> None:
    """Shows a table's sheet, with the cursor in a cell of it; by default where the table begins."""
    raw = live.raw.tables[table]
    sheet = live.book.sheets[raw.sheet]
    show(sheet)
    sheet.range((row or raw.header_row + 1, column or raw.first_column)).select()


def show(sheet: xw.Sheet) -> None:
    """The sheet in front, whether it was hidden or not. LedgerError where the book keeps it hidden."""
    if not is_visible(sheet):
        if native.keeps_its_sheets(sheet.book):
            raise LedgerError("locked_structure", _locked(sheet.name))
        sheet.visible = True
    sheet.activate()


def _locked(sheet: str) -> Text:
    return Text(
        f"工作表“{sheet}”已隐藏，工作簿结构受保护，无法显示。请在“审阅”中撤消“保护工作簿”，再按一次按钮。",
        f'Sheet "{sheet}" is hidden, and the structure of the workbook is protected. Take that off (Review, Protect '
        "Workbook), then press the button again.",
    )


def row_of(live: Live, table: str, id: str) -> int | None:
    """The first sheet row in which an id stands; None where there is none."""
    raw = live.raw.tables.get(table)
    place = TABLES[table].places(raw.headings).get(TABLES[table].identity[0]) if raw else None
    if raw is None or place is None or not id:
        return None
    ids = map(cell_words, raw.columns[place])
    return next(
        (row for row, standing in zip(raw.rows, ids, strict=True) if fold(standing) == fold(id)), None
    )
