"""When the ledger's claims run out: what interrupts them, and the clocks beside limitation (RULES 15, Limitation)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, Days, to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules import late_findings as tell
from addin.rules.claims import Contract, Milestone, Receipt
from addin.rules.interruptions import written
from addin.rules.limitation import ENFORCEMENT, GUARANTEE, PRIORITY, Clock, Limitation
from addin.rules.limitation_proof import alarm_days, papers, together
from addin.rules.policy import Policy

ByName = dict[str, set[int]]
_NEVER: Final[frozenset[int]] = frozenset()


@dataclass
class Interruptions:
    """The days on which limitation started anew, by what the row names: milestones, a contract or a customer.

    A receipt interrupts the milestones that it paid (they know it) or names, and the contract that it names alone;
    for other rows see `addin.rules.interruptions`. What names no milestone counts for the whole contract, what names
    no contract for all of the customer's. ``paid_on`` are days that restart a contract's own period and none of its
    milestones'.
    """

    milestones: ByName = field(default_factory=lambda: defaultdict(set))
    contracts: ByName = field(default_factory=lambda: defaultdict(set))
    customers: ByName = field(default_factory=lambda: defaultdict(set))
    paid_on: ByName = field(default_factory=lambda: defaultdict(set))
    paid: list[tuple[int, int]] = field(default_factory=list)
    """Position of each milestone that a receipt paid, and the receipt's day."""

    def of(self, milestone: Milestone) -> Set[int]:
        """Everything that interrupts the milestone's own period."""
        return self.of_itself(milestone) | self.of_contract(milestone.contract)

    def of_itself(self, milestone: Milestone) -> Set[int]:
        """What paid the milestone or names it."""
        named: Set[int] = self.milestones.get(milestone.id, _NEVER)
        if not milestone.allocations:
            return named
        return named | {paid.receipt.day for paid in milestone.allocations}

    def of_contract(self, contract: Contract) -> Set[int]:
        """What interrupts all milestones of a contract."""
        named: Set[int] = self.contracts.get(contract.id, _NEVER)
        of_all: Set[int] = self.customers.get(contract.customer, _NEVER)
        return named | of_all if of_all else named

    def of_whole_contract(self, contract: Contract) -> Set[int]:
        """What interrupts the contract's own period: that of any of its milestones, and what paid it."""
        return set().union(self.paid_on.get(contract.id, _NEVER), *map(self.of, contract.milestones))

    def latest_by_milestone(self, milestones: Sequence[Milestone]) -> Days:
        """The last day on which each milestone was paid or named; `NO_DAY` where there is none."""
        latest = np.full(len(milestones), NO_DAY, dtype=np.int64)
        pairs = self.paid + [
            (each.position, max(self.milestones[each.id]))
            for each in milestones
            if each.id in self.milestones
        ]
        positions, days = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        np.maximum.at(latest, positions, days)
        return latest


def interruptions(ledger: Ledger, receipts: Iterable[Receipt], as_of: int) -> Interruptions:
    """What interrupts limitation up to ``as_of``; ``receipts`` are the replayed ones."""
    found = Interruptions()
    for receipt in receipts:
        if receipt.amount > 0:
            found.paid += [(each.item.milestone.position, receipt.day) for each in receipt.allocations]
            if receipt.contract is not None:
                found.paid_on[receipt.contract.id].add(receipt.day)
            elif receipt.milestone is not None and not receipt.allocations:
                found.milestones[receipt.milestone.id].add(receipt.day)
    for each in written(ledger, as_of):
        for name in each.milestones:
            found.milestones[name].add(each.day)
        if not each.milestones:
            (found.contracts[each.contract] if each.contract else found.customers[each.customer]).add(
                each.day
            )
    return found


@dataclass(frozen=True)
class LastDays:
    """Last days of limitation (`NO_DAY`: none runs), and the last due day by contract."""

    milestones: Days
    contracts: Days
    last_due: Days

    def earlier(self, contract_of: np.ndarray) -> Days:
        """By milestone its own day or its contract's, whichever comes first; the one there is, where one is missing."""
        both = np.stack([self.milestones, self.contracts[contract_of]])
        first: Days = np.where((both > NO_DAY).all(axis=0), both.min(axis=0), both.max(axis=0))
        return first


def last_days(
    rule: Limitation,
    milestones: Sequence[Milestone],
    dues: Days,
    contracts: Sequence[Contract],
    contract_of: np.ndarray,
    found: Interruptions,
) -> LastDays:
    """A milestone's three years run from its own due date, a contract's from its last instalment's (189).

    ``dues`` are the due days in force by milestone, of a plan its oldest open one. What interrupts one milestone
    interrupts the contract.
    """
    own = found.latest_by_milestone(milestones)
    of_all = np.array([max(found.of_contract(each), default=NO_DAY) for each in contracts], dtype=np.int64)
    ends = rule.interrupted_ends(
        dues, np.maximum(own, of_all[contract_of]), lambda at: found.of(milestones[at])
    )
    last_due = np.full(len(contracts), NO_DAY, dtype=np.int64)
    last_dues = [
        due if not each.plan else _last_due(each, due)
        for each, due in zip(milestones, dues.tolist(), strict=True)
    ]
    np.maximum.at(last_due, contract_of, last_dues)
    paid = [max(found.paid_on.get(each.id, ()), default=NO_DAY) for each in contracts]
    latest = np.maximum(of_all, np.array(paid, dtype=np.int64))
    np.maximum.at(latest, contract_of, own)
    by_contract = rule.interrupted_ends(last_due, latest, lambda at: found.of_whole_contract(contracts[at]))
    return LastDays(ends, by_contract, last_due)


def _last_due(milestone: Milestone, due: int) -> int:
    """The due day of the last instalment of a plan in force; ``due`` where the milestone has none yet."""
    return due if due == NO_DAY else max((item.due for item in milestone.items if item.amount), default=due)


def alarms(
    ledger: Ledger,
    policy: Policy,
    milestones: Sequence[Milestone],
    contract_of: np.ndarray,
    last: LastDays,
    as_of: int,
) -> Iterator[Finding]:
    """Claims whose limitation ends within alert_limitation_days, that many days before the last day included, or
    is over; within 90 and 30 days it is told so. What proves the claim and is not on file is named.

    The earlier of the milestone's and the contract's day counts. A claim is what is open or was written off.
    """
    steps = list(alarm_days(policy["alert_limitation_days"]))
    horizon, on_file = as_of + steps[-1], None
    first = last.earlier(contract_of)
    for position in np.flatnonzero((first > NO_DAY) & (first <= horizon)).tolist():
        milestone, ends = milestones[position], int(first[position])
        if milestone.open or milestone.adjusted_by_kind.get("write_off"):
            shown = date.fromordinal(ends).isoformat()
            if ends < as_of:
                yield tell.limitation_over(milestone.row, shown)
                continue
            on_file = on_file or papers(ledger, as_of)
            within = next(step for step in steps if ends <= as_of + step)
            yield tell.limitation_near(milestone.row, shown, within, together(on_file.missing(milestone)))


def clock_alarms(
    policy: Policy,
    contracts: Sequence[Contract],
    clocks: Sequence[Sequence[tuple[Clock, int]]],
    as_of: int,
) -> Iterator[Finding]:
    """Clocks beside limitation that end within alert_limitation_days, of contracts with something open."""
    horizon = as_of + policy["alert_limitation_days"]
    for contract, running in zip(contracts, clocks, strict=False):
        for clock, ends in running:
            if contract.row is not None and as_of <= ends <= horizon and _anything_open(contract):
                yield tell.clock_near(
                    contract.row, clock.name, clock.source, date.fromordinal(ends).isoformat()
                )


def _anything_open(contract: Contract) -> bool:
    return any(milestone.triggered and milestone.open for milestone in contract.milestones)


def further_clocks(ledger: Ledger, last_due: Days, as_of: int) -> list[list[tuple[Clock, int]]]:
    """The clocks beside limitation and their last days, by row of the contracts table.

    A guarantee is looked for where security is named, priority where the contract is for construction; enforcement
    runs from the latest legal task done that has a case number. Nothing runs before something is due or done.
    """
    frame = ledger["contracts"]
    judged = _judged(ledger["tasks"], as_of)
    rows = zip(
        frame["contract_id"].tolist(),
        frame["kind"].tolist(),
        frame["security"].tolist(),
        last_due.tolist(),
        strict=False,
    )
    found = []
    for id, kind, security, due in rows:
        running = (
            (GUARANTEE, GUARANTEE.ends(due) if security else NO_DAY),
            (PRIORITY, PRIORITY.ends(due) if kind == "construction" else NO_DAY),
            (ENFORCEMENT, ENFORCEMENT.ends(judged.get(id, NO_DAY))),
        )
        found.append([pair for pair in running if pair[1] != NO_DAY])
    return found


def _judged(tasks: pd.DataFrame, as_of: int) -> Mapping[str, int]:
    """The latest day of a legal task with a case number, by contract."""
    done = tasks[((tasks["kind"] == "legal") & (tasks["case_no"] != "")).to_numpy(bool)]
    found: dict[str, int] = {}
    for contract, day in zip(done["contract_id"].tolist(), to_days(done["done_on"]).tolist(), strict=True):
        if contract and NO_DAY < day <= as_of:
            found[contract] = max(day, found.get(contract, NO_DAY))
    return found
