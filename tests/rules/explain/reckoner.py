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
    "reached": lambda taken: taken[0] if taken[0] and taken[0] <= taken[1] else None,
    "days_after": lambda taken: taken[0].toordinal() - taken[1].toordinal(),
    "first_open": lambda taken: sorted(pairs(taken))[0],
    "last_used": lambda taken: sorted(pairs(taken) or taken[:1])[-1],
    "bucket": bucket,
    "status": status,
    "money_days": money_days,
    "basis": basis,
}
