"""How far a milestone was reminded of: the levels of its letters, and what one counts as that does not say its own."""

from __future__ import annotations

from datetime import date

from tests.oracle.build import contract, fixed
from tests.rules.books import customer
from tests.rules.chasing.cases import letter
from tests.rules.explain.ledgers import sheets
from tests.rules.explain.test_every_figure import wrong
from tests.rules.explain.test_stories import sentences, told


def test_a_letter_without_a_level_counts_as_the_next_of_its_kind() -> None:
    book = sheets(
        {
            "customers": [customer()],
            "contracts": [contract("C", "1000")],
            "milestones": [fixed("M", "1000", "03-01")],
            "letters": [letter("L1", 1, "03-05"), letter("L2", None, "03-12")],
        },
        date(2025, 3, 20),
        "en",
    )
    explained = told(book, "milestones", "M", "reminder_level")
    assert explained.value == 2 and list(wrong(book, explained)) == []
    assert sentences(book, "M", "reminder_level") == [
        "The levels of the letters that went out: the highest of (1; 2) = 2"
    ]
