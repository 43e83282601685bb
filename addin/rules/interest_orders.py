"""What one item bears by both orders in which payments may count: the evidence pack prints both (RULES 7, 15).

The books let a payment meet the principal first. By 民法典561, where nothing else was agreed, it meets accrued
interest first and then the principal. Days, rates, caps and rounding are those of `addin.rules.late_interest`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from addin.model.money import half_up
from addin.rules.claims import Allocation, Item
from addin.rules.interest import Order
from addin.rules.late_interest import Terms, bears_after


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one principal, both ends included, and what happened at the end of the last of them.

    ``paid`` is what came that day (below zero: was taken back), of which ``to_interest`` and ``to_principal``;
    ``other`` is by how much anything else raised the principal (below zero: an adjustment lowered it).
    """

    first: date
    last: date
    days: int
    principal: int
    interest: int
    paid: int = 0
    to_interest: int = 0
    to_principal: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One item by one order: its days, and what is left of principal and interest. Minor units."""

    order: Order
    stretches: Sequence[Stretch]
    principal: int
    interest: int

    @property
    def accrued(self) -> int:
        """All interest up to the last day, paid or not."""
        return sum(each.interest for each in self.stretches)

    @property
    def total(self) -> int:
        return self.principal + self.interest


def reckoned(
    item: Item, allocations: Iterable[Allocation], terms: Terms, as_of: int, order: Order
) -> Reckoning:
    """The item as at ``as_of``; ``allocations`` are those of a replay up to that day, in their order.

    By the order ``principal`` the principal left and the interest are those of the books. By ``561`` what is taken
    back of a payment revives first the principal that it met.
    """
    start = bears_after(item)
    own = [each for each in allocations if each.item is item]
    others = _others(item, own)
    days = {day for day, _ in item.changes} | {each.day for each in own}
    account = _Account(item.open - sum(rise for _, rise in item.changes), order, _limit(item, terms))
    for day in sorted(day for day in days if day <= min(start, as_of)):
        account.settle(others.get(day, 0), [each for each in own if each.day == day])
    found, before = [], start
    for day in sorted({*(day for day in days if start < day <= as_of), as_of} if as_of > start else ()):
        principal = account.principal
        interest = account.accrue(terms.rate, day - before)
        paid = [each for each in own if each.day == day]
        to_interest, to_principal = account.settle(others.get(day, 0), paid)
        found.append(
            Stretch(
                date.fromordinal(before + 1),
                date.fromordinal(day),
                day - before,
                principal,
                interest,
                sum(each.amount for each in paid),
                to_interest,
                to_principal,
                others.get(day, 0),
            )
        )
        before = day
    return Reckoning(order, found, account.principal, account.owed)


def _limit(item: Item, terms: Terms) -> Fraction | None:
    return None if terms.cap is None else terms.cap * item.amount


def _others(item: Item, own: Sequence[Allocation]) -> dict[int, int]:
    """By how much anything but payments raised what is open, by day."""
    rises: dict[int, int] = defaultdict(int)
    for day, rise in item.changes:
        rises[day] += rise
    for each in own:
        rises[each.day] += each.amount
    return dict(rises)


@dataclass
class _Account:
    """Principal and interest on their way through time; ``split`` is what each payment met."""

    principal: int
    order: Order
    limit: Fraction | None
    owed: int = 0
    exact: Fraction = Fraction(0)
    split: dict[int, tuple[int, int]] = field(default_factory=dict)

    def accrue(self, rate: Fraction, days: int) -> int:
        """Interest of so many days, so that all of it adds up to the exact interest rounded once."""
        before = self._rounded()
        self.exact += self.principal * rate * days
        interest = self._rounded() - before
        self.owed += interest
        return interest

    def _rounded(self) -> int:
        exact = self.exact if self.limit is None else min(self.exact, self.limit)
        return max(half_up(exact), 0)

    def settle(self, other: int, paid: Sequence[Allocation]) -> tuple[int, int]:
        """The end of a day: what else moved the principal, then its payments. How much of these met what."""
        self.principal += other
        parts = [self._take_back(each) if each.amount < 0 else self._pay(each) for each in paid]
        return sum(part[0] for part in parts), sum(part[1] for part in parts)

    def _pay(self, payment: Allocation) -> tuple[int, int]:
        to_interest = min(payment.amount, self.owed) if self.order == "561" else 0
        part = to_interest, payment.amount - to_interest
        self.split[id(payment)] = part
        return self._move(*part)

    def _take_back(self, refund: Allocation) -> tuple[int, int]:
        amount = -refund.amount
        undone = id(refund.undoes) if refund.undoes is not None else id(refund)
        to_interest, to_principal = self.split.get(undone, (0, amount))
        from_principal = min(amount, to_principal)
        from_interest = amount - from_principal
        self.split[undone] = to_interest - from_interest, to_principal - from_principal
        return self._move(-from_interest, -from_principal)

    def _move(self, to_interest: int, to_principal: int) -> tuple[int, int]:
        self.owed -= to_interest
        self.principal -= to_principal
        return to_interest, to_principal
