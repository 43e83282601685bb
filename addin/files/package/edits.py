"""What a caller may ask of the writer: edits to tables, single cells and sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Literal

Kind = Literal["text", "number", "date", "bool"]
Scalar = None | str | bool | int | Decimal | date | datetime


class Keep(Enum):
    """The type of KEEP."""

    KEEP = "keep"

    __hash__ = object.__hash__  # an Enum's own is Python code, and most cells of many columns are this one


KEEP = Keep.KEEP
"""Stands for a cell that is left as it is."""

ColumnValue = Scalar | Keep


@dataclass(frozen=True)
class ColumnEdit:
    """New cells of one table column, one value per data row after the edit.

    kind     number: int, Decimal or text of a plain decimal number; date: date or its ordinal
             (`date.toordinal()`); text: str, always stored as text; bool.
    values   None empties the cell and keeps its style, KEEP leaves the cell alone.
    """

    kind: Kind
    values: Sequence[ColumnValue]


@dataclass(frozen=True)
class TableEdit:
    """Changes to one table, named by its displayName (any case).

    columns       position within the table (0-based) to its new cells
    rows          data rows afterwards, None: as many as now; 0 is stored as one blank row
    order         for each row afterwards the old data row (0-based) whose cells it keeps in the
                  columns that are not edited, None: a new row; no order: rows stay, growth is at the end
    clear_filter  drop filter criteria and show the rows they hid

    In a new order a record takes its cells with their styles and formulas along (relative references
    shift as in Excel's own sort); row heights, comments, hyperlinks and conditional formats stay where
    they are. A filter that stays hides the records that it hid. An array formula within one row goes along;
    one over several rows leaves the values that it shows. A totals row stays below the last row, its formulas
    follow it, and it is never hidden.
    heights       points by row afterwards for rows whose text wraps, None leaves a row's height; rows that
                  somebody sized by hand keep theirs
    """

    table: str
    columns: Mapping[int, ColumnEdit] = field(default_factory=dict)
    rows: int | None = None
    order: Sequence[int | None] | None = None
    clear_filter: bool = False
    heights: Sequence[float | None] = ()


@dataclass(frozen=True)
class CellEdit:
    """One cell outside tables; row and column count from 1, the kind follows the value's type."""

    sheet: str
    row: int
    column: int
    value: Scalar


@dataclass(frozen=True)
class Edits:
    """Everything one patch does."""

    tables: Sequence[TableEdit] = ()
    cells: Sequence[CellEdit] = ()
    show_sheets: Sequence[str] = ()


@dataclass(frozen=True)
class PatchReport:
    """Which parts of the package differ from the source, by part name; all others are the same bytes."""

    changed_parts: tuple[str, ...] = ()
    dropped_parts: tuple[str, ...] = ()
    added_parts: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the target differs from the source at all."""
        return bool(self.changed_parts or self.dropped_parts or self.added_parts)
