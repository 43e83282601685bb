"""Interest that was waived names the agreement that waived it."""

from __future__ import annotations

from datetime import date

from tests.rules.explain.test_stories import CONTRACT, ledger, milestone, told

AGREED = {"agreed_on": date(2025, 6, 1), "new_due": date(2025, 7, 1), "penalty_waived": True}


def test_of_two_waivers_of_one_day_each_milestone_names_its_own() -> None:
    book = ledger(
        milestone("M", "0.5", seq=1),
        milestone("N", "0.5", seq=2),
        contracts=[{**CONTRACT, "late_rate_daily": "0.001"}],
        reschedules=[
            {"reschedule_id": "E1", "milestone_id": "N", **AGREED},
            {"reschedule_id": "E2", "milestone_id": "M", **AGREED},
        ],
    )
    for id, agreement in (("M", "E2"), ("N", "E1")):
        start = next(
            step for step in told(book, "milestones", id, "interest").steps if "waiver" in step.text.en
        )
        assert [term.row.key for term in start.terms if term.column == "agreed_on" and term.row] == [
            agreement
        ]
        assert start.value == date(2025, 7, 1)  # the latest of due date, trigger and waiver
