"""Late steps, a line a contract; legal deadlines seven days before and after; what a case does not say."""

from __future__ import annotations

import pytest

from tests.oracle.build import Cells, day
from tests.rules.project.told import agreed, codes, only, told


def step(key: str, deadline: str | None = "03-10", **more: object) -> Cells:
    row = {"task_id": key, "contract_id": "C", "step": f"step {key}", "kind": "process", "owner": "Rao"}
    return {**row, "deadline": day(deadline) if deadline else None, **more}


@pytest.mark.parametrize(("on", "late"), [("03-10", False), ("03-11", True)])
def test_a_step_is_late_the_day_after_its_deadline(on: str, late: bool) -> None:
    assert codes(told(on, tasks=[step("A")])) == (["step_late"] if late else [])


def test_late_steps_of_a_contract_are_one_line_the_oldest_first() -> None:
    rows = [step("A", "03-10"), step("B", "03-01"), step("D", "03-05", done_on=day("03-08")), step("E", None)]
    found = only(told("03-20", tasks=rows))
    assert (found.severity, found.row, found.column) == ("info", 7, "deadline")
    assert found.message.en == 'C "step B" was to be done by 2025-03-01 (Rao), and 1 more steps are late'
    assert len(told("03-20", tasks=[*rows, step("F", "03-01", contract_id="D")])) == 2


def test_what_was_done_later_was_late_then() -> None:
    done = [step("A", "03-10", done_on=day("03-20"))]
    assert codes(told("03-19", tasks=done)) == ["step_late"]
    assert told("03-20", tasks=done) == []


def test_visits_are_the_worklists() -> None:
    assert told("05-01", tasks=[step("A", kind="visit")]) == []


# --- the court ---------------------------------------------------------------------------------------------

COURT = [agreed(status="legal")]


def legal(key: str = "A", deadline: str | None = "03-10", **more: object) -> Cells:
    return step(key, deadline, kind="legal", **{"case_no": "(2025) 1", "court": "Yunze", **more})


@pytest.mark.parametrize(
    ("on", "words"),
    [("03-02", None), ("03-03", "in 7 days"), ("03-10", "today"), ("03-12", "2 days ago")],
)
def test_a_legal_deadline_is_told_a_week_before_and_stays(on: str, words: str | None) -> None:
    found = told(on, COURT, tasks=[legal()])
    assert codes(found) == (["legal_deadline"] if words else [])
    if words:
        assert words in found[0].message.en
        assert found[0].severity == "warning"


def test_a_legal_step_done_is_quiet_but_the_next_deadline_is_wanted() -> None:
    found = only(told("03-12", COURT, tasks=[legal(done_on=day("03-09"))]))
    assert (found.code, found.table, found.column) == ("case_incomplete", "contracts", "status")
    assert found.message.en.endswith("do not name the next deadline")
    assert told("03-01", COURT, tasks=[legal()]) == []


def test_a_case_names_number_court_and_next_deadline() -> None:
    found = only(told("03-01", COURT))
    assert found.message.en.endswith("do not name a case number, a court, the next deadline")
    assert "案号、法院、下一步期限" in found.message.zh
    found = only(told("03-01", COURT, tasks=[legal(case_no=None)]))
    assert found.message.en.endswith("do not name a case number")
    assert told("03-01", tasks=[]) == []  # nobody is in court
