"""The Chinese working calendar: weekends, public holidays and make-up workdays.

Source: the yearly notices of the General Office of the State Council, as the `holidays` library has
them. A year without make-up workdays there has no notice yet: it is unpublished, and only what a
ledger's own calendar table names of it is known. Years before 2004 count as unpublished as well: from
2004 on the library was compared day by day with a second table and with the notices where the two
differ; for May 2003 it still has the plan that the notice of 21 April 2003 withdrew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from addin.model.days import NO_DAY, Days
from addin.model.text import Text

Roll: TypeAlias = Literal["none", "following", "preceding"]
Mask: TypeAlias = npt.NDArray[np.bool_]

_FIRST_YEAR: Final = 2004
_STEP: Final[dict[Roll, int]] = {"following": 1, "preceding": -1}


class UnpublishedYear(ValueError):
    """A working day was asked for in a year whose calendar is not known."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.problem = Text(
            f"{year} 年的节假日安排不在内置日历中，无法判断工作日；请在“节假日”表中逐日填写所需日期，"
            "或升级 holidays 库。",
            f"The working calendar of {year} is not published here, so a working day cannot be told; "
            "name the days you need in the calendar table, or upgrade the holidays library.",
        )
        super().__init__(self.problem.en)


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `overrides` (True: worked) stand above the built-in calendar.

    Keys are plain dates. Where a year is unpublished, the methods for one day raise `UnpublishedYear`;
    `roll_days`, for ledgers, counts weekends only and says so.

    >>> Calendar().roll(date(2026, 1, 3), "following")  # a Sunday, and a make-up workday
    datetime.date(2026, 1, 4)
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; `UnpublishedYear` where neither source knows it."""
        named = self.overrides.get(day)
        if named is not None:
            return named
        first, worked = _official()
        place = day.toordinal() - first
        if not 0 <= place < len(worked):
            raise UnpublishedYear(day.year)
        return bool(worked[place])

    def roll(self, day: date, roll: Roll) -> date:
        """The day itself if it is worked (or roll is `none`), else the nearest workday on that side.

        `UnpublishedYear` where a day on the way is unknown; `none` never raises.
        """
        if roll == "none":
            return day
        step = timedelta(days=_STEP[roll])
        while not self.is_workday(day):
            day += step
        return day

    def roll_if_known(self, day: date) -> date:
        """The day or the next workday; the day itself where a calendar on the way is not published.

        For periods of law that may be missed by no day: what is not rolled is the earlier, safe one (民法典203).
        """
        try:
            return self.roll(day, "following")
        except (UnpublishedYear, OverflowError):
            return day

    def workdays(self, start: date, end: date) -> int:
        """How many days are worked from start to end, both included, as Excel's NETWORKDAYS counts.

        Negative where end is before start. `UnpublishedYear` where a day between them is unknown.
        """
        if end < start:
            return -self.workdays(end, start)
        days = np.arange(start.toordinal(), end.toordinal() + 1, dtype=np.int64)
        worked, known = self._look_up(days)
        if not known.all():
            raise UnpublishedYear(date.fromordinal(int(days[~known][0])).year)
        return int(np.count_nonzero(worked))

    def roll_days(self, days: Days, roll: Roll) -> tuple[Days, Mask]:
        """`roll` for a vector, unknown days being told by the weekend alone.

        The mask is True where a day on the way was unknown: that result is provisional. `NO_DAY` stays.
        A result can leave the calendar's years only where overrides close its very last or first days.
        """
        rolled, provisional = days.copy(), np.zeros(len(days), dtype=np.bool_)
        moving = np.flatnonzero(days != NO_DAY) if roll != "none" else np.empty(0, dtype=np.intp)
        while moving.size:
            worked, known = self._look_up(rolled[moving])
            provisional[moving[~known]] = True
            moving = moving[~worked]
            rolled[moving] += _STEP[roll]
        return rolled, provisional

    def _look_up(self, days: Days) -> tuple[Mask, Mask]:
        """(worked, known) of each day; an unknown day is worked from Monday to Friday."""
        first, official = _official()
        place = days - first
        known = (place >= 0) & (place < len(official))
        worked = (days - 1) % 7 < 5
        worked[known] = official[place[known]]
        named_days, named_worked = self._named
        if named_days.size:
            at = np.searchsorted(named_days, days).clip(max=named_days.size - 1)
            named = named_days[at] == days
            worked[named] = named_worked[at[named]]
            known |= named
        return worked, known

    @cached_property
    def _named(self) -> tuple[Days, Mask]:
        rows = sorted((day.toordinal(), worked) for day, worked in self.overrides.items())
        return (
            np.array([day for day, _ in rows], dtype=np.int64),
            np.array([worked for _, worked in rows], dtype=np.bool_),
        )


def published_years() -> range:
    """The years whose notice the built-in calendar holds."""
    first, worked = _official()
    return range(date.fromordinal(first).year, date.fromordinal(first + len(worked)).year)


def published(year: int) -> bool:
    """Whether the built-in calendar holds that year's notice."""
    return year in published_years()


def is_public_holiday(day: date) -> bool:
    """Whether the day lies in a public holiday as the notices have it, its weekends included; False where there is
    no notice. A weekend of its own is none.

    >>> is_public_holiday(date(2026, 10, 4)), is_public_holiday(date(2026, 11, 1))
    (True, False)
    """
    first, worked = _official()
    place = day.toordinal() - first
    if not 0 <= place < len(worked) or worked[place]:
        return False
    start, end = place, place
    while start > 0 and not worked[start - 1]:
        start -= 1
    while end + 1 < len(worked) and not worked[end + 1]:
        end += 1
    return any(date.fromordinal(first + off).weekday() < 5 for off in range(start, end + 1))


@lru_cache(maxsize=1)
def _official() -> tuple[int, Mask]:
    """(the first day's ordinal, whether each day from it on is worked) over the published years."""
    from holidays import country_holidays  # a tenth of a second that only a question about workdays costs

    china = country_holidays("CN", years=_FIRST_YEAR)
    last_year = _FIRST_YEAR - 1
    while last_year + 1 in {day.year for day in china.weekend_workdays}:  # each look fills one year more
        last_year += 1
        china.get(date(last_year + 1, 1, 1))
    first, end = date(_FIRST_YEAR, 1, 1).toordinal(), date(last_year + 1, 1, 1).toordinal()
    days = np.arange(first, end, dtype=np.int64)
    worked = (days - 1) % 7 < 5
    worked[np.isin(days, [day.toordinal() for day in china])] = False
    worked[np.isin(days, [day.toordinal() for day in china.weekend_workdays])] = True
    return first, worked
