"""How each customer pays, as at a day: what the replay says of settled and overdue items, by customer.

Days count from the due date in force. A settled item counts what was paid of it, on the day on which nothing of it
was left open; an open one counts what is open of it, and only once it is overdue (RULES 15, Grade). What a write-off
or a credit note settled was not paid and has no weight. Amounts are in the base currency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from addin.model.money import half_up
from addin.rules.book import Book
from addin.rules.claims import Item, Milestone
from addin.rules.indicators import weighted_days
from addin.rules.paydex import paydex
from addin.rules.promise_payments import recent


@dataclass
class Payments:
    """One customer's items as (days late, amount): settled ones and overdue ones.

    ``known`` False: an exchange rate is missing, so that amounts of several currencies cannot be weighed.
    """

    settled: list[tuple[int, int]] = field(default_factory=list)
    overdue: list[tuple[int, int]] = field(default_factory=list)
    known: bool = True

    @cached_property
    def paydex(self) -> int | None:
        """The PAYDEX of both; None without any payment history, or where it is not known."""
        both = [*self.settled, *self.overdue]
        return paydex(*zip(*both, strict=True)) if both and self.known else None

    @cached_property
    def usual_delay(self) -> int | None:
        """The mean days late of what was settled, by amount, half-up; negative where it came early.

        >>> Payments(settled=[(10, 300), (-3, 100)]).usual_delay
        7
        """
        amounts = [amount for _, amount in self.settled]
        if not (sum(amounts) and self.known):
            return None
        return half_up(weighted_days(amounts, [days for days, _ in self.settled]))

    @property
    def days_overdue(self) -> int:
        """Of the open item that is late the longest; 0 where none is."""
        return max((days for days, _ in self.overdue), default=0)


def payments(book: Book) -> dict[str, Payments]:
    """The payments of every customer that has a triggered milestone of a known amount."""
    found: dict[str, Payments] = defaultdict(Payments)
    as_of, to_base = book.day, book.rates.to_base
    for position in np.flatnonzero(book.standing.triggered & book.standing.known).tolist():
        milestone = book.milestones[position]
        contract = milestone.contract
        of_customer = found[contract.customer]
        for item, day, amount in counted(milestone, as_of):
            in_base = to_base(amount, contract.currency)
            of_customer.known &= in_base is not None
            kept = of_customer.overdue if item.open > 0 else of_customer.settled
            kept.append((day - item.due, in_base or 0))
    return dict(found)


def counted(milestone: Milestone, as_of: int) -> Iterator[tuple[Item, int, int]]:
    """The items of a triggered milestone that count, each with the day up to which it was late and its amount.

    What is open of an overdue one, up to ``as_of``; what was paid of a settled one, up to its last payment.
    """
    for item in milestone.items if milestone.plan else (milestone.own,):
        if (left := item.open) > 0:
            if item.due < as_of:
                yield item, as_of, left
        elif item.paid > 0 and item.changes:
            yield item, item.changes[-1][0], item.paid


def broken_promises(book: Book) -> dict[str, list[str]]:
    """The promises by customer that fell due within the last 90 days, the as-of day left out, and brought nothing.

    One that was kept in part is not broken.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for promise in recent(book.promises, book.day):
        if promise.state(book.day) == "broken":
            found[promise.customer].append(promise.id)
    return dict(found)


def in_court(book: Book) -> set[str]:
    """The customers with a contract whose status is legal."""
    frame = book.ledger["contracts"]
    return set(frame["customer_id"][(frame["status"] == "legal").to_numpy(bool)].tolist())
