"""The values of a sheet's cells, by one of two libraries, with the marks of the raw scan set on them.

python-calamine reads nearly everything and fast. openpyxl reads what it refuses, and sheets whose one far
cell would make calamine reserve memory for the whole rectangle up to it: memory that it cannot get ends the
process without a word. What either library would hold beside the cells is bounded before it is asked.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

import python_calamine as calamine
from defusedxml import DefusedXmlException

from addin.files import guard
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
from addin.model.cells import AnyCell, Cell

Row = list[AnyCell]

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
        """Item i is sheet row i + 1, up to the last row with a value, ``last_row`` at most.

        Every row holds ``last_column`` cells or more (equally many in all), "" where a cell is empty. Without
        bounds the whole sheet is read, `MAX_COLUMNS` of it at most. Blank rows may share one list.
        """
        scan = self._scan(sheet)
        if scan.last_row > LAST_ROW or scan.last_column > LAST_COLUMN:
            raise guard.damaged(self._package.path)
        fast = _fits(scan, (last_row or 0) * (last_column or 0))
        last_row = last_row or scan.last_row
        last_column = last_column or min(max(scan.last_column, 1), MAX_COLUMNS)
        found = self._by_calamine(sheet.name, last_row) if fast else None
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

    def _hold(self, rows: list[Row], width: int) -> None:
        """LedgerError where these rows and those before them are more than memory is meant for."""
        self._held += len(rows) * max(width, len(rows[0]) if rows else 0)
        if self._held > MOST_CELLS:
            raise guard.too_many_cells(self._package.path, MOST_CELLS)

    def _by_calamine(self, name: str, last_row: int) -> list[Row] | None:
        if self._first is None:
            return None
        try:
            rows: Any = self._first.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=last_row)
        except BaseException as reason:
            pass_on(reason)
            return None
        return list(rows)

    def _by_openpyxl(self, name: str, last_row: int, last_column: int) -> list[Row]:
        for part in self._package:
            if part.endswith(_SHARED):
                self._package.refuse_larger(part, MAX_SLOW_SHARED)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._second = self._second or _load_openpyxl(self._package)
                cells = self._second[name].iter_rows(max_row=last_row, max_col=last_column, values_only=True)
                return _plain_rows(cells, last_column, MOST_CELLS - self._held)
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


def _with_marks(rows: list[Row], scan: SheetScan, last_row: int, last_column: int) -> list[Row]:
    marks = {
        place: mark for place, mark in scan.marks.items() if place[0] <= last_row and place[1] <= last_column
    }
    _pad(rows, last_column, max((row for row, _ in marks), default=0))
    for (row, column), mark in marks.items():
        # a new row: a blank one may be shared
        rows[row - 1] = [*rows[row - 1][: column - 1], mark, *rows[row - 1][column:]]
    return rows


def _pad(rows: list[Row], width: int, height: int) -> None:
    missing: Row = [""] * (width - len(rows[0]) if rows else 0)
    if missing:
        for row in rows:
            row += missing
    blank: Row = [""] * max(width, len(rows[0]) if rows else 0)
    rows.extend([blank] * (height - len(rows)))
