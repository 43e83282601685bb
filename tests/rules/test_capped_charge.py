"""A cap is a fraction of an amount: of nought it leaves nothing."""

from __future__ import annotations

from fractions import Fraction

from addin.rules.interest import charge


def test_a_cap_without_an_amount_leaves_nothing() -> None:
    rate = Fraction(5, 10_000)
    assert charge(3100, rate) == 2  # 1.55
    assert charge(3100, rate, cap=Fraction(1)) == 0
    assert charge(3100, rate, 1, Fraction(1)) == 1
