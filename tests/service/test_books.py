"""Refreshing files: what is written, what is not, and what people then see above the tables and on the dashboard."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.files.memory import memory_file
from addin.files.package import CellEdit, Edits, patch
from addin.files.reader import read_book
from addin.files.save import backups, state_folder
from addin.files.template.places import run_stamp
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.books import BookReport, check_book, refresh_book
from addin.service.demo import BOOK, make_demo
from addin.service.newbook import new_book

TODAY = date(2030, 1, 1)
DAY, LATER = date(2026, 6, 30), date(2026, 7, 31)  # the demo's as-of date, and a month on
NINE, TEN = datetime(2030, 1, 1, 9, 0), datetime(2030, 1, 1, 10, 0)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, "zh", today=TODAY, now=NINE, by="tester")
    return folder / BOOK


def run(book: Path, now: datetime = TEN, **more: Any) -> BookReport:
    return refresh_book(book, today=TODAY, now=now, by="tester", **more)


def digest(book: Path) -> str:
    return hashlib.sha256(book.read_bytes()).hexdigest()


def rows(book: Path, table: str) -> int:
    return len(read_book(book).tables[table].rows)


def saved(book: Path) -> list[Path]:
    return backups(book, state_folder(book))


def typed(book: Path, table: str, column: str, row: int, value: Any) -> None:
    """A cell as a person types it: row counts the table's data rows from 0."""
    raw = read_book(book).tables[table]
    place = raw.first_column + TABLES[table].places(raw.headings)[column]
    old = book.with_name("old.xlsx")
    book.replace(old)
    patch(old, book, Edits(cells=[CellEdit(raw.sheet, raw.rows[row], place, value)]))
    old.unlink()


@lru_cache(maxsize=1)
def loaded(content: bytes) -> openpyxl.Workbook:
    """To look at only: the next one who asks gets the same."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def cells(book: Path, name: str) -> list[Any]:
    """What stands in the cells of one of the workbook's names."""
    return cells_at(book, loaded(book.read_bytes()).defined_names[name].attr_text)


def cells_at(book: Path, reference: str) -> list[Any]:
    opened = loaded(book.read_bytes())
    sheet, _, area = reference.rpartition("!")
    found = opened[sheet.strip("'")][area.replace("$", "")]
    return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]


def test_an_idle_refresh_leaves_every_byte_no_backup_and_no_row(book: Path) -> None:
    before = (
        digest(book),
        book.stat().st_mtime_ns,
        rows(book, "runs"),
        rows(book, "changes"),
        len(saved(book)),
    )
    report = run(book)
    assert (report.changes, report.written, report.backup, report.wrote_cells) == (0, None, None, 0)
    assert before == (
        digest(book),
        book.stat().st_mtime_ns,
        rows(book, "runs"),
        rows(book, "changes"),
        len(saved(book)),
    )


def test_a_dry_run_tells_what_would_change_and_writes_nothing(book: Path) -> None:
    before = digest(book)
    report = run(book, as_of=LATER, dry_run=True)
    assert report.changes > 0 and report.result.as_of == LATER
    assert (report.written, digest(book)) == (None, before)
    assert check_book(book, today=TODAY, as_of=LATER).changes == report.changes
    assert digest(book) == before


def test_another_day_is_written_with_a_backup_a_run_and_its_transitions(book: Path) -> None:
    before, ran = digest(book), rows(book, "runs")
    report = run(book, as_of=LATER)
    assert report.written == book.resolve() and report.wrote_cells > report.changes > 0
    assert report.backup is not None and digest(report.backup) == before
    assert rows(book, "runs") == ran + 1
    changes = read_book(book).tables["changes"]
    told = {
        (str(column), str(new)) for column, new in zip(changes.columns[3], changes.columns[5], strict=True)
    }
    assert ("状态", "逾期") in told
    assert not any(column == "逾期天数" for column, _ in told)
    again = digest(book)
    assert run(book, as_of=LATER).written is None
    assert digest(book) == again


def test_back_on_the_first_day_the_figures_are_the_first_again(book: Path) -> None:
    """All but what reminds people: that is left as the later day found it, and a finding says so."""
    before = read_book(book).tables
    run(book, as_of=LATER)
    moved = read_book(book).tables
    assert moved["milestones"] != before["milestones"]
    run(book, as_of=DAY)
    after = read_book(book).tables
    for key in ("contracts", "customers", "receipts", "aging", "allocations", "provision", "rollforward"):
        assert after[key] == before[key], key
    assert after["worklist"] == moved["worklist"]
    places = TABLES["milestones"].places(before["milestones"].headings)
    for key, place in places.items():
        stays = moved if key in ("reminder_level", "next_action") else before
        assert after["milestones"].columns[place] == stays["milestones"].columns[place], key
    codes = [
        set(each["checks"].columns[TABLES["checks"].places(each["checks"].headings)["code"]])
        for each in (before, after)
    ]
    assert codes[1] - codes[0] == {"worklist_left_alone"}


def test_the_as_of_date_is_asked_for_else_the_settings_else_today(book: Path, tmp_path: Path) -> None:
    assert run(book, dry_run=True).result.as_of == DAY
    assert run(book, dry_run=True, as_of=LATER).result.as_of == LATER
    empty = new_book(tmp_path / "empty.xlsx", "en")
    assert check_book(empty, today=TODAY).result.as_of == TODAY


def test_written_elsewhere_the_book_itself_stays(book: Path, tmp_path: Path) -> None:
    before, out = digest(book), tmp_path / "copy.xlsx"
    report = run(book, as_of=LATER, out=out)
    assert (digest(book), report.written) == (before, out)
    assert run(out, as_of=LATER, dry_run=True).changes == 0
    assert saved(book) == []


def test_no_backup_where_none_is_wanted(book: Path) -> None:
    assert run(book, as_of=LATER, no_backup=True).backup is None
    assert saved(book) == []


def test_as_of_date_and_time_of_the_run_stand_above_every_computed_sheet(book: Path) -> None:
    run(book, as_of=LATER)
    raw = read_book(book)
    seen = 0
    for key, above in raw.above.items():
        place = run_stamp(TABLES[key])
        if place is not None:
            seen += 1
            assert above[place.as_of] == LATER, key
            assert above[place.run_at] == "2030-01-01 10:00", key
    assert seen >= 8


def test_the_dashboard_shows_the_totals_of_the_result(book: Path) -> None:
    result = run(book, as_of=LATER).result
    totals = {key: float(value) for key, value in result.base.totals.items() if value is not None}
    for name in ("open", "overdue", "pending", "unapplied"):
        assert cells(book, f"dash_{name}") == [totals[name]], name
    assert cells(book, "dash_aging") == [
        float(value) for value in result.base.buckets.values() if value is not None
    ]
    assert sum(cells(book, "dash_aging")) == pytest.approx(totals["open"])
    seen = result.performance
    assert cells(book, "dash_dso") == [pytest.approx(float(seen.dso), abs=0.05)]
    assert cells(book, "dash_collection_rate") == [pytest.approx(float(seen.collection_rate), abs=0.00005)]
    assert [cells(book, f"dash_alerts_{name}") for name in seen.alerts] == [[n] for n in seen.alerts.values()]
    assert sum(seen.alerts.values()) > 0
    assert cells(book, "dash_months")[1::3] == [float(month.received) for month in seen.months]
    (shown,) = cells(book, "dash_as_of")
    assert shown.date() == LATER
    debtors = cells(book, "dash_debtors")
    owed = [(each or 0) + (late or 0) for each, late in zip(debtors[1::3], debtors[2::3], strict=True)]
    assert owed == sorted(owed, reverse=True) and owed[0] > 0


def test_a_dashboard_without_the_newer_names_goes_on_with_what_it_has(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    newer = ["dash_collection_rate", "dash_target_share", "dash_dso", "dash_promises_kept", "dash_months"]
    places = {name: made.defined_names[name].attr_text for name in newer}
    for name in newer:
        del made.defined_names[name]
    made.save(book)
    before = {name: cells_at(book, places[name]) for name in newer}
    result = run(book, as_of=LATER).result
    assert cells(book, "dash_open") == [float(result.base.totals["open"] or 0)]
    assert {name: cells_at(book, places[name]) for name in newer} == before


def test_the_provision_has_its_sheet_and_its_word_on_the_rates(book: Path) -> None:
    result = run(book, as_of=LATER).result
    raw = read_book(book).tables["provision"]
    allowance = raw.columns[TABLES["provision"].places(raw.headings)["allowance"]]
    assert sum(allowance) == pytest.approx(int(result.frames["provision"]["allowance"].sum()) / 100)
    assert sum(allowance) > 0
    assert [found.code for found in result.findings].count("provision_basis") == 1


def test_a_hidden_sheet_with_an_error_shows_itself(book: Path) -> None:
    hidden = read_book(book).tables["amendments"]
    assert hidden.hidden
    typed(book, "amendments", "new_amount", 0, "a lot")
    report = run(book)
    assert "unreadable" in [found.code for found in report.result.findings if found.table == "amendments"]
    after = read_book(book).tables
    assert not after["amendments"].hidden
    assert after["fx_rates"].hidden


def test_a_computed_cell_typed_over_is_written_again_and_told_once(book: Path) -> None:
    before = read_book(book).tables["milestones"]
    typed(book, "milestones", "open", 3, 12345)
    report = run(book)
    told = [found for found in report.result.findings if found.code == "typed_over"]
    assert [(found.row, found.column) for found in told] == [(before.rows[3], "open")]
    assert read_book(book).tables["milestones"] == before
    assert rows(book, "changes") == 1
    again = run(book)
    assert (again.written, [found for found in again.result.findings if found.code == "typed_over"]) == (
        None,
        [],
    )


def test_a_workbook_without_a_ledger_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(LedgerError, match=r"other\.xlsx"):
        check_book(tmp_path / "other.xlsx", today=TODAY)


def test_progress_is_told_from_the_first_step_to_the_end(book: Path) -> None:
    steps: list[tuple[str, float]] = []
    run(book, dry_run=True, progress=lambda step, done: steps.append((step, done)))
    assert [step for step, _ in steps] == ["read", "rules", "write", "done"]
    assert [done for _, done in steps] == sorted(done for _, done in steps)
    assert steps[-1][1] == 1.0


def test_a_due_date_goes_when_its_milestone_is_pending_again(book: Path) -> None:
    """As at a day before its trigger a milestone has no due date: the cell is emptied, not left."""
    milestones, due = TABLES["milestones"], list(TABLES["milestones"].by_key).index("due_date")

    def dated() -> int:
        cells = read_book(book).tables[milestones.key].columns[due]
        return sum(cell != "" for cell in cells)

    before = dated()
    report = run(book, as_of=date(2025, 1, 1))

    assert report.written == book
    assert dated() < before
    assert all(control.closes for control in report.result.controls)


def test_what_another_run_left_is_no_reason_to_call_a_cell_typed_over(book: Path) -> None:
    """An older copy of the book put back by hand: its runs are not those that the memory is of."""
    older = book.read_bytes()
    run(book, as_of=LATER)
    book.write_bytes(older)

    report = run(book, as_of=DAY)

    assert [finding for finding in report.result.findings if finding.code == "typed_over"] == []


def test_a_damaged_memory_is_no_memory(book: Path) -> None:
    memory_file(book).write_bytes(b"not arrays")
    typed(book, "milestones", "open", 0, Decimal(1))

    report = run(book)

    assert [finding for finding in report.result.findings if finding.code == "typed_over"] == []
    assert report.changes == 1
