"""From the ledger's rows to the dated events of a replay: agreements, amendments, adjustments, receipts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules.claims import Adjustment, Agreement, Amendment, Contract, Milestone
from addin.rules.frames import integers
from addin.rules.gather_claims import Claims
from addin.rules.gather_receipts import gather_receipts
from addin.rules.replay import Events

NEEDS_APPROVAL = ("write_off", "discount", "bank_fee")
SETTLE, UNKNOWN = "settle", "unknown"

_Row = tuple[str, int, int, int | None, bool]
"""A reschedule: id, sheet row, new due day, amount, whether it waives interest."""


def gather_events(ledger: Ledger, claims: Claims) -> tuple[Events, list[Finding]]:
    """Every dated row that can be resolved; rows without a readable day or amount are left out (told already)."""
    milestones = claims.by_id
    receipts, findings = gather_receipts(ledger, claims.contracts, milestones)
    events = Events(
        contracts=claims.contracts,
        milestones=claims.milestones,
        agreements=_agreements(ledger, milestones),
        amendments=[*_amendments(ledger, claims.contracts), *_settlements(ledger, claims.contracts)],
        adjustments=_adjustments(ledger, milestones),
        receipts=receipts,
    )
    return events, findings


def _agreements(ledger: Ledger, milestones: Mapping[str, Milestone]) -> list[Agreement]:
    """Rows of one agreement, milestone and day belong together; instalments without a number stand alone."""
    frame = ledger["reschedules"]
    lost = ledger.is_unknown("reschedules", "amount").tolist()
    rows = zip(
        frame.index.tolist(),
        frame["reschedule_id"].tolist(),
        frame["agreement_no"].tolist(),
        frame["milestone_id"].tolist(),
        to_days(frame["agreed_on"]).tolist(),
        to_days(frame["new_due"]).tolist(),
        integers(frame["amount"]),
        lost,
        frame["penalty_waived"].fillna(False).tolist(),
        strict=True,
    )
    groups: dict[tuple[str, str, int], list[_Row]] = defaultdict(list)
    for row, id, number, milestone, agreed, due, amount, unreadable, waived in rows:
        if milestone in milestones and agreed != NO_DAY and due != NO_DAY and not unreadable:
            groups[milestone, number or f"\0{id}", agreed].append((id, row, due, amount, waived))
    return [
        _agreement(milestones[milestone], day, sorted(group)) for (milestone, _, day), group in groups.items()
    ]


def _agreement(milestone: Milestone, day: int, rows: list[_Row]) -> Agreement:
    extensions = [(id, due) for id, _, due, amount, _ in rows if amount is None]
    instalments = sorted((due, id, amount) for id, _, due, amount, _ in rows if amount is not None)
    waives = any(waived for *_, waived in rows)
    first_id, first_row, *_ = rows[0]
    extension = extensions[-1] if extensions else None
    return Agreement(first_id, first_row, day, milestone, extension, tuple(instalments), waives)


def _amendments(ledger: Ledger, contracts: Mapping[str, Contract]) -> list[Amendment]:
    frame = ledger["amendments"]
    rows = zip(
        frame["amendment_id"].tolist(),
        frame.index.tolist(),
        to_days(frame["effective"]).tolist(),
        frame["contract_id"].tolist(),
        integers(frame["new_amount"]),
        frame["policy"].tolist(),
        ledger.is_unknown("amendments", "policy").tolist(),
        strict=True,
    )
    return [
        Amendment(id, row, day, contracts[contract], total, UNKNOWN if lost else policy or "spread")
        for id, row, day, contract, total, policy, lost in rows
        if contract in contracts and day != NO_DAY and total is not None
    ]


def _settlements(ledger: Ledger, contracts: Mapping[str, Contract]) -> list[Amendment]:
    """From settled_on the settlement total is an amendment of its own kind."""
    frame = ledger["contracts"]
    rows = zip(
        frame["contract_id"].tolist(),
        frame.index.tolist(),
        to_days(frame["settled_on"]).tolist(),
        integers(frame["settlement_total"]),
        strict=True,
    )
    return [
        Amendment(id, row, day, contracts[id], total, SETTLE)
        for id, row, day, total in rows
        if day != NO_DAY and total is not None
    ]


def _adjustments(ledger: Ledger, milestones: Mapping[str, Milestone]) -> list[Adjustment]:
    frame = ledger["adjustments"]
    rows = zip(
        frame["adjustment_id"].tolist(),
        frame.index.tolist(),
        to_days(frame["date"]).tolist(),
        frame["milestone_id"].tolist(),
        frame["kind"].tolist(),
        integers(frame["amount"]),
        frame["approved_by"].tolist(),
        strict=True,
    )
    return [
        Adjustment(id, row, day, milestones[milestone], kind, amount, bool(by) or kind not in NEEDS_APPROVAL)
        for id, row, day, milestone, kind, amount, by in rows
        if milestone in milestones and day != NO_DAY and kind and amount is not None
    ]
