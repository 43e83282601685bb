"""What late money takes off a collection bonus: a ladder of days and shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from addin.model.money import half_up
from addin.model.text import Text
from addin.rules.refused import Refused


class Tier(NamedTuple):
    """More than ``days`` over the date: ``share`` is taken off."""

    days: int
    share: Fraction


Ladder: TypeAlias = Sequence[Tier]

DEFAULT_LADDER: Final[Ladder] = tuple(
    Tier(days, Fraction(percent, 100))
    for days, percent in ((0, 0), (30, 20), (60, 40), (90, 50), (120, 80), (180, 100))
)
"""A published deduction ladder. It cuts a bonus; wages for work done are protected (工资支付暂行规定, art. 16)."""


def checked_ladder(ladder: Ladder) -> Ladder:
    """The ladder itself; `Refused` unless its days rise.

    >>> len(checked_ladder(DEFAULT_LADDER))
    6
    """
    if any(later.days <= tier.days for tier, later in pairwise(ladder)):
        raise Refused("ladder", Text("天数应逐行递增", "expected days that rise from row to row"))
    return ladder


def bonus_cut(amount: int, days_over: Decimal, ladder: Ladder = DEFAULT_LADDER) -> int:
    """What is taken off ``amount`` (minor units, half-up): the share of the last tier that is exceeded.

    A tier counts from the day after its days; below the first nothing is taken off.

    >>> [bonus_cut(100_000, Decimal(days)) for days in (30, 31, 60, 61, 181)]
    [0, 20000, 20000, 40000, 100000]
    """
    reached = [tier.share for tier in checked_ladder(ladder) if days_over > tier.days]
    return half_up(amount * reached[-1]) if reached else 0
