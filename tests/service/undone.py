"""What people and runs do to a book in the tests of undo, and how its cells are then compared."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from addin.files.package import CellEdit, Edits, TableEdit, patch
from addin.files.reader import read_book
from addin.model.cells import AnyCell, RawBook
from addin.model.tables import TABLES
from addin.service.books import BookReport, refresh_book
from addin.service.undo_book import UndoReport, undo_book

TODAY = date(2030, 1, 1)
DAY, LATER, LATEST = date(2026, 6, 30), date(2026, 7, 31), date(2026, 9, 30)
NINE, TEN, ELEVEN, NOON = (datetime(2030, 1, 1, hour) for hour in (9, 10, 11, 12))
MIXED = [key for key, table in TABLES.items() if table.role == "mixed"]


def refresh(book: Path, now: datetime = TEN, as_of: date = LATER, **more: Any) -> BookReport:
    return refresh_book(book, today=TODAY, now=now, by="tester", as_of=as_of, **more)


def undo(book: Path, now: datetime = NOON) -> UndoReport:
    return undo_book(book, now=now, by="tester")


def edited(book: Path, edits: Edits) -> None:
    """The book as people leave it who save it in their own program."""
    old = book.with_name("before-saving.xlsx")
    book.replace(old)
    patch(old, book, edits)
    old.unlink()


def typed(book: Path, table: str, column: str, row: int, value: Any) -> None:
    """A cell as a person types it: row counts the table's data rows from 0."""
    raw = read_book(book).tables[table]
    place = raw.first_column + TABLES[table].places(raw.headings)[column]
    edited(book, Edits(cells=[CellEdit(raw.sheet, raw.header_row + 1 + row, place, value)]))


def ordered(book: Path, table: str, order: list[int | None]) -> None:
    """Rows sorted, deleted, inserted (None)."""
    edited(book, Edits([TableEdit(table, rows=len(order), order=order)]))


def by_key(raw: RawBook, table: str, owner: str) -> dict[AnyCell, list[AnyCell]]:
    """The cells of one owner's columns by the rows' keys."""
    source, columns = raw.tables[table], TABLES[table].owned_by(owner)  # type: ignore[arg-type]  # plain text
    places = TABLES[table].places(source.headings)
    keys = source.columns[places[TABLES[table].identity[0]]]
    cells = [source.columns[places[column.key]] for column in columns]
    return {key: [column[row] for column in cells] for row, key in enumerate(keys)}


def changed_row(before: RawBook, after: RawBook, table: str, column: str) -> int:
    """A row whose computed cell the run changed."""
    place = TABLES[table].places(before.tables[table].headings)[column]
    pairs = zip(before.tables[table].columns[place], after.tables[table].columns[place], strict=True)
    return next(row for row, (old, new) in enumerate(pairs) if old not in ("", new))


def same_but_runs(one: RawBook, other: RawBook) -> bool:
    tables = ({key: table for key, table in each.tables.items() if key != "runs"} for each in (one, other))
    return next(tables) == next(tables) and one.above == other.above
