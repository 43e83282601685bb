"""Neighbouring cells of a row, as spreadsheet programs write them, as one expression and one template."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from addin.files.package.refs import letters


class Run(NamedTuple):
    """Some columns side by side.

    first     how the first cell begins, for a row number
    cells     its groups are the first cell's row, then style and rest of each cell
    template  the cells again, each from row number, style and rest
    in_rows   the same cells in rows one below the other, to split them by: its groups make up the whole
              cells, see `parts`
    """

    length: int
    first: bytes
    cells: re.Pattern[bytes]
    template: bytes
    in_rows: re.Pattern[bytes]

    @property
    def parts(self) -> int:
        """Pieces of one row after a split: what stands before it, the first cell's name, its row number, then
        the end of each cell's head and its rest."""
        return 3 + 2 * self.length


@lru_cache(maxsize=4096)
def cell_names(columns: tuple[int, ...], prefix: bytes) -> tuple[bytes, ...]:
    """How each column's cell begins, up to its row number."""
    return tuple(b'<%bc r="%b' % (prefix, letters(column).encode()) for column in columns)


@lru_cache(maxsize=4096)
def runs(columns: tuple[int, ...], prefix: bytes) -> tuple[Run, ...]:
    """Ascending columns as runs without gaps."""
    groups: list[list[int]] = []
    for column in columns:
        if groups and groups[-1][-1] == column - 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return tuple(run(tuple(group), prefix) for group in groups)


@lru_cache(maxsize=4096)
def run(columns: tuple[int, ...], prefix: bytes) -> Run:
    """Columns side by side; neither formulas nor rich text fit its expression."""
    starts = cell_names(columns, prefix)
    style = rb'(?: s="\d++")?+'
    rest = (
        rb'(?: t="[a-zA-Z]++")?+(?: ?/>|>'
        rb"(?:<%bv>[^<]*+</%bv>|<%bis><%bt(?: xml:space=\"preserve\")?>[^<]*+</%bt></%bis>|<%bv ?/>)?</%bc>)"
    ) % ((re.escape(prefix),) * 8)
    rows = [rb"(\d++)", *[rb"\d++"] * (len(columns) - 1)]
    cells = b"".join(
        b'%b%b"(%b)(%b)' % (start, row, style, rest) for start, row in zip(starts, rows, strict=True)
    )
    first = rb'(%b)(\d++)("%b)(%b)' % (starts[0], style, rest)
    others = b"".join(rb'(%b\2"%b)(%b)' % (start, style, rest) for start in starts[1:])
    template = b"".join(start + b'%b"%b%b' for start in starts)
    return Run(len(columns), starts[0] + b"%d", re.compile(cells), template, re.compile(first + others))
