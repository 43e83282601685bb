"""Which open amounts a payment is for: the set that adds up to it, if there is only one.

All sets are looked at, by meeting in the middle: the sums of either half are put in order, and each sum of the one half
is looked up among those of the other. So "the only one" is proved, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from addin.model.text import Text
from addin.rules.refused import Refused

MOST_ITEMS: Final = 40
_LARGEST_SUM: Final = 2**62

Match: TypeAlias = list[int] | Literal["none", "ambiguous"]
Sums: TypeAlias = npt.NDArray[Any]
"""Sums of minor units by the number of the set, whose bits name its items; Python ints where 64 bits are too few."""


def match(receipt: int, opens: Sequence[int], tolerance: int = 0) -> Match:
    """The places (from 0) of the only set of ``opens`` that adds up to ``receipt``, all in minor units ≥ 0.

    A set that adds up exactly beats those within the tolerance (included). "ambiguous": several sets do, equal
    amounts in different places being different sets; "none": no set does. What is not open is in no set, and no item
    at all is no set. `Refused` for more than 40 open items.

    >>> match(11000, [12000, 8000, 5000, 3000]), match(11000, [6000, 5000, 4000, 7000]), match(7, [3])
    ([1, 3], 'ambiguous', 'none')
    """
    if (count := sum(map(bool, opens))) > MOST_ITEMS:
        raise Refused(
            "open",
            Text(
                f"最多 {MOST_ITEMS} 项未收才能逐一验证，却有 {count} 项",
                f"expected at most {MOST_ITEMS} open items, which can be searched exactly, not {count}",
            ),
        )
    places = [place for place, amount in enumerate(opens) if 0 < amount <= receipt + tolerance]
    amounts = [opens[place] for place in places]
    total = sum(amounts)
    if not amounts or total < receipt - tolerance:
        return "none"
    halves = _Halves(amounts)
    found: Match = halves.sets_between(receipt, receipt) if receipt <= total else "none"
    if found == "none" and tolerance:
        found = halves.sets_between(max(receipt - tolerance, 0), min(receipt + tolerance, total))
    return found if isinstance(found, str) else [places[number] for number in found]


class _Halves:
    """The sums of all sets of the first and of the second half of some amounts."""

    def __init__(self, amounts: Sequence[int]) -> None:
        self._middle = len(amounts) // 2
        exact = sum(amounts) < _LARGEST_SUM
        first, second = (_sums(half, exact) for half in (amounts[: self._middle], amounts[self._middle :]))
        self._first_sets = np.argsort(first, kind="stable")
        self._first = first[self._first_sets]
        self._second_sets = np.argsort(second, kind="stable")
        self._second = second[self._second_sets]

    def sets_between(self, low: int, high: int) -> Match:
        """The only set, not empty, whose sum is from ``low`` to ``high``, both included."""
        from_ = np.searchsorted(self._second, low - self._first, side="left")
        to = np.searchsorted(self._second, high - self._first, side="right")
        if low == 0:  # the empty set is in the first place of both halves
            from_[0] = 1
        counts = to - from_
        number = int(counts.sum())
        if number != 1:
            return "ambiguous" if number else "none"
        at = int(np.argmax(counts))
        return [
            *_items(int(self._first_sets[at]), 0),
            *_items(int(self._second_sets[from_[at]]), self._middle),
        ]


def _sums(amounts: Sequence[int], exact: bool) -> Sums:
    sums = np.zeros(1, dtype=np.int64 if exact else object)
    for amount in amounts:
        sums = np.concatenate((sums, sums + amount))
    return sums


def _items(number: int, first: int) -> list[int]:
    """The places that a set's number names."""
    return [first + place for place in range(number.bit_length()) if number >> place & 1]
