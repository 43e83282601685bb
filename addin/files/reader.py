"""From a workbook to plain cells: every ledger table in it, by its name, with true row numbers.

Nothing is typed or judged here; that is for `addin.model.columns`. Values are text, float, bool, date (a
midnight moment too), datetime, time, timedelta, "" where a cell is empty, `CellError` where it shows an
error and `Uncalculated` where a formula has never been calculated. A calculated formula reads as its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from addin.files.bycolumn import Column
from addin.files.discover import Sheet, TablePlace, date1904, defined_names, find_tables
from addin.files.parts import is_signed, open_package
from addin.files.values import Values
from addin.model.cells import AnyCell, RawBook, RawTable
from addin.model.columns import fold
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language

__all__ = ["book_language", "is_signed", "read_book"]

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
            columns = values.columns(
                sheet,
                max(place.last_row for place in places),
                max(ABOVE_COLUMNS, *(place.last_column for place in places)),
            )
            for place in places:
                tables[place.key] = _table(columns, place, old_days)
                above[place.key] = _above(columns, place)
            del columns
        names = defined_names(package)
    return RawBook(tables, above, names)


def _by_sheet(places: Iterable[TablePlace]) -> dict[Sheet, list[TablePlace]]:
    grouped: dict[Sheet, list[TablePlace]] = {}
    for place in places:
        grouped.setdefault(place.sheet, []).append(place)
    return grouped


def _table(columns: list[Column], place: TablePlace, old_days: bool) -> RawTable:
    mine = columns[place.first_column - 1 : place.last_column]
    body = [column[place.header_row : place.last_row] for column in mine]
    first = body[0] if body else []  # a table whose corners are swapped has no columns
    rows = [at for at, cell in enumerate(first) if cell != "" or any(column[at] != "" for column in body)]
    if len(rows) < len(first):
        body = [[column[at] for at in rows] for column in body]
    return RawTable(
        sheet=place.sheet.name,
        headings=_headings(mine, place),
        columns=body,
        rows=[place.header_row + 1 + at for at in rows],
        header_row=place.header_row,
        first_column=place.first_column,
        date1904=old_days,
        hidden=place.sheet.hidden,
        size=place.last_row - place.header_row,
        filtered=place.filtered,
    )


def _headings(columns: list[Column], place: TablePlace) -> tuple[str, ...]:
    """What stands in the heading row, else the table's own name for the column."""
    names = (*place.names, *[""] * len(columns))[: len(columns)]
    cells = [cell for column in columns for cell in column[place.header_row - 1 : place.header_row]]
    if not cells:
        return names
    return tuple(str(cell) if isinstance(cell, str | float) and cell != "" else name
                 for cell, name in zip(cells, names, strict=True))  # fmt: skip


def _above(columns: list[Column], place: TablePlace) -> dict[tuple[int, int], AnyCell]:
    height = min(ABOVE_ROWS, place.header_row - 1)
    return {
        (row, number): cell
        for number, column in enumerate(columns[: max(ABOVE_COLUMNS, place.last_column)], 1)
        for row, cell in enumerate(column[:height], 1)
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
