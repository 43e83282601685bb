"""Money on its day: what a receipt pays, what waits, what refunds and dishonoured drafts take back.

RULES 15, Allocation: a receipt pays the milestone that it names, else the contract's claims, else the
customer's by 民法典560; the excess stays unapplied and does not wander.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import chain

from addin.rules import replay_findings as tell
from addin.rules.claims import Allocation, Item, Milestone, Receipt, Return, Tie, noted
from addin.rules.pools import contract_key, fill, groups_560, share_tied
from addin.rules.state import Purse, State

MILESTONE, CONTRACT, CUSTOMER = "milestone", "contract", "customer"
RESERVED, WAITED_CONTRACT, WAITED_CUSTOMER = "reserved", "contract_waited", "customer_waited"
REFUND, DISHONOUR = "refund", "dishonour"


def receive(state: State, receipt: Receipt) -> None:
    """A positive receipt on its day."""
    receipt.left = receipt.counted = receipt.amount
    if receipt.designation in state.refunded:
        state.named[receipt.designation].append(receipt)
    if not receipt.payable:
        return
    if receipt.milestone is not None:
        _pay_milestone(state, receipt, receipt.milestone)
    elif receipt.contract is not None:
        _pay_contract(state, receipt)
    elif receipt.customer:
        _pay_customer(state, receipt)


def _pay(
    state: State, receipt: Receipt, item: Item, amount: int, day: int, reason: str, tie: Tie | None = None
) -> None:
    item.paid += amount
    item.rise(day, -amount)
    item.milestone.paid += amount
    receipt.left -= amount
    allocation = Allocation(receipt, item, day, amount, reason, amount, None, tie)
    receipt.allocations = noted(receipt.allocations, allocation)
    item.milestone.allocations = noted(item.milestone.allocations, allocation)
    state.allocations.append(allocation)


def _pay_milestone(state: State, receipt: Receipt, milestone: Milestone) -> None:
    if not milestone.triggered:
        state.reserved[milestone.id].append(receipt)
        return
    for item, part in fill(receipt.left, milestone.by_due()):
        _pay(state, receipt, item, part, receipt.day, MILESTONE)
    if receipt.left:
        state.findings.append(tell.overpaid(receipt, milestone))


def _pay_contract(state: State, receipt: Receipt) -> None:
    assert receipt.contract is not None
    pool = state.contract_pool(receipt.contract)
    while receipt.left and (item := pool.first()) is not None:
        _pay(state, receipt, item, min(receipt.left, item.open), receipt.day, CONTRACT)
    if receipt.left:
        state.waiting_contract[receipt.contract.id].append(receipt)


def _pay_customer(state: State, receipt: Receipt) -> None:
    pool = state.customer_pool((receipt.customer, receipt.currency))
    pool.go_to(receipt.day)
    while receipt.left and (tied := pool.first()):
        parts, tie = share_tied(receipt.left, tied)
        for item, part in parts:
            _pay(state, receipt, item, part, receipt.day, CUSTOMER, tie)
    if receipt.left:
        state.waiting[receipt.customer, receipt.currency].append(receipt)


def apply_waiting(state: State, day: int, triggered: Sequence[Milestone]) -> None:
    """Unapplied money meets the milestones triggered today: reserved, the contract's, then the customer's."""
    if state.reserved:
        named = [state.reserved.pop(each.id) for each in triggered if each.id in state.reserved]
        for receipt in sorted(chain.from_iterable(named), key=_arrival):
            _pay_reserved(state, receipt, day)
    if state.waiting_contract:
        _apply_to_contracts(state, day, triggered)
    if state.waiting:
        _apply_to_customers(state, day, triggered)


def _apply_to_contracts(state: State, day: int, triggered: Sequence[Milestone]) -> None:
    by_contract: dict[str, list[Item]] = defaultdict(list)
    for milestone in triggered:
        if state.waiting_contract.get(milestone.contract.id):
            by_contract[milestone.contract.id] += milestone.items
    for id, items in by_contract.items():
        by_due = [[item] for item in sorted(items, key=contract_key)]
        _spend(state, state.waiting_contract[id], by_due, day, WAITED_CONTRACT)


def _apply_to_customers(state: State, day: int, triggered: Sequence[Milestone]) -> None:
    by_purse: dict[Purse, list[Item]] = defaultdict(list)
    for milestone in triggered:
        purse = milestone.contract.customer, milestone.contract.currency
        if state.waiting.get(purse):
            by_purse[purse] += [item for item in milestone.items if item.open > 0]
    for purse, items in by_purse.items():
        _spend(state, state.waiting[purse], groups_560(items, day), day, WAITED_CUSTOMER)


def _arrival(receipt: Receipt) -> tuple[int, int]:
    return receipt.day, receipt.rank


def _pay_reserved(state: State, receipt: Receipt, day: int) -> None:
    milestone = receipt.milestone
    if milestone is None or not receipt.left:
        return
    for item, part in fill(receipt.left, milestone.by_due()):
        _pay(state, receipt, item, part, day, RESERVED)
    if receipt.left:
        state.findings.append(tell.overpaid(receipt, milestone))


def _spend(
    state: State, waiting: deque[Receipt], groups: Iterable[list[Item]], day: int, reason: str
) -> None:
    """Spends waiting money, oldest first, on groups of tied claims in their order."""
    for tied in groups:
        if _oldest(waiting) is None:
            return
        open_amount = sum(item.open for item in tied)
        while open_amount and (receipt := _oldest(waiting)) is not None:
            amount = min(receipt.left, open_amount)
            parts, tie = share_tied(amount, [item for item in tied if item.open > 0])
            for item, part in parts:
                _pay(state, receipt, item, part, day, reason, tie)
            open_amount -= amount
        for item in tied:
            state.touch(item)


def _oldest(waiting: deque[Receipt]) -> Receipt | None:
    """The oldest receipt with money left; spent ones leave the queue."""
    while waiting and not waiting[0].left:
        waiting.popleft()
    return waiting[0] if waiting else None


def refund(state: State, refund: Receipt) -> None:
    """A negative receipt takes back unapplied money first, then the named milestone's allocations, newest first."""
    refund.left = refund.counted = refund.amount
    if refund.payable:
        for receipt in sorted(_unapplied_for(state, refund), key=_arrival, reverse=True):
            part = min(-refund.left, receipt.left)
            if not part:
                break
            receipt.left -= part
            receipt.taken += part
            refund.left += part
            state.returned.append(Return(refund, receipt, part))
        if refund.milestone is not None:
            _take_back(state, refund, refund.milestone)
    if refund.left:
        state.findings.append(tell.refund_short(refund))


def _unapplied_for(state: State, refund: Receipt) -> list[Receipt]:
    """Receipts with unapplied money of just the refund's designation and currency."""
    named = state.named[refund.designation] if refund.designation[0] else []
    return [receipt for receipt in named if receipt.left > 0 and receipt.currency == refund.currency]


def _take_back(state: State, refund: Receipt, milestone: Milestone) -> None:
    newest = sorted(
        enumerate(milestone.allocations), key=lambda pair: (pair[1].day, pair[1].receipt.rank, pair[0])
    )
    for _, allocation in reversed(newest):
        part = min(-refund.left, allocation.left)
        if part > 0:
            allocation.receipt.taken += part
            refund.left += part
            _undo(state, allocation, refund, part, refund.day, REFUND)


def _undo(state: State, allocation: Allocation, by: Receipt, part: int, day: int, reason: str) -> None:
    allocation.left -= part
    allocation.item.paid -= part
    allocation.item.rise(day, part)
    allocation.item.milestone.paid -= part
    state.allocations.append(Allocation(by, allocation.item, day, -part, reason, 0, allocation))
    state.touch(allocation.item)


def dishonour(state: State, draft: Receipt, day: int) -> None:
    """A refused draft takes back what is left of its allocations; what it left unapplied lapses (Corner 1)."""
    for allocation in draft.allocations:
        if allocation.left:
            _undo(state, allocation, draft, allocation.left, day, DISHONOUR)
    draft.left = 0
    draft.lapsed = True
    draft.counted = draft.taken
    state.findings.append(tell.dishonoured(draft))
