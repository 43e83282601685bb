"""Migration, loss and flow rates and the allowance: published matrices, boundaries, and what always holds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.functions.call import FunctionError, call, call_json
from addin.rules.credit_loss import (
    MOST_BUCKETS,
    allowance,
    allowances,
    applied_rate,
    flow_rates,
    loss_rates,
    migration_rate,
)
from addin.rules.refused import Refused

SIX = [Fraction(each) for each in ("0.2", "0.4", "0.5", "0.6", "0.8", "1")]
SHARES = st.fractions(0, 1, max_denominator=10_000)
AMOUNTS = st.integers(0, 10**14)


def refused(function: object, *args: object) -> str:
    with pytest.raises(Refused) as caught:
        function(*args)  # type: ignore[operator]  # the rule under test
    return caught.value.argument


# --- migration ----------------------------------------------------------------------------------------------


def test_a_write_off_is_no_collection_as_the_auditors_association_of_beijing_warns() -> None:
    """Of 100 at the beginning 20 are written off and 50 still open: 70 moved on, not 50."""
    assert migration_rate(100_00, 50_00, 20_00) == Fraction(7, 10)
    assert migration_rate(100_00, 60_00) == Fraction(6, 10)


def test_all_of_a_band_may_move_on_but_not_a_cent_more() -> None:
    assert migration_rate(100_00, 100_00) == migration_rate(100_00, 80_00, 20_00) == 1
    assert refused(migration_rate, 100_00, 100_01) == "migrated"
    assert refused(migration_rate, 100_00, 80_00, 20_01) == "migrated"


def test_an_empty_band_has_no_migration_rate() -> None:
    assert migration_rate(1, 0) == 0
    assert refused(migration_rate, 0, 0) == "opening"


# --- loss rates ---------------------------------------------------------------------------------------------


def test_a_loss_rate_is_the_product_of_its_own_and_all_later_migration_rates() -> None:
    assert loss_rates(SIX) == [Fraction(each) for each in ("0.0192", "0.096", "0.24", "0.48", "0.8", "1")]


def test_a_matrix_has_at_most_ten_years_of_months() -> None:
    assert loss_rates([Fraction(1)] * MOST_BUCKETS) == [1] * MOST_BUCKETS
    assert refused(loss_rates, [Fraction(1)] * (MOST_BUCKETS + 1)) == "migration_rates"


@given(st.lists(SHARES, min_size=1, max_size=12))
def test_loss_rates_never_fall_with_age(rates: list[Fraction]) -> None:
    found = loss_rates(rates)
    assert found == sorted(found)
    assert found[0] == prod(rates)
    assert found[-1] == rates[-1]


# --- flow rates ---------------------------------------------------------------------------------------------


def test_a_published_flow_of_a_hundred_thousand() -> None:
    """50,000, 27,000, 15,000 and 6,000 come in, 2,000 never: of what reached each bucket 2, 4, 8.7, 25, 100 %."""
    found = flow_rates(100_000_00, [50_000_00, 27_000_00, 15_000_00, 6_000_00, 0])
    assert found == [Fraction(1, 50), Fraction(1, 25), Fraction(2, 23), Fraction(1, 4), 1]


def test_a_sale_collected_in_full_loses_nothing_in_any_bucket_that_it_reached() -> None:
    assert flow_rates(100, [60, 40]) == [0, 0]
    assert refused(flow_rates, 100, [100, 0]) == "collected"
    assert flow_rates(100, [99, 0]) == [Fraction(1, 100), 1]


def test_the_first_bucket_that_nothing_reached_is_named() -> None:
    with pytest.raises(Refused) as told:
        flow_rates(100, [60, 40, 0, 0])
    assert told.value.problem.en.endswith("before bucket 3")


def test_no_more_is_collected_than_was_sold() -> None:
    assert refused(flow_rates, 100, [60, 41]) == "collected"
    assert refused(flow_rates, 0, [0]) == "sale"


@given(st.lists(AMOUNTS, min_size=1, max_size=10), st.integers(1, 10**14))
def test_a_flow_rate_is_the_loss_whatever_bucket_it_is_reckoned_in(collected: list[int], lost: int) -> None:
    sale = sum(collected) + lost
    rates = flow_rates(sale, collected)
    reached = [sale - sum(collected[:bucket]) for bucket in range(len(collected))]
    assert [rate * amount for rate, amount in zip(rates, reached, strict=True)] == [lost] * len(collected)


# --- the allowance ------------------------------------------------------------------------------------------


def test_example_12_of_ifrs_9() -> None:
    """30 million in five ages at 0.3, 1.6, 3.6, 6.6 and 10.6 %: 580,000."""
    balances = [15_000_000_00, 7_500_000_00, 4_000_000_00, 2_500_000_00, 1_000_000_00]
    found = allowances(balances, [Decimal(each) for each in ("0.003", "0.016", "0.036", "0.066", "0.106")])
    assert found == [45_000_00, 120_000_00, 144_000_00, 165_000_00, 106_000_00]
    assert sum(found) == 580_000_00


def test_a_tenth_more_for_what_lies_ahead_stops_at_the_whole_balance() -> None:
    balances = [10_000_000_00, 2_000_000_00, 1_000_000_00, 500_000_00, 200_000_00, 100_000_00]
    rates = loss_rates(SIX)
    assert sum(allowances(balances, rates)) == 1_124_000_00
    ahead = allowances(balances, rates, Decimal("1.1"))
    assert ahead == [211_200_00, 211_200_00, 264_000_00, 264_000_00, 176_000_00, 100_000_00]
    assert sum(ahead) == 1_226_400_00


@pytest.mark.parametrize(
    ("rate", "forward", "applied"),
    [
        ("0.8", "1.25", "1"),
        ("0.8", "1.2", "0.96"),
        ("0.8", "1.26", "1"),
        ("1.5", "1", "1"),
        ("0.5", "0", "0"),
    ],
)
def test_an_applied_rate_is_at_most_the_whole(rate: str, forward: str, applied: str) -> None:
    assert applied_rate(Decimal(rate), Decimal(forward)) == Fraction(applied)


def test_half_a_cent_is_rounded_up_and_less_is_not() -> None:
    assert [allowance(each, Fraction(1, 10)) for each in (4, 5, 14, 15)] == [0, 1, 1, 2]


def test_every_balance_has_its_rate() -> None:
    assert refused(allowances, [1, 2], [Decimal(1)]) == "rates"


@given(st.lists(st.tuples(AMOUNTS, SHARES), min_size=1, max_size=12), st.fractions(0, 3, max_denominator=100))
def test_an_allowance_is_within_half_a_cent_and_never_above_its_balance(
    rows: list[tuple[int, Fraction]], forward: Fraction
) -> None:
    balances, rates = [row[0] for row in rows], [row[1] for row in rows]
    for balance, rate, found in zip(balances, rates, allowances(balances, rates, forward), strict=True):
        exact = balance * min(rate * forward, Fraction(1))
        assert 0 <= found <= balance
        assert abs(found - exact) <= Fraction(1, 2)


# --- as worksheet functions ---------------------------------------------------------------------------------


def test_the_functions_say_it_in_json() -> None:
    assert call_json("AR_MIGRATION", [100, 60]) == 0.6
    assert call_json("AR_LOSS_RATES", [[[0.5], [0.5], [1]]]) == [0.25, 0.5, 1]
    assert call_json("AR_ECL", [15000, "0.5%"]) == ["75.00"]
    assert call("AR_FLOW_RATES", ["9999999999999.99", [0]]) == [1]


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("AR_MIGRATION", [0, 0], "opening"),
        ("AR_MIGRATION", [-100, 50], "opening"),
        ("AR_MIGRATION", [100, -1], "migrated"),
        ("AR_MIGRATION", [100, 50, -20], "written_off"),
        ("AR_MIGRATION", [100, 50.001], "migrated"),
        ("AR_MIGRATION", [100], "migrated"),
        ("AR_LOSS_RATES", [[]], "migration_rates"),
        ("AR_LOSS_RATES", [[0.5, 1.01]], "migration_rates"),
        ("AR_LOSS_RATES", [[0.5, -0.1]], "migration_rates"),
        ("AR_LOSS_RATES", [[0.5, ""]], "migration_rates"),
        ("AR_FLOW_RATES", [100, []], "collected"),
        ("AR_FLOW_RATES", [100, [50, -1]], "collected"),
        ("AR_FLOW_RATES", [0, [0]], "sale"),
        ("AR_ECL", [[], []], "balances"),
        ("AR_ECL", [[100], [0.1, 0.2]], "rates"),
        ("AR_ECL", [[-100], [0.1]], "balances"),
        ("AR_ECL", [[100], [-0.1]], "rates"),
        ("AR_ECL", [[100], [0.1], -1], "forward"),
        ("AR_ECL", [[100], [0.1], "much"], "forward"),
    ],
)
def test_a_wrong_argument_is_named(name: str, args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as caught:
        call(name, args)
    assert caught.value.argument == argument
    assert argument in caught.value.problem.zh
    assert argument in caught.value.problem.en
