"""What stands in cells of a live book, as Excel hands it out by format and kind, is read as what it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.files.reader import read_book
from addin.hosts.excel.reading import _plain_cells, read
from addin.model.cells import CellError
from addin.model.tables import TABLES
from tests.hosts.ribbon.conftest import Copy
from tests.hosts.ribbon.live import LATER, as_of, cell, differences, pressed, refreshed_file, saved, select

SPILL = -2_146_826_243
"""An error of newer Excel, which xlwings hands on as this number."""


def column(book: Any, table: str, key: str) -> list[object]:
    raw = read(book).raw.tables[table]
    return list(raw.columns[TABLES[table].places(raw.headings)[key]])


def test_money_in_a_format_of_currency_is_the_same_money(excel: Any, copy: Copy, tmp_path: Path) -> None:
    path, file = as_of(copy("screen"), LATER), as_of(copy("file"), LATER)
    book, raw = excel.open(path), read_book(path)
    amounts = column(book, "receipts", "amount")
    for table, key in (("receipts", "amount"), ("contracts", "amount"), ("milestones", "open")):
        area = cell(book, raw, table, key, 0).resize(len(raw.tables[table].rows))
        area.number_format = "[$¥-804]#,##0.00"
    assert column(book, "receipts", "amount") == amounts and {type(each) for each in amounts} == {float}
    select(cell(book, raw, "milestones", "open", 0))
    pressed(excel, "refresh")
    assert differences(refreshed_file(file), saved(book, tmp_path / "saved.xlsx")) == []


def test_an_error_of_newer_excel_is_an_error_and_no_amount(
    excel: Any, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, raw = excel.open(copy("screen")), read_book(copy("other"))
    cell(book, raw, "receipts", "amount", 1).formula = "=1/0"
    monkeypatch.setitem(excel_numbers(), "#DIV/0!", SPILL)
    assert column(book, "receipts", "amount")[1] == CellError("#SPILL!")
    pressed(excel, "check")
    messages = column(book, "checks", "message")
    assert any("#SPILL!" in str(message) for message in messages)


def excel_numbers() -> dict[str, int]:
    from tests.excel.ranges import ERROR_NUMBERS

    return ERROR_NUMBERS


def test_only_whole_numbers_of_automation_are_errors() -> None:
    assert _plain_cells([SPILL, 7, -2_146_826_243.0, "#CALC!", True]) == [
        CellError("#SPILL!"),
        7.0,
        -2_146_826_243.0,
        CellError("#CALC!"),
        True,
    ]


def test_a_book_that_counts_days_from_1904_is_read_and_written_alike(
    excel: Any, copy: Copy, tmp_path: Path
) -> None:
    path, file = from_1904(as_of(copy("screen"), LATER)), from_1904(as_of(copy("file"), LATER))
    book, expected = excel.open(path), read_book(path)
    assert book.api.Date1904 and read(book).raw.tables["receipts"].date1904
    assert column(book, "receipts", "date") == list(
        expected.tables["receipts"].columns[
            TABLES["receipts"].places(expected.tables["receipts"].headings)["date"]
        ]
    )
    pressed(excel, "refresh")
    made = saved(book, tmp_path / "saved.xlsx")
    assert differences(refreshed_file(file), made) == []
    due = made.tables["milestones"].columns[
        TABLES["milestones"].places(made.tables["milestones"].headings)["due_date"]
    ]
    assert any(isinstance(day, date) and day.year > 2020 for day in due)


def from_1904(path: Path) -> Path:
    """The book as one that counts from 1904; its numbers of days become others, its days stay."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    return path
