"""What was paid on promises, and which of them were kept (RULES 5, promise kept; 15, Events).

A promise is seen from the day on which it was made. What counts for it is money that came from that day up to the
promised day and was not taken back, for the milestone that it names, else from its customer. Money counts for one
promise only, the one that is due first; a withdrawn one gets none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal, TypeAlias

from addin.model.days import NO_DAY, to_days
from addin.model.ledger import Ledger
from addin.rules.claims import Receipt
from addin.rules.frames import integers

State: TypeAlias = Literal["open", "kept", "partly_kept", "broken", "withdrawn"]


@dataclass(slots=True)
class Promised:
    """A promise for ``day``, in ``row`` of the sheet: how much was promised, and how much of it came by its day."""

    day: int
    id: str
    row: int
    made_on: int
    customer: str
    milestone: str
    currency: str
    amount: int
    withdrawn: bool
    paid: int = 0

    def state(self, as_of: int) -> State:
        """Kept once all of it came; open through its day, which may still bring the rest.

        >>> word = Promised(10, "P", 6, 1, "K", "", "CNY", 500, withdrawn=False, paid=200)
        >>> word.state(10), word.state(11)
        ('open', 'partly_kept')
        """
        if self.withdrawn:
            return "withdrawn"
        if self.paid >= self.amount:
            return "kept"
        if self.day >= as_of:
            return "open"
        return "partly_kept" if self.paid else "broken"


@dataclass(slots=True)
class _Money:
    """What a customer paid on a day, for one milestone or (no milestone) for none yet."""

    day: int
    milestone: str
    left: int


RECENT_DAYS = 90
"""How far back a promise counts for how well a customer keeps its word (RULES 15, Grade)."""


def recent(promises: Iterable[Promised], as_of: int) -> list[Promised]:
    """The promises for one of the last 90 days, the as-of day left out, without those withdrawn."""
    return [
        promise
        for promise in promises
        if as_of - RECENT_DAYS <= promise.day < as_of and not promise.withdrawn
    ]


def promises(ledger: Ledger, receipts: Sequence[Receipt], as_of: int) -> list[Promised]:
    """Every promise made by the day, by its own day and id; ``receipts`` are those of a replay up to the day."""
    made = sorted(_made(ledger, as_of), key=lambda each: (each.day, each.id))
    standing = [promise for promise in made if not promise.withdrawn]
    money = _money(receipts, {promise.customer for promise in standing}) if standing else {}
    for promise in standing:
        for coin in money.get((promise.customer, promise.currency), ()):
            if coin.day > promise.day or promise.paid >= promise.amount:
                break
            if coin.day >= promise.made_on and promise.milestone in ("", coin.milestone):
                part = min(promise.amount - promise.paid, coin.left)
                promise.paid += part
                coin.left -= part
    return made


def _made(ledger: Ledger, as_of: int) -> Iterator[Promised]:
    """Promises whose amount and days are known."""
    frame = ledger["promises"]
    rows = zip(
        frame.index.tolist(),
        to_days(frame["promised_date"]).tolist(),
        frame["promise_id"].tolist(),
        to_days(frame["made_on"]).tolist(),
        frame["customer_id"].tolist(),
        frame["milestone_id"].tolist(),
        ledger.currencies["promises"],
        integers(frame["amount"]),
        to_days(frame["withdrawn_on"]).tolist(),
        strict=True,
    )
    for row, day, id, made_on, customer, milestone, currency, amount, withdrawn in rows:
        if amount is not None and day > NO_DAY and NO_DAY < made_on <= as_of:
            gone = NO_DAY < withdrawn <= as_of
            yield Promised(day, id, row, made_on, customer, milestone, currency, amount, gone)


def _money(receipts: Sequence[Receipt], customers: Set[str]) -> dict[tuple[str, str], list[_Money]]:
    """By customer and currency, oldest first: what each receipt paid, and what of it waits."""
    found: dict[tuple[str, str], list[_Money]] = defaultdict(list)
    for receipt in sorted(receipts, key=lambda each: (each.day, each.rank)):
        if receipt.amount > 0:
            for milestone, customer, amount in _parts(receipt):
                if customer in customers:
                    found[customer, receipt.currency].append(_Money(receipt.day, milestone, amount))
    return found


def _parts(receipt: Receipt) -> Iterator[tuple[str, str, int]]:
    """Milestone, customer and amount of what is left of a receipt after refunds."""
    for each in receipt.allocations:
        if each.left > 0:
            milestone = each.item.milestone
            yield milestone.id, milestone.contract.customer, each.left
    if receipt.left > 0:
        yield receipt.milestone.id if receipt.milestone else "", receipt.customer, receipt.left
