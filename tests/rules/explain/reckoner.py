"""Reckons an explanation again from its steps alone, by arithmetic of its own: Fraction, date and sorting."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from addin.rules.explain.arithmetic import Money
from addin.rules.explain.steps import Explanation


def reckoned(explanation: Explanation) -> list[Any]:
    """The value of every step; a term that refers to a step takes what was reckoned for that step."""
    values: list[Any] = []
    for step in explanation.steps:
        taken = [term.value if term.step is None else values[term.step] for term in step.terms]
        values.append(HOW[step.operation](taken))
    return values


def rounded(value: Fraction) -> int:
    """Half away from zero."""
    size = abs(value)
    return (-1 if value < 0 else 1) * int(size + Fraction(1, 2))


def money(like: Money, minor: int) -> Money:
    return Money(minor, like.digits)


def clamped(year: int, month: int, day: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def least(taken: Sequence[Money]) -> Money:
    return sorted(taken, key=lambda each: each.minor)[0]


def by_remainders(taken: Sequence[Any]) -> Money:
    amount, place, *weights = taken
    whole = sum(each.minor for each in weights)
    exact = [Fraction(amount.minor * each.minor, whole) for each in weights]
    parts = [int(part) for part in exact]
    for _ in range(amount.minor - sum(parts)):
        behind = [part - taken for part, taken in zip(exact, parts, strict=True)]
        parts[behind.index(max(behind))] += 1
    return money(amount, parts[place - 1])


def converted(taken: Sequence[Any]) -> Money:
    amount, rate, digits = taken
    return Money(rounded(Fraction(amount.minor, 10**amount.digits) * Fraction(rate) * 10**digits), digits)


def ratio(taken: Sequence[Any]) -> Decimal | None:
    part, whole = taken
    if whole is None or whole.minor == 0:
        return None
    return Decimal(rounded(Fraction(part.minor * 10000, whole.minor))).scaleb(-4)


def pay_day(taken: Sequence[Any]) -> date:
    day, *month_days = taken
    coming = (clamped(day.year, day.month + ahead, k) for ahead in (0, 1) for k in month_days)
    return min(each for each in coming if each >= day)


def bucket(taken: Sequence[int]) -> str:
    days, *edges = taken
    if days <= 0:
        return "current"
    for low, high in zip((0, *edges), edges, strict=False):
        if days <= high:
            return f"{low + 1}-{high}"
    return f"{edges[-1]}+"


def status(taken: Sequence[Any]) -> str:
    left, trigger, days = taken
    if left is not None and left.minor == 0:
        return "settled"
    return "pending" if trigger is None else "overdue" if days > 0 else "not_due"


def pairs(taken: Sequence[Any]) -> list[date]:
    return [due for due, held in zip(taken[::2], taken[1::2], strict=True) if held.minor]


def money_days(taken: Sequence[Any]) -> Money:
    """Day by day: every day from the first to the one before the last bears what stands beside its stretch."""
    total = 0
    for place in range(0, len(taken) - 1, 2):
        for _ in range(taken[place].toordinal(), taken[place + 2].toordinal()):
            total += taken[place + 1].minor
    return money(taken[1], total)


def basis(taken: Sequence[Any]) -> str:
    rate, our_size, buyer, estimate = taken
    protected = buyer in ("public_body", "large_enterprise") and our_size != "large"
    names = [(rate is not None, "contract"), (protected, "statute"), (estimate is not None, "estimate")]
    return next((name for holds, name in names if holds), "none")


# --- credit ------------------------------------------------------------------------------------------------

ANCHORS = {-30: 100, -20: 90, 0: 80, 15: 70, 22: 60, 30: 50, 60: 40, 90: 30, 120: 20, 180: 1}
LADDER = ["C", "B", "BB", "BBB", "A", "AA", "AAA"]
PER_CENT = {"AAA": 150, "AA": 100, "A": 80, "BBB": 70, "BB": 65, "B": 60, "C": 0}


def payment_score(days: int) -> Fraction:
    """On the straight line between the anchors on either side."""
    days = sorted((-30, days, 180))[1]
    low, high = (max(at for at in ANCHORS if at <= days), min(at for at in ANCHORS if at >= days))
    return Fraction(ANCHORS[low]) + Fraction((ANCHORS[high] - ANCHORS[low]) * (days - low), high - low or 1)


def late(taken: Sequence[Any]) -> list[tuple[int, int]]:
    return [
        (taken[place].toordinal() - taken[place + 1].toordinal(), taken[place + 2].minor)
        for place in range(0, len(taken), 3)
    ]


def paydex(taken: Sequence[Any]) -> Decimal | None:
    whole = sum(amount for _, amount in late(taken))
    total = sum((amount * payment_score(days) for days, amount in late(taken)), Fraction(0))
    return Decimal(-(-total // whole)) if whole else None


def mean_delay(taken: Sequence[Any]) -> int | None:
    whole = sum(amount for _, amount in late(taken))
    return rounded(Fraction(sum(days * amount for days, amount in late(taken)), whole)) if whole else None


def exact_score(taken: Sequence[Any]) -> Fraction:
    weights = [Fraction(weight) for weight in taken[1::2]]
    return sum((Fraction(part) * w for part, w in zip(taken[::2], weights, strict=True)), Fraction(0)) / sum(
        weights
    )


def earned(taken: Sequence[Any]) -> str:
    score = exact_score(taken[:-6])
    return LADDER[sum(score > cut for cut in taken[-6:])]


def capped(taken: Sequence[Any]) -> str:
    grade, index, days, broken, in_court = taken
    best = "A" if index is None else "BB" if index < 50 else "AAA"
    if days > 120 or broken > 1 or in_court:
        best = "C"
    return min(grade, best, key=LADDER.index)


def moved(taken: Sequence[Any]) -> str:
    target, last, last_on, as_of = taken
    step = LADDER.index(target) - LADDER.index(last)
    if step <= 0:
        return target
    later = (as_of.year * 4 + (as_of.month - 1) // 3) > (last_on.year * 4 + (last_on.month - 1) // 3)
    return LADDER[LADDER.index(last) + 1] if later else last


def most_money(taken: Sequence[Any]) -> str:
    names = taken[::2]
    sums = [
        sum(each.minor for name, each in zip(names, taken[1::2], strict=True) if name == one) for one in names
    ]
    return names[sums.index(max(sums))]


HOW: dict[str, Callable[[Sequence[Any]], Any]] = {
    "same": lambda taken: taken[0],
    "none": lambda taken: None,
    "sum": lambda taken: money(taken[0], sum(each.minor for each in taken)),
    "minus": lambda taken: money(taken[0], 2 * taken[0].minor - sum(each.minor for each in taken)),
    "share": lambda taken: money(taken[0], rounded(taken[0].minor * Fraction(taken[1]))),
    "least": least,
    "not_below_zero": lambda taken: taken[0] if taken[0].minor > 0 else money(taken[0], 0),
    "take_back": lambda taken: money(taken[0], -sorted(abs(each.minor) for each in taken)[0]),
    "by_weight": lambda taken: money(
        taken[0], rounded(Fraction(taken[0].minor * taken[1].minor, taken[2].minor)) if taken[2].minor else 0
    ),
    "largest_remainder": by_remainders,
    "convert": converted,
    "ratio": ratio,
    "plus_days": lambda taken: taken[0] + timedelta(days=taken[1]),
    "plus_months": lambda taken: clamped(taken[0].year, taken[0].month + taken[1], taken[0].day),
    "month_end": lambda taken: clamped(taken[0].year, taken[0].month, 31),
    "next_month": lambda taken: clamped(taken[0].year, taken[0].month + 1, taken[1]),
    "pay_day": pay_day,
    "latest": lambda taken: sorted(taken)[-1],
    "highest": lambda taken: sorted(taken)[-1],
    "next_level": lambda taken: taken[0],
    "earliest": lambda taken: sorted(taken)[0],
    "reached": lambda taken: taken[0] if taken[0] and taken[0] <= taken[1] else None,
    "days_after": lambda taken: taken[0].toordinal() - taken[1].toordinal(),
    "first_open": lambda taken: sorted(pairs(taken))[0],
    "last_used": lambda taken: sorted(pairs(taken) or taken[:1])[-1],
    "bucket": bucket,
    "status": status,
    "money_days": money_days,
    "basis": basis,
    "paydex": paydex,
    "mean_delay": mean_delay,
    "longest": lambda taken: max(
        [0, *(day.toordinal() - due.toordinal() for day, due in zip(taken[::2], taken[1::2], strict=True))]
    ),
    "count": len,
    "score": lambda taken: Decimal(rounded(exact_score(taken) * 100)).scaleb(-2),
    "earned": earned,
    "capped": capped,
    "moved": moved,
    "most_money": most_money,
    "limit": lambda taken: money(
        taken[0], rounded(taken[0].minor * Fraction(taken[1]) * Fraction(PER_CENT[taken[2]], 100))
    ),
    "looked_up": lambda taken: taken[taken.index(taken[0], 1) + 1],
}
