"""Limitation (诉讼时效) and the clocks beside it: when a claim can no longer be enforced.

Three years from the last due date (民法典188, 189), again from each interruption before they are over (195). A period
of months or years ends on the corresponding day, else on the month's last (202); one that ends on a day off ends on
the next working day (203), which is left aside where that year's calendar is not published: the earlier day is the
safe one. Nothing here knows a ledger: that is `addin.rules.limitation_columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from addin.model.days import NO_DAY, Days, add_months
from addin.model.text import Text
from addin.rules.workdays import Calendar

LIMITATION_MONTHS = 36
_SHORTEST = 3 * 365
"""Days: no three years have fewer."""


@dataclass(frozen=True)
class Limitation:
    """Limitation periods by one calendar; days are civil ordinals, `NO_DAY` where there is none.

    >>> rule = Limitation(Calendar())
    >>> date.fromordinal(rule.ends(date(2023, 6, 30).toordinal())).isoformat()
    '2026-06-30'
    """

    calendar: Calendar
    _ends: dict[int, int] = field(default_factory=dict)

    def ends(self, start: int, interruptions: Iterable[int] = ()) -> int:
        """The last day of the period that starts anew with each interruption up to its last day, that day included.

        The start day is not counted. An interruption on or before ``start`` changes nothing, one after the period
        is over revives nothing. `NO_DAY` where there is no start, or where the period leaves the calendar.
        """
        if start == NO_DAY:
            return NO_DAY
        for day in sorted([day for day in interruptions if day > start]):
            if NO_DAY < self._three_years(start) < day:
                break
            start = day
        return self._three_years(start)

    def all_ends(self, starts: Days) -> Days:
        """The last day of each period that nothing interrupts."""
        days, places = np.unique(starts, return_inverse=True)
        ends: Days = np.array([self.ends(day) for day in days.tolist()], dtype=np.int64)[places]
        return ends

    def interrupted_ends(self, starts: Days, latest: Days, days: Callable[[int], Iterable[int]]) -> Days:
        """The last day of each period; ``days`` tells by position all that interrupts it, ``latest`` the last of it.

        Where that one lies within the period's own three years, so do all before it: the period runs from it.
        """
        ends = self.all_ends(np.where(starts == NO_DAY, NO_DAY, np.maximum(starts, latest)))
        for position in np.flatnonzero((starts != NO_DAY) & (latest - starts > _SHORTEST)).tolist():
            ends[position] = self.ends(int(starts[position]), days(position))
        return ends

    def _three_years(self, start: int) -> int:
        found = self._ends.get(start)
        if found is None:
            found = self._ends[start] = self._rolled(months_after(start, LIMITATION_MONTHS))
        return found

    def _rolled(self, day: int) -> int:
        if day == NO_DAY:
            return NO_DAY
        return self.calendar.roll_if_known(date.fromordinal(day)).toordinal()


def months_after(day: int, months: int) -> int:
    """The ordinal so many months on (民法典202); `NO_DAY` beyond the last day that there is.

    >>> date.fromordinal(months_after(date(2024, 2, 29).toordinal(), 36)).isoformat()
    '2027-02-28'
    """
    try:
        return add_months(date.fromordinal(day), months).toordinal()
    except ValueError:
        return NO_DAY


@dataclass(frozen=True)
class Clock:
    """A period beside limitation that nothing interrupts. Not rolled: none of them may be missed by a day."""

    key: str
    months: int
    name: Text
    source: Text

    def ends(self, start: int) -> int:
        """The last day of the period; the start day is not counted."""
        return NO_DAY if start == NO_DAY else months_after(start, self.months)


GUARANTEE = Clock(
    "guarantee",
    6,
    Text("保证期间（自主债务到期日起）", "The guarantor's period, from the last due date"),
    Text("民法典第692条：没有约定的，六个月", "Civil Code 692: six months where nothing is agreed"),
)
PRIORITY = Clock(
    "priority",
    18,
    Text(
        "建设工程价款优先受偿权（自应付款日起）", "Priority of construction payments, from the last due date"
    ),
    Text("建工解释（一）第41条：最长十八个月", "Construction Interpretation (I) 41: eighteen months at most"),
)
ENFORCEMENT = Clock(
    "enforcement",
    24,
    Text(
        "申请强制执行（自裁判确定的履行期满日起）", "Enforcement, from the last day that the judgment gives"
    ),
    Text("民事诉讼法：二年", "Civil Procedure Law: two years"),
)
