"""Neighbouring cells of a row, as spreadsheet programs write them, as one expression and one template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from addin.files.package.refs import letters

_STYLE = rb'(?: s="\d++")?+'
_REST = (
    rb'(?: t="[a-zA-Z]++")?+(?: ?/>|>'
    rb"(?:<%bv>[^<]*+</%bv>|<%bis><%bt(?: xml:space=\"preserve\")?>[^<]*+</%bt></%bis>|<%bv ?/>)?</%bc>)"
)


@dataclass(frozen=True)
class Run:
    """Some columns side by side; neither formulas nor rich text fit its expressions."""

    columns: tuple[int, ...]
    prefix: bytes

    @property
    def length(self) -> int:
        return len(self.columns)

    @cached_property
    def first(self) -> bytes:
        """How the first cell begins, for a row number."""
        return self._starts[0] + b"%d"

    @cached_property
    def cells(self) -> re.Pattern[bytes]:
        """Its groups are the first cell's row, then style and rest of each cell."""
        rows = [rb"(\d++)", *[rb"\d++"] * (self.length - 1)]
        style, rest = _STYLE, self._rest
        cells = (
            b'%b%b"(%b)(%b)' % (start, row, style, rest)
            for start, row in zip(self._starts, rows, strict=True)
        )
        return re.compile(b"".join(cells))

    @cached_property
    def template(self) -> bytes:
        """The cells again, each from row number, style and rest."""
        return b"".join(start + b'%b"%b%b' for start in self._starts)

    @cached_property
    def in_rows(self) -> re.Pattern[bytes]:
        """The same cells in rows one below the other, to split them by: its groups make up the whole cells."""
        style, rest = _STYLE, self._rest
        first = rb'(%b)(\d++)("%b)(%b)' % (self._starts[0], style, rest)
        return re.compile(
            first + b"".join(rb'(%b\2"%b)(%b)' % (start, style, rest) for start in self._starts[1:])
        )

    @property
    def parts(self) -> int:
        """Pieces of one row after a split: what stands before it, the first cell's name, its row number, then
        the end of each cell's head and its rest."""
        return 3 + 2 * self.length

    @property
    def _starts(self) -> tuple[bytes, ...]:
        return cell_names(self.columns, self.prefix)

    @property
    def _rest(self) -> bytes:
        return _REST % ((re.escape(self.prefix),) * 8)


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
    """Columns side by side; the same run each time, for its expressions are made once."""
    return Run(columns, prefix)
