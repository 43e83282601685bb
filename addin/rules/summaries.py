"""Computed columns that sum up the replay: of milestones, contracts, customers, receipts and promises; allocations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from addin.model.days import from_days, to_days
from addin.model.text import Language
from addin.rules.book import Book
from addin.rules.claims import Receipt
from addin.rules.frames import integers, nullable, objects
from addin.rules.words import ALLOCATION_REASONS, MATCH_REASONS


def customer_names(book: Book) -> dict[str, str]:
    """Customer name by id."""
    customers = book.ledger["customers"]
    return dict(zip(customers["customer_id"].tolist(), customers["name"].tolist(), strict=True))


def milestones(book: Book) -> pd.DataFrame:
    """Names beside ids, and where each milestone stands."""
    contracts, names = book.ledger["contracts"], customer_names(book)
    known = len(contracts)
    place = np.where(book.contract_of < known, book.contract_of, known)  # contracts without a row come last

    def of_contract(values: Sequence[str]) -> np.ndarray:
        return objects([*values, ""])[place]

    first = pd.DataFrame(
        {
            "customer_name": of_contract([names.get(id, "") for id in contracts["customer_id"].tolist()]),
            "project": of_contract(contracts["project"].tolist()),
            "manager": of_contract(contracts["manager"].tolist()),
            "currency": objects(book.ledger.currencies["milestones"]),
        },
        index=book.positions.index,
    )
    return pd.concat([first, book.positions], axis=1)


def contracts(book: Book) -> pd.DataFrame:
    """Sums by contract; ``open`` and ``overdue`` count triggered milestones only."""
    frame, names = book.ledger["contracts"], customer_names(book)
    rows = len(frame)
    received = by_contract(book, book.standing.paid)[:rows]
    in_force = [contract.in_force for contract in book.contracts[:rows]]
    items = book.items
    open_amounts = np.zeros(len(book.contracts), dtype=np.int64)
    overdue = open_amounts.copy()
    np.add.at(open_amounts, book.contract_of[items.milestone], items.amount)
    late = items.bucket > 0
    np.add.at(overdue, book.contract_of[items.milestone[late]], items.amount[late])
    return pd.DataFrame(
        {
            "customer_name": objects([names.get(id, "") for id in frame["customer_id"].tolist()]),
            "amount_in_force": nullable(in_force),
            "milestones_total": nullable(by_contract(book, book.standing.amount)[:rows].tolist()),
            "invoiced": nullable(_invoiced(book)),
            "received": nullable(received.tolist()),
            "open": nullable(open_amounts[:rows].tolist()),
            "overdue": nullable(overdue[:rows].tolist()),
            "collected_rate": objects(
                [_share(got, of) for got, of in zip(received.tolist(), in_force, strict=True)]
            ),
            "limitation": from_days(book.limitation.contracts[:rows]),
        },
        index=frame.index,
    )


def by_contract(book: Book, amounts: np.ndarray) -> np.ndarray:
    """Sums of the milestones' amounts by position of their contract."""
    sums = np.zeros(len(book.contracts), dtype=np.int64)
    np.add.at(sums, book.contract_of, amounts)
    return sums


def _share(part: int, whole: int | None) -> Decimal | None:
    """A fraction to four decimals, half-up."""
    return (Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole else None


def _invoiced(book: Book) -> list[int]:
    """Invoices issued on or before as_of, red ones included, by row of the contracts table."""
    invoices = book.ledger["invoices"]
    sums: dict[str, int] = {}
    issued = to_days(invoices["issued"]).tolist()
    for contract, day, amount in zip(
        invoices["contract_id"], issued, integers(invoices["amount"]), strict=True
    ):
        if 0 < day <= book.day and amount is not None:
            sums[contract] = sums.get(contract, 0) + amount
    return [sums.get(contract.id, 0) for contract in book.contracts[: len(book.ledger["contracts"])]]


def customers(book: Book) -> pd.DataFrame:
    """Totals by customer in the base currency, empty where an exchange rate is missing."""
    frame = book.ledger["customers"]
    groups, items = book.by_customer, book.items
    of_item = groups.of_milestone[items.milestone]
    open_amounts = groups.sums(of_item, items.amount)
    overdue = groups.sums(of_item, np.where(items.bucket > 0, items.amount, 0))
    unapplied = groups.sums(groups.of_receipt, book.unapplied)
    sums: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for (customer, currency), *amounts in zip(
        groups.keys, open_amounts.tolist(), overdue.tolist(), unapplied.tolist(), strict=True
    ):
        if any(amounts):
            sums[customer][currency] = amounts
    figures = [_in_base(book, sums.get(id, {})) for id in frame["customer_id"].tolist()]
    return pd.DataFrame(
        {
            "open": nullable([row[0] for row in figures]),
            "overdue": nullable([row[1] for row in figures]),
            "unapplied": nullable([row[2] for row in figures]),
        },
        index=frame.index,
    )


def _in_base(book: Book, by_currency: dict[str, list[int]]) -> list[int | None]:
    totals: list[int | None] = [0, 0, 0]
    for currency, amounts in by_currency.items():
        for column, amount in enumerate(amounts):
            converted, before = book.rates.to_base(amount, currency), totals[column]
            totals[column] = None if converted is None or before is None else before + converted
    return totals


def receipts(book: Book, language: Language) -> pd.DataFrame:
    """What each receipt paid and what waits; receipts dated after as_of have no figures yet."""
    frame, names = book.ledger["receipts"], customer_names(book)
    allocated: dict[int, int] = {}
    for each in book.state.allocations:
        allocated[each.receipt.row] = allocated.get(each.receipt.row, 0) + each.amount
    seen = {receipt.row: receipt for receipt in book.receipts}
    found = [seen.get(row) for row in frame.index.tolist()]
    typed = frame["customer_id"].tolist()
    return pd.DataFrame(
        {
            "customer_name": objects(
                [names.get(each.customer if each else id, "") for each, id in zip(found, typed, strict=True)]
            ),
            "allocated": nullable([allocated.get(each.row, 0) if each else None for each in found]),
            "unapplied": nullable([each.left if each else None for each in found]),
            "match_reason": objects(
                [MATCH_REASONS[_matched(each)].in_(language) if each else "" for each in found]
            ),
        },
        index=frame.index,
    )


def promises(book: Book) -> pd.DataFrame:
    """Whether each promise was kept, and what was paid on it; empty where it is not made yet or not known."""
    frame = book.ledger["promises"]
    by_row = {promise.row: promise for promise in book.promises}
    found = [by_row.get(row) for row in frame.index.tolist()]
    return pd.DataFrame(
        {
            "state": objects([each.state(book.day) if each else "" for each in found]),
            "paid": nullable([each.paid if each else None for each in found]),
        },
        index=frame.index,
    )


def _matched(receipt: Receipt) -> str:
    if receipt.lapsed:
        return "lapsed"
    if not (receipt.milestone or receipt.contract or receipt.customer):
        return "none"
    if not receipt.payable:
        return "held"
    return "milestone" if receipt.milestone else "contract" if receipt.contract else "customer"


def allocations(book: Book, language: Language) -> tuple[pd.DataFrame, list[int]]:
    """Every allocation in the order in which it happened, and the decimals of each row's currency."""
    made = book.state.allocations
    words = {reason: text.in_(language) for reason, text in ALLOCATION_REASONS.items()}
    frame = pd.DataFrame(
        {
            "receipt_id": objects([each.receipt.id for each in made]),
            "milestone_id": objects([each.item.milestone.id for each in made]),
            "item": objects([each.item.name for each in made]),
            "date": from_days(np.array([each.day for each in made], dtype=np.int64)),
            "amount": nullable([each.amount for each in made]),
            "reason": objects([words[each.reason] for each in made]),
        }
    )
    return frame, [each.receipt.digits for each in made]
