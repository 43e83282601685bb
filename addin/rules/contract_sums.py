"""Sums that a contract's total implies: net and tax, where recovery of an advance starts, the most to retain.

Money is minor units ≥ 0, rates and shares are exact fractions.
"""

from __future__ import annotations

from fractions import Fraction

from addin.model.money import from_minor, half_up
from addin.model.text import Text
from addin.rules.refused import Refused


def net_and_tax(gross: int, rate: Fraction) -> tuple[int, int]:
    """Net = gross / (1 + rate), rounded half-up; tax is the rest, so that both make up the gross amount.

    >>> net_and_tax(4, Fraction(13, 100))
    (4, 0)
    """
    net = half_up(gross / (1 + rate))
    return net, gross - net


def recoup_start(contract: int, advance: int, material_share: Fraction) -> int:
    """Cumulative work value from which an advance is recovered, T = P - M/N, rounded half-up (construction practice).

    `Refused` where the share of materials is nought, or the advance more than the materials.

    >>> recoup_start(300, 45, Fraction(6, 10))
    225
    """
    if not material_share:
        raise Refused("material_share", Text("应大于 0", "expected more than 0"))
    start = contract - advance / material_share
    if start < 0:
        most = from_minor(int(contract * material_share))
        raise Refused(
            "advance",
            Text(f"不得超过材料总额 {most}", f"expected at most the worth of the materials, {most}"),
        )
    return half_up(start)


def retention_cap(settlement_total: int, rate: Fraction) -> int:
    """The most that may be retained, rounded down (建质〔2017〕138号, article 7: 3 % of the settlement total).

    >>> retention_cap(100_33, Fraction(3, 100))
    300
    """
    return settlement_total * rate.numerator // rate.denominator
