"""Adjustments of a milestone with a plan: items are filled by due date and emptied from the last (Corner 4)."""

from __future__ import annotations

from typing import Any

from tests.oracle.build import Cells, adjustment, contract, fixed, instalment, receipt
from tests.rules.figures import Look

PAID_REMAINDER = [receipt("R", "01-12", "40", m="M")]
PLAN = [instalment("E1", "M", "01-15", "02-01", "60")]


def look(on: str, *adjustments: Cells, **tables: Any) -> Look:
    """100 due on 01-10: 40 of it paid, 60 agreed to be paid on 02-01."""
    rows = [fixed("M", "100", "01-10")]
    tables = {"receipts": PAID_REMAINDER, "reschedules": PLAN, **tables}
    return Look(on, [contract("C", "100")], rows, adjustments=[*adjustments], **tables)


def test_a_cent_lowers_the_first_item_with_anything_open() -> None:
    seen = look("02-03", adjustment("J", "M", "01-20", "0.01"))
    row = seen.milestone("M")
    # nothing is open of the remainder since 01-12, so nothing is due since 01-10
    assert (row["open"], row["adjusted"], f"{row['due_date']:%m-%d}") == ("59.99", "0.01", "02-01")
    assert (row["days_overdue"], row["bucket"]) == (2, "1-30")
    assert seen.aging("contract", "C")["b1"] == "59.99"


def test_a_reversed_cent_opens_the_item_that_it_had_lowered() -> None:
    both = [adjustment("J1", "M", "01-20", "0.01"), adjustment("J2", "M", "01-21", "-0.01")]
    row = look("02-03", *both).milestone("M")
    assert (row["open"], row["adjusted"], f"{row['due_date']:%m-%d}") == ("60.00", "0.00", "02-01")


def test_a_cent_lowers_the_item_that_fell_due_first() -> None:
    row = look("02-15", adjustment("J", "M", "01-20", "0.01"), receipts=[]).aging("contract", "C")
    # the remainder of 40 is due since 01-10 (36 days), the instalment of 60 since 02-01 (14 days)
    assert (row["b2"], row["b1"]) == ("39.99", "60.00")
