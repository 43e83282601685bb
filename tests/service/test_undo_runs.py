"""Undo as a run among runs: one after another, what it leaves behind, and what it cannot take back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from addin.files.reader import read_book
from addin.files.save import backups, state_folder
from addin.model.finding import LedgerError
from addin.service.books import check_book
from addin.service.demo import BOOK
from addin.service.logs import past_runs
from tests.service.undone import (
    DAY,
    ELEVEN,
    LATER,
    LATEST,
    MIXED,
    NOON,
    TEN,
    by_key,
    changed_row,
    ordered,
    refresh,
    same_but_runs,
    typed,
    undo,
)


def test_a_second_undo_goes_back_further_and_a_third_says_that_there_is_no_backup(book: Path) -> None:
    first = read_book(book)
    refresh(book, TEN, LATER)
    second = read_book(book)
    refresh(book, ELEVEN, LATEST)
    assert undo(book, NOON).run.number == 3
    assert same_but_runs(read_book(book), second)
    assert undo(book, datetime(2030, 1, 1, 13)).run.number == 2
    assert same_but_runs(read_book(book), first)
    before = book.read_bytes()
    with pytest.raises(LedgerError) as caught:
        undo(book, datetime(2030, 1, 1, 14))
    assert caught.value.code == "no_backup" and "run 1 (2030-01-01 09:00)" in caught.value.problem.en
    assert "\n" not in caught.value.problem.zh and book.read_bytes() == before


def test_three_runs_within_a_minute_are_taken_back_one_by_one(book: Path) -> None:
    states = [read_book(book)]
    for second, day in enumerate((LATER, LATEST, date(2026, 12, 31))):
        refresh(book, datetime(2030, 1, 1, 10, 0, second), day)
        states.append(read_book(book))
    for second, state in enumerate(reversed(states[:-1]), 3):
        undo(book, datetime(2030, 1, 1, 10, 0, second))
        assert same_but_runs(read_book(book), state), second


def test_in_a_second_undo_what_was_typed_over_long_ago_is_still_a_clash(book: Path) -> None:
    """Typed over between the first and the second run: the first undo brings it back, the second leaves it."""
    before = read_book(book)
    refresh(book, TEN, LATER)
    row = changed_row(before, read_book(book), "milestones", "days_overdue")
    typed(book, "milestones", "days_overdue", row, 12345)
    refresh(book, ELEVEN, LATEST)
    assert undo(book, NOON).clashes == ()
    (clash,) = undo(book, datetime(2030, 1, 1, 13)).clashes
    assert (clash.column, clash.stands) == ("days_overdue", "12345")


def test_a_run_without_a_backup_cannot_be_taken_back(book: Path) -> None:
    refresh(book, no_backup=True)
    before = book.read_bytes()
    with pytest.raises(LedgerError, match=r"run 2 \(2030-01-01 10:00\) has no backup"):
        undo(book)
    assert book.read_bytes() == before


def test_a_book_that_never_ran_has_nothing_to_take_back(tmp_path: Path) -> None:
    from addin.service.newbook import new_book

    book = new_book(tmp_path / "new.xlsx", "zh")
    with pytest.raises(LedgerError) as caught:
        undo(book)
    assert caught.value.code == "nothing_to_undo" and "new.xlsx" in caught.value.problem.zh


def test_an_import_after_the_run_stays(book: Path) -> None:
    """Its backup is newer than the run's, and it is not the one that counts."""
    from addin.service.importing import import_file

    before = {key: by_key(read_book(book), key, "computed") for key in MIXED}
    refresh(book)
    rows = book.with_name("new.csv")
    rows.write_text("customer_id,name\nC-NEW,Newcomer Ltd.\n", encoding="utf-8")
    import_file(book, "customers", rows, now=ELEVEN)
    assert undo(book).clashes == ()
    after = {key: by_key(read_book(book), key, "computed") for key in MIXED}
    assert set(after["customers"].pop("C-NEW")) == {""}
    assert after == before


def test_the_runs_may_be_sorted_by_people(book: Path) -> None:
    before = read_book(book)
    refresh(book)
    ordered(book, "runs", [1, 0])
    assert undo(book).run.number == 2
    assert same_but_runs(read_book(book), before)


def test_the_book_is_not_written_where_somebody_has_it_open(book: Path) -> None:
    from addin.files.save import SaveError

    refresh(book)
    before = book.read_bytes()
    book.with_name(f"~${BOOK}").write_bytes(b"\x02Li")
    with pytest.raises(SaveError, match=r"open in Excel \(Li\)"):
        undo(book)
    assert book.read_bytes() == before


def test_a_run_that_changed_headings_is_not_taken_back_cell_by_cell(book: Path) -> None:
    refresh(book, command="language")
    with pytest.raises(LedgerError) as caught:
        undo(book)
    assert caught.value.code == "not_undoable"
    (made,) = backups(book, state_folder(book))
    assert made.name in caught.value.problem.en and made.name in caught.value.problem.zh


def test_the_run_goes_from_the_list_and_the_undo_stands_in_it(book: Path) -> None:
    refresh(book)
    assert [(run.number, run.command, run.as_of) for run in past_runs(read_book(book))] == [
        (1, "demo", DAY),
        (2, "refresh", LATER),
    ]
    report = undo(book)
    assert [(run.number, run.command, run.as_of) for run in past_runs(read_book(book))] == [
        (1, "demo", DAY),
        (3, "undo", DAY),
    ]
    assert len(read_book(book).tables["changes"].rows) == 0
    assert report.backup and report.backup.stem.endswith("~20300101-120000-undo")
    assert backups(book, state_folder(book))[-1] == report.backup


def test_the_worklist_is_computed_again_for_days_before_a_run_that_was_taken_back(book: Path) -> None:
    def codes() -> set[str]:
        report = check_book(book, today=DAY, as_of=date(2026, 7, 10))
        return {each.code for each in report.result.findings}

    refresh(book)
    assert "worklist_left_alone" in codes()
    undo(book)
    assert "worklist_left_alone" not in codes()


def test_a_refresh_after_an_undo_is_as_the_one_before_it(book: Path) -> None:
    refresh(book)
    once = read_book(book)
    undo(book)
    again = refresh(book, datetime(2030, 1, 1, 13))
    assert [found for found in again.result.findings if found.code == "typed_over"] == []
    twice = read_book(book)
    for key in once.tables:
        if key not in ("runs", "changes"):
            assert twice.tables[key] == once.tables[key], key
    assert refresh(book, datetime(2030, 1, 1, 14)).written is None
    assert {cell for cell in twice.tables["changes"].columns[0] if cell != ""} == {4.0}
