"""What is said of a customer's credit file, from small ledgers; every sentence's figure is reckoned again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from addin.rules.explain.arithmetic import Money
from tests.rules.explain.ledgers import Sheets
from tests.rules.explain.test_stories import ledger, milestone, sentences, told

PAID = [{"receipt_id": "R", "date": date(2025, 1, 25), "milestone_id": "M", "amount": 1000, "method": "cash"}]
BEST = {"cooperation_score": 100, "reputation_score": 100, "financial_score": 100}


def firm(**cells: Any) -> Any:
    return [{"customer_id": "C", "name": "Firm", **cells}]


def said(book: Sheets, field: str) -> list[str]:
    return sentences(book, "C", field, "customers")


def test_how_late_money_came_and_the_score_of_it() -> None:
    book = ledger(milestone("M"), receipts=PAID, customers=firm(cooperation_score=90))
    assert said(book, "paydex") == ["Settled and overdue items: 1,000.00 15 days late → 70"]
    assert said(book, "usual_delay") == ["Settled items: 1,000.00 15 days late → 15"]
    assert said(book, "usual_method") == ["Receipts by method: cash 1,000.00 → cash"]
    assert said(book, "score")[-1] == "The known parts by weight: (70 × 45 + 90 × 20) ÷ 65 = 76.15"
    assert told(book, "customers", "C", "paydex").steps[0].rows[0] == book.desk.row("milestones", "M")


def test_the_grade_its_caps_and_the_way_from_the_one_on_record() -> None:
    record = [{"date": date(2025, 9, 30), "subject": "C", "measure": "Credit grade", "value": "B"}]
    book = ledger(milestone("M"), receipts=PAID, customers=firm(**BEST), history=record)
    assert said(book, "grade")[-6:] == [
        "The grade of the score: 86.5 against 90/80/70/60/50/40 → AA",
        "Overdue the longest: 0 days",
        "Promises due within 90 days that brought nothing: 0",
        "Contracts in court: 0",
        "Caps of the grade: AA",
        "From the grade on record: B since 2025-09-30, AA earned → BB",
    ]
    last = told(book, "customers", "C", "grade").steps[-1]
    assert [(row.table, row.row) for row in last.rows] == [("history", 6), ("customers", 6)]


def test_two_broken_promises_and_a_lawsuit_are_named() -> None:
    words = [
        {"promise_id": id, "made_on": date(2025, 10, 1), "customer_id": "C", "amount": 5, "promised_date": on}
        for id, on in (("P1", date(2025, 10, 2)), ("P2", date(2025, 12, 30)), ("P3", date(2025, 12, 31)))
    ]
    in_court = [{"contract_id": "L", "customer_id": "C", "amount": 1, "status": "legal"}]
    base = {"contract_id": "K", "customer_id": "C", "signed": date(2025, 1, 10), "amount": 1000}
    book = ledger(
        milestone("M"), receipts=PAID, customers=firm(**BEST), promises=words, contracts=[base, *in_court]
    )
    steps = told(book, "customers", "C", "grade").steps
    assert (steps[-1].text.en, steps[-1].value) == ("Caps of the grade: AA → C", "C")
    counts = [step for step in steps if step.operation == "count"]
    assert [[row.key for row in step.rows] for step in counts] == [["P1", "P2", "C"], ["L", "C"]]


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ("paydex", "No payment history: empty"),
        ("usual_delay", "Nothing is settled: empty"),
        ("usual_method", "No receipt names its method: empty"),
        ("score", "There is nothing to score by: empty"),
        ("grade", "Without a score no grade: empty"),
        ("credit_limit", "Monthly sales, months of credit or the grade is missing: empty"),
        ("available", "The limit or the exposure is not known: empty"),
        ("suggested_terms", "There is no grade: empty"),
        ("last_contact", "No contact by the as-of date: empty"),
        ("next_contact", "There is no contact: empty"),
    ],
)
def test_why_a_cell_is_empty(field: str, why: str) -> None:
    assert said(ledger(), field)[-1] == why


def test_a_missing_rate_is_the_reason() -> None:
    dollars = {
        "contract_id": "K",
        "customer_id": "C",
        "signed": date(2025, 1, 10),
        "amount": 9,
        "currency": "USD",
    }
    book = ledger(milestone("M"), contracts=[dollars])
    assert said(book, "paydex") == [
        "There is no rate of USD: the sum is unknown: empty",
        "A rate is missing: no weights: empty",
    ]
    assert said(book, "exposure")[-1] == "One of them is not known: empty"
    rates = [{"date": date(2025, 1, 1), "currency": "USD", "rate": 7}]
    book = ledger(milestone("M"), contracts=[dollars], fx_rates=rates)
    assert "USD in CNY: 9.00 × 7 = 63.00" in said(book, "paydex")


def test_without_a_rate_no_usual_method() -> None:
    dollars = {**PAID[0], "receipt_id": "S", "milestone_id": "", "customer_id": "C", "currency": "USD"}
    book = ledger(milestone("M"), receipts=[*PAID, dollars], customers=firm())
    assert said(book, "usual_method") == [
        "There is no rate of USD: the sum is unknown: empty",
        "A rate is missing: no comparing: empty",
    ]
    rates = [{"date": date(2025, 1, 1), "currency": "USD", "rate": 7}]
    book = ledger(milestone("M"), receipts=[*PAID, dollars], customers=firm(), fx_rates=rates)
    assert said(book, "usual_method")[-1] == "Receipts by method: cash 1,000.00, cash 7,000.00 → cash"


def test_limit_exposure_and_what_is_left() -> None:
    rows = [milestone("M", 0.5), milestone("N", 0.5, trigger="delivery", accepted_by="Li")]
    customers = firm(**BEST, avg_monthly_sales=1000, credit_months=2)
    money = [{**PAID[0], "amount": 500}, {**PAID[0], "receipt_id": "S", "milestone_id": "", "customer_id": "C",
                                          "amount": 20}]  # fmt: skip
    book = ledger(*rows, receipts=money, customers=customers)
    assert (
        said(book, "credit_limit")[-1]
        == "Monthly sales × months × the grade's share: 1,000.00 × 2 × 100% (AA) = 2,000.00"
    )
    assert said(book, "exposure")[-2:] == [
        "What is open, and accepted work not billed: 0.00 + 500.00 = 500.00",
        "Less unapplied money: 500.00 − 20.00 = 480.00",
    ]
    assert told(book, "customers", "C", "available").value == Money(1520_00, 2)
    assert said(book, "suggested_terms")[-1] == "The terms of the grade: AA → 30/40/30 net 45"


def test_the_contacts() -> None:
    rows = [
        {"contact_id": "1", "date": date(2025, 3, 1), "customer_id": "C", "next_date": date(2025, 3, 8)},
        {"contact_id": "2", "date": date(2025, 4, 1), "customer_id": "C"},
    ]
    book = ledger(contacts=rows)
    assert said(book, "last_contact") == [
        "The latest contact: the latest of (2025-03-01; 2025-04-01) = 2025-04-01"
    ]
    assert said(book, "next_contact")[-1] == "After the latest contact: 2025-04-01 + 30 days = 2025-05-01"
    assert said(ledger(contacts=rows[:1]), "next_contact")[-1].endswith("names: 2025-03-08")
    second = {**rows[0], "contact_id": "3", "next_date": date(2025, 3, 5)}
    assert said(ledger(contacts=[*rows[:1], second]), "next_contact")[-1].endswith(
        "names: the earliest of (2025-03-08; 2025-03-05) = 2025-03-05"
    )
