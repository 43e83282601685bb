"""PAYDEX: how promptly somebody pays, from 1 to 100, weighted by money.

Source: Dun & Bradstreet's published anchors (docs.dnb.com, PAYDEX; with 15 and 22 days for 70 and 60, where older
tables print 14 and 21). Linear between the anchors and rounded up, which gives every day that D&B's glossary prints;
that, and the way from 120 days to 180, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Final

ANCHORS: Final = (
    (-30, 100),
    (-20, 90),
    (0, 80),
    (15, 70),
    (22, 60),
    (30, 50),
    (60, 40),
    (90, 30),
    (120, 20),
    (180, 1),
)
"""(days beyond terms, score): 30 days early and more is 100, 180 days late and more is 1."""


def score(days: int | Fraction) -> Fraction:
    """The unrounded score of one payment, ``days`` beyond terms (negative: early).

    >>> score(0), score(23), score(-31), score(181)
    (Fraction(80, 1), Fraction(235, 4), Fraction(100, 1), Fraction(1, 1))
    """
    if days <= ANCHORS[0][0]:
        return Fraction(ANCHORS[0][1])
    for (start, high), (end, low) in pairwise(ANCHORS):
        if days <= end:
            return high + Fraction(low - high, end - start) * (days - start)
    return Fraction(ANCHORS[-1][1])


_UNIT: Final = 840
"""Scores of whole days are whole multiples of 1/840: the least common multiple of the spans between anchors."""


@lru_cache(maxsize=4096)
def _units(days: int | Fraction) -> int | Fraction:
    """The score in units: a refresh asks this of every item there ever was, and the same few days come again."""
    units = score(days) * _UNIT
    return units.numerator if units.denominator == 1 else units


def paydex(days: Iterable[int | Fraction], amounts: Sequence[int]) -> int | None:
    """The mean of the unrounded scores by amount (≥ 0), rounded up once: 1 to 100; None without any money.

    >>> paydex([0, 60], [900_000, 100_000]), paydex([23], [1])
    (76, 59)
    """
    whole = sum(amounts)
    total = sum(amount * units for amount, units in zip(amounts, map(_units, days), strict=True))
    return ceil(Fraction(total) / (whole * _UNIT)) if whole else None
