"""Expected credit loss: migration and flow rates, loss rates of buckets, and the allowance that they give.

The provision matrix of IFRS 9 (B5.5.35) and CAS 22. Money is int minor units, rates are exact fractions
(0.3 is 30 %); nothing is rounded before the allowance is.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Final

from addin.model.money import half_up
from addin.model.text import Text
from addin.rules.refused import Refused, as_many

MOST_BUCKETS: Final = 120
"""Ten years of months; a product of more rates has more digits than anybody can use."""


def migration_rate(opening: int, migrated: int, written_off: int = 0) -> Fraction:
    """The share of a bucket's ``opening`` balance that moved on to the next bucket (账龄迁徙率).

    What was written off was not collected, so it moved on as well. `Refused` where nothing stood in the bucket
    or more than all of it moved on.

    >>> migration_rate(10000, 5000, 2000)
    Fraction(7, 10)
    """
    if opening == 0:
        raise Refused("opening", Text("应大于 0", "expected more than 0"))
    if migrated + written_off > opening:
        raise Refused(
            "migrated",
            Text(
                "与 written_off 合计不应超过 opening",
                "expected, together with written_off, at most opening",
            ),
        )
    return Fraction(migrated + written_off, opening)


def loss_rates(migration_rates: Sequence[Fraction | Decimal]) -> list[Fraction]:
    """The loss rate of each bucket: its own migration rate × those of all later ones.

    >>> [str(rate) for rate in loss_rates([Fraction(1, 5), Fraction(1, 2), Fraction(1)])]
    ['1/10', '1/2', '1']
    """
    if len(migration_rates) > MOST_BUCKETS:
        raise Refused(
            "migration_rates",
            Text(f"最多 {MOST_BUCKETS} 个账龄段", f"expected at most {MOST_BUCKETS} buckets"),
        )
    last_first = [Fraction(rate) for rate in reversed(migration_rates)]
    return list(accumulate(last_first, lambda later, own: later * own))[::-1]


def flow_rates(sale: int, collected: Sequence[int]) -> list[Fraction]:
    """The loss rate of each bucket: what was never collected of ``sale`` / what reached the bucket.

    ``collected`` has one amount a bucket, the last included. `Refused` where more than the sale was collected,
    or where nothing reached a bucket: there is no rate of nought.

    >>> [str(rate) for rate in flow_rates(100_000, [50_000, 30_000, 0])]
    ['1/5', '2/5', '1']
    """
    lost = sale - sum(collected)
    if lost < 0:
        raise Refused(
            "collected", Text("合计不应超过 sale", "expected amounts that add up to at most the sale")
        )
    if sale == 0:
        raise Refused("sale", Text("应大于 0", "expected more than 0"))
    reached = [sale, *(sale - before for before in accumulate(collected[:-1]))]
    if 0 in reached:
        bucket = reached.index(0) + 1
        raise Refused(
            "collected",
            Text(
                f"第 {bucket} 段之前已全部收回，该段没有损失率可言",
                f"expected something to reach every bucket: all was collected before bucket {bucket}",
            ),
        )
    return [Fraction(lost, amount) for amount in reached]


def applied_rate(rate: Fraction | Decimal, forward: Fraction | Decimal = Decimal(1)) -> Fraction:
    """A loss rate × the factor for what lies ahead, at most 100 %.

    >>> applied_rate(Decimal("0.48"), Decimal("1.1")), applied_rate(Decimal(1), Decimal("1.1"))
    (Fraction(66, 125), Fraction(1, 1))
    """
    return min(Fraction(rate) * Fraction(forward), Fraction(1))


def allowance(balance: int, rate: Fraction) -> int:
    """``balance`` × ``rate`` in minor units, half-up.

    >>> allowance(105, Fraction(1, 10))
    11
    """
    return half_up(balance * rate)


def allowances(
    balances: Sequence[int],
    rates: Sequence[Fraction | Decimal],
    forward: Fraction | Decimal = Decimal(1),
) -> list[int]:
    """The allowance of each bucket, to the minor unit; their sum is the pool's.

    >>> allowances([1_000_000, 10_000], [Decimal("0.0192"), Decimal(1)], Decimal("1.1"))
    [21120, 10000]
    """
    as_many("rates", len(rates), "balances", len(balances))
    return [
        allowance(balance, applied_rate(rate, forward)) for balance, rate in zip(balances, rates, strict=True)
    ]
