"""What a replay has made so far: pools of open claims, money that waits, allocations, movements, findings."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from addin.model.finding import Finding
from addin.rules.claims import Agreed, Allocation, Amended, Contract, Item, Movement, Pool, Receipt, Return
from addin.rules.pools import ContractPool, CustomerPool

Purse = tuple[str, str]
"""Customer and currency: money of one never pays the other."""


@dataclass
class State:
    """What the events have made so far.

    A pool is made when money first asks for it: most contracts never need one.
    """

    contracts: Iterable[Contract] = ()
    contract_pools: dict[str, ContractPool] = field(default_factory=dict)
    customer_pools: dict[Purse, CustomerPool] = field(default_factory=dict)
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
            for pool in milestone.contract.pools:
                pool.place(item)

    def contract_pool(self, contract: Contract) -> ContractPool:
        """The pool of a contract."""
        pool = self.contract_pools.get(contract.id)
        if pool is None:
            pool = self.contract_pools[contract.id] = ContractPool()
            _join(pool, [contract])
        return pool

    def customer_pool(self, purse: Purse) -> CustomerPool:
        """The pool of all contracts of a customer and currency."""
        pool = self.customer_pools.get(purse)
        if pool is None:
            pool = self.customer_pools[purse] = CustomerPool()
            _join(pool, self._by_purse.get(purse, ()))
        return pool

    @cached_property
    def _by_purse(self) -> Mapping[Purse, Sequence[Contract]]:
        found: dict[Purse, list[Contract]] = defaultdict(list)
        for contract in self.contracts:
            found[contract.customer, contract.currency].append(contract)
        return found


def _join(pool: Pool, contracts: Iterable[Contract]) -> None:
    """Takes in what is triggered by now; what happens later the contracts tell."""
    for contract in contracts:
        contract.pools += (pool,)
        for milestone in contract.milestones:
            if milestone.triggered:
                for item in milestone.items:
                    pool.place(item)
