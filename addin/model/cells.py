"""Cells as they lie in a sheet, before any typing: what a reader or a live workbook hands over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

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
