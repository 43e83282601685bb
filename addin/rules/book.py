"""A ledger replayed to a day: what all tables that describe it are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from addin.model.days import to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules.claims import Contract, Milestone, Receipt
from addin.rules.exchange import Rates
from addin.rules.gather_claims import gather_claims
from addin.rules.gather_events import gather_events
from addin.rules.policy import Policy
from addin.rules.positions import OpenItems, milestone_frame, open_items
from addin.rules.replay import replay
from addin.rules.state import State
from addin.rules.workdays import Calendar


@dataclass(frozen=True)
class Book:
    """Ledger, policy and day, the replayed claims, and where each milestone stands.

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
    positions: pd.DataFrame
    items: OpenItems
    rates: Rates
    unsplit: frozenset[str]
    findings: Sequence[Finding]

    @property
    def day(self) -> int:
        """The as-of date as a civil ordinal."""
        return self.as_of.toordinal()


def replay_book(ledger: Ledger, policy: Policy, as_of: date) -> Book:
    """Replays everything dated on or before ``as_of``."""
    day = as_of.toordinal()
    claims = gather_claims(ledger, Calendar(_overrides(ledger.frames)), policy.roll, day)
    events, findings = gather_events(ledger, claims)
    state = replay(events, day)
    contracts = list(claims.contracts.values())
    place = {contract.id: position for position, contract in enumerate(contracts)}
    return Book(
        ledger,
        policy,
        as_of,
        contracts,
        claims.milestones,
        np.array([place[each.contract.id] for each in claims.milestones], dtype=np.int64),
        [receipt for receipt in events.receipts if receipt.day <= day],
        state,
        milestone_frame(ledger, claims.milestones, day, policy.aging_edges),
        open_items(claims.milestones, day, policy.aging_edges),
        Rates.read(ledger["fx_rates"], ledger.base_currency, day),
        claims.unsplit,
        (*claims.findings, *findings, *state.findings),
    )


def _overrides(frames: Mapping[str, pd.DataFrame]) -> dict[date, bool]:
    """The firm's own working and closing days."""
    frame = frames["calendar"]
    known = frame["workday"].notna().to_numpy() & (to_days(frame["date"]) != 0)
    days, flags = frame["date"][known], frame["workday"][known]
    return {day.date(): bool(flag) for day, flag in zip(days, flags, strict=True)}
