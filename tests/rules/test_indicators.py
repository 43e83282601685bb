"""Indicators: published examples, both sides of each condition, and what always holds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.functions.call import FunctionError, call, call_json
from addin.rules.indicators import (
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    collection_rate,
    dso,
    dso_countback,
    on_time,
    promise_kept,
    turnover,
    weighted_days,
)

D30 = [Decimal(30)] * 3
AMOUNTS = st.integers(0, 10**14)
SALES = st.integers(1, 10**14)
DAYS = st.integers(1, 366).map(Decimal)


# --- days of sales ------------------------------------------------------------------------------------------


def test_a_published_month_of_45_days_of_which_12_are_unavoidable() -> None:
    assert dso(15_000_00, [10_000_00], Decimal(30)) == 45
    assert best_possible_dso(4_000_00, [10_000_00], Decimal(30)) == 12
    assert average_days_delinquent(15_000_00, 4_000_00, [10_000_00], Decimal(30)) == 33


@pytest.mark.parametrize(
    ("receivables", "sales", "days", "about"),
    [
        (10_869, [5_538, 4_566, 7_570], 90, "55.35"),  # an accounting system's manual: three months summed
        (150_000, [1_800_000], 365, "30.42"),
        (42_500, [395_000], 365, "39.27"),
    ],
)
def test_published_dso(receivables: int, sales: list[int], days: int, about: str) -> None:
    assert abs(dso(receivables, sales, Decimal(days)) - Fraction(about)) < Fraction(1, 100)


@given(AMOUNTS, AMOUNTS, st.lists(SALES, min_size=1, max_size=6), DAYS)
def test_delinquent_days_are_what_dso_is_above_the_best_possible(
    current: int, overdue: int, sales: list[int], days: Decimal
) -> None:
    receivables = current + overdue
    gap = dso(receivables, sales, days) - best_possible_dso(current, sales, days)
    assert average_days_delinquent(receivables, current, sales, days) == gap >= 0


# --- counting back ------------------------------------------------------------------------------------------


def test_a_published_countback_of_almost_74_days() -> None:
    """212,000 use up 100,000 and 80,000 in full and 32,000 of the 70,000 of the third month."""
    found = dso_countback(212_000, [100_000, 80_000, 70_000], D30)
    assert found == 60 + Fraction(32 * 30, 70)


@pytest.mark.parametrize(
    ("receivables", "sales", "found"),
    [
        (0, [100, 100, 100], 0),
        (0, [0, 100, 100], 0),
        (100, [100, 0, 100], 30),  # used up before the month without sales
        (101, [100, 0, 100], ">= 30"),
        (101, [100, -5, 100], ">= 30"),
        (1, [0, 100, 100], ">= 0"),
        (299, [100, 100, 100], Fraction(897, 10)),
        (300, [100, 100, 100], 90),
        (301, [100, 100, 100], ">= 90"),
    ],
)
def test_the_count_stops_where_money_or_history_ends(
    receivables: int, sales: list[int], found: Fraction | str
) -> None:
    assert dso_countback(receivables, sales, D30) == found


def test_days_that_are_no_whole_number_are_told_as_they_are() -> None:
    assert dso_countback(500, [100], [Decimal("30.5")]) == ">= 30.5"
    assert dso_countback(500, [100], [Decimal(100)]) == ">= 100"


@given(AMOUNTS, st.lists(st.tuples(SALES, DAYS), min_size=1, max_size=8))
def test_counting_back_uses_up_the_receivables_exactly(
    receivables: int, periods: list[tuple[int, Decimal]]
) -> None:
    sales, days = [each[0] for each in periods], [each[1] for each in periods]
    found = dso_countback(receivables, sales, days)
    if receivables > sum(sales):
        assert found == f">= {sum(days)}"
        return
    assert isinstance(found, Fraction)
    used, left = Fraction(0), found
    for sold, length in periods:
        part = min(left, Fraction(length))
        used += sold * part / Fraction(length)
        left -= part
    assert used == receivables


# --- effectiveness ------------------------------------------------------------------------------------------


def test_the_same_quarter_by_the_average_month_and_in_full() -> None:
    """One set of figures, two published forms: 55.9 % with a third of the sales, 79.6 % with all of them."""
    assert collection_effectiveness(6_200, 10_890, 6_340, 3_590, 3) == Fraction(3_490, 6_240)
    assert collection_effectiveness(6_200, 10_890, 6_340, 3_590) == Fraction(10_750, 13_500)


def test_published_effectiveness_of_98_percent() -> None:
    assert collection_effectiveness(100_000, 1_000_000, 120_000, 100_000) == Fraction(98, 100)


def test_all_collected_but_what_is_not_due_is_the_whole() -> None:
    assert collection_effectiveness(100, 50, 30, 30) == 1
    assert collection_effectiveness(100, 50, 150, 30) == 0


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.integers(1, 12))
def test_effectiveness_is_a_share(opening: int, overdue: int, current: int, periods: int) -> None:
    sales = periods * (overdue + current + 1)
    assert 0 <= collection_effectiveness(opening, sales, overdue + current, current, periods) <= 1


def test_seven_tenths_of_what_was_due_came_in() -> None:
    assert collection_rate(800_000, 200_000, 700_000) == Fraction(7, 10)
    assert collection_rate(0, 200_000, 0) == 0


def test_a_published_turnover_in_a_year_of_360_days() -> None:
    assert turnover(3_750, 1_000) == (Fraction(15, 4), 96)
    assert turnover(3_750, 1_000, Decimal(365)).days == Fraction(365 * 4, 15)


# --- punctuality --------------------------------------------------------------------------------------------


def test_a_large_late_payment_weighs_more_than_a_small_early_one() -> None:
    assert weighted_days([10, 100], [Decimal(5), Decimal(10)]) == Fraction(105, 11)
    assert weighted_days([30, 10], [Decimal(-10), Decimal(30)]) == 0


@given(st.lists(st.tuples(SALES, st.integers(-400, 4000)), min_size=1, max_size=10))
def test_a_weighted_mean_lies_between_the_extremes(rows: list[tuple[int, int]]) -> None:
    days = [Decimal(row[1]) for row in rows]
    assert min(days) <= weighted_days([row[0] for row in rows], days) <= max(days)


def test_the_due_day_is_on_time_and_the_next_is_not() -> None:
    late = [Decimal(each) for each in (0, 5, -2)]
    assert on_time([100, 300, 600], late) == Fraction(7, 10)
    assert on_time([100, 300, 600], late, "count") == Fraction(2, 3)
    assert on_time([100], [Decimal(1)]) == 0


def test_a_promise_kept_in_part_counts_in_part_by_amount_and_not_by_count() -> None:
    promised, paid = [100_000, 50_000, 30_000], [100_000, 20_000, 0]
    assert promise_kept(promised, paid) == Fraction(2, 3)
    assert promise_kept(promised, paid, "count") == Fraction(1, 3)


def test_what_is_paid_beyond_a_promise_keeps_no_other_one() -> None:
    assert promise_kept([100, 100], [200, 0]) == Fraction(1, 2)


@given(st.lists(st.tuples(SALES, AMOUNTS), min_size=1, max_size=10))
def test_promises_kept_are_a_share_and_whole_only_if_each_is(rows: list[tuple[int, int]]) -> None:
    promised, paid = [row[0] for row in rows], [row[1] for row in rows]
    by_amount, by_count = promise_kept(promised, paid), promise_kept(promised, paid, "count")
    assert 0 <= by_amount <= 1
    assert (by_amount == 1) == (by_count == 1) == all(got >= word for word, got in rows)


# --- as worksheet functions ---------------------------------------------------------------------------------


def test_the_functions_say_it_in_json() -> None:
    assert call_json("AR_DSO", [10869, [5538, 4566, 7570], 90]) == pytest.approx(55.35, abs=0.005)
    assert call_json("AR_DSO_COUNTBACK", [301, [100, 100, 100], [30, 30, 30]]) == ">= 90"
    assert call_json("AR_DSO_COUNTBACK", [101, [100, -5], [30, 31]]) == ">= 30"
    assert call_json("AR_TURNOVER", [3750, 1000]) == [3.75, 96]
    assert call_json("AR_ON_TIME", [100, 0, "COUNT"]) == 1


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("AR_DSO", [100, 0, 30], "sales"),
        ("AR_DSO", [100, [], 30], "sales"),
        ("AR_DSO", [100, [50, -1], 30], "sales"),
        ("AR_DSO", [-100, 50, 30], "receivables"),
        ("AR_DSO", [100, 50, 0], "days"),
        ("AR_DSO", [100, 50, -30], "days"),
        ("AR_BPDSO", [-1, 50, 30], "current"),
        ("AR_BPDSO", [1, 0, 30], "sales"),
        ("AR_ADD", [100, 101, 50, 30], "current"),
        ("AR_ADD", [100, 50, 0, 30], "sales"),
        ("AR_DSO_COUNTBACK", [100, [50, 50], [30]], "days"),
        ("AR_DSO_COUNTBACK", [100, [50, 50], [30, 0]], "days"),
        ("AR_DSO_COUNTBACK", [100, [], []], "sales"),
        ("AR_DSO_COUNTBACK", [-1, [50], [30]], "receivables"),
        ("AR_CEI", [0, 100, 100, 100], "closing_current"),
        ("AR_CEI", [100, 100, 50, 51], "closing_current"),
        ("AR_CEI", [100, 100, 201, 100], "closing"),
        ("AR_CEI", [100, 100, 50, 50, 0], "periods"),
        ("AR_CEI", [100, -100, 50, 50], "sales"),
        ("AR_COLLECTION_RATE", [0, 0, 0], "due"),
        ("AR_COLLECTION_RATE", [1, -1, 0], "overdue_opening"),
        ("AR_COLLECTION_RATE", [1, 1, -1], "received"),
        ("AR_TURNOVER", [100, 0], "average_receivables"),
        ("AR_TURNOVER", [0, 100], "sales"),
        ("AR_TURNOVER", [100, 100, 0], "year_days"),
        ("AR_WEIGHTED_DAYS", [[0, 0], [1, 2]], "amounts"),
        ("AR_WEIGHTED_DAYS", [[1, 2], [1]], "days"),
        ("AR_WEIGHTED_DAYS", [[1, -2], [1, 1]], "amounts"),
        ("AR_ON_TIME", [[0], [0]], "amounts"),
        ("AR_ON_TIME", [[1], [0, 1]], "days_late"),
        ("AR_ON_TIME", [[1], [0], "weight"], "by"),
        ("AR_PROMISE_KEPT", [[0], [0]], "promised"),
        ("AR_PROMISE_KEPT", [[1, 2], [1]], "paid"),
        ("AR_PROMISE_KEPT", [[1], [-1]], "paid"),
    ],
)
def test_a_wrong_argument_is_named(name: str, args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as caught:
        call(name, args)
    assert caught.value.argument == argument
