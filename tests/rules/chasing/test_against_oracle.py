"""The worklist against a second one, written rule by rule in plain loops, on random ledgers at many dates.

More seeds: `python -m tests.rules.chasing.test_against_oracle 0 500`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from addin.model.money import digits_of, from_minor, to_minor
from addin.rules.book import Book
from addin.rules.chasing.worklist import worklist
from addin.rules.workdays import is_public_holiday
from tests.oracle.naive import naive_at_each
from tests.oracle.random_credit import RATES, with_credit
from tests.oracle.random_ledgers import random_tables
from tests.oracle.random_letters import grades, smudged, with_letters
from tests.oracle.worklist import Desk, Line, naive_worklist
from tests.rules.books import book_of
from tests.rules.figures import due_by_calendar

SEEDS = range(100, 132)
DAYS = [date(2025, 2, 14), date(2025, 5, 1), date(2025, 7, 14), date(2025, 10, 20), date(2026, 2, 2)]
SETTINGS = {"cooling_days": 40, "promise_grace_days": 2, "min_reminder": 25, "bank_stale_days": 40}


def differing(seeds: Iterable[int], seen: Counter[str] | None = None) -> Iterator[str]:
    """Every difference, a line each, led by seed and day."""
    for seed in seeds:
        tables = with_letters(with_credit(random_tables(seed)[0], seed), seed)
        tables["fx_rates"] = RATES
        given = grades(seed, tables["customers"])
        reports = naive_at_each(tables, DAYS, due_by_calendar, "none")
        lost = smudged(tables, seed)
        everything = {**tables, **{key: [*tables.get(key, []), *rows] for key, rows in lost.items()}}
        for day in DAYS:
            book = book_of(everything, day, **{key: str(value) for key, value in SETTINGS.items()})

            def in_base(amount: Decimal, currency: str, book: Book = book) -> Decimal | None:
                minor = book.rates.to_base(to_minor(amount, digits_of(currency)), currency)
                return None if minor is None else from_minor(minor)

            desk = Desk(tables, reports[day], day, given, in_base, is_public_holiday(day), SETTINGS, lost)
            theirs, ours = naive_worklist(desk), lines(book, given)
            for purse in sorted({*theirs, *ours}):
                if theirs.get(purse) != ours.get(purse):
                    yield f"seed {seed} as at {day} {purse}: {theirs.get(purse)} and ours {ours.get(purse)}"
            if seen is not None:
                count(seen, ours.values())


def lines(book: Book, given: dict[str, str]) -> dict[tuple[str, str], Line]:
    found = {}
    for row in worklist(book, given):
        assert row.level is not None
        digits = digits_of(row.currency)
        found[row.customer, row.currency] = Line(
            row.level.number,
            frozenset(book.milestones[position].id for position in row.milestones),
            from_minor(row.open, digits),
            from_minor(row.overdue, digits),
            frozenset(hold.code for hold in row.holds),
            row.unsent,
        )
    return found


def count(seen: Counter[str], found: Iterable[Line]) -> None:
    for line in found:
        seen.update(line.holds or {"goes out"})
        seen[f"level {line.level}"] += 1
        seen["heads the list"] += bool(line.unsent)
        seen["several milestones"] += len(line.milestones) > 1


def test_random_ledgers_at_many_dates_and_they_see_every_hold_and_level() -> None:
    seen: Counter[str] = Counter()
    assert list(differing(SEEDS, seen)) == []
    wanted = "promise disputed cooling below_minimum on_hold unallocated stale_bank legal holiday unsent unread".split()
    for kind in [
        *wanted,
        "goes out",
        "heads the list",
        "several milestones",
        "level 0",
        "level 1",
        "level 5",
    ]:
        assert seen[kind] >= 3, (kind, seen)


if __name__ == "__main__":
    found = list(differing(range(*map(int, sys.argv[1:3]))))
    print(*found, f"{len(found)} differences", sep="\n")
