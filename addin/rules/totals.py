"""Totals and buckets of the whole ledger, by currency and in the base currency (COMMANDS, refresh --json)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from addin.model.finding import Finding, warning
from addin.model.money import digits_of, from_minor, is_code
from addin.model.result import TOTALS, Sums
from addin.model.text import Text
from addin.rules.aging import bucket_labels
from addin.rules.book import Book
from addin.rules.late_interest import ESTIMATE

Minor = dict[str, int]


def sums_by_currency(book: Book) -> dict[str, tuple[Minor, list[int]]]:
    """Totals and bucket amounts in minor units, by currency; the base currency is always there."""
    totals: dict[str, Minor] = defaultdict(lambda: dict.fromkeys(TOTALS, 0))
    buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(book.policy.aging_edges) + 2))
    totals[book.rates.base], buckets[book.rates.base]
    for contract in book.contracts:
        totals[contract.currency]["contracted"] += contract.in_force or 0
    for move in book.state.movements:
        totals[move.milestone.contract.currency]["adjusted"] += move.amount
    groups = book.by_customer
    for name, of_milestones in _by_milestone(book).items():
        for currency, amount in groups.by_currency(groups.of_milestone, of_milestones).items():
            totals[currency][name] = amount
    counted = np.array([receipt.counted for receipt in book.receipts], dtype=np.int64)
    for name, of_receipts in (("received", counted), ("unapplied", book.unapplied)):
        for currency, amount in groups.by_currency(groups.of_receipt, of_receipts).items():
            totals[currency][name] = amount
    items = book.items
    of_item = groups.of_milestone[items.milestone]
    for bucket in np.unique(items.bucket).tolist():
        inside = np.where(items.bucket == bucket, items.amount, 0)
        for currency, amount in groups.by_currency(of_item, inside).items():
            buckets[currency][bucket] = amount
    for currency, own in totals.items():
        current, *late = buckets[currency]
        own.update(open=current + sum(late), current=current, overdue=sum(late))
    return {currency: (own, buckets[currency]) for currency, own in totals.items()}


def _by_milestone(book: Book) -> dict[str, np.ndarray]:
    """The totals that are sums over milestones."""
    now = book.standing
    return {
        "disputed": book.positions["disputed"].to_numpy(np.int64, na_value=0),
        "interest": _interest(book),
        "receivable": np.where(now.triggered, now.amount, 0),
        "pending": now.pending,
    }


def _interest(book: Book) -> np.ndarray:
    """Interest by milestone as far as it is known; the internal estimate is left out (Corner 10)."""
    owed = book.positions["interest"].to_numpy(np.int64, na_value=0)
    return np.where((book.positions["interest_basis"] == ESTIMATE).to_numpy(bool), 0, owed)


def in_own_currency(book: Book, sums: Mapping[str, tuple[Minor, list[int]]]) -> dict[str, Sums]:
    """The sums of each currency as decimals."""
    labels = bucket_labels(book.policy.aging_edges)
    return {
        currency: Sums(
            {key: from_minor(amount, digits_of(currency)) for key, amount in totals.items()},
            {
                label: from_minor(amount, digits_of(currency))
                for label, amount in zip(labels, buckets, strict=True)
            },
        )
        for currency, (totals, buckets) in sums.items()
    }


def in_base(book: Book, sums: Mapping[str, tuple[Minor, list[int]]]) -> tuple[Sums, list[Finding]]:
    """All currencies together in the base currency; unknown, with a finding, where a rate is missing.

    Open, current and overdue are sums of the converted buckets, so that they add up.
    """
    labels = bucket_labels(book.policy.aging_edges)
    missing = [
        code
        for code, (totals, buckets) in sums.items()
        if code not in book.rates.by_currency and (any(totals.values()) or any(buckets))
    ]
    if missing:
        return Sums(dict.fromkeys(TOTALS), dict.fromkeys(labels)), [_no_rate(code) for code in missing]
    digits = digits_of(book.rates.base)
    totals, aged = dict.fromkeys(TOTALS, 0), [0] * len(labels)
    for currency, (own, buckets) in sums.items():
        for key in TOTALS:
            totals[key] += book.rates.to_base(own[key], currency) or 0
        aged = [
            sum_ + (book.rates.to_base(amount, currency) or 0)
            for sum_, amount in zip(aged, buckets, strict=True)
        ]
    totals.update(open=sum(aged), current=aged[0], overdue=sum(aged[1:]))
    exact = {key: from_minor(amount, digits) for key, amount in totals.items()}
    return Sums(
        exact,
        {label: from_minor(amount, digits) for label, amount in zip(labels, aged, strict=True)},
    ), []


def _no_rate(currency: str) -> Finding:
    known = is_code(currency)
    cure = Text(f"在汇率表中登记 {currency} 的汇率", f"Enter a rate of {currency} in the exchange rates")
    return warning(
        "rate_missing",
        "fx_rates",
        None,
        "rate",
        Text(
            f"没有 {currency} 在截至日或之前的汇率，本位币合计无法得出",
            f"There is no rate of {currency} on or before the as-of date: no total in base currency",
        ),
        cure if known else Text("先改正无法识别的币种", "First mend the currency that cannot be read"),
    )
