"""The add-in in a living Excel for Windows: loads, compiles, evaluates every function, presses every button.

It installs the add-in as a person would and takes it away again where it was not installed before. Excel must be
closed, for a workbook of somebody's might be in it. A box that nobody closes ends the Excel started here.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from addin.assets import templates
from addin.functions.call import call_cells
from addin.functions.registry import FUNCTIONS
from addin.hosts.buttons import BUTTONS
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.service.demo import BOOK, make_demo
from addin.service.installing.doctor import examine
from addin.service.installing.machine import this_machine
from addin.service.installing.places import excel_is_open, find_excel, places
from addin.service.installing.setup import install, status, uninstall
from tests.tools import Run, missing
from tests.windows.formulas import alike, formula

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="needs Windows with Excel")

PATIENCE = 180
"""Seconds for a button; the first one loads Python's libraries."""
COMPILE = 578
"""The number of Debug > Compile in the editor of macros."""
LANGUAGE: Language = "en"


@pytest.fixture(scope="module")
def excel() -> Iterator[Any]:
    """An Excel with the add-in in it. One that a program starts opens nothing by itself, so it is told to."""
    import xlwings

    machine = this_machine()
    if find_excel(machine) is None:
        missing("Excel")
    assert not excel_is_open(machine), "close Excel first"
    was_there, where = status(machine).installed, places(machine)
    install(machine)
    kept = where.settings.read_bytes()
    # what goes wrong goes on a sheet "Error" instead of into a box
    where.settings.write_bytes(kept + b'"SHOW_ERROR_POPUPS","False"\r\n')
    app = xlwings.App(visible=True, add_book=False)
    try:
        app.books.open(where.addin)
        yield app
    finally:
        app.kill()
        where.settings.write_bytes(kept)
        if not was_there:
            uninstall(machine)


@pytest.fixture
def demo(excel: Any, tmp_path: Path) -> Iterator[Any]:
    """The demo ledger, open."""
    now = datetime(2026, 6, 30, 12, 0)
    made = make_demo(tmp_path, LANGUAGE, today=now.date(), now=now, by="test")
    assert made.made
    book = excel.books.open(tmp_path / BOOK)
    yield book
    for each in list(excel.books):
        if each.name != "huikuan.xlam":
            each.close()


@contextmanager
def patience(app: Any) -> Iterator[None]:
    """Ends the Excel started here where it does not come back."""
    timer = Timer(PATIENCE, os.kill, (app.pid, signal.SIGTERM))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def press(app: Any, name: str) -> None:
    """The Sub that the ribbon calls, with nothing in the place of the control that it does not look at."""
    import pythoncom
    from win32com.client import VARIANT

    with patience(app):
        app.api.Run(f"'huikuan.xlam'!{BUTTONS[name].sub}", VARIANT(pythoncom.VT_DISPATCH, None))
    for book in app.books:
        errors = [sheet["A1"].value for sheet in book.sheets if sheet.name == "Error"]
        assert errors == [], f"{name}: {errors}"


def column(book: Any, table: str, key: str) -> Any:
    """The cells of a table's column as xlwings has them."""
    heading = TABLES[table][key].heading(LANGUAGE)
    for sheet in book.sheets:
        for listed in sheet.tables:
            if listed.name == table:
                return sheet.range(listed.api.ListColumns(heading).DataBodyRange.Address)
    raise AssertionError(f"no table {table}")


def test_the_doctor_is_content(excel: Any) -> None:
    assert [check for check in examine(this_machine()) if check.state == "bad"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_with_macros_opens_unmended(excel: Any, tmp_path: Path, language: str) -> None:
    file = shutil.copy(templates() / f"huikuan-{language}.xlsm", tmp_path / "台账.xlsm")
    book = excel.books.open(file)
    try:
        assert book.api.HasVBProject
        caption = str(excel.api.ActiveWindow.Caption)
        assert "[" not in caption, f"Excel says of it: {caption}"
        assert len(book.sheets) >= len(TABLES)
    finally:
        book.close()


@pytest.mark.parametrize("file", ["huikuan.xlam", "huikuan-zh.xlsm", "huikuan-en.xlsm"])
def test_the_macros_compile(excel: Any, tmp_path: Path, file: str) -> None:
    if not file.endswith(".xlam"):
        excel.books.open(shutil.copy(templates() / file, tmp_path / file))
    book = excel.books[file]
    try:
        editor, project = excel.api.VBE, book.api.VBProject
    except Exception:
        pytest.skip("needs: Trust access to the VBA project object model (Trust Center > Macro Settings)")
    editor.ActiveVBProject = project
    button = editor.CommandBars.FindControl(Id=COMPILE)
    with patience(excel):
        if button.Enabled:
            button.Execute()
    assert not editor.CommandBars.FindControl(Id=COMPILE).Enabled, "what compiles need not be compiled again"
    if not file.endswith(".xlam"):
        book.close()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gives_its_example_in_a_cell(excel: Any, name: str) -> None:
    arguments = FUNCTIONS[name].example
    expected = call_cells(name, arguments)
    rows = expected if isinstance(expected, list) else [[expected]]
    book = excel.books.add()
    try:
        first = book.sheets[0]["B2"]
        with patience(excel):
            first.formula2 = formula(name, arguments)
            found = first.resize(len(rows), len(rows[0])).options(ndim=2).value
    finally:
        book.close()
    assert all(
        alike(cell, wanted)
        for row, wanted_row in zip(found, rows, strict=True)
        for cell, wanted in zip(row, wanted_row, strict=True)
    ), f"{found} instead of {rows}"


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_are_the_same_in_either_kind_of_workbook(excel: Any, from_1904: bool) -> None:
    """TODAY() is another number where days count from 1904, and what comes back is a day there too."""
    book = excel.books.add()
    try:
        book.api.Date1904 = from_1904
        with patience(excel):
            book.sheets[0]["A1"].formula2 = '=AR_DUE_DATE(TODAY(), "NET 1") - TODAY()'
            book.sheets[0]["A2"].formula2 = "=AR_DAYS_OVERDUE(TODAY() - 5, TODAY())"
            found = book.sheets[0]["A1:A2"].value
    finally:
        book.close()
    assert found == [1.0, 5.0]


def test_all_workbooks_share_one_python(excel: Any, tmp_path: Path) -> None:
    """xlwings' library keeps a Python a command."""
    commands = set()
    for name in ("one", "R&D 回款"):
        book = excel.books.add()
        book.save(tmp_path / f"{name}.xlsx")
        book.activate()
        commands.add(excel.api.Run("'huikuan.xlam'!XLPyCommand"))
        book.close()
    assert len(commands) == 1


def test_the_selftest_spills_as_many_passed_as_tried(excel: Any) -> None:
    book = excel.books.add()
    try:
        with patience(excel):
            book.sheets[0]["A1"].formula2 = "=AR_SELFTEST()"
            found = dict(book.sheets[0]["A1:B3"].value)
    finally:
        book.close()
    assert found["functions"] == found["passed"] >= len(FUNCTIONS)


def test_a_refresh_equals_that_of_the_command_line(
    excel: Any, demo: Any, run_huikuan: Callable[..., Run]
) -> None:
    """Figures that were wiped are there again, and the command line finds nothing to change."""
    figures = column(demo, "milestones", "open")
    before = figures.value
    figures.clear_contents()
    column(demo, "milestones", "milestone_id")[0].select()
    selected = excel.selection.address
    press(excel, "refresh")

    assert column(demo, "milestones", "open").value == before
    assert any(value is not None for value in before)
    assert excel.selection.address == selected
    demo.save()
    done = run_huikuan("refresh", demo.fullname, "--dry-run", "--json")
    assert done.exit_code in (0, 1) and done.json["changes"] == 0


def test_undo_takes_a_refresh_back(excel: Any, demo: Any) -> None:
    figures = column(demo, "milestones", "open")
    figures.clear_contents()
    press(excel, "refresh")
    press(excel, "undo")

    assert set(column(demo, "milestones", "open").value) == {None}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("contact", "contacts"),
        ("promise", "promises"),
        ("dispute", "disputes"),
        ("reschedule", "reschedules"),
    ],
)
def test_a_row_is_added_for_the_selected_milestone(excel: Any, demo: Any, name: str, table: str) -> None:
    milestones = column(demo, "milestones", "milestone_id")
    key = TABLES[table].columns[0].key
    before = [value for value in column(demo, table, key).options(ndim=1).value if value]
    milestones.sheet.activate()
    milestones[0].select()
    press(excel, name)

    after = [value for value in column(demo, table, key).options(ndim=1).value if value]
    assert len(after) == len(before) + 1 and set(before) < set(after)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in BUTTONS
        if name not in ("refresh", "undo", "contact", "promise", "dispute", "reschedule")
    ],
)
def test_every_other_button_comes_back(excel: Any, demo: Any, name: str) -> None:
    cell = column(demo, "milestones", "open")[0]
    cell.sheet.activate()
    cell.select()
    press(excel, name)

    assert len(excel.books.active.sheets) >= 1
