"""Days on which a customer likes to hear from us: the anniversary of working together, 春节 and 中秋."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from addin.model.days import add_months
from addin.model.text import Text

GREETING_DAYS = 7
"""How many days before the day itself a greeting is due."""


@dataclass(frozen=True)
class Greeting:
    """An occasion and its day."""

    occasion: Text
    day: date


def festival_near(as_of: date) -> Greeting | None:
    """The festival that is today or at most seven days away.

    >>> festival_near(date(2026, 2, 10)).occasion.en, festival_near(date(2026, 2, 9)), festival_near(date(2026, 2, 18))
    ('Spring Festival', None, None)
    """
    return next((each for each in _festivals(as_of.year) if _is_near(each.day, as_of)), None)


def anniversary_near(since: date, as_of: date) -> Greeting | None:
    """The anniversary of ``since`` that is today or at most seven days away; of 29 February it is the 28th.

    >>> anniversary_near(date(2020, 1, 3), date(2025, 12, 28))
    Greeting(occasion=Text(zh='合作6周年', en='anniversary 6 of working together'), day=datetime.date(2026, 1, 3))
    """
    if (since.month, since.day) not in _days_ahead(as_of):
        return None
    for years in (as_of.year - since.year, as_of.year - since.year + 1):
        day = add_months(since, 12 * years) if years > 0 and since.year + years <= date.max.year else since
        if years > 0 and _is_near(day, as_of):
            return Greeting(Text(f"合作{years}周年", f"anniversary {years} of working together"), day)
    return None


@lru_cache(maxsize=16)
def _days_ahead(as_of: date) -> frozenset[tuple[int, int]]:
    """Months and days whose anniversary is near: most customers' are not."""
    ahead = range(as_of.toordinal(), min(as_of.toordinal() + GREETING_DAYS, date.max.toordinal()) + 1)
    days = {(day.month, day.day) for day in map(date.fromordinal, ahead)}
    return frozenset(days | {(2, 29)} if (2, 28) in days else days)


def _is_near(day: date, as_of: date) -> bool:
    return 0 <= (day - as_of).days <= GREETING_DAYS


@lru_cache(maxsize=16)
def _festivals(year: int) -> tuple[Greeting, ...]:
    """The first days of the year's two festivals, by the lunar calendar; none where it is not known."""
    return tuple(_first_days(year))


def _first_days(year: int) -> Iterator[Greeting]:
    from holidays import country_holidays  # a tenth of a second that only this question costs

    days = country_holidays("CN", years=year, language="en_US", observed=False)
    for name, occasion in (
        ("Chinese New Year (Spring Festival)", Text("春节", "Spring Festival")),
        ("Mid-Autumn Festival", Text("中秋节", "Mid-Autumn Festival")),
    ):
        found = days.get_named(name, lookup="icontains")
        if found:
            yield Greeting(occasion, min(found))
