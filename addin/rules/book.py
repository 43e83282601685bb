"""A ledger replayed to a day: what all tables that describe it are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from addin.model.days import from_days, to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules.claims import Contract, Milestone, Receipt
from addin.rules.exchange import Rates
from addin.rules.frames import nullable, objects
from addin.rules.gather_claims import gather_claims
from addin.rules.gather_events import gather_events
from addin.rules.groups import Groups, grouped
from addin.rules.late_interest import LateTerms, high_rates, late_interest, terms_by_contract
from addin.rules.limitation import Clock, Limitation
from addin.rules.limitation_columns import (
    LastDays,
    alarms,
    clock_alarms,
    further_clocks,
    interruptions,
    last_days,
)
from addin.rules.policy import Policy
from addin.rules.positions import OpenItems, Standing, milestone_frame, open_items, standing
from addin.rules.promise_payments import Promised, promises
from addin.rules.replay import replay
from addin.rules.state import State
from addin.rules.workdays import Calendar


@dataclass(frozen=True)
class Book:
    """Ledger, policy and day, the replayed claims, and where each milestone stands.

    ``clocks`` are the periods beside limitation and their last days, by row of the contracts table.
    ``contracts`` begins with the rows of the contracts table, in their order; contracts that only a milestone
    names follow. ``contract_of`` is each milestone's position among them. ``receipts`` are those dated on or
    before ``as_of``.
    """

    ledger: Ledger
    policy: Policy
    as_of: date
    contracts: Sequence[Contract]
    milestones: Sequence[Milestone]
    contract_of: np.ndarray
    receipts: Sequence[Receipt]
    state: State
    standing: Standing
    positions: pd.DataFrame
    items: OpenItems
    limitation: LastDays
    clocks: Sequence[Sequence[tuple[Clock, int]]]
    rates: Rates
    late_terms: LateTerms
    unsplit: frozenset[str]
    findings: Sequence[Finding]

    @property
    def day(self) -> int:
        """The as-of date as a civil ordinal."""
        return self.as_of.toordinal()

    @cached_property
    def by_customer(self) -> Groups:
        """Milestones and receipts by customer and currency."""
        customers = [contract.customer for contract in self.contracts]
        payers = [receipt.customer for receipt in self.receipts]
        return grouped(self.contracts, self.contract_of, customers, self.receipts, payers)

    @cached_property
    def live_contracts(self) -> Sequence[int]:
        """Positions of the contracts that are not closed and have something open or pending."""
        left = np.zeros(len(self.contracts), dtype=bool)
        left[self.contract_of[self.standing.open != 0]] = True
        statuses = self.ledger["contracts"]["status"]
        left[: len(statuses)] &= (statuses != "closed").to_numpy(bool)
        found: list[int] = np.flatnonzero(left).tolist()
        return found

    @cached_property
    def promises(self) -> Sequence[Promised]:
        """The promises made by the day, by the day that they name, with what was paid of each."""
        return promises(self.ledger, self.receipts, self.day)

    @cached_property
    def unapplied(self) -> np.ndarray:
        """What is left of each receipt."""
        return np.array([receipt.left for receipt in self.receipts], dtype=np.int64)


def replay_book(ledger: Ledger, policy: Policy, as_of: date) -> Book:
    """Replays everything dated on or before ``as_of``."""
    day = as_of.toordinal()
    calendar = Calendar(own_days(ledger.frames))
    claims = gather_claims(ledger, calendar, policy.roll, day)
    events, findings = gather_events(ledger, claims)
    state = replay(events, day)
    contracts, milestones = list(claims.contracts.values()), claims.milestones
    place = {contract.id: position for position, contract in enumerate(contracts)}
    contract_of = np.array([place[each.contract.id] for each in milestones], dtype=np.int64)
    receipts = [receipt for receipt in events.receipts if receipt.day <= day]
    now = standing(milestones)
    positions = milestone_frame(ledger, milestones, now, day, policy.aging_edges)
    late_terms = terms_by_contract(ledger, policy)
    interest = late_interest(late_terms, milestones, day)
    interrupted = interruptions(ledger, receipts, day)
    dues = to_days(positions["due_date"])
    limitation = last_days(Limitation(calendar), milestones, dues, contracts, contract_of, interrupted)
    clocks = further_clocks(ledger, limitation.last_due, day)
    return Book(
        ledger,
        policy,
        as_of,
        contracts,
        milestones,
        contract_of,
        receipts,
        state,
        now,
        positions.assign(
            interest=nullable(interest.amounts),
            interest_basis=objects(interest.bases),
            limitation=from_days(limitation.milestones),
        ),
        open_items(milestones, now, day, policy.aging_edges),
        limitation,
        clocks,
        Rates.read(ledger["fx_rates"], ledger.base_currency, day),
        late_terms,
        claims.unsplit,
        (
            *claims.findings,
            *findings,
            *state.findings,
            *high_rates(ledger, policy),
            *alarms(ledger, policy, milestones, contract_of, limitation, day),
            *clock_alarms(policy, contracts, clocks, day),
        ),
    )


def own_days(frames: Mapping[str, pd.DataFrame]) -> dict[date, bool]:
    """The firm's own working and closing days."""
    frame = frames["calendar"]
    known = frame["workday"].notna().to_numpy() & (to_days(frame["date"]) != 0)
    days, flags = frame["date"][known], frame["workday"][known]
    return {day.date(): bool(flag) for day, flag in zip(days, flags, strict=True)}
