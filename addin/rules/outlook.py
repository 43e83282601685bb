"""What is coming: open and due within a number of days."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import numpy as np

from addin.model.money import digits_of, from_minor
from addin.rules.book import Book


def due_within(book: Book, days: int) -> Decimal | None:
    """Open and due from as_of to ``days`` later, both included, in base currency; None without a rate."""
    coming = (book.items.due >= book.day) & (book.items.due <= book.day + days)
    sums: dict[str, int] = defaultdict(int)
    positions = book.contract_of[book.items.milestone[np.flatnonzero(coming)]].tolist()
    for position, amount in zip(positions, book.items.amount[coming].tolist(), strict=True):
        sums[book.contracts[position].currency] += amount
    parts = [book.rates.to_base(amount, currency) for currency, amount in sums.items()]
    known = [part for part in parts if part is not None]
    return from_minor(sum(known), digits_of(book.rates.base)) if len(known) == len(parts) else None
