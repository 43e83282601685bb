"""What a replay has made so far: pools of open claims, money that waits, allocations, movements, findings."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Set
from dataclasses import dataclass, field

from addin.model.finding import Finding
from addin.rules.claims import Agreed, Allocation, Amended, Contract, Item, Movement, Receipt, Return
from addin.rules.pools import ContractPool, CustomerPool

Purse = tuple[str, str]
"""Customer and currency: money of one never pays the other."""


@dataclass
class State:
    """What the events have made so far."""

    contract_pools: dict[str, ContractPool] = field(default_factory=dict)
    """Of contracts that money was paid for by name: most never need one."""
    customer_pools: dict[Purse, CustomerPool] = field(default_factory=lambda: defaultdict(CustomerPool))
    refunded: Set[tuple[str, str]] = frozenset()
    """What refunds name: only of that are receipts kept in ``named``."""
    named: dict[tuple[str, str], list[Receipt]] = field(default_factory=lambda: defaultdict(list))
    reserved: dict[str, list[Receipt]] = field(default_factory=lambda: defaultdict(list))
    waiting_contract: dict[str, deque[Receipt]] = field(default_factory=lambda: defaultdict(deque))
    waiting: dict[Purse, deque[Receipt]] = field(default_factory=lambda: defaultdict(deque))
    allocations: list[Allocation] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    amended: list[Amended] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    returned: list[Return] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def touch(self, item: Item) -> None:
        """Tells the pools that the item's due date or open amount changed."""
        milestone = item.milestone
        if milestone.triggered:
            contract = milestone.contract
            if (pool := self.contract_pools.get(contract.id)) is not None:
                pool.place(item)
            self.customer_pools[contract.customer, contract.currency].place(item)

    def contract_pool(self, contract: Contract) -> ContractPool:
        """The pool of a contract; the first time it takes in what is triggered by then."""
        pool = self.contract_pools.get(contract.id)
        if pool is None:
            pool = self.contract_pools[contract.id] = ContractPool()
            for milestone in contract.milestones:
                if milestone.triggered:
                    for item in milestone.items:
                        pool.place(item)
        return pool
