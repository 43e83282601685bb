"""Limitation by hand: three years, begun anew by what interrupts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.build import (
    Cells,
    adjustment,
    at,
    cells,
    contract,
    day,
    extension,
    fixed,
    instalment,
    receipt,
)
from tests.oracle.dates import plain_due
from tests.oracle.naive import naive

C = [contract("C", "300")]
TWO = [fixed("M", "100", "01-10"), fixed("N", "200", "03-01")]
OLD = "2022-02-20"


def bars(on: str, milestones: list[Cells] | None = None, **tables: list[Cells]) -> tuple[Any, ...]:
    """The last day of milestone M and of its contract."""
    report = at(on, C, milestones or TWO, **tables)
    return report.milestones["M"]["limitation"], report.contracts["C"]["limitation"]


def letter(key: str, sent: str, **more: Any) -> Cells:
    return cells(letter_id=key, date=day(sent), customer_id="K", sent_on=sent, **more)


def contact(on: str, **more: Any) -> Cells:
    return cells(contact_id="V", date=on, customer_id="K", **more)


def task(done: str | None, **more: Any) -> Cells:
    return cells(task_id="T", step="sue", done_on=done, **more)


def test_a_milestone_has_three_years_from_its_own_due_date_a_contract_from_the_last() -> None:
    assert bars("06-30") == (day("2028-01-10"), day("2028-03-01"))
    assert bars("02-28") == (day("2028-01-10"), day("2028-01-10"))  # N is pending
    assert bars("01-09") == (None, None)


def test_the_corresponding_day_else_the_end_of_the_month() -> None:
    assert bars("06-30", [fixed("M", "300", "2024-02-29")])[0] == day("2027-02-28")


def test_a_written_off_claim_stays_on_record() -> None:
    off = [adjustment("J", "M", "02-01", "100", "write_off", approved_by="Director")]
    assert bars("06-30", adjustments=off)[0] == day("2028-01-10")


def test_a_receipt_interrupts_for_what_it_pays_and_for_the_whole_contract() -> None:
    money = [receipt("R", "04-01", "10", m="M")]
    assert bars("06-30", receipts=money) == (day("2028-04-01"), day("2028-04-01"))
    other = [receipt("R", "04-01", "10", m="N")]
    assert bars("06-30", receipts=other) == (day("2028-01-10"), day("2028-04-01"))
    assert bars("03-31", receipts=money)[0] == day("2028-01-10")


def test_a_refund_does_not_interrupt() -> None:
    money = [receipt("R", "02-01", "10", m="M"), receipt("S", "04-01", "-10", m="M")]
    assert bars("06-30", receipts=money)[0] == day("2028-02-01")


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ({"delivered_on": "05-06", "proof": "waybill"}, "2028-05-06"),
        ({"delivered_on": "05-06"}, "2028-01-10"),
        ({"proof": "waybill"}, "2028-01-10"),
        ({"kind": "statement", "reply_on": "05-20", "confirmed_amount": Decimal(90)}, "2028-05-20"),
        ({"kind": "statement", "reply_on": "05-20"}, "2028-01-10"),
        ({"kind": "reminder", "reply_on": "05-20", "confirmed_amount": Decimal(90)}, "2028-01-10"),
        ({"delivered_on": "05-06", "proof": "waybill", "milestones": ("N",)}, "2028-01-10"),
        ({"delivered_on": "05-06", "proof": "waybill", "milestones": ("N", "M")}, "2028-05-06"),
    ],
)
def test_letters(words: dict[str, Any], last: str) -> None:
    assert bars("06-30", letters=[letter("L", "05-01", **words)])[0] == day(last)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ({"delivered": True, "proof": "screenshot"}, "2028-05-01"),
        ({"delivered": True, "proof": "screenshot", "contract_id": "C"}, "2028-05-01"),
        ({"delivered": True, "proof": "screenshot", "contract_id": "X"}, "2028-01-10"),
        ({"delivered": True}, "2028-01-10"),
        ({"delivered": False, "proof": "screenshot"}, "2028-01-10"),
    ],
)
def test_contacts(words: dict[str, Any], last: str) -> None:
    assert bars("06-30", contacts=[contact("05-01", **words)])[0] == day(last)


def test_a_legal_task_interrupts_when_it_is_done() -> None:
    def look(row: Cells) -> object:
        return bars("06-30", tasks=[row])[0]

    assert look(task("05-01", kind="legal", contract_id="C")) == day("2028-05-01")
    assert look(task("05-01", kind="legal", customer_id="K")) == day("2028-05-01")
    assert look(task(None, kind="legal", contract_id="C")) == day("2028-01-10")
    assert look(task("05-01", kind="risk", contract_id="C")) == day("2028-01-10")


def test_a_signed_agreement_interrupts_on_its_day_and_its_new_due_date_counts() -> None:
    signed = {**extension("E", "M", "02-01", "01-20"), "document": "scan"}
    assert bars("06-30", reschedules=[signed])[0] == day("2028-02-01")
    assert bars("06-30", reschedules=[extension("E", "M", "02-01", "01-20")])[0] == day("2028-01-20")
    assert bars("06-30", reschedules=[extension("E", "M", "02-01", "08-01")]) == (
        day("2028-08-01"),
        day("2028-08-01"),
    )


def test_a_plan_counts_from_its_oldest_open_item_its_contract_from_the_last() -> None:
    plan = [instalment("E", "M", "02-01", "09-01", "40")]
    assert bars("06-30", reschedules=plan) == (day("2028-01-10"), day("2028-09-01"))


def test_an_interruption_on_the_last_day_counts_and_one_after_it_revives_nothing() -> None:
    claim = [fixed("M", "300", OLD)]

    def look(on: str) -> object:
        return bars("06-30", claim, receipts=[receipt("R", on, "10", m="M")])[0]

    assert (look("02-20"), look("02-21")) == (day("2028-02-20"), day("2025-02-20"))


def test_what_comes_in_time_after_an_interruption_counts_too_and_what_came_before_the_due_date_does_not() -> (
    None
):
    claim = [fixed("M", "300", "2020-06-01")]
    rows = [
        letter(f"L{on}", on, delivered_on=on, proof="waybill") for on in ("2023-05-01", "02-01", "2019-01-01")
    ]
    assert bars("06-30", claim, letters=rows)[0] == day("2028-02-01")
    assert bars("06-30", claim, letters=rows[1:])[0] == day("2023-06-01")


def test_the_last_day_goes_on_to_a_working_day() -> None:
    def monday(last: date) -> date:
        return last + timedelta(days=1) if last.weekday() == 6 else last

    claim = [fixed("M", "300", "2022-02-23")]
    tables = {"customers": [{"customer_id": "K"}], "contracts": C, "milestones": claim}
    late = {**tables, "receipts": [receipt("R", "02-24", "10", m="M")]}
    assert naive(tables, day("06-30"), plain_due, last_day=monday).milestones["M"]["limitation"] == day(
        "02-24"
    )
    assert naive(late, day("06-30"), plain_due, last_day=monday).milestones["M"]["limitation"] == day(
        "2028-02-24"
    )
