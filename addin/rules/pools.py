"""Which claim a payment meets first: the contract's order, and the order of 民法典560 (RULES 15, Allocation).

Items enter a pool when they are triggered and whenever their due date or open amount changes; they are put in
order when money comes that asks for it, for most are paid by name before. Entries that no longer hold are told by
their number and dropped when they come to the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import chain, groupby

from addin.model.money import by_largest_remainder
from addin.rules import article_560
from addin.rules.article_560 import Key, Place, key_of, place_of
from addin.rules.claims import Contract, Item, Tie


def key_560(item: Item, day: int) -> Key:
    """What 民法典560 compares of an item on a day."""
    contract = item.milestone.contract
    return key_of(contract.security_on(day), contract.burden, item.due)


def contract_key(item: Item) -> tuple[int, int, str]:
    """By due date, then seq and milestone_id, then the order within the milestone.

    What is due on or before the receipt's day comes first because its due date is the earlier one.
    """
    return item.due, item.milestone.place, item.name


class ContractPool:
    """The open, triggered items of one contract, earliest due first."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, str, int, Item]] = []
        self._touched: list[Item] = []

    def place(self, item: Item) -> None:
        """Notes an item whose due date or open amount changed."""
        self._touched.append(item)

    def _settle(self) -> None:
        """Puts what was touched where its due date now belongs, or out when nothing is open."""
        for item in self._touched:
            item.contract_entry += 1
            if item.open > 0:
                heappush(self._heap, (*contract_key(item), item.contract_entry, item))
        self._touched.clear()

    def first(self) -> Item | None:
        """The item to pay next."""
        self._settle()
        while self._heap:
            *_, entry, item = self._heap[0]
            if entry == item.contract_entry and item.open > 0:
                return item
            heappop(self._heap)
        return None


class _Queue:
    """Items by key, the lowest first; those that no longer hold are dropped when their key comes to the top."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._entries: dict[Key, list[tuple[int, Item]]] = {}

    def put(self, key: Key, item: Item) -> None:
        entry = item.customer_entry, item
        known = self._entries.get(key)
        if known is None:
            self._entries[key] = [entry]
            heappush(self._keys, key)
        else:
            known.append(entry)

    def first(self, after: int = 0) -> list[Item]:
        """The open items of the lowest key that fall due after the day ``after``: they stay."""
        while self._keys:
            key = self._keys[0]
            live = [
                (entry, item)
                for entry, item in self._entries[key]
                if entry == item.customer_entry and item.open > 0 and item.due > after
            ]
            if live:
                self._entries[key] = live
                return [item for _, item in live]
            del self._entries[heappop(self._keys)]
        return []


class CustomerPool:
    """The open, triggered items of one customer and currency, in the order of 民法典560.

    The day never goes back: what was due on one day is due on all later ones. What is not due is put in the order
    of 560 when the first payment reaches it: most never do.
    """

    def __init__(self) -> None:
        self._due = _Queue()
        self._undue: _Queue | None = None
        self._coming: dict[int, list[tuple[int, Item]]] = {}
        self._coming_days: list[int] = []
        self._expiries: list[tuple[int, int, Contract]] = []
        self._secured: set[int] = set()
        self._touched: list[Item] = []
        self._day = 0

    def place(self, item: Item) -> None:
        """Notes an item whose due date changed, or that something is open of again."""
        self._touched.append(item)

    def _settle(self) -> None:
        for item in self._touched:
            self._put(item)
        self._touched.clear()

    def _put(self, item: Item) -> None:
        """Puts an item where its key now belongs, or takes it out when nothing is open."""
        item.customer_entry += 1
        if item.open <= 0:
            return
        contract = item.milestone.contract
        if contract.security and contract.secured_until and id(contract) not in self._secured:
            self._secured.add(id(contract))
            heappush(self._expiries, (contract.secured_until + 1, len(self._secured), contract))
        if item.due <= self._day:
            self._due.put(key_560(item, self._day), item)
            return
        if self._undue is not None:
            self._undue.put(key_560(item, self._day), item)
        if item.due not in self._coming:
            self._coming[item.due] = []
            heappush(self._coming_days, item.due)
        self._coming[item.due].append((item.customer_entry, item))

    def go_to(self, day: int) -> None:
        """Moves what has fallen due, and drops securities that ran out before ``day``."""
        self._day = max(self._day, day)
        while self._coming_days and self._coming_days[0] <= self._day:
            for entry, item in self._coming.pop(heappop(self._coming_days)):
                if entry == item.customer_entry and item.open > 0:
                    self._due.put(key_560(item, self._day), item)
        while self._expiries and self._expiries[0][0] <= self._day:
            self._renew(heappop(self._expiries)[2])

    def _renew(self, contract: Contract) -> None:
        for milestone in contract.milestones:
            for item in milestone.items:
                if milestone.triggered and item.open > 0:
                    self.place(item)

    def first(self) -> list[Item]:
        """The tied claims to pay next, all of one key; empty where nothing is open."""
        self._settle()
        return self._due.first() or self._not_due().first(self._day)

    def _not_due(self) -> _Queue:
        if self._undue is None:
            self._undue = _Queue()
            for entry, item in chain.from_iterable(self._coming.values()):
                if entry == item.customer_entry:
                    self._undue.put(key_560(item, self._day), item)
        return self._undue


def share_tied(money: int, tied: Sequence[Item]) -> tuple[list[tuple[Item, int]], Tie | None]:
    """Shares ``money`` out over tied claims, pro rata by largest remainder, ties to the smaller milestone_id.

    What is more than they have open stays out. The items of one milestone count as one claim, filled in their order
    (RULES 15, Corner 17). Where there are several claims, the second is who shared, for the record.
    """
    if len(tied) == 1:
        return [(tied[0], min(money, tied[0].open))], None
    by_claim = sorted(tied, key=lambda item: (item.milestone.rank, item.name))
    claims = [list(items) for _, items in groupby(by_claim, key=lambda item: item.milestone.rank)]
    opens = [sum([item.open for item in items]) for items in claims]
    amount = min(money, sum(opens))
    parts = by_largest_remainder(amount, opens)
    tie = Tie(amount, tuple((items[0].milestone, left) for items, left in zip(claims, opens, strict=True)))
    paid = [pair for items, part in zip(claims, parts, strict=True) for pair in fill(part, items)]
    return paid, tie if len(claims) > 1 else None


def fill(amount: int, items: Sequence[Item]) -> list[tuple[Item, int]]:
    """Fills items one after the other; what is left over is in none of the pairs."""
    if len(items) == 1:
        part = min(amount, items[0].open)
        return [(items[0], part)] if part else []
    parts = article_560.fill(amount, (item.open for item in items))
    return [(item, part) for item, part in zip(items, parts, strict=True) if part]


def groups_560(items: Sequence[Item], day: int) -> list[list[Item]]:
    """Tied claims, in the order of 民法典560 as at ``day``: due before not due, then by key."""

    def place(item: Item) -> Place:
        return place_of(key_560(item, day), day)

    return [list(tied) for _, tied in groupby(sorted(items, key=place), key=place)]
