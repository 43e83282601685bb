"""A replayed book from rows written as plain dicts, for rules that read one."""

from __future__ import annotations

from datetime import date

from addin.model.ledger import build_ledger
from addin.rules.book import Book, replay_book
from addin.rules.policy import read_policy
from tests.oracle.build import Cells
from tests.rules.engine import Tables, raw_book


def book_of(tables: Tables, as_of: date, language: str = "zh", **settings: str) -> Book:
    """The book as at a day, due dates not rolled unless the settings say so; customers only where rows are given."""
    rows = [{"key": key, "value": value} for key, value in {"roll": "none", **settings}.items()]
    ledger, _ = build_ledger(raw_book({**tables, "settings": [*tables.get("settings", ()), *rows]}), "CNY")
    policy, _ = read_policy(ledger["settings"], as_of, language)
    return replay_book(ledger, policy, as_of)


def customer(key: str = "K", **more: object) -> Cells:
    """A customer named after its id."""
    return {"customer_id": key, "name": f"Firm {key}", **more}
