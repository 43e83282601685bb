"""What is coming: open and due within a number of days."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from addin.model.money import digits_of, from_minor
from addin.rules.book import Book


def due_within(book: Book, days: int) -> Decimal | None:
    """Open and due from as_of to ``days`` later, both included, in base currency; None without a rate."""
    coming = (book.items.due >= book.day) & (book.items.due <= book.day + days)
    total = book.rates.total(open_by_currency(book, coming))
    return None if total is None else from_minor(total, digits_of(book.rates.base))


def open_by_currency(book: Book, chosen: np.ndarray) -> dict[str, int]:
    """What is open of the chosen ones of ``book.items``, in minor units by currency."""
    groups, items = book.by_customer, book.items
    return groups.by_currency(groups.of_milestone[items.milestone[chosen]], items.amount[chosen])
