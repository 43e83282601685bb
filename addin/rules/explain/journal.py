"""What one milestone received, what was adjusted, and what its items hold, as terms that later steps take."""

from __future__ import annotations

from dataclasses import dataclass, field

from addin.model.text import Text
from addin.rules.claims import Allocation, Item, Milestone
from addin.rules.explain import catalogue
from addin.rules.explain.amounts import Amounts
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import Desk
from addin.rules.explain.steps import Row, Rule, Term, Trail


@dataclass
class Account:
    """What happened to one item, as terms: its amount now, and what was paid on it and adjusted."""

    amount: Term
    taken: list[Term] = field(default_factory=list)
    """What was paid on it and adjusted, in the order in which it happened."""
    adjusted: list[Term] = field(default_factory=list)


class Journal:
    """The accounts of one milestone's items. `addin.rules.explain.history` enters what happened, in its order."""

    def __init__(self, desk: Desk, trail: Trail, milestone: Milestone) -> None:
        self.desk = desk
        self.trail = trail
        self.milestone = milestone
        self.row: Row = desk.at("milestones", milestone.row)
        self.received: list[Term] = []
        self.adjusted: list[Term] = []
        self.adjusted_by_kind: dict[str, list[Term]] = {}
        self.told: dict[int, Term] = {}
        self._past: list[tuple[int, Term, int]] = []
        self.amounts = Amounts(desk, trail, milestone.contract)
        self._accounts: dict[Item, Account] = {}
        first = self.amounts.after(milestone, 0)
        self.account(milestone.own).amount = first if first.value is not None else self.zero()
        self._first = self.account(milestone.own).amount

    # --- what stands at the end ------------------------------------------------------------------------

    def zero(self) -> Term:
        return Term(Money(0, self.milestone.contract.digits))

    def amount(self, item: Item) -> Term:
        """What the item holds now."""
        return self.account(item).amount

    def open_on(self, item: Item) -> Term:
        """What is open on the item now."""
        account = self.account(item)
        return self._less(account.amount, account.taken, item)

    def _less(self, amount: Term, taken: list[Term], item: Item) -> Term:
        if not taken:
            return amount
        name = item_name(item)
        words = Text(f"{name.zh} 此时未收", f"Open on {name.en} at this point")
        return self.trail.add("minus", [amount, *taken], catalogue.OPEN_BEFORE, words, [self.row])

    def mark(self, day: int) -> None:
        """Remembers what the own item holds at the end of an event."""
        own = self.account(self.milestone.own)
        self._past.append((day, own.amount, len(own.taken)))

    def open_after(self, day: int) -> Term:
        """What was open on the own item at the end of a day."""
        own, amount, count = self.account(self.milestone.own), self._first, 0
        for marked, then, taken in self._past:
            if marked <= day:
                amount, count = then, taken
        return self._less(amount, own.taken[:count], self.milestone.own)

    def total_received(self) -> Term:
        return self._total(self.received, catalogue.RECEIVED, Text("已核销合计", "Received in all"))

    def total_adjusted(self) -> Term:
        return self._total(self.adjusted, catalogue.ADJUSTMENT, Text("已调整合计", "Adjusted in all"))

    def _total(self, terms: list[Term], rule: Rule, words: Text) -> Term:
        if not terms:
            none = Text(f"{words.zh}（没有记录）", f"{words.en} (no entries)")
            return self.trail.add("same", [self.zero()], rule, none, [self.row])
        return self.trail.add("sum", terms, rule, words, [self.row])

    # --- entries ---------------------------------------------------------------------------------------

    def account(self, item: Item) -> Account:
        """The item's account; one without entries holds nothing."""
        if item not in self._accounts:
            self._accounts[item] = Account(self.zero())
        return self._accounts[item]

    def pay(self, allocation: Allocation, amount: Term) -> None:
        """Enters an allocation, below zero for money taken back."""
        self.told[id(allocation)] = amount
        self.received.append(amount)
        self.account(allocation.item).taken.append(amount)


def item_name(item: Item) -> Text:
    """The item for people: the milestone, or the instalment of its plan."""
    if not item.name:
        return Text(item.milestone.id, item.milestone.id)
    return Text(f"{item.milestone.id} 的分期 {item.name}", f"instalment {item.name} of {item.milestone.id}")
