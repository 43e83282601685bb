"""What a customer may owe: average monthly sales × months of credit × a share by its grade.

Source: a published Chinese credit policy (授信额度 = 月均销售额 × 信用期 × 系数: AAA 150–300 %, AA 100 %, A 80 %,
B 60 %, C 0); BBB and BB, which it lacks, are ours.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from addin.model.money import half_up
from addin.model.text import Text
from addin.rules.grades import Grade
from addin.rules.refused import Refused

SHARES: Final[dict[Grade, tuple[int, int]]] = {
    "AAA": (150, 300),
    "AA": (100, 100),
    "A": (80, 80),
    "BBB": (70, 70),
    "BB": (65, 65),
    "B": (60, 60),
    "C": (0, 0),
}
"""Lowest and highest limit in per cent of sales × months."""


def credit_limit(avg_monthly_sales: int, months: Decimal | Fraction | int, grade: Grade) -> tuple[int, int]:
    """(lowest, highest) in minor units, rounded half-up. `Refused` for months below 0.

    >>> credit_limit(500_000_00, 2, "AAA"), credit_limit(500_000_00, 2, "A")
    ((150000000, 300000000), (80000000, 80000000))
    """
    if months < 0:
        raise Refused("months", Text("应不小于 0", "expected 0 or more"))
    base = avg_monthly_sales * Fraction(months)
    lowest, highest = (half_up(base * share / 100) for share in SHARES[grade])
    return lowest, highest
