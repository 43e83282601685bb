"""Sheets that claim to be huge, and cells that are nowhere: bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from addin.files import values
from addin.files.csvfile import read_rows
from addin.files.reader import read_book
from addin.model.finding import LedgerError
from tests.bad_input.reports import command
from tests.files.inputs import customers, rewrite, with_cells
from tests.hostile.crafted import AS_OF, bounded, refused

pytest.importorskip("resource", reason="memory is measured by a module that Windows lacks")
LAST = 1_048_576


def book_with(folder: Path, rows: str, last: int = LAST) -> Path:
    """Ten customers, more rows below them, and a table that reaches to the last row of the sheet."""
    book = customers(folder / "ledger.xlsx", [[f"C{n}", f"Name {n}"] for n in range(10)])
    changes: dict[str, Callable[[bytes], bytes]] = {
        r"sheet1\.xml$": lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"),
        r"table1\.xml$": lambda xml: xml.replace(b'ref="A5:B15"', b'ref="A5:B%d"' % last),
    }
    return rewrite(book, changes)


def every_row(cell: str) -> str:
    return "".join(f'<row r="{row}">{cell.format(row=row)}</row>' for row in range(16, LAST + 1))


@pytest.mark.parametrize(
    "rows",
    [
        "",
        f'<row r="{LAST}"><c r="A{LAST}" s="0"/></row>',
        f'<row r="{LAST}"><c r="XFD{LAST}"><v>1</v></c></row>',
    ],
    ids=["nothing", "a formatted cell", "the far corner"],
)
@pytest.mark.parametrize("order", ["check", "refresh"])
def test_ten_rows_in_a_million(tmp_path, rows, order):
    book = book_with(tmp_path, rows)
    with bounded(10, 250):
        assert command(order, book, "--as-of", AS_OF).code in (0, 1)
    assert list(read_book(book).tables["customers"].rows) == list(range(6, 16))


@pytest.mark.parametrize(
    "cell", ['<c r="A{row}" s="0"/>', '<c r="A{row}" t="str"><v></v></c>'], ids=["formatted", "empty texts"]
)
def test_a_million_rows_that_hold_nothing(tmp_path, cell):
    book = book_with(tmp_path, every_row(cell))
    with bounded(20, 700):
        assert list(read_book(book).tables["customers"].rows) == list(range(6, 16))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999"><c><v>1</v></c></row>',
        '<row r="4294967295"><c><v>1</v></c></row>',
        '<row r="16"><c r="A99999999"><v>1</v></c></row>',
        '<row r="16"><c r="A4294967297"><v>1</v></c></row>',
        '<row r="16"><c r="A18446744073709551617"><v>1</v></c></row>',
        '<row r="16"><c r="ZZZ16"><v>1</v></c></row>',
        '<row r="16"><c r="ZZZZZZ16"><v>1</v></c></row>',
        '<row r="16"><c r="AAAAAAAAAAAAAAAAAAAAA16"><v>1</v></c></row>',
        f'<row r="16"><c r="A{"9" * 5000}"><v>1</v></c></row>',
        f'<row r="{LAST + 1}"><c r="A{LAST + 1}"><v>1</v></c></row>',
        '<row r="16"><y:c xmlns:y="u" r="A4000000000"><v>1</v></y:c></row>',
    ],
)
def test_a_cell_beyond_the_edge_is_a_damaged_book(tmp_path, rows):
    """One library reserves memory for every row up to such a cell, and ends the process where there is none."""
    with bounded(5, 250):
        refused(book_with(tmp_path, rows, 15), "damaged")
        with pytest.raises(LedgerError, match="damaged"):
            read_rows(tmp_path / "ledger.xlsx")


NAMES = ["", ' r="A7"', ' r="A0"', ' r="A-1"', ' r="a7"', ' r="A1x"', ' r=""', ' r="7"', ' r="$A$7"']


@pytest.mark.parametrize("row", ["-1", "0", "abc", "1.5", "", "00000000000000000007"])
@pytest.mark.parametrize("cell", NAMES)
def test_numbers_of_rows_that_are_none(tmp_path, row, cell):
    book = customers(tmp_path / "ledger.xlsx", [["C1", "x"]])
    rewrite(book, {r"sheet1\.xml$": with_cells(f'<row r="{row}"><c{cell}><v>1</v></c></row>')})
    with bounded(5, 250):
        assert command("check", book, "--as-of", AS_OF).code in (0, 1) or refused(book)


def test_rows_as_wide_as_a_table_may_be_are_counted(tmp_path, monkeypatch):
    book = book_with(tmp_path, "", 15)
    monkeypatch.setattr(values, "MOST_CELLS", 100)
    refused(book, "hold over 100 cells")


def test_a_row_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(values.Values, "_by_calamine", lambda *_: None)
    monkeypatch.setattr("addin.files.rawscan.MOST_ELEMENTS", 1000)
    book = book_with(tmp_path, f'<row r="16">{"<c/>" * 2000}</row>', 15)
    refused(book, "damaged")


def test_more_rows_of_text_than_a_sheet_has(tmp_path, monkeypatch):
    monkeypatch.setattr("addin.files.csvfile.MAX_ROWS", 10)
    file = tmp_path / "rows.csv"
    file.write_text("id,name\n" + "1,x\n" * 10)
    assert len(read_rows(file).rows) == 10
    file.write_text("id,name\n" + "1,x\n" * 11)
    with pytest.raises(LedgerError, match="over 10 rows"):
        read_rows(file)


def test_lines_that_hold_nothing_take_no_room(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("id,name\n" + "\n" * 5_000_000 + "1,x\n" + ",\n" * 2_000_000)
    with bounded(20, 150):
        assert read_rows(file).rows == [5_000_002]


@pytest.mark.parametrize(
    "rows",
    [
        lambda: f'<row r="{LAST}"><c r="A{LAST}" s="0"/></row>',
        lambda: f'<row r="{LAST}"><c r="XFD{LAST}"><v>1</v></c></row>',
        lambda: every_row('<c r="A{row}" s="0"/>'),
    ],
    ids=["a formatted cell", "the far corner", "a million formatted cells"],
)
def test_ten_rows_in_a_million_to_import(tmp_path, rows):
    file = book_with(tmp_path, rows())
    with bounded(20, 700):
        assert list(read_rows(file).rows) == list(range(6, 16))
