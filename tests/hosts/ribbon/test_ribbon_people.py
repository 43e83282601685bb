"""What people have of their own in a ledger outlives every button: filters, formulas, locks, totals, selections."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from addin.files.reader import read_book
from addin.files.save import backups, state_folder
from addin.hosts.excel.reading import read
from addin.model.cells import RawBook
from addin.model.tables import TABLES
from tests.hosts.ribbon.conftest import Copy
from tests.hosts.ribbon.live import (
    LATER,
    as_of,
    cell,
    differences,
    pressed,
    refreshed_file,
    refused,
    saved,
    select,
)


def with_own_columns(book: Any, raw: RawBook, table: str, *headings: str) -> int:
    """The table with columns of people's own at its right; the sheet column of the first."""
    source = raw.tables[table]
    sheet, width = book.sheets[source.sheet], len(source.headings)
    sheet.tables[table].resize(
        sheet.range((source.header_row, 1), (source.header_row + source.size, width + len(headings)))
    )
    sheet.range((source.header_row, width + 1)).value = list(headings)
    return width + 1


# --- filters ----------------------------------------------------------------------------------------------------


def test_a_filter_for_a_part_of_a_text_is_put_back_as_it_was(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path, file = as_of(copy("screen"), LATER), as_of(copy("file"), LATER)
    book, raw = excel.open(path), read_book(path)
    source = raw.tables["milestones"]
    place = TABLES["milestones"].places(source.headings)["milestone_id"]
    part = str(source.columns[place][0])[-3:]
    table = book.sheets[source.sheet].tables["milestones"]
    table.api.Range.AutoFilter(Field=place + 1, Criteria1=f"=*{part}*")
    hidden = hidden_rows(book, raw, "milestones")
    assert hidden and len(hidden) < len(source.rows)
    pressed(excel, "refresh")
    assert hidden_rows(book, raw, "milestones") == hidden
    made = saved(book, tmp_path / "saved.xlsx")
    assert [each for each in differences(refreshed_file(file), made) if each[1] != "filtered"] == []


def hidden_rows(book: Any, raw: RawBook, key: str) -> list[int]:
    sheet = book.sheets[raw.tables[key].sheet]
    return [row for row in raw.tables[key].rows if sheet.range((row, 1)).rows.hidden]


# --- locks ------------------------------------------------------------------------------------------------------


def test_a_book_with_a_protected_structure_is_refreshed_and_keeps_its_sheets(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    cell(book, raw, "amendments", "new_amount", 0).value = "'lots"  # a finding on a hidden sheet
    file = copy("file")
    book.api.SaveCopyAs(str(file))
    book.impl.keeps_sheets = True
    pressed(excel, "refresh")
    made = saved(book, tmp_path / "saved.xlsx")
    found = differences(refreshed_file(file), made)
    assert {each[:2] for each in found} == {("amendments", "hidden")}
    assert not book.sheets[raw.tables["amendments"].sheet].visible


def test_where_no_sheet_can_be_shown_a_button_says_which_and_how_to_mend_it(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    sheet = book.sheets[raw.tables["rollforward"].sheet]
    assert not sheet.visible
    book.impl.keeps_sheets = True
    said = refused(excel, "view_month_end")
    assert f'"{sheet.name}" is hidden' in said and "Protect Workbook" in said
    pressed(excel, "view_finance")


def test_views_work_on_protected_sheets_and_leave_them_protected(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    aging, contracts = (book.sheets[raw.tables[key].sheet] for key in ("aging", "contracts"))
    place = TABLES["aging"].places(raw.tables["aging"].headings)["group_kind"]
    aging.tables["aging"].autofilter.apply_comparison(place + 1, "equal_to", "Customer")
    assert hidden_rows(book, raw, "aging")
    for sheet in (aging, contracts):
        sheet.api.Protect(AllowFiltering=True)
    select(cell(book, raw, "contracts", "project", 2))
    pressed(excel, "view_manager")
    assert hidden_rows(book, raw, "contracts") and contracts.api.ProtectContents
    pressed(excel, "view_finance")
    assert not hidden_rows(book, raw, "aging") and not hidden_rows(book, raw, "contracts")
    assert aging.api.ProtectContents and contracts.api.ProtectContents
    assert aging.api.Protection.AllowFiltering


def test_links_are_mended_on_a_protected_sheet_and_a_spilled_result_is_left_alone(
    excel: Any, copy: Copy
) -> None:
    from tests.excel.grid import Rect

    book = excel.open(copy("screen"))
    notes = book.sheets.add("mine")
    notes.range("B2").formula = r"='C:\Users\li\AddIns\huikuan.xlam'!AR_SPLIT(A1,2)"
    book.impl.spills.append(Rect("mine", 2, 2, 3, 1))  # B3 and B4 show the rest of it
    notes.api.Protect()
    pressed(excel, "relink")
    assert excel.app.status_bar == "Huikuan: formulas mended: 1"
    assert str(notes.range("B2").formula).upper() == "=AR_SPLIT(A1,2)"
    assert notes.range("B3:B4").formula == (("",), ("",))
    assert notes.api.ProtectContents


def test_where_one_sheet_has_a_password_no_link_is_mended(excel: Any, copy: Copy) -> None:
    book = excel.open(copy("screen"))
    linked = r"='C:\Users\li\AddIns\huikuan.xlam'!AR_SPLIT(A1,2)"
    for name in ("mine", "locked"):
        book.sheets.add(name).range("B2").formula = linked
    before = book.sheets["mine"].range("B2").formula
    book.sheets["locked"].api.Protect(Password="secret")
    assert 'Sheet "locked" is protected' in refused(excel, "relink")
    assert book.sheets["mine"].range("B2").formula == before
    assert excel.app.calculation == "automatic"


# --- rows that move, tables that grow -----------------------------------------------------------------------------


def test_what_people_typed_beside_a_moving_row_arrives_as_it_was(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path = as_of(copy("screen"), "2024-12-31")
    book, raw = excel.open(path), read_book(path)
    source = raw.tables["aging"]
    first = with_own_columns(book, raw, "aging", "price", "seen", "ratio", "clock")
    sheet = book.sheets[source.sheet]
    for row, line in enumerate(source.rows):
        sheet.range((line, first)).value = row + 0.123456
        sheet.range((line, first)).number_format = "[$¥-804]#,##0.00"
        sheet.range((line, first + 1)).value = datetime(2026, 3, 1 + row % 28)
        sheet.range((line, first + 2)).formula = "=NA()"
        sheet.range((line, first + 3)).number_format = "hh:mm"
        sheet.range((line, first + 3)).value = 0.5
    before = own_cells(saved(book, tmp_path / "before.xlsx"), first)
    pressed(excel, "refresh")
    after = own_cells(saved(book, tmp_path / "after.xlsx"), first)
    kept = after.keys() & before.keys()
    assert kept and {key: after[key] for key in kept} == {key: before[key] for key in kept}
    assert list(after) != list(before)[: len(after)]


def own_cells(raw: RawBook, first: int) -> dict[tuple[Any, ...], list[Any]]:
    """By the row's key, what stands in the columns from ``first`` on."""
    table = raw.tables["aging"]
    places = TABLES["aging"].places(table.headings)
    keys = zip(*(table.columns[places[part]] for part in TABLES["aging"].identity), strict=True)
    cells = zip(*table.columns[first - 1 :], strict=True)
    return {key: list(own) for key, own in zip(keys, cells, strict=True)}


def test_one_formula_in_a_column_of_people_s_own_does_not_fill_the_column(
    excel: Any, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_of(copy("screen"), "2024-12-31")
    book, raw = excel.open(path), read_book(path)
    first = with_own_columns(book, raw, "aging", "one")
    sheet = book.sheets[raw.tables["aging"].sheet]
    sheet.range((raw.tables["aging"].rows[0], first)).formula = "=1+1"
    seen = watched_formulas(monkeypatch)
    pressed(excel, "refresh")
    assert seen and set(seen) == {False} and excel.impl.AutoFillFormulasInLists is True


def watched_formulas(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether Excel would have filled a column, for each write of formulas."""
    from tests.excel.ranges import Range

    seen: list[bool] = []
    written = Range.formula.fset
    assert written is not None

    def watching(self: Range, value: Any) -> None:
        seen.append(self.book.app.AutoFillFormulasInLists)
        written(self, value)

    monkeypatch.setattr(Range, "formula", Range.formula.setter(watching))
    return seen


@pytest.mark.parametrize(("day", "table"), [(LATER, "changes"), ("2024-12-31", "aging")])
def test_a_totals_row_stays_below_the_last_row_and_keeps_what_it_holds(
    excel: Any, copy: Copy, tmp_path: Path, day: str, table: str
) -> None:
    path, file = as_of(copy("screen"), day), as_of(copy("file"), day)
    book, raw = excel.open(path), read_book(path)
    source = raw.tables[table]
    listed = book.sheets[source.sheet].tables[table]
    listed.show_totals = True
    listed.totals_row_range[0, 0].value = "'Total"
    below = source.header_row + source.size + 400
    book.sheets[source.sheet].range((below, 1)).value = "my note"
    pressed(excel, "refresh")
    made = saved(book, tmp_path / "saved.xlsx")
    after, expected = made.tables[table], refreshed_file(file).tables[table]
    assert after.size == expected.size != source.size
    assert list(after.rows) == list(expected.rows) and list(map(list, after.columns)) == list(
        map(list, expected.columns)
    )
    assert listed.show_totals and listed.totals_row_range.row == after.header_row + after.size + 1
    assert listed.totals_row_range[0, 0].value == "Total"
    assert book.sheets[source.sheet].range((below, 1)).value == "my note"


@pytest.mark.parametrize("button", ["contact", "promise"])
def test_a_row_is_added_above_a_totals_row_and_beside_people_s_own_formulas(
    excel: Any, copy: Copy, tmp_path: Path, button: str
) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    table = {"contact": "contacts", "promise": "promises"}[button]
    first = with_own_columns(book, raw, table, "weekday")
    source = raw.tables[table]
    sheet = book.sheets[source.sheet]
    for row in source.rows:
        sheet.range((row, first)).formula = f"=WEEKDAY(B{row})"
    listed = sheet.tables[table]
    listed.show_totals = True
    listed.totals_row_range[0, 0].value = "'Total"
    formulas = [sheet.range((row, first)).formula for row in source.rows]
    select(cell(book, raw, "milestones", "name", 1))
    pressed(excel, button)
    row = source.header_row + source.size + 1
    assert book.selection.row == row and listed.totals_row_range.row == row + 1
    assert listed.totals_row_range[0, 0].value == "Total"
    assert [sheet.range((row, first)).formula for row in source.rows] == formulas
    made = saved(book, tmp_path / "saved.xlsx").tables[table]
    assert made.size == source.size + 1
    assert [list(column[: source.size]) for column in made.columns[:-1]] == list(map(list, source.columns))


def test_a_new_row_that_a_filter_would_hide_is_shown(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    source = raw.tables["contacts"]
    table = book.sheets[source.sheet].tables["contacts"]
    place = TABLES["contacts"].places(source.headings)["by"]
    table.autofilter.apply_comparison(place + 1, "equal_to", str(source.columns[place][0]))
    select(cell(book, raw, "milestones", "name", 1))
    pressed(excel, "contact")
    assert not book.selection.rows.hidden and "filter hid the row" in excel.app.status_bar
    place = TABLES["contacts"].places(source.headings)["contact_id"]
    table.autofilter.apply_comparison(place + 1, "not_equal_to", "nobody")
    select(cell(book, raw, "milestones", "name", 1))
    pressed(excel, "contact")
    assert "filter" not in excel.app.status_bar
    assert [each.type for each in table.autofilter.criteria if each.type != "none"] == ["comparison"]


# --- where people are ---------------------------------------------------------------------------------------------


def test_of_many_selected_cells_the_first_one_counts_and_all_stay_selected(
    excel: Any, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.excel.ranges import Range

    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    one, other = (cell(book, raw, "contracts", "project", row) for row in (2, 4))
    select(one.sheet.range((one.row, one.column), (other.row, other.column)))
    address = book.selection.address
    pressed(excel, "refresh")
    assert book.selection.address == address
    # cells picked one by one have an address that Excel does not take back
    monkeypatch.setattr(Range, "address", property(lambda self: ",".join(["$A$1"] * 60)))
    pressed(excel, "credit")
    customers, contracts = raw.tables["customers"], raw.tables["contracts"]
    wanted = contracts.columns[TABLES["contracts"].places(contracts.headings)["customer_id"]][2]
    assert book.sheets[customers.sheet].range((book.selection.row, 1)).value == wanted


def test_with_a_chart_selected_buttons_work_on_the_book_as_a_whole(
    excel: Any, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.excel.engine import App

    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    monkeypatch.setattr(App, "selection", None)  # as xlwings tells of a chart or a picture
    monkeypatch.setattr(type(book.impl), "selection", None)
    pressed(excel, "refresh")
    pressed(excel, "credit")
    assert book.sheets.active.name == raw.tables["customers"].sheet
    assert "Select a cell first" in refused(excel, "explain")


def test_of_two_open_ledgers_the_one_in_front_is_written(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path = as_of(copy("screen"), LATER)
    other = copy("other").rename(tmp_path / "other" / "second.xlsx")
    still = excel.open(other)
    before = read(still).raw
    book = excel.open(path)
    pressed(excel, "refresh")
    assert read(still).raw == before and read(book).raw != before
    assert backups(other, state_folder(other)) == [] != backups(path, state_folder(path))


def test_a_book_that_is_open_read_only_is_refreshed_on_the_screen(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book = excel.open(path)
    book.impl.read_only = True
    old = path.read_bytes()
    pressed(excel, "refresh")
    assert path.read_bytes() == old and len(backups(path, state_folder(path))) == 1
    assert excel.app.status_bar.endswith("the workbook is open read-only: only Save As keeps this")
    assert "open read-only" in refused(excel, "language")
    assert [each.name for each in excel.app.books] == [path.name]


def test_a_refresh_that_was_not_saved_leaves_no_trace_in_the_next_one(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path, file = as_of(copy("screen"), LATER), as_of(copy("file"), LATER)
    book = excel.open(path)
    pressed(excel, "refresh")
    book.close()
    book = excel.open(path)
    pressed(excel, "refresh", datetime(2030, 1, 1, 10))
    assert differences(refreshed_file(file), saved(book, tmp_path / "saved.xlsx")) == []
