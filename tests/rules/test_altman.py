"""Altman's Z: a published example, the cuts of both models, and units that do not matter."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.altman import altman
from addin.rules.refused import Refused


def test_a_published_example_of_the_public_model() -> None:
    # formiax.com prints 11.0976: 1.2 × 1.2 + 1.4 × 0.2286 + 3.3 × 1.8571 + 0.6 × 1.4 + 0.999 × 2.3714
    found, zone = altman(3500000, 4200000, 800000, 6500000, 7000000, 5000000, 8300000, "public")
    assert abs(found - Fraction("11.0976")) < Fraction(1, 20000)
    assert zone == "safe"


def test_each_ratio_has_its_weight() -> None:
    def private(**of: int) -> Fraction:
        amounts = dict.fromkeys(("working_capital", "retained_earnings", "ebit", "equity", "sales"), 0)
        return altman(total_assets=1, liabilities=1, **{**amounts, **of})[0]

    assert private(working_capital=1) == Fraction("0.717")
    assert private(retained_earnings=1) == Fraction("0.847")
    assert private(ebit=1) == Fraction("3.107")
    assert private(equity=1) == Fraction("0.42")
    assert private(sales=1) == Fraction("0.998")


@pytest.mark.parametrize(
    ("sales", "zone"),
    [("2900.01", "safe"), ("2900", "grey"), ("1230", "grey"), ("1229.99", "distress")],
)
def test_cuts_of_the_private_model(sales: str, zone: str) -> None:
    assert (
        altman(998, 0, 0, 0, 0, 1, Decimal(sales))[1] == zone
    )  # sales ÷ 998 × 0.998 is exactly 2.9 and 1.23


@pytest.mark.parametrize(
    ("sales", "zone"),
    [("2990.01", "safe"), ("2990", "grey"), ("1810", "grey"), ("1809.99", "distress")],
)
def test_cuts_of_the_public_model(sales: str, zone: str) -> None:
    assert altman(999, 0, 0, 0, 0, 1, Decimal(sales), "public")[1] == zone


def test_losses_lower_the_score() -> None:
    assert altman(100, -20, -50, -30, -10, 110, 80)[1] == "distress"


@pytest.mark.parametrize(
    ("argument", "amount"),
    [("total_assets", 0), ("total_assets", -1), ("liabilities", 0), ("liabilities", -1), ("sales", -1)],
)
def test_what_cannot_be_divided_by_is_refused(argument: str, amount: int) -> None:
    names = "total_assets working_capital retained_earnings ebit equity liabilities sales"
    sound: dict[str, Any] = dict.fromkeys(names.split(), 1)
    with pytest.raises(Refused) as refused:
        altman(**{**sound, argument: amount})
    assert refused.value.argument == argument


@given(
    st.tuples(
        st.integers(1, 10**9),
        *[st.integers(-(10**9), 10**9)] * 4,
        st.integers(1, 10**9),
        st.integers(0, 10**9),
    ),
    st.fractions(Fraction(1, 10**6), 10**6),
    st.sampled_from(["private", "public"]),
)
def test_the_unit_of_money_does_not_matter(amounts: Any, unit: Fraction, model: Any) -> None:
    assert altman(*amounts, model) == altman(*(amount * unit for amount in amounts), model)
