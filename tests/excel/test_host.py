"""The rest of what the add-in touches on the live host: states, places, names, refusals, other calendars."""

from __future__ import annotations

import os
import signal
from datetime import datetime

import openpyxl
import pytest
import xlwings as xw
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.excel import program
from tests.excel.program import WorkerFault, running_office
from tests.excel.taken import Coerced


@pytest.fixture
def sheet(excel):
    return excel.app.books.add().sheets[0]


def test_values_come_as_excel_hands_them_out(sheet):
    sheet.range("A1:F1").formula = [["=1/0", "=NA()", '=""', "=1=1", "=1+1", "=DATE(2026,1,31)"]]
    sheet.range("F1").number_format = "yyyy-mm-dd"
    assert sheet.range("A1:G1").value == [None, None, None, True, 2.0, datetime(2026, 1, 31), None]
    assert sheet.range("A1:B1").options(err_to_str=True).value == ["#DIV/0!", "#N/A"]
    assert sheet.range("C1").raw_value == "" and sheet.range("G1").raw_value is None
    assert sheet.range("A1:B1").raw_value == [[-2146826281, -2146826246]]
    assert sheet.range("F1").formula == "=DATE(2026,1,31)"


def test_a_day_in_a_general_cell_becomes_a_date_and_a_moment_keeps_its_time(sheet):
    sheet.range("A1").value = [[datetime(2026, 1, 31), 1], [datetime(2026, 2, 28, 9, 30), True]]
    assert sheet.range("A1:B2").value == [[datetime(2026, 1, 31), 1.0], [datetime(2026, 2, 28, 9, 30), True]]


def test_a_text_cell_keeps_texts_and_refuses_numbers(sheet):
    sheet.range("A1:A3").number_format = "@"
    sheet.range("A1:A3").value = [["00123"], ["=1+2"], ["'x"]]
    assert sheet.range("A1:A3").value == ["00123", "=1+2", "x"]
    assert sheet.range("A1:A3").number_format == "@" and sheet.range("A3:A4").number_format is None
    for value in (5, datetime(2026, 1, 31)):
        with pytest.raises(Coerced, match="Sheet1!A2"):
            sheet.range("A2").value = value
    assert sheet.range("A2").value == "=1+2", "a refused write leaves the cell alone"


def test_one_text_among_many_cells_is_named(sheet):
    rows = [[f"甲{row}", float(row)] for row in range(1, 101)]
    rows[41][0] = "3-4"
    with pytest.raises(Coerced, match=r"Sheet1!B43.*'3-4' for a date"):
        sheet.range("B2").value = rows
    assert sheet.range("B2:C101").options(ndim=2).value == [[None, None]] * 100


def test_values_of_another_size_are_refused(sheet):
    with pytest.raises(ValueError, match="another size"):
        sheet.range("A1:B2").raw_value = [["甲", "乙"]]


def test_an_empty_value_empties_the_cell(sheet):
    sheet.range("A1:C1").value = ["甲", "乙", 3]
    sheet.range("A1:C1").value = [None, "", float("nan")]
    assert sheet.range("A1:C1").raw_value == [[None, None, None]]


def test_manual_calculation_waits(excel, sheet):
    sheet.range("A1").value = 1
    sheet.range("B1").formula = "=A1*2"
    excel.app.calculation = "manual"
    sheet.range("A1").value = 5
    assert sheet.range("B1").value == 2
    excel.app.calculate()
    assert sheet.range("B1").value == 10
    with pytest.raises(ValueError, match="calculation mode"):
        excel.app.calculation = "sometimes"


def test_the_state_is_kept_and_what_was_shown_is_remembered(excel, sheet):
    with excel.app.properties(status_bar="1/3", screen_updating=False, calculation="manual"):
        assert (excel.app.status_bar, excel.app.screen_updating) == ("1/3", False)
        excel.app.status_bar = "2/3"
    assert (excel.app.status_bar, excel.app.screen_updating, excel.app.calculation) == (
        False,
        True,
        "automatic",
    )
    assert excel.status_shown == ["1/3", "2/3"]
    assert excel.impl.screen_switched == [False, True]


def test_boxes_say_what_they_say_and_answer_as_told(excel, sheet):
    excel.answers.extend(["no", "2026-06-30"])
    assert excel.app.alert("继续？", buttons="yes_no") == "no"
    assert excel.app.api.InputBox("截止日期", "回款") == "2026-06-30"
    assert excel.alerts == ["继续？", "截止日期"]
    with pytest.raises(AssertionError, match="nobody expected"):
        excel.app.api.InputBox("又一个")


def test_excel_s_names_that_the_host_lacks_are_errors(excel, sheet):
    for thing in (excel.app, sheet.book, sheet):
        with pytest.raises(AttributeError):
            _ = thing.api.NoSuchName


def test_selection_and_active_sheet(excel, sheet):
    other = sheet.book.sheets.add("乙", after=sheet)
    assert sheet.book.sheets.active == other
    other.range("B2:C4").select()
    assert excel.app.selection.get_address(False, False) == "B2:C4"
    with pytest.raises(RuntimeError, match="active sheet only"):
        sheet.range("A1").select()
    sheet.activate()
    assert excel.app.selection.address == "$A$1"
    other.activate()
    assert excel.app.selection.address == "$B$2:$C$4", "each sheet keeps its own"


def test_hidden_sheets(sheet):
    other = sheet.book.sheets.add("乙")
    sheet.visible = False
    with pytest.raises(RuntimeError, match="hidden sheet"):
        sheet.activate()
    with pytest.raises(RuntimeError, match="one sheet visible"):
        other.visible = False
    assert [found.visible for found in sheet.book.sheets] == [True, False]


def test_links_to_other_books(sheet):
    assert sheet.book.api.LinkSources(1) is None
    sheet.book.impl.links = ["C:\\old\\huikuan.xlam"]
    sheet.book.api.ChangeLink("C:\\old\\huikuan.xlam", "D:\\huikuan.xlam", 1)
    assert sheet.book.api.LinkSources(1) == ("D:\\huikuan.xlam",)


def test_formulas_are_spelt_as_in_excel(sheet):
    sheet.book.sheets.add("甲 乙")
    sheet.range("A1:B1").formula = [["='甲 乙'!$A$1&\"a,b;c!\"", "=SUM(Sheet1!D1:D2,1.5)"]]
    assert sheet.range("A1:B1").formula == (("='甲 乙'!$A$1&\"a,b;c!\"", "=SUM(Sheet1!D1:D2,1.5)"),)
    assert sheet.range("A1:B1").value == ["a,b;c!", 1.5]


def test_places(sheet):
    sheet.range("B2").value = [["甲", "乙", "丙"], [1, 2, 3], [4, None, 6]]
    assert sheet.range("C3").current_region.address == sheet.used_range.address == "$B$2:$D$4"
    assert sheet.range("B2").expand().address == "$B$2:$D$4"
    ends = {
        way: sheet.range("C3").end(way).get_address(False, False) for way in ("up", "down", "left", "right")
    }
    assert ends == {"up": "C2", "down": "C1048576", "left": "B3", "right": "D3"}
    assert sheet.range("D1048576").end("up").row == 4
    sheet.range("C:C").columns.hidden = True
    assert [sheet.range(f"{letter}1").columns.hidden for letter in "BCD"] == [False, True, False]


def test_names(sheet):
    sheet.name = "看板"
    sheet.book.names.add("total", "=看板!$B$2:$C$3")
    assert sheet.book.names["total"].refers_to == "=看板!$B$2:$C$3"
    assert sheet.range("total").address == "$B$2:$C$3"
    sheet.range("D4").name = "one"
    assert sheet.book.names["ONE"].refers_to_range.address == "$D$4"
    sheet.book.names["one"].delete()
    assert [name.name for name in sheet.book.names] == ["total"]


def test_tables_are_resized_as_excel_does(sheet):
    sheet.range("A1").value = [["甲", "乙"], [1, 2]]
    sheet.range("D1").value = [["丙"], [3]]
    table = sheet.tables.add(sheet.range("A1:B2"), name="left")
    sheet.tables.add(sheet.range("D1:D2"), name="right")
    table.resize(sheet.range("A1:B9"))
    assert table.data_body_range.address == "$A$2:$B$9"
    assert table.columns["乙"].data_body_range.address == "$B$2:$B$9"
    for wrong in ("A2:B9", "A1:B1", "C1:C5", "A1:D9"):
        with pytest.raises(ValueError, match="left"):
            table.resize(sheet.range(wrong))
    assert sheet.range("B5").table.name == "left" and sheet.range("C5").table is None
    sheet.range("1:1").insert("down")
    assert table.range.address == "$A$2:$B$10", "a table moves with its cells"


def test_a_copy_is_saved_and_the_book_keeps_its_name(excel, tmp_path):
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    book = excel.open(tmp_path / "book.xlsx")
    before = (tmp_path / "book.xlsx").read_bytes()
    book.sheets[0].range("A1").value = "新"
    book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx").active["A1"].value == "新"
    assert (tmp_path / "book.xlsx").read_bytes() == before
    assert book.fullname == str(tmp_path / "book.xlsx")


def test_what_is_unsaved(excel, tmp_path):
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    book = excel.open(tmp_path / "book.xlsx")
    assert book.api.Saved
    book.sheets[0].range("A1").value = "新"
    book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    assert not book.api.Saved
    book.save()
    assert book.api.Saved and not book.api.Date1904


def test_protection_is_lifted_and_put_back(sheet):
    sheet.api.Protect(AllowFiltering=True)
    assert (
        sheet.api.ProtectContents
        and sheet.api.Protection.AllowFiltering
        and not sheet.api.Protection.AllowSorting
    )
    sheet.api.Unprotect("")
    sheet.range("A1").value = "写"
    sheet.api.Protect("geheim")
    assert not sheet.api.Protection.AllowFiltering
    with pytest.raises(WorkerFault):
        sheet.api.Unprotect("")
    assert sheet.api.ProtectContents


def test_totals_go_and_come_back_below_the_last_row(sheet):
    sheet.range("A1").value = [["名", "数"], ["甲", 1], ["乙", 2]]
    table = sheet.tables.add(sheet.range("A1:B3"), name="sums")
    assert table.totals_row_range is None
    table.show_totals = True
    assert (table.range.address, table.totals_row_range.address) == ("$A$1:$B$4", "$A$4:$B$4")
    table.totals_row_range.formula = [["合计", "=SUBTOTAL(109,B2:B3)"]]
    table.show_totals = False
    assert table.range.address == "$A$1:$B$3" and sheet.range("A4:B4").value == [None, None]
    table.resize(sheet.range("A1:B6"))
    table.show_totals = True
    assert table.data_body_range.address == "$A$2:$B$6"
    assert table.totals_row_range.value == ["合计", 3.0]


def test_letters_and_lines(sheet):
    cells = sheet.range("A1:B2")
    cells.font.bold, cells.font.color, cells.wrap_text, cells.color = True, (192, 0, 0), True, (255, 255, 0)
    assert (cells.font.bold, cells.font.color, cells.wrap_text, cells.color) == (
        True,
        (192, 0, 0),
        True,
        (255, 255, 0),
    )
    cells.column_width, cells.row_height = 20, 30
    assert (cells.column_width, cells.row_height) == (pytest.approx(20, abs=0.1), pytest.approx(30, abs=0.1))
    assert sheet.range("B1:C1").column_width is None
    with pytest.raises(ValueError, match="256 wide"):
        cells.column_width = 256
    assert sheet.range("C1").font.bold is False and sheet.range("C1").color is None


def test_a_read_only_book_is_not_saved(excel, tmp_path):
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    book = excel.app.books.open(str(tmp_path / "book.xlsx"), read_only=True)
    assert book.api.ReadOnly
    with pytest.raises(PermissionError):
        book.save()


def test_a_protected_sheet_is_not_written(excel, tmp_path):
    made = openpyxl.Workbook()
    made.active.protection.enable()
    made.save(tmp_path / "book.xlsx")
    sheet = excel.open(tmp_path / "book.xlsx").sheets[0]
    assert sheet.api.ProtectContents
    with pytest.raises(PermissionError):
        sheet.range("A1").value = 1


def test_a_book_that_counts_its_days_from_1904(excel, tmp_path):
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active["A1"] = datetime(2026, 1, 31)
    made.save(tmp_path / "book.xlsx")
    book = excel.open(tmp_path / "book.xlsx")
    assert book.sheets[0].range("A1").value == datetime(2026, 1, 31)
    book.sheets[0].range("A2").value = datetime(2026, 6, 30)
    book.save()
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").active["A2"].value == datetime(2026, 6, 30)


def test_no_book_is_left_from_the_test_before(excel):
    assert len(excel.app.books) == 0
    assert not hasattr(xw.Book, "_mock_caller")


def test_a_hung_office_is_ended_and_leaves_nothing_behind(tmp_path, monkeypatch):
    with running_office(tmp_path / "profile") as worker:
        assert worker("sheets", book=_added(worker)) == ["Sheet1"]
        with pytest.raises(WorkerFault, match="KeyError"):
            worker("sheets", book=99)
        monkeypatch.setattr(program, "ANSWER", 1.0)
        os.killpg(worker.pid, signal.SIGSTOP)
        with pytest.raises(WorkerFault, match="ended"):
            while True:  # the stop may come after an answer or two
                worker("calculate", book=1)
    assert worker.ended


def _added(worker):
    worker("add", book=1)
    return 1
