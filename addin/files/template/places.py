"""Where things stand in the workbook, for those who fill it: rows, run stamps, names of the dashboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils.cell import range_boundaries

from addin.files.package.edits import CellEdit, Scalar
from addin.model.columns import Table
from addin.model.text import Text

STAMP_ROW = 4
HEADING_ROW = 5
FIRST_ROW = 6
LAST_ROW = 1_048_576

AS_OF_LABEL = Text("截至日", "As of")
RUN_AT_LABEL = Text("运行时间", "Run at")
"""What stands left of the two cells of a run stamp: where it is gone, the cell is no longer ours."""

DASHBOARD_NAMES: Mapping[str, tuple[int, int]] = {
    "dash_as_of": (1, 1),
    "dash_run_at": (1, 1),
    "dash_currency": (1, 1),
    "dash_open": (1, 1),
    "dash_overdue": (1, 1),
    "dash_overdue_share": (1, 1),
    "dash_due_30": (1, 1),
    "dash_received_month": (1, 1),
    "dash_pending": (1, 1),
    "dash_unapplied": (1, 1),
    "dash_collection_rate": (1, 1),
    "dash_target_share": (1, 1),
    "dash_dso": (1, 1),
    "dash_promises_kept": (1, 1),
    "dash_alerts_blue": (1, 1),
    "dash_alerts_orange": (1, 1),
    "dash_alerts_red": (1, 1),
    "dash_aging_finding": (1, 1),
    "dash_months_finding": (1, 1),
    "dash_debtors_finding": (1, 1),
    "dash_aging": (6, 1),
    "dash_months": (12, 3),
    "dash_debtors": (10, 3),
}
"""Defined names of the dashboard's cells and their (rows, columns): names follow a cell that a user moves."""


class RunStamp(NamedTuple):
    """The cells, as (row, column) from 1, that hold the as-of date and the time of the run."""

    as_of: tuple[int, int]
    run_at: tuple[int, int]


def run_stamp(table: Table) -> RunStamp | None:
    """Where a sheet with computed columns carries as-of date and run time; None for the other sheets.

    They stand above the table right of its key columns, on the first screen and the first printed page;
    the cell left of each is its label.
    """
    if table.role not in ("mixed", "computed"):
        return None
    before = min(key_columns(table), len(table.columns) - 4)
    return RunStamp((STAMP_ROW, before + 2), (STAMP_ROW, before + 4))


def key_columns(table: Table) -> int:
    """How many columns stay in sight: the leading ones that name a row, two at most."""
    leading = 0
    while leading < len(table.identity) and table.columns[leading].key == table.identity[leading]:
        leading += 1
    return min(max(leading, 1), 2)


def dashboard_edits(
    names: Mapping[str, str], values: Mapping[str, Sequence[Sequence[Scalar]]]
) -> Iterator[CellEdit]:
    """The cell edits that put values where the workbook's defined names point.

    names     name to reference, as in workbook.xml: ``'看板'!$B$5`` or ``'看板'!$N$5:$P$14``
    values    name to rows of cells; names that the book no longer has, or that broke, are passed over
    """
    for name, rows in values.items():
        place = name_place(names.get(name, ""))
        if place is None:
            continue
        sheet, first_row, first_column = place
        for down, cells in enumerate(rows):
            for right, value in enumerate(cells):
                yield CellEdit(sheet, first_row + down, first_column + right, value)


def name_place(reference: str) -> tuple[str, int, int] | None:
    """Sheet, row and column of a reference's first cell.

    >>> name_place("'It''s'!$B$5:$C$9")
    ("It's", 5, 2)
    """
    match = re.fullmatch(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)", reference)
    if match is None:
        return None
    column, row, _, _ = range_boundaries(match[3])
    assert column is not None and row is not None
    return (match[1] or match[2]).replace("''", "'"), row, column
