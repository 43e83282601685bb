"""Due dates: a payment term counted from its base date, then moved off days that are not worked.

The base date itself is not counted (民法典201); whether a due date on a day off moves, and to which side
(民法典203: to the next day worked), is the caller's `roll`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from addin.model.days import LAST_DAY, NO_DAY, Days
from addin.rules.terms import Term, TermError, beyond_calendar, parse_term
from addin.rules.workdays import Calendar, Mask, Roll

_BEYOND = LAST_DAY + 1


class DueDays(NamedTuple):
    """What `due_days` found, a position a row.

    raw: due dates as the terms have them. rolled: the same moved to workdays. provisional: rolled by
    weekends only, because that year's calendar is not published. problems: why a position has no due
    date although it has a base date or a term that cannot be read; both vectors hold `NO_DAY` there.
    """

    raw: Days
    rolled: Days
    provisional: Mask
    problems: dict[int, TermError]


def due_date(base: date, term: Term, roll: Roll, calendar: Calendar) -> date:
    """The due date of one amount.

    `TermError` where it would fall after the year 9999, `UnpublishedYear` where rolling needs the
    calendar of a year that is not published.

    >>> due_date(date(2026, 1, 16), parse_term("NET 30"), "following", Calendar())
    datetime.date(2026, 2, 24)
    """
    return calendar.roll(term.due(base), roll)


def due_days(base: Days, terms: Sequence[str | None], roll: Roll, calendar: Calendar) -> DueDays:
    """`due_date` for a whole ledger: base ordinals and as many terms (None is an empty one).

    Never raises for a row: a term is a problem of its positions, an unpublished year makes a date
    provisional. A row without a base date (`NO_DAY`) has no due date, whatever its term.
    """
    if len(terms) != len(base):
        raise ValueError(f"{len(base)} base dates, but {len(terms)} terms")
    raw = np.full(len(base), NO_DAY, dtype=np.int64)
    problems: dict[int, TermError] = {}
    for text, rows in _rows_by_term(terms).items():
        try:
            raw[rows] = _due_by_term(base[rows], parse_term(text))
        except TermError as error:
            problems.update(dict.fromkeys(rows.tolist(), error))
    rolled, provisional = calendar.roll_days(np.where(raw < _BEYOND, raw, NO_DAY), roll)
    beyond = (raw >= _BEYOND) | (rolled >= _BEYOND)
    for row in np.flatnonzero(beyond).tolist():
        problems[row] = beyond_calendar(date.fromordinal(int(base[row])))
    raw[beyond] = rolled[beyond] = NO_DAY
    return DueDays(raw, rolled, provisional, dict(sorted(problems.items())))


def _rows_by_term(terms: Sequence[str | None]) -> dict[str, npt.NDArray[np.intp]]:
    """The positions of each distinct term."""
    number_of: dict[str, int] = {}
    numbers = np.array([number_of.setdefault(term or "", len(number_of)) for term in terms], dtype=np.intp)
    by_term = np.argsort(numbers, kind="stable")
    ends = np.cumsum(np.bincount(numbers, minlength=len(number_of)))
    return dict(zip(number_of, np.split(by_term, ends[:-1]), strict=True)) if number_of else {}


def _due_by_term(base: Days, term: Term) -> Days:
    """The due dates of one term; `NO_DAY` where there is no base, past `LAST_DAY` where no date is."""
    if term.plain_days is not None:
        return np.where(base == NO_DAY, NO_DAY, base + term.plain_days)
    days = base.tolist()
    due = {day: _due_of_day(day, term) for day in set(days)}
    return np.array([due[day] for day in days], dtype=np.int64)


def _due_of_day(day: int, term: Term) -> int:
    if day == NO_DAY:
        return NO_DAY
    try:
        return term.due(date.fromordinal(day)).toordinal()
    except TermError:
        return _BEYOND
