"""Whom the demo chases on its own day: each customer's story, the same in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from addin.model.text import Language
from addin.rules.frames import integers
from tests.rules.explain.ledgers import demo

STORIES = [
    ("C005", 3, True),  # confirmed on 25 June and not sent: heads the list
    ("C009", 5, False),  # a returned demand was sent all the same; grade C is one level faster
    (
        "C002",
        2,
        False,
    ),  # a part is disputed; the money of the bank's last line holds the other milestone back
    ("C011", 2, False),
    ("C001", 2, False),
    ("C003", 1, False),
    ("C008", 6, True),  # with the courts, and they hear from us
    ("C004", 2, True),  # promised for 10 July; but a call is overdue
    ("C012", 2, True),  # promised, and all of the rest disputed; a mail is overdue
    ("C010", None, False),  # extended to July: only a talk is due
    ("C007", 1, True),  # promised again
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_worklist_of_the_demo(language: Language) -> None:
    rows = demo(language, date(2026, 6, 30)).result.frames["worklist"]
    held = [bool(words) for words in rows["blocked_by"].tolist()]
    assert list(zip(rows["customer_id"], integers(rows["level"]), held, strict=True)) == STORIES
    by_customer = rows.set_index("customer_id")
    assert by_customer.at["C002", "milestones"] == ("HT-2024-005-3",)
    assert by_customer.at["C001", "milestones"] == ("HT-2025-009-3", "HT-2025-009-4")
    assert by_customer.at["C003", "open"] == by_customer.at["C003", "overdue"] == 116_408_571
    assert not by_customer["customer_name"].eq("").any()
