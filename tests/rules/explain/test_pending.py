"""Why a milestone is still pending: nothing dates it yet, or a cell that decides it cannot be read."""

from __future__ import annotations

import pytest

from tests.rules.explain.test_stories import ledger, milestone, sentences

UNDATED = "No trigger date, and the condition dates nothing by itself: no date yet"
UNREADABLE = "The trigger date or the term cannot be read: empty"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"trigger": "delivery"}, UNDATED),
        ({"trigger": "delivery", "term": "whenever"}, UNREADABLE),
        ({"trigger": "signing", "term": "whenever"}, UNREADABLE),
        ({"trigger": "signing", "trigger_date": "soon"}, UNREADABLE),
    ],
)
def test_why_there_is_no_due_date(cells: dict[str, str], why: str) -> None:
    assert sentences(ledger(milestone("M", **cells)), "M", "due_date") == [
        why,
        "Not triggered, so no due date: –",
    ]
