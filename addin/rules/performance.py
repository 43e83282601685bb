"""How collecting goes: the figures of 看板 beside what is open (LOOK; RULES 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from addin.model.money import digits_of, from_minor
from addin.model.result import Month, Performance
from addin.rules.alerts import alert
from addin.rules.book import Book
from addin.rules.frames import integers
from addin.rules.indicators import collection_rate, dso, promise_kept
from addin.rules.monthly_targets import Target, month_target
from addin.rules.outlook import open_by_currency
from addin.rules.promise_payments import recent
from addin.rules.refused import Refused
from addin.rules.rollforward import NEW, Moves

SALES_DAYS = 365
MONTHS = 12


def performance(book: Book, moves: Moves) -> Performance:
    """The indicators as at the book's day; ``moves`` are those of the roll-forward."""
    rate, days = _collection_rate(book), _dso(book, moves)
    return Performance(rate, days, _promises_kept(book), _months(book), _alerts(book))


def _collection_rate(book: Book) -> Fraction | None:
    """What was to be collected of an item is what came in the month and what is still open.

    So a credit note lowers it, and what was paid before the month is in neither part.
    """
    first, today = book.as_of.replace(day=1).toordinal(), book.day
    came = [
        (each.item.due, each.item.milestone.contract.currency, each.amount)
        for each in book.state.allocations
        if each.day >= first and each.item.due <= today
    ]
    due = book.items.due
    of_month = open_by_currency(book, (first <= due) & (due <= today)).items()
    older = open_by_currency(book, due < first).items()
    received = _in_base(book, (each[1:] for each in came))
    fell_due = _in_base(book, [*(each[1:] for each in came if each[0] >= first), *of_month])
    overdue = _in_base(book, [*(each[1:] for each in came if each[0] < first), *older])
    if received is None or fell_due is None or overdue is None:
        return None
    return _known(collection_rate, fell_due, overdue, received)


def _in_base(book: Book, amounts: Iterable[tuple[str, int]]) -> int | None:
    """The sum of (currency, minor units); None where a rate is missing."""
    sums: dict[str, int] = defaultdict(int)
    for currency, amount in amounts:
        sums[currency] += amount
    return book.rates.total(sums)


def _known(rule: Callable[..., Fraction], *inputs: object) -> Fraction | None:
    """What the rule says; None where there is nothing to divide by."""
    try:
        return rule(*inputs)
    except Refused:
        return None


def _dso(book: Book, moves: Moves) -> Fraction | None:
    new = moves.kind == NEW
    if not new.any():
        return None
    start = max(book.day - SALES_DAYS, int(moves.day[new].min()) - 1)
    sold = new & (moves.day > start)
    sales = book.rates.total(book.by_customer.by_currency(moves.purse[sold], moves.amount[sold]))
    receivables = book.rates.total(open_by_currency(book, np.ones(len(book.items.due), dtype=bool)))
    if sales is None or receivables is None:
        return None
    return _known(dso, receivables, [sales], Decimal(book.day - start))


def _promises_kept(book: Book) -> Fraction | None:
    promises = recent(book.promises, book.day)
    promised = [book.rates.to_base(each.amount, each.currency) for each in promises]
    paid = [book.rates.to_base(each.paid, each.currency) for each in promises]
    return None if None in (*promised, *paid) or not promises else _known(promise_kept, promised, paid)


def _months(book: Book) -> tuple[Month, ...]:
    names = _last_months(book.as_of)
    came: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    earliest = date.fromisoformat(f"{names[0]}-01").toordinal()
    for receipt in book.receipts:
        if receipt.day >= earliest:
            name = date.fromordinal(receipt.day).isoformat()[:7]
            came[name].append((receipt.currency, receipt.counted))
    targets = _targets(book)
    return tuple(
        Month(name, _decimal(book, _in_base(book, came[name])), _decimal(book, month_target(targets, name)))
        for name in names
    )


def _last_months(as_of: date) -> list[str]:
    """The last twelve months, fewer at the beginning of the calendar, the as-of month last."""
    last = as_of.year * 12 + as_of.month - 1
    return [
        f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(max(last - MONTHS + 1, 12), last + 1)
    ]


def _targets(book: Book) -> list[Target]:
    frame = book.ledger["targets"]
    periods, managers, contracts = (frame[key].tolist() for key in ("period", "manager", "contract_id"))
    rows = zip(periods, managers, contracts, integers(frame["amount"]), strict=True)
    return [
        Target(period, manager, contract, amount)
        for period, manager, contract, amount in rows
        if amount is not None
    ]


def _decimal(book: Book, minor: int | None) -> Decimal | None:
    return None if minor is None else from_minor(minor, digits_of(book.rates.base))


def _alerts(book: Book) -> dict[str, int]:
    """The open items of each warning, by the limits of the settings."""
    counts = dict.fromkeys(("blue", "orange", "red"), 0)
    days, numbers = np.unique(book.day - book.items.due, return_counts=True)
    limits = book.policy["alert_orange_days"], book.policy["alert_red_days"]
    for late, number in zip(days.tolist(), numbers.tolist(), strict=True):
        if word := alert(late, *limits):
            counts[word] += number
    return counts
