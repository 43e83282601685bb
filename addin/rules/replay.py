"""The replay: every dated row up to the as-of date, in its order, moves the state of the claims (RULES 15).

Within a day: reschedules, amendments, the settlement, triggers, adjustments, receipts, refunds, dishonours;
within a kind by id, compared by code point. Nothing here looks at a row of a later day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
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
    state = State(
        events.contracts.values(), refunded={each.designation for each in events.receipts if each.amount < 0}
    )
    kinds = _kinds(events)
    by_day = [_by_day(kind, as_of) for kind in kinds]
    for day in sorted(set().union(*by_day)):
        for kind, records in zip(kinds, by_day, strict=True):
            if day in records:
                kind.handle(state, day, sorted(records[day], key=kind.order))
    return state


@dataclass(frozen=True)
class _Kind:
    """Records of one kind, what is done with those of a day, and their order within it."""

    handle: Callable[[State, int, Sequence[Any]], None]
    records: Iterable[Any]
    order: Callable[[Any], Any] = attrgetter("rank")
    day: Callable[[Any], int] = attrgetter("day")


def _kinds(events: Events) -> tuple[_Kind, ...]:
    """The kinds in the order of a day."""
    by_id, by_rank = attrgetter("id"), attrgetter("rank")
    settlements = [each for each in events.amendments if each.policy == "settle"]
    paid = [each for each in events.receipts if each.amount > 0]
    return (
        _Kind(_reschedule, events.agreements, attrgetter("id", "row")),
        _Kind(_amend, [each for each in events.amendments if each.policy != "settle"], by_id),
        _Kind(_amend, settlements, by_id),
        _Kind(_trigger, events.milestones, by_rank, attrgetter("trigger")),
        _Kind(_adjust, events.adjustments, by_id),
        _Kind(_receive, paid, by_rank),
        _Kind(_refund, [each for each in events.receipts if each.amount < 0], by_rank),
        _Kind(_dishonour, [each for each in paid if each.dishonoured != NO_DAY], by_rank, _refused_on),
    )


def _refused_on(draft: Receipt) -> int:
    return max(draft.dishonoured, draft.day)


def _by_day(kind: _Kind, as_of: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for day, record in zip(map(kind.day, kind.records), kind.records, strict=True):
        if NO_DAY < day <= as_of:
            found[day].append(record)
    return found


def _reschedule(state: State, day: int, agreements: Sequence[Agreement]) -> None:
    for agreement in agreements:
        milestone = agreement.milestone
        if milestone.triggered:
            plans.agree(state, agreement)
        else:
            milestone.waiting_agreements += (agreement,)


def _amend(state: State, day: int, records: Sequence[Amendment]) -> None:
    for amendment in records:
        amendments.amend(state, amendment)


def _trigger(state: State, day: int, milestones: Sequence[Milestone]) -> None:
    """All triggers of a day happen together, then waiting money is applied to them."""
    for milestone in milestones:
        milestone.triggered = True
        for agreement in milestone.waiting_agreements:
            plans.agree(state, agreement)
        if milestone.contract.pools:
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
