"""The ladder that late money climbs: a tier counts from the day after its days."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.functions.call import FunctionError, call, call_json
from addin.rules.incentives import DEFAULT_LADDER, Tier, bonus_cut, checked_ladder
from addin.rules.refused import Refused

HUNDRED_THOUSAND = 100_000_00


@pytest.mark.parametrize(
    ("days", "cut"),
    [
        (-5, 0),
        (0, 0),
        (1, 0),
        (30, 0),
        (31, 20_000_00),
        (60, 20_000_00),
        (61, 40_000_00),
        (90, 40_000_00),
        (91, 50_000_00),
        (120, 50_000_00),
        (121, 80_000_00),
        (180, 80_000_00),
        (181, HUNDRED_THOUSAND),
        (9999, HUNDRED_THOUSAND),
    ],
)
def test_the_published_ladder_on_both_sides_of_each_tier(days: int, cut: int) -> None:
    assert bonus_cut(HUNDRED_THOUSAND, Decimal(days)) == cut
    assert call("AR_BONUS_CUT", [100000, days]) == cut


def test_a_ladder_of_ones_own() -> None:
    ladder = [[10, 0.5], [20, 0.75]]
    assert [call_json("AR_BONUS_CUT", [200, days, ladder]) for days in (10, 11, 20, 21)] == [
        "0.00",
        "100.00",
        "100.00",
        "150.00",
    ]
    assert call_json("AR_BONUS_CUT", [200, 11, [10, "1/3"]]) == "66.67"  # one row as a flat pair


def test_half_a_cent_is_rounded_up() -> None:
    ladder = [Tier(0, Fraction(1, 2))]
    assert [bonus_cut(amount, Decimal(1), ladder) for amount in (1, 2, 3)] == [1, 1, 2]


def test_days_that_do_not_rise_are_no_ladder() -> None:
    same = [Tier(30, Fraction(1, 5)), Tier(30, Fraction(2, 5))]
    with pytest.raises(Refused) as caught:
        bonus_cut(100, Decimal(31), same)
    assert caught.value.argument == "ladder"
    assert checked_ladder(DEFAULT_LADDER) == DEFAULT_LADDER


@given(st.integers(0, 10**15), st.integers(-10, 400), st.integers(0, 400))
def test_later_never_cuts_less_nor_more_than_there_is(amount: int, days: int, more: int) -> None:
    early, late = (bonus_cut(amount, Decimal(each)) for each in (days, days + more))
    assert 0 <= early <= late <= amount


@pytest.mark.parametrize(
    ("args", "argument"),
    [
        ([-1, 31], "amount"),
        ([100.001, 31], "amount"),
        ([100, "late"], "days_over"),
        ([100], "days_over"),
        ([100, 31, []], "ladder"),
        ([100, 31, 0.5], "ladder"),
        ([100, 31, [[30, 0.2, 0.4]]], "ladder"),
        ([100, 31, [[30, 1.2]]], "ladder"),
        ([100, 31, [[-30, 0.2]]], "ladder"),
        ([100, 31, [[30, 0.2], [10, 0.4]]], "ladder"),
        ([100, 31, [["days", "share"], [30, 0.2]]], "ladder"),
    ],
)
def test_a_wrong_argument_is_named(args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as caught:
        call("AR_BONUS_CUT", args)
    assert caught.value.argument == argument
