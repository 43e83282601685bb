"""What was paid on promises that have fallen due (RULES 5, promise kept)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass

from addin.model.days import NO_DAY, to_days
from addin.rules.book import Book
from addin.rules.claims import Receipt
from addin.rules.frames import integers


@dataclass(frozen=True)
class Promised:
    """A promise that has fallen due: how much was promised, and how much of it came by its day."""

    id: str
    customer: str
    currency: str
    amount: int
    paid: int


@dataclass
class _Money:
    """What a customer paid on a day, for one milestone or (no milestone) for none yet."""

    day: int
    milestone: str
    currency: str
    left: int


@dataclass(frozen=True)
class _Promise:
    day: int
    id: str
    made_on: int
    customer: str
    milestone: str
    currency: str
    amount: int


RECENT_DAYS = 90
"""How far back a promise counts for how well a customer keeps its word (RULES 15, Grade)."""


def recent_promises(book: Book) -> list[Promised]:
    """The promises for one of the last 90 days, the as-of day left out."""
    return due_promises(book, book.day - RECENT_DAYS - 1)


def due_promises(book: Book, after: int) -> list[Promised]:
    """The promises for a day later than ``after`` and before the book's own, in the order of that day.

    One for the as-of day itself may still be kept. Withdrawn ones are left out. What counts is money that came
    from the day of the promise up to the promised day and was not taken back, for the milestone that it names,
    else from the customer. Money counts for one promise only, the earliest.
    """
    promises = sorted(_promises(book, after), key=lambda each: (each.day, each.id))
    money = _money(book, {promise.customer for promise in promises}) if promises else {}
    found = []
    for promise in promises:
        wanted = promise.amount
        for coin in money.get((promise.customer, promise.currency), ()):
            named = promise.milestone in ("", coin.milestone)
            if named and promise.made_on <= coin.day <= promise.day:
                part = min(wanted, coin.left)
                wanted -= part
                coin.left -= part
        paid = promise.amount - wanted
        found.append(Promised(promise.id, promise.customer, promise.currency, promise.amount, paid))
    return found


def _promises(book: Book, after: int) -> Iterator[_Promise]:
    frame = book.ledger["promises"]
    rows = zip(
        to_days(frame["promised_date"]).tolist(),
        frame["promise_id"].tolist(),
        to_days(frame["made_on"]).tolist(),
        frame["customer_id"].tolist(),
        frame["milestone_id"].tolist(),
        book.ledger.currencies["promises"],
        integers(frame["amount"]),
        to_days(frame["withdrawn_on"]).tolist(),
        strict=True,
    )
    for day, id, made_on, customer, milestone, currency, amount, withdrawn in rows:
        standing = not NO_DAY < withdrawn <= book.day
        if amount is not None and after < day < book.day and made_on > NO_DAY and standing:
            yield _Promise(day, id, made_on, customer, milestone, currency, amount)


def _money(book: Book, customers: Set[str]) -> dict[tuple[str, str], list[_Money]]:
    """By customer and currency, oldest first: what each receipt paid, and what of it waits."""
    found: dict[tuple[str, str], list[_Money]] = defaultdict(list)
    for receipt in sorted(book.receipts, key=lambda each: (each.day, each.rank)):
        if receipt.amount > 0:
            for milestone, customer, amount in _parts(receipt):
                if customer in customers:
                    coin = _Money(receipt.day, milestone, receipt.currency, amount)
                    found[customer, receipt.currency].append(coin)
    return found


def _parts(receipt: Receipt) -> Iterator[tuple[str, str, int]]:
    """Milestone, customer and amount of what is left of a receipt after refunds."""
    for each in receipt.allocations:
        if each.left > 0:
            milestone = each.item.milestone
            yield milestone.id, milestone.contract.customer, each.left
    if receipt.left > 0:
        yield receipt.milestone.id if receipt.milestone else "", receipt.customer, receipt.left
