"""Milestones of a contract that no row declares: the row is told, and no control total tells it again."""

from __future__ import annotations

from tests.oracle.build import contract, fixed
from tests.rules.figures import Look


def test_the_gap_is_told_by_its_row_and_not_by_the_controls_as_well() -> None:
    rows = [fixed("A", "100", "01-10"), fixed("Z", "30", "01-10", contract="gone")]
    seen = Look("02-10", [contract("C", "100")], rows)
    by_name = {control.name: (str(control.left), str(control.right)) for control in seen.result.controls}
    assert by_name["milestones"] == ("130.00", "100.00")
    assert "control" not in seen.codes()
    assert seen.where("reference_unknown") == ("milestones", "Z", "contract_id")
