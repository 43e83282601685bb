"""Cells read to typed columns: any cell becomes a value of its column's kind, or a problem; never an exception."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.model.cells import CellError, Uncalculated
from addin.model.columns import Column, Kind
from addin.model.finding import Severity
from addin.model.reading import LARGEST, read_column, text_of
from addin.model.tables import TABLES
from addin.model.text import Text

ANY_CELL = st.one_of(
    st.none(),
    st.just(""),
    st.text(),
    st.sampled_from(
        ["1,234.50", "30%", "万分之五", "2026年3月1日", "3/4/2026", "是", "1e99", "NaN", " ", "1e15"]
    ),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([CellError("#REF!"), CellError("#N/A"), Uncalculated("=A1"), Uncalculated("")]),
)
COLUMNS = [column for table in TABLES.values() for column in table.columns]
ONE_OF_EACH = list({(column.kind, column.required, column.signed, column.ref is None, column.owner): column
                    for column in COLUMNS}.values())  # fmt: skip
DTYPES = {
    Kind.DATE: "datetime64[s]",
    Kind.MONEY: "Int64",
    Kind.INT: "Int64",
    Kind.BOOL: "boolean",
}


def column(kind: Kind, **more: Any) -> Column:
    return Column("x", kind, Text("某列", "Some column"), **more)


def listed(values: Any) -> list[Any]:
    return [None if value is pd.NA or value is pd.NaT else value for value in pd.Series(values).tolist()]


def one(kind: Kind, cell: Any, **more: Any) -> tuple[Any, list[str]]:
    """The value of a single cell, and the codes of its problems."""
    values, problems = read_column(column(kind, **more), [cell])
    return listed(values)[0], [problem.code for problem in problems]


# --- any cell


@settings(deadline=None)
@given(st.sampled_from(ONE_OF_EACH), st.lists(ANY_CELL, max_size=6), st.booleans())
def test_any_cell_is_a_value_or_a_problem(declared, cells, date1904):
    values, problems = read_column(declared, cells, None, date1904)
    assert len(values) == len(cells)
    assert str(values.dtype) == DTYPES.get(declared.kind, "object")
    for position, value in enumerate(listed(values)):
        told = [problem for problem in problems if problem.position == position]
        if is_nothing(declared.kind, value):
            assert is_blank(cells[position]) or any(problem.unknown for problem in told), cells[position]
        else:
            assert fits(declared, value)
            assert not any(problem.unknown for problem in told)
    for problem in problems:
        assert problem.message.zh and problem.message.en and problem.cure.zh and problem.cure.en
        assert "\n" not in "".join((*problem.message, *problem.cure))
        assert problem.unknown == (problem.severity is Severity.ERROR)


def is_nothing(kind: Kind, value: Any) -> bool:
    return value is None or value == "" or value == () or (kind is Kind.DATE and pd.isna(value))


def is_blank(cell: Any) -> bool:
    """Nothing, or nothing to see: also text of blanks, and lists of nothing but separators."""
    return cell is None or (isinstance(cell, str) and not cell.replace(";", "").replace("；", "").strip())


def fits(declared: Column, value: Any) -> bool:
    match declared.kind:
        case Kind.MONEY | Kind.INT:
            return isinstance(value, int) and abs(value) <= LARGEST and (value >= 0 or declared.signed)
        case Kind.RATE | Kind.NUM:
            return isinstance(value, Decimal) and value.is_finite() and abs(value) < LARGEST
        case Kind.BOOL:
            return isinstance(value, bool)
        case Kind.DATE:
            return isinstance(value, pd.Timestamp | datetime)
        case Kind.CHOICE:
            return value in declared.choice_names
        case Kind.LIST:
            return isinstance(value, tuple) and all(part and part == part.strip() for part in value)
        case _:
            return isinstance(value, str)


@settings(deadline=None)
@given(st.lists(ANY_CELL, min_size=1, max_size=6), st.sampled_from(ONE_OF_EACH))
def test_a_cell_is_read_alike_whatever_its_neighbours(cells, declared):
    together = listed(read_column(declared, cells)[0])
    alone = [listed(read_column(declared, [cell])[0])[0] for cell in cells]
    assert [*map(repr, together)] == [*map(repr, alone)]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("cells", [[], [""], [None], ["  "]])
def test_nothing_is_no_problem(kind, cells):
    values, problems = read_column(column(kind), cells)
    assert len(values) == len(cells)
    assert problems == []


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    ("mark", "code"), [(CellError("#REF!"), "cell_error"), (Uncalculated("=A1"), "not_calculated")]
)
def test_marks_are_unknown_in_every_kind(kind, mark, code):
    values, problems = read_column(column(kind), ["", mark])
    assert [(problem.position, problem.code, problem.unknown) for problem in problems] == [(1, code, True)]
    assert is_nothing(kind, listed(values)[1])


# --- kind by kind


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (5.0, 500, []),
        (5, 500, []),
        (Decimal("5.25"), 525, []),
        ("5", 500, ["number_as_text"]),
        (0.125, 13, ["too_many_decimals"]),
        ("0.125", 13, ["number_as_text", "too_many_decimals"]),
        (True, None, ["unreadable"]),
        (date(2026, 3, 1), None, ["unreadable"]),
        (time(5), None, ["unreadable"]),
        (timedelta(5), None, ["unreadable"]),
        (-5.0, None, ["negative"]),
        ("(5)", None, ["number_as_text", "negative"]),
        (float("nan"), None, ["unreadable"]),
        (float("inf"), None, ["unreadable"]),
        (1e300, None, ["unreadable"]),
        (10**400, None, ["unreadable"]),
    ],
)
def test_money(cell, value, codes):
    assert one(Kind.MONEY, cell) == (value, codes)


def test_money_of_other_currencies():
    values, problems = read_column(column(Kind.MONEY), [1.5, 1.5, 1.5], np.array([0, 2, 3]))
    assert listed(values) == [2, 150, 1500]
    assert [(problem.position, problem.code) for problem in problems] == [(0, "too_many_decimals")]


def test_below_nought_where_it_may_be():
    assert one(Kind.MONEY, -5.0, signed=True) == (-500, [])
    assert one(Kind.RATE, -0.5, signed=True) == (Decimal("-0.5"), [])


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (0.3, Decimal("0.3"), []),
        (1.0, Decimal(1), []),
        (1.01, Decimal("1.01"), ["rate_above_one"]),
        (99.9, Decimal("99.9"), ["rate_above_one"]),
        (100.0, None, ["unreadable"]),
        ("30%", Decimal("0.3"), ["number_as_text"]),
        ("a third", None, ["unreadable"]),
    ],
)
def test_rates(cell, value, codes):
    assert one(Kind.RATE, cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [(3.0, 3, []), (3.5, None, ["unreadable"]), ("3", 3, ["number_as_text"]), (1e15, None, ["unreadable"]),
     (float(LARGEST - 1), LARGEST - 1, [])],
)  # fmt: skip
def test_whole_numbers(cell, value, codes):
    assert one(Kind.INT, cell) == (value, codes)


DAY = datetime(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (date(2026, 3, 1), DAY, []),
        (datetime(2026, 3, 1, 23, 59), DAY, []),
        ("2026-03-01", DAY, ["date_as_text"]),
        (46082.0, DAY, ["number_as_date"]),
        (46082, DAY, ["number_as_date"]),
        (20260301.0, DAY, ["number_as_date"]),
        (46082.5, None, ["unreadable"]),
        ("3/4/2026", None, ["unreadable"]),
        (True, None, ["unreadable"]),
        (time(5), None, ["unreadable"]),
        (date(1929, 12, 31), datetime(1929, 12, 31), ["date_unlikely"]),
        (date(1930, 1, 1), datetime(1930, 1, 1), []),
        (date(2130, 12, 31), datetime(2130, 12, 31), []),
        (date(2131, 1, 1), datetime(2131, 1, 1), ["date_unlikely"]),
        (date(9999, 12, 31), datetime(9999, 12, 31), ["date_unlikely"]),
    ],
)
def test_days(cell, value, codes):
    assert one(Kind.DATE, cell) == (value, codes)


def test_a_day_number_counts_from_1904_where_the_book_does():
    values, _ = read_column(column(Kind.DATE), [44620.0], None, date1904=True)
    assert listed(values) == [pd.Timestamp(DAY)]


def test_words_of_a_choice():
    method = TABLES["receipts"]["method"]
    words: Sequence[str] = ["transfer", "转账", " TRANSFER ", "Ｂａｎｋ Draft", "", "barter"]
    values, problems = read_column(method, words)
    assert values.tolist() == ["transfer", "transfer", "transfer", "bank_draft", "", ""]
    assert [(problem.position, problem.code) for problem in problems] == [(5, "unreadable")]
    assert "转账" in problems[0].cure.zh and "Transfer" in problems[0].cure.en


def test_lists():
    values, _ = read_column(column(Kind.LIST), ["a;b；c ; ;", "", 12.0])
    assert values.tolist() == [("a", "b", "c"), (), ("12",)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [("  007 ", "007"), (7.0, "7"), (0.1 + 0.2, "0.3"), (1e15, "1000000000000000"), (True, "TRUE"), (None, ""),
     (date(2026, 3, 1), "2026-03-01"), (datetime(2026, 3, 1), "2026-03-01"),
     (datetime(2026, 3, 1, 8, 5), "2026-03-01 08:05:00")],
)  # fmt: skip
def test_text_of_a_cell(cell, text):
    assert text_of(cell) == text


def test_ids_are_compared_in_plain_width_and_names_stay_as_written():
    contract = TABLES["contracts"]
    assert read_column(contract["customer_id"], ["Ｃ００１"])[0].tolist() == ["C001"]
    assert read_column(contract["project"], ["（一期）"])[0].tolist() == ["（一期）"]
