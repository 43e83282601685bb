"""Credit by hand: customer K, 1,000.00 due on 10 January 2025, scores and sales as each test says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.build import Cells, at, contract, day, dispute, fixed, invoice, receipt

C = [contract("C", "1000")]
M = [fixed("M", "1000", "01-10")]
BEST = {"cooperation_score": 100, "reputation_score": 100, "financial_score": 100}


def credit(on: str, money: list[Cells] | None = None, **more: Any) -> dict[str, Any]:
    tables = {"contracts": C, "milestones": M, "customers": [customer()], **more}
    found = at(on, receipts=money or [], **tables).credit["K"]
    return {key: None if value is None else str(value) for key, value in found.items()}


def customer(**more: Any) -> Cells:
    return {"customer_id": "K", "name": "K", **more}


def paid(on: str) -> list[Cells]:
    return [receipt("R", on, "1000", m="M")]


def graded(on: str, value: str | None, subject: str = "K") -> Cells:
    return {"date": day(on), "subject": subject, "measure": "grade", "value": value}


@pytest.mark.parametrize(
    ("on", "paydex"),
    [("01-10", "80"), ("01-11", "80"), ("01-25", "70"), ("02-01", "60"), ("02-10", "50"), ("05-10", "20")],
)
def test_paydex_of_one_payment(on: str, paydex: str) -> None:
    # a day late is 79 1/3, rounded up; 31 days are 49 2/3
    assert credit("12-31", paid(on))["paydex"] == paydex


def test_what_is_open_counts_once_it_is_overdue() -> None:
    assert [credit(on)["paydex"] for on in ("01-10", "01-11", "03-11")] == [None, "80", "40"]


def test_an_item_is_settled_on_the_day_from_which_nothing_is_open() -> None:
    money = [receipt("R1", "01-10", "900", m="M"), receipt("R2", "01-25", "100", m="M")]
    assert credit("01-25", money)["paydex"] == "70"
    # a refund opens it again, and what comes then settles it anew
    money += [receipt("S", "02-01", "-100", m="M"), receipt("R3", "03-11", "100", m="M")]
    assert credit("03-11", money)["paydex"] == "40"


def test_the_score_weighs_what_is_known() -> None:
    mixed = customer(cooperation_score=90, reputation_score=60, financial_score=80)
    # 0.45 × 70 + 0.20 × 90 + 0.15 × 60 + 0.20 × 80
    found = credit("12-31", paid("01-25"), customers=[mixed])
    assert (found["score"], found["grade"]) == ("74.50", "A")
    # (45 × 70 + 20 × 90) ÷ 65
    assert credit("12-31", paid("01-25"), customers=[customer(cooperation_score=90)])["score"] == "76.15"
    assert credit("01-10")["grade"] is None


@pytest.mark.parametrize(
    ("on", "paydex", "grade"), [("01-10", "80", "AAA"), ("02-11", "50", "A"), ("02-12", "49", "BB")]
)
def test_a_paydex_below_50_caps_at_bb(on: str, paydex: str, grade: str) -> None:
    # 91, 77.5 and 77.05 points; 32 days late are 49 1/3, rounded up, 33 are 49
    found = credit("12-31", paid(on), customers=[customer(**BEST)])
    assert (found["paydex"], found["grade"]) == (paydex, grade)


def test_without_payments_a_and_long_overdue_c() -> None:
    best = [customer(**BEST)]
    assert credit("01-10", customers=best)["grade"] == "A"
    assert [credit(on, customers=best)["grade"] for on in ("02-12", "05-10", "05-11")] == ["BB", "BB", "C"]


def test_a_lawsuit_or_two_broken_promises_are_c() -> None:
    best, money = [customer(**BEST)], paid("01-10")
    legal = [contract("C", "1000", status="legal")]
    assert credit("12-31", money, customers=best, contracts=legal)["grade"] == "C"
    words = [
        {"promise_id": id, "made_on": day("02-01"), "customer_id": "K", "amount": 5, "promised_date": day(on)}
        for id, on in (("P", "03-01"), ("Q", "03-05"))
    ]
    seen = [
        credit(on, money, customers=best, promises=words)["grade"]
        for on in ("03-05", "03-06", "05-30", "05-31")
    ]
    assert seen == ["AAA", "C", "C", "AAA"]  # the first is due 90 days before 30 May


@pytest.mark.parametrize(
    ("record", "grade"),
    [
        ([], "AAA"),
        ([graded("09-30", "C")], "B"),
        ([graded("10-01", "C")], "C"),
        ([graded("09-30", "C"), graded("09-30", "AA")], "AAA"),  # the row further down
        ([graded("09-30", "AA"), graded("09-01", "C")], "AAA"),
        ([graded("09-30", "C"), graded("11-30", None)], "AAA"),  # withdrawn
        ([graded("09-30", "C", "Q")], "AAA"),
        ([graded("2026-01-01", "C")], "AAA"),  # after the day
    ],
)
def test_up_a_notch_a_quarter_from_the_record(record: list[Cells], grade: str) -> None:
    found = credit("12-31", paid("01-10"), customers=[customer(**BEST)], history=record)
    assert found["grade"] == grade


def test_down_at_once() -> None:
    record = [graded("12-30", "AAA")]
    assert credit("12-31", paid("01-10"), history=record)["grade"] == "A"  # 80 points, not above 80


def test_limit_exposure_and_what_is_left() -> None:
    rows = [fixed("M", "600", "01-10"), fixed("N", "300", accepted_by="Li"), fixed("O", "100")]
    sold = [customer(**BEST, avg_monthly_sales=1000, credit_months=2)]
    money = [receipt("R", "01-10", "600", m="M"), receipt("S", "01-10", "20.5", k="K")]
    found = credit("01-31", money, customers=sold, milestones=rows)
    assert [found[key] for key in ("credit_limit", "exposure", "available")] == [
        "3000.00",
        "279.50",
        "2720.50",
    ]
    billed = [invoice("F", "N", "02-01")]
    assert credit("01-31", money, milestones=rows, invoices=billed)["exposure"] == "279.50"
    assert credit("02-01", money, milestones=rows, invoices=billed)["exposure"] == "-20.50"
    done = [contract("C", "1000", completed="02-02")]
    assert credit("02-02", money, milestones=rows, contracts=done)["exposure"] == "379.50"
    assert credit("02-02", money, milestones=rows)["credit_limit"] is None


def test_a_dispute_changes_nothing() -> None:
    assert credit("03-11", disputes=[dispute("D", "M", "01-11")]) == credit("03-11")


def test_without_a_rate_it_is_unknown() -> None:
    dollars = [contract("C", "1000", currency="USD")]
    rates = [{"date": day("03-01"), "currency": "USD", "rate": Decimal(7)}]
    sold = [customer(**BEST, avg_monthly_sales=1000, credit_months=2)]
    for on, expected in (("02-28", [None] * 4), ("03-01", ["44", "BB", "7000.00", "1300.00"])):
        found = credit(on, contracts=dollars, fx_rates=rates, customers=sold)
        assert [found[key] for key in ("paydex", "grade", "exposure", "credit_limit")] == expected
