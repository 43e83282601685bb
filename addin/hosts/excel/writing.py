"""Puts edits into an open workbook: the same edits that a refresh of a file takes, each column in one write.

Excel makes numbers, dates and formulas of texts that look like them, and spoils a range in which a filter hides
rows; both are kept from happening here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from addin.files.package.edits import KEEP, CellEdit, ColumnEdit, Edits, TableEdit
from addin.files.package.refs import cell_name
from addin.hosts.excel import native
from addin.hosts.excel.cells import Cell, put
from addin.hosts.excel.filters import filter_lifted, refuse_unknown
from addin.hosts.excel.moving import moved_columns
from addin.hosts.excel.reading import Live, is_filtered
from addin.model.cells import RawTable
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Text

if TYPE_CHECKING:
    import xlwings as xw

_PLAIN: Final = (str, float, bool, date, datetime)
"""Kinds of cells that can be written back as they were read."""


class Writer:
    """The edits of one open book, looked through before the first of them is made.

    LedgerError where they could not be made whole: there is no room, or a filter could not be put back.
    """

    def __init__(self, live: Live, edits: Edits) -> None:
        self._live, self._edits = live, edits
        self._plans = [_Plan(live, edit) for edit in edits.tables]
        for plan in self._plans:
            plan.check()

    def write(self) -> None:
        """Makes the edits. LedgerError where a sheet is locked by a password; nothing is then written."""
        sheets = self._live.book.sheets
        names = {plan.raw.sheet for plan in self._plans} | {cell.sheet for cell in self._edits.cells}
        with native.unprotected([sheet for sheet in sheets if sheet.name in names]):
            for plan in self._plans:
                plan.write()
            for sheet, (row, column), block in _blocks(self._edits.cells):
                put(sheets[sheet], row, column, block)
        if not native.keeps_its_sheets(self._live.book):  # else the list of checks tells what is there
            for name in self._edits.show_sheets:
                sheets[name].visible = True


@dataclass(frozen=True)
class _Plan:
    """One table's edit on its sheet. Data rows count from 0, those of the sheet from 1."""

    live: Live
    edit: TableEdit

    @property
    def key(self) -> str:
        return self.edit.table.casefold()

    @cached_property
    def table(self) -> xw.main.Table:
        return self.live.tables[self.key]

    @cached_property
    def sheet(self) -> xw.Sheet:
        return self.live.book.sheets[self.raw.sheet]

    @property
    def raw(self) -> RawTable:
        return self.live.raw.tables[self.key]

    @property
    def top(self) -> int:
        return self.raw.header_row + 1

    @property
    def right(self) -> int:
        return self.raw.first_column + len(self.raw.headings) - 1

    @property
    def rows(self) -> int:
        """Data rows afterwards."""
        return self.raw.size if self.edit.rows is None else max(self.edit.rows, 1)

    def area(self, first: int, last: int) -> xw.Range:
        """The table's cells from one data row to another, both included."""
        return self.sheet.range((self.top + first, self.raw.first_column), (self.top + last, self.right))

    # --- before anything is written ---------------------------------------------------------------------------

    def check(self) -> None:
        """Refuses what could not be done whole: growth without room, a filter that could not be put back."""
        if self.rows > self.raw.size:
            self._check_room()
        if self.large and not self.edit.clear_filter and is_filtered(self.table):
            refuse_unknown(self.table)

    def _check_room(self) -> None:
        """Below the table there must be neither a cell that is not empty nor another table."""
        totals = bool(self.table.show_totals)
        first, last = self.top + self.raw.size + totals, self.top + self.rows - 1 + totals
        self._check_tables(first, last)
        area = self.sheet.range((first, self.raw.first_column), (last, self.right))
        for row, cells in enumerate(_formulas(area), first):
            for column, cell in enumerate(cells, self.raw.first_column):
                if cell not in ("", None):
                    raise self._no_room(row, column)

    def _check_tables(self, first: int, last: int) -> None:
        for other in self.sheet.tables:
            if other.name == self.table.name:
                continue
            area = other.range
            beside = area.column > self.right or area.column + area.shape[1] - 1 < self.raw.first_column
            apart = area.row > last or area.row + area.shape[0] - 1 < first
            if not beside and not apart:
                raise self._no_room(max(first, area.row), max(self.raw.first_column, area.column))

    def _no_room(self, row: int, column: int) -> LedgerError:
        more, cell, sheet = self.rows - self.raw.size, cell_name(row, column), self.raw.sheet
        return LedgerError(
            "no_room",
            Text(
                f"表格 {self.edit.table} 要增加 {more} 行，但工作表 {sheet} 的 {cell} 已有内容。"
                "请把该内容移到别处再刷新；没有写入任何内容。",
                f"Table {self.edit.table} needs {more} more rows, but {cell} on sheet {sheet} is not empty. "
                "Move its contents elsewhere and press the button again; nothing was written.",
            ),
        )

    # --- cells ----------------------------------------------------------------------------------------------

    def write(self) -> None:
        """The table in its new size, its moved and its new cells."""
        with filter_lifted(self.table, for_good=self.edit.clear_filter) if self.large else nullcontext():
            moved = moved_columns(self.sheet, self.raw, self.edit)
            if self.rows < self.raw.size:
                self.area(self.rows, self.raw.size - 1).clear_contents()
            self._resize()
            if self.edit.rows == 0:
                self._blank()
            for row, column, cells in (*moved, *self.blocks):
                put(self.sheet, row, column, cells)
            self._heighten()

    def _resize(self) -> None:
        if self.rows == self.raw.size:
            return
        totals = bool(self.table.show_totals)
        if totals:  # Excel keeps what the row holds, and puts it below the last row again
            self.table.show_totals = False
        self.table.resize(
            self.sheet.range(
                (self.raw.header_row, self.raw.first_column), (self.top + self.rows - 1, self.right)
            )
        )
        if totals:
            self.table.show_totals = True

    def _blank(self) -> None:
        """The one row of an empty table: nothing but the formulas of columns that fill themselves."""
        [formulas] = _formulas(self.area(0, 0))
        for column, formula in enumerate(formulas, self.raw.first_column):
            if formula not in ("", None) and not str(formula).startswith("="):
                self.sheet.range((self.top, column)).clear_contents()

    @cached_property
    def large(self) -> bool:
        """Whether more than single cells are written: only those come out right under a filter."""
        return self.rows != self.raw.size or any(len(cells) > 1 for _, _, cells in self.blocks)

    @cached_property
    def blocks(self) -> list[tuple[int, int, list[list[Cell]]]]:
        """Row, column and cells of each write."""
        return list(self._cell_blocks())

    def _cell_blocks(self) -> Iterator[tuple[int, int, list[list[Cell]]]]:
        owned = {column.key for column in TABLES[self.key].owned_by("computed")}
        places = TABLES[self.key].places(self.raw.headings)
        ours = {place for key, place in places.items() if key in owned}
        for place, column in sorted(self.edit.columns.items()):
            for start, cells in self._runs(place, column, joined=place in ours):
                yield self.top + start, self.raw.first_column + place, [[cell] for cell in cells]

    def _runs(self, place: int, column: ColumnEdit, joined: bool) -> Iterator[tuple[int, list[Cell]]]:
        """What to write of a column; of one that we own also what lies between, as it stands, in the one write."""
        values = _cells(column)
        changed = [at for at, value in enumerate(values) if value is not KEEP]
        if joined and changed and len(changed) < changed[-1] - changed[0] + 1:
            for at, cell in self._standing(place):
                if changed[0] < at < changed[-1] and values[at] is KEEP and isinstance(cell, _PLAIN):
                    values[at] = _as_written(cell)
        at = 0
        for keep, run in groupby(values, key=lambda value: value is KEEP):
            cells = list(run)
            if not keep:
                yield at, cells
            at += len(cells)

    def _standing(self, place: int) -> Iterator[tuple[int, Any]]:
        """Data row and cell of a column as it stands; rows that are blank hold nothing."""
        standing = dict(zip(self.raw.rows, self.raw.columns[place], strict=True))
        return enumerate([standing.get(row, "") for row in range(self.top, self.top + self.raw.size)])

    def _heighten(self) -> None:
        """Rows whose text wraps show all of it."""
        if self.edit.heights:
            self.area(0, len(self.edit.heights) - 1).rows.autofit()


def _formulas(area: xw.Range) -> Sequence[Sequence[Any]]:
    """Rows of what stands in cells, a formula as such; Excel hands a single cell out bare."""
    found: Any = area.formula
    if not isinstance(found, tuple | list):
        return [[found]]
    return (
        found
        if isinstance(found[0], tuple | list)
        else [found]
        if area.shape[0] == 1
        else [[x] for x in found]
    )


def _cells(column: ColumnEdit) -> list[Any]:
    """The values of an edit as Excel takes them."""
    values: Sequence[Any] = column.values
    if column.kind == "number":
        return [value if value is KEEP or value is None else float(value) for value in values]
    if column.kind == "date":
        known = {value: _day(value) for value in set(values)}
        return [known[value] for value in values]
    return list(values)


def _day(value: Any) -> Any:
    if value is KEEP or value is None:
        return value
    return _moment(date.fromordinal(value) if isinstance(value, int) else value)


def _as_written(cell: Any) -> Cell:
    if isinstance(cell, date):
        return _moment(cell)
    return None if cell == "" else cell


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)


def _scalar(value: Any) -> Cell:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return float(value)
    return _moment(value) if isinstance(value, date) else value


Block = tuple[str, tuple[int, int], list[list[Cell]]]


def _blocks(edits: Sequence[CellEdit]) -> Iterator[Block]:
    """Single cells as rectangles, as far as neighbours go: of a sheet, its corner, its rows."""
    by_sheet: dict[str, dict[tuple[int, int], Cell]] = {}
    for edit in edits:
        by_sheet.setdefault(edit.sheet, {})[edit.row, edit.column] = _scalar(edit.value)
    for sheet, cells in by_sheet.items():
        for corner, block in _rectangles(cells):
            yield sheet, corner, block


def _rectangles(cells: Mapping[tuple[int, int], Cell]) -> Iterator[tuple[tuple[int, int], list[list[Cell]]]]:
    """Rectangles that make up the cells: runs within a row, joined with the same run of the next row."""
    runs: dict[tuple[int, int], list[list[Cell]]] = {}
    open_: dict[
        tuple[int, int], tuple[int, int]
    ] = {}  # (first column, width) to the corner of the last row's block
    last = 0
    for row, group in groupby(sorted(cells), key=lambda place: place[0]):
        above, open_ = (open_ if row == last + 1 else {}), {}
        last = row
        for first, width in _spans([column for _, column in group]):
            corner = above.get((first, width), (row, first))
            runs.setdefault(corner, []).append([cells[row, first + right] for right in range(width)])
            open_[first, width] = corner
    yield from runs.items()


def _spans(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First column and width of each run of neighbours."""
    start = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or columns[at] != columns[at - 1] + 1:
            yield columns[start], at - start
            start = at
