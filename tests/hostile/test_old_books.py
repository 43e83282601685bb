"""Old workbooks (.xls) to import that lie about their size, or go in circles: bounded, and one clear line."""

from __future__ import annotations

import json
import struct
from datetime import date, datetime, time
from pathlib import Path

import pytest

from addin.files import oldbook
from addin.files.csvfile import read_rows
from addin.model.cells import CellError
from addin.model.finding import LedgerError
from addin.service.newbook import new_book
from tests.bad_input.reports import command, unchanged
from tests.hostile.crafted import bounded
from tests.hostile.oldbook import (
    END,
    compound,
    dimensions,
    label,
    number,
    record,
    shared,
    texts,
    workbook,
)

pytest.importorskip("resource", reason="memory is measured by a module that Windows lacks")
CUSTOMERS = label(0, 0, "customer_id") + label(0, 1, "name") + label(1, 0, "C1") + label(1, 1, "Firm")
SECONDS, MEGABYTES = 5, 150


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return new_book(tmp_path / "ledger.xlsx", "en")


def imported(book: Path, content: bytes) -> int:
    """How many rows an import takes, within bounds."""
    file = book.with_name("old.xls")
    file.write_bytes(content)
    with bounded(SECONDS, MEGABYTES):
        spoken = command("import", book, "customers", file, "--json", "--lang", "en")
    assert spoken.code == 0, spoken
    return int(json.loads(spoken.out)["taken"])


def refused(book: Path, content: bytes, words: str) -> None:
    """One line with these words, and the book is as it was."""
    file = book.with_name("old.xls")
    file.write_bytes(content)
    with unchanged(book.parent), bounded(SECONDS, MEGABYTES):
        spoken = command("import", book, "customers", file, "--lang", "en")
    assert spoken.code == 2 and len(spoken.err.splitlines()) == 1, spoken
    assert words in spoken.err and "internal error" not in spoken.err, spoken.err


def test_two_rows_are_read_as_they_are(book: Path) -> None:
    assert imported(book, compound(workbook(CUSTOMERS))) == 1


@pytest.mark.parametrize("rows", [0xFFFFFFFF, 0x1000000, 0x10000, 0])
def test_a_size_that_is_claimed_is_not_believed(book: Path, rows: int) -> None:
    """Up to four thousand million rows by 65,535 columns, in a file of six kilobytes."""
    assert imported(book, compound(workbook(dimensions(rows, 0xFFFF) + CUSTOMERS))) == 1


def test_a_cell_in_the_far_corner_is_one_row_more(book: Path) -> None:
    corner = compound(workbook(CUSTOMERS + number(65_535, 255, 1.0)))
    assert imported(book, corner) == 1
    found = read_rows(book.with_name("old.xls"))
    assert (list(found.rows), list(found.overlong)) == ([2, 65_536], [65_536])


def test_a_column_in_the_far_corner_too(book: Path) -> None:
    wide = label(0, 255, "last") + CUSTOMERS + number(65_535, 255, 1.0)
    assert imported(book, compound(workbook(wide))) == 1


@pytest.mark.parametrize(("row", "column"), [(1, 256), (1, 65_535), (65_535, 65_535)])
def test_a_cell_beyond_the_edge_is_a_damaged_book(book: Path, row: int, column: int) -> None:
    refused(book, compound(workbook(CUSTOMERS + number(row, column, 1.0))), "damaged")


def test_a_long_text_in_a_hundred_thousand_cells_is_held_once(book: Path) -> None:
    cells = b"".join(shared(row, column, 0) for row in range(2, 2_502) for column in range(2, 42))
    file = book.with_name("old.xls")
    file.write_bytes(compound(workbook(CUSTOMERS + cells, texts(["x" * 8_000]))))
    with bounded(SECONDS, MEGABYTES):
        assert len(read_rows(file).rows) == 2_501


@pytest.mark.parametrize("count", [0x7FFFFFFF, 0xFFFFFFFF, 2])
def test_more_shared_texts_than_there_are(book: Path, count: int) -> None:
    refused(book, compound(workbook(CUSTOMERS + shared(2, 0, 0), texts(["x"], count))), "damaged")


def test_one_sheet_under_hundreds_of_names_is_read_once(book: Path) -> None:
    cells = b"".join(number(row, column, 1.0) for row in range(2, 2_000) for column in range(8))
    file = book.with_name("old.xls")
    file.write_bytes(compound(workbook(CUSTOMERS + cells, tabs=250)))
    with bounded(SECONDS, MEGABYTES):
        assert len(read_rows(file, "Tab 249").rows) == 1_999


@pytest.mark.parametrize("chain", [{-2: 0}, {-3: 1}, {-4: 0x7FFFFFFF}, {-1: END}, {1: 1}])
def test_sectors_in_a_circle_or_nowhere(book: Path, chain: dict[int, int]) -> None:
    refused(book, compound(workbook(CUSTOMERS), chain=chain), "damaged")


@pytest.mark.parametrize("size", [0, 0xFFFF, 0xFFFFFFFF, 2**63])
def test_a_stream_of_another_length_than_it_says(book: Path, size: int) -> None:
    refused(book, compound(workbook(CUSTOMERS), size=size), "damaged")


@pytest.mark.parametrize("kept", [0.02, 0.2, 0.5, 0.9])
def test_cut_short(book: Path, kept: float) -> None:
    whole = compound(workbook(CUSTOMERS + b"".join(number(row, 0, 1.0) for row in range(2, 3_000))))
    refused(book, whole[: int(len(whole) * kept)], "")


def test_a_password_is_told(book: Path) -> None:
    locked = record(0x002F, struct.pack("<3H", 0, 1, 2) + bytes(4))
    refused(book, compound(workbook(CUSTOMERS, locked)), "password")


def test_too_large(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = compound(workbook(CUSTOMERS))
    monkeypatch.setattr(oldbook, "MAX_SIZE", len(content))
    assert imported(book, content) == 1
    monkeypatch.setattr(oldbook, "MAX_SIZE", len(content) - 1)
    refused(book, content, "large")


def test_days_flags_and_errors_come_as_they_are_meant(tmp_path: Path) -> None:
    """Style 1 shows days; a flag and an error are told apart by the record's last byte."""
    style = record(0x00E0, struct.pack("<2H", 0, 14) + bytes(16))

    def day(column: int, value: float) -> bytes:
        return record(0x0203, struct.pack("<3Hd", 1, column, 1, value))

    def flag(column: int, value: int, is_error: int) -> bytes:
        return record(0x0205, struct.pack("<3H2B", 1, column, 0, value, is_error))

    headings = b"".join(label(0, column, f"h{column}") for column in range(6))
    cells = (
        day(0, 46_082.0) + day(1, 46_082.75) + day(2, 0.25) + day(3, -5.0) + flag(4, 1, 0) + flag(5, 0x17, 1)
    )
    file = tmp_path / "old.xls"
    file.write_bytes(compound(workbook(headings + cells, style)))
    assert [column[0] for column in read_rows(file).columns] == [
        date(2026, 3, 1), datetime(2026, 3, 1, 18), time(6), -5.0, True, CellError("#REF!"),
    ]  # fmt: skip


def test_any_byte_changed_is_read_or_refused_never_a_trace(tmp_path: Path) -> None:
    """Every 7th byte of a small file, two ways; `python -m tests.fuzz` does the same to ledgers."""
    whole = compound(workbook(dimensions(3, 2) + CUSTOMERS + shared(2, 0, 0), texts(["x", "y"])))
    used = len(whole.rstrip(b"\0"))
    file, outcomes = tmp_path / "old.xls", set()
    with bounded(60, MEGABYTES):
        for place in range(0, used, 7):
            for value in (0x00, 0xFF):
                file.write_bytes(whole[:place] + bytes([value]) + whole[place + 1 :])
                try:
                    outcomes.add(len(read_rows(file).rows))
                except LedgerError as refusal:
                    outcomes.add(refusal.code)
    assert {2, "damaged"} <= outcomes
