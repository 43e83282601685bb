"""What people wrote beside a row of a computed table is moved to the log of changes when the row goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from addin.model.cells import AnyCell, RawBook
from addin.model.result import Result
from addin.model.text import Language
from addin.service.logs import Run, log_writes
from addin.service.refresh import refresh, typed
from addin.service.typed_over import memory_of
from addin.service.undoing import Book, take_back
from tests.oracle.build import contract
from tests.rules.engine import raw_book
from tests.service.test_refresh import SMALL
from tests.service.written import rewritten, with_cell, with_column, written

DAY = date(2025, 3, 31)
RUN = Run(datetime(2025, 4, 1, 9, 30), "Li", "refresh")


@pytest.fixture
def book() -> RawBook:
    """A ledger whose contract Li manages; somebody wrote a note and a number beside Li's aging."""
    raw = raw_book({**SMALL, "contracts": [contract("C", "100", manager="Li")]})
    shown = written(raw, refresh(raw, DAY, "en"), "en")
    kinds = list(shown.tables["aging"].columns[0])
    notes: list[AnyCell] = ["ask Li again" if kind == "Manager" else "" for kind in kinds]
    numbers: list[AnyCell] = [7.0 if kind == "Manager" else "" for kind in kinds]
    return with_column(with_column(shown, "aging", "My note", notes), "aging", "My sum", numbers)


def logged(raw: RawBook, result: Result, language: Language = "en") -> list[list[Any]]:
    writes = {write.table: write for write in log_writes(raw, result, RUN, language, result.changes)}
    return writes["changes"].frame.astype(object).to_numpy().tolist() if "changes" in writes else []


def handed_over(book: RawBook) -> RawBook:
    return with_cell(book, "contracts", "manager", 0, "Wu")


def test_a_note_beside_a_row_that_goes_is_in_the_log(book: RawBook) -> None:
    result = refresh(handed_over(book), DAY, "en")
    (row,) = (row for row in logged(book, result) if row[1] == "Aging")
    assert [row[0], row[2].split(" / ")[:2], *row[3:]] == [
        1,
        ["manager", "Li"],
        "My note",
        "ask Li again",
        "",
    ]


def test_a_note_beside_a_row_that_stays_goes_along_with_it(book: RawBook) -> None:
    result = refresh(with_cell(book, "receipts", "amount", 0, 25.0), DAY, "en")
    assert {write.table for write in result.tables} >= {"aging"}
    assert logged(book, result) == []
    after = written(book, result, "en").tables["aging"]
    assert [cell for cell in after.columns[-2] if cell] == ["ask Li again"]


def test_an_undo_leaves_the_words_in_the_log(book: RawBook) -> None:
    """The row comes back without them: the log alone has them, and nothing else of the run stays there."""
    moved = handed_over(book)
    result = refresh(moved, DAY, "en")
    after = written(moved, result, "en")
    logs = log_writes(moved, result, RUN, "en", result.changes)
    tables = {write.table: rewritten(after.tables[write.table], write, "en") for write in logs}
    after = replace(after, tables={**after.tables, **tables})
    books = [Book(raw, typed(raw, DAY, "en").ledger) for raw in (after, moved)]
    plan = take_back(*books, memory_of(result, ("1", "2025-04-01 09:30")), frozenset(), {})
    (changes,) = (write for write in plan.tables if write.table == "changes")
    assert changes.frame["old"].tolist() == ["ask Li again"]
