"""Small ledgers written by hand: all dates of 2025 as "mm-dd", all amounts as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle.dates import plain_due
from tests.oracle.naive import naive
from tests.oracle.report import Report

Cells = dict[str, Any]
NUMBERS = {
    "amount",
    "share",
    "amount_fixed",
    "new_amount",
    "settlement_total",
    "late_rate_daily",
    "late_cap",
    "security_amount",
    "progress",
    "threshold",
}
DATES = {
    "trigger_date",
    "signed",
    "completed",
    "settled_on",
    "security_expires",
    "effective",
    "agreed_on",
    "new_due",
    "issued",
    "received_by_customer",
    "date",
    "dishonoured_on",
    "opened",
    "closed",
    "sent_on",
    "delivered_on",
    "reply_on",
    "done_on",
}


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


def cells(**values: Any) -> Cells:
    """A row: amounts and dates become Decimal and date, the rest stays."""
    return {key: typed(key, value) for key, value in values.items()}


def typed(key: str, value: Any) -> Any:
    if isinstance(value, str) and key in NUMBERS:
        return Decimal(value)
    return day(value) if isinstance(value, str) and key in DATES else value


def contract(key: str, amount: str, customer: str = "K", **more: Any) -> Cells:
    return cells(contract_id=key, customer_id=customer, amount=amount, **more)


def fixed(key: str, amount: str, on: str | None = None, contract: str = "C", **more: Any) -> Cells:
    """A milestone of a fixed amount, triggered on the day given and due then unless a term says more."""
    return cells(milestone_id=key, contract_id=contract, amount_fixed=amount, trigger_date=on, **more)


def share(key: str, part: str | None, seq: int | None = None, contract: str = "C", **more: Any) -> Cells:
    """A milestone of a share, or the balance where part is None."""
    return cells(milestone_id=key, contract_id=contract, share=part, seq=seq, **more)


def receipt(key: str, on: str, amount: str, **more: Any) -> Cells:
    """A receipt for the milestone, contract or customer given as m, c, k."""
    names = {"m": "milestone_id", "c": "contract_id", "k": "customer_id"}
    full = {names.get(name, name): value for name, value in more.items()}
    return cells(receipt_id=key, date=on, amount=amount, **full)


def amendment(key: str, on: str, total: str, policy: str | None = None, contract: str = "C") -> Cells:
    return cells(amendment_id=key, contract_id=contract, effective=on, new_amount=total, policy=policy)


def extension(key: str, milestone: str, on: str, due: str, number: str | None = None) -> Cells:
    return cells(reschedule_id=key, milestone_id=milestone, agreed_on=on, new_due=due, agreement_no=number)


def instalment(key: str, milestone: str, on: str, due: str, amount: str, number: str | None = "P") -> Cells:
    return {**extension(key, milestone, on, due, number), "amount": Decimal(amount)}


def adjustment(
    key: str, milestone: str, on: str, amount: str, kind: str = "credit_note", **more: Any
) -> Cells:
    return cells(adjustment_id=key, milestone_id=milestone, date=on, amount=amount, kind=kind, **more)


def invoice(key: str, milestone: str | None, issued: str, **more: Any) -> Cells:
    return cells(invoice_no=key, contract_id="C", milestone_id=milestone, issued=issued, amount="1", **more)


def dispute(key: str, milestone: str, opened: str, **more: Any) -> Cells:
    return cells(dispute_id=key, milestone_id=milestone, opened=opened, **more)


def at(on: str, contracts: list[Cells], milestones: list[Cells], **tables: list[Cells]) -> Report:
    """The ledger as at a day; its customers are those named by contracts and receipts, except X."""
    named = [row.get("customer_id") for row in [*contracts, *tables.get("receipts", [])]]
    customers = [{"customer_id": key, "name": key} for key in sorted({key for key in named if key} - {"X"})]
    book = {"customers": customers, "contracts": contracts, "milestones": milestones, **tables}
    return naive(book, day(on), plain_due)


def paid(report: Report) -> list[str]:
    """The allocations in order, as "R1 M1 01-10 100.00" or "R1 M1/E1 01-10 100.00" for an instalment."""
    return [
        f"{receipt} {milestone}{'/' + item if item else ''} {on:%m-%d} {amount}"
        for receipt, milestone, item, on, amount in report.allocations
    ]


def amounts(report: Report) -> dict[str, str]:
    return {key: str(row["amount"]) for key, row in sorted(report.milestones.items())}


def items(report: Report, milestone: str) -> list[str]:
    """The milestone's items by due date, as "E1 due 03-01: 40.00 paid 10.00 adjusted 0.00 open 30.00"."""
    listed: Any = report.milestones[milestone]["items"]
    return [
        f"{item['item'] or 'own'} due {item['due']:%m-%d}: {item['amount']}"
        f" paid {item['paid']} adjusted {item['adjusted']} open {item['open']}"
        for item in listed
    ]


def free(report: Report) -> dict[str, str]:
    """What is unapplied of each receipt."""
    return {key: str(row["unapplied"]) for key, row in sorted(report.receipts.items())}


def found(report: Report) -> set[str]:
    """The findings as "kind: key"."""
    return {f"{kind}: {key}" for kind, _, key in report.findings}
