"""The values of a sheet's cells, by one of two libraries, with the marks of the raw scan set on them.

python-calamine reads nearly everything and fast. openpyxl reads what it refuses, and sheets whose one far
cell would make calamine reserve memory for the whole rectangle up to it: memory that it cannot get ends the
process without a word. What either library would hold beside the cells is bounded before it is asked.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import python_calamine as calamine
from defusedxml import DefusedXmlException

from addin.files import guard
from addin.files.bycolumn import Column, Row, by_column, pad
from addin.files.discover import Sheet, unescaped
from addin.files.parts import Package
from addin.files.rawscan import (
    LAST_COLUMN,
    LAST_ROW,
    NEAR_ROWS,
    Malformed,
    SheetScan,
    scan_exactly,
    scan_sheet,
)
from addin.files.sharedtexts import is_believable
from addin.model.cells import Cell

_SHARED = "sharedstrings.xml"

EASY_AREA: Final = 8_000_000
"""Cells of a rectangle (32 bytes each) that calamine may always reserve."""
MOST_AREA: Final = 24_000_000
"""Cells of a rectangle that it may reserve where the table itself is about as large."""
SPARSE: Final = 100
"""Cells of a tall rectangle for one cell in it, from which on the few there are cost openpyxl less."""
MAX_COLUMNS: Final = 1_000
"""Columns that are read of a sheet without a table."""
MOST_CELLS: Final = 64_000_000
"""Cells of all rows that are read of a workbook, empty ones included; a cell costs 8 bytes and its value."""
MAX_SHARED: Final = 256 * 1024**2
"""Bytes of the part that holds the texts, or the styles: each library reads it whole."""
MAX_SLOW: Final = 256 * 1024**2
"""Bytes of a sheet that openpyxl reads or a parser scans, at a few megabytes a second."""
MAX_SLOW_SHARED: Final = 64 * 1024**2
"""Bytes of the shared texts that openpyxl reads."""


class Values:
    """The sheets of one package; close it when done."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._held = 0
        for part in package:
            if part.startswith("xl/") and part.endswith((_SHARED, "styles.xml")):
                package.refuse_larger(part, MAX_SHARED)
        honest = all(
            is_believable(package.pieces(part), package.size(part))
            for part in package
            if part.endswith(_SHARED)
        )
        self._first = _load_calamine(package.path) if honest else None
        self._second: Any = None

    def __enter__(self) -> Values:
        return self

    def __exit__(self, *_: object) -> None:
        if self._first:
            self._first.close()
        if self._second:
            self._second.close()

    def rows(self, sheet: Sheet, last_row: int | None = None, last_column: int | None = None) -> list[Row]:
        """Item i is sheet row i + 1: the same cells as `columns`, row by row."""
        return list(map(list, zip(*self.columns(sheet, last_row, last_column), strict=True)))

    def columns(
        self, sheet: Sheet, last_row: int | None = None, last_column: int | None = None
    ) -> list[Column]:
        """Item i is sheet column i + 1, ``last_column`` of them, all up to the last row with a value, ``last_row``
        at most; "" where a cell is empty.

        Without bounds the whole sheet is read, `MAX_COLUMNS` of it at most.
        """
        scan = self._scan(sheet)
        if scan.last_row > LAST_ROW or scan.last_column > LAST_COLUMN:
            raise guard.damaged(self._package.path)
        fast = _fits(scan, (last_row or 0) * (last_column or 0))
        last_row = last_row or scan.last_row
        last_column = last_column or min(max(scan.last_column, 1), MAX_COLUMNS)
        found = self._by_calamine(sheet.name, last_row, last_column) if fast else None
        if found is None:
            self._scan(sheet, exactly=True)
            found = self._by_openpyxl(sheet.name, last_row, last_column)
        self._hold(found, last_column)
        return _with_marks(found, scan, last_row, last_column)

    def _scan(self, sheet: Sheet, exactly: bool = False) -> SheetScan:
        """The scan of a sheet; ``exactly`` also tells that a parser gets through it, whatever it holds."""

        def small() -> Iterable[bytes]:
            self._package.refuse_larger(sheet.part, MAX_SLOW)
            return self._package.pieces(sheet.part)

        try:
            if exactly:
                return scan_exactly(small())
            return scan_sheet(lambda: self._package.pieces(sheet.part), small)
        except DefusedXmlException as reason:
            raise guard.unsafe_xml(self._package.path, sheet.part) from reason
        except (Malformed, LookupError, ValueError) as reason:  # the latter two: an encoding nobody knows
            raise guard.damaged(self._package.path) from reason

    def _hold(self, columns: list[Column], width: int) -> None:
        """LedgerError where these cells and those before them are more than memory is meant for."""
        self._held += len(columns[0] if columns else ()) * width
        if self._held > MOST_CELLS:
            raise guard.too_many_cells(self._package.path, MOST_CELLS)

    def _by_calamine(self, name: str, last_row: int, last_column: int) -> list[Column] | None:
        if self._first is None:
            return None
        try:
            sheet = self._first.get_sheet_by_name(name)
            left = sheet.start[1] if sheet.start else 0
            width = max(min(sheet.width, last_column - left), 0)
            rows = cast(Iterator[Row], sheet.iter_rows())  # whole numbers are not among the cells
            found = by_column(islice(rows, last_row), width, min(sheet.total_height, last_row))
        except BaseException as reason:
            pass_on(reason)
            return None
        height = len(found[0]) if found else 0
        empty: list[Column] = [[""] * height for _ in range(min(left, last_column))]
        return empty + found

    def _by_openpyxl(self, name: str, last_row: int, last_column: int) -> list[Column]:
        for part in self._package:
            if part.endswith(_SHARED):
                self._package.refuse_larger(part, MAX_SLOW_SHARED)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._second = self._second or _load_openpyxl(self._package)
                cells = self._second[name].iter_rows(max_row=last_row, max_col=last_column, values_only=True)
                rows = _plain_rows(cells, last_column, MOST_CELLS - self._held)
                return by_column(rows, last_column, len(rows))
        except MemoryError:
            raise
        except Exception as reason:
            raise guard.damaged(self._package.path) from reason


def _load_calamine(path: Path) -> calamine.CalamineWorkbook | None:
    try:
        return calamine.load_workbook(str(path))
    except BaseException as reason:
        pass_on(reason)
        return None


def pass_on(reason: BaseException) -> None:
    """Raise again what is not the library's refusal; a panic in it is no `Exception` either."""
    panic = type(reason).__name__ == "PanicException"
    if isinstance(reason, MemoryError) or not (panic or isinstance(reason, Exception)):
        raise reason


def _load_openpyxl(package: Package) -> Any:
    from openpyxl import load_workbook

    return load_workbook(package.slashed(), read_only=True, data_only=True, keep_links=False)


def _fits(scan: SheetScan, wanted: int) -> bool:
    area = scan.last_row * scan.last_column
    if scan.last_row > NEAR_ROWS and area > SPARSE * scan.cells:  # a stray cell far below the others
        return False
    return area <= max(EASY_AREA, min(MOST_AREA, 2 * wanted))


def _plain_rows(cells: Iterable[tuple[Any, ...]], width: int, most: int) -> list[Row]:
    """Rows as calamine gives them; those after the last value are left out, and those beyond ``most`` cells."""
    rows: list[Row] = []
    skipped: list[Row] = []
    blank: Row = [""] * width
    for values in cells:
        if values.count(None) == len(values):
            skipped.append(blank)
            continue
        rows += skipped
        skipped.clear()
        row: Row = [_plain(value) for value in values[:width]]
        rows.append(row + blank[len(row) :])
        if len(rows) * width > most:
            break
    return rows


def _plain(value: Any) -> Cell:
    """One of openpyxl's values as calamine gives it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    known: Cell = value
    return known


def _with_marks(columns: list[Column], scan: SheetScan, last_row: int, last_column: int) -> list[Column]:
    marks = {
        place: mark for place, mark in scan.marks.items() if place[0] <= last_row and place[1] <= last_column
    }
    pad(columns, last_column, max((row for row, _ in marks), default=0))
    for (row, column), mark in marks.items():
        columns[column - 1][row - 1] = mark
    return columns
