"""The replay: every dated row up to the as-of date, in its order, moves the state of the claims (RULES 15).

Within a day: reschedules, amendments, the settlement, triggers, adjustments, receipts, refunds, dishonours;
within a kind by id, compared by code point. Nothing here looks at a row of a later day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from addin.model.days import NO_DAY
from addin.rules import adjustments, amendments, plans, receipts
from addin.rules.claims import (
    Adjustment,
    Agreement,
    Amendment,
    Contract,
    Milestone,
    Receipt,
)
from addin.rules.state import State


@dataclass(frozen=True)
class Events:
    """The dated rows of a ledger, resolved to records; each kind is sorted by (day, id) when it is replayed."""

    contracts: Mapping[str, Contract]
    milestones: Sequence[Milestone]
    agreements: Sequence[Agreement]
    amendments: Sequence[Amendment]
    adjustments: Sequence[Adjustment]
    receipts: Sequence[Receipt]


def replay(events: Events, as_of: int) -> State:
    """The state after the last event dated on or before ``as_of`` (a civil ordinal, inclusive)."""
    state = State()
    for (day, _), batch in sorted(_by_day_and_kind(events, as_of).items()):
        batch.handle(state, day, batch.records)
    return state


Handler = Callable[[State, int, Sequence[Any]], None]
"""Each handler knows the kind of record that it takes."""


@dataclass
class _Batch:
    handle: Handler
    records: list[Any]


def _by_day_and_kind(events: Events, as_of: int) -> dict[tuple[int, int], _Batch]:
    """The records of each day and kind, in the order of their ids."""
    kinds: tuple[tuple[Handler, Iterable[tuple[int, Any, Any]]], ...] = (
        (_reschedule, ((each.day, (each.id, each.row), each) for each in events.agreements)),
        (_amend, ((each.day, each.id, each) for each in events.amendments if each.policy != "settle")),
        (_amend, ((each.day, each.id, each) for each in events.amendments if each.policy == "settle")),
        (_trigger, ((each.trigger, each.rank, each) for each in events.milestones)),
        (_adjust, ((each.day, each.id, each) for each in events.adjustments)),
        (_receive, ((each.day, each.rank, each) for each in events.receipts if each.amount > 0)),
        (_refund, ((each.day, each.rank, each) for each in events.receipts if each.amount < 0)),
        (
            _dishonour,
            (
                (max(each.dishonoured, each.day), each.rank, each)
                for each in events.receipts
                if each.dishonoured != NO_DAY and each.amount > 0
            ),
        ),
    )
    batches: dict[tuple[int, int], _Batch] = {}
    for kind, (handle, records) in enumerate(kinds):
        dated = [entry for entry in records if NO_DAY < entry[0] <= as_of]
        for day, _, record in sorted(dated, key=itemgetter(0, 1)):
            batch = batches.get((day, kind))
            if batch is None:
                batch = batches[day, kind] = _Batch(handle, [])
            batch.records.append(record)
    return batches


def _reschedule(state: State, day: int, agreements: Sequence[Agreement]) -> None:
    for agreement in agreements:
        milestone = agreement.milestone
        if milestone.triggered:
            plans.agree(state, agreement)
        else:
            milestone.waiting_agreements.append(agreement)


def _amend(state: State, day: int, records: Sequence[Amendment]) -> None:
    for amendment in records:
        amendments.amend(state, amendment)


def _trigger(state: State, day: int, milestones: Sequence[Milestone]) -> None:
    """All triggers of a day happen together, then waiting money is applied to them."""
    for milestone in milestones:
        milestone.triggered = True
        for agreement in milestone.waiting_agreements:
            plans.agree(state, agreement)
        for item in milestone.items:
            state.touch(item)
    receipts.apply_waiting(state, day, milestones)


def _adjust(state: State, day: int, records: Sequence[Adjustment]) -> None:
    for adjustment in records:
        adjustments.adjust(state, adjustment)


def _receive(state: State, day: int, records: Sequence[Receipt]) -> None:
    for receipt in records:
        receipts.receive(state, receipt)


def _refund(state: State, day: int, records: Sequence[Receipt]) -> None:
    for receipt in records:
        receipts.refund(state, receipt)


def _dishonour(state: State, day: int, records: Sequence[Receipt]) -> None:
    for receipt in records:
        receipts.dishonour(state, receipt, day)
