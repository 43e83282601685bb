"""A book's tables as plain cells: what stands where, whatever people and programs did to the file."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.table import TableColumn

from addin.files import values
from addin.files.discover import sheets
from addin.files.parts import open_package
from addin.files.reader import book_language, read_book
from addin.model.cells import CellError, RawTable, Uncalculated
from addin.model.tables import TABLES
from tests.files.inputs import add_table, customers, prefixed, replaced, rewrite, with_cells

SHEET = r"sheet1\.xml$"
TABLE = r"tables?/table1\.xml$"


def read(path: Path, key: str = "customers") -> RawTable:
    return read_book(path).tables[key]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return customers(tmp_path / "book.xlsx", [["C1", "甲"], ["C2", "乙"]])


@pytest.fixture(params=["calamine", "openpyxl"])
def each_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test runs through both libraries and has to see the same."""
    if request.param == "openpyxl":
        monkeypatch.setattr(values, "_load_calamine", lambda path: None)
    return str(request.param)


def test_a_table_has_its_cells_by_column_with_true_row_numbers(book, each_reader):
    table = read(book)
    assert table.headings == ("客户编号", "客户名称")
    assert [list(column) for column in table.columns] == [["C1", "C2"], ["甲", "乙"]]
    assert list(table.rows) == [6, 7]
    assert (table.header_row, table.first_column, table.sheet) == (5, 1, "Sheet")
    assert not (table.hidden or table.filtered or table.date1904)


def test_every_kind_of_value(tmp_path, each_reader):
    row = [
        "C1",
        5,
        5.5,
        True,
        date(2026, 3, 1),
        datetime(2026, 3, 1, 12, 30),
        time(8, 30),
        timedelta(hours=30),
    ]
    path = customers(tmp_path / "book.xlsx", [row], [f"列{n}" for n in range(8)])
    cells = [column[0] for column in read(path).columns]
    assert cells == [*row[:1], 5.0, *row[2:]]
    assert type(cells[1]) is float
    assert cells[3] is True
    assert type(cells[4]) is date, "midnight is a day"


def test_blank_rows_are_left_out_and_numbers_stay_true(tmp_path, each_reader):
    path = customers(
        tmp_path / "book.xlsx", [["C1", "甲"], [None, None], ["C2", None], [None, None], [0, False]]
    )
    table = read(path)
    assert list(table.rows) == [6, 8, 10], "zero and FALSE are values"
    assert [list(column) for column in table.columns] == [["C1", "C2", 0.0], ["甲", "", False]]


@pytest.mark.parametrize("rows", [[], [[None, None]]])
def test_an_empty_table_has_no_rows(tmp_path, rows, each_reader):
    table = read(customers(tmp_path / "book.xlsx", rows))
    assert list(table.rows) == []
    assert [list(column) for column in table.columns] == [[], []]
    assert table.headings == ("客户编号", "客户名称")


def test_a_table_away_from_the_first_column_and_row(tmp_path, each_reader):
    book = Workbook()
    add_table(book.active, "customers", ["客户编号", "客户名称"], [["C1", "甲"]], column=4)
    book.active["A6"] = "旁注"
    book.save(tmp_path / "book.xlsx")
    table = read(tmp_path / "book.xlsx")
    assert (table.first_column, list(table.rows)) == (4, [6])
    assert [list(column) for column in table.columns] == [["C1"], ["甲"]]


def test_the_totals_row_is_no_data(tmp_path, each_reader):
    path = customers(tmp_path / "book.xlsx", [["C1", "甲"], ["合计", 1]])
    rewrite(path, {TABLE: replaced(' ref="A5:B7"', ' ref="A5:B7" totalsRowCount="1"')})
    assert list(read(path).columns[0]) == ["C1"]


def test_two_tables_on_one_sheet_and_strangers(tmp_path):
    book = Workbook()
    add_table(book.active, "Customers", ["客户编号"], [["C1"]])
    add_table(book.active, "budget", ["月份"], [["一月"]], column=3)
    add_table(book.active, "CONTRACTS", ["合同编号"], [["H1"], ["H2"]], column=5)
    book.create_sheet("随手记")["A1"] = "customers"
    book.save(tmp_path / "book.xlsx")
    raw = read_book(tmp_path / "book.xlsx")
    assert {key: list(table.columns[0]) for key, table in raw.tables.items()} == {
        "customers": ["C1"],
        "contracts": ["H1", "H2"],
    }


def test_only_sheets_with_a_ledger_table_are_read(tmp_path, monkeypatch):
    book = Workbook()
    add_table(book.active, "customers", ["客户编号"], [["C1"]])
    add_table(book.create_sheet("别的"), "budget", ["月份"], [["一月"]])
    book.save(tmp_path / "book.xlsx")
    seen = []
    scan = values.Values._scan
    monkeypatch.setattr(
        values.Values, "_scan", lambda self, sheet: seen.append(sheet.name) or scan(self, sheet)
    )
    read_book(tmp_path / "book.xlsx")
    assert seen == ["Sheet"]


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_said(tmp_path, state):
    book = Workbook()
    add_table(book.create_sheet("客户 & 档案"), "customers", ["客户编号"], [["C1"]])
    book.worksheets[1].sheet_state = state
    book.save(tmp_path / "book.xlsx")
    table = read(tmp_path / "book.xlsx")
    assert (table.sheet, table.hidden, list(table.columns[0])) == ("客户 & 档案", state != "visible", ["C1"])


@pytest.mark.parametrize(("criteria", "filtered"), [(None, False), ("button", False), ("values", True)])
def test_filter_criteria_are_said(tmp_path, criteria, filtered):
    book = Workbook()
    table = add_table(book.active, "customers", ["客户编号"], [["C1"]])
    table._initialise_columns()
    if criteria == "button":
        table.autoFilter.filterColumn.append(FilterColumn(colId=0, hiddenButton=True))
    if criteria == "values":
        table.autoFilter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["C1"])))
    book.save(tmp_path / "book.xlsx")
    assert read(tmp_path / "book.xlsx").filtered is filtered


def test_days_counted_from_1904(tmp_path, each_reader):
    book = Workbook()
    book.epoch = MAC_EPOCH
    add_table(book.active, "customers", ["客户编号", "合作起始日"], [["C1", date(2026, 3, 1)]])
    book.save(tmp_path / "book.xlsx")
    table = read(tmp_path / "book.xlsx")
    assert table.date1904
    assert list(table.columns[1]) == [date(2026, 3, 1)]


def test_headings_are_the_cells_and_else_the_table_s_names(tmp_path, each_reader):
    book = Workbook()
    table = add_table(book.active, "customers", ["客户名称", None, "我的列"], [["甲", "C1", 7]])
    table.tableColumns = [
        TableColumn(id=n, name=name) for n, name in enumerate(["旧名", "客户_x000a_编号", "我的列"], 1)
    ]
    book.active["B5"] = "占位"  # openpyxl demands a heading when it saves
    book.save(tmp_path / "book.xlsx")
    rewrite(tmp_path / "book.xlsx", {SHEET: lambda xml: re.sub(rb'<c r="B5".*?</c>', b"", xml)})
    table = read(tmp_path / "book.xlsx")
    assert table.headings == ("客户名称", "客户\n编号", "我的列")
    assert [column[0] for column in table.columns] == ["甲", "C1", 7.0]


def test_a_table_without_heading_row_is_absent(book):
    rewrite(book, {TABLE: replaced('headerRowCount="1"', 'headerRowCount="0"')})
    assert read_book(book).tables == {}


def test_the_cells_above_the_heading(tmp_path, each_reader):
    book = Workbook()
    add_table(book.active, "customers", ["客户编号"], [["C1"]])
    book.active["B2"] = date(2026, 6, 30)
    book.active["A4"] = "=1/0"
    book.save(tmp_path / "book.xlsx")
    above = read_book(tmp_path / "book.xlsx").above["customers"]
    assert above == {(2, 2): date(2026, 6, 30), (4, 1): Uncalculated("=1/0")}


# --- errors and formulas -----------------------------------------------------------------------------


def test_error_cells_and_formulas(tmp_path, each_reader):
    path = customers(tmp_path / "book.xlsx", [["C1", "甲"]])
    rewrite(path, {
        TABLE: replaced("A5:B6", "A5:B12"),
        SHEET: with_cells(
            '<row r="5"><c r="A5" t="inlineStr"><is><t>客户编号</t></is></c></row>'
            '<row r="6"><c r="A6" t="e"><v>#REF!</v></c><c r="B6" t="str"><f>A1&amp;""</f><v></v></c></row>'
            '<row r="7"><c r="A7"><f>1+1</f><v>2</v></c><c r="B7" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
            '<row r="8"><c r="A8"><f>SUM(A1:A2)</f></c><c r="B8"><f>A1&lt;2</f><v></v></c></row>'
            '<row r="9"><c r="A9" s="1"><f t="shared" si="0"/><v/></c>'
            '<c r="B9" t="str"><f>"x"</f><v>x</v></c></row>'
            '<row r="11"><c r="B11"><f>2</f></c></row>'
        ),
    })  # fmt: skip
    table = read(path)
    assert list(table.rows) == [6, 7, 8, 9, 11]
    assert [list(column) for column in table.columns] == [
        [CellError("#REF!"), 2.0, Uncalculated("=SUM(A1:A2)"), Uncalculated("="), ""],
        ["", CellError("#DIV/0!"), Uncalculated("=A1<2"), "x", Uncalculated("=2")],
    ]


def test_text_that_looks_like_an_error_is_text(tmp_path, each_reader):
    path = customers(tmp_path / "book.xlsx", [["C1", 't="e" #REF!'], ["C2", "#REF!"]])
    assert read(path).columns[1][0] == 't="e" #REF!'


# --- dialects ------------------------------------------------------------------------------------------


def test_prefixed_xml(tmp_path, each_reader):
    path = customers(tmp_path / "book.xlsx", [["C1", 3], ["C2", "=1+1"], ["C3", "#N/A"]])
    plain = read(path)
    rewrite(path, {SHEET: prefixed, TABLE: prefixed, r"xl/workbook\.xml$": prefixed, r"rels$": prefixed})
    assert read(path) == plain
    assert list(plain.columns[1]) == [3.0, Uncalculated("=1+1"), CellError("#N/A")]


def test_single_quotes_comments_and_missing_references(tmp_path, each_reader):
    path = customers(tmp_path / "book.xlsx", [["C1", "甲"]])
    rewrite(path, {SHEET: with_cells(
        "<row r='5'><c r='A5' t='inlineStr'><is><t>客户编号</t></is></c></row><!-- x -->"
        "<row><c t='e'><v>#N/A</v></c><c><f>9</f></c></row>"
    )})  # fmt: skip
    table = read(path)
    assert [column[0] for column in table.columns] == [CellError("#N/A"), Uncalculated("=9")]


def test_a_sheet_in_utf_16(book, each_reader):
    plain = read(book)
    rewrite(book, {SHEET: lambda xml: xml.decode().encode("utf-16")})
    assert read(book) == plain


@pytest.mark.parametrize(
    "names",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("xl/worksheets", "XL/Worksheets"),
        lambda name: name.replace("table1.xml", "table%31.xml"),
    ],
    ids=["backslashes", "other case", "percent"],
)
def test_part_names_in_other_spellings(book, names):
    plain = read(book)
    rewrite(book, {SHEET: bytes}, names)
    assert read(book) == plain


def test_targets_in_other_spellings(book):
    plain = read(book)
    rewrite(book, {r"sheet1\.xml\.rels$": replaced("/xl/tables/table1.xml", "..\\Tables\\table1.xml")})
    assert read(book) == plain


def test_a_lost_table_part_is_an_absent_table(book):
    rewrite(book, {r"sheet1\.xml\.rels$": replaced("table1.xml", "table7.xml")})
    assert read_book(book).tables == {}


# --- extent --------------------------------------------------------------------------------------------


def long_ref(last_row: int):
    return {TABLE: lambda xml: xml.replace(b"A5:B7", f"A5:B{last_row}".encode())}


def test_a_table_far_longer_than_its_rows(book, each_reader):
    rewrite(book, long_ref(1_048_576))
    assert list(read(book).rows) == [6, 7]


@pytest.mark.parametrize("stray", ["A1048576", "XFD1048576", "XFD9"])
def test_a_stray_cell_far_away_costs_nothing(tmp_path, stray, monkeypatch):
    path = customers(tmp_path / "book.xlsx", [["C1", "甲"], ["C2", "乙"]])
    book = load_workbook(path)
    book.active[stray] = "x"
    book.save(path)
    if stray != "XFD9":
        never = pytest.fail
        monkeypatch.setattr(values.Values, "_by_calamine", lambda *_: never("memory for the whole rectangle"))
    assert list(read(path).rows) == [6, 7]


def test_rows_beyond_the_table_are_not_data(book, each_reader):
    rewrite(book, long_ref(6))
    assert list(read(book).rows) == [6]


# --- the real ones ---------------------------------------------------------------------------------------


def test_a_real_workbook_is_read_without_complaint(corpus):
    assert read_book(corpus).tables == {}


def test_what_calamine_refuses_is_read_the_second_way(shared):
    path = shared / "corpus" / "custom_views_vba.xlsm"
    with open_package(path) as package, values.Values(package) as cells:
        assert cells._first is None, "calamine reads it now: find another file for this test"
        filled = [len(cells.rows(sheet)) for sheet in sheets(package)]
    assert filled[:3] == [0, 194, 13], "the first sheet is empty"


def test_both_ways_agree_on_real_workbooks(corpus):
    with open_package(corpus) as package, values.Values(package) as cells:
        compared = 0
        for sheet in sheets(package):
            first, second = (
                read(sheet.name, 10**6, 200) for read in (cells._by_calamine, cells._by_openpyxl)
            )
            compared += _compare(first or [], second)
    assert compared or corpus.stem in ("ole_attachments_vba", "custom_views_vba"), "calamine refuses the last"


def _compare(first, second) -> int:
    """Cells with a value in both; fails where they differ (text by its words: error cells stay out)."""
    pairs = [
        (cell, other)
        for one, two in zip(first, second, strict=False)
        for cell, other in zip(one, two, strict=False)
        if cell != "" and not str(other).startswith("#")
    ]
    assert [pair for pair in pairs if _words(pair[0]) != _words(pair[1])] == []
    return len(pairs)


def _words(cell):
    return cell.split() if isinstance(cell, str) else cell


# --- language --------------------------------------------------------------------------------------------


def ledger(path: Path, headings: list[str], language: str | None = None) -> Path:
    book = Workbook()
    add_table(book.active, "customers", headings, [["C1"] * len(headings)])
    if language is not None:
        rows = [["base_currency", "CNY"], ["language", language]]
        add_table(book.create_sheet("s"), "settings", ["参数", "取值"], rows)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("words", "setting", "expected"),
    [
        ("zh", None, "zh"),
        ("en", None, "en"),
        ("zh", "en", "en"),
        ("en", "中文", "zh"),
        ("en", "", "en"),
        ("en", "Klingon", "en"),
    ],
)
def test_the_language_of_a_book(tmp_path, words, setting, expected):
    headings = [column.heading(words) for column in TABLES["customers"].columns[:4]]
    assert book_language(read_book(ledger(tmp_path / "book.xlsx", headings, setting))) == expected
