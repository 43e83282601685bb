"""Only what differs is written: typed-over cells, stray cells, and computed tables that a user has sorted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from addin.model.cells import AnyCell, CellError, RawBook, Uncalculated
from addin.model.result import CellWrites
from addin.service.refresh import refresh
from tests.rules.engine import raw_book
from tests.service.test_refresh import DAY, SMALL
from tests.service.written import in_order, places, with_cell, with_column, written


@pytest.fixture(scope="module")
def book() -> RawBook:
    """The small ledger as a refresh left it."""
    raw = raw_book(SMALL)
    return written(raw, refresh(raw, DAY, "zh"), "zh")


def told(write: CellWrites) -> tuple[str, str, list[Any], list[Any]]:
    """Table, column, rows and new values; None where a cell is emptied."""
    values = [None if value is pd.NA or value is pd.NaT or value == "" else value for value in write.values]
    return write.table, write.column, list(write.rows), values


def only_write(raw: RawBook) -> CellWrites:
    result = refresh(raw, DAY, "zh")
    (write,) = result.cells
    assert {body.table for body in result.tables} <= {"checks"}
    return write


@pytest.mark.parametrize(
    "typed", [59.0, 0.0, "", "paid!", CellError("#REF!"), Uncalculated("=A1*2"), date(2025, 1, 1), -44.999]
)
def test_a_computed_cell_that_somebody_typed_over_is_written_again(book: RawBook, typed: AnyCell) -> None:
    write = only_write(with_cell(book, "milestones", "open", 0, typed))
    assert told(write) == ("milestones", "open", [6], [4000])


def test_typed_over_words_and_dates_are_written_again(book: RawBook) -> None:
    status = only_write(with_cell(book, "milestones", "status", 0, "已结清"))
    assert told(status) == ("milestones", "status", [6], ["overdue"])
    assert only_write(with_cell(book, "milestones", "due_date", 0, date(2025, 1, 11))).column == "due_date"
    assert only_write(with_cell(book, "milestones", "customer_name", 1, "")).column == "customer_name"
    assert only_write(with_cell(book, "contracts", "collected_rate", 0, 0.2001)).column == "collected_rate"


def test_the_same_value_in_other_clothes_is_left_alone(book: RawBook) -> None:
    status = with_cell(book, "milestones", "status", 0, "Overdue")
    assert not refresh(status, DAY, "zh").cells
    assert not refresh(with_cell(book, "milestones", "open", 0, 40), DAY, "zh").cells


def test_a_column_without_a_rule_yet_is_emptied(book: RawBook) -> None:
    write = only_write(with_cell(book, "milestones", "expected_date", 0, date(2026, 3, 1)))
    assert told(write) == ("milestones", "expected_date", [6], [None])


def test_stray_cells_beside_rows_that_do_not_count_are_emptied(book: RawBook) -> None:
    table = book.tables["milestones"]
    columns = [[*cells, ""] for cells in table.columns]
    columns[places(table, "milestones")["open"]][2] = 77.0
    stray = replace(table, columns=columns, rows=[*table.rows, 8])
    write = only_write(replace(book, tables={**book.tables, "milestones": stray}))
    assert told(write) == ("milestones", "open", [8], [None])


def test_a_repeated_row_loses_its_computed_cells(book: RawBook) -> None:
    table = book.tables["milestones"]
    doubled = replace(table, columns=[[*cells, cells[0]] for cells in table.columns], rows=[*table.rows, 8])
    result = refresh(replace(book, tables={**book.tables, "milestones": doubled}), DAY, "zh")
    assert "key_repeated" in [found.code for found in result.findings]
    emptied = {
        column for _, column, rows, values in map(told, result.cells) if (rows, values) == ([8], [None])
    }
    assert {"open", "amount", "status", "due_date", "customer_name"} <= emptied


def test_input_cells_are_never_written(book: RawBook) -> None:
    result = refresh(with_cell(book, "receipts", "amount", 0, "ＮＯ"), DAY, "zh")
    assert all(write.column not in ("amount", "date", "receipt_id") for write in result.cells)


def test_a_computed_table_that_a_user_sorted_is_put_back_with_the_users_own_column(book: RawBook) -> None:
    rows = len(book.tables["aging"].rows)
    notes: list[AnyCell] = [f"note {number}" for number in range(rows)]
    sorted_book = in_order(with_column(book, "aging", "my notes", notes), "aging", [*range(rows)][::-1])
    result = refresh(sorted_book, DAY, "zh")
    (body,) = (write for write in result.tables if write.table == "aging")
    assert list(body.origin) == [*range(rows)][::-1]
    after = written(sorted_book, result, "zh").tables["aging"]
    assert after.columns[-1] == notes
    assert after.columns[:-1] == [list(cells) for cells in book.tables["aging"].columns]


def test_a_row_that_vanished_takes_its_note_and_a_new_one_has_none(book: RawBook) -> None:
    noted = with_column(book, "allocations", "my notes", ["first", "second"])
    moved = with_cell(noted, "receipts", "date", 0, date(2025, 1, 21))  # R1 now pays a day later
    result = refresh(moved, DAY, "zh")
    (body,) = (write for write in result.tables if write.table == "allocations")
    assert list(body.origin) == [None, 1]
    assert written(moved, result, "zh").tables["allocations"].columns[-1] == ["", "second"]


def test_a_table_longer_than_what_it_should_hold_is_written(book: RawBook) -> None:
    table = book.tables["allocations"]
    longer = replace(table, size=len(table.rows) + 1)  # a blank row that Excel keeps in the table
    result = refresh(replace(book, tables={**book.tables, "allocations": longer}), DAY, "zh")
    assert [write.table for write in result.tables] == ["allocations"]
