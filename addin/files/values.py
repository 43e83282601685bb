"""The values of a sheet's cells, by one of two libraries, with the marks of the raw scan set on them.

python-calamine reads nearly everything and fast. openpyxl reads what it refuses, and sheets whose one far
cell would make calamine reserve memory for the whole rectangle up to it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

import python_calamine as calamine
from defusedxml import DefusedXmlException

from addin.files import guard
from addin.files.discover import Sheet
from addin.files.parts import Package
from addin.files.rawscan import SheetScan, scan_sheet
from addin.model.cells import AnyCell, Cell

Row = list[AnyCell]

EASY_AREA: Final = 8_000_000
"""Cells of a rectangle (32 bytes each) that calamine may always reserve."""
MOST_AREA: Final = 24_000_000
"""Cells of a rectangle that it may reserve where the table itself is about as large."""
MAX_COLUMNS: Final = 1_000
"""Columns that are read of a sheet without a table."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Values:
    """The sheets of one package; close it when done."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._first = _load_calamine(package.path)
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
        fast = _fits(scan, (last_row or 0) * (last_column or 0))
        last_row = last_row or scan.last_row
        last_column = last_column or min(scan.last_column, MAX_COLUMNS)
        found = self._by_calamine(sheet.name, last_row) if fast else None
        rows = self._by_openpyxl(sheet.name, last_row, last_column) if found is None else found
        return _with_marks(rows, scan, last_row, last_column)

    def _scan(self, sheet: Sheet) -> SheetScan:
        try:
            return scan_sheet(lambda: self._package.pieces(sheet.part))
        except DefusedXmlException as reason:
            raise guard.unsafe_xml(self._package.path, sheet.part) from reason

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
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._second = self._second or _load_openpyxl(self._package)
                cells = self._second[name].iter_rows(max_row=last_row, max_col=last_column, values_only=True)
                return _plain_rows(cells, last_column)
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
    return scan.last_row * scan.last_column <= max(EASY_AREA, min(MOST_AREA, 2 * wanted))


def _plain_rows(cells: Iterable[tuple[Any, ...]], width: int) -> list[Row]:
    """Rows as calamine gives them; those after the last value are left out."""
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
    return rows


def _plain(value: Any) -> Cell:
    """One of openpyxl's values as calamine gives it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), value) if "_x" in value else value
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
