"""Results in JSON and in cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from addin.functions.call import call_cells
from addin.functions.results import Shape, Table, to_cells, to_json


@pytest.mark.parametrize(
    ("shape", "value", "in_json", "in_cells"),
    [
        ("money", -5, "-0.05", -0.05),
        ("moneys", [999999999999999], ["9999999999999.99"], [[9999999999999.99]]),
        ("number", Fraction(1, 3), 0.333333333333333, 0.333333333333333),
        ("number", Decimal("45.00"), 45, 45),
        ("numbers", [0.1 + 0.2, 2], [0.3, 2], [[0.3], [2]]),
        ("day", date(2026, 1, 31), "2026-01-31", date(2026, 1, 31)),
        ("day", "pending", "pending", "pending"),
        ("wholes", "ambiguous", "ambiguous", "ambiguous"),
        ("flag", True, True, True),
        (("number", "text"), (Fraction(5, 2), "grey"), [2.5, "grey"], [[2.5], ["grey"]]),
        (Table(("text", "money")), [["g", "a", "b"], ["x", 1, 2]], [["g", "a", "b"], ["x", "0.01", "0.02"]],
         [["g", "a", "b"], ["x", 0.01, 0.02]]),
    ],
)  # fmt: skip
def test_shapes(shape: Shape, value: Any, in_json: Any, in_cells: Any) -> None:
    assert to_json(shape, value) == in_json
    assert to_cells(shape, value) == in_cells


def test_a_cell_gets_numbers_and_dates() -> None:
    assert call_cells("AR_SPLIT", [100, [[0.3333], [0.3333], ["balance"]]]) == [[33.33], [33.33], [33.34]]
    assert call_cells("AR_DUE_DATE", [date(2022, 1, 31), "NET 30"]) == date(2022, 3, 2)
