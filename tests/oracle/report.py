"""The figures of the book as at a date, read off what the replay left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.oracle.amounts import places, rounded
from tests.oracle.book import Book, Finding, Item, Lot, Milestone, Receipt, day_of, text
from tests.oracle.credit import Credit
from tests.oracle.interest import interest_of
from tests.oracle.limitation import Breaks, interruptions, limitation_of, limitation_of_contract
from tests.oracle.promises import promises

Figures = dict[str, object]
Allocation = tuple[str, str, str, date, Decimal]
TOTALS = (
    "contracted",
    "receivable",
    "received",
    "adjusted",
    "open",
    "pending",
    "current",
    "overdue",
    "unapplied",
    "disputed",
    "interest",
)


@dataclass
class Report:
    """Money is Decimal with the currency's decimals; unknown is None, nought is 0.00."""

    as_of: date
    milestones: dict[str, Figures] = field(default_factory=dict)
    contracts: dict[str, Figures] = field(default_factory=dict)
    receipts: dict[str, Figures] = field(default_factory=dict)
    allocations: list[Allocation] = field(default_factory=list)
    customers: dict[str, dict[str, dict[str, Decimal]]] = field(default_factory=dict)
    buckets: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    totals: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    credit: dict[str, Figures] = field(default_factory=dict)
    promises: dict[str, Figures] = field(default_factory=dict)
    findings: set[Finding] = field(default_factory=set)


def bucket_names(edges: Sequence[int]) -> list[str]:
    starts = [0, *edges[:-1]]
    spans = [f"{low + 1}-{high}" for low, high in zip(starts, edges, strict=True)]
    return ["current", *spans, f"{edges[-1]}+"]


def bucket(days: int, edges: Sequence[int]) -> str:
    """The bucket of so many days past due; upper edges belong to the bucket below."""
    if days <= 0:
        return "current"
    return bucket_names(edges)[1 + sum(days > edge for edge in edges)]


def days_past(due: date | None, as_of: date) -> int:
    """Days after the due date; an item without one is not late."""
    return (as_of - due).days if due else 0


def money(value: Decimal | int, currency: str) -> Decimal:
    return rounded(Decimal(value), places(currency))


def disputed(book: Book, milestone: Milestone, as_of: date) -> Decimal:
    """min(open, Σ amounts of the disputes open at as_of), of triggered milestones only."""
    if not milestone.triggered:
        return Decimal(0)
    total = Decimal(0)
    for row in book.disputes.get(milestone.key, []):
        opened, closed = day_of(row, "opened"), day_of(row, "closed")
        if opened is None or opened > as_of:
            continue
        if closed is not None and closed <= as_of:
            continue
        amount = book.money(row, "amount", milestone.contract.currency, "disputes", text(row, "dispute_id"))
        total += milestone.open if amount is None else amount
    return min(milestone.open, total)


def shown_due(milestone: Milestone) -> date | None:
    """The oldest open due date; of a settled milestone that of its last item; none while pending."""
    if not milestone.triggered:
        return None
    dues = [item.due for item in milestone.items if item.open > 0 and item.due]
    if dues:
        return min(dues)
    last = [item.due for item in milestone.items if item.amount != 0 and item.due]
    return max(last) if last else milestone.own.due


def status_of(milestone: Milestone, days: int) -> str:
    if milestone.open == 0:
        return "settled"
    if not milestone.triggered:
        return "pending"
    return "overdue" if days >= 1 else "not_due"


def item_figures(item: Item, currency: str) -> Figures:
    return {
        "item": item.key,
        "amount": money(item.amount, currency),
        "paid": money(item.paid, currency),
        "adjusted": money(item.adjusted, currency),
        "open": money(item.open, currency),
        "due": item.due,
    }


def milestone_figures(
    book: Book, milestone: Milestone, as_of: date, edges: Sequence[int], breaks: Breaks
) -> Figures:
    currency, due = milestone.contract.currency, shown_due(milestone)
    interest, basis = interest_of(book, milestone, as_of)
    days = days_past(due, as_of)
    status = status_of(milestone, days)
    aged = status in ("overdue", "not_due")
    return {
        "amount": money(milestone.amount, currency),
        "due_date": due,
        "contract_due": milestone.contract_due if milestone.triggered else None,
        "received": money(milestone.received, currency),
        "adjusted": money(milestone.adjusted, currency),
        "disputed": money(disputed(book, milestone, as_of), currency),
        "open": money(milestone.open, currency),
        "days_overdue": days if aged else None,
        "bucket": bucket(days, edges) if aged else None,
        "interest": interest,
        "interest_basis": basis,
        "status": status,
        "limitation": limitation_of(book, milestone, due, breaks),
        "trigger": milestone.trigger if milestone.triggered else None,
        "items": [item_figures(item, currency) for item in milestone.in_fill_order() if shown(item)],
    }


def shown(item: Item) -> bool:
    return item.key == "" or item.amount != 0


def overdue(milestone: Milestone, as_of: date) -> Decimal:
    late = [item.open for item in milestone.items if days_past(item.due, as_of) >= 1]
    return sum(late, Decimal(0)) if milestone.triggered else Decimal(0)


def reported(
    book: Book,
    receipts: dict[str, Receipt],
    allocations: list[Allocation],
    lots: list[Lot],
    as_of: date,
    edges: Sequence[int],
) -> Report:
    made = promises(book, receipts.values(), lots, as_of)
    report = Report(as_of, allocations=list(allocations))
    paid = [(receipt, milestone) for receipt, milestone, _, _, amount in allocations if amount > 0]
    breaks = interruptions(book, receipts.values(), paid, as_of)
    for key, milestone in book.milestones.items():
        report.milestones[key] = milestone_figures(book, milestone, as_of, edges, breaks)
    for key, contract in book.contracts.items():
        ours, currency = contract.milestones, contract.currency
        report.contracts[key] = {
            "amount_in_force": money(contract.in_force, currency),
            "milestones_total": money(sum(one.amount for one in ours), currency),
            "received": money(sum(one.received for one in ours), currency),
            "open": money(sum(one.open for one in ours if one.triggered), currency),
            "overdue": money(sum(overdue(one, as_of) for one in ours), currency),
            "pending": money(sum(one.open for one in ours if not one.triggered), currency),
            "limitation": limitation_of_contract(book, contract, breaks),
        }
    for key, receipt in receipts.items():
        report.receipts[key] = {
            "allocated": money(receipt.allocated, receipt.currency),
            "unapplied": money(receipt.free, receipt.currency),
        }
    owed = {
        key: Decimal(0) if row["interest_basis"] == "estimate" else Decimal(str(row["interest"]))
        for key, row in report.milestones.items()
    }
    currencies = {one.currency for one in book.contracts.values()}
    currencies |= {one.currency for one in receipts.values()}
    for currency in sorted(currencies):
        report.totals[currency] = totals(book, receipts, currency, as_of, owed)
        report.buckets[currency] = buckets(book, currency, as_of, edges)
    for customer in book.customers:
        report.customers[customer] = customer_figures(book, receipts, customer, as_of)
    for row in book.rows("customers"):
        credit = Credit(book, list(receipts.values()), made, row, as_of)
        report.credit[credit.customer] = credit.figures()
    for one in made:
        figures = {"state": one.state(as_of), "paid": money(one.came, one.currency)}
        report.promises[one.key] = figures
    report.findings = set(book.findings)
    return report


def totals(
    book: Book, receipts: dict[str, Receipt], currency: str, as_of: date, owed: dict[str, Decimal]
) -> dict[str, Decimal]:
    contracts = [one for one in book.contracts.values() if one.currency == currency]
    rows = [one for contract in contracts for one in contract.milestones]
    money_in = [one for one in receipts.values() if one.currency == currency]
    triggered = [one for one in rows if one.triggered]
    late = sum(overdue(one, as_of) for one in triggered)
    still = sum(one.open for one in triggered)
    values: dict[str, Decimal | int] = {
        "contracted": sum(one.in_force for one in contracts),
        "receivable": sum(one.amount for one in triggered),
        "received": sum(one.counted for one in money_in),
        "adjusted": sum(one.adjusted for one in rows),
        "open": still,
        "pending": sum(one.open for one in rows if not one.triggered),
        "current": still - late,
        "overdue": late,
        "unapplied": sum(one.free for one in money_in),
        "disputed": sum(disputed(book, one, as_of) for one in triggered),
        "interest": sum(owed[one.key] for one in triggered),
    }
    return {name: money(values[name], currency) for name in TOTALS}


def buckets(book: Book, currency: str, as_of: date, edges: Sequence[int]) -> dict[str, Decimal]:
    result = {name: money(0, currency) for name in bucket_names(edges)}
    for milestone in book.milestones.values():
        if milestone.triggered and milestone.contract.currency == currency:
            for item in milestone.items:
                result[bucket(days_past(item.due, as_of), edges)] += item.open
    return result


def customer_figures(
    book: Book, receipts: dict[str, Receipt], customer: str, as_of: date
) -> dict[str, dict[str, Decimal]]:
    result: dict[str, dict[str, Decimal]] = {}
    for milestone in book.milestones.values():
        if milestone.contract.customer == customer and milestone.triggered:
            figures = nought(result, milestone.contract.currency)
            figures["open"] += milestone.open
            figures["overdue"] += overdue(milestone, as_of)
    for receipt in receipts.values():
        if receipt.owner == customer:
            nought(result, receipt.currency)["unapplied"] += receipt.free
    return result


def nought(result: dict[str, dict[str, Decimal]], currency: str) -> dict[str, Decimal]:
    zero = money(0, currency)
    return result.setdefault(currency, {"open": zero, "overdue": zero, "unapplied": zero})
