"""Money that names only the customer (民法典560): claims that others have paid are passed over."""

from __future__ import annotations

from tests.oracle.build import contract, fixed, receipt
from tests.rules.figures import Look


def test_a_claim_that_named_money_has_paid_gets_no_row_of_nought() -> None:
    seen = Look(
        "02-10",
        [contract("C", "100")],
        [fixed("M0", "10", "01-05"), fixed("M1", "60", "01-10"), fixed("M2", "30", "01-20")],
        receipts=[
            receipt("R0", "01-22", "5", k="K"),
            receipt("R1", "01-25", "60", m="M1"),
            receipt("R2", "02-01", "25", k="K"),
        ],
    )
    assert seen.paid() == ["R0 M0 01-22 5.00", "R1 M1 01-25 60.00", "R2 M0 02-01 5.00", "R2 M2 02-01 20.00"]


def test_the_last_cent_of_a_claim_comes_first_where_it_fell_due_first() -> None:
    seen = Look(
        "02-10",
        [contract("C", "100")],
        [fixed("M1", "60", "01-10"), fixed("M2", "40", "01-20")],
        receipts=[receipt("R1", "01-25", "59.99", m="M1"), receipt("R2", "02-01", "25", k="K")],
    )
    assert seen.paid() == ["R1 M1 01-25 59.99", "R2 M1 02-01 0.01", "R2 M2 02-01 24.99"]
