"""A table of the book for eyes: as many columns as the terminal has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.hosts.cli.terminal import aligned, natural_width, width
from addin.hosts.figures import cell_text
from addin.model.columns import Column, Kind, Table
from addin.model.text import Text

if TYPE_CHECKING:
    from addin.service.showing import Shown

_GAP = 2
_RIGHT = {Kind.MONEY, Kind.RATE, Kind.NUM, Kind.INT}


def table_lines(found: Shown) -> list[str]:
    """Headings in the book's language, a row a line, and how many rows; empty columns are left out."""
    summary = Text(
        f"{found.table.name.zh}：截至 {found.as_of}，{len(found.cells)} 行",
        f"{found.table.name.en}: as at {found.as_of}, {len(found.cells)} rows",
    ).in_(found.language)
    texts = [
        [cell_text(column, row[i], found.language) for row in found.cells]
        for i, column in enumerate(found.columns)
    ]
    filled = [i for i, cells in enumerate(texts) if any(cells)]
    chosen = _that_fit(found, texts, filled)
    if not chosen:
        return [summary]
    headings = [found.columns[i].heading(found.language) for i in chosen]
    rows = list(zip(*(texts[i] for i in chosen), strict=True))
    right = {place for place, i in enumerate(chosen) if found.columns[i].kind in _RIGHT}
    lines = [summary, "", *aligned(headings, rows, right)]
    if hidden := len(filled) - len(chosen):
        lines += ["", _more(hidden).in_(found.language)]
    return lines


def _that_fit(found: Shown, texts: list[list[str]], filled: list[int]) -> list[int]:
    """The columns to show, in their order: keys get room first, then what is computed, then the rest."""
    limit = width()
    if limit is None:
        return filled
    room, chosen = limit, []
    for i in sorted(filled, key=lambda i: _rank(found.table, found.columns[i])):
        need = natural_width(found.columns[i].heading(found.language), texts[i]) + _GAP
        if need <= room + _GAP:
            chosen.append(i)
            room -= need
    return sorted(chosen)


def _rank(table: Table, column: Column) -> int:
    if column.key in table.identity:
        return 0
    if column.key in _TELLING:
        return 1
    return 2 if column.owner == "computed" and table.role == "mixed" else 3


_TELLING = {
    "name",
    "customer_name",
    "group_name",
    "amount",
    "due_date",
    "open",
    "overdue",
    "days_overdue",
    "status",
    "date",
}


def _more(hidden: int) -> Text:
    return Text(
        f"另有 {hidden} 列放不下；用 --format csv 可看全部。",
        f"{hidden} more columns have no room here; --format csv has them all.",
    )
