"""Simple interest: published figures, hand-made boundaries, and what holds for every balance."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.model.money import half_up, plain, to_minor
from addin.rules.interest import (
    Basis,
    balance_days,
    charge,
    counted_days,
    daily_rate,
    segments,
    simple_interest,
)

Case = dict[str, Any]


def cases(function: str) -> list[Any]:
    """The cases of a worksheet function."""
    lines = (Path(__file__).parents[1] / "cases" / "interest.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line, parse_float=Decimal) for line in lines]
    return [pytest.param(case, id=case["id"]) for case in found if case["fn"] == function]


def minor(amount: Any) -> int:
    return to_minor(Decimal(amount))


@pytest.mark.parametrize("case", cases("AR_INTEREST"))
def test_interest(case: Case) -> None:
    principal, due, paid, rate, *rest = case["args"]
    basis = str(rest[0]) if rest else "365"
    found = simple_interest(
        minor(principal),
        date.fromisoformat(due),
        date.fromisoformat(paid),
        Fraction(rate),
        basis,  # type: ignore[arg-type]  # one of the words
        Fraction(rest[1]) if len(rest) > 1 else None,
    )
    assert plain(found) == case["expect"]


@pytest.mark.parametrize("case", cases("AR_INTEREST_PAID"))
def test_interest_with_payments(case: Case) -> None:
    principal, due, as_of, rate, basis, days, amounts, *order = case["args"]
    found = segments(
        minor(principal),
        date.fromisoformat(due),
        date.fromisoformat(as_of),
        Fraction(rate),
        basis,
        zip(map(date.fromisoformat, days), map(minor, amounts), strict=True),
        *order,
    )
    row, column = case["at"]
    each = found[row - 1]
    money = map(plain, (each.principal, each.interest, each.paid_interest, each.paid_principal))
    assert [each.first, each.last, each.days, *money][column] == case["expect"]


def test_segments_meet_end_to_end() -> None:
    days = [date(2025, 4, 10), date(2025, 4, 20), date(2025, 4, 10), date(2025, 5, 1)]
    found = segments(
        100000, date(2025, 3, 31), date(2025, 4, 30), Fraction(1, 1000), "daily", [(d, 100) for d in days]
    )
    assert [(each.first.day, each.last.day) for each in found] == [(1, 10), (11, 20), (21, 30)]
    assert [each.paid_interest + each.paid_principal for each in found] == [200, 100, 0]


@pytest.mark.parametrize("basis", ["365", "360", "30/360", "daily"])
@given(
    st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 5000)), max_size=4),
    st.dates(date(2024, 2, 1), date(2025, 3, 31)),
)
def test_a_segment_shows_the_days_that_its_interest_is_for(
    basis: Basis, payments: list[tuple[date, int]], as_of: date
) -> None:
    due, rate = date(2024, 1, 31), Fraction(1, 8)
    found = segments(10000, due, as_of, rate, basis, payments)
    exact = [each.principal * daily_rate(rate, basis) * each.days for each in found]
    assert sum(each.days for each in found) == counted_days(due, as_of, basis)
    assert sum(each.interest for each in found) == half_up(sum(exact, Fraction(0)))
    assert all(abs(each.interest - own) <= 1 for each, own in zip(found, exact, strict=True))


def test_nothing_late_has_no_segments() -> None:
    assert segments(100, date(2025, 3, 31), date(2025, 3, 31), Fraction(1), "daily") == []


changes = st.lists(st.tuples(st.integers(1, 40), st.integers(-50, 50)), max_size=6)


@given(st.integers(0, 300), changes, st.integers(1, 40), st.integers(1, 40))
def test_balance_days_are_the_sum_of_the_evenings(
    now: int, rises: list[tuple[int, int]], start: int, end: int
) -> None:
    evenings = [now - sum(rise for day, rise in rises if day > evening) for evening in range(start, end)]
    assert balance_days(now, rises, start, end) == sum(evenings)


rates = st.fractions(min_value=0, max_value=1, max_denominator=10_000)


@given(st.integers(0, 10**12), rates, st.integers(0, 10**12), st.none() | rates)
def test_a_charge_is_the_exact_product_or_the_cap_rounded_once(
    base: int, rate: Fraction, amount: int, cap: Fraction | None
) -> None:
    exact = base * rate if cap is None else min(base * rate, cap * amount)
    assert charge(base, rate, amount, cap) == half_up(exact)
