"""Presses buttons in the live spreadsheet, and compares what it then saves with what the command line writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlwings as xw

from addin.files.reader import read_book
from addin.files.template.places import DASHBOARD_NAMES, name_place
from addin.hosts.ribbon import press
from addin.model.cells import RawBook
from addin.model.tables import TABLES
from addin.service.books import refresh_book
from tests.service.undone import typed

TEN, ELEVEN, NOON = (datetime(2030, 1, 1, hour) for hour in (10, 11, 12))
LATER = "2026-09-30"
"""The demo was refreshed as at 2026-06-30."""


def as_of(book: Path, day: str) -> Path:
    """The book with another as-of date in its settings."""
    settings = read_book(book).tables["settings"]
    typed(book, "settings", "value", list(settings.columns[0]).index("as_of"), day)
    return book


def refreshed_file(book: Path, now: datetime = TEN, by: str = "tester") -> RawBook:
    """What the command line makes of a book."""
    refresh_book(book, today=now.date(), now=now, by=by)
    return read_book(book)


def pressed(excel: Any, name: str, now: datetime = TEN) -> None:
    """The button pressed; nothing may have gone wrong."""
    before = len(excel.alerts)
    press(name, now)
    assert excel.alerts[before:] == [], excel.alerts[before:]


def refused(excel: Any, name: str, now: datetime = TEN) -> str:
    """What the message box said when a button could do nothing."""
    before = len(excel.alerts)
    press(name, now)
    [said] = excel.alerts[before:]
    assert excel.app.status_bar is False
    return str(said)


def saved(book: xw.Book, path: Path) -> RawBook:
    """The open book as another library reads it once it is saved."""
    book.api.SaveCopyAs(str(path))
    return read_book(path)


def differences(one: RawBook, other: RawBook) -> list[tuple[Any, ...]]:
    """Where two books differ: any cell in or above a table, any size, any visibility."""
    found: list[tuple[Any, ...]] = [("tables", key) for key in one.tables.keys() ^ other.tables.keys()]
    for key in one.tables.keys() & other.tables.keys():
        left, right = one.tables[key], other.tables[key]
        for name in ("sheet", "headings", "header_row", "first_column", "hidden", "size", "filtered"):
            if getattr(left, name) != getattr(right, name):
                found.append((key, name, getattr(left, name), getattr(right, name)))
        if list(left.rows) != list(right.rows):
            found.append((key, "rows", left.rows, right.rows))
            continue
        for heading, first, second in zip(left.headings, left.columns, right.columns, strict=True):
            cells = zip(left.rows, first, second, strict=True)
            found += [
                (key, heading, row, old, new)
                for row, old, new in cells
                if old != new or type(old) is not type(new)
            ]
        if one.above[key] != other.above[key]:
            found.append((key, "above", one.above[key], other.above[key]))
    return found


def board(path: Path) -> dict[str, Sequence[Sequence[object]]]:
    """The cells of the dashboard as openpyxl reads them."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for name, (height, width) in DASHBOARD_NAMES.items():
        place = name_place(book.defined_names[name].attr_text)
        assert place is not None
        sheet, top, left = place
        found[name] = [
            [book[sheet].cell(top + down, left + right).value for right in range(width)]
            for down in range(height)
        ]
    return found


def cell(book: xw.Book, raw: RawBook, table: str, column: str, row: int) -> xw.Range:
    """The cell of a table's data row, counted from 0."""
    source = raw.tables[table]
    place = source.first_column + TABLES[table].places(source.headings)[column]
    found: xw.Range = book.sheets[source.sheet].range((source.header_row + 1 + row, place))
    return found


def select(target: xw.Range) -> None:
    """The cell selected, its sheet in front."""
    target.sheet.visible = True
    target.sheet.activate()
    target.select()
