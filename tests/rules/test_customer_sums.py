"""What stands beside a customer: open and overdue are not the same, and what is not due is not overdue by a cent."""

from __future__ import annotations

from tests.oracle.build import contract, fixed
from tests.rules.figures import Look


def test_what_is_not_due_is_open_and_not_overdue() -> None:
    rows = [fixed("M", "60", "01-10"), fixed("N", "40", "02-09", term="NET 30")]
    seen = Look("02-10", [contract("C", "100")], rows)
    row = seen.row("customers", "K")
    assert (row["open"], row["overdue"], row["unapplied"]) == ("100.00", "60.00", "0.00")
