"""The live host itself: xlwings drives it as it drives Excel, and what it saves another library reads."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.table import Table

from tests.excel.ranges import FilterInTheWay
from tests.excel.taken import Coerced


@pytest.fixture
def book(excel, tmp_path):
    """A table of three rows from B2 on, and a hidden sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "账"
    for row, cells in enumerate([("编号", "日期", "金额"), ("001", datetime(2026, 1, 31), 12.5)], 2):
        for column, cell in enumerate(cells, 2):
            sheet.cell(row, column, cell)
    for row in (3, 4, 5):
        sheet.cell(row, 2).number_format = "@"
        sheet.cell(row, 3).number_format = "yyyy-mm-dd"
    sheet.add_table(Table(displayName="bills", ref="B2:D4"))
    made.create_sheet("藏").sheet_state = "hidden"
    made.save(tmp_path / "book.xlsx")
    return excel.open(tmp_path / "book.xlsx")


def test_a_table_reads_as_from_excel(book):
    table = xw.Book.caller().sheets["账"].tables["bills"]
    assert table.header_row_range.value == ["编号", "日期", "金额"]
    assert table.data_body_range.value == [["001", datetime(2026, 1, 31), 12.5], [None, None, None]]
    assert table.range.address == "$B$2:$D$4"


def test_what_is_written_is_in_the_saved_file(book, tmp_path):
    sheet = book.sheets["账"]
    sheet.tables["bills"].resize(sheet.range("B2:D5"))
    sheet.range("B4").value = [["00123", datetime(2026, 6, 30), 7], ["=1+2", None, 0.5]]
    book.save()
    found = openpyxl.load_workbook(tmp_path / "book.xlsx")
    cells = [[cell.value for cell in row] for row in found["账"]["B3:D5"]]
    assert cells == [
        ["001", datetime(2026, 1, 31), 12.5],
        ["00123", datetime(2026, 6, 30), 7],
        ["=1+2", None, 0.5],
    ]
    assert found["账"]["B5"].data_type == "s"
    assert found["账"].tables["bills"].ref == "B2:D5"
    assert found["藏"].sheet_state == "hidden"


@pytest.mark.parametrize("text", ["00123", "1-2", "=1+2", "TRUE", "#N/A", "-abc"])
def test_a_text_that_excel_would_take_for_something_else_is_refused(book, text):
    with pytest.raises(Coerced):
        book.sheets["账"].range("D4").value = text


def test_calls_are_counted(book, excel):
    excel.counts.clear()
    book.sheets["账"].range("B3:D4").value = book.sheets["账"].range("B3:D4").value
    assert excel.counts.of("read") == ["账!B3:D4"]
    assert excel.counts.of("write") == ["账!B3:D4"]
    assert excel.counts.cells("write") == 6


def test_a_write_over_rows_that_a_filter_hides_is_refused(book):
    table = book.sheets["账"].tables["bills"]
    table.autofilter.apply_values(1, ["001"])
    with pytest.raises(FilterInTheWay):
        table.columns["金额"].data_body_range.value = [[1], [2]]
    table.columns["金额"].data_body_range[1, 0].value = 2  # one cell gets through in Excel too
    assert [entry.type for entry in table.autofilter.criteria] == ["comparison", "none", "none"]
    assert table.autofilter.criteria[0].value1 == "001"
    table.autofilter.clear()
    table.columns["金额"].data_body_range.value = [[1], [2]]
    assert table.columns["金额"].data_body_range.value == [1, 2]


HIDDEN = {
    "between": [True, False, False, False, True],
    "not_between": [False, True, True, True, False],
    "greater_than": [True, True, True, False, False],
    "not_equal_to": [False] * 5,
    "values": [False, True, False, True, True],
    "top_items": [True, True, True, False, False],
    "bottom_items": [False, False, True, True, True],
}
"""Of the rows 甲1, 10 to 甲5, 50."""


def hidden_rows(table):
    return [table.data_body_range[row, :].rows.hidden for row in range(table.data_body_range.rows.count)]


@pytest.mark.parametrize(
    ("field", "apply", "shown"),
    [
        (3, ("apply_comparison", "between", 20, 40), {"operator": "between", "value1": "20", "value2": "40"}),
        (3, ("apply_comparison", "not_between", 20, 40), {"operator": "not_between", "value1": "20"}),
        (3, ("apply_comparison", "greater_than", 30), {"operator": "greater_than", "value1": "30"}),
        (1, ("apply_comparison", "not_equal_to", None), {"operator": "not_equal_to", "value1": None}),
        (1, ("apply_values", ["甲1", "甲3"]), {"type": "values", "values": ["甲1", "甲3"]}),
        (3, ("apply_top_items", 2), {"type": "top_items", "count": 2}),
        (3, ("apply_bottom_items", 2), {"type": "bottom_items", "count": 2}),
    ],
)
def test_a_filter_reads_back_as_it_was_set_and_hides_rows(book, excel, field, apply, shown):
    sheet = book.sheets.add("滤")
    sheet.range("A1").value = [["名", "日", "数"], *([f"甲{row}", None, row * 10] for row in range(1, 6))]
    table = sheet.tables.add(sheet.range("A1:C6"), name="five")
    table.show_autofilter = True
    name, *arguments = apply
    getattr(table.autofilter, name)(field, *arguments)
    found = table.autofilter.impl.criteria[field - 1]
    assert {key: found[key] for key in shown} == shown
    assert hidden_rows(table) == HIDDEN[found["operator"] or found["type"]]
    assert table.api.AutoFilter.FilterMode and sheet.api.FilterMode
    table.api.AutoFilter.ShowAllData()
    assert not sheet.api.FilterMode
    assert not any(hidden_rows(table))
