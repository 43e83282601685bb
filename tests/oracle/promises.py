"""What came of promises to pay, as at a day: of each how much, and whether it was kept (RULES 5 and 15, Events).

What counts is money that came from the day of the promise up to the promised day and was not taken back, for the
milestone that the promise names, else from its customer. Money keeps one promise only, the one that is due first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.oracle.book import Book, Lot, Receipt, Row, day_of, text


@dataclass
class Coin:
    """Money of one receipt that paid a milestone, or waits for one (or for none in particular)."""

    day: date
    receipt: str
    customer: str
    milestone: str
    currency: str
    left: Decimal


@dataclass
class Promise:
    key: str
    customer: str
    made: date
    on: date
    milestone: str
    currency: str
    amount: Decimal
    withdrawn: bool
    came: Decimal = Decimal(0)

    def state(self, as_of: date) -> str:
        if self.withdrawn:
            return "withdrawn"
        if self.came == self.amount:
            return "kept"
        if self.on >= as_of:
            return "open"
        return "partly_kept" if self.came else "broken"


def promises(book: Book, receipts: Iterable[Receipt], lots: Iterable[Lot], as_of: date) -> list[Promise]:
    """Every promise made by as_of, by promised day and id."""
    read = [promise(book, row, as_of) for row in book.rows("promises")]
    found = sorted((one for one in read if one), key=lambda one: (one.on, one.key))
    purse = coins(receipts, lots)
    for one in found:
        for coin in purse if not one.withdrawn else []:
            if fits(coin, one):
                part = min(coin.left, one.amount - one.came)
                coin.left -= part
                one.came += part
    return found


def promise(book: Book, row: Row, as_of: date) -> Promise | None:
    made, on, withdrawn = (day_of(row, name) for name in ("made_on", "promised_date", "withdrawn_on"))
    key, milestone = text(row, "promise_id"), text(row, "milestone_id")
    currency = book.milestones[milestone].contract.currency if milestone in book.milestones else book.base
    amount = book.money(row, "amount", currency, "promises", key)
    if made is None or on is None or amount is None or made > as_of:
        return None
    gone = withdrawn is not None and withdrawn <= as_of
    return Promise(key, text(row, "customer_id"), made, on, milestone, currency, amount, gone)


def coins(receipts: Iterable[Receipt], lots: Iterable[Lot]) -> list[Coin]:
    """Money in, less what was taken back: what paid something, then what waits; oldest first."""
    found = []
    paid = list(lots)
    for one in sorted(receipts, key=lambda one: (one.day, one.key)):
        for lot in paid:
            if lot.receipt == one.key:
                of, milestone = lot.milestone.contract.customer, lot.milestone.key
                found.append(Coin(one.day, one.key, of, milestone, one.currency, lot.left))
        if one.free > 0:
            found.append(Coin(one.day, one.key, one.owner, one.milestone, one.currency, one.free))
    return found


def fits(coin: Coin, one: Promise) -> bool:
    return (
        coin.customer == one.customer
        and coin.currency == one.currency
        and one.milestone in ("", coin.milestone)
        and one.made <= coin.day <= one.on
    )
