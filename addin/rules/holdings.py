"""What bears a provision on a day: receivables, contract assets, notes, by customer assessed alone or pool and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from addin.model.days import NO_DAY, Days, to_days
from addin.rules.age_bands import BANDS, bands
from addin.rules.book import Book
from addin.rules.claims import Milestone, Receipt
from addin.rules.lookback import Lookback

RECEIVABLE, CONTRACT_ASSET, NOTES = CLASSES = ("receivable", "contract_asset", "notes")
ALONE: Final = -1
"""The band of a customer assessed alone: age plays no part."""
BANK: Final = len(BANDS)
"""The band of bank drafts: a bank owes them, whatever their age and whoever gave them."""
_DRAFTS = ("commercial_draft", "e_voucher", "bank_draft")


class Key(NamedTuple):
    """One line of the provision: its class, the customer assessed alone (empty: the pool), its age band."""

    kind: str
    customer: str
    band: int


Balances = Mapping[Key, Mapping[str, int]]
"""Minor units by line and currency."""


@dataclass(frozen=True)
class Draft:
    """A draft received: whether a bank owes it, when it matures (`NO_DAY`: unknown), and what it paid.

    ``paid`` holds (milestone, day, minor units), below zero what was taken back of it.
    """

    receipt: Receipt
    by_bank: bool
    matures: int
    paid: Sequence[tuple[Milestone, int, int]]

    def is_held(self, day: int) -> bool:
        """Whether it is a note on that day: received, not matured, not refused."""
        refused = self.receipt.dishonoured
        open_ended = self.matures == NO_DAY or self.matures > day
        return self.receipt.day <= day and open_ended and not NO_DAY < refused <= day


@dataclass(frozen=True)
class Assessed:
    """A ledger as the provision sees it. Vectors have one entry a milestone.

    ``who`` is the number of the customer among ``alone`` (0: the pool), ``currency`` that of the currency among
    ``codes``. ``recognised`` starts the age of a receivable. ``earned`` is the day from which a retention is an
    asset though it is not due yet, `NO_DAY` for all else.
    """

    history: Lookback
    alone: Sequence[str]
    who: np.ndarray
    currency: np.ndarray
    codes: Sequence[str]
    trigger: Days
    recognised: Days
    earned: Days
    drafts: Sequence[Draft]
    recognised_of: Mapping[int, int]
    """The day of recognition by the row of a milestone that a draft paid."""

    def on(self, day: int) -> Balances:
        """What is held at the end of ``day`` (a civil ordinal)."""
        held = self.history.open_on(day)
        claimed = (self.trigger != NO_DAY) & (self.trigger <= day)
        waiting = ~claimed & (self.earned != NO_DAY) & (self.earned <= day)
        found: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for kind, chosen, start in (
            (RECEIVABLE, claimed, self.recognised),
            (CONTRACT_ASSET, waiting, self.earned),
        ):
            for key, currency, amount in self._tally(
                kind, np.flatnonzero(chosen & (held != 0)), held, start, day
            ):
                found[key][currency] += amount
        for key, currency, amount in self._notes(day):
            found[key][currency] += amount
        return found

    def _tally(
        self, kind: str, chosen: np.ndarray, held: np.ndarray, start: Days, day: int
    ) -> Iterator[tuple[Key, str, int]]:
        who = self.who[chosen]
        band = np.where(who > 0, ALONE, bands(start[chosen], date.fromordinal(day)))
        bounds = len(self.alone), BANK + 1, len(self.codes)
        lines, line = np.unique(
            np.ravel_multi_index((who, band - ALONE, self.currency[chosen]), bounds), return_inverse=True
        )
        sums = np.zeros(len(lines), dtype=np.int64)
        np.add.at(sums, line, held[chosen])
        columns = (column.tolist() for column in np.unravel_index(lines, bounds))
        for one, age, code, amount in zip(*columns, sums.tolist(), strict=True):
            yield Key(kind, self.alone[one], age + ALONE), self.codes[code], amount

    def _notes(self, day: int) -> Iterator[tuple[Key, str, int]]:
        """A draft in full, whatever was refunded: it keeps the age of what it paid; the rest is as old as itself."""
        as_of = date.fromordinal(day)
        for draft in self.drafts:
            if not draft.is_held(day):
                continue
            receipt = draft.receipt
            parts: dict[int, int] = defaultdict(int)
            parts[receipt.day] = receipt.amount
            for milestone, paid_on, amount in draft.paid:
                if paid_on <= day:
                    parts[receipt.day] -= amount
                    parts[self.recognised_of[milestone.row]] += amount
            for start, amount in parts.items():
                if amount:
                    yield self._note_key(draft, start, as_of), receipt.currency, amount

    def _note_key(self, draft: Draft, start: int, as_of: date) -> Key:
        if draft.by_bank:
            return Key(NOTES, "", BANK)
        giver = draft.receipt.customer
        if giver and giver in self.alone:
            return Key(NOTES, giver, ALONE)
        return Key(NOTES, "", int(bands(np.array([start]), as_of)[0]))


def assessed(book: Book, alone: Set[str]) -> Assessed:
    """The book, with the customers that are assessed alone."""
    frame = book.ledger["milestones"]
    order = [
        "",
        *(id for id in dict.fromkeys(book.ledger["customers"]["customer_id"].tolist()) if id in alone),
    ]
    number = {customer: position for position, customer in enumerate(order)}
    of_contract = np.array([number.get(each.customer, 0) for each in book.contracts], dtype=np.int64)
    codes = list(dict.fromkeys(each.currency for each in book.contracts))
    currency = np.array([codes.index(each.currency) for each in book.contracts], dtype=np.int64)
    own, trigger = to_days(frame["recognised_on"]), book.standing.trigger
    recognised = np.where(own != NO_DAY, own, trigger)
    return Assessed(
        Lookback.of(book.milestones, book.standing.open, book.state.movements),
        order,
        of_contract[book.contract_of],
        currency[book.contract_of],
        codes,
        trigger,
        recognised,
        _earned(book, own),
        _drafts(book),
        dict(zip(frame.index.tolist(), recognised.tolist(), strict=True)),
    )


def _earned(book: Book, recognised: Days) -> Days:
    """Since when a retention is owed though it still waits: its own day of recognition, else the completion."""
    completed = to_days(book.ledger["contracts"]["completed"])
    by_contract = np.full(len(book.contracts), NO_DAY, dtype=np.int64)
    by_contract[: len(completed)] = completed
    retention = (book.ledger["milestones"]["category"] == "retention").to_numpy(bool)
    since = np.where(recognised != NO_DAY, recognised, by_contract[book.contract_of])
    return np.where(retention, since, NO_DAY)


def _drafts(book: Book) -> list[Draft]:
    frame = book.ledger["receipts"]
    rows = zip(
        frame.index.tolist(), frame["method"].tolist(), to_days(frame["matures_on"]).tolist(), strict=True
    )
    facts = {row: (method, matures) for row, method, matures in rows if method in _DRAFTS}
    drafts = {each.row: each for each in book.receipts if each.row in facts and each.amount > 0}
    paid: dict[int, list[tuple[Milestone, int, int]]] = defaultdict(list)
    if drafts:
        for each in book.state.allocations:
            giver = each.undoes.receipt if each.undoes else each.receipt
            if giver.row in drafts:
                paid[giver.row].append((each.item.milestone, each.day, each.amount))
    return [
        Draft(receipt, facts[row][0] == "bank_draft", facts[row][1], paid[row])
        for row, receipt in drafts.items()
    ]
