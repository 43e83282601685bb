"""Whom to chase on a day: one proposal a customer and currency, its reason, and what stands against it.

What no hold keeps back goes into one letter with the highest level of its milestones; where all is held back, the
row says why (RULES 9, 14, 15).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from addin.rules.book import Book
from addin.rules.chasing.cases import Cases, Holds, cases_of, holds_of
from addin.rules.chasing.holds import Standstill, standstill
from addin.rules.chasing.levels import ladder
from addin.rules.chasing.money_waiting import waiting_money
from addin.rules.chasing.proposal import Level, Proposal
from addin.rules.chasing.record import on_record
from addin.rules.chasing.rows import ContactDue, Rows
from addin.rules.chasing.steps import Steps, steps


@dataclass(frozen=True)
class Chase:
    """What there is to chase in a book, and where each of its open items stands on the ladder."""

    book: Book
    levels: Sequence[Level]
    still: Standstill
    steps: Steps
    cases: Cases
    holds: Holds
    proposals: Sequence[Proposal]


def worklist(
    book: Book,
    grades: Mapping[str, str],
    failed_bills: Collection[str] = frozenset(),
    contacts: Mapping[str, ContactDue] | None = None,
) -> list[Proposal]:
    """The proposals, the most urgent first.

    ``grades`` are those of the customers, ``failed_bills`` the invoices that failed their check and wait,
    ``contacts`` the customers who should hear from us whether or not there is something to remind them of.
    """
    return list(chase(book, grades, failed_bills, contacts).proposals)


def chase(
    book: Book,
    grades: Mapping[str, str],
    failed_bills: Collection[str] = frozenset(),
    contacts: Mapping[str, ContactDue] | None = None,
) -> Chase:
    """`worklist`, with what it was made from."""
    levels, record = ladder(book.ledger), on_record(book)
    still = standstill(book, record, failed_bills)
    taken = steps(book, levels, grades, record, still.word)
    cases = cases_of(book, levels, taken, still)
    holds = holds_of(book, levels, cases, still, waiting_money(book) if len(cases.position) else {})
    rows = Rows(book, levels, taken, still, grades, cases, holds)
    return Chase(book, levels, still, taken, cases, holds, rows.proposals(contacts or {}))


def grades_of(book: Book, grades: pd.Series) -> dict[str, str]:
    """The grade of each customer that has one, from the column of the customers table."""
    ids = book.ledger["customers"]["customer_id"].tolist()
    return {id: grade for id, grade in zip(ids, grades.tolist(), strict=True) if grade}
