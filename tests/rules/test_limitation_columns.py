"""Limitation in the ledger: whose period, what interrupts it, what is told, and the clocks beside it.

A claim due 10 January 2025 runs out on 10 January 2028 (a Monday of an unpublished year).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from addin.rules.book import replay_book
from addin.rules.policy import defaults
from tests.oracle.build import Cells, adjustment, contract, day, extension, fixed, instalment, receipt, share
from tests.rules.engine import Replayed
from tests.rules.figures import Look

C1000 = [contract("C", "1000")]
M1000 = [fixed("M", "1000", "01-10")]
TWO = [fixed("M1", "500", "01-10"), fixed("M2", "500", "06-10")]


def ends(on: str, id: str = "M", milestones: list[Cells] = M1000, **tables: Any) -> str:
    contracts = tables.pop("contracts", C1000)
    found: date | None = Look(on, contracts, milestones, **tables).milestone(id)["limitation"]
    return str(found)


def contract_ends(on: str, milestones: list[Cells], **tables: Any) -> str:
    return str(Look(on, C1000, milestones, **tables).row("contracts", "C")["limitation"])


# --- whose three years --------------------------------------------------------------------------------------


def test_three_years_from_its_own_due_date_and_for_the_contract_from_the_last() -> None:
    assert ends("2026-01-01", "M1", TWO) == "2028-01-10"
    assert ends("2026-01-01", "M2", TWO) == "2028-06-10"
    assert contract_ends("2026-01-01", TWO) == "2028-06-10"


def test_what_is_pending_has_no_limitation_yet() -> None:
    assert ends("02-01", "M2", TWO) == "None"
    assert contract_ends("02-01", TWO) == "2028-01-10"
    assert contract_ends("01-09", TWO) == "None"


def test_an_extension_moves_it() -> None:
    later = [extension("E", "M", "02-01", "06-10")]
    assert ends("01-31", reschedules=later) == "2028-01-10"
    assert ends("02-01", reschedules=later) == "2028-06-10"


def test_of_a_plan_the_oldest_open_date_counts() -> None:
    plan = [instalment("E", "M", "02-01", "06-10", "600")]
    assert ends("02-01", reschedules=plan) == "2028-01-10"
    paid = [receipt("R", "02-02", "400", m="M")]
    assert ends("02-02", reschedules=plan, receipts=paid) == "2028-06-10"


def test_a_leap_days_three_years_end_on_the_last_of_february() -> None:
    assert ends("2024-06-30", milestones=[fixed("M", "1000", "2024-02-29")]) == "2027-02-28"


def test_the_last_day_is_rolled_to_a_working_day_whatever_the_due_dates_do() -> None:
    due = [fixed("M", "1000", "2022-10-01")]  # 2025-10-01 begins a holiday; Look rolls no due date
    assert ends("2023-01-01", milestones=due) == "2025-10-09"


def test_the_firms_calendar_counts() -> None:
    due = [fixed("M", "1000", "2023-06-30")]
    closed = [{"date": date(2026, 6, 30), "workday": False}]
    assert ends("2024-01-01", milestones=due, calendar=closed) == "2026-07-01"


# --- what interrupts ----------------------------------------------------------------------------------------


def test_a_receipt_interrupts_what_it_pays_and_the_contract() -> None:
    money = [receipt("R", "2025-07-01", "100", m="M1")]
    assert ends("2025-06-30", "M1", TWO, receipts=money) == "2028-01-10"
    assert ends("2025-07-01", "M1", TWO, receipts=money) == "2028-07-01"
    assert ends("2025-07-01", "M2", TWO, receipts=money) == "2028-06-10"
    assert contract_ends("2025-07-01", TWO, receipts=money) == "2028-07-01"


def test_money_for_the_contract_interrupts_the_milestones_that_it_paid() -> None:
    money = [receipt("R", "2025-07-01", "100", c="C")]
    assert ends("2025-07-01", "M1", TWO, receipts=money) == "2028-07-01"
    assert ends("2025-07-01", "M2", TWO, receipts=money) == "2028-06-10"


def test_a_refund_interrupts_nothing_and_undoes_no_interruption() -> None:
    money = [receipt("R1", "02-01", "100", m="M"), receipt("R2", "03-01", "-100", m="M")]
    assert ends("03-01", receipts=money) == "2028-02-01"


def test_money_that_names_a_written_off_claim_interrupts_though_it_stays_unapplied() -> None:
    off = [adjustment("J", "M", "02-01", "1000", "write_off", approved_by="CFO")]
    money = [receipt("R", "03-01", "100", m="M")]
    assert ends("02-28", adjustments=off, receipts=money) == "2028-01-10"
    assert ends("03-01", adjustments=off, receipts=money) == "2028-03-01"


def letter(**more: Any) -> list[Cells]:
    row = {"letter_id": "L", "date": day("02-01"), "customer_id": "K", "sent_on": day("02-01")}
    return [{**row, **more}]


DELIVERED = {"delivered_on": day("02-03"), "proof": "EMS 1"}


def test_a_delivered_letter_interrupts_on_the_day_of_delivery() -> None:
    letters = letter(milestones=("M",), **DELIVERED)
    assert [ends(on, letters=letters) for on in ("02-02", "02-03")] == ["2028-01-10", "2028-02-03"]


def test_a_letter_that_was_only_sent_or_has_no_proof_interrupts_nothing() -> None:
    assert ends("03-01", letters=letter(milestones=("M",))) == "2028-01-10"
    assert ends("03-01", letters=letter(milestones=("M",), delivered_on=day("02-03"))) == "2028-01-10"
    assert ends("03-01", letters=letter(milestones=("M",), proof="EMS 1")) == "2028-01-10"


def test_a_file_for_counsel_reaches_no_debtor() -> None:
    for channel, end in (("法务", "2028-01-10"), ("Legal", "2028-01-10"), ("信函", "2028-02-03")):
        handed_over = letter(milestones=("M",), channel=channel, **DELIVERED)
        assert ends("03-01", letters=handed_over) == end


def test_a_letter_counts_for_what_it_lists_and_one_without_a_list_for_all() -> None:
    after = "2025-07-15"
    listed = letter(milestones=("M1",), delivered_on=day("07-01"), proof="EMS 1")
    assert ends(after, "M1", TWO, letters=listed) == "2028-07-01"
    assert ends(after, "M2", TWO, letters=listed) == "2028-06-10"
    assert contract_ends(after, TWO, letters=listed) == "2028-07-01"
    unlisted = letter(delivered_on=day("07-01"), proof="EMS 1")
    assert ends(after, "M2", TWO, letters=unlisted) == "2028-07-01"


def test_an_amount_that_the_debtor_confirms_interrupts_on_the_day_of_the_reply() -> None:
    signed = letter(milestones=("M",), kind="statement", reply_on=day("02-10"), confirmed_amount=1000)
    assert [ends(on, letters=signed) for on in ("02-09", "02-10")] == ["2028-01-10", "2028-02-10"]
    for amount in (None, 0):
        only = letter(milestones=("M",), kind="statement", reply_on=day("02-10"), confirmed_amount=amount)
        assert ends("03-01", letters=only) == "2028-01-10"
    other = letter(milestones=("M",), kind="reminder", reply_on=day("02-10"), confirmed_amount=1000)
    assert ends("03-01", letters=other) == "2028-01-10"


def contact(**more: Any) -> list[Cells]:
    row = {"contact_id": "T", "date": day("02-03"), "customer_id": "K", "delivered": True, "proof": "mail"}
    return [{**row, **more}]


def test_a_contact_that_reached_the_debtor_interrupts_with_its_proof() -> None:
    reached = contact(contract_id="C")
    assert [ends(on, contacts=reached) for on in ("02-02", "02-03")] == ["2028-01-10", "2028-02-03"]
    assert ends("03-01", contacts=contact(delivered=None)) == "2028-01-10"
    assert ends("03-01", contacts=contact(proof=None)) == "2028-01-10"


def test_a_contact_counts_for_its_contract_or_without_one_for_the_customer() -> None:
    contracts = [*C1000, contract("D", "1000"), contract("X1", "1000", "Z")]
    milestones = [*M1000, fixed("MD", "1000", "01-10", "D"), fixed("MX", "1000", "01-10", "X1")]
    about = contact(contract_id="C")
    found = [ends("03-01", id, milestones, contracts=contracts, contacts=about) for id in ("M", "MD", "MX")]
    assert found == ["2028-02-03", "2028-01-10", "2028-01-10"]
    found = [
        ends("03-01", id, milestones, contracts=contracts, contacts=contact()) for id in ("M", "MD", "MX")
    ]
    assert found == ["2028-02-03", "2028-02-03", "2028-01-10"]


def test_a_signed_reschedule_interrupts_on_the_day_of_the_agreement() -> None:
    signed = [{**instalment("E", "M", "02-05", "02-20", "600"), "document": "signed.pdf"}]
    assert [ends(on, reschedules=signed) for on in ("02-04", "02-05")] == ["2028-01-10", "2028-02-05"]
    unsigned = [instalment("E", "M", "02-05", "02-20", "600")]
    assert ends("02-05", reschedules=unsigned) == "2028-01-10"


def task(**more: Any) -> list[Cells]:
    row = {"task_id": "T", "contract_id": "C", "step": "sue", "kind": "legal", "done_on": day("02-03")}
    return [{**row, **more}]


def test_a_legal_task_interrupts_when_it_is_done() -> None:
    assert [ends(on, tasks=task()) for on in ("02-02", "02-03")] == ["2028-01-10", "2028-02-03"]
    assert ends("03-01", tasks=task(done_on=None)) == "2028-01-10"
    assert ends("03-01", tasks=task(kind="visit")) == "2028-01-10"


def test_after_the_last_day_nothing_interrupts() -> None:
    due = [fixed("M", "1000", "2021-05-31")]
    for on, until in (("2024-05-31", "2027-05-31"), ("2024-06-01", "2024-05-31")):
        money = [receipt("R", on, "100", m="M")]
        assert ends("2024-06-30", milestones=due, receipts=money) == until


# --- alarms -------------------------------------------------------------------------------------------------

OLD = [fixed("M", "1000", "2021-05-31")]  # until 31 May 2024


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2023-12-02", None),  # 181 days before
        ("2023-12-03", "limitation_near"),
        ("2024-05-31", "limitation_near"),
        ("2024-06-01", "limitation_over"),
    ],
)
def test_alarms_begin_180_days_before_the_last_day(on: str, code: str | None) -> None:
    codes = [found for found in Look(on, C1000, OLD).codes() if found.startswith("limitation")]
    assert codes == ([code] if code else [])


@pytest.mark.parametrize(
    ("on", "within"),
    [("2023-12-03", 180), ("2024-03-01", 180), ("2024-03-02", 90), ("2024-04-30", 90), ("2024-05-01", 30)],
)
def test_alarms_grow_urgent_at_90_and_30_days(on: str, within: int) -> None:
    found = Look(on, C1000, OLD).finding("limitation_near")
    assert f"within {within} days" in found.message.en
    assert f"（{within} 天内）" in found.message.zh


def missing(**tables: Any) -> str:
    """The papers that an alarm says are not on file."""
    milestones = tables.pop("milestones", OLD)
    return (
        Look("2024-05-01", C1000, milestones, **tables)
        .finding("limitation_near")
        .message.en.partition("file: ")[2]
    )


ALL_PAPERS = (
    "proof of acceptance or delivery, an invoice, a statement that the debtor confirmed, "
    "a demand with proof of delivery"
)


def test_alarms_name_the_proof_that_is_not_on_file() -> None:
    assert missing() == ALL_PAPERS
    proved = [{**OLD[0], "evidence": "report YS-1"}]
    assert missing(milestones=proved) == ALL_PAPERS.removeprefix("proof of acceptance or delivery, ")


@pytest.mark.parametrize("named", ["M", None])
def test_an_invoice_counts_for_its_milestone_or_contract_and_better_if_it_was_received(
    named: str | None,
) -> None:
    row = {
        "invoice_no": "I",
        "contract_id": "C",
        "milestone_id": named,
        "issued": day("2021-05-01"),
        "amount": 1000,
    }
    received = {**row, "received_by_customer": day("2021-05-04")}
    assert "the day on which the customer received the invoice" in missing(invoices=[row])
    assert "invoice" not in missing(invoices=[received])
    assert "an invoice" in missing(invoices=[{**row, "issued": day("2024-05-02")}])


def test_letters_count_once_delivered_with_proof_or_confirmed() -> None:
    letter = {"letter_id": "L", "date": day("2021-06-10"), "customer_id": "K", "kind": "reminder"}
    arrived = {**letter, "delivered_on": day("2021-06-12"), "proof": "EMS 1"}
    assert "a demand" in missing(letters=[letter])
    assert "a demand" in missing(letters=[{**arrived, "milestones": ("N",)}])
    # what interrupts moves the last day: the alarm is that of the new period
    later = Look("2024-06-01", C1000, OLD, letters=[arrived]).finding("limitation_near").message.en
    assert "a demand" not in later
    signed = {**letter, "kind": "statement", "reply_on": day("2021-06-12"), "confirmed_amount": 1000}
    later = Look("2024-06-01", C1000, OLD, letters=[signed]).finding("limitation_near").message.en
    assert "a statement" not in later
    assert "a demand" in later


def test_the_firm_sets_when_alarms_begin() -> None:
    soon = {"alert_limitation_days": "30"}
    assert Look("2024-04-30", C1000, OLD, settings=soon).codes() == []
    found = Look("2024-05-01", C1000, OLD, settings=soon).finding("limitation_near")
    assert (found.severity, found.table, found.row, found.column) == (
        "warning",
        "milestones",
        6,
        "limitation",
    )
    assert "2024-05-31" in found.message.zh


def test_what_is_paid_needs_no_alarm_and_what_is_written_off_does() -> None:
    paid = [receipt("R", "2021-06-30", "1000", m="M")]
    assert Look("2024-05-31", C1000, OLD, receipts=paid).codes() == []
    off = [adjustment("J", "M", "2022-02-01", "1000", "write_off", approved_by="CFO")]
    assert "limitation_near" in Look("2024-05-31", C1000, OLD, adjustments=off).codes()
    credit = [adjustment("J", "M", "2022-02-01", "1000")]
    assert Look("2024-05-31", C1000, OLD, adjustments=credit).codes() == []


def test_each_open_milestone_has_its_own_alarm() -> None:
    both = [fixed("M1", "500", "2021-05-31"), fixed("M2", "500", "2022-05-31")]
    assert Look("2024-05-31", C1000, both).codes() == ["limitation_near"]


# --- other clocks -------------------------------------------------------------------------------------------


def clocks(on: str, row: Cells, **tables: Any) -> list[tuple[str, str]]:
    """The clocks that run for one contract as at a day."""
    tables = {"contracts": [row], "milestones": tables.pop("milestones", TWO), **tables}
    book = replay_book(Replayed(tables, day(on)).ledger, defaults("en"), day(on))
    return [(clock.key, date.fromordinal(last).isoformat()) for clock, last in book.clocks[0]]


def test_the_other_clocks_show_where_they_apply() -> None:
    assert clocks("07-01", contract("C", "1000")) == []
    assert clocks("07-01", contract("C", "1000", security="Guarantee of Q")) == [("guarantee", "2025-12-10")]
    assert clocks("07-01", contract("C", "1000", kind="construction")) == [("priority", "2026-12-10")]
    assert clocks("01-09", contract("C", "1000", kind="construction", security="Q")) == []
    judged = task(case_no="(2025) 1", done_on=day("03-01"))
    assert clocks("07-01", contract("C", "1000"), tasks=judged) == [("enforcement", "2027-03-01")]
    assert clocks("02-28", contract("C", "1000"), tasks=judged) == []
    assert clocks("07-01", contract("C", "1000"), tasks=task()) == []


def test_a_clock_that_ends_soon_is_told_while_something_is_open() -> None:
    secured = [contract("C", "1000", security="Guarantee of Q")]
    one = [share("M", "1", trigger_date="01-31")]  # until 31 July

    def told(on: str, **tables: Any) -> list[str]:
        return Look(on, secured, one, settings={"alert_limitation_days": "30"}, **tables).codes()

    assert [told(on) for on in ("06-30", "07-01", "07-31", "08-01")] == [
        [],
        ["clock_near"],
        ["clock_near"],
        [],
    ]
    assert told("07-01", receipts=[receipt("R", "02-01", "1000", m="M")]) == []
    one[:] = [share("M", "0.4", trigger_date="01-31"), share("N", "0.6", trigger_date="01-31")]
    assert told("07-01", receipts=[receipt("R", "02-01", "400", m="M")]) == ["clock_near"]
