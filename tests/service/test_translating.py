"""A book in the other language: every word of ours, nothing of the users', no figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin.files.memory import recall
from addin.model.columns import FLAG_WORDS, Kind
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.service.books import check_book, load_book, refresh_book
from addin.service.newbook import new_book
from addin.service.refresh import refresh
from addin.service.settings_rows import rows_of
from addin.service.translating import translate_book
from addin.service.wording import wording
from tests.files.structure.books import (
    OWN_COLUMN,
    OWN_SHEET,
    RUN,
    TODAY,
    demo,
    lived_in,
    parts_of,
    shared,
    table_names,
    values,
    well_formed,
)
from tests.tools import validate

OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}
OF_THE_RUN = {"runs"}
"""A switch is a run: it leaves its row."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_one_word_in_the_other_language(language: Language) -> None:
    words = wording(language)
    for key, table in TABLES.items():
        headings = [column.heading(language).casefold() for column in table.columns]
        assert len(set(headings)) == len(headings), key
        for column in table.columns:
            pairs = words.words(key, column)
            if column.choices:
                assert len(set(pairs.values())) == len(pairs), (key, column.key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_book_becomes_the_empty_book_of_the_other_language(
    tmp_path: Path, language: Language
) -> None:
    book = new_book(tmp_path / "book.xlsx", language)
    model = new_book(tmp_path / "model.xlsx", OTHER[language])
    translate_book(book, OTHER[language], **RUN)
    made, wanted = values(book), values(model)
    assert list(made) == list(wanted)
    for tab in wanted:
        if tab not in {TABLES[key].name.in_(OTHER[language]) for key in ("runs", "changes", "settings")}:
            assert sorted(map(str, made[tab].values())) == sorted(map(str, wanted[tab].values())), tab
    assert table_names(book) == {name: (names, names) for name, (names, _) in table_names(model).items()}
    assert _around(book) == _around(model)
    assert validate(book) == []


def _around(path: Path) -> list[Any]:
    """Drop-downs, rules on words, footers, links, names of a book."""
    book = load_workbook(path)
    found: list[Any] = [sorted((name, each.attr_text) for name, each in book.defined_names.items())]
    for sheet in book.worksheets:
        checks = sheet.data_validations.dataValidation
        found.append([(each.formula1, each.error, each.errorTitle) for each in checks])
        found.append([rule.formula for rules in sheet.conditional_formatting for rule in rules.rules])
        found.append((sheet.oddFooter.right.text, sheet.print_title_rows, sheet.print_title_cols))
        links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        found.append([(link.location, link.display) for link in links])
    return found


@pytest.mark.parametrize(
    ("language", "as_excel"), [("en", False), ("zh", True)], ids=["texts in cells", "shared strings"]
)
def test_there_and_back_gives_the_same_bytes(tmp_path: Path, language: Language, as_excel: bool) -> None:
    book = lived_in(language, tmp_path)
    if as_excel:
        shared(book)
    before, kept = parts_of(book), _runs_parts(book)
    there = translate_book(book, OTHER[language], **RUN)
    assert there.written and not there.kept
    assert parts_of(book) != before
    translate_book(book, language, **RUN)
    after = parts_of(book)
    assert after.keys() == before.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {*kept, "xl/sharedStrings.xml", "xl/workbook.xml"}, changed - kept
    assert after["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b' fullCalcOnLoad="0"') == before[
        "xl/workbook.xml"
    ].replace(b' fullCalcOnLoad="1"', b' fullCalcOnLoad="0"')
    if as_excel:
        old = before["xl/sharedStrings.xml"].decode()
        assert after["xl/sharedStrings.xml"].decode().partition("</sst>")[0].count("<si>") > old.count("<si>")


def _runs_parts(path: Path) -> set[str]:
    """The parts of the sheet and table that log the runs."""
    parts = parts_of(path)
    tables = {name for name, data in parts.items() if b'displayName="runs"' in data}
    [table] = tables
    sheets = {
        name.replace("_rels/", "").removesuffix(".rels")
        for name, data in parts.items()
        if name.startswith("xl/worksheets/_rels/") and f"/{table}".encode() in data
    }
    return tables | sheets


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_made_is_as_it_was(tmp_path: Path, language: Language) -> None:
    book = lived_in(language, tmp_path)
    before, other = values(book), OTHER[language]
    translate_book(book, other, **RUN)
    after = values(book)
    tab, gl = (TABLES[key].name.in_(other) for key in ("milestones", "gl"))
    own, word = before[OWN_SHEET[language]], TABLES["milestones"].name.in_(language)
    opened = TABLES["milestones"]["open"].heading(other)
    delay = TABLES["customers"]["usual_delay"].heading(other)
    sheet = after[OWN_SHEET[language]]
    assert (sheet["A1"], sheet["A2"], sheet["C1"]) == (own["A1"], own["A2"], own["C1"])
    assert sheet["B1"] == f"=SUM(milestones[{opened}])"
    assert sheet["B2"] == f"='{tab}'!A6&\"{word}!A6\""
    assert sheet["B3"].startswith(f"=SUM('{gl}'!D6:D20)")
    assert sheet["B4"] == f"=SUM(customers[[#All],[{delay}]])"
    assert sheet["B5"] == own["B5"]
    made = load_workbook(book)
    assert made.defined_names["my_open"].attr_text == f"milestones[{opened}]"
    assert made.defined_names["my_cell"].attr_text == f"'{tab}'!$A$6"
    assert made[OWN_SHEET[language]]["C1"].hyperlink.location == f"'{tab}'!A1"
    assert any(
        f"#'{tab}'!A2".encode() in data for name, data in parts_of(book).items() if name.endswith(".rels")
    )
    [chart] = [data for name, data in parts_of(book).items() if "charts/" in name and b"$G$" in data]
    assert f"'{tab}'!".encode() in chart and word.encode() in chart
    _own_column_is_as_it_was(before, after, made, language)
    contracts = TABLES["contracts"].name
    assert after[contracts.in_(other)]["AH2"] == contracts.in_(language)
    assert made[contracts.in_(other)]["A1"].comment.text == "客户 Customers 合同"


def _own_column_is_as_it_was(before: Any, after: Any, book: Any, language: Language) -> None:
    table = TABLES["milestones"]
    old, new = before[table.name.in_(language)], after[table.name.in_(OTHER[language])]
    place = len(table.columns) + 1
    sheet = book[table.name.in_(OTHER[language])]
    letter = sheet.cell(5, place).column_letter
    ours = {place: value for place, value in old.items() if place.startswith(letter)}
    assert len(ours) > 50 and ours.items() <= new.items()
    assert new[f"{letter}5"] == OWN_COLUMN[language]
    word = table["status"].choice_names["overdue"].in_(language)
    own = [each for each in sheet.data_validations.dataValidation if letter in str(each.sqref)]
    assert [word in each.formula1 for each in own] == [True]
    rules = [
        rule for rules in sheet.conditional_formatting for rule in rules.rules if letter in str(rules.sqref)
    ]
    assert [rule.formula for rule in rules] == [[f'${letter}6="{word}"']]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_changes_and_a_refresh_writes_words_only(tmp_path: Path, language: Language) -> None:
    book, other = lived_in(language, tmp_path), OTHER[language]
    before, faults = check_book(book, today=TODAY).result, _faults(book)
    translate_book(book, other, **RUN)
    raw, own = load_book(book)
    after = refresh(raw, TODAY, own, recall(book))
    assert own == other
    assert (after.base, after.currencies) == (before.base, before.currencies)
    assert [each.code for each in after.findings] == [each.code for each in before.findings]
    assert {write.column for write in after.cells} <= {"next_action"}
    assert [write.table for write in after.tables] == ["worklist", "checks"]
    refresh_book(book, **RUN)
    assert _faults(book) <= faults


def _faults(book: Path) -> set[tuple[str, str]]:
    return {(each["description"], each["path"]) for each in validate(book)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_old_language_is_left_in_a_column_of_ours(tmp_path: Path, language: Language) -> None:
    book, other = demo(language, tmp_path), OTHER[language]
    translate_book(book, other, **RUN)
    raw, _ = load_book(book)
    seen = 0
    for key, source in raw.tables.items():
        for column_key, place in TABLES[key].places(source.headings).items():
            column = TABLES[key][column_key]
            assert source.headings[place] == column.heading(other)
            names = [name for _, name in column.choices]
            names += FLAG_WORDS.values() if column.kind is Kind.BOOL else ()
            cells = [cell for cell in source.columns[place] if cell not in ("", None)]
            if names:
                assert set(cells) <= {name.in_(other) for name in names} | {True, False}, (key, column_key)
                seen += len(cells)
    assert seen > 300


def test_the_roll_of_due_dates_stays_and_is_left_to_the_language_again(tmp_path: Path) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    assert _setting(book, "roll") == ""
    translate_book(book, "en", **RUN)
    assert _setting(book, "roll") == "following"
    assert _setting(book, "language") == "en"
    translate_book(book, "zh", **RUN)
    assert _setting(book, "roll") == ""


def test_a_roll_that_somebody_chose_stays(tmp_path: Path) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    made = load_workbook(book)
    sheet = made[TABLES["settings"].name.zh]
    [row] = [row for row in range(6, 60) if sheet.cell(row, 1).value == "roll"]
    sheet.cell(row, 2, "following")
    made.save(book)
    for language in ("en", "zh"):
        translate_book(book, language, **RUN)
        assert _setting(book, "roll") == "following"


def _setting(book: Path, key: str) -> str:
    [(_, value)] = rows_of(load_book(book)[0].tables["settings"], key)
    return value


def test_a_book_in_that_language_is_not_written(tmp_path: Path) -> None:
    book = demo("zh", tmp_path)
    before = book.read_bytes()
    report = translate_book(book, "zh", **RUN)
    assert (report.written, report.backup) == (None, None)
    assert book.read_bytes() == before


def test_a_heading_that_somebody_renamed_stays(tmp_path: Path) -> None:
    book = demo("zh", tmp_path)
    made = load_workbook(book)
    sheet = made[TABLES["customers"].name.zh]
    sheet["B5"] = "客户全称"
    sheet.tables["customers"].tableColumns[1].name = "客户全称"
    sheet.title = "我的客户"
    made.save(book)
    translate_book(book, "en", **RUN)
    names, cells = table_names(book)["customers"]
    assert names[:3] == cells[:3] == ["Customer ID", "客户全称", "Credit code (USCC)"]
    assert "我的客户" in values(book)


def test_names_that_people_use_already_are_left_to_them(tmp_path: Path) -> None:
    book = demo("zh", tmp_path)
    made = load_workbook(book)
    made.create_sheet("contracts")["A1"] = "mine"
    made.save(book)
    report = translate_book(book, "en", **RUN)
    assert report.kept == (TABLES["contracts"].name.zh,)
    assert {"contracts", TABLES["contracts"].name.zh} <= set(values(book))
    well_formed(book)


def test_a_newer_book_is_refused(tmp_path: Path) -> None:
    book = demo("zh", tmp_path)
    made = load_workbook(book)
    made[TABLES["settings"].name.zh]["B6"] = "99"
    made.save(book)
    before = book.read_bytes()
    with pytest.raises(LedgerError) as refused:
        translate_book(book, "en", **RUN)
    assert refused.value.code == "newer_book"
    assert book.read_bytes() == before
