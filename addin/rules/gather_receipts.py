"""From the rows of the receipts table to records: what was paid, and what it was paid for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from addin.model.columns import fold
from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.rules import claim_findings as tell
from addin.rules.claims import Contract, Milestone, Receipt
from addin.rules.frames import integers
from addin.rules.gather_claims import rank_by_code_point
from addin.rules.receipts import CONTRACT, CUSTOMER, MILESTONE

Ids = tuple[str, str, str]
"""milestone_id, contract_id and customer_id as the row has them, "" where empty."""


def gather_receipts(
    ledger: Ledger, contracts: Mapping[str, Contract], milestones: Mapping[str, Milestone]
) -> tuple[list[Receipt], list[Finding]]:
    """The receipts that have a day and an amount; the others are left out (told when they were read)."""
    frame = ledger["receipts"]
    ids, amounts = frame["receipt_id"].tolist(), integers(frame["amount"])
    rows = zip(
        ids,
        frame.index.tolist(),
        rank_by_code_point(ids),
        to_days(frame["date"]).tolist(),
        amounts,
        ledger.currencies["receipts"],
        ledger.digits["receipts"].tolist(),
        to_days(frame["dishonoured_on"]).tolist(),
        strict=True,
    )
    made = [
        Receipt(id, row, rank, day, amount or 0, currency, digits, dishonoured=dishonoured)
        for id, row, rank, day, amount, currency, digits, dishonoured in rows
    ]
    findings = list(_designate(ledger, made, contracts, milestones))
    return [
        receipt
        for receipt, amount in zip(made, amounts, strict=True)
        if receipt.day != NO_DAY and amount is not None
    ], findings


def _designate(
    ledger: Ledger,
    receipts: list[Receipt],
    contracts: Mapping[str, Contract],
    milestones: Mapping[str, Milestone],
) -> Iterator[Finding]:
    """What each receipt was paid for: the milestone_id decides, then the contract_id, then the customer_id.

    An id that nobody knows leaves the money unapplied, whatever the others say: there is no fall-back.
    """
    frame = ledger["receipts"]
    customers, payers = set(ledger["customers"]["customer_id"]), None
    columns = ("milestone_id", "contract_id", "customer_id")
    lost = np.any([ledger.is_unknown("receipts", column) for column in (*columns, "currency")], axis=0)
    rows = zip(
        receipts,
        zip(*(frame[column].tolist() for column in columns), strict=True),
        frame["payer"].tolist(),
        lost.tolist(),
        strict=True,
    )
    for receipt, ids, payer, unreadable in rows:
        milestone, contract, customer = ids
        receipt.designation = _designation(ids)
        receipt.payable = (
            not unreadable
            and (not milestone or milestone in milestones)
            and (not contract or contract in contracts)
            and (not customer or customer in customers)
        )
        target = _target(receipt, ids, contracts, milestones)
        receipt.customer = target.customer if target is not None else customer
        if target is not None:
            yield from _conflicts(receipt, target, contract, customer)
        elif not any(ids) and not unreadable:
            payers = payers or payer_ids(ledger)
            yield tell.undesignated(receipt.row, payers.get(fold(payer), []))


def _target(
    receipt: Receipt, ids: Ids, contracts: Mapping[str, Contract], milestones: Mapping[str, Milestone]
) -> Contract | None:
    """The contract that the receipt belongs to, and on the receipt what it pays."""
    milestone, contract, _ = ids
    receipt.milestone = milestones.get(milestone)
    if receipt.milestone is not None:
        return receipt.milestone.contract
    receipt.contract = None if milestone else contracts.get(contract)
    return contracts.get(contract)


def _designation(ids: Ids) -> tuple[str, str]:
    """The first of the three ids that the row names."""
    milestone, contract, customer = ids
    if milestone:
        return MILESTONE, milestone
    if contract:
        return CONTRACT, contract
    return (CUSTOMER, customer) if customer else ("", "")


def payer_ids(ledger: Ledger) -> dict[str, list[str]]:
    """Customer ids by the names under which they pay: a suggestion, never an allocation."""
    frame = ledger["customers"]
    found: dict[str, list[str]] = defaultdict(list)
    for id, name, others in zip(frame["customer_id"], frame["name"], frame["payer_names"], strict=True):
        for each in {fold(name), *(fold(other) for other in others)} - {""}:
            found[each].append(id)
    return found


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
