"""Where a milestone stands: settled, pending, overdue or not due; what of it is disputed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.build import adjustment, contract, dispute, fixed, receipt
from tests.rules.figures import Figures, Look

C100 = [contract("C", "100")]


def row(on: str, term: str = "NET 20", **tables: Any) -> Figures:
    """A milestone of 100 triggered on 01-10, due on 01-30."""
    return Look(on, C100, [fixed("M", "100", "01-10", term=term)], **tables).milestone("M")


@pytest.mark.parametrize(
    ("on", "status", "days", "bucket"),
    [
        ("01-09", "pending", None, None),
        ("01-10", "not_due", -20, "current"),
        ("01-30", "not_due", 0, "current"),
        ("01-31", "overdue", 1, "1-30"),
        ("03-01", "overdue", 30, "1-30"),
        ("03-02", "overdue", 31, "31-60"),
    ],
)
def test_the_due_day_is_on_time_and_the_next_is_day_one(
    on: str, status: str, days: int | None, bucket: str | None
) -> None:
    found = row(on)
    assert (found["status"], found["days_overdue"], found["bucket"]) == (status, days, bucket)


def test_a_pending_row_has_no_dates_but_is_shown_and_open() -> None:
    found = row("01-09")
    assert [found[key] for key in ("due_date", "contract_due", "days_overdue", "bucket")] == [None] * 4
    assert (found["open"], found["disputed"]) == ("100.00", "0.00")


def test_a_settled_row_keeps_its_due_date_and_has_no_days() -> None:
    found = row("03-31", receipts=[receipt("R", "02-20", "100", m="M")])
    assert (found["status"], found["days_overdue"], found["bucket"]) == ("settled", None, None)
    assert f"{found['due_date']:%m-%d}" == f"{found['contract_due']:%m-%d}" == "01-30"
    assert row("02-19", receipts=[receipt("R", "02-20", "100", m="M")])["status"] == "overdue"


def test_a_cent_left_is_not_settled() -> None:
    assert row("03-31", receipts=[receipt("R", "02-20", "99.99", m="M")])["status"] == "overdue"


def test_pending_but_fully_adjusted_is_settled_without_dates() -> None:
    found = row("01-09", adjustments=[adjustment("J", "M", "01-05", "100")])
    assert (found["status"], found["due_date"], found["open"]) == ("settled", None, "0.00")


def test_a_due_date_before_the_trigger_is_taken_as_written() -> None:
    assert row("01-10", term="FIXED 2025-01-01")["days_overdue"] == 9


def test_a_dispute_counts_from_its_opening_to_the_day_before_it_closed() -> None:
    rows = [
        dispute("D1", "M", "02-01", amount="30", closed="02-10"),
        dispute("D2", "M", "02-05", amount="80"),
    ]
    seen = [row(on, disputes=rows)["disputed"] for on in ("01-31", "02-01", "02-05", "02-09", "02-10")]
    assert seen == ["0.00", "30.00", "100.00", "100.00", "80.00"]


def test_a_dispute_without_amount_is_of_all_that_is_open() -> None:
    rows = [dispute("D1", "M", "02-01"), dispute("D2", "M", "02-01", amount="10")]
    paid = [receipt("R", "02-15", "35", m="M")]
    assert row("02-14", disputes=rows)["disputed"] == "100.00"
    assert row("02-15", disputes=rows, receipts=paid)["disputed"] == "65.00"


def test_an_unreadable_disputed_amount_is_unknown_and_not_all() -> None:
    assert row("02-14", disputes=[dispute("D1", "M", "02-01") | {"amount": "some"}])["disputed"] == "0.00"


def test_a_row_without_a_readable_amount_is_left_open_and_never_settled() -> None:
    unread = fixed("M", "100", "01-10") | {"amount_fixed": "hundred"}
    found = Look("03-31", C100, [unread], receipts=[receipt("R", "02-20", "50", m="M")]).milestone("M")
    assert (found["amount"], found["open"], found["received"]) == (None, None, "0.00")
    assert found["status"] == "overdue"
