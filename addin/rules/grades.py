"""Credit grades: cuts, the score behind them, what caps a grade, how it moves, and the terms that go with it.

Cuts after a published Chinese scale (above 90 AAA, above 80 AA … a lower bound belongs to the grade below). Weights,
caps and terms are ours, a firm sets its own (RULES 15, Grade). Numbers are exact: int, Decimal or Fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from addin.model.text import Text
from addin.rules.refused import Refused

Grade: TypeAlias = Literal["AAA", "AA", "A", "BBB", "BB", "B", "C"]
Number: TypeAlias = int | Decimal | Fraction

GRADES: Final[tuple[Grade, ...]] = ("AAA", "AA", "A", "BBB", "BB", "B", "C")
"""From the best to the worst."""

CUTS: Final = (90, 80, 70, 60, 50, 40)


def grade(score: Number, cuts: Sequence[Number] = CUTS) -> Grade:
    """The grade of a score: the first whose cut it exceeds; on the cut itself it is the grade below.

    `Refused` unless there are six cuts, each below the one before.

    >>> grade(Decimal("90.5")), grade(90), grade(40), grade(41)
    ('AAA', 'AA', 'C', 'B')
    """
    if len(cuts) != len(CUTS) or any(low >= high for high, low in pairwise(cuts)):
        raise Refused(
            "cuts",
            Text("应为六个从大到小的分界", "expected six cuts, each below the one before"),
        )
    return GRADES[next((place for place, cut in enumerate(cuts) if score > cut), len(cuts))]


def mean_of_known(parts: Sequence[Number | None], weights: Sequence[Number]) -> Fraction | None:
    """Σ weight × part ÷ Σ weight over the parts that are known; None where none with a weight is.

    >>> mean_of_known([80, None, 50, None], [45, 20, 15, 20])
    Fraction(145, 2)
    """
    known = [
        (part, weight) for part, weight in zip(parts, weights, strict=True) if part is not None and weight
    ]
    if not known:
        return None
    total = sum((Fraction(part) * Fraction(weight) for part, weight in known), Fraction(0))
    return total / sum((Fraction(weight) for _, weight in known), Fraction(0))


@dataclass(frozen=True, slots=True)
class Conduct:
    """What caps a customer's grade, as at a day."""

    paydex: int | None
    """None: no payment history."""
    days_overdue: int = 0
    """Of the open item that is late the longest."""
    broken_promises: int = 0
    """Within the last 90 days."""
    legal: bool = False


def capped(earned: Grade, conduct: Conduct) -> Grade:
    """The grade that the score earned, or the cap where that is lower.

    No payment history: A at best. PAYDEX below 50: BB. More than 120 days overdue, two broken promises within 90
    days, or a legal case: C.

    >>> capped("AAA", Conduct(None)), capped("AA", Conduct(49)), capped("AA", Conduct(50, days_overdue=121))
    ('A', 'BB', 'C')
    """
    return max(earned, _cap(conduct), key=GRADES.index)


def _cap(conduct: Conduct) -> Grade:
    if conduct.legal or conduct.days_overdue > 120 or conduct.broken_promises >= 2:
        return "C"
    if conduct.paydex is None:
        return "A"
    return "BB" if conduct.paydex < 50 else "AAA"


def moved(earned: Grade, last: Grade, last_on: date, as_of: date) -> Grade:
    """The grade on ``as_of``, coming from the last one on record (given on ``last_on``).

    Down at once; up by one notch, and only in a later quarter of the calendar than the last move's.

    >>> moved("AAA", "BBB", date(2026, 3, 31), date(2026, 4, 1))
    'A'
    >>> moved("AAA", "BBB", date(2026, 1, 1), date(2026, 3, 31)), moved("C", "AA", date(2026, 1, 1), date(2026, 1, 2))
    ('BBB', 'C')
    """
    if GRADES.index(earned) >= GRADES.index(last):
        return earned
    return GRADES[GRADES.index(last) - 1] if _quarter(as_of) > _quarter(last_on) else last


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


TERMS: Final[dict[Grade, Text]] = {
    "AAA": Text("20/50/30，净60天", "20/50/30 net 60"),
    "AA": Text("30/40/30，净45天", "30/40/30 net 45"),
    "A": Text("30/40/30，净30天", "30/40/30 net 30"),
    "BBB": Text("30/50/20，净30天", "30/50/20 net 30"),
    "BB": Text("40/40/20，净15天", "40/40/20 net 15"),
    "B": Text("50/50，发货前付清", "50/50 before delivery"),
    "C": Text("全额预付", "100 in advance"),
}
"""Suggested terms: advance / delivery / acceptance in per cent of the contract, and days to pay."""


def terms_by_grade(setting: str) -> dict[Grade, Text]:
    """The terms of a setting such as ``AAA 20/50/30 net 60; AA …``; a grade that it leaves out has ours.

    ValueError for a word that is no grade. A firm's own wording stands in both languages.

    >>> found = terms_by_grade("AAA 10/90 net 60; C 100 in advance")
    >>> found["AAA"].zh, found["C"].zh
    ('10/90 net 60', '全额预付')
    """
    found = dict(TERMS)
    for entry in filter(None, map(str.strip, setting.replace("；", ";").split(";"))):
        name, _, terms = entry.partition(" ")
        if name not in GRADES:
            raise ValueError(entry)
        terms = terms.strip()
        found[name] = TERMS[name] if terms == TERMS[name].en else Text(terms, terms)
    return found


def days_by_grade(setting: str) -> dict[Grade, int]:
    """The days of a setting such as ``BB 21; C 7``, whole and at least 1; ValueError for anything else.

    >>> days_by_grade("BB 21; C 7")
    {'BB': 21, 'C': 7}
    """
    found: dict[Grade, int] = {}
    for entry in filter(None, map(str.strip, setting.replace("；", ";").split(";"))):
        name, _, days = entry.partition(" ")
        if name not in GRADES or not 1 <= int(days) <= 366:
            raise ValueError(entry)
        found[name] = int(days)
    return found
