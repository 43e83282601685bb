"""The day on which a milestone becomes a claim, and what never dates it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from addin.model.days import NO_DAY
from addin.rules.triggers import warranty_ends
from tests.oracle.build import Cells, cells, contract, fixed, invoice
from tests.rules.figures import Look


def due(
    trigger: str, on: str = "12-31", row: Cells | None = None, invoices: Sequence[Cells] = (), **facts: Any
) -> str | None:
    """Trigger date of the only milestone, which is due on its trigger date."""
    milestone = fixed("M", "100", trigger=trigger) | (row or {})
    found = Look(on, [contract("C", "100", **facts)], [milestone], invoices=[*invoices]).milestone("M")
    return f"{found['due_date']:%m-%d}" if found["due_date"] else None


@pytest.mark.parametrize(
    ("trigger", "facts", "expected"),
    [
        ("signing", {"signed": "02-01"}, "02-01"),
        ("acceptance", {"completed": "02-02"}, "02-02"),
        ("settlement", {"settled_on": "02-03"}, "02-03"),
        ("warranty_end", {"completed": "01-31", "retention_months": 1}, "02-28"),
        ("warranty_end", {"completed": "01-31"}, None),
        ("start", {"signed": "02-01", "completed": "02-02"}, None),
        ("delivery", {"signed": "02-01", "completed": "02-02"}, None),
        ("fixed_date", {"signed": "02-01"}, None),
        ("progress", {"progress": "1"}, None),
    ],
)
def test_an_empty_trigger_date_comes_from_the_contract(
    trigger: str, facts: dict[str, Any], expected: str | None
) -> None:
    assert due(trigger, **facts) == expected


def test_a_typed_trigger_date_stands_before_the_contracts() -> None:
    assert due("signing", row=cells(trigger_date="03-01"), signed="02-01") == "03-01"


def test_a_trigger_date_that_cannot_be_read_is_unknown_not_empty() -> None:
    assert due("signing", row={"trigger_date": "soon"}, signed="02-01") is None


def test_a_trigger_of_tomorrow_has_not_happened() -> None:
    assert due("signing", on="01-31", signed="02-01") is None
    assert due("signing", on="02-01", signed="02-01") == "02-01"


def test_completion_dates_only_the_sole_acceptance_row() -> None:
    two = [fixed(id, "50", trigger="acceptance") for id in "AB"]
    seen = Look("12-31", [contract("C", "100", completed="02-01")], two)
    assert [seen.milestone(id)["status"] for id in "AB"] == ["pending", "pending"]
    other = [fixed("A", "50", trigger="acceptance"), fixed("B", "50", contract="D", trigger="acceptance")]
    both = [contract(id, "50", completed="02-01") for id in "CD"]
    assert [Look("12-31", both, other).milestone(id)["status"] for id in "AB"] == ["overdue", "overdue"]


def test_of_several_invoices_the_latest_by_arrival_else_by_issue() -> None:
    rows = [
        invoice("F1", "M", "02-01", received_by_customer="02-20"),
        invoice("F2", "M", "02-10"),
        invoice("F3", None, "03-01"),
    ]
    assert due("invoice", invoices=rows) == "02-20"
    assert due("invoice", invoices=rows[1:]) == "02-10"
    assert due("invoice", invoices=rows[2:]) is None


def test_a_red_invoice_and_the_one_it_reverses_date_nothing() -> None:
    rows = [
        invoice("F1", "M", "02-01"),
        invoice("F2", "M", "03-01"),
        invoice("F3", "M", "03-05", red_of="F2"),
    ]
    assert due("invoice", invoices=rows) == "02-01"


def test_an_arrival_that_cannot_be_read_leaves_the_row_pending() -> None:
    rows = [invoice("F1", "M", "02-01"), invoice("F2", "M", "02-10") | {"received_by_customer": "soon"}]
    assert due("invoice", invoices=rows) is None


def test_progress_reached_is_told_and_dates_nothing() -> None:
    row = fixed("M", "100", trigger="progress") | cells(threshold="0.8")
    reached = Look("12-31", [contract("C", "100", progress="0.8")], [row])
    assert reached.where("reached_not_dated") == ("milestones", "M", "trigger_date")
    assert Look("12-31", [contract("C", "100", progress="0.7999")], [row]).codes() == []


def test_a_fixed_term_is_trigger_and_due_date_at_once() -> None:
    row = {"term": "FIXED 2025-03-31"}
    assert due("fixed_date", on="03-30", row=row) is None
    assert due("fixed_date", on="03-31", row=row) == "03-31"


@pytest.mark.parametrize(
    ("completed", "months", "ends"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 6, 15), 24, date(2027, 6, 15)),
        (date(2025, 6, 15), 0, date(2025, 6, 15)),
    ],
)
def test_the_warranty_ends_on_the_corresponding_day_else_on_the_months_last(
    completed: date, months: int, ends: date
) -> None:
    found = warranty_ends(np.array([completed.toordinal()]), pd.Series(pd.array([months], dtype="Int64")))
    assert found.tolist() == [ends.toordinal()]


def test_without_completion_or_months_there_is_no_warranty_end() -> None:
    months = pd.Series(pd.array([None, 12], dtype="Int64"))
    assert warranty_ends(np.array([739000, NO_DAY]), months).tolist() == [NO_DAY, NO_DAY]
