"""Files to import: whatever encoding, delimiter and line end they come in, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import numbers

from addin.files.csvfile import read_rows
from addin.model.cells import CellError, Uncalculated
from addin.model.finding import LedgerError

LINES = "客户编号,客户名称,金额\r\n001,上海某某公司,100.00\r\n002,北京某某公司,￥200\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "导入 文件.csv"


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def refused(path: Path, sheet: str | None = None) -> LedgerError:
    with pytest.raises(LedgerError) as caught:
        read_rows(path, sheet)
    assert all(words.startswith(path.name) and "\n" not in words for words in caught.value.problem)
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings(file, encoding, named):
    found = read_rows(text(file, LINES, encoding))
    assert found.encoding == named
    assert list(found.headings) == ["客户编号", "客户名称", "金额"]
    assert [list(column) for column in found.columns] == [
        ["001", "002"],
        ["上海某某公司", "北京某某公司"],
        ["100.00", "￥200"],
    ]
    assert list(found.rows) == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(file, delimiter, end):
    lines = [["id", "note", "amount"], ["1", "a", "1.5"], ["2", "b b", "2"]]
    found = read_rows(text(file, end.join(delimiter.join(line) for line in lines)))
    assert found.delimiter == delimiter
    assert [list(column) for column in found.columns] == [["1", "2"], ["a", "b b"], ["1.5", "2"]]


def test_decimal_commas_do_not_deceive(file):
    found = read_rows(text(file, "id;amount\n1;1,50\n2;2,75\n3;3\n"))
    assert found.delimiter == ";"
    assert list(found.columns[1]) == ["1,50", "2,75", "3"]


def test_excel_s_own_word_for_the_delimiter(file):
    found = read_rows(text(file, "sep=;\r\na,b;c\r\n1;2\r\n"))
    assert (list(found.headings), list(found.rows)) == (["a,b", "c"], [3])


def test_one_column(file):
    found = read_rows(text(file, "id\n1\n2\n"))
    assert [list(column) for column in found.columns] == [["1", "2"]]


def test_quoted_fields(file):
    found = read_rows(text(file, 'id,note\n1,"a, ""b""\nc"\n\n2,=1+1\n'))
    assert list(found.columns[1]) == ['a, "b"\nc', "=1+1"]
    assert list(found.rows) == [2, 4], "a field of two lines is one row"


def test_a_stray_quotation_mark_is_kept(file):
    assert list(read_rows(text(file, 'id,note\n1,5" pipe\n2,"5" pipe"\n')).columns[1]) == [
        '5" pipe',
        '5 pipe"',
    ]


def test_blank_lines_and_a_late_heading(file):
    found = read_rows(text(file, "\n,,\n id , name ,,\n\n1,a,,\n , ,\n2\n"))
    assert list(found.headings) == ["id", "name"]
    assert [list(column) for column in found.columns] == [["1", "2"], ["a", ""]]
    assert list(found.rows) == [5, 7]


def test_rows_longer_than_the_heading_are_named(file):
    found = read_rows(text(file, "id,amount\n1,1,000.00\n2,2\n3,3,\n"))
    assert list(found.overlong) == [2]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n,,\n", "no_rows"),
        (b"id,a\n1,\0\n", "unknown_encoding"),
        ("id,a\n".encode("utf-16-le"), "unknown_encoding"),
        (b"id\n\xff\xff\xff\n", "unknown_encoding"),
        ("编号,很长的一段说明文字\n".encode() + b"\xe4\xbd,1\n", "unknown_encoding"),
        (b'id,a\n1,"never closed\n2,b\n3,c\n', "open_quote"),
        (b'id,a\n1,"' + b"x" * 200_000 + b'"\n', "open_quote"),
    ],
    ids=[
        "empty",
        "blank",
        "NUL",
        "UTF-16 without mark",
        "no encoding",
        "broken UTF-8",
        "open quote",
        "long field",
    ],
)
def test_what_is_refused(file, content, code):
    file.write_bytes(content)
    assert refused(file).code == code


def test_a_folder_and_nothing(tmp_path):
    assert refused(tmp_path).code == "is_folder"
    assert refused(tmp_path / "none.csv").code == "not_found"


# --- workbooks ----------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    book = Workbook()
    first, second = book.active, book.create_sheet("二月 Feb")
    first.title = "说明"
    first["A1"], first["A2"] = "只有一列", "x"
    for row in (
        [None],
        ["编号", "日期", "金额", None, "备注"],
        ["001", date(2026, 3, 1), 1000, None, "=1+1"],
        [],
        ["002", None, "#N/A", "多", None, "余"],
    ):
        second.append(row)
    second["B3"].number_format = numbers.FORMAT_DATE_YYYYMMDD2
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_the_first_sheet(book):
    found = read_rows(book)
    assert (found.sheet, list(found.headings), [list(c) for c in found.columns]) == (
        "说明",
        ["只有一列"],
        [["x"]],
    )


def test_a_named_sheet(book):
    found = read_rows(book, "二月 feb")
    assert list(found.headings) == ["编号", "日期", "金额", "", "备注"]
    assert [list(column) for column in found.columns] == [
        ["001", "002"],
        [date(2026, 3, 1), ""],
        [1000.0, CellError("#N/A")],
        ["", "多"],
        [Uncalculated("=1+1"), ""],
    ]
    assert (list(found.rows), list(found.overlong)) == ([3, 5], [5])
    assert (found.encoding, found.delimiter, found.sheet) == ("", "", "二月 Feb")


def test_an_unknown_sheet_names_those_there_are(book):
    problem = refused(book, "三月")
    assert problem.code == "unknown_sheet"
    assert all("说明" in words and "二月 Feb" in words for words in problem.problem)


def test_an_xls(book, soffice):
    old = soffice(book, "xls")
    assert old.suffix == ".xls"
    found = read_rows(old, "二月 Feb")
    assert list(found.headings) == ["编号", "日期", "金额", "", "备注"]
    assert list(found.columns[0]) == ["001", "002"]
    assert found.columns[1][0] == date(2026, 3, 1)
    assert found.columns[2][0] == 1000.0
    assert list(found.rows) == [3, 5]
    assert refused(old, "三月").code == "unknown_sheet"


def test_a_broken_xls(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 700 + "Workbook\0".encode("utf-16-le"))
    assert refused(path).code == "damaged"


def test_a_damaged_book(book):
    book.write_bytes(book.read_bytes()[:-100])
    assert refused(book).code == "damaged"
