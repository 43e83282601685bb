"""Fixed compensation for late payment between firms, on top of interest: once a debt, by its size.

Sources: `UK` Late Payment of Commercial Debts (Interest) Act 1998 s. 5A (pounds); `IE` European Communities (Late
Payment in Commercial Transactions) Regulations 2012 as the Irish enterprise department prints the bands (euro);
`EU` Directive 2011/7/EU art. 6(1), the minimum of 40 euro. Amounts are minor units of that currency.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Regime: TypeAlias = Literal["UK", "IE", "EU"]

_SMALL: Final = 1_000_00
_LARGE: Final = 10_000_00


def late_fee(debt: int, regime: Regime) -> int:
    """The compensation for one late debt; nothing is owed on a debt of nought.

    UK: 40 below 1,000, 70 from 1,000, 100 from 10,000. IE: 40 up to and including 1,000, 70 up to and including
    10,000, then 100. EU: 40.

    >>> [late_fee(debt, "UK") for debt in (999_99, 1_000_00, 10_000_00)]
    [4000, 7000, 10000]
    >>> [late_fee(debt, "IE") for debt in (1_000_00, 1_000_01, 10_000_00, 10_000_01)]
    [4000, 7000, 7000, 10000]
    """
    if debt <= 0:
        return 0
    if regime == "EU":
        return 40_00
    above = debt if regime == "UK" else debt - 1
    return 40_00 if above < _SMALL else 70_00 if above < _LARGE else 100_00
