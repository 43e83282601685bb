"""Steps and agreements on a real book: rows in one save with all that follows, undone again, nothing else touched."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from addin.files.reader import read_book
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.books import check_book
from addin.service.extending import ExtendReport, extend_book
from addin.service.steps import AddedReport, steps_book
from tests.service.undone import DAY, NOON, TEN, TODAY, refresh, same_but_runs, typed, undo

RUN: dict[str, Any] = {"today": TODAY, "now": TEN, "by": "tester", "as_of": DAY}
RUNNING = "HT-2026-001"


def open_steps(book: Path, contract: str | None = None, **more: Any) -> AddedReport:
    return steps_book(book, contract, **{**RUN, **more})


def extend(book: Path, *dues: date, milestone: str = "HT-2025-005-2", **more: Any) -> ExtendReport:
    return extend_book(book, milestone, dues, **{**RUN, **more})


def column(book: Path, table: str, key: str) -> list[Any]:
    raw = read_book(book).tables[table]
    return list(raw.columns[TABLES[table].places(raw.headings)[key]])


@pytest.fixture
def standing(book: Path) -> Path:
    """The demo refreshed as at the day, so that a run with nothing new writes nothing."""
    refresh(book, as_of=DAY)
    return book


def test_steps_become_rows_below_those_that_are_there(standing: Path) -> None:
    before = column(standing, "tasks", "task_id")
    report = open_steps(standing, RUNNING)
    assert (report.table, report.written, len(report.rows)) == ("tasks", standing, 6)
    assert report.backup is not None and report.backup.exists()
    ids = column(standing, "tasks", "task_id")
    assert ids[: len(before)] == before
    assert ids[len(before) :] == [row["task_id"] for row in report.rows] == [f"RW-{n}" for n in range(22, 28)]
    assert column(standing, "tasks", "step")[len(before) :] == [
        "Submit for inspection", "Acceptance", "Completion report", "Settlement meeting", "Invoice", "Collect",
    ]  # fmt: skip
    assert (
        column(standing, "tasks", "kind")[len(before) :]
        == ["Process"] * 2 + ["Report", "Meeting"] + ["Process"] * 2
    )
    assert column(standing, "tasks", "deadline")[-1] == date(2026, 11, 30)


def test_a_second_run_opens_nothing_and_leaves_the_bytes_alone(standing: Path) -> None:
    open_steps(standing)
    bytes_before = standing.read_bytes()
    report = open_steps(standing)
    assert (report.rows, report.written, report.backup) == ((), None, None)
    assert standing.read_bytes() == bytes_before


def test_a_dry_run_tells_the_same_and_writes_nothing(standing: Path) -> None:
    bytes_before = standing.read_bytes()
    told = open_steps(standing, dry_run=True)
    assert told.written is None and standing.read_bytes() == bytes_before
    assert open_steps(standing).rows == told.rows


def test_undo_takes_the_rows_away_again(standing: Path) -> None:
    before = read_book(standing)
    open_steps(standing)
    report = undo(standing)
    assert (report.run.command, report.clashes) == ("steps", ())
    assert same_but_runs(read_book(standing), before)


def test_a_step_that_somebody_touched_since_stays(standing: Path) -> None:
    rows = open_steps(standing, RUNNING).rows
    place = column(standing, "tasks", "task_id").index(rows[0]["task_id"])
    typed(standing, "tasks", "owner", place, "Somebody else")
    report = undo(standing)
    assert [clash.key for clash in report.clashes] == [rows[0]["task_id"]]
    left = column(standing, "tasks", "task_id")
    assert rows[0]["task_id"] in left and rows[1]["task_id"] not in left


def test_the_run_and_its_rows_are_on_record(standing: Path) -> None:
    rows = open_steps(standing, RUNNING).rows
    assert column(standing, "runs", "command")[-1] == "steps"
    assert column(standing, "changes", "new")[-6:] == [row["task_id"] for row in rows]
    # a refresh right after has nothing to write: the save held the figures too
    assert refresh(standing, now=NOON, as_of=DAY).written is None


def test_parts_that_are_not_ours_keep_their_bytes(standing: Path) -> None:
    def parts() -> dict[str, bytes]:
        with zipfile.ZipFile(standing) as package:
            return {name: package.read(name) for name in package.namelist()}

    before = parts()
    open_steps(standing)
    after = parts()
    changed = {name for name in before if after.get(name) != before[name]}
    assert not {name for name in changed if not name.startswith(("xl/worksheets/", "xl/tables/"))}
    assert set(before) == set(after)


def test_an_unknown_contract_stops_before_anything_is_written(standing: Path) -> None:
    bytes_before = standing.read_bytes()
    with pytest.raises(LedgerError) as stopped:
        open_steps(standing, "NOPE")
    assert stopped.value.code == "no_contract"
    assert standing.read_bytes() == bytes_before


def test_no_step_is_to_be_done_after_the_last_of_days(book: Path) -> None:
    deadlines = [row.get("deadline") for row in open_steps(book, as_of=date.max, dry_run=True).rows]
    assert date.max in deadlines


# --- agreements --------------------------------------------------------------------------------------------

AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)


def test_a_proposal_writes_nothing(standing: Path) -> None:
    bytes_before = standing.read_bytes()
    report = extend(standing, AUGUST, SEPTEMBER)
    assert (report.rows, report.backup, report.currency) == ((), None, "CNY")
    assert (report.plan.open, report.plan.cost) == (34_800_000, 3_480_000)  # the cap of 10 % is reached
    assert standing.read_bytes() == bytes_before


def test_an_agreement_moves_the_due_date_and_keeps_the_contracts(standing: Path) -> None:
    report = extend(standing, AUGUST, agree=True)
    (row,) = report.rows
    assert row["new_due"] == AUGUST and row["agreed_on"] == DAY and "amount" not in row
    place = column(standing, "milestones", "milestone_id").index("HT-2025-005-2")
    assert column(standing, "milestones", "due_date")[place] == AUGUST
    assert column(standing, "milestones", "contract_due")[place] == date(2025, 9, 15)


def test_instalments_carry_amounts_that_add_up(standing: Path) -> None:
    report = extend(standing, SEPTEMBER, AUGUST, agree=True)
    assert [row["new_due"] for row in report.rows] == [AUGUST, SEPTEMBER]
    assert [row["amount"] for row in report.rows] == [Decimal("174000.00")] * 2
    assert len({row["agreement_no"] for row in report.rows}) == 1
    findings = check_book(standing, today=TODAY, as_of=DAY).result.findings
    assert "plan_too_large" not in {found.code for found in findings}
    cost = [found for found in findings if found.code == "agreement_cost" and found.column == "due_date"]
    assert any("2026-09-30" in found.message.en for found in cost)


def test_an_agreement_is_undone_like_any_run(standing: Path) -> None:
    before = read_book(standing)
    extend(standing, AUGUST, SEPTEMBER, agree=True)
    assert undo(standing).clashes == ()
    assert same_but_runs(read_book(standing), before)


@pytest.mark.parametrize(
    ("milestone", "due"), [("NOPE", AUGUST), ("HT-2025-005-2", DAY), ("HT-2025-005-1", AUGUST)]
)
def test_what_cannot_be_extended_is_refused_in_words(standing: Path, milestone: str, due: date) -> None:
    with pytest.raises(LedgerError) as stopped:
        extend(standing, due, milestone=milestone, agree=True)
    assert stopped.value.code == "bad_plan"
    assert stopped.value.problem.zh.endswith("。") and stopped.value.problem.en.endswith(".")


def test_two_agreements_of_one_day_are_two_agreements(standing: Path) -> None:
    extend(standing, date(2026, 8, 31), date(2026, 9, 30), agree=True)
    again = extend(standing, date(2026, 8, 15), date(2026, 10, 31), agree=True)
    assert {row["agreement_no"] for row in again.rows} == {f"HT-2025-005-2 {DAY} (2)"}
    third = extend(standing, date(2026, 11, 30))
    assert [part.old_due for part in third.plan.parts] == [date(2026, 8, 15), date(2026, 10, 31)]


def test_the_later_of_two_extensions_of_a_day_holds_whatever_the_ids_are(standing: Path) -> None:
    """Within a day ids go as text: YQ-10 would come before YQ-9."""
    typed(standing, "reschedules", "reschedule_id", 3, "YQ-8")
    for due in (AUGUST, SEPTEMBER, date(2026, 10, 31), date(2026, 11, 30)):
        extend(standing, due, agree=True)
        assert extend(standing, date(2026, 12, 31)).plan.due == due
    ids = column(standing, "reschedules", "reschedule_id")
    assert len(set(ids)) == len(ids)
    plan = extend(standing, AUGUST, SEPTEMBER, agree=True)
    assert [part.old_due for part in extend(standing, date(2026, 12, 31)).plan.parts] == [AUGUST, SEPTEMBER]
    assert len(plan.rows) == 2
