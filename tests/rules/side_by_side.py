"""Many random ledgers in one book, refreshed together, each held against the oracle's answer for it alone.

The ids of each ledger carry its number, so that none may touch another; one refresh of sixty ledgers costs little
more than of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from addin.rules.workdays import Roll
from tests.oracle.compare import differences, fields, tables
from tests.oracle.naive import Report, naive_at_each
from tests.oracle.random_chasing import SETTINGS
from tests.oracle.random_credit import RATES, with_credit
from tests.oracle.random_ledgers import FIRST, random_tables
from tests.rules.engine import Tables
from tests.rules.figures import Figures, due_by_calendar, figures, last_workday

IDS = (
    "customer_id contract_id milestone_id amendment_id reschedule_id invoice_no red_of receipt_id adjustment_id "
    "dispute_id letter_id contact_id task_id promise_id subject"
).split()
FOR_ALL = {"settings": SETTINGS, "fx_rates": RATES}
"""What all ledgers of a book share."""

DAYS = [FIRST + timedelta(days=days) for days in range(-1, 352, 17)] + [
    FIRST + timedelta(days=days) for days in (100, 200, 350, 600)
]
"""Days before, between, on and long after those on which the random ledgers' rows are dated."""


def differing(seeds: Iterable[int], roll: Roll, days: Sequence[date] = DAYS) -> Iterator[str]:
    """Every difference between our refresh and the oracle, a line each, led by seed and day."""
    ledgers = {seed: with_credit(random_tables(seed)[0], seed) for seed in seeds}
    answers = {
        seed: naive_at_each({**rows, **FOR_ALL}, days, due_by_calendar, roll, last_day=last_workday)
        for seed, rows in ledgers.items()
    }
    book = {**together(ledgers), **FOR_ALL}
    for day in days:
        ours = figures(book, day, roll)
        for seed, answer in answers.items():
            for line in one_ledger(answer[day], ours, seed):
                yield f"seed {seed} as at {day} ({roll}): {line}"
        for line in whole([answer[day] for answer in answers.values()], ours):
            yield f"seeds {min(answers)} to {max(answers)} as at {day} ({roll}): {line}"


def together(ledgers: Mapping[int, Tables]) -> dict[str, list[dict[str, object]]]:
    """All ledgers in one, ids led by the ledger's number."""
    book: dict[str, list[dict[str, object]]] = {}
    for number, rows in ledgers.items():
        for key, table in rows.items():
            book.setdefault(key, []).extend(numbered(row, number) for row in table)
    return book


def numbered(row: Mapping[str, object], number: int) -> dict[str, object]:
    def own(key: str, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(f"{number}/{id}" for id in value)
        return f"{number}/{value}" if key in IDS and value else value

    return {key: own(key, value) for key, value in row.items()}


def one_ledger(answer: Report, ours: Figures, seed: int) -> list[str]:
    """What our figures of the ledger with this number have otherwise than the oracle."""
    lead = f"{seed}/"
    found: Figures = {
        section: {key.removeprefix(lead): row for key, row in ours[section].items() if key.startswith(lead)}
        for section in ("milestones", "contracts", "receipts", "customers", "credit", "promises")
    }
    for row in found["milestones"].values():
        row["items"] = [item | {"item": item["item"].removeprefix(lead)} for item in row["items"]]
    found["allocations"] = [
        (*(id.removeprefix(lead) for id in ids), day, amount)
        for *ids, day, amount in ours["allocations"]
        if ids[0].startswith(lead)
    ]
    return [
        *differences(answer, found, without=("totals", "buckets")),
        *customers(answer, found["customers"]),
    ]


def customers(answer: Report, ours: Mapping[str, Mapping[str, Figures]]) -> list[str]:
    """Customers by currency; one without any figure has no row of the aging table."""
    lines = []
    for key, currencies in answer.customers.items():
        for currency, row in currencies.items():
            own = ours.get(key, {}).get(currency, dict.fromkeys(row, Decimal(0)))
            for name, amount in row.items():
                lines += fields(f"customers {key} {currency} {name}", amount, own[name])
    return lines


def whole(answers: Sequence[Report], ours: Figures) -> list[str]:
    """Totals and buckets of all ledgers by currency."""
    lines: list[str] = []
    for section in ("totals", "buckets"):
        sums: dict[str, dict[str, Any]] = {}
        for answer in answers:
            for currency, row in getattr(answer, section).items():
                into = sums.setdefault(currency, dict.fromkeys(row, Decimal(0)))
                into.update({name: into[name] + amount for name, amount in row.items()})
        lines += tables(section, sums, ours[section], ())
    return lines
