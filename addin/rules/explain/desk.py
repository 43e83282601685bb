"""Everything of a replayed book that explanations look up: cells and computed figures as terms, and its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from addin.model.columns import Kind
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules import credit_file, summaries
from addin.rules.book import Book, own_days
from addin.rules.chasing.columns import milestone_columns
from addin.rules.chasing.worklist import chase, grades_of
from addin.rules.claims import Agreed, Allocation, Amended, Contract, Milestone, Movement, Receipt, Return
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.steps import Row, Term, Value
from addin.rules.limitation import Limitation
from addin.rules.limitation_columns import Interruptions, interruptions
from addin.rules.policy import in_force
from addin.rules.workdays import Calendar

SUBJECTS = ("milestones", "contracts", "customers")
"""The tables whose figures are explained, in the order in which an id is looked for."""


class Desk:
    """A replayed book, indexed as explanations need it."""

    def __init__(
        self,
        book: Book,
        history: pd.DataFrame,
        language: Language,
        failed_bills: Collection[str] = frozenset(),
        left_alone: bool = False,
    ) -> None:
        """``history`` is the history table, typed; ``language`` the book's own; ``failed_bills`` the invoices that
        failed their check; ``left_alone``: what is on record of reminders stays as it stands."""
        self.book = book
        self.history = history
        self.language = language
        self.failed_bills = failed_bills
        self.left_alone = left_alone
        self.as_of = Term(book.as_of)
        self._ids: dict[str, dict[str, int]] = {}

    # --- cells -----------------------------------------------------------------------------------------

    def rows_by_id(self, table: str) -> dict[str, int]:
        """The sheet row of each id of a table."""
        if table not in self._ids:
            frame = self._table(table)
            ids = frame[TABLES[table].identity[0]].tolist()
            self._ids[table] = dict(zip(ids, frame.index.tolist(), strict=True))
        return self._ids[table]

    def at(self, table: str, row: int) -> Row:
        """The row of a table by its number in the sheet."""
        frame = self._table(table)
        words = (_word(frame.at[row, column]) for column in TABLES[table].identity)
        return Row(table, row, " ".join(word for word in words if word))

    def row(self, table: str, id: str) -> Row | None:
        """The row of a table by its id; None where there is none."""
        number = self.rows_by_id(table).get(id)
        return None if number is None else self.at(table, number)

    def cell(self, row: Row, column: str) -> Term:
        """An input cell, or one of the history."""
        value = self._table(row.table).at[row.row, column]
        return Term(self._typed(row, column, value), None, row, column)

    def figure(self, row: Row, column: str) -> Term:
        """A computed cell, as the tables of the book have it."""
        return Term(self._typed(row, column, self._figures[row.table].at[row.row, column]), None, row, column)

    def value(self, row: Row, column: str) -> Value:
        """What a cell holds, typed or computed; None for a computed column without a rule."""
        if TABLES[row.table][column].owner == "input":
            return self.cell(row, column).value
        return self.figure(row, column).value if column in self._figures[row.table] else None

    def _table(self, table: str) -> pd.DataFrame:
        return self.history if table == "history" else self.book.ledger[table]

    def is_unknown(self, row: Row, column: str) -> bool:
        """Whether the cell could not be read."""
        return row.row in self.book.ledger.unknown.get((row.table, column), ())

    def digits(self, row: Row) -> int:
        """Decimals of the row's currency."""
        ledger = self.book.ledger
        return int(ledger.digits[row.table][ledger[row.table].index.get_loc(row.row)])

    def _typed(self, row: Row, column: str, value: Any) -> Value:
        kind = TABLES[row.table][column].kind
        if kind is Kind.LIST:
            return "; ".join(value) or None
        if value is None or pd.isna(value) or value == "":
            return None
        if kind is Kind.MONEY:
            return Money(int(value), self.digits(row))
        if kind is Kind.DATE:
            found: date = pd.Timestamp(value).date()
            return found
        return int(value) if kind is Kind.INT else value

    @cached_property
    def _customers(self) -> pd.DataFrame:
        return credit_file.customers(self.book, self.history, self.language)

    @cached_property
    def _chasing(self) -> pd.DataFrame:
        if self.left_alone:
            return self.book.ledger["milestones"][["reminder_level", "next_action"]]
        grades = grades_of(self.book, self._customers["grade"])
        now = chase(self.book, grades, self.failed_bills)
        return milestone_columns(now, self.language)

    @cached_property
    def _figures(self) -> dict[str, pd.DataFrame]:
        return {
            "milestones": pd.concat([summaries.milestones(self.book), self._chasing], axis=1),
            "contracts": summaries.contracts(self.book),
            "customers": self._customers,
            "receipts": summaries.receipts(self.book, self.language),
        }

    @cached_property
    def _settings(self) -> dict[str, int]:
        frame = self.book.ledger["settings"]
        return {key.lower(): row for row, key, _ in in_force(frame, self.book.as_of)}

    def setting(self, key: str) -> Row | None:
        """The row of the settings sheet that is in force; None where the default holds."""
        row = self._settings.get(key)
        return None if row is None else self.at("settings", row)

    # --- records of the replay ---------------------------------------------------------------------------

    @cached_property
    def interruptions(self) -> Interruptions:
        """The days on which limitation started anew."""
        return interruptions(self.book.ledger, self.book.receipts, self.book.day)

    @cached_property
    def limitation(self) -> Limitation:
        return Limitation(Calendar(own_days(self.book.ledger.frames)))

    @cached_property
    def milestones(self) -> dict[str, Milestone]:
        return {milestone.id: milestone for milestone in self.book.milestones}

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        return {contract.id: contract for contract in self.book.contracts}

    @cached_property
    def receipts_of(self) -> dict[str, list[Receipt]]:
        """Receipts dated by the as-of date, by customer."""
        found: dict[str, list[Receipt]] = defaultdict(list)
        for receipt in self.book.receipts:
            found[receipt.customer].append(receipt)
        return found

    @cached_property
    def allocations(self) -> dict[Milestone, list[Allocation]]:
        found: dict[Milestone, list[Allocation]] = defaultdict(list)
        for allocation in self.book.state.allocations:
            found[allocation.item.milestone].append(allocation)
        return found

    @cached_property
    def allocations_of(self) -> dict[int, list[Allocation]]:
        """By the row of the receipt that made them."""
        found: dict[int, list[Allocation]] = defaultdict(list)
        for allocation in self.book.state.allocations:
            found[allocation.receipt.row].append(allocation)
        return found

    @cached_property
    def movements(self) -> dict[Milestone, list[Movement]]:
        found: dict[Milestone, list[Movement]] = defaultdict(list)
        for movement in self.book.state.movements:
            found[movement.milestone].append(movement)
        return found

    @cached_property
    def amended(self) -> dict[str, list[Amended]]:
        found: dict[str, list[Amended]] = defaultdict(list)
        for record in self.book.state.amended:
            found[record.amendment.contract.id].append(record)
        return found

    @cached_property
    def agreed(self) -> dict[Milestone, list[Agreed]]:
        found: dict[Milestone, list[Agreed]] = defaultdict(list)
        for record in self.book.state.agreed:
            found[record.agreement.milestone].append(record)
        return found

    @cached_property
    def returns_from(self) -> dict[int, list[Return]]:
        """What refunds took of unapplied money, by the row of the receipt that gave it."""
        found: dict[int, list[Return]] = defaultdict(list)
        for record in self.book.state.returned:
            found[record.receipt.row].append(record)
        return found

    @cached_property
    def returns_to(self) -> dict[int, list[Return]]:
        """What refunds took of unapplied money, by the row of the refund."""
        found: dict[int, list[Return]] = defaultdict(list)
        for record in self.book.state.returned:
            found[record.refund.row].append(record)
        return found


def _word(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
