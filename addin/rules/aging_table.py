"""The aging table: what is open by bucket, for each customer, contract and manager, by currency."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, from_days
from addin.model.money import digits_of
from addin.rules.book import Book
from addin.rules.claims import Receipt
from addin.rules.frames import objects
from addin.rules.groups import Groups, grouped
from addin.rules.summaries import customer_names

BUCKETS = ("current", "b1", "b2", "b3", "b4", "b5")
_FAR = np.iinfo(np.int64).max


def aging_table(book: Book) -> tuple[pd.DataFrame, list[int]]:
    """Rows of the aging table and the decimals of each row's currency; groups without any figure are left out."""
    managers = dict(
        zip(book.ledger["contracts"]["contract_id"], book.ledger["contracts"]["manager"], strict=True)
    )
    ids = [contract.id for contract in book.contracts]
    paid = [_contract_id(receipt) for receipt in book.receipts]

    def by(name: Mapping[str, str]) -> Groups:
        of_contract, of_receipt = [name.get(id, "") for id in ids], [name.get(id, "") for id in paid]
        return grouped(book.contracts, book.contract_of, of_contract, book.receipts, of_receipt)

    parts = [
        _rows(book, "customer", book.by_customer, customer_names(book)),
        _rows(book, "contract", by({id: id for id in ids}), dict(zip(ids, _projects(book), strict=False))),
        _rows(book, "manager", by(managers), {name: name for name in managers.values()}),
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


def _rows(book: Book, kind: str, groups: Groups, names: Mapping[str, str]) -> pd.DataFrame:
    count, items = len(groups.keys), book.items
    buckets = np.zeros((count, len(BUCKETS)), dtype=np.int64)
    pending = groups.sums(groups.of_milestone, book.standing.pending)
    unapplied = groups.sums(groups.of_receipt, book.unapplied)
    oldest = np.full(count, _FAR, dtype=np.int64)
    of_item = groups.of_milestone[items.milestone]
    np.add.at(buckets, (of_item, items.bucket), items.amount)
    np.minimum.at(oldest, of_item, items.due)
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
