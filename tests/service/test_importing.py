"""Imports into real books: written by the package writer, remembered, refused, repeatable."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from addin.files.reader import read_book
from addin.files.save import SaveError
from addin.model.columns import fold
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.importing import ImportReport, import_file
from addin.service.newbook import new_book

NOW = datetime(2026, 6, 30, 12, 0, 0)
PAID = "Booking,Paid on,Contract,Total\nR-0001,2026/03/09,P-07,300000\nR-0002,2026/05/20,P-07,150000.50\n"
MAP = {"receipt_id": "Booking", "date": "Paid on", "contract_id": "Contract", "amount": "Total"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "应收 账款"
    folder.mkdir()
    return new_book(folder / "账本 2026.xlsx", "en")


def file(book: Path, text: str, name: str = "rows.csv", encoding: str = "utf-8") -> Path:
    path = book.parent / name
    path.write_bytes(text.encode(encoding))
    return path


def take(book: Path, table: str, source: Path, **more: object) -> ImportReport:
    return import_file(book, table, source, now=NOW, **more)


def rows(book: Path, table: str) -> list[dict[str, object]]:
    """Filled cells by column key, a row each."""
    raw = read_book(book).tables[table]
    keys = [TABLES[table].heading_keys.get(fold(heading), heading) for heading in raw.headings]
    return [
        {key: cell for key, cell in zip(keys, cells, strict=True) if cell != ""}
        for cells in zip(*raw.columns, strict=True)
    ]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_with_our_headings(book):
    text = "customer_id,客户名称,Customer since,hold\r\n00042,水务中心,2021年6月15日,是\r\n"
    report = take(book, "客户档案", file(book, text))
    assert (report.table.key, report.taken, report.updated, report.rejected) == ("customers", 1, 0, ())
    assert rows(book, "customers") == [
        {"customer_id": "00042", "name": "水务中心", "since": date(2021, 6, 15), "hold": "Yes"}
    ]
    assert report.backup is not None and report.backup.is_file()


def test_cells_are_stored_with_their_kind(book):
    take(book, "receipts", file(book, "receipt_id,date,amount,memo\n007,2026-03-01,0.10,=1+1\n"))
    sheet = load_workbook(book)["Receipts"]
    cells = {sheet.cell(5, column).value: sheet.cell(6, column) for column in range(1, sheet.max_column + 1)}
    assert (cells["Receipt ID"].value, cells["Receipt ID"].data_type) == ("007", "s")
    assert cells["Date"].is_date
    assert (cells["Amount"].value, cells["Amount"].data_type) == (0.1, "n")
    assert (cells["Memo"].value, cells["Memo"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_whatever_the_encoding_and_the_delimiter(book, encoding, sign):
    text = sign.join(("客户编号", "客户名称")) + "\r\n" + sign.join(("K001", "青屿禾沛食品有限公司")) + "\r\n"
    take(book, "customers", file(book, text, encoding=encoding))
    assert rows(book, "customers") == [{"customer_id": "K001", "name": "青屿禾沛食品有限公司"}]


def test_a_workbook_as_source(book):
    source = Workbook()
    source.active.title = "Other"
    sheet = source.create_sheet("Paid")
    sheet.append(["receipt_id", "date", "amount"])
    sheet.append(["R-1", datetime(2026, 3, 1), 12.5])
    source.save(book.parent / "paid.xlsx")
    take(book, "receipts", book.parent / "paid.xlsx", sheet="Paid")
    assert rows(book, "receipts") == [{"receipt_id": "R-1", "date": date(2026, 3, 1), "amount": 12.5}]


def test_a_map_is_remembered_in_the_book(book):
    source = file(book, PAID)
    first = take(book, "receipts", source, mapping=MAP, date_format="%Y/%m/%d")
    assert (first.taken, first.updated) == (2, 0)
    remembered = {row["key"]: row["value"] for row in rows(book, "settings") if "map." in str(row["key"])}
    assert remembered == {f"map.receipts.{heading}": key for key, heading in MAP.items()}
    before = digest(book)
    again = take(book, "receipts", source)
    assert (again.taken, again.updated, again.map.unknown) == (2, 2, ())
    assert digest(book) == before, "nothing new, not a byte written"
    assert again.backup is None
    changed = take(book, "receipts", source, mapping={"memo": "Total"})
    assert changed.map.columns["memo"] == 3


def test_the_template_keeps_its_settings_when_a_map_is_remembered(book):
    before = rows(book, "settings")
    take(book, "receipts", file(book, PAID), mapping=MAP, date_format="%Y/%m/%d")
    assert rows(book, "settings")[: len(before)] == before


def test_a_preview_writes_nothing(book):
    before = digest(book)
    report = take(book, "receipts", file(book, PAID), mapping=MAP, date_format="%Y/%m/%d", preview=True)
    assert (report.taken, report.written, digest(book)) == (2, None, before)
    assert report.sample[0] == ("R-0001", "2026/03/09", "P-07", "300000")
    unmapped = take(book, "receipts", file(book, PAID), preview=True)
    assert unmapped.map.columns == {}
    assert unmapped.map.proposals["Contract"] == "contract_id"


def test_a_file_without_a_known_heading_is_refused_with_a_proposal(book):
    before = digest(book)
    with pytest.raises(LedgerError, match=r'--map "contract_id=Contract"') as caught:
        take(book, "receipts", file(book, PAID))
    assert caught.value.code == "no_headings"
    assert digest(book) == before


def test_rows_refused_are_named_by_their_row_and_the_rest_taken(book):
    text = (
        "receipt_id,date,amount,memo\nR-1,2026-03-01,1,\n\n"
        "R-2,soon,2,\nR-3,2026-03-03,3,a,b\nR-4,2026-03-04,4,\n"
    )
    report = take(book, "receipts", file(book, text))
    assert [row["receipt_id"] for row in rows(book, "receipts")] == ["R-1", "R-4"]
    assert [rejected.row for rejected in report.rejected] == [4, 5]
    assert "soon" in report.rejected[0].reason.en
    assert "quotation marks" in report.rejected[1].reason.en


def test_an_update_changes_only_what_the_file_brings(book):
    take(
        book,
        "receipts",
        file(book, "receipt_id,date,amount,memo\nR-1,2026-03-01,1,old\nR-2,2026-03-02,2,two\n"),
    )
    take(book, "receipts", file(book, "receipt_id,amount,memo\nR-1,,new\nR-3,,\n"))
    assert rows(book, "receipts") == [
        {"receipt_id": "R-1", "date": date(2026, 3, 1), "amount": 1.0, "memo": "new"},
        {"receipt_id": "R-2", "date": date(2026, 3, 2), "amount": 2.0, "memo": "two"},
    ]


def test_replacing_leaves_only_what_the_file_brings(book):
    take(
        book,
        "receipts",
        file(book, "receipt_id,date,amount,memo\nR-1,2026-03-01,1,old\nR-2,2026-03-02,2,two\n"),
    )
    report = take(
        book, "receipts", file(book, "receipt_id,date,amount\nR-2,2026-03-09,9\n"), empty_first=True
    )
    assert (report.taken, report.updated) == (1, 0)
    assert rows(book, "receipts") == [{"receipt_id": "R-2", "date": date(2026, 3, 9), "amount": 9.0}]


def test_settings_are_merged_by_key(book):
    before = {row["key"]: row.get("value") for row in rows(book, "settings")}
    take(book, "settings", file(book, "key,value\nas_of,2026-06-30\nmy.note,x\n"))
    after = {row["key"]: row.get("value") for row in rows(book, "settings")}
    assert after == {**before, "as_of": "2026-06-30", "my.note": "x"}


def test_a_computed_table_takes_no_rows(book):
    with pytest.raises(LedgerError, match="aging is computed") as caught:
        take(book, "账龄", file(book, PAID))
    assert "账龄" in caught.value.problem.zh


def test_an_unknown_table_is_told_with_those_there_are(book):
    with pytest.raises(LedgerError, match=r"colours.*receipts"):
        take(book, "colours", file(book, PAID))


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_a_source_that_is_no_file(book, name):
    with pytest.raises(LedgerError):
        take(book, "receipts", book.parent / name)


def test_a_book_held_by_another_program_stays_as_it_was(book, monkeypatch):
    before = digest(book)
    real = os.replace

    def held(source: str, target: str) -> None:
        if Path(target) == book.resolve():
            raise PermissionError(13, "held", str(target))
        real(source, target)

    monkeypatch.setattr("addin.files.save.os.replace", held)
    monkeypatch.setattr("addin.files.save.time.sleep", lambda _: None)
    with pytest.raises(SaveError) as caught:
        take(book, "receipts", file(book, "receipt_id,date,amount\nR-2,2026-03-09,9\n"))
    assert ".pending.xlsx" in caught.value.problem.en
    assert digest(book) == before


def test_a_book_with_headings_of_the_other_language_and_order(book):
    workbook = load_workbook(book)
    sheet = workbook["Receipts"]
    for column, heading in ((1, "日期"), (2, "回款编号")):
        sheet.cell(5, column).value = heading
        sheet.cell(6, column).number_format = "yyyy-mm-dd" if heading == "日期" else "@"
        sheet.tables["receipts"].tableColumns[column - 1].name = heading
    workbook.save(book)
    take(book, "receipts", file(book, "receipt_id,date,amount\nR-2,2026-03-09,9\n"))
    assert rows(book, "receipts") == [{"receipt_id": "R-2", "date": date(2026, 3, 9), "amount": 9.0}]
