"""Cells as they lie in a sheet, before any typing: what a reader or a live workbook hands over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

Cell = str | int | float | bool | date | datetime | time | timedelta | Decimal | None
"""A value, "" or None for an empty cell. Readers may also hand over the two marks below."""


@dataclass(frozen=True)
class CellError:
    """A cell that shows an Excel error such as #REF!."""

    code: str


@dataclass(frozen=True)
class Uncalculated:
    """A formula that no spreadsheet has calculated yet: it has no value to read."""

    formula: str


_NUMBERED: Final = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!",
    2049: "#FIELD!", 2050: "#CALC!",
}  # fmt: skip
"""Excel's errors by the numbers that Excel itself gives them (XlCVError)."""
ERRORS: Final = frozenset({*_NUMBERED.values(), "#BUSY!"})
_AUTOMATION: Final = 0x800A0000 - 2**32
"""Automation hands an error out as a signed whole number: this and Excel's own."""


def error_in(value: object) -> CellError | None:
    """The error that a value from a live cell stands for: by name, or a number that no cell can hold as such.

    A number in a cell comes as a float: a whole one is of no cell.

    >>> error_in("#N/A"), error_in(-2146826243), error_in(12.0)
    (CellError(code='#N/A'), CellError(code='#SPILL!'), None)
    """
    if type(value) is str:
        return CellError(value) if value in ERRORS else None
    if type(value) is int and 0 <= value - _AUTOMATION < 0x10000:
        return CellError(_NUMBERED.get(value - _AUTOMATION, "#ERROR!"))
    return None


AnyCell = Cell | CellError | Uncalculated


@dataclass(frozen=True)
class RawTable:
    """One table's cells: ``columns[i][j]`` is the cell below ``headings[i]`` in sheet row ``rows[j]``.

    ``first_column`` is the 1-based sheet column of the first heading, ``header_row`` the heading's row.
    """

    sheet: str
    headings: Sequence[str]
    columns: Sequence[Sequence[AnyCell]]
    rows: Sequence[int]
    header_row: int = 5
    first_column: int = 1
    date1904: bool = False
    hidden: bool = False
    """The sheet that holds the table is hidden."""
    size: int = 0
    """Data rows of the table, blank ones included."""
    filtered: bool = False
    """The table has filter criteria set."""


@dataclass(frozen=True)
class RawBook:
    """Every table of one workbook by its key (the Excel table's displayName in lower case)."""

    tables: Mapping[str, RawTable]
    above: Mapping[str, Mapping[tuple[int, int], AnyCell]] = field(default_factory=dict)
    """Cells above each table's heading, by (row, column): where the as-of date and time of the run stand."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The workbook's defined names and what each refers to."""


def without_cells(book: RawBook, kept: Collection[str]) -> RawBook:
    """The book with places and headings only, but for the tables ``kept``: a large book's cells fill memory."""
    tables = {
        key: table if key in kept else replace(table, columns=[()] * len(table.columns), rows=())
        for key, table in book.tables.items()
    }
    return replace(book, tables=tables)
