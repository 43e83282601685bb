"""Money of a customer that no claim has taken yet, and the claims that it would settle (RULES 9, 14: in allocation).

A reminder of what somebody has paid already is worse than one that comes late. So money counts as the customer's
wherever the ledger can tell: receipts with what is left of them, receipts without ids whose payer is the customer,
and bank lines that nobody has entered as a receipt yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

import numpy as np

from addin.model.columns import fold
from addin.model.days import NO_DAY, to_days
from addin.model.money import digits_of, from_minor
from addin.rules.book import Book
from addin.rules.claims import Receipt
from addin.rules.frames import integers
from addin.rules.gather_receipts import payer_ids

Purse = tuple[str, str]


def waiting_money(book: Book) -> dict[Purse, list[int]]:
    """The amounts that wait, by customer and currency; below nought what was refunded and is missing.

    What is reserved for a pending milestone does not wait, nor what a dishonoured draft left.
    """
    payers = Payers(book)
    found: dict[Purse, list[int]] = defaultdict(list)
    for place in np.flatnonzero(book.unapplied).tolist():
        receipt = book.receipts[place]
        if not receipt.lapsed and (receipt.milestone is None or receipt.milestone.triggered):
            for customer in payers.of(receipt):
                found[customer, receipt.currency].append(receipt.left)
    for customer, amount in _not_entered(book, payers):
        for currency in payers.currencies.get(customer, ()):
            found[customer, currency].append(_scaled(amount, book.rates.base, currency))
    return dict(found)


class Payers:
    """Who may be meant by the name on a payment: a customer's name or one of its payer_names."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def currencies(self) -> Mapping[str, Collection[str]]:
        """The currencies of each customer's contracts."""
        found: dict[str, set[str]] = defaultdict(set)
        for contract in self._book.contracts:
            found[contract.customer].add(contract.currency)
        return found

    def of(self, receipt: Receipt) -> Collection[str]:
        """The receipt's customer; where it names none that is known, those whose name stands as the payer."""
        if receipt.customer in self._ids:
            return (receipt.customer,)
        return self.named(self._typed.get(receipt.row, ""))

    def named(self, payer: str) -> Collection[str]:
        """The customers that pay under a name."""
        return self._by_name.get(fold(payer), ()) if payer else ()

    @cached_property
    def _ids(self) -> Collection[str]:
        return set(self._book.ledger["customers"]["customer_id"].tolist())

    @cached_property
    def _typed(self) -> Mapping[int, str]:
        frame = self._book.ledger["receipts"]
        return dict(zip(frame.index.tolist(), frame["payer"].tolist(), strict=True))

    @cached_property
    def _by_name(self) -> Mapping[str, Collection[str]]:
        return payer_ids(self._book.ledger)


def _scaled(amount: int, base: str, currency: str) -> int:
    """A bank line says no currency: its number counts as one of the currency in which the customer owes."""
    more = digits_of(currency) - digits_of(base)
    return int(amount * 10**more) if more >= 0 else int(amount // 10**-more)


def _not_entered(book: Book, payers: Payers) -> Iterator[tuple[str, int]]:
    """(customer, amount) of the bank lines by the day that are no receipt yet.

    A receipt is known by its bank reference, one that has none by its day, amount and customer.
    """
    frame = book.ledger["bank"]
    days = to_days(frame["date"])
    came = (days != NO_DAY) & (days <= book.day) & (frame["state"] != "ignored").to_numpy(bool)
    if not came.any():
        return
    references, without = entered(book, payers)
    digits = digits_of(book.rates.base)
    amounts, refs, names = integers(frame["amount"]), frame["bank_ref"].tolist(), frame["payer"].tolist()
    for place in np.flatnonzero(came).tolist():
        amount = amounts[place]
        if amount is not None and amount > 0 and fold(refs[place]) not in references:
            for customer in payers.named(names[place]):
                if (int(days[place]), from_minor(amount, digits), customer) not in without:
                    yield customer, amount


def entered(book: Book, payers: Payers) -> tuple[set[str], set[tuple[int, Decimal, str]]]:
    """The bank references of all receipts, and (day, amount, customer) of those without one.

    Amounts are numbers as they stand in the sheet: a bank line says no currency.
    """
    frame = book.ledger["receipts"]
    refs = dict(zip(frame.index.tolist(), map(fold, frame["bank_ref"].tolist()), strict=True))
    without = {
        (receipt.day, from_minor(receipt.amount, digits_of(receipt.currency)), customer)
        for receipt in book.receipts
        if not refs[receipt.row]
        for customer in payers.of(receipt)
    }
    return set(refs.values()) - {""}, without
