"""The standard steps: who, by when, what is done already, what is there under another word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from addin.rules.project.steps import Opened, missing_steps
from tests.oracle.build import Cells, contract, day, fixed, receipt
from tests.rules.books import book_of, customer

KEYS = ["submit", "accept", "report", "meet", "invoice", "collect"]
PLANNED = {"planned_date": day("07-30"), "term": "NET 30", "owner": "Gu"}


def project(**more: Any) -> Cells:
    """A running contract with 10 days for inspection."""
    days = {key: day(value) for key, value in more.items() if key in ("settlement_meeting",)}
    row = {"signed": "01-02", "manager": "Rao", "inspection_days": 10, "status": "active", **more, **days}
    return contract("C", "1000", **row)


def final(**more: Any) -> Cells:
    """The only milestone, planned to be paid on 30 July, 30 days after acceptance."""
    days = {
        key: day(value)
        for key, value in more.items()
        if value and key in ("submitted_on", "rejected_on", "planned_date")
    }
    row = {
        **fixed("M", "1000", more.pop("on", None)),
        "category": "final",
        "trigger": "acceptance",
        **PLANNED,
    }
    return {**row, **more, **days}


def opened(
    on: str = "03-01",
    row: Cells | None = None,
    milestone: Cells | None = None,
    named: str | None = None,
    **more: Any,
) -> dict[str, Opened]:
    tables = {
        "customers": [customer()],
        "contracts": [row or project()],
        "milestones": [milestone or final()],
    }
    return {each.step.key: each for each in missing_steps(book_of({**tables, **more}, day(on)), named)}


def deadlines(found: dict[str, Opened]) -> dict[str, str | None]:
    return {
        key: date.fromordinal(each.deadline).isoformat() if each.deadline else None
        for key, each in found.items()
    }


def done(found: dict[str, Opened]) -> dict[str, str]:
    return {key: date.fromordinal(each.done).isoformat() for key, each in found.items() if each.done}


def test_steps_hang_on_the_acceptance_that_the_planned_payment_implies() -> None:
    found = opened()
    assert deadlines(found) == {
        "submit": "2025-06-20",  # ten days for inspection before
        "accept": "2025-06-30",  # 30 days before the planned payment
        "report": "2025-07-07",
        "meet": "2025-07-14",
        "invoice": "2025-07-21",
        "collect": "2025-07-30",
    }
    assert list(found) == KEYS
    assert done(found) == {}


def test_the_manager_leads_and_who_owns_the_last_milestone_collects() -> None:
    assert {key: each.owner for key, each in opened().items()} == dict.fromkeys(
        KEYS[:4], "Rao"
    ) | dict.fromkeys(KEYS[4:], "Gu")
    assert {each.owner for each in opened(milestone=final(owner="")).values()} == {"Rao"}


def test_the_day_of_the_settlement_meeting_is_the_one_agreed() -> None:
    assert deadlines(opened(row=project(settlement_meeting="08-05")))["meet"] == "2025-08-05"


def test_without_a_period_fifteen_days_are_for_inspection() -> None:
    assert deadlines(opened(row=project(inspection_days=None)))["submit"] == "2025-06-15"


def test_what_nobody_can_derive_is_left_to_people() -> None:
    assert set(deadlines(opened(milestone=final(planned_date=None))).values()) == {None}
    some = deadlines(opened(milestone=final(term="EOM +5")))
    assert [key for key, by in some.items() if by] == ["collect"]


def test_what_would_lie_behind_us_is_a_week_from_now_and_steps_stay_in_order() -> None:
    found = deadlines(opened("07-10"))
    assert found == {
        "submit": "2025-07-17",
        "accept": "2025-07-17",
        "report": "2025-07-17",
        "meet": "2025-07-17",
        "invoice": "2025-07-21",
        "collect": "2025-07-30",
    }
    assert deadlines(opened("06-20"))["submit"] == "2025-06-20"  # today is not behind us
    assert deadlines(opened("06-21"))["submit"] == "2025-06-28"


def test_what_the_ledger_knows_to_be_done_is_opened_as_done() -> None:
    submitted = opened("06-25", milestone=final(submitted_on="06-18"))
    assert done(submitted) == {"submit": "2025-06-18"}
    assert deadlines(submitted)["submit"] is None
    assert done(opened("06-25", milestone=final(submitted_on="06-18", rejected_on="06-20"))) == {}
    accepted = opened("07-01", project(completed="06-28"), final(submitted_on="06-18"))
    assert done(accepted) == {"submit": "2025-06-18", "accept": "2025-06-28"}
    assert deadlines(accepted)["report"] == "2025-07-05"
    assert deadlines(accepted)["collect"] == "2025-07-28"  # triggered: the due date in force
    met = opened("07-20", project(completed="06-28", settlement_meeting="07-12"))
    assert done(met)["meet"] == "2025-07-12"
    invoice = {
        "invoice_no": "I",
        "contract_id": "C",
        "milestone_id": "M",
        "issued": day("07-02"),
        "amount": 1000,
    }
    assert done(opened("07-20", project(completed="06-28"), invoices=[invoice]))["invoice"] == "2025-07-02"


def test_what_happens_later_is_not_known_yet() -> None:
    assert done(opened("06-17", project(completed="06-28"), final(submitted_on="06-18"))) == {}


@pytest.mark.parametrize(
    "word", ["结算会", "结算会议", "Settlement meeting", "SETTLEMENT  MEETING ", "settlement meeting"]
)
def test_a_step_that_is_there_is_not_opened_twice(word: str) -> None:
    task = {"task_id": "T", "contract_id": "C", "step": word, "kind": "meeting"}
    assert "meet" not in opened(tasks=[task])
    assert "meet" in opened(tasks=[{**task, "contract_id": "D"}])


def test_which_contracts_get_their_steps() -> None:
    for status in ("active", "completed", None):
        assert list(opened(row=project(status=status))) == KEYS
    for status in ("suspended", "closed", "legal"):
        assert opened(row=project(status=status)) == {}
        assert list(opened(row=project(status=status), named="C")) == KEYS  # somebody asks for it
    assert opened("01-01") == {}  # signed on the 2nd
    paid = [receipt("R", "07-20", "1000", m="M")]
    assert opened("07-19", project(completed="06-28"), receipts=paid) != {}
    assert opened("07-20", project(completed="06-28"), receipts=paid) == {}
    asked = opened("07-20", project(completed="06-28"), receipts=paid, named="C")
    assert done(asked)["collect"] == "2025-07-20"


def test_fees_by_the_calendar_need_no_acceptance() -> None:
    fee = {**final(), "trigger": "fixed_date", "term": "FIXED 2025-06-30"}
    assert list(opened(milestone=fee)) == ["invoice", "collect"]


def test_an_unknown_contract_is_refused() -> None:
    with pytest.raises(KeyError):
        opened(named="Q")
