"""Rows typed and held against those that are there: appended, updated, refused, replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from addin.files.package import KEEP
from addin.model.cells import RawTable
from addin.model.columns import Table
from addin.model.tables import TABLES
from addin.service.import_rows import Merge, merge, typed_rows

RECEIPTS = TABLES["receipts"]
SETTINGS = TABLES["settings"]


def sheet(table: Table, rows: dict[int, dict[str, object]], size: int = 1, language: str = "en") -> RawTable:
    """A table in a sheet: cells by column key, by sheet row; the heading is in row 5."""
    columns = [[cells.get(column.key, "") for cells in rows.values()] for column in table.columns]
    headings = [column.heading(language) for column in table.columns]
    return RawTable(table.name.in_(language), headings, columns, list(rows), size=size)


def take(table: Table, raw: RawTable, language: str = "en", **cells: list[object]) -> Merge:
    count = len(next(iter(cells.values())))
    return merge(table, raw, typed_rows(table, range(2, count + 2), cells), language)


def column(merged: Merge, table: Table, key: str) -> list[object]:
    assert merged.edit is not None
    return list(merged.edit.columns[list(table.by_key).index(key)].values)


EMPTY = sheet(RECEIPTS, {})
FULL = sheet(
    RECEIPTS,
    {
        6: {"receipt_id": "R-1", "date": date(2026, 1, 5), "amount": 100.0, "memo": "first"},
        9: {"receipt_id": "R-2", "date": date(2026, 1, 6), "amount": 200.0, "method": "Transfer"},
    },
    size=4,
)


def test_rows_go_into_an_empty_table_from_its_first_row():
    merged = take(RECEIPTS, EMPTY, receipt_id=["0007", "0008"], date=["2026-03-01"] * 2, amount=["1", "2"])
    assert (merged.taken, merged.updated, merged.rejected) == (2, 0, ())
    assert merged.edit.rows == 2
    assert column(merged, RECEIPTS, "receipt_id") == ["0007", "0008"]


def test_cells_are_typed_as_the_ledger_reads_them():
    merged = take(
        RECEIPTS,
        EMPTY,
        receipt_id=["１", "2"],
        date=["2026年3月1日", "20260302"],
        amount=["１２，３４５.６０", "(1,000)"],
        method=["银承", "transfer"],
        fx_rate=["7.1234", ""],
        memo=["=1+1", " x "],
    )
    assert column(merged, RECEIPTS, "receipt_id") == ["1", "2"]
    assert column(merged, RECEIPTS, "date") == [date(2026, 3, 1), date(2026, 3, 2)]
    assert column(merged, RECEIPTS, "amount") == [Decimal("12345.60"), Decimal(-1000)]
    assert column(merged, RECEIPTS, "method") == ["Bank draft", "Transfer"]
    assert column(merged, RECEIPTS, "fx_rate") == [Decimal("7.1234"), KEEP]
    assert column(merged, RECEIPTS, "memo") == ["=1+1", "x"]
    kinds = {position: edit.kind for position, edit in merged.edit.columns.items()}
    assert kinds[list(RECEIPTS.by_key).index("memo")] == "text"


def test_ids_are_made_plain_and_other_texts_stay_as_they_are():
    customers = TABLES["customers"]
    merged = take(customers, sheet(customers, {}), customer_id=["Ｃ００１"], name=["多菱（云泽）有限公司"])
    assert column(merged, customers, "customer_id") == ["C001"]
    assert column(merged, customers, "name") == ["多菱（云泽）有限公司"]


def test_choices_are_written_in_the_language_of_the_book():
    cells = {"receipt_id": ["1"], "date": ["2026-03-01"], "amount": ["1"], "method": ["Bank draft"]}
    merged = take(RECEIPTS, EMPTY, language="zh", **cells)
    assert column(merged, RECEIPTS, "method") == ["银承"]


def test_an_amount_keeps_decimals_that_its_currency_does_not_have():
    merged = take(RECEIPTS, EMPTY, receipt_id=["1"], date=["2026-03-01"], amount=["0.1234567890123456"])
    assert column(merged, RECEIPTS, "amount") == [Decimal("0.1234567890123456")]


def test_a_known_key_gets_the_cells_that_the_file_brings_and_keeps_the_others():
    merged = take(RECEIPTS, FULL, receipt_id=["R-2"], memo=["paid"], amount=[""])
    assert (merged.taken, merged.updated) == (1, 1)
    assert merged.edit.rows == 4
    assert column(merged, RECEIPTS, "memo") == [KEEP, KEEP, KEEP, "paid"]
    assert list(merged.edit.columns) == [list(RECEIPTS.by_key).index("memo")]


def test_new_rows_follow_the_last_one_that_holds_anything():
    merged = take(RECEIPTS, replace(FULL, size=9), receipt_id=["R-3"], date=["2026-03-01"], amount=["3"])
    assert merged.edit.rows == 9, "blank rows at the end are used up first"
    assert column(merged, RECEIPTS, "receipt_id") == [*[KEEP] * 4, "R-3", *[KEEP] * 4]


def test_what_is_there_already_changes_nothing():
    merged = take(
        RECEIPTS,
        FULL,
        receipt_id=["R-1", "R-2"],
        date=["2026-01-05", "2026-01-06"],
        amount=["100.00", "200"],
        method=["", "transfer"],
    )
    assert (merged.edit, merged.taken, merged.updated) == (None, 2, 2)


def reasons(merged: Merge) -> dict[int, str]:
    return {rejected.row: rejected.reason.en for rejected in merged.rejected}


def test_a_row_that_cannot_be_read_is_refused_whole_and_the_rest_taken():
    merged = take(
        RECEIPTS,
        EMPTY,
        receipt_id=["1", "2", "3", "4", "5"],
        date=["2026-03-01", "3/4/2026", "2026-03-01", "", "2026-03-05"],
        amount=["1", "2", "lots", "4", "5"],
        method=["", "", "", "", "barter"],
    )
    assert merged.taken == 1
    said = reasons(merged)
    assert list(said) == [3, 4, 5, 6], "row numbers of the file, its heading in row 1"
    assert said[3].startswith("Date:") and "3/4/2026" in said[3]
    assert said[4].startswith("Amount:") and "lots" in said[4]
    assert said[5] == "Date: required, and empty"
    assert said[6].startswith("Method:") and "barter" in said[6]
    assert all(rejected.reason.zh != rejected.reason.en for rejected in merged.rejected)


def test_of_a_key_that_the_file_repeats_the_first_row_is_taken():
    merged = take(RECEIPTS, EMPTY, receipt_id=["1", "1"], date=["2026-03-01"] * 2, amount=["1", "2"])
    assert column(merged, RECEIPTS, "amount") == [Decimal(1)]
    assert "row 2" in reasons(merged)[3]


def test_an_own_id_may_be_empty_a_refresh_gives_one():
    merged = take(RECEIPTS, EMPTY, receipt_id=["", ""], date=["2026-03-01"] * 2, amount=["1", "2"])
    assert (merged.taken, merged.rejected) == (2, ())


def test_below_zero_is_refused_where_nothing_can_be():
    contracts = TABLES["contracts"]
    cells = {"contract_id": ["K"], "customer_id": ["C"], "amount": ["-1"]}
    assert "below zero" in reasons(take(contracts, sheet(contracts, {}), **cells))[2]


def test_a_setting_is_known_by_key_and_day():
    raw = sheet(SETTINGS, {6: {"key": "roll", "value": "none"}})
    merged = take(
        SETTINGS, raw, key=["roll", "roll"], value=["following", "preceding"], effective=["", "2026-01-01"]
    )
    assert (merged.taken, merged.updated) == (2, 1)
    assert column(merged, SETTINGS, "value") == ["following", "preceding"]


def test_numbers_are_read_as_the_text_that_they_show():
    raw = sheet(RECEIPTS, {6: {"receipt_id": 1001.0, "date": date(2026, 1, 5), "amount": 100.0}})
    assert take(RECEIPTS, raw, receipt_id=["1001"], memo=["x"]).updated == 1


def test_american_dates_need_their_format():
    cells = {"receipt_id": ["1"], "date": ["3/4/2026"], "amount": ["1"]}
    typed = typed_rows(RECEIPTS, [2], cells, "%m/%d/%Y")
    assert typed.values["date"] == [date(2026, 3, 4)]
    assert typed.problems == {}


def replace_all(raw: RawTable, **cells: list[object]) -> Merge:
    count = len(next(iter(cells.values())))
    typed = typed_rows(RECEIPTS, range(2, count + 2), cells)
    return merge(RECEIPTS, raw, typed, "en", empty_first=True)


def test_replacing_empties_every_input_column_and_keeps_rows_by_key():
    merged = replace_all(FULL, receipt_id=["R-9", "R-2"], date=["2026-02-01"] * 2, amount=["9", "2"])
    assert merged.edit.rows == 2
    assert merged.edit.order == [None, 3]
    assert column(merged, RECEIPTS, "memo") == [None, None]
    assert column(merged, RECEIPTS, "receipt_id") == ["R-9", "R-2"]
    edited = {list(RECEIPTS.by_key)[position] for position in merged.edit.columns}
    assert edited == {one.key for one in RECEIPTS.owned_by("input")}


def test_replacing_asks_of_each_row_what_a_new_one_needs():
    merged = replace_all(FULL, receipt_id=["R-2"], memo=["x"])
    assert reasons(merged) == {2: "Date: required, and empty"}


@pytest.mark.parametrize("cell", ["", "   ", None])
def test_an_empty_cell_erases_nothing(cell):
    assert take(RECEIPTS, FULL, receipt_id=["R-1"], memo=[cell]).edit is None
