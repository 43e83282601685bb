"""How well money comes in: days of sales outstanding, collection effectiveness, punctuality.

Money is int minor units (of one tax basis throughout: gross with gross), results are exact fractions. A figure
whose divisor is nought does not exist: it is refused, naming the input.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from addin.model.text import Text
from addin.rules.refused import Refused, as_many

By: TypeAlias = Literal["amount", "count"]
_POSITIVE = Text("应大于 0", "expected more than 0")
_POSITIVE_SUM = Text("合计应大于 0", "expected a total of more than 0")


def dso(receivables: int, sales: Sequence[int], days: Decimal) -> Fraction:
    """Days of sales outstanding: receivables / sales × the days of the period; ``sales`` are summed.

    >>> dso(15_000, [10_000], Decimal(30))
    Fraction(45, 1)
    """
    _period(days)
    return Fraction(receivables, _divisor("sales", sum(sales), _POSITIVE_SUM)) * Fraction(days)


def best_possible_dso(current: int, sales: Sequence[int], days: Decimal) -> Fraction:
    """The DSO if nothing were overdue: ``current`` is the part of the receivables that is not.

    >>> best_possible_dso(4_000, [10_000], Decimal(30))
    Fraction(12, 1)
    """
    return dso(current, sales, days)


def average_days_delinquent(receivables: int, current: int, sales: Sequence[int], days: Decimal) -> Fraction:
    """DSO less best possible DSO: the days that overdue amounts add.

    >>> average_days_delinquent(15_000, 4_000, [10_000], Decimal(30))
    Fraction(33, 1)
    """
    _part("current", current, "receivables", receivables)
    return dso(receivables - current, sales, days)


def dso_countback(receivables: int, sales: Sequence[int], days: Sequence[Decimal]) -> Fraction | str:
    """Days counted back, the latest period first, until its sales have used up the receivables.

    The last period counts in part. ``">= n"``, n being the days counted so far, where the receivables outlast
    the history or come to a period without sales.

    >>> dso_countback(150, [100, 100], [Decimal(30), Decimal(31)])
    Fraction(91, 2)
    >>> dso_countback(250, [100, 100], [Decimal(30), Decimal(31)])
    '>= 61'
    """
    as_many("days", len(days), "sales", len(sales))
    for period in days:
        _period(period)
    left, counted = receivables, Fraction(0)
    for sold, length in zip(sales, days, strict=True):
        if left == 0 or sold <= 0:
            break
        counted += Fraction(min(left, sold), sold) * Fraction(length)
        left -= min(left, sold)
    return counted if left == 0 else f">= {_plain(counted)}"


def _plain(days: Fraction) -> str:
    """A sum of whole periods, as people write it."""
    return f"{Decimal(days.numerator) / Decimal(days.denominator):f}"


def collection_effectiveness(
    opening: int, sales: int, closing: int, closing_current: int, periods: int = 1
) -> Fraction:
    """CEI: of what could be collected in the period, the share that was.

    (opening + sales / periods − closing) / (opening + sales / periods − closing_current). ``periods`` 1 is the
    full-period form; more of them takes the average period's sales.

    >>> collection_effectiveness(100_000, 1_000_000, 120_000, 100_000)
    Fraction(49, 50)
    """
    _part("closing_current", closing_current, "closing", closing)
    if periods < 1:
        raise Refused("periods", Text("应为不小于 1 的整数", "expected a whole number of 1 or more"))
    there = opening + Fraction(sales, periods)
    if closing > there:
        raise Refused(
            "closing",
            Text("不应超过 opening + sales / periods", "expected at most opening + sales / periods"),
        )
    return (there - closing) / _divisor("closing_current", there - closing_current, _NOTHING_DUE)


_NOTHING_DUE = Text(
    "应小于 opening + sales / periods：否则没有可收之款",
    "expected less than opening + sales / periods: else nothing could be collected",
)


def weighted_days(amounts: Sequence[int], days: Sequence[Decimal | int]) -> Fraction:
    """The mean of ``days`` weighted by amount; early days are negative.

    >>> weighted_days([10, 100], [Decimal(5), Decimal(10)])
    Fraction(105, 11)
    """
    as_many("days", len(days), "amounts", len(amounts))
    whole = _divisor("amounts", sum(amounts), _POSITIVE_SUM)
    weighted = sum(
        amount * (day if isinstance(day, int) else Fraction(day))
        for amount, day in zip(amounts, days, strict=True)
    )
    return Fraction(weighted) / whole


class Turnover(NamedTuple):
    """How often receivables turn over in a year, and the days that one turn takes."""

    turns: Fraction
    days: Fraction


def turnover(sales: int, average_receivables: int, year_days: Decimal = Decimal(360)) -> Turnover:
    """应收账款周转率 and 周转天数: sales / average receivables, notes included; a year of 360 days by custom.

    >>> turnover(3750, 1000).days
    Fraction(96, 1)
    """
    if year_days <= 0:
        raise Refused("year_days", _POSITIVE)
    turns = Fraction(sales, _divisor("average_receivables", average_receivables))
    return Turnover(turns, Fraction(year_days) / _divisor("sales", turns))


def collection_rate(due: int, overdue_opening: int, received: int) -> Fraction:
    """回款率: received / (what fell due in the period + what was overdue when it began).

    Advances on what is not due yet are not in ``received``.

    >>> collection_rate(800_000, 200_000, 700_000)
    Fraction(7, 10)
    """
    return Fraction(received, _divisor("due", due + overdue_opening, _NONE_DUE))


_NONE_DUE = Text("与 overdue_opening 合计应大于 0", "expected more than 0 together with overdue_opening")


def on_time(amounts: Sequence[int], days_late: Sequence[Decimal], by: By = "amount") -> Fraction:
    """The share that was settled with no day late (0 is on time, below 0 is early).

    >>> on_time([100, 300, 600], [Decimal(0), Decimal(5), Decimal(-2)])
    Fraction(7, 10)
    """
    as_many("days_late", len(days_late), "amounts", len(amounts))
    punctual = [late <= 0 for late in days_late]
    if by == "count":
        return Fraction(sum(punctual), len(punctual))
    kept = sum(amount for amount, good in zip(amounts, punctual, strict=True) if good)
    return Fraction(kept, _divisor("amounts", sum(amounts), _POSITIVE_SUM))


def promise_kept(promised: Sequence[int], paid: Sequence[int], by: By = "amount") -> Fraction:
    """The share of promises kept: by amount what was paid of them, by count those paid in full.

    Promises not yet due are left out by the caller. What is paid beyond a promise keeps no other one.

    >>> promise_kept([100, 50, 30], [100, 20, 0]), promise_kept([100, 50, 30], [100, 20, 0], "count")
    (Fraction(2, 3), Fraction(1, 3))
    """
    as_many("paid", len(paid), "promised", len(promised))
    pairs = list(zip(promised, paid, strict=True))
    if by == "count":
        return Fraction(sum(got >= word for word, got in pairs), len(pairs))
    return Fraction(sum(min(pair) for pair in pairs), _divisor("promised", sum(promised), _POSITIVE_SUM))


def _divisor(argument: str, value: int | Fraction, expected: Text = _POSITIVE) -> int | Fraction:
    """``value`` if something can be divided by it."""
    if value <= 0:
        raise Refused(argument, expected)
    return value


def _period(days: Decimal) -> None:
    if days <= 0:
        raise Refused("days", _POSITIVE)


def _part(argument: str, part: int, other: str, whole: int) -> None:
    if part > whole:
        raise Refused(argument, Text(f"不应超过 {other}", f"expected at most {other}"))
