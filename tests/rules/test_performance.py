"""The indicator block of 看板 by hand: what came in of what was due, days of sales, promises, months and targets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from addin.model.result import Performance
from addin.rules.monthly_targets import Target, month_target, months_of
from addin.rules.performance import performance
from addin.rules.promise_payments import recent
from addin.rules.rollforward import movements
from tests.oracle.build import Cells, adjustment, contract, day, fixed, instalment, receipt
from tests.rules.books import book_of, customer

C = [contract("C", "1000")]


def book(on: str, milestones: list[Cells], settings: dict[str, str] | None = None, **tables: Any) -> Any:
    rows = {"customers": [customer()], "contracts": C, "milestones": milestones, **tables}
    return book_of(rows, day(on), **(settings or {}))


def seen(on: str, milestones: list[Cells], **tables: Any) -> Performance:
    found = book(on, milestones, **tables)
    return performance(found, movements(found))


def promise(key: str, made: str, on: str, amount: str, milestone: str | None = None, **more: Any) -> Cells:
    return {"promise_id": key, "made_on": day(made), "promised_date": day(on), "amount": Decimal(amount),
            "milestone_id": milestone, "customer_id": "K", **more}  # fmt: skip


# --- collection rate ----------------------------------------------------------------------------------------

TWO = [fixed("M1", "600", "02-10"), fixed("M2", "400", "03-10")]


def test_what_came_in_the_month_of_what_was_overdue_or_fell_due_in_it() -> None:
    money = [receipt("R1", "02-20", "100", m="M1"), receipt("R2", "03-20", "300", m="M1")]
    # 500 were overdue on 1 March and 400 fell due on the 10th; 300 of these 900 came
    assert seen("03-31", TWO, receipts=money).collection_rate == Fraction(300, 900)
    assert seen("03-19", TWO, receipts=money).collection_rate == 0
    assert seen("03-09", TWO, receipts=money).collection_rate == 0


def test_an_advance_is_in_neither_part() -> None:
    rows = [fixed("M1", "600", "03-10"), fixed("M2", "400", "03-05", term="NET 60")]
    money = [receipt("R1", "03-20", "150", m="M1"), receipt("R2", "03-21", "400", m="M2")]
    assert seen("03-31", rows, receipts=money).collection_rate == Fraction(150, 600)


def test_a_credit_note_lowers_what_was_to_be_collected() -> None:
    money = [receipt("R", "03-20", "250", m="M1")]
    notes = [adjustment("J", "M1", "03-15", "100")]
    assert seen("03-31", TWO, receipts=money, adjustments=notes).collection_rate == Fraction(250, 900)


def test_an_instalment_counts_from_its_own_day() -> None:
    plan = [instalment("X", "M1", "02-20", "04-10", "450")]
    money = [receipt("R", "03-20", "150", m="M1")]
    assert seen("03-31", TWO, receipts=money, reschedules=plan).collection_rate == Fraction(150, 550)


def test_nothing_due_is_no_rate() -> None:
    assert seen("01-31", TWO).collection_rate is None


# --- days of sales ------------------------------------------------------------------------------------------


def test_dso_is_what_is_open_to_what_became_receivable_in_the_year() -> None:
    rows = [fixed("M0", "400", "2024-01-10"), fixed("M1", "600", "2024-06-10")]
    money = [receipt("R0", "2024-02-10", "400", m="M0")]
    assert seen("03-31", rows, receipts=money).dso == 365
    half = [*money, receipt("R1", "2024-07-10", "300", m="M1")]
    assert seen("03-31", rows, receipts=half).dso == Fraction(365, 2)


def test_the_year_of_sales_is_365_days_and_a_younger_ledger_has_fewer() -> None:
    rows = [fixed("M0", "400", "2024-03-31"), fixed("M1", "600", "2025-03-01")]
    assert seen("2025-03-31", rows).dso == Fraction(1000 * 365, 600)  # 31 March 2024 is day 366
    assert seen("2025-03-30", rows).dso == 365  # and was day 365 the day before
    assert seen("2024-04-09", rows).dso == 10  # all open after ten days


def test_no_sales_no_days() -> None:
    assert seen("03-31", [fixed("M", "1000")]).dso is None
    assert seen("2027-03-31", [fixed("M", "1000", "01-10")]).dso is None


# --- promises -----------------------------------------------------------------------------------------------


def test_a_promise_is_due_the_day_after_and_counts_what_came_by_its_day() -> None:
    words = [promise("P1", "03-01", "03-10", "500", "M1"), promise("P2", "03-01", "03-20", "100", "M1")]
    money = [receipt("R1", "03-10", "200", m="M1"), receipt("R2", "03-11", "300", m="M1")]
    assert seen("03-10", TWO, receipts=money, promises=words).promises_kept is None
    assert seen("03-11", TWO, receipts=money, promises=words).promises_kept == Fraction(200, 500)
    assert seen("03-21", TWO, receipts=money, promises=words).promises_kept == Fraction(300, 600)


def test_money_keeps_one_promise_only_and_that_of_its_own_milestone() -> None:
    words = [promise("P1", "03-01", "03-10", "100", "M1"), promise("P2", "03-01", "03-12", "100")]
    money = [receipt("R1", "03-05", "100", m="M1"), receipt("R2", "03-06", "60", m="M2")]
    found = book("03-31", TWO, receipts=money, promises=words).promises
    assert [(each.id, each.paid) for each in found] == [("P1", 100_00), ("P2", 60_00)]


def test_what_came_before_the_promise_or_went_back_does_not_keep_it() -> None:
    words = [promise("P1", "03-05", "03-10", "300", "M1")]
    money = [receipt("R1", "03-04", "100", m="M1"), receipt("R2", "03-05", "150", m="M1")]
    back = [*money, receipt("S", "03-08", "-50", m="M1")]
    assert [each.paid for each in book("03-31", TWO, receipts=money, promises=words).promises] == [150_00]
    assert [each.paid for each in book("03-31", TWO, receipts=back, promises=words).promises] == [100_00]


def test_money_in_advance_keeps_a_promise_too() -> None:
    words = [promise("P1", "03-01", "03-05", "80", "M2"), promise("P2", "03-01", "03-06", "70")]
    money = [receipt("R1", "03-04", "80", m="M2"), receipt("R2", "03-04", "70", k="K")]
    found = book("03-09", [fixed("M2", "400", "03-10")], receipts=money, promises=words).promises
    assert [each.paid for each in found] == [80_00, 70_00]


def test_a_withdrawn_promise_and_one_of_long_ago_are_left_out() -> None:
    words = [
        promise("P1", "03-01", "03-10", "100", "M1", withdrawn_on=day("03-09")),
        promise("P2", "03-01", "03-10", "100", "M1", withdrawn_on=day("04-02")),
    ]
    for on, standing in (("04-01", ["P2"]), ("04-02", [])):
        at_day = book(on, TWO, promises=words)
        assert [each.id for each in recent(at_day.promises, at_day.day)] == standing
    assert seen("2025-06-08", TWO, promises=[promise("P", "03-01", "03-10", "1")]).promises_kept == 0
    assert seen("2025-06-09", TWO, promises=[promise("P", "03-01", "03-10", "1")]).promises_kept is None


# --- months and targets -------------------------------------------------------------------------------------


def test_twelve_months_end_with_the_present_one_so_far() -> None:
    money = [receipt("R1", "2024-04-30", "10", m="M1"), receipt("R2", "2024-03-31", "20", m="M1"),
             receipt("R3", "03-20", "30", m="M1"), receipt("S", "03-21", "-5", m="M1")]  # fmt: skip
    goals = [{"target_id": "T", "period": "2025-03", "amount": Decimal(100)}]
    months = seen("03-31", TWO, receipts=money, targets=goals).months
    assert [each.month for each in months][::11] == ["2024-04", "2025-03"]
    assert (len(months), months[0].received, months[0].target) == (12, Decimal("10.00"), None)
    assert (months[-1].received, months[-1].target) == (Decimal("25.00"), Decimal("100.00"))


@pytest.mark.parametrize(
    ("periods", "target"),
    [
        ([("2025", 1200)], 100),
        ([("2025", 1200), ("2025Q1", 600)], 200),
        ([("2025", 1200), ("2025Q1", 600), ("2025-03", 250)], 250),
        ([("2025q1", 100)], 33),
        ([("2025-04", 250), ("2025Q2", 600), ("2024", 1)], None),
        ([("2025-13", 250), ("March", 600)], None),
    ],
)
def test_the_shortest_period_counts(periods: list[tuple[str, int]], target: int | None) -> None:
    assert month_target([Target(period, "", "", amount) for period, amount in periods], "2025-03") == target


def test_rows_that_break_a_target_down_are_not_added_to_it() -> None:
    by_manager = [Target("2025-03", "Li", "", 60), Target("2025-03", "Wu", "", 30)]
    by_contract = [Target("2025-03", "Li", "C1", 50), Target("2025-03", "Li", "C2", 5)]
    assert month_target([*by_contract, *by_manager, Target("2025-03", "", "", 100)], "2025-03") == 100
    assert month_target([*by_contract, *by_manager], "2025-03") == 90
    assert month_target(by_contract, "2025-03") == 55


def test_a_year_has_twelve_months_and_four_quarters() -> None:
    quarters = [month for number in "1234" for month in months_of(f"2025Q{number}")]
    assert tuple(quarters) == months_of(" 2025 ")
    assert (months_of("2025-12"), months_of("2025-1")) == (("2025-12",), ("2025-01",))
    assert months_of("2025-0") == months_of("2025-13") == ()


# --- alerts and currencies ----------------------------------------------------------------------------------


def test_open_items_are_counted_by_the_warning_that_they_bear() -> None:
    rows = [fixed(f"M{number}", "100", f"03-{number:02d}") for number in (16, 17, 24, 25, 30, 31)]
    # on the 31st they are 15, 14, 7, 6, 1 and 0 days overdue
    assert seen("03-31", rows).alerts == {"blue": 2, "orange": 2, "red": 1}
    assert seen("03-31", rows, settings={"alert_red_days": "14"}).alerts == {"blue": 2, "orange": 1, "red": 2}


def test_a_missing_exchange_rate_leaves_the_sums_unknown() -> None:
    dollars = [contract("C", "1000", currency="USD")]
    money = [receipt("R", "03-20", "100", m="M1")]
    found = seen("03-31", TWO, contracts=dollars, receipts=money)
    assert (found.collection_rate, found.dso, found.months[-1].received) == (None, None, None)
    rates = [{"date": day("02-01"), "currency": "USD", "rate": Decimal("7.0")}]
    known = seen("03-31", TWO, contracts=dollars, receipts=money, fx_rates=rates)
    assert (known.collection_rate, known.months[-1].received) == (Fraction(1, 10), Decimal("700.00"))
