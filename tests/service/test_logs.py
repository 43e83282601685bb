"""What a run leaves for people: transitions in the changes table, one row in the runs table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from addin.model.cells import AnyCell, RawBook
from addin.model.result import Result, TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.logs import KEPT_CHANGES, Run, log_writes
from addin.service.refresh import refresh
from tests.rules.engine import raw_book
from tests.service.test_refresh import SMALL
from tests.service.written import rewritten, with_cell, written

RUN = Run(datetime(2025, 4, 1, 9, 30), "Li", "refresh")
BEFORE_DUE, OVERDUE, LATER = date(2025, 1, 10), date(2025, 1, 11), date(2025, 1, 12)


def logs(raw: RawBook, result: Result, language: Language = "zh") -> dict[str, TableWrite]:
    return {write.table: write for write in log_writes(raw, result, RUN, language, result.changes)}


def rows(write: TableWrite) -> list[list[Any]]:
    return write.frame.astype(object).to_numpy().tolist()


@pytest.fixture(scope="module")
def book() -> RawBook:
    """The small ledger as a refresh of the due day left it."""
    raw = raw_book(SMALL)
    return written(raw, refresh(raw, BEFORE_DUE, "zh"), "zh")


def test_the_first_refresh_fills_cells_and_logs_no_transition_but_the_run() -> None:
    raw = raw_book(SMALL)
    result = refresh(raw, BEFORE_DUE, "zh")
    found = logs(raw, result)
    assert found.keys() == {"runs"}
    (row,) = rows(found["runs"])
    assert [*row[:2], *row[3:]] == [
        1,
        "2025-04-01 09:30",
        "refresh",
        "Li",
        len(result.findings),
        result.changes,
    ]
    assert row[2].date() == BEFORE_DUE


def test_a_row_that_falls_overdue_changes_its_status_and_bucket(book: RawBook) -> None:
    changes = rows(logs(book, refresh(book, OVERDUE, "zh"))["changes"])
    assert changes == [
        [1, "收款节点", "M1", "账龄区间", "current", "1-30"],
        [1, "收款节点", "M1", "状态", "未到期", "逾期"],
    ]


def test_in_an_en_book_the_words_are_english() -> None:
    raw = raw_book(SMALL)
    en = written(raw, refresh(raw, BEFORE_DUE, "en"), "en")
    changes = rows(logs(en, refresh(en, OVERDUE, "en"), "en")["changes"])
    assert changes[1] == [1, "Milestones", "M1", "Status", "Not due", "Overdue"]


def test_days_that_merely_passed_are_no_changes(book: RawBook) -> None:
    overdue = written(book, refresh(book, OVERDUE, "zh"), "zh")
    result = refresh(overdue, LATER, "zh")
    assert result.changes == 3  # days_overdue, and what it does to paydex and score
    assert logs(overdue, result).keys() == {"runs"}


def test_an_amount_in_force_that_moved_is_told_with_both_values(book: RawBook) -> None:
    moved = with_cell(with_cell(book, "milestones", "amount_fixed", 1, 45.5), "contracts", "amount", 0, 105.5)
    changes = rows(logs(moved, refresh(moved, BEFORE_DUE, "zh"))["changes"])
    assert changes == [[1, "收款节点", "M2", "应收金额", "40.00", "45.50"]]


def test_runs_are_numbered_on_and_older_rows_stay(book: RawBook) -> None:
    result = refresh(book, OVERDUE, "zh")
    first = logs(book, result)["runs"]
    table = rewritten(book.tables["runs"], first, "zh")
    again = replace(book, tables={**book.tables, "runs": table})
    second = logs(again, result)["runs"]
    assert [row[0] for row in rows(second)] == [1, 2]
    assert list(second.origin) == [0, None]
    assert rows(logs(again, result)["changes"])[0][0] == 2


def filled_changes(book: RawBook, count: int) -> RawBook:
    table = book.tables["changes"]
    cells: dict[str, list[AnyCell]] = {column.key: [""] * count for column in TABLES["changes"].columns}
    cells["run"] = [float(number) for number in range(count)]
    cells["row_key"] = [f"M{number}" for number in range(count)]
    full = replace(
        table, columns=[cells[heading] for heading in table.headings], rows=range(6, 6 + count), size=count
    )
    return replace(book, tables={**book.tables, "changes": full})


@pytest.mark.parametrize("before", [KEPT_CHANGES - 2, KEPT_CHANGES - 1, KEPT_CHANGES])
def test_the_newest_5000_changes_are_kept(book: RawBook, before: int) -> None:
    full = filled_changes(book, before)
    write = logs(full, refresh(full, OVERDUE, "zh"))["changes"]  # two more
    dropped = max(before + 2 - 5000, 0)
    assert len(write.frame) == before + 2 - dropped <= 5000
    assert write.frame["row_key"].iloc[0] == f"M{dropped}"
    assert list(write.origin[:2]) == [dropped, dropped + 1]
    assert list(write.origin[-2:]) == [None, None]


def test_the_newest_changes_are_kept_also_where_people_sorted_them(book: RawBook) -> None:
    """Newest on top: it is the oldest runs' rows that go, and the others stay where they are."""
    full = filled_changes(book, KEPT_CHANGES)
    table = full.tables["changes"]
    upside_down = replace(table, columns=[list(reversed(column)) for column in table.columns])
    sorted_book = replace(full, tables={**full.tables, "changes": upside_down})
    write = logs(sorted_book, refresh(book, OVERDUE, "zh"))["changes"]
    assert len(write.frame) == KEPT_CHANGES
    assert write.frame["row_key"].iloc[0] == f"M{KEPT_CHANGES - 1}"
    assert list(write.origin[-4:]) == [KEPT_CHANGES - 4, KEPT_CHANGES - 3, None, None]


def test_rows_of_earlier_runs_are_never_changed(book: RawBook) -> None:
    """Append-only: what earlier runs wrote comes first and stays word for word."""
    once = logs(book, refresh(book, OVERDUE, "zh"))
    kept = {key: rewritten(book.tables[key], write, "zh") for key, write in once.items()}
    again = replace(book, tables={**book.tables, **kept})
    twice = logs(again, refresh(again, BEFORE_DUE, "zh"))
    twice |= logs(again, refresh(with_cell(again, "milestones", "amount_fixed", 1, 45.5), OVERDUE, "zh"))
    for key, write in once.items():
        known = rows(write)
        assert len(known) > 0 and len(rows(twice[key])) > len(known)
        assert [list(map(str, row)) for row in rows(twice[key])[: len(known)]] == [
            list(map(str, row)) for row in known
        ]


def test_a_book_without_the_log_sheets_is_refreshed_all_the_same(book: RawBook) -> None:
    few = replace(
        book, tables={key: table for key, table in book.tables.items() if key not in ("runs", "changes")}
    )
    assert logs(few, refresh(few, OVERDUE, "zh")) == {}
