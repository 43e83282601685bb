"""From the ledger's rows to the records of a replay: contracts, milestones with amounts, triggers and due dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from addin.model.days import NO_DAY, Days, to_days
from addin.model.finding import Finding
from addin.model.ledger import Ledger
from addin.model.money import digits_of
from addin.rules import claim_findings as tell
from addin.rules.amounts import Part, Split, split
from addin.rules.claims import Contract, Milestone
from addin.rules.due import due_days
from addin.rules.frames import integers
from addin.rules.triggers import live_invoices, trigger_days
from addin.rules.workdays import Calendar, Roll


@dataclass(frozen=True)
class Claims:
    """Contracts by id and milestones in the order of the sheet, before any event.

    ``contracts`` also holds, without a row, contracts that only a milestone names. ``unsplit`` are the contracts
    whose rows cannot make up the amount: told already.
    """

    contracts: dict[str, Contract]
    milestones: list[Milestone]
    by_id: dict[str, Milestone]
    findings: list[Finding]
    unsplit: frozenset[str]


def gather_claims(ledger: Ledger, calendar: Calendar, roll: Roll, as_of: int) -> Claims:
    """Every contract and milestone of the ledger, amounts as signed; triggers after ``as_of`` are not seen."""
    contracts = _contracts(ledger)
    contract_ids = ledger["milestones"]["contract_id"].tolist()
    triggers, dues, findings = _triggers_and_dues(ledger, calendar, roll, as_of, contract_ids)
    milestones = _milestones(ledger, triggers, dues)
    by_id = {milestone.id: milestone for milestone in milestones}
    for milestone, contract_id in zip(milestones, contract_ids, strict=True):
        contract = contracts.get(contract_id)
        if contract is None:
            contract = contracts[contract_id] = Contract(
                contract_id, "", ledger.base_currency, digits_of(ledger.base_currency)
            )
        milestone.contract = contract
    _put_in_order(ledger, milestones)
    splits = {contract.id: _set_amounts(contract) for contract in contracts.values()}
    findings += [found for id, made in splits.items() for found in tell.split_problems(contracts[id], made)]
    findings += tell.both_share_and_fixed(ledger)
    _first_invoices(ledger, by_id)
    unsplit = frozenset(id for id, made in splits.items() if made.difference)
    return Claims(contracts, milestones, by_id, findings, unsplit)


def _contracts(ledger: Ledger) -> dict[str, Contract]:
    frame = ledger["contracts"]
    rates = [rate or Decimal(0) for rate in frame["late_rate_daily"].tolist()]
    burden = {rate: rank for rank, rate in enumerate(sorted({*rates, Decimal(0)}))}
    rows = zip(
        frame.index.tolist(),
        frame["contract_id"].tolist(),
        frame["customer_id"].tolist(),
        ledger.currencies["contracts"],
        integers(frame["amount"]),
        integers(frame["security_amount"]),
        to_days(frame["security_expires"]).tolist(),
        rates,
        strict=True,
    )
    return {
        id: Contract(
            id, customer, currency, digits_of(currency), row, amount, security or 0, until, burden[rate]
        )
        for row, id, customer, currency, amount, security, until, rate in rows
    }


def _triggers_and_dues(
    ledger: Ledger, calendar: Calendar, roll: Roll, as_of: int, contract_ids: Sequence[str]
) -> tuple[Days, Days, list[Finding]]:
    """Trigger and rolled due day by milestone; a term that cannot be read leaves the row pending."""
    frame = ledger["milestones"]
    positions = {id: position for position, id in enumerate(ledger["contracts"]["contract_id"].tolist())}
    contract_of = np.array([positions.get(id, -1) for id in contract_ids], dtype=np.int64)
    triggers, findings = trigger_days(ledger, contract_of)
    triggers[(triggers > as_of) | ledger.is_unknown("milestones", "term")] = NO_DAY
    due = due_days(triggers, frame["term"].tolist(), roll, calendar)
    rows = frame.index.tolist()
    for position, problem in due.problems.items():
        triggers[position] = NO_DAY
        findings.append(tell.term_unreadable(rows[position], problem))
    findings += tell.provisional([rows[position] for position in np.flatnonzero(due.provisional).tolist()])
    return triggers, np.where(triggers == NO_DAY, NO_DAY, due.rolled), findings


def _milestones(ledger: Ledger, triggers: Days, dues: Days) -> list[Milestone]:
    frame = ledger["milestones"]
    ids = frame["milestone_id"].tolist()
    ranks = rank_by_code_point(ids)
    unknown = ledger.is_unknown("milestones", "share") | ledger.is_unknown("milestones", "amount_fixed")
    rows = zip(
        ids,
        frame.index.tolist(),
        ranks,
        frame["share"].tolist(),
        integers(frame["amount_fixed"]),
        unknown.tolist(),
        triggers.tolist(),
        dues.tolist(),
        range(len(ids)),
        strict=True,
    )
    return [
        Milestone(
            id, row, rank, Part(share if fixed is None else None, fixed, not lost), trigger, due, position
        )
        for id, row, rank, share, fixed, lost, trigger, due, position in rows
    ]


def rank_by_code_point(ids: Sequence[str]) -> list[int]:
    """Each id's place among all, compared as text by code point.

    >>> rank_by_code_point(["R9", "R10"])
    [1, 0]
    """
    ranks = [0] * len(ids)
    for rank, position in enumerate(sorted(range(len(ids)), key=ids.__getitem__)):
        ranks[position] = rank
    return ranks


def _put_in_order(ledger: Ledger, milestones: Sequence[Milestone]) -> None:
    """Each contract's milestones by seq, then milestone_id, never as in the sheet; an empty seq sorts last."""
    seq = ledger["milestones"]["seq"]
    ranks = [milestone.rank for milestone in milestones]
    missing = seq.isna().to_numpy(bool)
    order = np.lexsort([np.array(ranks), seq.to_numpy(np.int64, na_value=0), missing])
    for position in order.tolist():
        milestone = milestones[position]
        milestone.place = len(milestone.contract.milestones)
        milestone.contract.milestones.append(milestone)


def _set_amounts(contract: Contract) -> Split:
    made = split(contract.in_force, [milestone.part for milestone in contract.milestones])
    for position in made.second_balances:  # stays at nought, whatever the contract becomes
        contract.milestones[position].part = Part(fixed=0)
    for milestone, amount in zip(contract.milestones, made.amounts, strict=True):
        milestone.amount = amount
        milestone.own.amount = amount or 0
    return made


def _first_invoices(ledger: Ledger, by_id: Mapping[str, Milestone]) -> None:
    """The first live invoice that names the milestone: it freezes the amount from the next day on."""
    invoices = live_invoices(ledger)
    for id, day in zip(invoices["milestone_id"].tolist(), to_days(invoices["issued"]).tolist(), strict=True):
        milestone = by_id.get(id)
        if milestone is not None and day != NO_DAY:
            first = milestone.invoiced_first
            milestone.invoiced_first = day if first == NO_DAY else min(first, day)
