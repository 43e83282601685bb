"""Which claim a payment meets where the payer did not say: the order of 民法典560(2).

Due before not due, then least secured, heaviest burden, earliest due, then pro rata. Money is minor units, days are
civil ordinals. The ledger's pools (`addin.rules.pools`) keep claims in this order from day to day; here it is applied
to one payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, TypeAlias

from addin.model.money import by_largest_remainder
from addin.rules.refused import as_many

Burden: TypeAlias = int | Decimal
Key: TypeAlias = tuple[int, Burden, int]
"""Security, burden (negative: the heaviest first), due day: what 560 compares among due or undue claims."""
Place: TypeAlias = tuple[bool, int, Burden, int]
"""Whether it is not due yet, then its key."""


class Claim(NamedTuple):
    """What is open, when it falls due, what secures it, and the late rate that burdens the debtor."""

    open: int
    due: int
    security: int = 0
    burden: Burden = 0
    designated: bool = False


def key_of(security: int, burden: Burden, due: int) -> Key:
    """Least security, heaviest burden, earliest due."""
    return security, -burden, due


def place_of(key: Key, day: int) -> Place:
    """The place of a claim among others as at ``day``: what is due on that day is due."""
    return key[2] > day, *key


def claims(
    opens: Sequence[int],
    dues: Sequence[int],
    securities: Sequence[int] | None = None,
    burdens: Sequence[Burden] | None = None,
    designated: Sequence[bool] | None = None,
) -> list[Claim]:
    """Claims from vectors that are equally long (`Refused` if not); what is not given is nought or not designated."""
    count = len(opens)
    for name, vector in (
        ("due", dues),
        ("security", securities),
        ("burden", burdens),
        ("designated", designated),
    ):
        if vector is not None:
            as_many(name, len(vector), "open", count)
    return [
        Claim(*parts)
        for parts in zip(
            opens,
            dues,
            securities or [0] * count,
            burdens or [0] * count,
            designated or [False] * count,
            strict=True,
        )
    ]


def allocate(receipt: int, claims: Sequence[Claim], day: int) -> list[int]:
    """What ``receipt`` pays of each claim, in the order of the claims: the designated ones first, then the others.

    Claims of one rank share pro rata by largest remainder, ties to the first. What is left over pays nothing.

    >>> allocate(300, [Claim(500, 20), Claim(500, 10)], day=15), allocate(5, [Claim(9, 1), Claim(9, 1)], day=15)
    ([0, 300], [3, 2])
    """
    paid = [0] * len(claims)
    ranks = [
        (not claim.designated, *place_of(key_of(claim.security, claim.burden, claim.due), day))
        for claim in claims
    ]
    in_order = sorted((place for place in range(len(claims)) if claims[place].open), key=ranks.__getitem__)
    for _, tied in groupby(in_order, key=ranks.__getitem__):
        places = list(tied)
        opens = [claims[place].open for place in places]
        part = min(receipt, sum(opens))
        if not part:
            break
        for place, amount in zip(places, by_largest_remainder(part, opens), strict=True):
            paid[place] = amount
        receipt -= part
    return paid


def fill(amount: int, opens: Iterable[int]) -> list[int]:
    """Fills one after the other; what is left over is in none of them.

    >>> fill(40, [30, 50, 20])
    [30, 10, 0]
    """
    parts = []
    for left in opens:
        part = min(amount, left)
        parts.append(part)
        amount -= part
    return parts
