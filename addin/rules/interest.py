"""Simple interest on late money: exact until it is rounded once, half-up.

The day after the due date is day 1 (民法典201), the day of payment still counts. Rates and caps are exact
fractions, money minor units. Nothing here knows a ledger: that is `addin.rules.late_interest`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from addin.model.money import half_up

Basis: TypeAlias = Literal["365", "360", "30/360", "daily"]
"""What a rate is for: a year of 365 or 360 days, of twelve months of 30 days (30E/360), or one day."""

Order: TypeAlias = Literal["561", "principal"]
"""What a payment meets first: interest (民法典561), or the principal where that was agreed."""


def balance_days(open_now: int, changes: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Σ of what was open at the end of each day from ``start`` (included) to ``end`` (excluded), civil ordinals.

    ``open_now`` is open after all ``changes``, which are (day, rise) in any order; a change counts from the end
    of its own day on. So the interest of the days after ``start`` up to and including ``end`` is this sum × a
    daily rate: the day of a payment still bears interest on all that was open the evening before.

    >>> balance_days(60, [(12, -40)], 10, 15)  # 100 at the ends of days 10 and 11, 60 at those of 12, 13, 14
    380
    """
    if end <= start:
        return 0
    total = open_now * (end - start)
    for day, rise in changes:
        if day > start:
            total -= rise * (min(day, end) - start)
    return total


def charge(base: int, rate: Fraction, amount: int = 0, cap: Fraction | None = None) -> int:
    """``base`` × ``rate`` in minor units, at most ``cap`` × ``amount``, never negative, rounded once half-up.

    Whole numbers throughout: a refresh asks this of every late item.

    >>> charge(3100, Fraction(1, 2000)), charge(3100, Fraction(1, 2000), 100, Fraction(1, 100))
    (2, 1)
    """
    top, bottom = base * rate.numerator, rate.denominator
    if cap is not None and top * cap.denominator > amount * cap.numerator * bottom:
        top, bottom = amount * cap.numerator, cap.denominator
    return max((2 * top + bottom) // (2 * bottom), 0)


def counted_days(start: date, end: date, basis: Basis) -> int:
    """The days from one date to another as the basis counts them; below 0 where ``end`` is earlier.

    Days of the calendar, but 30E/360 gives every month 30: the 31st counts as the 30th.

    >>> counted_days(date(2025, 1, 31), date(2025, 3, 31), "30/360")
    60
    """
    if basis == "30/360":
        months = 12 * (end.year - start.year) + end.month - start.month
        return 30 * months + min(end.day, 30) - min(start.day, 30)
    return (end - start).days


_RATE_DAYS: Final[dict[Basis, int]] = {"365": 365, "360": 360, "30/360": 360, "daily": 1}
"""The days that a rate is for."""


def daily_rate(rate: Fraction, basis: Basis) -> Fraction:
    """The rate of each counted day."""
    return rate / _RATE_DAYS[basis]


def simple_interest(
    principal: int, due: date, paid: date, rate: Fraction, basis: Basis = "365", cap: Fraction | None = None
) -> int:
    """Interest for the days after ``due`` up to and including ``paid``; ``cap`` is a fraction of the principal.

    >>> simple_interest(30_000_000, date(2025, 3, 31), date(2025, 5, 31), Fraction(5, 10_000), "daily")
    915000
    """
    return charge(principal, daily_rate(rate, basis) * counted_days(due, paid, basis), principal, cap)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of one principal, both ends included, and what the payment on the last of them paid.

    ``days`` are as the basis counts them, so that principal × daily rate × days can be checked on the row.
    """

    first: date
    last: date
    days: int
    principal: int
    interest: int
    paid_interest: int
    paid_principal: int


def segments(
    principal: int,
    due: date,
    as_of: date,
    rate: Fraction,
    basis: Basis = "365",
    payments: Iterable[tuple[date, int]] = (),
    order: Order = "561",
) -> list[Segment]:
    """The days after ``due`` up to and including ``as_of``, parted by the payments.

    What is paid on or before ``due`` lowers the principal, payments after ``as_of`` are not seen, and those of one
    day are one. The interest of the segments adds up to the exact interest rounded once; what a payment leaves
    over is not shown. Interest bears none.
    """
    by_day: dict[date, int] = defaultdict(int)
    for day, amount in payments:
        if day <= as_of:
            by_day[max(day, due)] += amount
    principal -= min(principal, by_day.pop(due, 0))
    found: list[Segment] = []
    exact, owed, start, a_day = Fraction(0), 0, due, daily_rate(rate, basis)
    for end in sorted({*by_day, as_of} if as_of > due else ()):
        before = half_up(exact)
        days = counted_days(start, end, basis)
        exact += principal * a_day * days
        interest = half_up(exact) - before
        owed += interest
        to_interest, to_principal = _meet(by_day.get(end, 0), owed, principal, order)
        first = date.fromordinal(start.toordinal() + 1)
        found.append(Segment(first, end, days, principal, interest, to_interest, to_principal))
        owed, principal, start = owed - to_interest, principal - to_principal, end
    return found


def _meet(payment: int, interest: int, principal: int, order: Order) -> tuple[int, int]:
    """How much of a payment goes to interest and how much to the principal."""
    if order == "561":
        to_interest = min(payment, interest)
        return to_interest, min(payment - to_interest, principal)
    to_principal = min(payment, principal)
    return min(payment - to_principal, interest), to_principal
