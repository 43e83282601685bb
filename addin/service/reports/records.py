"""The rows of a book as plain records: typed input beside what a refresh computes, found by their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.claims import Allocation, Contract, Item, Milestone, Receipt
from addin.rules.late_interest import Terms
from addin.service.claims import Claims
from addin.service.dossier import Dossier

Value: TypeAlias = str | int | bool | date | Decimal | tuple[str, ...] | None
Record: TypeAlias = Mapping[str, Any]
"""A row by column key; money in minor units, None where a cell is empty. ``row`` is its number in the sheet."""


class Records:
    """The rows of every table of one dossier; each table is turned into records when it is first asked for."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.book = dossier.book
        self.as_of = dossier.as_of
        self._tables: dict[str, list[Record]] = {}
        self._indexes: dict[tuple[str, str], dict[Any, list[Record]]] = {}

    def rows(self, table: str) -> Sequence[Record]:
        """Every row of the table, in the order of the sheet."""
        if table not in self._tables:
            self._tables[table] = list(self._read(table))
        return self._tables[table]

    def of(self, table: str, **same: object) -> list[Record]:
        """The rows in which each named column holds the given value."""
        if not same:
            return list(self.rows(table))
        (first, wanted), *others = same.items()
        found = self._by(table, first).get(wanted, ())
        return [row for row in found if all(row[key] == value for key, value in others)]

    def until(self, table: str, dated: str, **same: object) -> list[Record]:
        """Likewise, of those dated on or before the as-of date, the oldest first."""
        found = [row for row in self.of(table, **same) if row[dated] is not None and row[dated] <= self.as_of]
        return sorted(found, key=lambda row: row[dated])

    def one(self, table: str, id: str) -> Record | None:
        """The row with this id."""
        found = self._by(table, TABLES[table].identity[0]).get(id)
        return found[0] if found else None

    def _by(self, table: str, column: str) -> Mapping[Any, list[Record]]:
        """The rows by what a column holds; made once."""
        if (table, column) not in self._indexes:
            index: dict[Any, list[Record]] = defaultdict(list)
            for row in self.rows(table):
                index[row[column]].append(row)
            self._indexes[table, column] = dict(index)
        return self._indexes[table, column]

    def _read(self, table: str) -> Iterator[Record]:
        computed = self.dossier.result.frames.get(table)
        if table in self.dossier.ledger.frames:
            frame = self.dossier.ledger[table]
            if computed is not None:
                kept = [name for name in frame.columns if name not in computed.columns]
                frame = frame[kept].join(computed)
        else:
            frame = pd.DataFrame() if computed is None else computed
        columns = {str(name): [plain(value) for value in frame[name].tolist()] for name in frame.columns}
        for position, row in enumerate(frame.index.tolist()):
            yield {**{name: values[position] for name, values in columns.items()}, "row": row}

    # --- the replay ------------------------------------------------------------------------------------

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        return {contract.id: contract for contract in self.book.contracts}

    @cached_property
    def milestones(self) -> Mapping[str, Milestone]:
        return {milestone.id: milestone for milestone in self.book.milestones}

    @cached_property
    def contracts_of(self) -> Mapping[str, Sequence[Contract]]:
        """The contracts of each customer that have a row of their own."""
        found: dict[str, list[Contract]] = defaultdict(list)
        for contract in self.book.contracts:
            if contract.row is not None:
                found[contract.customer].append(contract)
        return found

    @cached_property
    def receipts_of(self) -> Mapping[str, Sequence[Receipt]]:
        """The receipts of each customer, refunds too."""
        found: dict[str, list[Receipt]] = defaultdict(list)
        for receipt in self.book.receipts:
            found[receipt.customer].append(receipt)
        return found

    @cached_property
    def paid(self) -> Mapping[str, Mapping[int, int]]:
        """What each receipt, by its sheet row, paid of each contract."""
        found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for each in self.book.state.allocations:
            found[each.item.milestone.contract.id][each.receipt.row] += each.amount
        return found

    @cached_property
    def claims(self) -> Claims:
        """What is open, as documents tell it."""
        return Claims(self.book)

    @cached_property
    def allocations(self) -> Mapping[Item, Sequence[Allocation]]:
        """What happened to each item, refunds and dishonoured drafts below zero."""
        found: dict[Item, list[Allocation]] = defaultdict(list)
        for each in self.book.state.allocations:
            found[each.item].append(each)
        return found

    def terms(self, contract: str) -> Terms:
        """What late money of the contract costs."""
        own, otherwise = self.book.late_terms
        return own.get(contract, otherwise)


def plain(value: Any) -> Any:
    """A value of a frame as plain Python has it: a day as such, None where there is nothing.

    >>> plain(pd.Timestamp(2026, 3, 31)), plain(pd.NaT), plain(""), plain("x")
    (datetime.date(2026, 3, 31), None, '', 'x')
    """
    if isinstance(value, str | tuple):
        return value
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value


def word(table: str, column: str, key: str | None, language: Language) -> str:
    """The book's word for a choice."""
    name = TABLES[table][column].choice_names.get(key or "", Text("", ""))
    return name.in_(language)
