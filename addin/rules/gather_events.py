"""From the ledger's rows to the dated events of a replay: agreements, amendments, adjustments, receipts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules import claim_findings as tell
from addin.rules.claims import Adjustment, Agreement, Amendment, Contract, Milestone, Receipt
from addin.rules.frames import integers
from addin.rules.gather_claims import Claims, rank_by_code_point
from addin.rules.receipts import CONTRACT, CUSTOMER, MILESTONE
from addin.rules.replay import Events

NEEDS_APPROVAL = ("write_off", "discount", "bank_fee")
SETTLE, UNKNOWN = "settle", "unknown"


def gather_events(ledger: Ledger, claims: Claims) -> tuple[Events, list[Finding]]:
    """Every dated row that can be resolved; rows without a readable day or amount are left out (told already)."""
    milestones = {milestone.id: milestone for milestone in claims.milestones}
    receipts, findings = _receipts(ledger, claims.contracts, milestones)
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
        strict=True,
    )
    groups: dict[tuple[str, str, int], list[tuple[str, int, int, int | None]]] = defaultdict(list)
    for row, id, number, milestone, agreed, due, amount, unreadable in rows:
        if milestone in milestones and agreed != NO_DAY and due != NO_DAY and not unreadable:
            groups[milestone, number or f"\0{id}", agreed].append((id, row, due, amount))
    return [
        _agreement(milestones[milestone], day, sorted(group)) for (milestone, _, day), group in groups.items()
    ]


def _agreement(milestone: Milestone, day: int, rows: list[tuple[str, int, int, int | None]]) -> Agreement:
    extensions = [(id, due) for id, _, due, amount in rows if amount is None]
    instalments = sorted((due, id, amount) for id, _, due, amount in rows if amount is not None)
    first_id, first_row, *_ = rows[0]
    extension = extensions[-1] if extensions else None
    return Agreement(first_id, first_row, day, milestone, extension, tuple(instalments))


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


def _receipts(
    ledger: Ledger, contracts: Mapping[str, Contract], milestones: Mapping[str, Milestone]
) -> tuple[list[Receipt], list[Finding]]:
    frame = ledger["receipts"]
    ids = frame["receipt_id"].tolist()
    rows = zip(
        ids,
        frame.index.tolist(),
        rank_by_code_point(ids),
        to_days(frame["date"]).tolist(),
        integers(frame["amount"]),
        ledger.currencies["receipts"],
        ledger.digits["receipts"].tolist(),
        to_days(frame["dishonoured_on"]).tolist(),
        strict=True,
    )
    made = [
        Receipt(id, row, rank, day, amount or 0, currency, digits, dishonoured=dishonoured)
        for id, row, rank, day, amount, currency, digits, dishonoured in rows
    ]
    findings = _designate(ledger, made, contracts, milestones)
    counted = [
        receipt.day != NO_DAY and amount is not None
        for receipt, amount in zip(made, integers(frame["amount"]), strict=True)
    ]
    return [receipt for receipt, counts in zip(made, counted, strict=True) if counts], findings


def _designate(
    ledger: Ledger,
    receipts: list[Receipt],
    contracts: Mapping[str, Contract],
    milestones: Mapping[str, Milestone],
) -> list[Finding]:
    """What each receipt was paid for: the milestone_id decides, then the contract_id, then the customer_id.

    An id that nobody knows leaves the money unapplied, whatever the others say: there is no fall-back.
    """
    frame = ledger["receipts"]
    customers = set(ledger["customers"]["customer_id"])
    named = zip(
        frame["milestone_id"].tolist(),
        frame["contract_id"].tolist(),
        frame["customer_id"].tolist(),
        strict=True,
    )
    lost = [
        ledger.is_unknown("receipts", column)
        for column in ("milestone_id", "contract_id", "customer_id", "currency")
    ]
    unreadable = (lost[0] | lost[1] | lost[2] | lost[3]).tolist()
    findings: list[Finding] = []
    for receipt, (milestone, contract, customer), unknown in zip(receipts, named, unreadable, strict=True):
        receipt.payable = not unknown
        if (milestone and milestone not in milestones) or (contract and contract not in contracts):
            receipt.payable = False
        if customer and customer not in customers:
            receipt.payable = False
        receipt.designation = _designation(milestone, contract, customer)
        target = None
        if milestone in milestones:
            receipt.milestone = milestones[milestone]
            target = receipt.milestone.contract
        elif contract in contracts:
            target = contracts[contract]
            receipt.contract = None if milestone else target
        elif not (milestone or contract or customer or unknown):
            findings.append(tell.undesignated(receipt.row))
        receipt.customer = target.customer if target is not None else customer
        if target is not None:
            findings += _conflicts(receipt, target, contract, customer)
    return findings


def _designation(milestone: str, contract: str, customer: str) -> tuple[str, str]:
    """The first of the three ids that the row names."""
    if milestone:
        return MILESTONE, milestone
    if contract:
        return CONTRACT, contract
    return (CUSTOMER, customer) if customer else ("", "")


def _conflicts(receipt: Receipt, target: Contract, contract: str, customer: str) -> list[Finding]:
    findings = []
    used = receipt.milestone.id if receipt.milestone is not None else target.id
    if contract and contract != target.id:
        findings.append(tell.ids_conflict(receipt.row, "contract_id", used))
    if customer and customer != target.customer:
        findings.append(tell.ids_conflict(receipt.row, "customer_id", used))
    if receipt.payable and receipt.currency != target.currency:
        receipt.payable = False
        findings.append(tell.other_currency(receipt.row, receipt.currency, target.currency))
    return findings
