"""What interrupted limitation is named by the row that did it."""

from __future__ import annotations

from datetime import date

from tests.rules.explain.test_stories import CONTRACT, ledger, milestone, told

OTHER = {**CONTRACT, "contract_id": "L", "customer_id": "D"}
PAID = {"date": date(2025, 3, 1), "amount": 400}


def test_of_two_receipts_of_one_day_each_claim_names_the_one_that_paid_it() -> None:
    book = ledger(
        milestone("M"),
        milestone("N", contract_id="L"),
        contracts=[CONTRACT, OTHER],
        receipts=[
            {"receipt_id": "R1", "milestone_id": "N", **PAID},
            {"receipt_id": "R2", "milestone_id": "M", **PAID},
        ],
    )
    for id, receipt in (("M", "R2"), ("N", "R1")):
        last = next(
            step
            for step in told(book, "milestones", id, "limitation").steps
            if "interrupted the period" in step.text.en
        )
        assert last.value == date(2025, 3, 1)
        assert [term.row.key for term in last.terms if term.column == "date" and term.row] == [receipt]
