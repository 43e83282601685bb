"""Tables that people have changed: headings, order, filters, columns of their own, whole sheets gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import partial

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.table import TableColumn

from addin.model.tables import TABLES
from tests.bad_input.ledger import (
    CLEAN,
    CLEAN_TOTALS,
    FIRST_ROW,
    HEADING_ROW,
    last_row,
    make_book,
    number,
    resize,
    sheet_of,
    with_rows,
)
from tests.bad_input.reports import AS_OF, check, command, figures

NOTHING_PAID = {"received": "0.00", "open": "130000.00", "overdue": "90000.00"}
Own = tuple[str, Sequence[object]]
"""A column of somebody's own: its heading and its values from the first row on."""


def arrange(book: Workbook, key: str, columns: Sequence[str | Own], language: str = "en") -> None:
    """The table with these columns in this order: declared ones by key, or somebody's own."""
    sheet = sheet_of(book, key, language)
    bottom = last_row(sheet, key)
    declared = list(TABLES[key].by_key)
    old = [
        [(cell.value, copy(cell._style)) for cell in row]
        for row in sheet.iter_rows(HEADING_ROW, bottom, 1, len(declared))
    ]
    for place, column in enumerate(columns, 1):
        for offset, row in enumerate(old):
            cell = sheet.cell(HEADING_ROW + offset, place)
            if isinstance(column, str):
                cell.value, cell._style = row[declared.index(column)]
            else:
                heading, values = column
                cell.value = [heading, *values][offset] if offset <= len(values) else None
    headings = [sheet.cell(HEADING_ROW, place).value for place in range(1, len(columns) + 1)]
    sheet.tables[key].tableColumns = [
        TableColumn(id=place, name=name) for place, name in enumerate(headings, 1)
    ]
    resize(sheet, key, bottom, len(columns))


def rename(book: Workbook, key: str, column: str, heading: str) -> None:
    sheet = sheet_of(book, key)
    place = list(TABLES[key].by_key).index(column)
    sheet.cell(HEADING_ROW, place + 1).value = heading
    sheet.tables[key].tableColumns[place].name = heading


def changed(folder, change: Callable[..., object], *arguments: object, **more: object):
    return make_book(folder, change=lambda book: change(book, *arguments), **more)  # type: ignore[arg-type]  # as given


def refresh(book) -> None:
    assert command("refresh", book, "--as-of", AS_OF).code in (0, 1)


# --- headings


@pytest.mark.parametrize("heading", ["金额", "amount", "AMOUNT ", "Amo\nunt", "Ａｍｏｕｎｔ"])
def test_a_heading_in_the_other_language_or_another_spelling_is_known(tmp_path, heading):
    seen = check(changed(tmp_path, rename, "receipts", "amount", heading))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS


def test_a_whole_sheet_with_headings_of_the_other_language(tmp_path):
    def translate(book):
        for column in TABLES["milestones"].columns:
            rename(book, "milestones", column.key, column.name.zh)

    seen = check(make_book(tmp_path, change=translate))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS


def test_a_required_column_renamed(tmp_path):
    seen = check(changed(tmp_path, rename, "receipts", "amount", "Betrag"))
    ((found, zh),) = seen.only("heading_missing")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "receipts",
        None,
        "amount",
    )
    assert '"Amount"' in found["cure"] and "“金额”" in zh["cure"]
    assert seen.code == 1
    assert seen.totals == CLEAN_TOTALS | NOTHING_PAID


def test_the_column_of_ids_renamed(tmp_path):
    seen = check(changed(tmp_path, rename, "receipts", "receipt_id", "Nr"))
    ((found, zh),) = seen.only("heading_missing")
    assert found["message"] == 'The column "Receipt ID" is missing; no row of the table counts'
    assert zh["message"] == "缺少列“回款编号”，本表各行无法计入"
    assert seen.totals == CLEAN_TOTALS | NOTHING_PAID


@pytest.mark.parametrize("column", ["memo", "unapplied"])
def test_a_column_that_nothing_hangs_on_renamed(tmp_path, column):
    seen = check(changed(tmp_path, rename, "receipts", column, "Something else"))
    ((found, _),) = seen.only("heading_missing")
    assert (found["severity"], found["column"]) == ("warning", column)
    assert seen.code == 0
    assert seen.totals == CLEAN_TOTALS


def test_columns_in_another_order(tmp_path):
    book = changed(tmp_path, arrange, "milestones", list(TABLES["milestones"].by_key)[::-1])
    seen = check(book)
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS
    refresh(book)
    assert [row[0] for row in figures(book, "milestones", "open")] == [
        "20000.00",
        "40000.00",
        "30000.00",
        "0.00",
    ]
    sheet = sheet_of(load_workbook(book), "milestones")
    headings = [cell.value for cell in sheet[HEADING_ROW]]
    assert sheet.cell(FIRST_ROW, headings.index("Open") + 1).value == 20000, "written under its own heading"


def test_a_heading_that_stands_twice(tmp_path):
    """Excel lets no table have the same heading twice, but both languages' words mean the same."""
    columns = [*TABLES["receipts"].by_key, ("金额", [1, 2])]
    seen = check(changed(tmp_path, arrange, "receipts", columns))
    ((found, zh),) = seen.only("heading_repeated")
    assert (found["severity"], found["table"], found["column"]) == ("warning", "receipts", "amount")
    assert found["message"] == 'The column "金额" is another "Amount"; the first one counts'
    assert zh["cure"] == "给后一列换个标题，或删除它"
    assert seen.totals == CLEAN_TOTALS


# --- whole tables


def test_a_missing_sheet_of_the_core(tmp_path):
    seen = check(make_book(tmp_path, change=lambda book: book.remove(sheet_of(book, "receipts"))))
    ((found, zh),) = seen.only("table_missing")
    assert (found["severity"], found["table"], found["row"]) == ("error", "receipts", None)
    assert "huikuan new" in found["cure"] and "huikuan new" in zh["cure"]
    assert seen.code == 1
    assert seen.totals == CLEAN_TOTALS | NOTHING_PAID


@pytest.mark.parametrize("key", ["disputes", "bank", "settings"])
def test_a_missing_sheet_that_a_ledger_can_do_without(tmp_path, key):
    seen = check(make_book(tmp_path, change=lambda book: book.remove(sheet_of(book, key))))
    ((found, _),) = seen.only("table_missing")
    assert (found["severity"], found["table"]) == ("warning", key)
    assert seen.code == 0
    assert seen.totals == CLEAN_TOTALS


def test_a_missing_computed_sheet_changes_nothing_else(tmp_path):
    book = make_book(tmp_path, change=lambda book: book.remove(sheet_of(book, "aging")))
    assert check(book).totals == CLEAN_TOTALS
    refresh(book)
    assert figures(book, "milestones", "open")[0] == ("20000.00",)


def test_a_table_turned_into_a_range_is_missing(tmp_path):
    seen = check(make_book(tmp_path, change=lambda book: sheet_of(book, "receipts").tables.pop("receipts")))
    assert seen.only("table_missing")[0][0]["table"] == "receipts"


def test_a_renamed_and_moved_sheet_is_found_by_its_table(tmp_path):
    def move(book):
        sheet_of(book, "receipts").title = "Money in"
        book.move_sheet("Money in", -3)

    seen = check(make_book(tmp_path, change=move))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS


def test_an_empty_table(tmp_path):
    seen = check(make_book(tmp_path, rows=with_rows(receipts=[])))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS | NOTHING_PAID


def test_an_empty_book(tmp_path):
    seen = check(make_book(tmp_path, rows={}))
    assert (seen.only(), seen.code) == ([], 0)
    assert set(seen.totals.values()) == {"0.00"}


# --- rows


def test_the_order_of_rows_says_nothing(tmp_path):
    reversed_rows = {key: list(rows)[::-1] for key, rows in CLEAN.items()}
    book = make_book(tmp_path, rows=reversed_rows)
    assert check(book).totals == CLEAN_TOTALS
    refresh(book)
    assert figures(book, "milestones", "milestone_id", "open") == [
        ("M004", "0.00"), ("M003", "30000.00"), ("M002", "40000.00"), ("M001", "20000.00")]  # fmt: skip


def filtered(book: Workbook) -> None:
    sheet = sheet_of(book, "receipts")
    criteria = FilterColumn(colId=0, filters=Filters(filter=["SK002"]))
    sheet.tables["receipts"].autoFilter.filterColumn = [criteria]
    sheet.row_dimensions[FIRST_ROW].hidden = True


def test_rows_that_a_filter_hides_count_and_stay_hidden(tmp_path):
    book = make_book(tmp_path, change=filtered)
    assert check(book).totals == CLEAN_TOTALS
    refresh(book)
    sheet = sheet_of(load_workbook(book), "receipts")
    assert sheet.row_dimensions[FIRST_ROW].hidden
    assert sheet.tables["receipts"].autoFilter.filterColumn, "an input table keeps its filter"
    assert figures(book, "receipts", "allocated") == [("10000.00",), ("60000.00",)]


def test_rows_hidden_by_hand_count(tmp_path):
    def hide(book):
        for row in (6, 7):
            sheet_of(book, "milestones").row_dimensions[row].hidden = True

    assert check(make_book(tmp_path, change=hide)).totals == CLEAN_TOTALS


def test_blank_rows_between(tmp_path):
    rows = {key: [{}, *(part for row in rows for part in (row, {}, {}))] for key, rows in CLEAN.items()}
    book = make_book(tmp_path, {("receipts", 10, "amount"): number("5000.001")}, rows=rows)
    seen = check(book)
    ((found, _),) = seen.only("too_many_decimals")
    assert found["row"] == 10, "the row that Excel shows"
    assert seen.totals == CLEAN_TOTALS | {"received": "15000.00", "open": "115000.00", "overdue": "75000.00"}
    refresh(book)
    assert figures(book, "milestones", "open") == [("20000.00",), ("40000.00",), ("30000.00",), ("55000.00",)]


def total(book: Workbook) -> None:
    sheet = sheet_of(book, "receipts")
    table, row = sheet.tables["receipts"], last_row(sheet, "receipts") + 1
    sheet.cell(row, 1).value, sheet.cell(row, 5).value = "Total", "=SUBTOTAL(109,receipts[Amount])"
    body = table.ref
    resize(sheet, "receipts", row)
    table.totalsRowCount, table.autoFilter.ref = 1, body


def test_a_totals_row_is_no_row(tmp_path):
    book = make_book(tmp_path, change=total)
    assert check(book).only() == []
    assert check(book).totals == CLEAN_TOTALS
    refresh(book)
    assert sheet_of(load_workbook(book), "receipts").cell(8, 1).value == "Total"


# --- people's own columns


def test_own_columns_inside_the_table_are_kept_and_ignored(tmp_path):
    keys = list(TABLES["milestones"].by_key)
    own = ("Where is the file", ["shelf 1", "=1+1", "#N/A", 4])
    book = changed(tmp_path, arrange, "milestones", [*keys[:3], own, *keys[3:]])
    seen = check(book)
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS
    refresh(book)
    sheet = sheet_of(load_workbook(book), "milestones")
    assert [sheet.cell(row, 4).value for row in range(5, 10)] == [own[0], *own[1]]
    assert figures(book, "milestones", "open")[0] == ("20000.00",)


def test_cells_beside_the_table_are_kept_and_ignored(tmp_path):
    column = len(TABLES["receipts"].by_key) + 3

    def scribble(book):
        for row in range(1, 12):
            sheet_of(book, "receipts").cell(row, column).value = f"mine {row}"

    book = make_book(tmp_path, change=scribble)
    assert check(book).totals == CLEAN_TOTALS
    refresh(book)
    sheet = sheet_of(load_workbook(book), "receipts")
    assert [sheet.cell(row, column).value for row in range(1, 12)] == [f"mine {row}" for row in range(1, 12)]
    assert sheet.tables["receipts"].ref.endswith(f"{get_column_letter(column - 3)}7")


# --- the days of old Macs


def use_1904(book: Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def test_a_book_that_counts_from_1904(tmp_path):
    book = make_book(tmp_path, change=use_1904)
    assert check(book).only() == []
    assert check(book).totals == CLEAN_TOTALS
    refresh(book)
    assert figures(book, "milestones", "due_date")[0] == ("2026-02-04",)
    written = sheet_of(load_workbook(book), "milestones")
    place = list(TABLES["milestones"].by_key).index("due_date") + 1
    assert f"{written.cell(FIRST_ROW, place).value:%Y-%m-%d}" == "2026-02-04", "written as it counts"


def test_a_day_number_without_a_format_counts_as_the_book_does(tmp_path):
    """46073 is 20 February 2026 from 1900, 44611 from 1904."""
    for folder, epoch, serial in (("new", None, "46073"), ("old", use_1904, "44611")):
        (tmp_path / folder).mkdir()
        strip = partial(plain_date, then=epoch)
        book = make_book(tmp_path / folder, {("receipts", 6, "date"): number(serial)}, change=strip)
        seen = check(book)
        ((found, zh),) = seen.only("number_as_date")
        assert (found["severity"], found["row"], found["column"]) == ("info", 6, "date")
        assert found["message"] == f"{serial} is a number; it was read as the day 2026-02-20"
        assert "2026-02-20" in zh["message"]
        assert seen.totals == CLEAN_TOTALS


def plain_date(book: Workbook, then: Callable[[Workbook], None] | None) -> None:
    sheet_of(book, "receipts").cell(FIRST_ROW, 2).number_format = "General"
    if then is not None:
        then(book)
