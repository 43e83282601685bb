"""Credit limits by grade: the published factors, and better grades never get less."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.credit_limit import credit_limit
from addin.rules.grades import GRADES, Grade
from addin.rules.refused import Refused


@pytest.mark.parametrize(
    ("grade", "lowest", "highest"),
    # 500,000 a month for two months: 150–300 %, 100, 80, then 70 and 65 of our own, 60 and nothing
    [
        ("AAA", 1_500_000, 3_000_000),
        ("AA", 1_000_000, 1_000_000),
        ("A", 800_000, 800_000),
        ("BBB", 700_000, 700_000),
        ("BB", 650_000, 650_000),
        ("B", 600_000, 600_000),
        ("C", 0, 0),
    ],
)
def test_factors(grade: Grade, lowest: int, highest: int) -> None:
    assert credit_limit(500_000_00, 2, grade) == (lowest * 100, highest * 100)


def test_rounded_half_up_to_the_cent() -> None:
    assert credit_limit(1, 1, "BB") == (1, 1)  # 0.65
    assert credit_limit(1, Decimal("0.5"), "AA") == (1, 1)  # half a cent
    assert credit_limit(1, Fraction(49, 100), "AA") == (0, 0)
    assert credit_limit(100, Fraction(1, 3), "AAA") == (50, 100)


def test_months_below_nought_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        credit_limit(100, -1, "A")
    assert refused.value.argument == "months"


@given(st.integers(0, 10**15), st.decimals(0, 60, places=2))
def test_a_better_grade_never_has_less(sales: int, months: Decimal) -> None:
    limits = [credit_limit(sales, months, grade) for grade in GRADES]
    assert all(lowest <= highest for lowest, highest in limits)
    assert all(better[0] >= worse[1] for better, worse in pairwise(limits))
