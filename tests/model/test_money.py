"""Money in minor units: half-up at the half, exact on the way in and out, shared out to the last cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.model.columns import Column, Kind
from addin.model.money import (
    by_largest_remainder,
    by_weight_last,
    digits_of,
    from_minor,
    grouped,
    half_up,
    is_code,
    plain,
    times,
    to_minor,
)
from addin.model.reading import LARGEST, read_column
from addin.model.text import Text

MONEY = Column("amount", Kind.MONEY, Text("金额", "Amount"), signed=True)
MINOR = st.integers(-(10**13), 10**13)
DIGITS = st.sampled_from([0, 2, 3, 4])


def read(cells, digits=2):
    values, problems = read_column(MONEY, cells, np.full(len(cells), digits))
    known = [None if missing else int(value) for value, missing in zip(values, values.isna(), strict=True)]
    return known, problems


@settings(deadline=None)
@given(st.lists(MINOR, min_size=1, max_size=50), DIGITS)
def test_the_fast_path_is_the_decimal_path(amounts, digits):
    """A cell's float is the one nearest to its decimal amount; every such amount is read back to the unit."""
    exact = [from_minor(minor, digits) for minor in amounts]
    values, problems = read([float(amount) for amount in exact], digits)
    assert (values, problems) == (amounts, [])
    assert values == [to_minor(amount, digits) for amount in exact]


@settings(deadline=None)
@given(st.floats(-9e10, 9e10), DIGITS)
def test_any_float_is_rounded_half_up_from_its_fifteen_digits(value, digits):
    values, problems = read([value], digits)
    fifteen = Decimal(f"{value:.15g}")
    step = Decimal(1).scaleb(-digits)
    assert values == [int(fifteen.quantize(step, ROUND_HALF_UP).scaleb(digits))]
    assert [problem.code for problem in problems] == (
        [] if fifteen == fifteen.quantize(step, ROUND_HALF_UP) else ["too_many_decimals"]
    )


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        (0.005, 1),
        (-0.005, -1),
        (0.0049999, 0),
        (1.005, 101),
        (2.675, 268),
        (0.1 + 0.2, 30),
        (-0.0, 0),
        (1e-300, 0),
    ],
)
def test_halves_go_away_from_nought(value, minor):
    assert read([value])[0] == [minor]


def test_the_largest_amount():
    most = LARGEST - 1
    assert read([float(from_minor(most))])[0] == [most]
    values, problems = read([float(from_minor(LARGEST))])
    assert values == [None]
    assert [(problem.code, problem.unknown) for problem in problems] == [("unreadable", True)]
    assert read([Decimal(LARGEST).scaleb(-2)])[0] == [None], "also where it is exact"


@settings(deadline=None)
@given(MINOR, DIGITS)
def test_out_and_in_again(minor, digits):
    assert to_minor(from_minor(minor, digits), digits) == minor
    assert Decimal(plain(minor, digits)) == from_minor(minor, digits)
    assert grouped(minor, digits).replace(",", "") == plain(minor, digits)
    assert len(plain(minor, digits).partition(".")[2]) == digits


@settings(deadline=None)
@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_half_up_is_the_nearest(numerator, denominator):
    value = Fraction(numerator, denominator)
    rounded = half_up(value)
    assert abs(rounded - value) <= Fraction(1, 2)
    if abs(rounded - value) == Fraction(1, 2):
        assert abs(rounded) > abs(value)


@settings(deadline=None)
@given(MINOR, st.decimals(0, 10, places=6))
def test_times_rounds_once(minor, rate):
    exact = Fraction(minor) * Fraction(rate)
    assert times(minor, rate) == half_up(exact)


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_shares_by_weight_make_up_the_whole(total, weights):
    parts = by_weight_last(total, weights)
    assert sum(parts) == total
    if sum(weights):
        for part, weight in zip(parts[:-1], weights, strict=False):
            assert abs(part - Fraction(total * weight, sum(weights))) <= Fraction(1, 2)


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8), st.data())
def test_largest_remainders_make_up_the_whole_and_exceed_no_weight(weights, data):
    total = data.draw(st.integers(0, sum(weights)))
    parts = by_largest_remainder(total, weights)
    assert sum(parts) == total
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
    assert all(abs(part - Fraction(total * weight, sum(weights))) < 1
               for part, weight in zip(parts, weights, strict=True))  # fmt: skip


def test_ties_go_to_the_first():
    assert by_largest_remainder(1, [1, 1, 1]) == [1, 0, 0]
    assert by_largest_remainder(2, [1, 1, 1]) == [1, 1, 0]


def test_currencies():
    assert [digits_of(code) for code in ("CNY", "USD", "JPY", "KWD", "CLF", "???")] == [2, 2, 0, 3, 4, 2]
    assert is_code("CNY")
    assert not any(map(is_code, ("cny", "RMB¥", "EURO", "", "C1Y", "???", "ＣＮＹ")))
