"""Altman's Z: how near a firm is to failing, from its balance sheet.

Sources: E. Altman, 1968 (`public`, the market value of equity; the coefficient of sales is 0.999) and 1983, Z′
(`private`, the book value of equity). Z″ for firms that do not manufacture has other weights and cuts and is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from addin.model.text import Text
from addin.rules.refused import Refused

Model: TypeAlias = Literal["private", "public"]
Zone: TypeAlias = Literal["safe", "grey", "distress"]
Number: TypeAlias = int | Decimal | Fraction


@dataclass(frozen=True)
class _Weights:
    """Thousandths for the five ratios, and the cuts: safe above, distress below, grey with both ends included."""

    working_capital: int
    retained_earnings: int
    ebit: int
    equity: int
    sales: int
    safe: Fraction
    distress: Fraction


_MODELS: Final[dict[Model, _Weights]] = {
    "private": _Weights(717, 847, 3107, 420, 998, Fraction("2.9"), Fraction("1.23")),
    "public": _Weights(1200, 1400, 3300, 600, 999, Fraction("2.99"), Fraction("1.81")),
}


def altman(
    total_assets: Number,
    working_capital: Number,
    retained_earnings: Number,
    ebit: Number,
    equity: Number,
    liabilities: Number,
    sales: Number,
    model: Model = "private",
) -> tuple[Fraction, Zone]:
    """(score, zone), exact; all amounts in one unit of money.

    `Refused` unless ``total_assets`` and ``liabilities`` are above 0 and ``sales`` is not below; the others may be
    negative, as they are where a firm is in distress.

    >>> found, zone = altman(100, 20, 30, 10, 60, 40, 150)
    >>> float(found), zone
    (2.8352, 'grey')
    """
    _demand("total_assets", total_assets > 0, _POSITIVE)
    _demand("liabilities", liabilities > 0, _POSITIVE)
    _demand("sales", sales >= 0, Text("应不小于 0", "expected 0 or more"))
    by = _MODELS[model]
    of_assets = (
        by.working_capital * Fraction(working_capital)
        + by.retained_earnings * Fraction(retained_earnings)
        + by.ebit * Fraction(ebit)
        + by.sales * Fraction(sales)
    )
    of_liabilities = by.equity * Fraction(equity)
    found = (of_assets / Fraction(total_assets) + of_liabilities / Fraction(liabilities)) / 1000
    return found, _zone(found, by)


_POSITIVE: Final = Text("应大于 0，要用它作除数", "expected more than 0: it is divided by")


def _demand(argument: str, holds: bool, expected: Text) -> None:
    if not holds:
        raise Refused(argument, expected)


def _zone(found: Fraction, by: _Weights) -> Zone:
    if found > by.safe:
        return "safe"
    return "distress" if found < by.distress else "grey"
