"""The roll-forward: opening, movements and closing of each customer and month, held against the general ledger.

New is what was triggered in the month, amendments of triggered rows included; receipts count on their date, a
refused draft is taken out on its day; closing is open less unapplied (RULES 15, Roll-forward).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.model.days import Days, months_of
from addin.model.finding import Finding, error
from addin.model.money import digits_of, grouped
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.frames import integers, nullable, objects
from addin.rules.state import Purse

NEW, RECEIVED, ADJUSTED, WRITTEN_OFF = range(4)


@dataclass(frozen=True)
class Moves:
    """What moved balances: the number of the purse in ``book.by_customer``, the day, which kind, how much."""

    purse: np.ndarray
    day: Days
    kind: np.ndarray
    amount: np.ndarray


def movements(book: Book) -> Moves:
    """Everything that moved a balance; a pending milestone is no receivable yet."""
    now, groups = book.standing, book.by_customer
    triggered = np.flatnonzero(now.triggered)
    days = np.array([receipt.day for receipt in book.receipts], dtype=np.int64)
    amounts = np.array([receipt.amount for receipt in book.receipts], dtype=np.int64)
    few = np.array([*_amended(book), *_adjusted(book), *_lapsed(book)], dtype=np.int64).reshape(-1, 4)
    return Moves(
        np.concatenate([groups.of_milestone[triggered], groups.of_receipt, few[:, 0]]),
        np.concatenate([now.trigger[triggered], days, few[:, 1]]),
        np.concatenate([np.full(len(triggered), NEW), np.full(len(days), RECEIVED), few[:, 2]]),
        np.concatenate([now.amount[triggered], amounts, few[:, 3]]),
    )


_Move = tuple[int, int, int, int]
"""Number of the purse, day, kind, amount."""


def _amended(book: Book) -> Iterator[_Move]:
    """Amendments after the trigger count on their own day, not on the trigger's."""
    numbers = book.by_customer.of_milestone
    for position, each in enumerate(book.milestones):
        if each.amount_changes and each.triggered:
            for day, delta in each.amount_changes:
                if day > each.trigger:
                    yield int(numbers[position]), day, NEW, delta
                    yield int(numbers[position]), each.trigger, NEW, -delta


def _adjusted(book: Book) -> Iterator[_Move]:
    numbers = {key: number for number, key in enumerate(book.by_customer.keys)}
    for move in book.state.movements:
        if move.milestone.triggered:
            contract = move.milestone.contract
            kind = WRITTEN_OFF if move.kind == "write_off" else ADJUSTED
            day = max(move.day, move.milestone.trigger)
            yield numbers[contract.customer, contract.currency], day, kind, move.amount


def _lapsed(book: Book) -> Iterator[_Move]:
    """A refused draft is taken out on its day."""
    for number, receipt in zip(book.by_customer.of_receipt.tolist(), book.receipts, strict=True):
        if receipt.lapsed:
            day = max(receipt.dishonoured, receipt.day)
            yield number, day, RECEIVED, receipt.counted - receipt.amount


def balances(book: Book, moves: Moves) -> tuple[dict[Purse, dict[str, list[int]]], dict[Purse, int]]:
    """Movements by purse, month and kind; and each purse's closing balance from the open items themselves."""
    groups = book.by_customer
    months, month = np.unique(months_of(moves.day), return_inverse=True)
    found, at = np.unique(moves.purse * max(len(months), 1) + month, return_inverse=True)
    sums = np.zeros((len(found), 4), dtype=np.int64)
    np.add.at(sums, (at, moves.kind), moves.amount)
    names = np.datetime_as_string(months).tolist()
    moved: dict[Purse, dict[str, list[int]]] = defaultdict(dict)
    for number, of_month in zip(found.tolist(), sums.tolist(), strict=True):
        purse, place = divmod(number, len(months))
        moved[groups.keys[purse]][names[place]] = of_month
    open_amounts = groups.sums(groups.of_milestone, book.standing.open - book.standing.pending)
    unapplied = groups.sums(groups.of_receipt, book.unapplied)
    return moved, dict(zip(groups.keys, (open_amounts - unapplied).tolist(), strict=True))


def rollforward(
    book: Book, moves: Moves
) -> tuple[pd.DataFrame, list[int], list[Finding], dict[Purse, tuple[int, int]]]:
    """Rows of the table, decimals by row, gl differences, and (rolled, actual) closing by customer and currency."""
    moved, closing = balances(book, moves)
    ledger_balances, gl_rows = _general_ledger(book)
    listed = _listed_months(book)
    rows: list[tuple[str, str, str, list[int], int | None]] = []
    rolled: dict[Purse, tuple[int, int]] = {}
    findings: list[Finding] = []
    for purse in {**moved, **dict.fromkeys((customer, book.rates.base) for _, customer in ledger_balances)}:
        months = moved.get(purse, {})
        balance = 0
        wanted = {month for month, customer in ledger_balances if (customer, book.rates.base) == purse}
        for month in sorted({*months, *wanted, *listed[:1]}):
            opening, own = balance, months.get(month, [0, 0, 0, 0])
            balance += own[NEW] - own[RECEIVED] - own[ADJUSTED] - own[WRITTEN_OFF]
            gl = ledger_balances.get((month, purse[0])) if purse[1] == book.rates.base else None
            if gl is not None and gl != balance:
                findings += [_differs(book, row, month, balance, gl) for row in gl_rows[month, purse[0]]]
            if gl is not None or (month in listed and (any(own) or opening)):
                rows.append((month, *purse, [opening, *own, balance], gl))
        rolled[purse] = balance, closing.get(purse, 0)
    rows.sort(key=lambda row: row[:3])
    return _frame(rows), [digits_of(row[2]) for row in rows], findings, rolled


def _listed_months(book: Book) -> list[str]:
    """The months that the table lists, the as-of month first."""
    year, month = book.as_of.year, book.as_of.month
    months = []
    for back in range(max(int(book.policy["rollforward_months"]), 1)):
        total = year * 12 + month - 1 - back
        months.append(f"{total // 12:04d}-{total % 12 + 1:02d}")
    return months


def _general_ledger(book: Book) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], list[int]]]:
    """Balance and sheet rows by month and customer, all accounts together, up to the as-of month."""
    frame = book.ledger["gl"]
    sums: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    as_of_month = book.as_of.isoformat()[:7]
    entries = zip(
        frame.index.tolist(), frame["period"], frame["customer_id"], integers(frame["balance"]), strict=True
    )
    for row, period, customer, balance in entries:
        if balance is not None and period <= as_of_month:
            sums[period, customer] = sums.get((period, customer), 0) + balance
            rows[period, customer].append(row)
    return sums, rows


def _differs(book: Book, row: int, month: str, balance: int, gl: int) -> Finding:
    digits = digits_of(book.rates.base)
    ours, theirs, gap = grouped(balance, digits), grouped(gl, digits), grouped(gl - balance, digits)
    return error(
        "gl_differs",
        "gl",
        row,
        "balance",
        Text(
            f"{month} 台账余额 {ours}，总账 {theirs}，相差 {gap}",
            f"At the end of {month} the ledger has {ours}, the general ledger {theirs}: a difference of {gap}",
        ),
        Text(
            "核对该月的开票、收款与调整是否两边都已入账",
            "Check that the month's invoices, receipts and adjustments stand on both sides",
        ),
    )


def _frame(rows: list[tuple[str, str, str, list[int], int | None]]) -> pd.DataFrame:
    money = ("opening", "new", "received", "adjusted", "written_off", "closing")
    return pd.DataFrame(
        {
            "period": objects([row[0] for row in rows]),
            "customer_id": objects([row[1] for row in rows]),
            "currency": objects([row[2] for row in rows]),
            **{name: nullable([row[3][place] for row in rows]) for place, name in enumerate(money)},
            "gl_balance": nullable([row[4] for row in rows]),
            "difference": nullable([None if row[4] is None else row[3][5] - row[4] for row in rows]),
        }
    )
