"""Rows become columns: every cell in its place, and of many rows equal texts one object."""

from __future__ import annotations

import pytest

from addin.files.bycolumn import MANY_ROWS, ROWS_AT_ONCE, by_column, pad


@pytest.mark.parametrize("height", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1])
def test_every_cell_is_in_its_place(height: int) -> None:
    rows = [[float(row), f"text {row}", True] for row in range(height)]
    assert by_column(rows, 3, height) == [
        [float(row) for row in range(height)],
        [f"text {row}" for row in range(height)],
        [True] * height,
    ]


def test_columns_that_nobody_asked_for_are_left_out() -> None:
    assert by_column([["a", "b", "c"], ["d", "e", "f"]], 2, 2) == [["a", "d"], ["b", "e"]]


def test_equal_texts_of_many_rows_are_one_object() -> None:
    rows = [["".join(["ow", "ner"]), f"M{row}", "x" * (row % 2)] for row in range(MANY_ROWS)]
    names, ids, words = by_column(rows, 3, len(rows))
    assert len({id(name) for name in names}) == 1 and set(names) == {"owner"}
    assert ids == [f"M{row}" for row in range(MANY_ROWS)]
    assert words == ["x" * (row % 2) for row in range(MANY_ROWS)]


def test_a_number_is_never_taken_for_its_like() -> None:
    rows = [[True if row % 2 else 1.0] for row in range(MANY_ROWS)]
    [column] = by_column(rows, 1, len(rows))
    assert [type(cell) for cell in column[:2]] == [float, bool]


def test_empty_cells_fill_a_sheet_up_to_its_corner() -> None:
    columns = [["a"]]
    pad(columns, 2, 3)
    assert columns == [["a", "", ""], ["", "", ""]]
    pad(columns, 1, 2)
    assert columns == [["a", "", ""], ["", "", ""]], "nothing is cut"
