"""The ledger as at a date, the slow and plain way: `naive(tables, as_of, due_date)` gives a Report.

tables: table key -> rows by column key, typed as on the sheets; an empty cell is absent or None.
The calendar is the caller's: due_date(base, term, roll) gives the due date, or a ValueError on a bad term;
last_day(day) gives the last day of a period that would end on day (the next working day, as a rule).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tests.oracle.book import DueDate, Tables, open_book
from tests.oracle.interest import record
from tests.oracle.replay import Replay
from tests.oracle.report import Report, reported

__all__ = ["Report", "naive", "naive_at_each"]


def naive(
    tables: Tables,
    as_of: date,
    due_date: DueDate,
    roll: str = "following",
    base_currency: str = "CNY",
    aging_edges: Sequence[int] = (30, 60, 90, 120),
    last_day: Callable[[date], date] = lambda day: day,
) -> Report:
    """The ledger as at as_of, that day included."""
    return naive_at_each(tables, [as_of], due_date, roll, base_currency, aging_edges, last_day)[as_of]


def naive_at_each(
    tables: Tables,
    days: Sequence[date],
    due_date: DueDate,
    roll: str = "following",
    base_currency: str = "CNY",
    aging_edges: Sequence[int] = (30, 60, 90, 120),
    last_day: Callable[[date], date] = lambda day: day,
) -> dict[date, Report]:
    """The ledger as at each of the days from one replay, which stops at each to be read off."""
    replay = Replay(open_book(tables, due_date, roll, base_currency, last_day))
    replay.unknown_references()
    reports: dict[date, Report] = {}
    events = replay.days(max(days))
    for as_of in sorted(days):
        while events and events[0] <= as_of:
            replay.one_day(events.pop(0))
        record(replay.book, as_of)
        book, receipts = replay.book, replay.receipts
        reports[as_of] = reported(book, receipts, replay.allocations, replay.lots, as_of, aging_edges)
    return reports
