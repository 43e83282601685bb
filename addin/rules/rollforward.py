"""The roll-forward: opening, movements and closing of each customer and month, held against the general ledger.

New is what was triggered in the month, amendments of triggered rows included; receipts count on their date, a
refused draft is taken out on its day; closing is open less unapplied (RULES 15, Roll-forward).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pandas as pd

from addin.model.finding import Finding, error
from addin.model.money import digits_of, grouped
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.frames import integers, nullable, objects
from addin.rules.state import Purse

NEW, RECEIVED, ADJUSTED, WRITTEN_OFF = range(4)


def period_of(day: int) -> str:
    """The month of a civil ordinal as yyyy-mm.

    >>> period_of(date(2026, 3, 31).toordinal())
    '2026-03'
    """
    return date.fromordinal(day).isoformat()[:7]


def movements(book: Book) -> Iterator[tuple[Purse, int, int, int]]:
    """(customer and currency, day, kind, amount) of everything that moved a balance."""
    triggers: dict[int, int] = {}
    for each in book.milestones:
        if each.triggered:
            purse, later = (each.contract.customer, each.contract.currency), 0
            triggers[each.row] = each.trigger
            for day, delta in each.amount_changes:
                if day > each.trigger:
                    later += delta
                    yield purse, day, NEW, delta
            yield purse, each.trigger, NEW, (each.amount or 0) - later
    for move in book.state.movements:
        if move.milestone.row in triggers:
            contract = move.milestone.contract
            kind = WRITTEN_OFF if move.kind == "write_off" else ADJUSTED
            day = max(move.day, triggers[move.milestone.row])  # a pending row is no receivable yet
            yield (contract.customer, contract.currency), day, kind, move.amount
    for receipt in book.receipts:
        purse = receipt.customer, receipt.currency
        yield purse, receipt.day, RECEIVED, receipt.amount
        if receipt.lapsed:
            yield purse, max(receipt.dishonoured, receipt.day), RECEIVED, receipt.counted - receipt.amount


def balances(book: Book) -> tuple[dict[Purse, dict[str, list[int]]], dict[Purse, int]]:
    """Movements by purse, month and kind; and each purse's closing balance from the open items themselves."""
    moved: dict[Purse, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0, 0]))
    months: dict[int, str] = {}
    for purse, day, kind, amount in movements(book):
        if day not in months:
            months[day] = period_of(day)
        moved[purse][months[day]][kind] += amount
    closing: dict[Purse, int] = defaultdict(int)
    for each in book.milestones:
        if each.triggered:
            closing[each.contract.customer, each.contract.currency] += each.open
    for receipt in book.receipts:
        closing[receipt.customer, receipt.currency] -= receipt.left
    return moved, closing


def rollforward(book: Book) -> tuple[pd.DataFrame, list[int], list[Finding], dict[Purse, tuple[int, int]]]:
    """Rows of the table, decimals by row, gl differences, and (rolled, actual) closing by customer and currency."""
    moved, closing = balances(book)
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
            opening, moves = balance, months.get(month, [0, 0, 0, 0])
            balance += moves[NEW] - moves[RECEIVED] - moves[ADJUSTED] - moves[WRITTEN_OFF]
            gl = ledger_balances.get((month, purse[0])) if purse[1] == book.rates.base else None
            if gl is not None and gl != balance:
                findings += [_differs(book, row, month, balance, gl) for row in gl_rows[month, purse[0]]]
            if gl is not None or (month in listed and (any(moves) or opening)):
                rows.append((month, *purse, [opening, *moves, balance], gl))
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
    entries = zip(
        frame.index.tolist(), frame["period"], frame["customer_id"], integers(frame["balance"]), strict=True
    )
    for row, period, customer, balance in entries:
        if balance is not None and period <= period_of(book.day):
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
