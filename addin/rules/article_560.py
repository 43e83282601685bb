"""Which claim a payment meets where the payer did not say: the order of 民法典560(2).

Due before not due, then least secured, heaviest burden, earliest due, then pro rata. Money is minor units, days are
civil ordinals. The ledger's pools (`addin.rules.pools`) keep claims in this order from day to day; here it is applied
to one payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeAlias

from addin.model.money import by_largest_remainder
from addin.rules.refused import as_many

Burden: TypeAlias = int | Decimal
Key: TypeAlias = tuple[int, Burden, int]
"""Security, burden (negative: the heaviest first), due day: what 560 compares among due or undue claims."""
Place: TypeAlias = tuple[bool, int, Burden, int]
"""Whether it is not due yet, then its key."""


def key_of(security: int, burden: Burden, due: int) -> Key:
    """Least security, heaviest burden, earliest due."""
    return security, -burden, due


def place_of(key: Key, day: int) -> Place:
    """The place of a claim among others as at ``day``: what is due on that day is due."""
    return key[2] > day, *key


def allocate(
    receipt: int,
    opens: Sequence[int],
    dues: Sequence[int],
    day: int,
    securities: Sequence[int] | None = None,
    burdens: Sequence[Burden] | None = None,
    designated: Sequence[bool] | None = None,
) -> list[int]:
    """What ``receipt`` pays of each claim as at ``day``: the designated ones first, then the others.

    ``opens`` is what is open of each claim, ``dues`` when it falls due, ``securities`` what secures it, ``burdens``
    its late rate; what is not given is nought or not designated. Claims of one rank share pro rata by largest
    remainder, ties to the first. What is left over pays nothing. `Refused` unless all are equally long.

    >>> allocate(300, [500, 500], [20, 10], day=15), allocate(5, [9, 9], [1, 1], day=15)
    ([0, 300], [3, 2])
    """
    nothing = [0] * len(opens)
    securities, burdens, named = securities or nothing, burdens or nothing, designated or [False] * len(opens)
    vectors = {"due": dues, "security": securities, "burden": burdens, "designated": named}
    for name, vector in vectors.items():
        as_many(name, len(vector), "open", len(opens))
    ranks = [
        (not is_named, *place_of(key, day))
        for is_named, key in zip(named, map(key_of, securities, burdens, dues), strict=True)
    ]
    paid = nothing.copy()
    for _, tied in groupby(_in_order(ranks), key=ranks.__getitem__):
        first, *others = tied
        if others:
            receipt -= _share(receipt, [first, *others], opens, paid)
        else:
            paid[first] = part = min(receipt, opens[first])
            receipt -= part
        if not receipt:
            break
    return paid


def _in_order(ranks: Sequence[tuple[Any, ...]]) -> list[int]:
    """The places of the ranks, the lowest first, equals as they stand.

    Sorted by one column after the other from the last: ten thousand whole tuples would take much longer to compare.
    """
    places = list(range(len(ranks)))
    for column in reversed(list(zip(*ranks, strict=True))):
        places.sort(key=column.__getitem__)
    return places


def _share(receipt: int, places: Sequence[int], opens: Sequence[int], paid: list[int]) -> int:
    """Writes down what each of some tied claims gets of ``receipt``; what they get together."""
    tied = [opens[place] for place in places]
    part = min(receipt, sum(tied))
    shares = by_largest_remainder(part, tied)
    for place, share in zip(places, shares, strict=True):
        paid[place] = share
    return part


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
