"""Small ledgers and the sentences by which their figures are explained."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from addin.rules.explain.arithmetic import Money
from addin.rules.explain.figures import explain
from addin.rules.explain.steps import Explanation
from tests.rules.explain.ledgers import Sheets, sheets
from tests.rules.explain.reckoner import reckoned
from tests.rules.explain.test_every_figure import wrong

Cells = dict[str, Any]
AS_OF = date(2025, 12, 31)
CONTRACT = {"contract_id": "K", "customer_id": "C", "signed": date(2025, 1, 10), "amount": 1000}


def milestone(id: str, share: object = 1, **cells: object) -> Cells:
    return {"milestone_id": id, "contract_id": "K", "name": id, "share": share, "trigger": "signing", **cells}


def ledger(
    *milestones: Cells, contracts: list[Cells] | None = None, roll: str = "none", **tables: list[Cells]
) -> Sheets:
    known = {"customers": [{"customer_id": "C", "name": "Firm"}], "contracts": contracts or [CONTRACT]}
    return sheets({**known, "milestones": list(milestones), **tables}, AS_OF, "en", roll=roll)


def told(book: Sheets, table: str, id: str, field: str) -> Explanation:
    """The explanation of one figure, which must hold."""
    row = book.desk.row(table, id)
    assert row is not None
    found = explain(book.desk, row, field)
    assert list(wrong(book, found)) == []
    return found


def sentences(book: Sheets, id: str, field: str, table: str = "milestones") -> list[str]:
    return [step.text.en for step in told(book, table, id, field).steps]


def test_a_receipt_is_shared_pro_rata_among_claims_of_one_rank() -> None:
    both = [CONTRACT, {**CONTRACT, "contract_id": "L", "amount": 500}]
    paid = [{"receipt_id": "R", "date": date(2025, 2, 1), "customer_id": "C", "amount": 100}]
    book = ledger(milestone("M"), milestone("N", contract_id="L"), contracts=both, receipts=paid)
    last = sentences(book, "M", "received")
    assert last[-3] == "M gets its part by what is open: 100.00 by 1,000.00 : 500.00, part 1 = 66.67"
    assert (
        "art. 560 brings it to M (due, due date 2025-01-10, security 0.00, late rate per day 0)" in last[-2]
    )
    assert told(book, "milestones", "N", "received").value == Money(33_33, 2)


def test_a_refund_takes_unapplied_money_first_and_then_allocations() -> None:
    receipts = [
        {"receipt_id": "R1", "date": date(2025, 2, 1), "milestone_id": "M", "amount": 1100},
        {"receipt_id": "R2", "date": date(2025, 3, 1), "milestone_id": "M", "amount": -150},
    ]
    book = ledger(milestone("M"), receipts=receipts)
    assert sentences(book, "M", "received")[-3:] == [
        "What refund R2 still takes back: -150.00 − (-100.00) = -50.00",
        "2025-03-01, refund R2 takes back what receipt R1 paid: the smaller of (50.00; 1,000.00), below zero = -50.00",
        "Received in all: 1,000.00 + (-50.00) = 950.00",
    ]


def test_a_second_refund_takes_what_the_first_left() -> None:
    receipts = [
        {"receipt_id": "R1", "date": date(2025, 2, 1), "milestone_id": "M", "amount": 100},
        {"receipt_id": "R2", "date": date(2025, 2, 2), "milestone_id": "M", "amount": 300},
        {"receipt_id": "R3", "date": date(2025, 3, 1), "milestone_id": "M", "amount": -250},
        {"receipt_id": "R4", "date": date(2025, 4, 1), "milestone_id": "M", "amount": -120},
    ]
    assert sentences(ledger(milestone("M"), receipts=receipts), "M", "received")[-4:] == [
        "2025-04-01, refund R4 takes back what receipt R2 paid: the smaller of (120.00; 50.00), below zero = -50.00",
        "What refund R4 still takes back: -120.00 − (-50.00) = -70.00",
        "2025-04-01, refund R4 takes back what receipt R1 paid: the smaller of (70.00; 100.00), below zero = -70.00",
        "Received in all: 100.00 + 300.00 + (-250.00) + (-50.00) + (-70.00) = 30.00",
    ]


def test_a_settlement_comes_after_the_amendments_of_its_day() -> None:
    contract = {**CONTRACT, "settlement_total": 900, "settled_on": date(2025, 5, 1)}
    amended = [{"amendment_id": "A", "contract_id": "K", "effective": date(2025, 5, 1), "new_amount": 1500}]
    book = ledger(milestone("M", 0.5), milestone("N", None), contracts=[contract], amendments=amended)
    assert [told(book, "milestones", id, "amount").value for id in "MN"] == [
        Money(750_00, 2),
        Money(150_00, 2),
    ]


def test_a_refused_draft_gives_its_claim_back() -> None:
    draft = {"receipt_id": "R", "date": date(2025, 2, 1), "milestone_id": "M", "amount": 1000}
    book = ledger(
        milestone("M"), receipts=[{**draft, "method": "bank_draft", "dishonoured_on": date(2025, 5, 1)}]
    )
    assert sentences(book, "M", "received")[-2:] == [
        "2025-05-01, draft R was refused: what it paid is taken back: -1,000.00",
        "Received in all: 1,000.00 + (-1,000.00) = 0.00",
    ]


def test_an_adjustment_is_reversed_up_to_what_it_took() -> None:
    rows = [
        {
            "adjustment_id": "A1",
            "date": date(2025, 2, 1),
            "milestone_id": "M",
            "kind": "credit_note",
            "amount": 30,
        },
        {
            "adjustment_id": "A2",
            "date": date(2025, 3, 1),
            "milestone_id": "M",
            "kind": "credit_note",
            "amount": -50,
        },
    ]
    book = ledger(milestone("M"), adjustments=rows)
    assert sentences(book, "M", "adjusted")[-2:] == [
        "Adjustment A2 reverses: the smaller of (50.00; 30.00), below zero = -30.00",
        "Adjusted in all: 30.00 + (-30.00) = 0.00",
    ]


def test_catching_up_gives_the_first_unfrozen_row_what_the_frozen_ones_miss() -> None:
    rows = [milestone(id, "0.5", seq=seq) for seq, id in enumerate(("M1", "M2"))]
    rows[1]["trigger"] = "delivery"
    more = [
        {
            "amendment_id": "B",
            "contract_id": "K",
            "effective": date(2025, 6, 1),
            "new_amount": 1200,
            "policy": "catch_up",
        }
    ]
    paid = [{"receipt_id": "R", "date": date(2025, 2, 1), "milestone_id": "M1", "amount": 500}]
    book = ledger(*rows, amendments=more, receipts=paid)
    found = told(book, "milestones", "M2", "amount")
    assert found.value == Money(70_000, 2)
    assert found.steps[-1].text.en == "Less the frozen rows, the amount of M2: 1,200.00 − 500.00 = 700.00"


def test_a_balance_below_nought_counts_as_nought() -> None:
    book = ledger(milestone("M1", None, amount_fixed=1500, seq=1), milestone("M2", None, seq=2))
    assert (
        sentences(book, "M2", "amount")[-1]
        == "A balance below zero counts as nought: not below zero (-500.00) = 0.00"
    )


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("NET 30 EOM", "To the end of that month: 2025-02-09 → 2025-02-28"),
        ("NET 30 DAY 10", "To day 10 of the month after: 2025-02-09 → 2025-03-10"),
        ("PAYDAYS 5,20", "To the first pay day on or after it (day 5, 20): 2025-01-10 → 2025-01-20"),
        ("EOM +5", "And the days after that: 2025-01-31 + 5 days = 2025-02-05"),
        ("MONTHS 6", "The trigger plus the term's months: 2025-01-10 + 6 months = 2025-07-10"),
        ("FIXED 2025-04-01", "The date that the term names, whatever the trigger: 2025-04-01"),
        ("", "Plus the term's days: 2025-01-10 + 0 days = 2025-01-10"),
    ],
)
def test_a_due_date_by_every_kind_of_term(term: str, sentence: str) -> None:
    assert sentences(ledger(milestone("M", term=term)), "M", "due_date")[-1] == sentence


def test_a_due_date_is_moved_off_days_off_and_names_the_firm_s_own_days() -> None:
    own = [{"date": date(2025, 1, 20), "workday": False}]
    book = ledger(milestone("M", term="NET 9"), roll="following", calendar=own)
    last = told(book, "milestones", "M", "contract_due").steps[-1]
    assert last.text.en == "Not a working day: on to the next one: 2025-01-19 + 2 days = 2025-01-21"
    assert {(row.table, row.key) for row in last.rows} == {("calendar", "2025-01-20"), ("settings", "roll")}


def test_a_sum_without_its_exchange_rate_is_unknown_and_says_so() -> None:
    dollars = [{**CONTRACT, "currency": "USD"}]
    rates = [{"date": date(2025, 6, 1), "currency": "USD", "rate": "7.105"}]
    without, known = (ledger(milestone("M"), contracts=dollars, fx_rates=rows) for rows in ([], rates))
    assert (
        sentences(without, "C", "open", "customers")[-1]
        == "There is no rate of USD: the sum is unknown: empty"
    )
    assert sentences(known, "C", "open", "customers")[-2:] == [
        "USD in CNY: 1,000.00 × 7.105 = 7,105.00",
        "Together (CNY): 7,105.00",
    ]


def test_interest_counts_the_days_of_each_balance() -> None:
    paid = [{"receipt_id": "R", "date": date(2025, 12, 11), "milestone_id": "M", "amount": 400}]
    contract = {**CONTRACT, "late_rate_daily": "0.001", "late_cap": "0.05"}
    book = ledger(milestone("M", term="FIXED 2025-12-01"), contracts=[contract], receipts=paid)
    assert sentences(book, "M", "interest")[-4:] == [
        "Open on M at the end of each day: after 2025-12-01 up to 2025-12-31, "
        "1,000.00 × 10 + 600.00 × 20 = 22,000.00 (amount × days)",
        "Interest of M: 22,000.00 × 0.1% = 22.00",
        "Cap of M: 1,000.00 × 5% = 50.00",
        "At most the cap: the smaller of (22.00; 50.00) = 22.00",
    ]


def test_limitation_runs_anew_from_what_falls_into_it() -> None:
    paid = [{"receipt_id": "R", "date": date(2025, 3, 1), "milestone_id": "M", "amount": 400}]
    book = ledger(milestone("M"), receipts=paid)
    found = told(book, "milestones", "M", "limitation")
    assert found.value == date(2028, 3, 1)
    assert "the latest of (2025-01-10; 2025-03-01) = 2025-03-01" in " ".join(
        step.text.en for step in found.steps
    )


def test_a_plan_of_a_milestone_whose_amount_is_unknown_keeps_its_due_date() -> None:
    plan = [
        {
            "reschedule_id": "E",
            "milestone_id": "M",
            "agreed_on": date(2025, 2, 1),
            "new_due": date(2025, 6, 1),
            "amount": 10,
        }
    ]
    book = ledger(milestone("M", "unreadable"), reschedules=plan)
    assert told(book, "milestones", "M", "due_date").value == date(2025, 1, 10)
    assert told(book, "milestones", "M", "open").value is None


def test_a_long_sum_says_how_many_terms_it_has() -> None:
    book = ledger(*(milestone(f"M{n}", "0.1", seq=n) for n in range(10)))
    (only,) = told(book, "contracts", "K", "milestones_total").steps
    assert only.text.en.endswith("+ 100.00 + … (10 in all) = 1,000.00")
    assert len(only.terms) == 10 and reckoned(told(book, "contracts", "K", "open"))[-1] == Money(100_000, 2)
