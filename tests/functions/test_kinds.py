"""How arguments are read: exact, from JSON and from cells, or refused with what was expected."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.functions import kinds
from addin.functions.kinds import Kind, Unfit, choice, many


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (kinds.MONEY, 0.1 + 0.2, 30),
        (kinds.MONEY, 1234567.89, 123456789),
        (kinds.MONEY, "9999999999999.99", 999999999999999),
        (kinds.MONEY, 9999999999999.99, 999999999999999),
        (kinds.MONEY, "999999999999999999.99", 99999999999999999999),
        (kinds.MONEY, "1,234.5", 123450),
        (kinds.MONEY, "１２.５", 1250),
        (kinds.MONEY, Decimal("0.010"), 1),
        (kinds.MONEY, 1e15, 10**17),
        (kinds.MONEY, -0.0, 0),
        (kinds.SIGNED_MONEY, "(5.01)", -501),
        (kinds.SIGNED_MONEY, -0.01, -1),
        (kinds.NUMBER, 0.30000000000000004, Decimal("0.3")),
        (kinds.NUMBER, "0.30000000000000004", Decimal("0.30000000000000004")),
        (kinds.WHOLE, -3.0, -3),
        (kinds.COUNT, "30", 30),
        (kinds.RATE, "30%", Decimal("0.3")),
        (kinds.RATE, "万分之五", Decimal("0.0005")),
        (kinds.RATE, 1, Decimal(1)),
        (kinds.SHARE, "1/3", Fraction(1, 3)),
        (kinds.SHARE, 0.3333, Fraction(3333, 10000)),
        (kinds.DAY, "2026-03-01", date(2026, 3, 1)),
        (kinds.DAY, "2026年3月1日", date(2026, 3, 1)),
        (kinds.DAY, datetime(2026, 3, 1, 0, 0), date(2026, 3, 1)),
        (kinds.DAY_OR_EMPTY, " ", None),
        (kinds.TEXT, 365, "365"),
        (kinds.TEXT, 365.0, "365"),
        (kinds.LABEL, "", ""),
        (kinds.FLAG, "是", True),
        (kinds.FLAG, 0, False),
        (kinds.MONEYS, 5, [500]),
        (kinds.MONEYS, [[1], [2], [3]], [100, 200, 300]),
        (kinds.MONEYS, [[1, 2, 3]], [100, 200, 300]),
        (kinds.LABELS, [["a", None], [1001.0, ""]], ["a", "", "1001", ""]),
        (choice("last", "largest"), "LAST", "last"),
        (choice("365", "360"), 360.0, "360"),
    ],
)
def test_read(kind: Kind, value: Any, read: Any) -> None:
    found = kind.read(value)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kinds.MONEY, -0.01),
        (kinds.MONEY, "0.001"),
        (kinds.MONEY, 0.001),
        (kinds.MONEY, True),
        (kinds.MONEY, "ten"),
        (kinds.MONEY, float("nan")),
        (kinds.MONEY, float("inf")),
        (kinds.MONEY, 10**18),
        (kinds.MONEY, 1e300),
        (kinds.MONEY, 99999999999999.98),  # sixteen digits: a cell cannot hold its cents
        (kinds.MONEY, "1." + "0" * 30 + "1"),
        (kinds.MONEY, [1]),
        (kinds.NUMBER, "1e-50"),
        (kinds.WHOLE, 2.5),
        (kinds.COUNT, -1),
        (kinds.RATE, -0.1),
        (kinds.RATE, True),
        (kinds.SHARE, 1.01),
        (kinds.SHARE, "1/0"),
        (kinds.DAY, "2025-02-29"),
        (kinds.DAY, "3/4/2026"),
        (kinds.DAY, 46082),
        (kinds.DAY, "2026-W01-1"),
        (kinds.DAY, ""),
        (kinds.TEXT, " "),
        (kinds.TEXT, True),
        (kinds.FLAG, 2),
        (kinds.FLAG, "maybe"),
        (kinds.MONEYS, []),
        (kinds.MONEYS, {}),
        (kinds.MONEYS, [[[1]]]),
        (choice("last", "largest"), True),
    ],
)
def test_unfit(kind: Kind, value: Any) -> None:
    with pytest.raises(Unfit):
        kind.read(value)


def test_what_is_unfit_in_a_vector_has_a_place() -> None:
    with pytest.raises(Unfit) as unfit:
        kinds.MONEYS.read([[1, 2], [3, "x"]])
    assert (unfit.value.place, unfit.value.value) == (4, "x")


@given(st.integers(-(10**14), 10**14))
def test_cents_survive_a_cell(cents: int) -> None:
    assert kinds.SIGNED_MONEY.read(cents / 100) == cents
    assert kinds.SIGNED_MONEY.read(f"{Decimal(cents) / 100:.2f}") == cents


@given(st.floats())
def test_a_float_is_read_at_fifteen_digits_or_not_at_all(value: float) -> None:
    try:
        cents = kinds.SIGNED_MONEY.read(value)
    except Unfit:
        return
    assert Decimal(f"{value:.15g}") * 100 == cents


def test_a_vector_of_ones_own_kind() -> None:
    assert many(choice("a", "b")).read(["A", "b"]) == ["a", "b"]


LONG = 100
"""So often does each value of a column stand in it."""


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (kinds.MONEY, [1, 1.0, "1", "01.00", 2]),
        (kinds.NUMBER, [1, 1.0, "1", 0.1]),
        (kinds.RATE, [1, 1.0, "100%", 0.0003]),
        (kinds.FLAG, [1, True, 1.0, "TRUE", 0, False]),
        (kinds.LABEL, [1, 1.0, "1", "C1"]),
        (kinds.DAY, ["2026-03-31", "2026/3/31", date(2026, 3, 31), datetime(2026, 3, 31, 9)]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_long_column_is_read_as_its_cells_are(kind: Kind, values: list[Any]) -> None:
    assert many(kind).read(values * LONG) == [kind.read(value) for value in values] * LONG


@pytest.mark.parametrize("kind", [kinds.MONEY, kinds.NUMBER, kinds.WHOLE, kinds.RATE, kinds.LABEL])
def test_what_equals_a_number_is_not_one(kind: Kind) -> None:
    """TRUE equals 1, which the column holds many times."""
    with pytest.raises(Unfit) as told:
        many(kind).read([*[1] * LONG, True, *[1] * LONG])
    assert (told.value.value, told.value.place) == (True, LONG + 1)


def test_a_range_in_a_long_row_is_no_item() -> None:
    with pytest.raises(Unfit) as told:
        many(kinds.MONEY).read([[1, [2], 3]] * LONG)
    assert told.value.place == 2
