"""Civil days, as numbers and as dates.

A day is a `datetime.date` at the edges and its proleptic ordinal (`date.toordinal()`, 1 is 1 January
of the year 1) in vectors of `int64`. "No date" is the number `NO_DAY`, which no date has.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Days: TypeAlias = npt.NDArray[np.int64]
"""Ordinals, with `NO_DAY` where there is no date."""

NO_DAY: Final = 0
FIRST_DAY: Final = date.min.toordinal()
LAST_DAY: Final = date.max.toordinal()

_UNIX_EPOCH: Final = date(1970, 1, 1).toordinal()


def to_days(dates: pd.Series[Any] | npt.NDArray[np.datetime64]) -> Days:
    """Ordinals of datetime64 values of any unit; the time of day is dropped, NaT becomes `NO_DAY`.

    >>> to_days(np.array(["2026-03-31", "NaT"], dtype="datetime64[s]"))
    array([739706,      0])
    """
    whole_days = np.asarray(dates).astype("datetime64[D]")
    return np.where(np.isnat(whole_days), NO_DAY, whole_days.astype(np.int64) + _UNIX_EPOCH)


def from_days(days: Days) -> npt.NDArray[np.datetime64]:
    """The datetime64[s] values of ordinals (the unit in which pandas keeps dates), NaT for `NO_DAY`.

    >>> from_days(np.array([739706, NO_DAY])).astype(str).tolist()
    ['2026-03-31T00:00:00', 'NaT']
    """
    dates = (days - _UNIX_EPOCH).astype("datetime64[D]").astype("datetime64[s]")
    dates[days == NO_DAY] = np.datetime64("NaT", "s")
    return dates


def months_of(days: Days) -> npt.NDArray[np.datetime64]:
    """The months of ordinals, none of them `NO_DAY`.

    >>> months_of(np.array([739706])).astype(str).tolist()
    ['2026-03']
    """
    return (days - _UNIX_EPOCH).astype("datetime64[D]").astype("datetime64[M]")


def day_in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last day where the month is shorter.

    month counts on past 12 into the following years. ValueError outside the years 1 to 9999.

    >>> day_in_month(2025, 14, 31)
    datetime.date(2026, 2, 28)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"year {year} is out of range")
    return date(year, month, day if day <= 28 else min(day, calendar.monthrange(year, month)[1]))


def days_on(day: date, days: int) -> date:
    """The day so many days on; where the calendar ends before it, its last day (or its first).

    >>> days_on(date(2026, 6, 30), 7), days_on(date.max, 7)
    (datetime.date(2026, 7, 7), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(max(min(day.toordinal() + days, LAST_DAY), FIRST_DAY))


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months on, else that month's last day (民法典202).

    ValueError outside the years 1 to 9999.

    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    return day_in_month(day.year, day.month + months, day.day)


def month_end(day: date) -> date:
    """The last day of the day's month.

    >>> month_end(date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return day_in_month(day.year, day.month, 31)
