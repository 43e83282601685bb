"""What an amendment makes open again is there for the next payment, and wakes no money that waits (RULES 15)."""

from __future__ import annotations

from tests.oracle.build import adjustment, amendment, contract, receipt, share
from tests.rules.figures import Look


def test_money_after_an_amendment_meets_a_row_that_had_nothing_open() -> None:
    rows = [share("A", "0.5", 1, trigger_date="01-10"), share("B", "0.5", 2)]
    seen = Look(
        "02-10",
        [contract("C", "100")],
        rows,
        adjustments=[adjustment("J", "A", "01-12", "50")],
        receipts=[receipt("R1", "01-15", "5", c="C"), receipt("R2", "02-05", "8", c="C")],
        amendments=[amendment("V", "02-01", "120")],
    )
    # 20 more over 50 and 50: A is 60 less 50 adjusted. R1 met nothing open and waits on for B's trigger.
    assert seen.amounts() == ["60.00", "60.00"]
    assert seen.paid() == ["R2 A 02-05 8.00"]
    assert (seen.milestone("A")["open"], seen.row("receipts", "R1")["unapplied"]) == ("2.00", "5.00")
