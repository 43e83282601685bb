"""Which claim a payment meets first: the contract's order, and the order of 民法典560 (RULES 15, Allocation).

Items enter a pool when they are triggered and whenever their due date or open amount changes; they are put in
order when money comes that asks for it, for most are paid by name before. Entries that no longer hold are told by
their number and dropped when they come to the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import groupby

from addin.model.money import by_largest_remainder
from addin.rules.claims import Contract, Item, Milestone, Tie

Key = tuple[int, int, int]
"""Security, burden (negative: the heaviest first), due day: what 560 compares among due or undue claims."""


def key_560(item: Item, day: int) -> Key:
    """Least security, heaviest burden, earliest due."""
    contract = item.milestone.contract
    return contract.security_on(day), -contract.burden, item.due


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


Entry = tuple[int, int, int, int, str, int, Item]


def _take_tied(heap: list[Entry], after: int) -> list[Item]:
    """Takes the first claims off the heap that share one key and fall due after the day ``after``."""
    tied: list[Item] = []
    key: Key | None = None
    while heap:
        security, burden, due, _, _, entry, item = heap[0]
        if entry == item.customer_entry and item.open > 0 and item.due > after:
            key = key or (security, burden, due)
            if (security, burden, due) != key:
                break
            tied.append(item)
        heappop(heap)
    return tied


class CustomerPool:
    """The open, triggered items of one customer and currency, in the order of 民法典560.

    The day never goes back: what was due on one day is due on all later ones. What is not due is put in the order
    of 560 when the first payment reaches it: most never do.
    """

    def __init__(self) -> None:
        self._due: list[Entry] = []
        self._undue: list[Entry] | None = None
        self._coming: list[tuple[int, int, str, int, Item]] = []
        self._expiries: list[tuple[int, int, Contract]] = []
        self._secured: set[int] = set()
        self._touched: list[Item] = []
        self._day = 0

    def place(self, item: Item) -> None:
        """Notes an item whose due date or open amount changed."""
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
            heappush(self._due, self._entry(item))
        else:
            if self._undue is not None:
                heappush(self._undue, self._entry(item))
            heappush(self._coming, (item.due, item.milestone.rank, item.name, item.customer_entry, item))

    def _entry(self, item: Item) -> Entry:
        return *key_560(item, self._day), item.milestone.rank, item.name, item.customer_entry, item

    def go_to(self, day: int) -> None:
        """Moves what has fallen due, and drops securities that ran out before ``day``."""
        self._day = max(self._day, day)
        while self._coming and self._coming[0][0] <= self._day:
            *_, entry, item = heappop(self._coming)
            if entry == item.customer_entry and item.open > 0:
                heappush(self._due, self._entry(item))
        while self._expiries and self._expiries[0][0] <= self._day:
            self._renew(heappop(self._expiries)[2])

    def _renew(self, contract: Contract) -> None:
        for milestone in contract.milestones:
            for item in milestone.items:
                if milestone.triggered and item.open > 0:
                    self.place(item)

    def first(self) -> list[Item]:
        """The tied claims to pay next, all of one key; empty where nothing is open.

        They leave the pool; the caller adds back what stays open.
        """
        self._settle()
        return _take_tied(self._due, 0) or _take_tied(self._not_due(), self._day)

    def _not_due(self) -> list[Entry]:
        if self._undue is None:
            self._undue = [
                self._entry(item) for *_, entry, item in self._coming if entry == item.customer_entry
            ]
            heapify(self._undue)
        return self._undue


def share_tied(amount: int, tied: Sequence[Item]) -> list[tuple[Item, int]]:
    """Shares ``amount`` out over tied claims, pro rata by largest remainder, ties to the smaller milestone_id.

    The items of one milestone count as one claim, filled in their order (RULES 15, Corner 17). ``amount`` is at
    most what is open.
    """
    if len(tied) == 1:
        return [(tied[0], amount)]
    by_claim = sorted(tied, key=lambda item: (item.milestone.rank, item.name))
    claims = [list(items) for _, items in groupby(by_claim, key=lambda item: item.milestone.rank)]
    parts = by_largest_remainder(amount, [sum(item.open for item in items) for items in claims])
    return [pair for items, part in zip(claims, parts, strict=True) for pair in fill(part, items)]


def tie_of(amount: int, tied: Sequence[Item]) -> Tie | None:
    """Who shared ``amount``, for the record; None where one claim has it all. To be asked before anybody is paid."""
    if len(tied) == 1:
        return None
    opens: dict[Milestone, int] = {}
    for item in sorted(tied, key=lambda item: item.milestone.rank):
        opens[item.milestone] = opens.get(item.milestone, 0) + item.open
    return Tie(amount, tuple(opens.items())) if len(opens) > 1 else None


def fill(amount: int, items: Iterable[Item]) -> list[tuple[Item, int]]:
    """Fills items one after the other; what is left over is in none of the pairs."""
    pairs = []
    for item in items:
        part = min(amount, item.open)
        if part > 0:
            pairs.append((item, part))
            amount -= part
    return pairs


def groups_560(items: Sequence[Item], day: int) -> list[list[Item]]:
    """Tied claims, in the order of 民法典560 as at ``day``: due before not due, then by key."""

    def order(item: Item) -> tuple[bool, int, int, int]:
        return item.due > day, *key_560(item, day)

    return [list(tied) for _, tied in groupby(sorted(items, key=order), key=order)]
