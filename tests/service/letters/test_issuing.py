"""Issued letters: files, rows on record and fresh figures all together, or nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from addin.files.locks import only_run
from addin.files.package import CellEdit, Edits
from addin.files.reader import read_book
from addin.files.save import SaveError, save, state_folder
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.import_rows import append_rows
from addin.service.letters.making import Pool, workers
from addin.service.logs import past_runs
from tests.service.letters.calls import DAY, ELEVEN, files_in, issued, letters, of, row_of, rows
from tests.service.undone import LATER, NOON, edited, refresh, typed, undo


def on_record(book: Path) -> list[str]:
    return [str(row["letter_id"]) for row in rows(book, "letters")]


def test_a_confirmed_letter_gets_a_row_and_its_file_is_there(book: Path) -> None:
    before = rows(book, "letters")
    report = letters(book, confirm=True)
    added = rows(book, "letters")[len(before) :]

    assert rows(book, "letters")[: len(before)] == before
    assert [row["letter_id"] for row in added] == issued(report)
    for row, each in zip(added, [each for each in report.letters if each.issued], strict=True):
        draft = each.draft
        assert (row["date"], row["customer_id"], row["level"]) == (
            DAY,
            draft.proposal.customer,
            draft.level.number,
        )
        assert row["milestones"] == ";".join(draft.milestones)
        assert row["sent_on"] == row["delivered_on"] == row["proof"] == ""
        assert (book.parent / str(row["file"])).resolve() == each.files[0].resolve()
        assert each.files[0].is_file()
    kinds = {row["level"]: row["kind"] for row in added}
    assert kinds[5] == "Final notice" and kinds[2] == kinds[1] == "Reminder"


def test_a_second_run_proposes_nothing_new(book: Path) -> None:
    assert issued(letters(book, confirm=True))
    record, bytes_then = rows(book, "letters"), book.read_bytes()
    again = letters(book, confirm=True, now=ELEVEN)
    assert issued(again) == [] and all(each.draft.held for each in again.letters)
    assert rows(book, "letters") == record and book.read_bytes() == bytes_then


def test_the_book_shows_its_new_state_at_once(book: Path) -> None:
    """What a refresh after it would write is there already."""
    letters(book, confirm=True)
    bytes_then = book.read_bytes()
    assert refresh(book, ELEVEN, DAY).written is None and book.read_bytes() == bytes_then
    shown = {row["key"]: row for row in rows(book, "worklist")}
    assert "was confirmed on 2026-06-30" in str(shown["C009 CNY"]["blocked_by"])


def test_the_run_is_logged_with_the_letters_that_it_issued(book: Path) -> None:
    report = letters(book, confirm=True)
    assert [run.command for run in past_runs(read_book(book))][-1] == "letters"
    logged = [row for row in rows(book, "changes") if row["run"] == 2 and row["table"] == "Letters"]
    assert [row["row_key"] for row in logged] == issued(report)
    assert report.backup is not None and report.backup.is_file()


def test_only_those_chosen_are_issued(book: Path) -> None:
    report = letters(book, customer="C009", confirm=True)
    assert len(issued(report)) == 1 and on_record(book)[-1] == issued(report)[0]
    assert len(files_in(book.parent / "letters")) == 1


def test_a_letter_counts_once_it_is_sent_and_the_next_level_follows(book: Path) -> None:
    """C003: reminder issued on 2026-06-30 and sent that day; on 2026-07-07 the seven cooling days are over."""
    number = issued(letters(book, customer="C003", confirm=True))[0]
    levels = {row["milestone_id"]: row["reminder_level"] for row in rows(book, "milestones")}
    assert levels["HT-2025-001-3"] == ""
    typed(book, "letters", "sent_on", row_of(book, "letters", number), DAY)
    held = of(letters(book, customer="C003", as_of=date(2026, 7, 6)), "C003")
    later = of(letters(book, customer="C003", as_of=date(2026, 7, 7)), "C003")
    assert held.draft.held and not later.draft.held
    assert later.draft.level.number == 2, "no level is skipped, though the days would allow more"


# --- all or nothing ---------------------------------------------------------------------------------------


@pytest.fixture
def locked(book: Path) -> Path:
    """The book is open in Excel."""
    book.with_name(f"~${book.name}").write_bytes(b"\x06owner" + b" " * 49)
    return book


def test_where_the_book_cannot_be_saved_no_file_stays(locked: Path) -> None:
    before = locked.read_bytes()
    with pytest.raises(SaveError):
        letters(locked, confirm=True)
    assert locked.read_bytes() == before
    assert not (locked.parent / "letters").exists()


def test_drafts_of_before_come_back_where_the_book_cannot_be_saved(locked: Path) -> None:
    draft = of(letters(locked, customer="C009"), "C009").files[0]
    draft.write_bytes(b"edited")
    with pytest.raises(SaveError):
        letters(locked, confirm=True)
    assert files_in(locked.parent / "letters") == [draft] and draft.read_bytes() == b"edited"


def test_drafts_become_the_issued_files(book: Path) -> None:
    drafts = files_in(letters(book).folder)
    report = letters(book, confirm=True, now=ELEVEN)
    assert files_in(report.folder) == drafts


@pytest.mark.skipif(os.name == "nt", reason="a process is killed by POSIX's means")
def test_a_run_killed_before_the_book_was_saved_is_made_up_for_by_the_next(book: Path) -> None:
    killed = (
        "import os; from tests.service.letters.calls import *; from addin.service.letters import writing;"
        "writing.save = lambda *_, **__: os._exit(9);"
        f"letters(Path({str(book)!r}), confirm=True)"
    )
    before = book.read_bytes()
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == 9
    assert book.read_bytes() == before
    report = letters(book, confirm=True)
    named = sorted(path for each in report.letters for path in each.files)
    assert named and [path for path in files_in(report.folder) if not path.name.startswith(".")] == named
    assert issued(report) == on_record(book)[-len(issued(report)) :]


def test_a_writing_process_that_is_ended_leaves_nothing_and_is_told_of(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def dying(jobs: int) -> Iterator[Pool]:
        with workers(jobs) as pool:
            assert pool is not None
            for process in list(pool._processes.values()):  # as the system ends them: from outside
                process.kill()
            yield pool

    monkeypatch.setattr("addin.service.letters.writing.workers", dying)
    before = book.read_bytes()
    with pytest.raises(LedgerError, match="--jobs 1") as refused:
        letters(book, confirm=True, jobs=2)
    assert refused.value.code == "process_ended"
    assert book.read_bytes() == before and not (book.parent / "letters").exists()


@pytest.mark.parametrize("saved", [False, True])
def test_an_interrupt_takes_the_files_away_only_while_the_book_is_not_saved(
    book: Path, monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    before = on_record(book)

    def interrupted(*given: Any, **more: Any) -> None:
        if saved:
            save(*given, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr("addin.service.letters.writing.save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        letters(book, confirm=True)
    assert (on_record(book) != before) == saved == (book.parent / "letters").exists()
    if saved:
        files = [str(row["file"]) for row in rows(book, "letters")[len(before) :]]
        assert files and all((book.parent / file).is_file() for file in files)


def test_two_runs_at_once_do_not_issue_together(book: Path) -> None:
    state_folder(book).mkdir(exist_ok=True)
    with only_run(state_folder(book) / "letters.lock") as ours:
        assert ours
        with pytest.raises(LedgerError, match="Another run is issuing letters"):
            letters(book, confirm=True)
        assert letters(book).letters, "drafts disturb nobody"
    assert issued(letters(book, confirm=True, now=ELEVEN))


def test_where_the_record_has_no_room_nothing_is_issued(book: Path) -> None:
    """A cell of the user's below the table: growth refuses and names it."""
    source = read_book(book).tables["letters"]
    below = source.header_row + source.size + 2
    edited(book, Edits(cells=[CellEdit(source.sheet, below, source.first_column + 1, "mine")]))
    before = book.read_bytes()
    with pytest.raises(SaveError, match=f"B{below}|{below}"):
        letters(book, confirm=True)
    assert book.read_bytes() == before and not (book.parent / "letters").exists()


def test_a_folder_that_cannot_be_written_leaves_no_trace(book: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        target = book.parent / "file"
        target.write_bytes(b"not a folder")
    else:
        target = book.parent / "closed"
        target.mkdir(mode=0o500)
    before = book.read_bytes()
    with pytest.raises(LedgerError, match="older by --out"):
        letters(book, confirm=True, out=target)
    assert book.read_bytes() == before and on_record(book)[-1] == "CK-2026-11"


def test_a_day_before_the_last_letter_is_refused(book: Path) -> None:
    """The last letter is of 2026-06-25: that day itself will do."""
    before = book.read_bytes()
    with pytest.raises(LedgerError, match=r"2026-06-24 is before that of letter CK-2026-11 \(2026-06-25\)"):
        letters(book, confirm=True, as_of=date(2026, 6, 24))
    assert book.read_bytes() == before and not (book.parent / "letters").exists()
    assert letters(book, as_of=date(2026, 6, 24)).letters, "figures and drafts may always be had"
    assert issued(letters(book, confirm=True, as_of=date(2026, 6, 25), customer="C009"))


def test_a_book_without_the_record_is_refused_before_a_file_is_made(book: Path) -> None:
    typed(book, "letters", "file", -1, "mine")
    with pytest.raises(LedgerError, match="lacks the columns File"):
        letters(book, confirm=True)
    assert not (book.parent / "letters").exists()


# --- ticked in the sheet ----------------------------------------------------------------------------------


def ticked(book: Path, *keys: str) -> None:
    for key in keys:
        typed(book, "worklist", "confirm", row_of(book, "worklist", key), True)


def ticks(book: Path) -> dict[str, object]:
    return {str(row["key"]): row["confirm"] for row in rows(book, "worklist") if row["confirm"] != ""}


def test_a_row_ticked_in_the_sheet_is_issued_and_the_others_are_drafts(book: Path) -> None:
    ticked(book, "C009 CNY")
    report = letters(book)
    assert issued(report) == [of(report, "C009").draft.letter.letter_id] == [on_record(book)[-1]]
    assert of(report, "C003").files and not of(report, "C003").issued
    assert ticks(book) == {}


def test_ticks_of_other_rows_stay_where_their_rows_go(book: Path) -> None:
    """Issuing C009 sorts it further down; the tick of a row that was not asked for stays with that row."""
    ticked(book, "C009 CNY", "C003 CNY")
    assert issued(letters(book, customer="C009")) == [on_record(book)[-1]]
    assert set(ticks(book)) == {"C003 CNY"}


def test_a_tick_on_a_row_that_is_held_back_does_not_wait_for_a_better_day(book: Path) -> None:
    ticked(book, "C009 CNY", "C008 CNY")
    remark = of(letters(book), "C008").draft.remark
    assert remark is not None and "held back" in remark.en
    assert ticks(book) == {}


def test_a_refresh_takes_off_the_ticks_that_stood_for_something_else(book: Path) -> None:
    """C009 pays a part: whoever ticked has seen another amount. C003 owes what it owed the day before."""
    ticked(book, "C009 CNY", "C003 CNY")
    typed(book, "receipts", "amount", row_of(book, "receipts", "R-2026-15"), 150000)
    refresh(book, ELEVEN, date(2026, 7, 1))
    assert set(ticks(book)) == {"C003 CNY"}
    [change] = [row for row in rows(book, "changes") if row["row_key"] == "C009 CNY"]
    assert (change["column"], change["new"]) == ("Confirm", "")


@pytest.mark.parametrize(
    ("table", "id", "column", "value"),
    [
        ("worklist", "C009 CNY", "open", 1),
        ("worklist", "C009 CNY", "level", 4),
        ("worklist", "C009 CNY", "milestones", "HT-2025-005-1"),
    ],
)
def test_a_tick_for_something_else_does_not_count(
    book: Path, table: str, id: str, column: str, value: object
) -> None:
    ticked(book, "C009 CNY")
    typed(book, table, column, row_of(book, table, id), value)
    before = book.read_bytes()
    report = letters(book)
    remark = of(report, "C009").draft.remark
    assert issued(report) == [] and remark is not None and "have changed" in remark.en
    assert of(report, "C009").files, "a draft is made all the same"
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "told"), [("同意", '"同意" is neither yes nor no'), (5, '"5" is neither'), ("否", None)]
)
def test_what_is_neither_yes_nor_no_is_told(book: Path, cell: object, told: str | None) -> None:
    typed(book, "worklist", "confirm", row_of(book, "worklist", "C009 CNY"), cell)
    report = letters(book)
    remark = of(report, "C009").draft.remark
    assert issued(report) == [] and of(report, "C009").files
    assert remark is None if told is None else remark is not None and told in remark.en
    assert [each.draft.remark for each in report.letters if each is not of(report, "C009")] == [None] * 9


def test_a_tick_counts_on_another_day_as_long_as_the_row_stands_for_the_same(book: Path) -> None:
    """A nightly run issues what was ticked in the afternoon; the letter bears the interest of its own day."""
    ticked(book, "C009 CNY")
    assert len(issued(letters(book, as_of=date(2026, 7, 1)))) == 1


def test_a_tick_does_not_count_before_the_last_letter(book: Path) -> None:
    ticked(book, "C009 CNY")
    typed(book, "letters", "date", row_of(book, "letters", "CK-2026-11"), date(2026, 7, 3))
    report = letters(book)
    assert issued(report) == [] and "before the last letter" in str(of(report, "C009").draft.remark)
    assert refresh(book, ELEVEN, DAY)


# --- taken back -------------------------------------------------------------------------------------------


def test_undo_takes_the_rows_off_the_record_and_the_same_letters_can_be_issued_again(book: Path) -> None:
    before, size = rows(book, "letters"), read_book(book).tables["letters"].size
    report = letters(book, confirm=True)
    assert undo(book).clashes == ()
    assert rows(book, "letters") == before and read_book(book).tables["letters"].size == size
    again = letters(book, confirm=True, now=datetime(2030, 1, 1, 13))
    assert issued(again) == issued(report)


def test_a_letter_that_somebody_has_worked_on_since_stays_and_is_a_clash(book: Path) -> None:
    report = letters(book, confirm=True)
    sent, *others = issued(report)
    typed(book, "letters", "sent_on", row_of(book, "letters", sent), DAY)
    [clash] = undo(book, NOON).clashes
    assert (clash.table, clash.key) == ("letters", sent)
    assert on_record(book)[-1] == sent and not set(others) & set(on_record(book))


def test_undo_goes_back_through_a_refresh_to_the_letters(book: Path) -> None:
    before = rows(book, "letters")
    letters(book, confirm=True)
    refresh(book, ELEVEN, LATER)
    assert undo(book, NOON).run.command == "refresh" and rows(book, "letters") != before
    assert undo(book, datetime(2030, 1, 1, 13)).run.command == "letters"
    assert rows(book, "letters") == before


def test_rows_that_people_added_since_stay(book: Path) -> None:
    letters(book, confirm=True, customer="C009")
    row = {"letter_id": "CK-2026-99", "date": DAY, "customer_id": "C001"}
    edit = append_rows(TABLES["letters"], read_book(book).tables["letters"], [row], "en").edit
    assert edit is not None
    edited(book, Edits([edit]))
    assert undo(book).clashes == ()
    assert on_record(book)[-2:] == ["CK-2026-11", "CK-2026-99"]
