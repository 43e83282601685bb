"""An older book brought up to today: what it lacks is added, what it has stays, and the figures are the same."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from addin.files.package.problem import PackageError
from addin.files.save import SaveError
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.rules.policy import SCHEMA
from addin.service.books import check_book, load_book, refresh_book
from addin.service.newbook import new_book
from addin.service.settings_rows import rows_of
from addin.service.upgrading import upgrade_book
from tests.files.structure.books import (
    RUN,
    TODAY,
    demo,
    lived_in,
    parts_of,
    rewrite,
    shared,
    table_names,
    values,
    well_formed,
)
from tests.tools import validate

GONE = ("history", "runs", "aging", "levels")
"""Tables that the older book did not have yet."""
FEWER = {"milestones": 8, "customers": 5, "tasks": 2, "checks": 2}
"""Columns at the right end that the older tables did not have yet."""
LATER_SETTINGS = ("alert_paydex_drop", "rollforward_months")


def older(book: Path, language: Language, keep_own: bool = True) -> Path:
    """The book as an earlier version would have made it; a user's own column stands where ours end."""
    made = load_workbook(book)
    for key in GONE:
        del made[TABLES[key].name.in_(language)]
    for key, count in FEWER.items():
        _narrow(made[TABLES[key].name.in_(language)], key, count, keep_own)
    settings = made[TABLES["settings"].name.in_(language)]
    for row in range(settings.max_row, 5, -1):
        if settings.cell(row, 1).value in LATER_SETTINGS:
            _take_row(settings, row)
        elif settings.cell(row, 1).value == "schema":
            settings.cell(row, 2).value = "0"
    made.save(book)
    return book


def _narrow(sheet: Any, key: str, count: int, keep_own: bool) -> None:
    table = sheet.tables[key]
    bottom = int(re.findall(r"\d+", table.ref)[1])
    left = len(TABLES[key].columns) - count
    sheet.delete_cols(left + 1, count)
    names = [column.name for column in table.tableColumns]
    own = names[len(TABLES[key].columns) :] if keep_own else []
    table.tableColumns = (
        table.tableColumns[:left] + table.tableColumns[len(TABLES[key].columns) :][: len(own)]
    )
    table.ref = table.autoFilter.ref = f"A5:{get_column_letter(left + len(own))}{bottom}"
    sheet.data_validations.dataValidation = []
    sheet.conditional_formatting = type(sheet.conditional_formatting)()


def _take_row(sheet: Any, row: int) -> None:
    sheet.delete_rows(row)
    table = sheet.tables["settings"]
    bottom = int(re.findall(r"\d+", table.ref)[1]) - 1
    table.ref = table.autoFilter.ref = f"A5:E{bottom}"


@pytest.mark.parametrize(
    ("language", "as_excel"), [("zh", False), ("en", True)], ids=["texts in cells", "shared strings"]
)
def test_an_older_book_comes_up_to_today_and_shows_the_same_figures(
    tmp_path: Path, language: Language, as_excel: bool
) -> None:
    today = check_book(demo(language, _folder(tmp_path, "today")), today=TODAY).result
    book = older(lived_in(language, _folder(tmp_path, "older")), language)
    if as_excel:
        shared(book)
    before, faults, cells = parts_of(book), _faults(book), values(book)
    report = upgrade_book(book, **{**RUN, "now": datetime(2026, 7, 1, 8, 0)})
    assert report.written
    assert {key: len(names) for key, names in report.added.columns.items()} == FEWER
    assert sorted(report.added.sheets) == sorted(TABLES[key].name.in_(language) for key in GONE)
    assert sorted(report.added.settings) == sorted(LATER_SETTINGS)
    _has_everything(book)
    _kept(cells, values(book))
    _untouched(before, parts_of(book))
    assert _faults(book) <= faults
    assert upgrade_book(book, **RUN).written is None
    after = refresh_book(book, **RUN).result
    assert (after.base, after.currencies) == (today.base, today.currencies)
    # the courts of lawsuits stood in a column that the older book did not have
    codes = [each.code for each in after.findings if each.code != "case_incomplete"]
    assert codes == [each.code for each in today.findings]
    assert _faults(book) <= faults


def _folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


def _has_everything(book: Path) -> None:
    raw, _ = load_book(book)
    for key, table in TABLES.items():
        assert set(table.places(raw.tables[key].headings)) == set(table.by_key), key
    for name, (names, cells) in table_names(book).items():
        assert names == cells, name
    assert [value for _, value in rows_of(raw.tables["settings"], "schema")] == [str(SCHEMA)]
    well_formed(book)


def _kept(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Every cell that was there is there with its value, but for the version and the as-of date that is not true
    any more: the new columns have not been computed."""
    for tab, cells in before.items():
        changed = {place for place, value in cells.items() if after[tab].get(place) != value}
        assert len(changed) <= sum(tab in TABLES[key].name for key in ("settings", "milestones")), (
            tab,
            changed,
        )


def _untouched(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Parts that are not a widened table's, the settings', or those that tie the package together."""
    allowed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for name, data in before.items():
        if data != after[name] and name not in allowed:
            assert name.startswith(("xl/worksheets/sheet", "xl/tables/")), name
    same = sum(data == after[name] for name, data in before.items())
    assert same >= len(before) - 2 * (len(FEWER) + 1) - len(allowed)


def _faults(book: Path) -> set[tuple[str, str]]:
    return {(each["description"], each["path"]) for each in validate(book)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_of_today_is_not_written(tmp_path: Path, language: Language) -> None:
    book = new_book(tmp_path / "book.xlsx", language)
    before = book.read_bytes()
    report = upgrade_book(book, **RUN)
    assert (report.written, report.backup, report.added.count) == (None, None, 0)
    assert book.read_bytes() == before


def test_new_columns_look_and_check_like_those_of_a_new_book(tmp_path: Path) -> None:
    book = older(demo("zh", tmp_path), "zh", keep_own=False)
    upgrade_book(book, **RUN)
    model = new_book(tmp_path / "model.xlsx", "zh")
    made, wanted = (load_workbook(path)[TABLES["milestones"].name.zh] for path in (book, model))
    last = len(TABLES["milestones"].columns)
    for place in range(last - FEWER["milestones"] + 1, last + 1):
        letter = get_column_letter(place)
        for row in range(1, 6):
            old, new = wanted.cell(row, place), made.cell(row, place)
            assert (new.value if row == 5 else None, new.fill.fgColor.rgb, new.font.b, new.style) == (
                old.value if row == 5 else None, old.fill.fgColor.rgb, old.font.b, old.style,
            )  # fmt: skip
        theirs, ours = wanted.column_dimensions[letter], made.column_dimensions[letter]
        assert ours.width == theirs.width
        assert (ours.number_format, ours.fill.fgColor.rgb) == (theirs.number_format, theirs.fill.fgColor.rgb)
    status = get_column_letter(list(TABLES["milestones"].by_key).index("status") + 1)
    rules = {rule.formula[0] for rules in made.conditional_formatting for rule in rules.rules if rule.formula}
    assert f'${status}6="逾期"' in rules
    tasks = load_workbook(book)[TABLES["tasks"].name.zh]
    assert tasks.max_column == len(TABLES["tasks"].columns)


def test_a_table_with_something_to_its_right_is_left_alone_and_the_cell_named(tmp_path: Path) -> None:
    book = older(demo("zh", tmp_path), "zh", keep_own=False)
    made = load_workbook(book)
    sheet = made[TABLES["customers"].name.zh]
    letter = get_column_letter(len(TABLES["customers"].columns) - FEWER["customers"] + 2)
    sheet[f"{letter}9"] = "mine"
    made.save(book)
    before = book.read_bytes()
    with pytest.raises(SaveError, match=f"{letter}9") as refused:
        upgrade_book(book, **RUN)
    assert isinstance(refused.value.__cause__, PackageError)
    assert book.read_bytes() == before


def test_a_tab_that_somebody_uses_is_left_to_them(tmp_path: Path) -> None:
    book = older(demo("en", tmp_path), "en")
    made = load_workbook(book)
    made.create_sheet("History")["A1"] = "of our firm"
    made.save(book)
    report = upgrade_book(book, **RUN)
    assert "History (2)" in report.added.sheets
    assert values(book)["History"] == {"A1": "of our firm"}
    assert load_workbook(book)["History (2)"].print_title_rows == "$4:$5"


def test_a_name_that_is_taken_is_told(tmp_path: Path) -> None:
    book = older(demo("en", tmp_path), "en")
    parts = parts_of(book)
    name = b'<definedName name="history">1</definedName></definedNames>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</definedNames>", name)
    rewrite(book, parts)
    before = book.read_bytes()
    with pytest.raises(SaveError, match="history"):
        upgrade_book(book, **RUN)
    assert book.read_bytes() == before


def test_macros_are_copied_and_new_sheets_are_nameless_to_them(tmp_path: Path) -> None:
    book = older(demo("zh", tmp_path), "zh")
    parts = parts_of(book)
    parts["xl/vbaProject.bin"] = bytes(range(256)) * 20
    parts["customXml/item1.xml"] = b"<own>\xe5\x90\x88\xe5\x90\x8c</own>"
    types = parts["[Content_Types].xml"].decode()
    types = types.replace("spreadsheetml.sheet.main+xml", "MACRO").replace(
        "application/vnd.openxmlformats-officedocument.MACRO",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    kind = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", kind).encode()
    book = book.with_suffix(".xlsm")
    rewrite(book, parts)
    assert upgrade_book(book, **RUN).written
    after = parts_of(book)
    assert all(after[name] == parts[name] for name in ("xl/vbaProject.bin", "customXml/item1.xml"))
    new = [
        data for name, data in after.items() if name not in parts and name.startswith("xl/worksheets/sheet")
    ]
    assert len(new) == len(GONE)
    assert not any(b"codeName" in data for data in new)
    _has_everything(book)


def test_a_prefix_that_each_sheet_declares_for_itself(tmp_path: Path) -> None:
    """openpyxl writes the list of sheets so where lxml is installed."""
    book = older(demo("zh", tmp_path), "zh")
    parts = parts_of(book)
    workbook = parts["xl/workbook.xml"].decode()
    found = re.search(r' xmlns:r="[^"]*"', workbook)
    assert found
    workbook = workbook.replace(found[0], "").replace("<sheet ", f"<sheet{found[0]} ")
    rewrite(book, {**parts, "xl/workbook.xml": workbook.encode()})
    assert upgrade_book(book, **RUN).written
    _has_everything(book)


def test_index_and_dashboard_come_back_with_their_charts(tmp_path: Path) -> None:
    book = demo("en", tmp_path)
    made = load_workbook(book)
    del made["Dashboard"], made["Index"]
    for name in [name for name in made.defined_names if name.startswith("dash_")]:
        del made.defined_names[name]
    made[TABLES["customers"].name.en].title = "Clients"
    made.save(book)
    faults = _faults(book)
    report = upgrade_book(book, **RUN)
    assert report.added.sheets == ["Index", "Dashboard"]
    made = load_workbook(book)
    assert len(made["Dashboard"]._charts) == 3
    assert made.defined_names["dash_open"].attr_text == "'Dashboard'!$B$5"
    cells = [cell for row in made["Index"].iter_rows() for cell in row if cell.hyperlink]
    links = {cell.hyperlink.location for cell in cells}
    assert "'Clients'!A1" in links and "'Dashboard'!A1" in links
    assert {link.rpartition("!")[0].strip("'") for link in links} <= set(made.sheetnames)
    refresh_book(book, **RUN)
    assert load_workbook(book)["Dashboard"]["B5"].value > 0
    assert _faults(book) <= faults


def test_a_newer_book_is_refused(tmp_path: Path) -> None:
    book = demo("zh", tmp_path)
    made = load_workbook(book)
    sheet = made[TABLES["settings"].name.zh]
    [row] = [row for row in range(6, 80) if sheet.cell(row, 1).value == "schema"]
    sheet.cell(row, 2).value = str(SCHEMA + 1)
    made.save(book)
    with pytest.raises(LedgerError) as refused:
        upgrade_book(book, **RUN)
    assert refused.value.code == "newer_book"
