"""Rows with a cell that cannot be read: what they may say holds reminders back (RULES 15: unknown, never empty).

Such a row is left out of every figure and has its finding. But a reminder to somebody who has paid, or has our word
for more time, is worse than one that comes late; so what the row is about waits until the cell is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from addin.model.columns import fold
from addin.model.days import NO_DAY, Days, to_days
from addin.model.ledger import Ledger
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.chasing.money_waiting import Payers, entered
from addin.rules.chasing.promised import Claim
from addin.rules.chasing.proposal import Hold, HoldCode
from addin.rules.chasing.words import hold

Row: TypeAlias = "pd.Series[Any]"


def unread(book: Book) -> dict[Claim, list[Hold]]:
    """What holds back a milestone, or all that a customer owes, because a row about it cannot be read in full.

    Of one kind that which lasts longest, else the first: who mends it finds the others among the findings.
    """
    found: dict[Claim, dict[HoldCode, Hold]] = defaultdict(dict)
    about = _About(book)
    for watched in WATCHED:
        for place, column in watched.rows(book.ledger, book.day):
            row = book.ledger[watched.table].iloc[place]
            until = about.until(row) if watched.code == "promise" else NO_DAY
            if until == NO_DAY or until >= book.day:
                where = _where(watched.table, int(str(row.name)), column, f"{row.iloc[0]}")
                why = hold(
                    watched.code, *_mended(where, _what(book.ledger, watched.table, row, column)), until
                )
                for claim in watched.claims(about, row):
                    said = found[claim].setdefault(watched.code, why)
                    if (why.until or date.max) > (said.until or date.max):
                        found[claim][watched.code] = why
    return {claim: [*holds.values()] for claim, holds in found.items()}


@dataclass(frozen=True)
class _About:
    """Whom or what a row is about."""

    book: Book

    def milestones(self, row: Row) -> Iterable[Claim]:
        """The milestone that it names, else all of its contract."""
        if "milestone_id" in row:
            return [("", row["milestone_id"])]
        return [("", each.id) for each in self.book.milestones if each.contract.id == row["contract_id"]]

    def promised(self, row: Row) -> Iterable[Claim]:
        """The milestone, else everything of the customer: of a name that is not in the book it may be any."""
        known = row["milestone_id"] in self._customers
        return [("", row["milestone_id"]) if known else (row["customer_id"], "")]

    def until(self, promise: Row) -> int:
        """The last day on which a promise is live, where it can be read."""
        day = promise["promised_date"]
        return NO_DAY if _is_empty(day) else day.toordinal() + int(self.book.policy["promise_grace_days"])

    def received(self, row: Row) -> Iterable[Claim]:
        """The customers whose money it may be; a refund is nobody's."""
        if _is_less_than_nothing(row):
            return []
        named = self._customers.get(row["milestone_id"]) or self._contracts.get(row["contract_id"])
        return self._all_of(
            [named or row["customer_id"]] if named or row["customer_id"] else self._named(row)
        )

    def banked(self, row: Row) -> Iterable[Claim]:
        """Likewise, of a bank line that is no receipt yet."""
        if _is_less_than_nothing(row) or row["state"] == "ignored" or fold(row["bank_ref"]) in self._entered:
            return []
        return self._all_of(self._named(row))

    def _named(self, row: Row) -> Iterable[str]:
        return self._payers.named(row["payer"])

    @staticmethod
    def _all_of(customers: Iterable[str]) -> Iterable[Claim]:
        return [(customer, "") for customer in customers]

    @cached_property
    def _payers(self) -> Payers:
        return Payers(self.book)

    @cached_property
    def _entered(self) -> set[str]:
        return entered(self.book, self._payers)[0]

    @cached_property
    def _contracts(self) -> Mapping[str, str]:
        return {each.id: each.customer for each in self.book.contracts}

    @cached_property
    def _customers(self) -> Mapping[str, str]:
        """Whose each milestone is."""
        return {each.id: each.contract.customer for each in self.book.milestones}


def _is_less_than_nothing(row: Row) -> bool:
    return not _is_empty(row["amount"]) and bool(row["amount"] <= 0)


def _is_empty(cell: Any) -> bool:
    return not cell if isinstance(cell, str) else bool(pd.isna(cell))


@dataclass(frozen=True)
class _Watched:
    """The cells without which a row of a table says something, but not what.

    The row counts from the day in ``begins`` on and no longer from the one in ``ends``, where these can be read.
    """

    code: HoldCode
    table: str
    columns: tuple[str, ...]
    begins: str = ""
    ends: str = ""
    claims: Callable[[_About, Row], Iterable[Claim]] = _About.milestones

    def rows(self, ledger: Ledger, as_of: int) -> Iterator[tuple[int, str]]:
        """(place, column) of the rows that count on the day, and the first of their cells that is lost."""
        frame = ledger[self.table]
        if frame.empty:
            return
        lost = np.stack([_lost(ledger, self.table, column) for column in self.columns])
        if lost.any():
            begun, ended = (_days(frame, column) for column in (self.begins, self.ends))
            live = (begun <= as_of) & ((ended == NO_DAY) | (as_of < ended))
            for place in np.flatnonzero(lost.any(axis=0) & live).tolist():
                yield place, self.columns[int(lost[:, place].argmax())]


def _days(frame: pd.DataFrame, column: str) -> Days:
    return to_days(frame[column]) if column else np.full(len(frame), NO_DAY, dtype=np.int64)


def _lost(ledger: Ledger, table: str, key: str) -> np.ndarray:
    """Which cells cannot be read, are empty though required, or name what is not in the book."""
    column, cells, found = TABLES[table][key], ledger[table][key], ledger.is_unknown(table, key)
    if column.required:
        found = found | (cells == "" if cells.dtype == object else cells.isna()).to_numpy(bool)
    if column.ref:
        there = cells.isin({*ledger[column.ref][TABLES[column.ref].identity[0]], ""})
        found = found | ~there.to_numpy(bool)
    return found


def unread_ladder(ledger: Ledger) -> list[Hold]:
    """A step that cannot be read would be skipped, and a minimum passed over: no letter goes out till it is mended."""
    lost = [
        (row, column)
        for column in ("level", "mode", "days", "min_amount")
        for row in ledger.unknown.get(("levels", column), ())
    ]
    return [hold("unread", *_mended(_where("levels", *min(lost)), _UNREADABLE))] if lost else []


def _where(table: str, row: int, key: str, id: str = "") -> Text:
    """The cell, as people find it."""
    sheet, column = TABLES[table].name, TABLES[table][key].name
    return Text(
        f"{sheet.zh}第 {row} 行{f'（{id}）' if id else ''}的“{column.zh}”",
        f'{sheet.en}, row {row}{f" ({id})" if id else ""}: "{column.en}"',
    )


_UNREADABLE: Final = Text("无法识别，请改正", "cannot be read: correct it")


def _what(ledger: Ledger, table: str, row: Row, key: str) -> Text:
    """What is wrong with the cell, and what to do about it."""
    if int(str(row.name)) in ledger.unknown.get((table, key), ()):
        return _UNREADABLE
    if _is_empty(row[key]):
        return Text("为空，请补填", "is empty: fill it in")
    return Text("不存在，请改正", "is not in the book: correct it")


def _mended(where: Text, what: Text) -> tuple[str, str]:
    return f"{where.zh}{what.zh}", f"{where.en} {what.en}"


WATCHED: Final = (
    _Watched("unallocated", "receipts", ("date", "amount"), "date", claims=_About.received),
    _Watched("unallocated", "bank", ("date", "amount"), "date", claims=_About.banked),
    _Watched(
        "promise",
        "promises",
        ("made_on", "promised_date", "amount", "milestone_id"),
        "made_on",
        "withdrawn_on",
        _About.promised,
    ),
    _Watched("disputed", "disputes", ("opened", "amount", "closed"), "opened", "closed"),
    _Watched("unread", "reschedules", ("agreed_on", "new_due", "amount"), "agreed_on"),
    _Watched("unread", "adjustments", ("date", "kind", "amount"), "date"),
    _Watched("unread", "amendments", ("effective", "new_amount", "policy"), "effective"),
    _Watched("unread", "contracts", ("settled_on", "settlement_total"), "settled_on"),
    _Watched("unread", "contracts", ("currency",)),
)
"""The tables from which it is known whether something was paid, promised, disputed, put off or let off."""
