"""What falls due soon and what came this month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.build import Cells, contract, fixed, instalment, receipt
from tests.rules.figures import Look

C100 = [contract("C", "100")]


def due_30(on: str, rows: list[Cells], **tables: Any) -> str:
    return str(Look(on, C100, rows, **tables).result.due_30)


@pytest.mark.parametrize(
    ("on", "expected"), [("01-29", "0.00"), ("01-30", "100.00"), ("03-01", "100.00"), ("03-02", "0.00")]
)
def test_due_within_30_days_counts_today_and_the_30th_day(on: str, expected: str) -> None:
    assert due_30(on, [fixed("M", "100", "01-01", term="NET 59")]) == expected  # due 03-01


def test_pending_and_overdue_rows_are_not_coming_and_instalments_are() -> None:
    rows = [fixed("M", "60", "01-01"), fixed("N", "40")]
    plan = [instalment("E1", "M", "01-05", "03-01", "25")]
    assert due_30("02-20", rows) == "0.00"
    assert due_30("02-20", rows, reschedules=plan) == "25.00"


@pytest.mark.parametrize(
    ("on", "received"), [("01-31", "30.00"), ("02-01", "7.00"), ("02-10", "32.00"), ("02-28", "27.00")]
)
def test_received_this_month_from_its_first_day_less_refunds(on: str, received: str) -> None:
    money = [
        receipt("R1", "01-31", "30", m="M"),
        receipt("R0", "02-01", "7", m="M"),
        receipt("R2", "02-10", "25", m="M"),
        receipt("R3", "02-28", "-5", m="M"),
    ]
    seen = Look(on, C100, [fixed("M", "100", "01-01")], receipts=money)
    assert str(seen.result.performance.months[-1].received) == received


def test_foreign_money_counts_in_base_and_without_a_rate_the_figure_is_unknown() -> None:
    dollars = [contract("C", "100", currency="USD")]
    rows = [fixed("M", "100", "01-01", term="NET 30")]
    money = [receipt("R", "01-10", "40", m="M")]
    rate = [{"date": date(2025, 1, 1), "currency": "USD", "rate": Decimal("7.1")}]
    known = Look("01-20", dollars, rows, receipts=money, fx_rates=rate).result
    assert (str(known.due_30), str(known.performance.months[-1].received)) == ("426.00", "284.00")
    unknown = Look("01-20", dollars, rows, receipts=money).result
    assert (unknown.due_30, unknown.performance.months[-1].received) == (None, None)
