"""From a workbook to plain cells: every ledger table in it, by its name, with true row numbers.

Nothing is typed or judged here; that is for `addin.model.columns`. Values are text, float, bool, date (a
midnight moment too), datetime, time, timedelta, "" where a cell is empty, `CellError` where it shows an
error and `Uncalculated` where a formula has never been calculated. A calculated formula reads as its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from addin.files.discover import Sheet, TablePlace, date1904, defined_names, find_tables
from addin.files.parts import is_signed, open_package
from addin.files.values import Row, Values
from addin.model.cells import AnyCell, RawBook, RawTable
from addin.model.columns import fold
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language

__all__ = ["book_language", "is_signed", "read_book"]

_ROWS_AT_ONCE: Final = 1_000
_MANY_ROWS: Final = 20_000
"""Rows from which on the memory of texts that stand again and again is worth the time to give it back."""

_Texts = dict[AnyCell, AnyCell]

ABOVE_ROWS: Final = 4
ABOVE_COLUMNS: Final = 26
"""The top corner of a sheet, at least: its cells are read with the table below them."""


def read_book(path: Path) -> RawBook:
    """Every ledger table of a workbook (.xlsx, .xlsm), found by its table name whatever its sheet is called.

    Wholly blank rows and the totals row are left out; a table without a heading row counts as absent.
    LedgerError: one line in both languages, for whatever cannot be read (see `addin.files.guard`).
    """
    with open_package(path) as package, Values(package) as values:
        old_days = date1904(package)
        tables: dict[str, RawTable] = {}
        above: dict[str, Mapping[tuple[int, int], AnyCell]] = {}
        for sheet, places in _by_sheet(find_tables(package)).items():
            rows = values.rows(
                sheet,
                max(place.last_row for place in places),
                max(ABOVE_COLUMNS, *(place.last_column for place in places)),
            )
            for place in places:
                tables[place.key] = _table(rows, place, old_days)
                above[place.key] = _above(rows, place)
            del rows
        names = defined_names(package)
    return RawBook(tables, above, names)


def _by_sheet(places: Iterable[TablePlace]) -> dict[Sheet, list[TablePlace]]:
    grouped: dict[Sheet, list[TablePlace]] = {}
    for place in places:
        grouped.setdefault(place.sheet, []).append(place)
    return grouped


def _table(rows: list[Row], place: TablePlace, old_days: bool) -> RawTable:
    left, right = place.first_column - 1, place.last_column
    width = right - left
    body = rows[place.header_row : place.last_row]
    numbers = [
        number
        for number, row in enumerate(body, place.header_row + 1)
        if row[left] != "" or row[left:right].count("") != width
    ]
    kept = body if len(numbers) == len(body) else [rows[number - 1] for number in numbers]
    return RawTable(
        sheet=place.sheet.name,
        headings=_headings(rows, place),
        columns=_columns(kept, left, right),
        rows=numbers,
        header_row=place.header_row,
        first_column=place.first_column,
        date1904=old_days,
        hidden=place.sheet.hidden,
        size=place.last_row - place.header_row,
        filtered=place.filtered,
    )


def _columns(rows: list[Row], left: int, right: int) -> list[list[AnyCell]]:
    """The cells column by column; some rows at a time, which stay in the processor's cache.

    In a large table equal texts of a column are one object, as names and words stand again in row after row.
    """
    width = right - left
    columns: list[list[AnyCell]] = [[] for _ in range(width)]
    texts: dict[int, _Texts] = {place: {} for place in range(width) if len(rows) >= _MANY_ROWS}
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        cells = list(chain.from_iterable(row[left:right] for row in rows[at : at + _ROWS_AT_ONCE]))
        for place, column in enumerate(columns):
            part = cells[place::width]
            column += _shared(part, texts[place]) if place in texts else part
            if at == 0 and len(texts.get(place, ())) == len(part):  # nothing stands twice
                del texts[place]
    return columns


def _shared(cells: list[AnyCell], texts: _Texts) -> Iterable[AnyCell]:
    """The same cells, with the text of ``texts`` for each equal one; a number is never taken for its like."""
    return map(texts.setdefault, cells, cells) if set(map(type, cells)) == {str} else cells


def _headings(rows: list[Row], place: TablePlace) -> tuple[str, ...]:
    """What stands in the heading row, else the table's own name for the column."""
    width = place.last_column - place.first_column + 1
    names = (*place.names, *[""] * width)[:width]
    if place.header_row > len(rows):
        return names
    cells = rows[place.header_row - 1][place.first_column - 1 : place.last_column]
    return tuple(str(cell) if isinstance(cell, str | float) and cell != "" else name
                 for cell, name in zip(cells, names, strict=True))  # fmt: skip


def _above(rows: list[Row], place: TablePlace) -> dict[tuple[int, int], AnyCell]:
    top = rows[: min(ABOVE_ROWS, place.header_row - 1)]
    return {
        (row, column): cell
        for row, cells in enumerate(top, 1)
        for column, cell in enumerate(cells[: max(ABOVE_COLUMNS, place.last_column)], 1)
        if cell != ""
    }


_LANGUAGE_WORDS: Final[Mapping[str, Language]] = {
    "zh": "zh", "zh-cn": "zh", "zh_cn": "zh", "中文": "zh", "chinese": "zh",
    "en": "en", "en-us": "en", "en_us": "en", "英文": "en", "english": "en",
}  # fmt: skip


def book_language(raw: RawBook) -> Language:
    """The language of a book: its settings row ``language``, else the one that most headings are in.

    Chinese where neither tells.
    """
    written = _language_set(raw)
    return written if written else max(LANGUAGES, key=partial(_headings_in, raw))


def _language_set(raw: RawBook) -> Language | None:
    settings = raw.tables.get("settings")
    if settings is None:
        return None
    keys = [TABLES["settings"].heading_keys.get(fold(heading)) for heading in settings.headings]
    if "key" not in keys or "value" not in keys:
        return None
    pairs = zip(settings.columns[keys.index("key")], settings.columns[keys.index("value")], strict=True)
    words = (_LANGUAGE_WORDS.get(fold(str(value))) for key, value in pairs if fold(str(key)) == "language")
    return next((word for word in words if word), None)


def _headings_in(raw: RawBook, language: Language) -> int:
    return sum(
        len({fold(heading) for heading in table.headings}
            & {fold(column.heading(language)) for column in TABLES[key].columns})
        for key, table in raw.tables.items()
    )  # fmt: skip
