"""How money that waited for a trigger is told from money that met its claim at once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.explain.test_stories import ledger, milestone, sentences

WAITED = "which waited for a trigger"


@pytest.mark.parametrize("named", [{"contract_id": "K"}, {"customer_id": "C"}])
@pytest.mark.parametrize(("came", "waits"), [(date(2025, 2, 28), True), (date(2025, 3, 2), False)])
def test_what_came_before_the_trigger_waited_for_it(named: dict[str, str], came: date, waits: bool) -> None:
    row = milestone("M", trigger="delivery", trigger_date=date(2025, 3, 1))
    book = ledger(row, receipts=[{"receipt_id": "R", "date": came, "amount": 100, **named}])
    told = " ".join(sentences(book, "M", "received"))
    assert "receipt R" in told
    assert (WAITED in told) is waits
    assert ("2025-03-01, receipt R" in told) is waits  # the day on which it happened
