"""Every button does what its words say, on the ledger that is open, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.files.reader import book_language, read_book
from addin.files.save import backups, state_folder
from addin.functions.registry import FUNCTIONS
from addin.hosts.buttons import BUTTONS
from addin.hosts.excel.actions import ACTIONS
from addin.model.cells import RawBook
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.service.explaining import explain_book
from addin.service.newbook import new_book
from addin.service.steps import steps_book
from tests.hosts.ribbon.conftest import Copy
from tests.hosts.ribbon.live import (
    ELEVEN,
    LATER,
    TEN,
    as_of,
    cell,
    differences,
    pressed,
    refused,
    saved,
    select,
)

NO_CHANGE = ("worklist", "report", "aging", "credit", "explain", "functions", "relink", "doctor", "about")


def test_every_button_of_the_registry_has_its_action_and_no_other() -> None:
    assert list(ACTIONS) == list(BUTTONS)


def test_buttons_that_show_change_no_cell(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path = copy("screen")
    book, before = excel.open(path), read_book(path)
    select(cell(book, before, "milestones", "open", 0))
    for name in NO_CHANGE:
        excel.counts.clear()
        pressed(excel, name)
        ours = [each for each in excel.counts.of("write") if not each.startswith("Sheet")]
        assert ours == [], name
        book.activate()
        select(cell(book, before, "milestones", "open", 0))
    made = saved(book, tmp_path / "saved.xlsx")
    assert [each for each in differences(before, made) if each[1] != "hidden"] == []
    assert backups(path, state_folder(path)) == []


@pytest.mark.parametrize(
    ("button", "table", "known", "cursor"),
    [
        ("contact", "contacts", {"date": TEN.date(), "by": "tester"}, "channel"),
        ("promise", "promises", {"made_on": TEN.date()}, "promised_date"),
        ("dispute", "disputes", {"opened": TEN.date()}, "amount"),
        ("reschedule", "reschedules", {"agreed_on": TEN.date()}, "agreement_no"),
    ],
)
def test_a_row_is_added_from_the_selected_milestone(
    excel: Any, copy: Copy, tmp_path: Path, button: str, table: str, known: dict[str, object], cursor: str
) -> None:
    path = copy("screen")
    book, before = excel.open(path), read_book(path)
    milestone = row_with(before, "milestones", "status", "Overdue")
    select(cell(book, before, "milestones", "name", milestone))
    excel.counts.clear()
    pressed(excel, button)
    places = TABLES[table].places(before.tables[table].headings)
    assert book.selection.sheet.name == before.tables[table].sheet
    row = before.tables[table].rows[-1] + 1
    assert (book.selection.row, book.selection.column) == (row, places[cursor] + 1)
    made = saved(book, tmp_path / "saved.xlsx")
    after = made.tables[table]
    assert after.size == before.tables[table].size + 1 and after.rows[-1] == row
    added = {key: after.columns[place][-1] for key, place in places.items()}
    about = of_milestone(before, milestone)
    expected = {key: value for key, value in (known | about).items() if key in places}
    assert {key: added[key] for key in expected} == expected
    identity = TABLES[table].identity[0]
    assert added[identity] and added[identity] not in before.tables[table].columns[places[identity]]
    assert {each[0] for each in differences(before, made)} == {table}
    assert [list(column[:-1]) for column in after.columns] == list(map(list, before.tables[table].columns))
    assert backups(path, state_folder(path)) == []


def row_with(raw: RawBook, table: str, column: str, value: object) -> int:
    source = raw.tables[table]
    return list(source.columns[TABLES[table].places(source.headings)[column]]).index(value)


def of_milestone(raw: RawBook, row: int) -> dict[str, object]:
    source = raw.tables["milestones"]
    places = TABLES["milestones"].places(source.headings)
    cells = {key: source.columns[place][row] for key, place in places.items()}
    contracts = raw.tables["contracts"]
    at = row_with(raw, "contracts", "contract_id", cells["contract_id"])
    customer = contracts.columns[TABLES["contracts"].places(contracts.headings)["customer_id"]][at]
    return {
        "milestone_id": cells["milestone_id"],
        "contract_id": cells["contract_id"],
        "customer_id": customer,
    }


def test_a_promise_is_of_what_is_open(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path = copy("screen")
    book, before = excel.open(path), read_book(path)
    milestone = row_with(before, "milestones", "status", "Overdue")
    select(cell(book, before, "milestones", "open", milestone))
    pressed(excel, "promise")
    made = saved(book, tmp_path / "saved.xlsx").tables["promises"]
    place = TABLES["milestones"].places(before.tables["milestones"].headings)["open"]
    amount = made.columns[TABLES["promises"].places(made.headings)["amount"]][-1]
    assert amount == before.tables["milestones"].columns[place][milestone] != 0


def test_the_as_of_button_leads_to_its_setting(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    pressed(excel, "as_of")
    assert book.selection.sheet.name == raw.tables["settings"].sheet
    assert book.selection.value is not None
    row = book.selection.row
    assert book.sheets[raw.tables["settings"].sheet].range((row, 1)).value == "as_of"
    assert "2026-06-30" in excel.app.status_bar


def test_credit_leads_to_the_grade_of_the_selected_customer(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    select(cell(book, raw, "milestones", "name", 4))
    customer = of_milestone(raw, 4)["customer_id"]
    pressed(excel, "credit")
    customers = raw.tables["customers"]
    place = TABLES["customers"].places(customers.headings)
    assert (book.selection.sheet.name, book.selection.column) == (customers.sheet, place["grade"] + 1)
    assert book.selection.sheet.range((book.selection.row, 1)).value == customer


def test_the_selected_figure_is_explained_as_by_the_command_line(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    row = row_with(raw, "milestones", "status", "Overdue")
    id = str(of_milestone(raw, row)["milestone_id"])
    select(cell(book, raw, "milestones", "open", row))
    pressed(excel, "explain")
    page = excel.app.books.active
    assert page.name != book.name
    [expected] = explain_book(path, id, "open", today=TEN.date(), language="en").explanations
    steps = [step.text.en for step in expected.steps]
    assert page.sheets[0].range((4, 2), (3 + len(steps), 2)).options(ndim=1).value == steps
    assert page.sheets[0].range("A1").value.startswith(f"{id}: as at 2026-06-30")
    assert page.sheets[0].range((4 + len(steps), 2)).value is None


def test_a_row_that_names_nothing_is_not_explained(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    select(cell(book, raw, "settings", "value", 0))
    assert "Select a cell first" in refused(excel, "explain")
    assert len(excel.app.books) == 1


def test_views_show_what_a_role_needs_and_hide_the_rest_but_nothing_of_people_s_own(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    book.sheets.add("mine")
    manager = str(
        raw.tables["contracts"].columns[
            TABLES["contracts"].places(raw.tables["contracts"].headings)["manager"]
        ][2]
    )
    select(cell(book, raw, "contracts", "project", 2))
    pressed(excel, "view_manager")
    assert shown_managers(book, raw, "contracts") == {manager} == shown_managers(book, raw, "milestones")
    visible = {sheet.name for sheet in book.sheets if sheet.visible}
    sheets = {key: table.sheet for key, table in raw.tables.items()}
    assert {"mine", sheets["milestones"], sheets["lessons"]} <= visible and sheets["calendar"] not in visible
    pressed(excel, "view_month_end")
    visible = {sheet.name for sheet in book.sheets if sheet.visible}
    assert {sheets[key] for key in ("checks", "aging", "provision", "rollforward")} <= visible
    assert "mine" in visible and sheets["lessons"] not in visible
    assert book.sheets.active.name == sheets["checks"]
    source = raw.tables["milestones"]
    book.sheets[source.sheet].range((1, 3)).columns.hidden = True
    pressed(excel, "view_finance")
    assert book.sheets[source.sheet].range((1, 1), (1, len(source.headings))).columns.hidden is False
    assert shown_managers(book, raw, "contracts") > {manager}
    assert book.sheets[sheets["calendar"]].visible
    made = saved(book, tmp_path / "saved.xlsx")
    assert {each[1] for each in differences(raw, made)} <= {"hidden", "filtered"}  # no cell, no setting


def shown_managers(book: Any, raw: RawBook, table: str) -> set[object]:
    source = raw.tables[table]
    place = TABLES[table].places(source.headings)["manager"]
    sheet = book.sheets[source.sheet]
    return {
        cell
        for row, cell in zip(source.rows, source.columns[place], strict=True)
        if not sheet.range((row, 1)).rows.hidden
    }


def test_without_a_selected_row_the_manager_is_asked_for(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    select(cell(book, raw, "settings", "value", 0))
    names = set(
        raw.tables["contracts"].columns[
            TABLES["contracts"].places(raw.tables["contracts"].headings)["manager"]
        ]
    )
    said = refused(excel, "view_manager")
    assert len(names) > 1 and all(str(name) in said for name in names)


def test_functions_doctor_and_about_are_pages_beside_the_ledger(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book = excel.open(path)
    pressed(excel, "functions")
    page = excel.app.books.active.sheets[0]
    assert page.range((4, 1), (3 + len(FUNCTIONS), 1)).options(ndim=1).value == list(FUNCTIONS)
    assert page.range((4, 5)).value.startswith("=AR_") and page.range((4, 5)).formula.startswith("=AR_")
    book.activate()
    pressed(excel, "doctor")
    words = excel.app.books.active.sheets[0].used_range.value
    assert any("Python" in row for row in words) and len(excel.app.books) == 3
    book.activate()
    pressed(excel, "about")
    words = dict(row[:2] for row in excel.app.books.active.sheets[0].used_range.value)
    assert words["Workbook"] == str(path) and words["Backups and log"] == str(state_folder(path))


def test_formulas_that_name_another_machine_s_add_in_are_mended_and_others_left_alone(
    excel: Any, copy: Copy
) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    notes = book.sheets.add("mine")
    notes.range("B2").formula = r"='C:\Users\li\AddIns\huikuan.xlam'!AR_DSO(A1,2,3)"
    notes.range("B3").formula = "=SUM(A1,2)"
    notes.range("B4").value = "see 'C:\\huikuan.xlam'!AR_DSO"
    before = cell(book, raw, "contracts", "project", 0).value
    pressed(excel, "relink")
    assert str(notes.range("B2").formula).upper() == "=AR_DSO(A1,2,3)"
    assert notes.range("B3").formula == "=SUM(A1,2)" and notes.range("B4").value.startswith("see 'C:")
    assert cell(book, raw, "contracts", "project", 0).value == before
    assert excel.app.status_bar == "Huikuan: formulas mended: 1"


def test_the_language_button_switches_the_ledger_and_back_and_loses_nothing(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path = copy("screen")
    before = read_book(path)
    excel.open(path)
    pressed(excel, "language")
    book = excel.app.books.active
    assert (len(excel.app.books), Path(book.fullname)) == (1, path)
    assert book_language(read_book(path)) == "zh" and "已切换为中文" in excel.app.status_bar
    book.set_mock_caller()
    pressed(excel, "language", ELEVEN)
    assert "now in English" in excel.app.status_bar
    after = read_book(path)
    assert {each[0] for each in differences(before, after)} <= {"runs", "changes", "settings"}
    assert len(backups(path, state_folder(path))) == 2


def test_a_book_with_unsaved_changes_stays_open_and_in_its_language(excel: Any, copy: Copy) -> None:
    path = copy("screen")
    book, raw = excel.open(path), read_book(path)
    cell(book, raw, "contracts", "project", 0).value = "not saved yet"
    assert "Save it first" in refused(excel, "language")
    assert [each.name for each in excel.app.books] == [path.name] and read_book(path) == raw


class Ribbon:
    """The macros that Python calls: which language the ribbon speaks, and to speak another."""

    def __init__(self, excel: Any, language: Language) -> None:
        self.language = language
        excel.impl.macros |= {"HuikuanSpoken": lambda: self.language, "HuikuanSpeak": self._speak}

    def _speak(self, language: Language) -> None:
        self.language = language


def test_the_language_button_leads_to_the_language_that_it_names(excel: Any, copy: Copy) -> None:
    path = copy("screen", "en")  # a ledger in English under a ribbon in Chinese: the button reads English
    ribbon, old = Ribbon(excel, "zh"), path.read_bytes()
    excel.open(path)
    pressed(excel, "language")
    assert ribbon.language == "en" and path.read_bytes() == old
    assert excel.app.status_bar == "Huikuan: the ribbon is now in English"
    pressed(excel, "language")
    assert ribbon.language == "zh" == book_language(read_book(path))


def test_beside_no_ledger_the_ribbon_alone_changes_its_language(excel: Any) -> None:
    ribbon = Ribbon(excel, "zh")
    excel.app.books.add().set_mock_caller()
    pressed(excel, "language")
    assert ribbon.language == "en" and excel.app.status_bar == "Huikuan: the ribbon is now in English"
    pressed(excel, "language")
    assert ribbon.language == "zh" and excel.app.status_bar == "回款：功能区已切换为中文"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_does_not_close_itself_while_its_own_macro_runs(
    excel: Any, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "book.xlsm"
    new_book(path, language)
    ribbon, old = Ribbon(excel, language), path.read_bytes()
    excel.open(path)
    other = {"zh": "en", "en": "zh"}[language]
    assert f'huikuan language "book.xlsm" {other}' in refused(excel, "language")
    assert [each.name for each in excel.app.books] == ["book.xlsm"] and path.read_bytes() == old
    assert ribbon.language == other


def test_the_add_in_switches_a_workbook_that_has_macros_of_its_own(
    excel: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsm"
    new_book(path, "en")
    excel.open(path)
    monkeypatch.setattr("addin.hosts.excel.native.addin_is_open", lambda app: True)
    pressed(excel, "language")
    assert book_language(read_book(path)) == "zh" and len(excel.app.books) == 1


def test_an_error_of_excel_is_told_in_its_own_words(
    excel: Any, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ComError(Exception):
        excepinfo = (0, "Microsoft Excel", "The cell is being edited.", None, 0, -2146827284)

    path = copy("screen")
    excel.open(path)

    def fails(*_: object) -> None:
        raise ComError(-2147352567, "Exception occurred.")

    monkeypatch.setattr("addin.hosts.excel.looking.go_to", fails)
    said = refused(excel, "worklist")
    assert "The cell is being edited." in said and "close open dialogs" in said
    assert "ComError" in (state_folder(path) / "errors.log").read_text("utf-8")


def test_an_error_that_nobody_foresaw_is_told_and_logged_and_leaves_the_screen_as_it_was(
    excel: Any, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_of(copy("screen"), LATER)
    excel.open(path)

    def fails(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("addin.hosts.excel.writing.put", fails)
    said = refused(excel, "refresh")
    [backup] = backups(path, state_folder(path))
    assert "ZeroDivisionError" in said and "Close it without saving" in said and backup.name in said
    assert "boom" in (state_folder(path) / "errors.log").read_text("utf-8")
    assert excel.app.screen_updating is True and excel.app.calculation == "automatic"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_with_macros_inside_takes_the_same_buttons(
    excel: Any, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "book.xlsm"
    new_book(path, language)
    book, raw = excel.open(path), read_book(path)
    pressed(excel, "contact")
    pressed(excel, "refresh")
    assert book.name == "book.xlsm"
    [backup] = backups(path, state_folder(path))
    assert backup.suffix == ".xlsm"
    row = book.sheets[raw.tables["contacts"].sheet].range((6, 1), (6, 2)).value
    assert row[0] and row[1].date() == TEN.date()


@pytest.mark.parametrize("table", ["contracts", "settings"])
def test_steps_are_those_that_the_command_line_opens(
    excel: Any, copy: Copy, tmp_path: Path, table: str
) -> None:
    """Of the selected row's contract, else of all that run."""
    path, twin = copy("screen"), copy("twin")
    raw = read_book(path)
    book = excel.open(path)
    row = row_with(raw, "contracts", "contract_id", "HT-2026-001") if table == "contracts" else 0
    select(cell(book, raw, table, TABLES[table].columns[1].key, row))
    pressed(excel, "steps")
    named = "HT-2026-001" if table == "contracts" else None
    report = steps_book(twin, named, today=TEN.date(), now=TEN, by="tester")
    assert len(report.rows) == 6 if named else len(report.rows) > 50
    made, expected = saved(book, tmp_path / "saved.xlsx"), read_book(twin)
    assert {each[1] for each in differences(made, expected)} <= {"hidden"}  # the tasks are shown
    assert excel.app.status_bar == f"Huikuan: added {len(report.rows)} steps to the tasks"
    excel.app.books.active.set_mock_caller()
    select(cell(book, made, table, TABLES[table].columns[1].key, row))
    pressed(excel, "steps", ELEVEN)
    assert excel.app.status_bar == "Huikuan: every standard step is there"
