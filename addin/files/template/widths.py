"""Column widths in characters of the default font: the widest of heading words and demo values fits.

No column is wider than forty; longer text wraps.
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Mapping, Sequence
from functools import cache, lru_cache
from math import ceil
from typing import Final
from unicodedata import east_asian_width

from addin.assets import templates
from addin.model.columns import Column, Kind, Table
from addin.model.text import Language

WIDEST: Final = 40
LINE_HEIGHT: Final = 15.0

_PADDING: Final = 2.5
"""Room for a cell's margins and its indent."""

_BY_KIND: Final = {
    Kind.DATE: 12,
    Kind.MONEY: 16,
    Kind.RATE: 9,
    Kind.INT: 8,
    Kind.NUM: 11,
    Kind.BOOL: 8,
    Kind.LIST: 22,
    Kind.TEXT: 13,
    Kind.CHOICE: 8,
}

_COMPUTED: Final = {
    40: "message cure reason next_action match_reason response suggested_terms value",
    32: "group_name subject note source_rows expected found old new blocked_by measure",
    22: "receipt_id milestone_id row_key group_id at column key item",
    18: "contract_id customer_id manager owner indicator code invoice_no clause check table bucket band by",
}
"""Usual widths of texts that a refresh writes: the demo has no rows of them."""
_COMPUTED_WIDTH: Final = {key: width for width, keys in _COMPUTED.items() for key in keys.split()}

_SAME: Final = {"customer_name": ("customers", "name"), "project": ("contracts", "project")}
"""Computed columns that repeat a column of another table."""


@lru_cache(maxsize=65536)
def measure(text: str) -> float:
    """Characters that a text takes up: two and a bit for a full-width one.

    >>> measure("账期"), measure("NET 30")
    (4.2, 6.6)
    """
    full = 0 if text.isascii() else text.translate(_FULL_WIDTH).count("W")
    return round(2.1 * full + 1.1 * (len(text) - full), 1)


class _FullWidth(dict[int, str]):
    """W for a character that is full-width, n for any other; each is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = "W" if east_asian_width(chr(code)) in "WF" else "n"
        return self[code]


_FULL_WIDTH: Final = _FullWidth()


def width_of(table: Table, column: Column, language: Language) -> float:
    """The width of a column."""
    words = [measure(name.in_(language)) + _PADDING for _, name in column.choices]
    usual = _usual(table.key, column, language)
    widest = max([_BY_KIND[column.kind], usual, heading_width(column.heading(language)), *words])
    return float(min(ceil(widest), WIDEST))


def _usual(table_key: str, column: Column, language: Language) -> float:
    if column.kind not in (Kind.TEXT, Kind.LIST):
        return 0.0
    source = _SAME.get(column.key, (table_key, column.key))
    known = demo_widths(source[0], language).get(source[1], 0.0) + _PADDING
    return known if column.owner == "input" else max(known, _COMPUTED_WIDTH.get(column.key, 0))


@cache
def demo_widths(table_key: str, language: Language) -> Mapping[str, float]:
    """The widest value of each column in the demo ledger's rows of a table; none where it has no such file."""
    source = templates() / "demo" / language / f"{table_key}.csv"
    if not source.is_file():
        return {}
    with source.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {key: max(measure(row[key] or "") for row in rows) for key in (rows[0] if rows else ())}


def wraps(table: Table, column: Column) -> bool:
    """Whether a column's text goes on in a second line: names and prose do, ids do not."""
    return column.kind in (Kind.TEXT, Kind.LIST) and not column.ref and column is not table.columns[0]


def row_height(table: Table, cells: Mapping[str, object], language: Language) -> float | None:
    """Points that a row needs for its longest wrapped text; None where one line will do."""
    [height] = row_heights(table, {key: [cell] for key, cell in cells.items()}, 1, language)
    return height


def row_heights(
    table: Table, columns: Mapping[str, Sequence[Hashable]], count: int, language: Language
) -> list[float | None]:
    """Points that each of ``count`` rows needs for its longest wrapped text; None where one line will do.

    Excel finds the height of a row by itself; LibreOffice does not when it opens a file.
    """
    lines = [1] * count
    for key, cells in columns.items():
        if wraps(table, table[key]):
            room = (width_of(table, table[key], language) - _PADDING) / 0.95
            few = int(room / 2.1)  # as many full-width characters always fit
            long = {text for text in set(cells) if isinstance(text, str) and len(text) > few}
            wanted: dict[Hashable, int] = {text: ceil(measure(text) / room) for text in long}
            if wanted:
                lines = [max(line, wanted.get(text, 1)) for line, text in zip(lines, cells, strict=True)]
    return [number * LINE_HEIGHT + 2 if number > 1 else None for number in lines]


def heading_width(heading: str) -> float:
    """The width in which a bold heading takes two lines at most and leaves room for the filter's arrow."""
    arrow, bold = 3.0, 1.1
    if " " in heading:
        words = heading.split(" ")
        splits = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
        return min(max(measure(first), measure(second)) for first, second in splits) * bold + arrow
    first_line = heading if heading.isascii() or len(heading) < 5 else heading[: ceil(len(heading) / 2)]
    return measure(first_line) * bold + arrow
