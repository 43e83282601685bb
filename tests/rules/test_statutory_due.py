"""The latest due date of a small firm's claim, by the regulation of 2025."""

from __future__ import annotations

from datetime import date

import pytest

from addin.rules.refused import Refused
from addin.rules.statutory_due import Buyer, statutory_due
from addin.rules.workdays import Calendar


@pytest.mark.parametrize(
    ("buyer", "base", "agreed", "due"),
    [
        ("public_body", "2025-07-02", None, "2025-08-01"),  # thirty days, a Friday
        ("public_body", "2025-07-03", None, "2025-08-04"),  # Saturday, so Monday
        ("public_body", "2025-07-01", 0, "2025-07-01"),
        ("public_body", "2025-07-01", 59, "2025-08-29"),
        ("public_body", "2025-07-01", 60, "2025-09-01"),  # 30 August is a Saturday
        ("public_body", "2025-07-01", 61, "2025-09-01"),  # sixty at most
        ("large_enterprise", "2025-07-04", None, "2025-09-02"),
        ("large_enterprise", "2025-07-04", 90, "2025-10-09"),  # 2 October lies in the national holidays
        ("large_enterprise", "2025-07-04", 30, "2025-08-04"),
        ("large_enterprise", "2025-08-29", None, "2025-10-28"),
    ],
)
def test_due(buyer: Buyer, base: str, agreed: int | None, due: str) -> None:
    assert statutory_due(buyer, date.fromisoformat(base), agreed, Calendar()) == date.fromisoformat(due)


def test_a_year_without_a_published_calendar_leaves_the_day() -> None:
    saturday = date(2090, 7, 1)
    assert saturday.weekday() == 5
    assert statutory_due("public_body", date(2090, 6, 1), None, Calendar()) == saturday


def test_no_day_after_the_last() -> None:
    with pytest.raises(Refused) as refused:
        statutory_due("large_enterprise", date(9999, 12, 1), None, Calendar())
    assert refused.value.argument == "contract_days"
    assert statutory_due("large_enterprise", date(9999, 12, 1), 30, Calendar()) == date(9999, 12, 31)
