"""The cells of a sheet column by column, gathered from its rows some at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Final

from addin.model.cells import AnyCell

Row = list[AnyCell]
Column = list[AnyCell]

ROWS_AT_ONCE: Final = 1_000
"""Rows whose cells stay in the processor's cache while they are laid out anew."""
MANY_ROWS: Final = 20_000
"""Rows from which on the memory of texts that stand again and again is worth the time to give it back."""

_Texts = dict[AnyCell, AnyCell]


def by_column(rows: Iterable[Row], width: int, height: int) -> list[Column]:
    """The first ``width`` columns of rows that are all equally wide, at least so.

    Among ``height`` rows, if these are many, equal texts of a column become one object, as names and words stand
    again in row after row.
    """
    columns: list[Column] = [[] for _ in range(width)]
    texts: dict[int, _Texts] = {place: {} for place in range(width) if height >= MANY_ROWS}
    rows = iter(rows)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        step, cells = len(some[0]), list(chain.from_iterable(some))
        first = not columns[0]
        for place, column in enumerate(columns):
            part = cells[place::step]
            column += _shared(part, texts[place]) if place in texts else part
            if first and len(texts.get(place, ())) == len(part):  # nothing stands twice
                del texts[place]
    return columns


def _shared(cells: Column, texts: _Texts) -> Iterable[AnyCell]:
    """The same cells, with the text of ``texts`` for each equal one; a number is never taken for its like."""
    return map(texts.setdefault, cells, cells) if set(map(type, cells)) == {str} else cells


def pad(columns: list[Column], width: int, height: int) -> None:
    """Empty cells to the right and below, up to so many columns and rows."""
    height = max(height, len(columns[0]) if columns else 0)
    columns.extend([] for _ in range(width - len(columns)))
    for column in columns:
        column.extend([""] * (height - len(column)))
