"""The aging table: what is open by bucket, for each customer, contract and manager, by currency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, from_days
from addin.model.money import digits_of
from addin.rules.book import Book
from addin.rules.claims import Receipt
from addin.rules.frames import objects
from addin.rules.summaries import customer_names

BUCKETS = ("current", "b1", "b2", "b3", "b4", "b5")
_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class _Groups:
    """Group keys (id, currency) in order of first appearance, and the number of each milestone's and receipt's."""

    keys: Sequence[tuple[str, str]]
    of_milestone: np.ndarray
    of_receipt: np.ndarray


def aging_table(book: Book) -> tuple[pd.DataFrame, list[int]]:
    """Rows of the aging table and the decimals of each row's currency; groups without any figure are left out."""
    managers = dict(
        zip(book.ledger["contracts"]["contract_id"], book.ledger["contracts"]["manager"], strict=True)
    )
    by_contract = {contract.id: contract for contract in book.contracts}
    names: dict[str, Mapping[str, str]] = {
        "customer": customer_names(book),
        "contract": dict(zip(by_contract, _projects(book), strict=False)),
        "manager": {name: name for name in managers.values()},
    }
    ids: dict[str, tuple[list[str], Callable[[Receipt], str]]] = {
        "customer": ([each.customer for each in book.contracts], lambda receipt: receipt.customer),
        "contract": ([each.id for each in book.contracts], _contract_id),
        "manager": (
            [managers.get(each.id, "") for each in book.contracts],
            lambda receipt: managers.get(_contract_id(receipt), ""),
        ),
    }
    parts = [
        _rows(
            book,
            kind,
            _grouped(book, of_contract, [of_receipt(receipt) for receipt in book.receipts]),
            names[kind],
        )
        for kind, (of_contract, of_receipt) in ids.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame, [digits_of(currency) for currency in frame["currency"].tolist()]


def _projects(book: Book) -> list[str]:
    """The project's name beside a contract's number."""
    projects: list[str] = book.ledger["contracts"]["project"].tolist()
    return projects


def _contract_id(receipt: Receipt) -> str:
    contract = receipt.milestone.contract if receipt.milestone else receipt.contract
    return contract.id if contract else ""


def _grouped(book: Book, of_contract: Sequence[str], of_receipt: Sequence[str]) -> _Groups:
    numbers: dict[tuple[str, str], int] = {}
    by_contract = [
        numbers.setdefault((id, contract.currency), len(numbers))
        for id, contract in zip(of_contract, book.contracts, strict=True)
    ]
    by_receipt = [
        numbers.setdefault((id, receipt.currency), len(numbers))
        for id, receipt in zip(of_receipt, book.receipts, strict=True)
    ]
    contracts = np.array(by_contract, dtype=np.int64)
    return _Groups(list(numbers), contracts[book.contract_of], np.array(by_receipt, dtype=np.int64))


def _rows(book: Book, kind: str, groups: _Groups, names: Mapping[str, str]) -> pd.DataFrame:
    count, items = len(groups.keys), book.items
    buckets = np.zeros((count, len(BUCKETS)), dtype=np.int64)
    pending, unapplied = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    oldest = np.full(count, _FAR, dtype=np.int64)
    of_item = groups.of_milestone[items.milestone]
    np.add.at(buckets, (of_item, items.bucket), items.amount)
    np.minimum.at(oldest, of_item, items.due)
    np.add.at(pending, groups.of_milestone, pending_amounts(book))
    np.add.at(unapplied, groups.of_receipt, np.array([each.left for each in book.receipts], dtype=np.int64))
    shown = np.flatnonzero(buckets.any(axis=1) | (pending != 0) | (unapplied != 0))
    open_amount = buckets.sum(axis=1)
    ids = [groups.keys[number] for number in shown.tolist()]
    oldest[oldest == _FAR] = NO_DAY
    money = {"pending": pending, **{name: buckets[:, number] for number, name in enumerate(BUCKETS)}}
    money |= {"open": open_amount, "unapplied": unapplied, "net": open_amount - unapplied}
    return pd.DataFrame(
        {
            "group_kind": objects([kind] * len(ids)),
            "group_id": objects([id for id, _ in ids]),
            "group_name": objects([names.get(id, "") for id, _ in ids]),
            "currency": objects([currency for _, currency in ids]),
            **{name: pd.array(values[shown], dtype="Int64") for name, values in money.items()},
            "oldest_due": from_days(oldest[shown]),
        }
    )


def pending_amounts(book: Book) -> np.ndarray:
    """What is left of each milestone before its trigger; 0 for triggered ones."""
    return np.array([0 if each.triggered else each.open for each in book.milestones], dtype=np.int64)
