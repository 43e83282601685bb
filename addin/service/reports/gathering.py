"""The parties, contracts and claims of a book, as documents speak of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction

from addin.documents.facts import Customer, Firm
from addin.documents.report_facts import Deal, Head, Opinion, Problem, Receipt, Stage
from addin.model.days import NO_DAY
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.claims import Milestone
from addin.rules.late_interest import CONTRACT, STATUTE
from addin.rules.policy import Policy
from addin.service.reports.records import Record, Records

PRINTED = (CONTRACT, STATUTE)
"""Whose rates a document prints; an estimate never is."""


def firm(policy: Policy) -> Firm:
    """Us, as the settings sheet has it."""
    return Firm(
        *(
            str(policy[f"company_{key}"])
            for key in ("name", "uscc", "address", "phone", "bank", "account", "signatory")
        )
    )


def customer(row: Record) -> Customer:
    """To whom a document goes."""
    address = row["service_address"] or row["address"]
    return Customer(
        row["customer_id"], row["name"], row["uscc"], row["contact"], row["phone"], row["email"], address
    )


def head(records: Records, row: Record, number: str, language: Language) -> Head:
    """The head of a document about a customer."""
    return Head(number, records.as_of, language, firm(records.dossier.policy), customer(row))


def language_of(records: Records, row: Record, asked: Language | None) -> Language:
    """What was asked for, else the customer's own, else the book's."""
    own: Language | None = row["language"] if row["language"] in ("zh", "en") else None
    return asked or own or records.dossier.language


def invoices_of(records: Records, milestone: str) -> tuple[str, ...]:
    """The numbers of the invoices that name the milestone, issued by the day; not red ones and what they reverse."""
    found = records.until("invoices", "issued", milestone_id=milestone)
    standing = (row["invoice_no"] for row in found if not row["red_of"])
    return tuple(number for number in standing if not records.of("invoices", red_of=number))


def day_of(day: int) -> date | None:
    return None if day == NO_DAY else date.fromordinal(day)


def fraction(rate: Fraction) -> str:
    """A rate as plain decimal text.

    >>> fraction(Fraction(5, 10000))
    '0.0005'
    """
    text = format(Decimal(rate.numerator) / Decimal(rate.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- contracts ---------------------------------------------------------------------------------------------


def deal(records: Records, id: str) -> Deal:
    """A contract with its milestones."""
    row = records.one("contracts", id)
    assert row is not None, "the contract was looked up before"
    contract = records.contracts[id]
    stages = tuple(stage(records, each) for each in contract.milestones)
    pending = sum(each.open for each in contract.milestones if not each.triggered)
    return Deal(
        id,
        row["project"],
        row["manager"],
        contract.currency,
        row["signed"],
        row["kind"] or "",
        row["amount"],
        row["amount_in_force"],
        row["invoiced"] or 0,
        row["received"] or 0,
        sum(each.adjusted for each in contract.milestones),
        row["open"] or 0,
        row["overdue"] or 0,
        sum(each.disputed for each in stages),
        pending,
        _past(row["completed"], records.as_of),
        _past(row["settled_on"], records.as_of),
        row["settlement_total"] if _past(row["settled_on"], records.as_of) else None,
        row["settlement_meeting"],
        _decimal(row["retention_rate"]),
        row["retention_months"],
        row["inspection_days"],
        row["payment_clause"],
        row["payment_method"],
        row["forum"],
        _decimal(row["late_rate_daily"]),
        _decimal(row["late_cap"]),
        row["security"],
        row["status"] or "",
        row["limitation"],
        stages,
    )


def _past(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _decimal(rate: Decimal | None) -> str:
    return "" if rate is None else fraction(Fraction(rate))


def stage(records: Records, milestone: Milestone) -> Stage:
    """A milestone with its papers, as at the day."""
    row = records.one("milestones", milestone.id)
    assert row is not None, "a milestone of the replay has a row"
    printed = row["interest_basis"] in PRINTED
    return Stage(
        milestone.id,
        row["name"],
        milestone.amount,
        milestone.paid,
        milestone.adjusted,
        milestone.open,
        row["disputed"] or 0,
        row["status"] or "",
        row["due_date"],
        row["contract_due"],
        row["days_overdue"],
        row["interest"] if printed else None,
        row["interest_basis"] if printed else "none",
        TABLES["milestones"]["trigger"].choice_names.get(row["trigger"] or "", Text("", "")),
        day_of(milestone.trigger) if milestone.triggered else None,
        _past(row["submitted_on"], records.as_of),
        _past(row["rejected_on"], records.as_of),
        row["accepted_by"] if milestone.triggered else "",  # without its day nobody can say that it has come
        row["evidence"],
        invoices_of(records, milestone.id),
        row["limitation"],
    )


# --- what happened -----------------------------------------------------------------------------------------


def receipts(records: Records, contracts: Collection[str]) -> list[Receipt]:
    """Money that paid one of the contracts or was meant for it, the oldest first."""
    paid: dict[int, int] = {}
    for contract in contracts:
        for number, amount in records.paid.get(contract, {}).items():
            paid[number] = paid.get(number, 0) + amount
    customers = {records.contracts[contract].customer for contract in contracts}
    own = [each for customer in customers for each in records.receipts_of.get(customer, ())]
    found = []
    for receipt in own:
        meant = receipt.contract is not None and receipt.contract.id in contracts
        row = records.one("receipts", receipt.id)
        if row is not None and (receipt.row in paid or meant):
            found.append(
                Receipt(
                    receipt.id,
                    date.fromordinal(receipt.day),
                    row["payer"] or row["customer_name"],
                    receipt.amount,
                    paid.get(receipt.row, 0),
                    receipt.left,
                    TABLES["receipts"]["method"].choice_names.get(row["method"] or "", Text("", "")),
                    row["bank_ref"] or row["note_no"],
                    row["memo"],
                )
            )
    return sorted(found, key=lambda each: (each.day, each.id))


def problems(records: Records, contract: str) -> list[Problem]:
    """Disputes about the contract's milestones, and service tasks (repairs), the oldest first.

    Tasks about risks and the notes of a task are our own affair and no part of what a customer reads.
    """
    reasons = TABLES["disputes"]["reason"].choice_names
    found = [
        Problem(
            row["dispute_id"],
            row["opened"],
            reasons.get(row["reason"] or "other", reasons["other"]),
            row["milestone_id"],
            row["amount"],
            row["owner"],
            bool(row["our_fault"]),
            row["resolution"] if _past(row["closed"], records.as_of) == row["closed"] else "",
            _past(row["closed"], records.as_of),
        )
        for milestone in records.contracts[contract].milestones
        for row in records.until("disputes", "opened", milestone_id=milestone.id)
    ]
    found += [
        Problem(
            row["task_id"],
            None,
            Text(row["step"], row["step"]),
            "",
            None,
            row["owner"],
            False,
            _answer(row, records.as_of),
            _past(row["done_on"], records.as_of),
        )
        for row in records.of("tasks", contract_id=contract)
        if row["kind"] == "service"
    ]
    return sorted(found, key=lambda each: (each.day or date.max, each.id))


def _answer(task: Record, as_of: date) -> str:
    """What is done about a task, and by when while it is open; its sheet does not say when it came up."""
    by = "" if task["deadline"] is None or _past(task["done_on"], as_of) else f"→ {task['deadline']}"
    return " ".join(part for part in (task["response"], by) if part)


def opinions(records: Records, contract: str) -> list[Opinion]:
    """What the customer said of the contract, the oldest first."""
    found = records.until("surveys", "date", contract_id=contract)
    return [
        Opinion(row["date"], "" if row["score"] is None else f"{row['score']:f}", row["comment"])
        for row in found
    ]
