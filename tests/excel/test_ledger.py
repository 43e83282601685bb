"""The ledger itself on the live host: nothing is lost between file, live book and saved file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from addin.assets import templates
from addin.files.reader import read_book
from addin.service.demo import BOOK, make_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """Nobody writes into it."""
    folder = tmp_path_factory.mktemp("live-demo")
    make_demo(folder, "zh", today=date(2030, 1, 1), now=datetime(2030, 1, 1, 9), by="tester")
    return folder / BOOK


def test_a_saved_ledger_reads_as_before(excel, demo):
    book = excel.copy_of(demo)
    book.save()
    before, after = read_book(demo), read_book(Path(book.fullname))
    assert len(before.tables) > 30 and any(table.rows for table in before.tables.values())
    assert after.tables == before.tables
    assert after.above == before.above
    assert after.names.keys() == before.names.keys()


def test_the_live_tables_hold_what_the_file_holds(excel, demo):
    book, raw = excel.copy_of(demo), read_book(demo)
    live = {table.name: table for sheet in book.sheets for table in sheet.tables}
    assert live.keys() == raw.tables.keys()
    excel.counts.clear()
    cells = 0
    for name, table in live.items():
        source = raw.tables[name]
        rows = table.range.options(ndim=2).value
        assert tuple(rows[0]) == source.headings
        assert table.range.row == source.header_row and table.parent.visible != source.hidden
        for number, *expected in zip(source.rows, *source.columns, strict=True):
            found = rows[number - source.header_row]
            assert [_plain(cell) for cell in found] == [_plain(cell) for cell in expected], (name, number)
            cells += sum(cell not in ("", None) for cell in expected)
    assert excel.counts.reads == len(live), "each table was read once"
    assert cells > 5_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_with_macros_opens_too(excel, language):
    plain = [sheet.name for sheet in excel.copy_of(templates() / f"huikuan-{language}.xlsx").sheets]
    excel.reset()
    assert [sheet.name for sheet in excel.copy_of(templates() / f"huikuan-{language}.xlsm").sheets] == plain
    assert len(plain) > 30


def _plain(cell):
    """A moment at midnight is its day, an empty cell is empty however it is said."""
    if isinstance(cell, datetime) and cell == datetime(cell.year, cell.month, cell.day):
        return cell.date()
    return "" if cell is None else cell
