"""Refresh, check and undo on a live book: the same cells as on the saved file, and the user's things as they were."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.files.memory import recall
from addin.files.reader import read_book
from addin.files.save import backups, state_folder
from addin.model.cells import RawBook
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.service.books import check_book
from addin.service.undo_book import undo_book
from tests.hosts.ribbon.conftest import Copy
from tests.hosts.ribbon.live import (
    ELEVEN,
    LATER,
    NOON,
    TEN,
    as_of,
    board,
    cell,
    differences,
    pressed,
    refreshed_file,
    refused,
    saved,
    select,
)


def typed_by_people(book: Any, raw: RawBook) -> None:
    """What happens to a ledger in a day: input changes, rows are added, a computed cell is typed over."""
    receipts = raw.tables["receipts"]
    row = len(receipts.rows)
    table = book.sheets[receipts.sheet].tables["receipts"]
    area = table.range
    table.resize(area.resize(area.shape[0] + 1, area.shape[1]))
    for column, value in {
        "date": 46_200,
        "customer_id": "C-01",
        "amount": 1234.56,
        "memo": "=not a formula",
    }.items():
        target = cell(book, raw, "receipts", column, row)
        target.value = f"'{value}" if isinstance(value, str) else value
    cell(book, raw, "milestones", "open", 0).value = 999.99
    cell(book, raw, "milestones", "trigger_date", 2).clear_contents()
    cell(book, raw, "contracts", "manager", 1).value = "'007"


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_button_every_cell_is_as_after_the_command_line(
    excel: Any, copy: Copy, tmp_path: Path, language: Language
) -> None:
    screen = as_of(copy("screen", language), LATER)
    book = excel.open(screen)
    typed_by_people(book, read_book(screen))
    file = copy("file", language)
    book.api.SaveCopyAs(str(file))  # people's changes; what the last run remembers lies beside both
    expected = refreshed_file(file)
    pressed(excel, "refresh")
    made = saved(book, tmp_path / "saved.xlsx")
    assert differences(expected, made) == []
    assert board(file) == board(tmp_path / "saved.xlsx")
    assert recall(screen).keys() == recall(file).keys() != set()
    assert all((recall(screen)[name] == marks).all() for name, marks in recall(file).items())
    assert "999.99" in made.tables["changes"].columns[4]  # what somebody typed over is told


def test_each_table_is_read_once_and_each_owned_column_written_once(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    excel.counts.clear()
    pressed(excel, "refresh")
    notes = [raw.tables["worklist"].sheet for _ in TABLES["worklist"].owned_by("people")]
    assert sorted(address.split("!")[0] for address in excel.counts.of("read")) == sorted(
        [*(table.sheet for table in raw.tables.values()), *notes]
    ), "each table once, and what people noted beside rows that move"
    written = excel.counts.of("write")
    assert len(set(written)) == len(written)
    after = read_live(book)
    bodies = [each for each in written if any(map(str.isdigit, each)) and inside_a_table(after, each)]
    columns = [re.sub(r"\d+", "", each.split(":")[0]) for each in bodies]
    assert len(set(columns)) == len(columns) > 50
    owned = {
        (table.sheet, table.first_column + place)
        for key, table in raw.tables.items()
        for column, place in TABLES[key].places(table.headings).items()
        if TABLES[key][column].owner == "computed"
        or (key, TABLES[key][column].owner) == ("worklist", "people")
    }
    for each in bodies:
        sheet, _, address = each.partition("!")
        area = book.sheets[sheet].range(address)
        assert {(sheet, area.column + right) for right in range(area.shape[1])} <= owned, each


def read_live(book: Any) -> RawBook:
    from addin.hosts.excel.reading import read

    return read(book).raw


def inside_a_table(raw: RawBook, address: str) -> bool:
    sheet, row = address.split("!")[0], int(re.findall(r"\d+", address.split("!")[1])[0])
    return any(table.sheet == sheet and row > table.header_row for table in raw.tables.values())


def test_selection_mode_and_screen_are_left_as_they_were(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book = excel.open(path)
    select(cell(book, read_book(path), "contracts", "project", 3))
    place = book.selection.sheet.name, book.selection.address
    excel.app.calculation = "semiautomatic"
    pressed(excel, "refresh")
    assert (book.selection.sheet.name, book.selection.address) == place
    assert excel.app.calculation == "semiautomatic"
    assert excel.app.screen_updating is True and excel.app.enable_events is True
    assert False in excel.impl.screen_switched
    assert [words for words in excel.status_shown if "computing" in words or "writing" in words]
    assert re.fullmatch(r"Huikuan: as at 2026-09-30, \d+ cells updated; errors \d+, warnings \d+, see Checks",
                        excel.app.status_bar)  # fmt: skip


def test_a_copy_with_unsaved_changes_is_kept_before_the_first_write(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    cell(book, raw, "contracts", "project", 0).value = "not saved yet"
    old = path.read_bytes()
    pressed(excel, "refresh")
    [backup] = backups(path, state_folder(path))
    assert backup.name == "huikuan-demo~20300101-100000.xlsx"
    before = read_book(backup)
    place = TABLES["contracts"].places(raw.tables["contracts"].headings)["project"]
    assert before.tables["contracts"].columns[place][0] == "not saved yet"
    assert before.tables["milestones"] == raw.tables["milestones"]
    assert path.read_bytes() == old  # saving is the user's


def test_a_refresh_with_nothing_to_change_writes_nothing_and_keeps_no_copy(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    excel.open(path)
    pressed(excel, "refresh")
    excel.counts.clear()
    pressed(excel, "refresh", ELEVEN)
    assert excel.counts.writes == 0 and len(backups(path, state_folder(path))) == 1
    assert "0 cells updated" in excel.app.status_bar


def test_a_filter_that_hides_rows_is_lifted_while_writing_and_put_back(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path, file = as_of(copy("screen"), LATER), as_of(copy("file"), LATER)
    book, raw = excel.open(path), read_book(path)
    place = TABLES["milestones"].places(raw.tables["milestones"].headings)["contract_id"]
    contract = str(raw.tables["milestones"].columns[place][0])
    table = book.sheets[raw.tables["milestones"].sheet].tables["milestones"]
    table.autofilter.apply_values(place + 1, [contract])
    hidden = hidden_rows(book, raw, "milestones")
    assert hidden
    pressed(excel, "refresh")
    assert hidden_rows(book, raw, "milestones") == hidden
    assert [each.value1 for each in table.autofilter.criteria if each.type != "none"] == [contract]
    expected = refreshed_file(file)
    made = saved(book, tmp_path / "saved.xlsx")
    assert [each for each in differences(expected, made) if each[1] != "filtered"] == []


def hidden_rows(book: Any, raw: RawBook, key: str) -> list[int]:
    table = raw.tables[key]
    sheet = book.sheets[table.sheet]
    return [row for row in table.rows if sheet.range((row, 1)).rows.hidden]


def test_a_filter_that_cannot_be_put_back_stops_the_button_before_it_writes(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    table = book.sheets[raw.tables["milestones"].sheet].tables["milestones"]
    table.autofilter.impl._apply(
        1, (2, ["nobody"]), (4, [5.0])
    )  # two conditions that xlwings has no word for
    assert table.autofilter.criteria[0].type == "unknown"
    excel.counts.clear()
    assert "could not be put back" in refused(excel, "refresh")
    assert excel.counts.writes == 0 and backups(path, state_folder(path)) == []


def test_a_table_does_not_grow_over_what_is_there(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    changes = raw.tables["changes"]
    below = changes.header_row + changes.size + 1
    book.sheets[changes.sheet].range((below, 3)).value = "my note"
    excel.counts.clear()
    said = refused(excel, "refresh")
    assert f"C{below} on sheet Changes is not empty" in said and "nothing was written" in said
    assert excel.counts.writes == 0 and backups(path, state_folder(path)) == []


def test_undo_puts_back_what_undo_of_the_file_puts_back(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path, file = as_of(copy("screen"), LATER), as_of(copy("file"), LATER)
    before = read_book(path)
    refreshed_file(file)
    undo_book(file, now=NOON, by="tester")
    book = excel.open(path)
    pressed(excel, "refresh")
    pressed(excel, "undo", NOON)
    made = saved(book, tmp_path / "saved.xlsx")
    assert differences(read_book(file), made) == []
    assert board(file) == board(tmp_path / "saved.xlsx")
    assert {each[0] for each in differences(before, made)} == {"runs"}


def test_undo_leaves_what_people_typed_since_and_lists_it(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    pressed(excel, "refresh")
    place = TABLES["milestones"].places(raw.tables["milestones"].headings)["days_overdue"]
    now = read_live(book).tables["milestones"].columns[place]
    row = next(at for at, old in enumerate(raw.tables["milestones"].columns[place]) if old != now[at])
    cell(book, raw, "milestones", "days_overdue", row).value = 4321
    pressed(excel, "undo", NOON)
    made = saved(book, tmp_path / "saved.xlsx")
    assert made.tables["milestones"].columns[place][row] == 4321
    page = excel.app.books.active
    assert page.name != book.name
    words = page.sheets[0].range((4, 1), (4, 5)).value
    assert words == ["Milestones", str(raw.tables["milestones"].rows[row]), "Days overdue", "4321",
                     str(int(raw.tables["milestones"].columns[place][row] or 0))]  # fmt: skip


def test_undo_without_a_run_to_take_back_says_so(excel: Any, copy: Copy) -> None:
    excel.open(copy("screen"))
    assert "has no backup" in refused(excel, "undo")


def test_check_lists_findings_and_changes_no_figure(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path = copy("screen")
    book, before = excel.open(path), read_book(path)
    cell(book, before, "milestones", "trigger_date", 1).value = "'some day"
    pressed(excel, "check", ELEVEN)
    made = saved(book, tmp_path / "saved.xlsx")
    changed = {(each[0], each[1]) for each in differences(before, made)} - {("milestones", "Trigger date")}
    assert {table for table, _ in changed} == {"checks"}
    assert book.sheets.active.name == made.tables["checks"].sheet
    found = check_book(tmp_path / "saved.xlsx", today=TEN.date()).result.findings
    codes = [each.code for each in found]
    listed = [code for code in made.tables["checks"].columns[4] if code]
    assert (
        sorted(codes) == sorted(code for code in listed if code in set(codes))
        and len(listed) >= len(codes) > 0
    )


def test_findings_with_errors_bring_their_sheets_into_view(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    assert not book.sheets[raw.tables["invoices"].sheet].visible or not raw.tables["invoices"].hidden
    hidden = raw.tables["amendments"]
    assert hidden.hidden
    cell(book, raw, "amendments", "new_amount", 0).value = "'lots"
    pressed(excel, "refresh")
    assert book.sheets[hidden.sheet].visible


@pytest.mark.parametrize("name", ["https://firm-my.sharepoint.com/personal/li/Documents/ledger.xlsx"])
def test_a_book_in_the_cloud_is_refused_with_what_to_do(excel: Any, copy: Copy, name: str) -> None:
    book = excel.open(copy("screen"))
    book.impl.fullname = name
    excel.counts.clear()
    assert "Save a local copy" in refused(excel, "refresh")
    assert excel.counts.transfers == []


def test_a_ledger_that_was_never_saved_is_refused(excel: Any, copy: Copy) -> None:
    book = excel.open(copy("screen"))
    book.impl.fullname = "Book1"
    excel.counts.clear()
    assert "was never saved" in refused(excel, "refresh")
    assert excel.counts.transfers == []


@pytest.mark.parametrize(
    ("ribbon", "locale", "said"),
    [
        ("zh", "en_GB.UTF-8", "没有台账的表"),
        ("en", "zh_CN.UTF-8", "holds no table of a ledger"),
        (None, "zh_CN.UTF-8", "没有台账的表"),
        (None, "en_GB.UTF-8", "holds no table of a ledger"),
    ],
)
def test_a_book_without_a_ledger_is_refused_in_the_language_of_the_ribbon(
    excel: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ribbon: Language | None,
    locale: str,
    said: str,
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    if ribbon:
        excel.impl.macros["HuikuanSpoken"] = lambda: ribbon
    excel.app.books.add().set_mock_caller()  # as a page beside the ledger, which nobody saves
    assert said in refused(excel, "refresh")
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    excel.open(tmp_path / "other.xlsx")
    assert said in refused(excel, "refresh")


def test_a_protected_sheet_is_written_and_protected_again_as_it_was(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path, file = as_of(copy("screen"), LATER), as_of(copy("file"), LATER)
    book, raw = excel.open(path), read_book(path)
    sheet = book.sheets[raw.tables["aging"].sheet]
    sheet.api.Protect(AllowFiltering=True, Scenarios=True)
    pressed(excel, "refresh")
    assert sheet.api.ProtectContents
    allowed = book.impl.allowed[sheet.name]
    assert {name for name, on in allowed.items() if on} == {"AllowFiltering", "Scenarios", "Contents"}
    assert differences(refreshed_file(file), saved(book, tmp_path / "saved.xlsx")) == []


def test_a_sheet_with_a_password_stops_the_button_before_it_writes(excel: Any, copy: Copy) -> None:
    path = as_of(copy("screen"), LATER)
    book, raw = excel.open(path), read_book(path)
    sheet = book.sheets[raw.tables["aging"].sheet]
    sheet.api.Protect(Password="secret")
    excel.counts.clear()
    assert f'Sheet "{sheet.name}" is protected' in refused(excel, "refresh")
    assert excel.counts.writes == 0


def test_people_s_own_columns_go_along_with_the_rows_of_a_computed_table(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path = as_of(copy("screen"), "2024-12-31")  # other groups than before: rows go, and others move up
    book, raw = excel.open(path), read_book(path)
    aging = raw.tables["aging"]
    sheet, width = book.sheets[aging.sheet], len(aging.headings)
    sheet.tables["aging"].resize(
        sheet.range((aging.header_row, 1), (aging.header_row + aging.size, width + 2))
    )
    sheet.range((aging.header_row, width + 1)).value = ["note", "double"]
    places = TABLES["aging"].places(aging.headings)
    for row, kind, id in zip(aging.rows, aging.columns[0], aging.columns[1], strict=True):
        sheet.range((row, width + 1)).value = f"'0{kind} {id}"
        letter = sheet.range((row, places["open"] + 1)).get_address(False, False)
        sheet.range((row, width + 2)).formula = f"={letter}*2"
    file = copy("file")
    book.api.SaveCopyAs(str(file))
    expected = refreshed_file(file)
    pressed(excel, "refresh")
    made = saved(book, tmp_path / "saved.xlsx")
    assert [each for each in differences(expected, made) if each[1] != "double"] == []
    after = made.tables["aging"]
    assert 0 < len(after.rows) < len(aging.rows)
    assert list(after.columns[1]) != list(aging.columns[1][: len(after.rows)])
    notes = {
        f"0{kind} {id}": note for kind, id, note in zip(*after.columns[:2], after.columns[width], strict=True)
    }
    assert all(note in (key, "") for key, note in notes.items()) and any(notes.values())
    kept = [at for at, note in enumerate(after.columns[width]) if note]
    doubles = [after.columns[width + 1][at] for at in kept]
    assert doubles == pytest.approx([2 * (after.columns[places["open"]][at] or 0) for at in kept])
