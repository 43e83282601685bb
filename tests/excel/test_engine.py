"""The live host itself: xlwings drives it as it drives Excel, and what it saves another library reads."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.table import Table

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
