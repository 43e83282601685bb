"""What a refresh adds to the history: versions of collection plans, once, below what stands there."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from addin.files.reader import read_book
from addin.model.cells import CellError, RawBook
from addin.model.ledger import typed_computed
from addin.model.result import TableWrite
from addin.model.text import LANGUAGES, Language
from addin.rules.history import MEASURES, PLAN
from addin.service.demo import BOOK, make_demo
from addin.service.refresh import refresh
from addin.service.showing import show_table
from addin.service.translating import translate_book
from tests.oracle.build import contract, fixed
from tests.rules.engine import Tables, raw_book
from tests.service import undone
from tests.service.undone import DAY, LATER, LATEST, NINE, TODAY
from tests.service.written import with_cell, with_column, written

PLANNED: Tables = {
    "customers": [{"customer_id": "K", "name": "Firm K"}],
    "contracts": [contract("C", "100"), contract("D", "50")],
    "milestones": [
        fixed("M1", "60", planned_date=date(2026, 7, 31)),
        fixed("M2", "40", planned_date=date(2026, 9, 30)),
        fixed("N1", "50", contract="D"),
    ],
}
FIRST = "2026-07 60.00; 2026-09 40.00"


def rows(raw: RawBook) -> list[tuple[Any, ...]]:
    known = typed_computed(raw, "history")
    days = [day.date() for day in known.pop("date")]
    return list(zip(days, *(known[column].tolist() for column in known), strict=True))


def plans(history: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [row for row in history if row[2] in MEASURES[PLAN]]


def added(raw: RawBook, as_of: date, language: Language = "en") -> list[TableWrite]:
    return [write for write in refresh(raw, as_of, language).tables if write.table == "history"]


def after(raw: RawBook, as_of: date, language: Language = "en") -> RawBook:
    return written(raw, refresh(raw, as_of, language), language)


@pytest.fixture(scope="module")
def recorded() -> RawBook:
    """A small ledger as its first refresh leaves it."""
    return after(raw_book(PLANNED), DAY)


def test_the_first_refresh_records_the_plan_of_each_contract_that_has_one(recorded: RawBook) -> None:
    assert rows(recorded) == [(DAY, "C", "Collection plan", FIRST)]


@pytest.mark.parametrize("as_of", [DAY, LATER])
def test_an_unchanged_plan_is_not_written_again(recorded: RawBook, as_of: date) -> None:
    assert added(recorded, as_of) == []


def test_a_moved_date_is_a_new_row_below_and_is_reason_enough_to_write(recorded: RawBook) -> None:
    moved = with_cell(recorded, "milestones", "planned_date", 1, date(2026, 10, 1))
    (write,) = refresh(moved, DAY, "en").tables
    assert (write.table, write.kept, list(write.origin)) == ("history", 1, [None])
    assert rows(written(moved, refresh(moved, DAY, "en"), "en")) == [
        (DAY, "C", "Collection plan", FIRST),
        (DAY, "C", "Collection plan", "2026-07 60.00; 2026-10 40.00"),
    ]
    assert added(after(moved, DAY), DAY) == []


def test_an_amendment_moves_the_plan_from_the_day_on_which_it_works() -> None:
    change = {"amendment_id": "A", "contract_id": "C", "effective": LATER, "new_amount": 120.0}
    shares = [
        {
            "milestone_id": "M1",
            "contract_id": "C",
            "name": "a",
            "share": 0.6,
            "planned_date": date(2026, 7, 31),
        },
        {"milestone_id": "M2", "contract_id": "C", "name": "b", "planned_date": date(2026, 9, 30)},
    ]
    before = after(raw_book({**PLANNED, "milestones": shares, "amendments": [change]}), DAY)
    later = after(before, LATER)
    assert [row[-1] for row in rows(later)] == [FIRST, "2026-07 72.00; 2026-09 48.00"]
    assert rows(after(later, DAY)) == rows(later)


def test_a_date_that_cannot_be_read_is_no_new_plan(recorded: RawBook) -> None:
    for cell in ("soon", CellError("#REF!")):
        lost = with_cell(recorded, "milestones", "planned_date", 1, cell)
        assert added(lost, LATER) == []
    lost = with_cell(recorded, "milestones", "contract_id", 1, CellError("#REF!"))
    assert added(lost, LATER) == []


def test_a_plan_is_given_up_when_its_dates_are_deleted_not_when_their_column_is(recorded: RawBook) -> None:
    table = recorded.tables["milestones"]
    at = list(table.headings).index("planned_date")
    emptied = with_cell(
        with_cell(recorded, "milestones", "planned_date", 0, ""), "milestones", "planned_date", 1, ""
    )
    assert rows(after(emptied, LATER))[-1] == (LATER, "C", "Collection plan", "")
    headings = [heading if place != at else "another" for place, heading in enumerate(table.headings)]
    other = replace(recorded, tables={**recorded.tables, "milestones": replace(table, headings=headings)})
    assert added(other, LATER) == []


@pytest.mark.parametrize("lacking", ["table", "column"])
def test_a_book_without_the_whole_history_is_refreshed_without_it(recorded: RawBook, lacking: str) -> None:
    table = recorded.tables["history"]
    tables = {key: each for key, each in recorded.tables.items() if key != "history"}
    if lacking == "column":
        tables["history"] = replace(table, headings=[*table.headings[:-1], "another"])
    moved = with_cell(replace(recorded, tables=tables), "milestones", "planned_date", 1, date(2026, 10, 1))
    assert refresh(moved, LATER, "en").frames and added(moved, LATER) == []


def test_as_at_an_earlier_day_nothing_is_recorded_and_that_is_told(recorded: RawBook) -> None:
    moved = with_cell(recorded, "milestones", "planned_date", 1, date(2026, 10, 1))
    result = refresh(moved, date(2026, 6, 29), "en")
    assert "history" not in {write.table for write in result.tables}
    assert "history_left_alone" in {found.code for found in result.findings}
    assert "history_left_alone" in set(result.frames["checks"]["code"])
    assert "history_left_alone" not in {found.code for found in refresh(moved, DAY, "en").findings}


def test_what_people_wrote_into_the_history_is_left_as_it_is(recorded: RawBook) -> None:
    noted = with_column(recorded, "history", "Mine", ["agreed by phone"])
    noted = with_cell(noted, "history", "date", 0, "some day")
    moved = after(noted, LATER)
    table = moved.tables["history"]
    assert [list(column) for column in table.columns][-1] == ["agreed by phone", ""]
    assert table.columns[0] == ["some day", LATER]


# --- in the file ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=LANGUAGES)
def demo(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, request.param, today=TODAY, now=NINE, by="tester")
    return folder / BOOK


def moved(book: Path, to: date = date(2031, 5, 31)) -> None:
    undone.typed(book, "milestones", "planned_date", 0, to)


def sha(book: Path) -> str:
    return hashlib.sha256(book.read_bytes()).hexdigest()


def test_a_second_refresh_leaves_the_files_bytes_alone(book: Path) -> None:
    known = rows(read_book(book))
    assert len(known) > 10
    moved(book)
    assert undone.refresh(book, as_of=DAY).written == book
    once = sha(book)
    assert undone.refresh(book, undone.ELEVEN, as_of=DAY).written is None
    assert sha(book) == once
    raw = read_book(book)
    assert rows(raw)[: len(known)] == known and len(rows(raw)) == len(known) + 1
    assert "2031-05" in rows(raw)[-1][-1]
    assert len(raw.tables["runs"].rows) == 2, "the run that recorded it is in the list of runs"


def test_undo_takes_the_new_rows_back_and_a_refresh_adds_them_again(book: Path) -> None:
    known = rows(read_book(book))
    moved(book)
    undone.refresh(book)
    grown = rows(read_book(book))
    assert len(plans(grown)) == len(plans(known)) + 1
    assert undone.undo(book).clashes == ()
    assert rows(read_book(book)) == known
    undone.refresh(book, datetime(2030, 1, 1, 13))
    assert rows(read_book(book)) == grown


def test_in_the_other_language_the_record_goes_on(book: Path, demo: Path) -> None:
    known = rows(read_book(book))
    own: Language = "zh" if known[0][2] == "回款计划" else "en"
    other: Language = "en" if own == "zh" else "zh"
    when = {"today": TODAY, "now": undone.TEN, "by": "tester"}
    translate_book(book, other, **when)  # type: ignore[arg-type]  # a dict of different kinds
    words = {name.in_(own): name.in_(other) for name in MEASURES.values()}
    assert {row[2] for row in known} == {*words}
    assert rows(read_book(book)) == [(*row[:2], words[row[2]], row[3]) for row in known]
    undone.refresh(book, undone.ELEVEN, as_of=DAY)
    assert len(rows(read_book(book))) == len(known)
    translate_book(book, own, **when)  # type: ignore[arg-type]  # a dict of different kinds
    assert rows(read_book(book)) == known


def test_it_is_shown_as_at_the_day(book: Path) -> None:
    moved(book)
    undone.refresh(book, as_of=LATEST)
    days = [row[0] for row in rows(read_book(book))]
    assert {*days} == {DAY, LATEST}

    def shown(as_of: date) -> int:
        return len(show_table(book, "history", today=TODAY, as_of=as_of).cells)

    known = days.count(DAY)
    assert [shown(day) for day in (date(2020, 1, 1), DAY, LATER, LATEST)] == [0, known, known, len(days)]
