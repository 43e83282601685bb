"""What cells hand over: errors are refused and never pass for empty, day numbers are days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from addin.functions import kinds
from addin.functions.call import FunctionError, call_cells, call_json
from addin.functions.cells import from_cells
from addin.functions.kinds import Kind, Unfit, many
from addin.functions.registry import FUNCTIONS, Function
from addin.functions.selftest import example_in_cells
from addin.model.cells import ERRORS

SPILL = -2146826243  # xlwings knows no name for it: it comes as the number
ERROR_VALUES = [*sorted(ERRORS), SPILL]
EVERY_ARGUMENT = [
    pytest.param(function, place, id=f"{function.name}-{argument.name}")
    for function in FUNCTIONS.values()
    for place, argument in enumerate(function.arguments)
]


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        (kinds.DAY, 46082.0, date(2026, 3, 1)),
        (kinds.DAY, 46082.999, date(2026, 3, 1)),
        (kinds.DAY, 10959.0, date(1930, 1, 1)),
        (kinds.DAY, 10958.0, 10958.0),
        (kinds.DAY, 84372.0, date(2130, 12, 31)),
        (kinds.DAY, 84373.0, 84373.0),
        (kinds.DAY, 20260301.0, date(2026, 3, 1)),
        (kinds.DAY, 0.0, 0.0),
        (kinds.DAY, True, True),
        (kinds.DAY, float("inf"), float("inf")),
        (kinds.DAY, "2026-03-01", "2026-03-01"),
        (kinds.DAY, datetime(2026, 3, 1, 23, 59), datetime(2026, 3, 1, 23, 59)),
        (kinds.DAY_OR_EMPTY, None, None),
        (kinds.DAYS, [[46082.0], [None]], [date(2026, 3, 1), None]),
        (kinds.DAYS, [46082.0, "x"], [date(2026, 3, 1), "x"]),
        (many(kinds.DAY_OR_EMPTY), [None, 46082.0], [None, date(2026, 3, 1)]),
        (kinds.MONEY, 46082.0, 46082.0),
        (kinds.MONEYS, [[1.0, 2.0]], [[1.0, 2.0]]),
    ],
)
def test_what_a_kind_gets(kind: Kind, value: Any, held: Any) -> None:
    found = from_cells(kind, value)
    assert found == held
    assert type(found) is type(held)


@pytest.mark.parametrize("error", ERROR_VALUES)
def test_an_error_is_told_with_its_place(error: object) -> None:
    with pytest.raises(Unfit) as alone:
        from_cells(kinds.DAY, error)
    with pytest.raises(Unfit) as among:
        from_cells(kinds.MONEYS, [[1.0], [error]])

    assert (alone.value.place, among.value.place) == (None, 2)
    assert str(alone.value.value).startswith("#")


@pytest.mark.parametrize("error", ["#N/A", SPILL])
@pytest.mark.parametrize(("function", "place"), EVERY_ARGUMENT)
def test_no_argument_takes_an_error_for_empty_or_for_a_number(
    function: Function, place: int, error: object
) -> None:
    given = [*example_in_cells(function), *[None] * len(function.arguments)][: len(function.arguments)]
    name = function.arguments[place].name
    for held in (error, [[error]], [given[place], error]):
        with pytest.raises(FunctionError, match="#") as refused:
            call_cells(function.name, [*given[:place], held, *given[place + 1 :]])
        assert refused.value.argument == name


def test_an_empty_base_is_pending_and_an_error_is_not() -> None:
    assert call_cells("AR_DUE_DATE", [None, "NET 30"]) == "pending"
    with pytest.raises(FunctionError, match="argument base: expected a date"):
        call_cells("AR_DUE_DATE", ["#REF!", "NET 30"])


def test_a_number_is_a_day_in_a_cell_only() -> None:
    """JSON has days as text, and a number there is no day."""
    assert call_cells("AR_DAYS_OVERDUE", [46082.0, 46092.6]) == 10
    with pytest.raises(FunctionError, match="argument due"):
        call_json("AR_DAYS_OVERDUE", [46082, 46092])


def test_too_many_arguments_are_counted() -> None:
    with pytest.raises(FunctionError, match="at most 1 argument, not 2"):
        call_cells("AR_ALERT", [1.0, 2.0])


def test_numbers_for_cells_are_floats() -> None:
    assert repr(call_cells("AR_MATCH", [11000.0, [12000.0, 8000.0, 5000.0, 3000.0]])) == "[[2.0], [4.0]]"
    assert repr(call_cells("AR_DAYS_OVERDUE", [46082.0, 46092.0])) == "10.0"
    assert call_cells("AR_ARTICLE_634", [100.0, 20.0]) is True


def test_an_amount_that_a_cell_cannot_hold_is_refused() -> None:
    assert call_cells("AR_NET_TAX", ["9999999999999.99", 0.0]) == [[9999999999999.99], [0.0]]
    assert call_cells("AR_NET_TAX", ["1" + "0" * 17, 0.0]) == [[1e17], [0.0]]
    with pytest.raises(FunctionError, match="more than the 15 digits"):
        call_cells("AR_NET_TAX", ["10000000000000.01", 0.0])
