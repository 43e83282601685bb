"""Tables that change: owned columns, growth, shrinking, new order, totals rows and filters, byte by byte."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from addin.files.package import KEEP, CellEdit, ColumnEdit, PackageError, TableEdit
from tests.files.package.books import part, patched, rows_of, sheet_xml, table_xml, write_book

HEADER = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="C1" t="s"><v>2</v></c></row>'
)
ROW2 = (
    '<row r="2" spans="1:3" ht="20" customHeight="1"><c r="A2" s="3" t="s"><v>7</v></c>'
    '<c r="B2" s="4"><v>10</v></c><c r="C2" s="5"><v>1</v></c></row>'
)
ROW3 = (
    '<row r="3" spans="1:3"><c r="A3" s="3" t="s"><v>8</v></c>'
    '<c r="B3" s="4"><v>20</v></c><c r="C3" s="5"/></row>'
)


def book(tmp_path: Path, *, rows: str = HEADER + ROW2 + ROW3, ref: str = "A1:C3", **more: str) -> Path:
    table = table_xml("T", ref, ["a", "b", "c"], more=more.get("table", ""), inner=more.get("inner", ""),
                      filter_ref=more.get("filter_ref"))  # fmt: skip
    return write_book(
        tmp_path / "book.xlsx",
        {"数据": sheet_xml(rows, before='<dimension ref="A1:C3"/>', after=more.get("after", ""))},
        {"数据": [table]},
    )


def numbers(*values: object) -> ColumnEdit:
    return ColumnEdit("number", values)  # type: ignore[arg-type]  # tests pass what they please


def test_an_owned_column_is_replaced_and_its_styles_stay(tmp_path: Path) -> None:
    target, report = patched(book(tmp_path), TableEdit("t", {1: numbers(Decimal("1.50"), None)}))
    assert report.changed_parts == ("xl/worksheets/sheet1.xml",)
    assert rows_of(target) == (
        HEADER
        + ROW2.replace("<v>10</v>", "<v>1.50</v>")
        + ROW3.replace('<c r="B3" s="4"><v>20</v></c>', '<c r="B3" s="4"/>')
    )


def test_kept_cells_are_not_touched(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path), TableEdit("T", {1: numbers(KEEP, 5), 2: numbers(KEEP, KEEP)}))
    assert rows_of(target) == HEADER + ROW2 + ROW3.replace("<v>20</v>", "<v>5</v>")


def test_the_same_values_again_change_nothing(tmp_path: Path) -> None:
    edit = TableEdit("T", {0: ColumnEdit("text", ["甲", "乙"]), 1: numbers(1, 2)})
    once, _ = patched(book(tmp_path), edit)
    first = once.rename(tmp_path / "first.xlsx")
    again, report = patched(first, edit)
    assert not report.changed
    assert again.read_bytes() == first.read_bytes()


def test_growth_gives_new_rows_the_column_style_and_resizes_the_table(tmp_path: Path) -> None:
    days = ColumnEdit("date", [date(2024, 2, 29)] * 4)
    target, report = patched(book(tmp_path), TableEdit("T", {2: days}, rows=4))
    day = '<c r="C{0}" s="5"><v>45351</v></c>'
    assert rows_of(target) == (
        HEADER
        + ROW2.replace('<c r="C2" s="5"><v>1</v></c>', day.format(2))
        + ROW3.replace('<c r="C3" s="5"/>', day.format(3))
        + f'<row r="4"><c r="A4" s="3"/><c r="B4" s="4"/>{day.format(4)}</row>'
        + f'<row r="5"><c r="A5" s="3"/><c r="B5" s="4"/>{day.format(5)}</row>'
    )
    table = part(target, "xl/tables/table1.xml")
    assert '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1"' in table
    assert 'displayName="T" ref="A1:C5" ' in table
    assert '<autoFilter ref="A1:C5">' in table
    assert '<dimension ref="A1:C5"/>' in part(target, "xl/worksheets/sheet1.xml")
    assert set(report.changed_parts) == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"}


def test_shrinking_empties_the_rows_that_fall_out(tmp_path: Path) -> None:
    outside = '<c r="E3"><v>99</v></c></row>'
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3.replace("</row>", outside))
    target, _ = patched(source, TableEdit("T", {1: numbers(11)}, rows=1))
    assert rows_of(target) == (
        HEADER
        + ROW2.replace("<v>10</v>", "<v>11</v>")
        + f'<row r="3" spans="1:3"><c r="A3" s="3"/><c r="B3" s="4"/><c r="C3" s="5"/>{outside}'
    )
    assert 'ref="A1:C2"' in part(target, "xl/tables/table1.xml")


def test_no_rows_are_stored_as_one_blank_row(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path), TableEdit("T", {1: numbers()}, rows=0))
    assert rows_of(target) == (
        HEADER
        + '<row r="2" spans="1:3" ht="20" customHeight="1"><c r="A2" s="3"/><c r="B2" s="4"/>'
        + '<c r="C2" s="5"/></row>'
        + '<row r="3" spans="1:3"><c r="A3" s="3"/><c r="B3" s="4"/><c r="C3" s="5"/></row>'
    )
    assert 'ref="A1:C2"' in part(target, "xl/tables/table1.xml")


def test_shrinking_and_growing_back_is_the_same_book(tmp_path: Path) -> None:
    full = {0: ColumnEdit("text", ["甲", "乙"]), 1: numbers(1, 2), 2: numbers(3, 4)}
    start, _ = patched(book(tmp_path), TableEdit("T", full))
    first = start.rename(tmp_path / "first.xlsx")
    small = patched(first, TableEdit("T", rows=0))[0].rename(tmp_path / "small.xlsx")
    back, _ = patched(small, TableEdit("T", full, rows=2))
    assert rows_of(back) == rows_of(first)
    assert part(back, "xl/tables/table1.xml") == part(first, "xl/tables/table1.xml")


def test_a_column_that_fills_itself_looks_past_a_cell_that_was_typed_over(tmp_path: Path) -> None:
    filled = (
        '<tableColumn id="3" name="c"><calculatedColumnFormula>T[b]</calculatedColumnFormula></tableColumn>'
    )
    rows = HEADER + ROW2.replace("<v>1</v>", "<f>B2*2</f><v>1</v>") + ROW3
    source = write_book(
        tmp_path / "book.xlsx",
        {"数据": sheet_xml(rows)},
        {"数据": [table_xml("T", "A1:C3", ["a", "b", filled])]},
    )
    target, _ = patched(source, TableEdit("T", rows=3))
    assert '<c r="C4" s="5"><f>B4*2</f></c>' in rows_of(target)


def test_a_new_order_carries_the_cells_that_are_not_edited(tmp_path: Path) -> None:
    user = '<c r="C2" s="5"><f>B2*2+$B$1+Sheet9!B2</f><v>20</v></c>'
    source = book(tmp_path, rows=HEADER + ROW2.replace('<c r="C2" s="5"><v>1</v></c>', user) + ROW3)
    target, report = patched(source, TableEdit("T", {1: numbers(20, 10, 7)}, rows=3, order=[1, 0, None]))
    assert rows_of(target) == (
        HEADER
        + '<row r="2" spans="1:3" ht="20" customHeight="1"><c r="A2" s="3" t="s"><v>8</v></c>'
        + '<c r="B2" s="4"><v>20</v></c><c r="C2" s="5"/></row>'
        + '<row r="3" spans="1:3"><c r="A3" s="3" t="s"><v>7</v></c><c r="B3" s="4"><v>10</v></c>'
        + '<c r="C3" s="5"><f>B3*2+$B$1+Sheet9!B2</f><v>20</v></c></row>'
        + '<row r="4"><c r="A4" s="3"/><c r="B4" s="4"><v>7</v></c><c r="C4" s="5"/></row>'
    )
    assert "xl/workbook.xml" in report.changed_parts


def test_the_order_of_now_is_no_order(tmp_path: Path) -> None:
    edit = TableEdit("T", {1: numbers(1, 2)}, order=[0, 1])
    assert rows_of(patched(book(tmp_path), edit)[0]) == rows_of(
        patched(book(tmp_path), TableEdit("T", {1: numbers(1, 2)}))[0]
    )


def test_cells_beside_the_table_stay_when_rows_change_places(tmp_path: Path) -> None:
    rows = HEADER + ROW2.replace("</row>", '<c r="E2"><v>5</v></c></row>') + ROW3
    target, _ = patched(book(tmp_path, rows=rows), TableEdit("T", order=[1, 0]))
    assert '<c r="C2" s="5"/><c r="E2"><v>5</v></c></row>' in rows_of(target)


def test_a_filter_is_cleared_and_its_rows_shown(tmp_path: Path) -> None:
    criteria = (
        '<filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'
        '<filterColumn colId="1" hiddenButton="1"/>'
    )
    hidden = ROW2.replace('ht="20"', 'hidden="1" ht="20"')
    source = book(tmp_path, rows=HEADER + hidden + ROW3, inner=criteria)
    kept, _ = patched(source, TableEdit("T", {1: numbers(1, 2)}))
    assert 'hidden="1"' in rows_of(kept) and criteria in part(kept, "xl/tables/table1.xml")
    cleared, _ = patched(source, TableEdit("T", {1: numbers(10, 20)}, clear_filter=True))
    assert rows_of(cleared) == HEADER + ROW2 + ROW3
    assert '<autoFilter ref="A1:C3"><filterColumn colId="1" hiddenButton="1"/></autoFilter>' in part(
        cleared, "xl/tables/table1.xml"
    )


def test_growth_fills_a_column_that_fills_itself(tmp_path: Path) -> None:
    filled = (
        '<tableColumn id="3" name="c"><calculatedColumnFormula>T[[#This Row],[b]]*2'
        "</calculatedColumnFormula></tableColumn>"
    )
    rows = (
        HEADER + ROW2 + ROW3.replace('<c r="C3" s="5"/>', '<c r="C3" s="5"><f>B3*2&amp;"B3"</f><v>40</v></c>')
    )
    source = write_book(
        tmp_path / "book.xlsx",
        {"数据": sheet_xml(rows)},
        {"数据": [table_xml("T", "A1:C3", ["a", "b", filled])]},
    )
    target, _ = patched(source, TableEdit("T", {1: numbers(10, 20, 30)}, rows=3))
    assert rows_of(target) == rows + (
        '<row r="4"><c r="A4" s="3"/><c r="B4" s="4"><v>30</v></c>'
        '<c r="C4" s="5"><f>B4*2&amp;"B3"</f></c></row>'
    )
    assert '<calcPr fullCalcOnLoad="1"/></workbook>' in part(target, "xl/workbook.xml")


BLOCKED = pytest.mark.parametrize(
    ("rows", "after", "cell"),
    [
        ('<row r="5"><c r="B5"><v>1</v></c></row>', "", "B5"),
        ('<row r="4"><c r="A4" t="inlineStr"><is><t>x</t></is></c></row>', "", "A4"),
        ("", '<mergeCells count="1"><mergeCell ref="C5:E6"/></mergeCells>', "C5"),
    ],
)


@BLOCKED
def test_growth_never_writes_over_what_is_there(tmp_path: Path, rows: str, after: str, cell: str) -> None:
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3 + rows, after=after)
    with pytest.raises(PackageError) as caught:
        patched(source, TableEdit("T", rows=4))
    assert f" {cell} " in caught.value.problem.zh and f"{cell} on sheet 数据" in caught.value.problem.en


def test_growth_never_reaches_a_pivot_table(tmp_path: Path) -> None:
    source = book(tmp_path)
    with zipfile.ZipFile(source, "a") as package:
        rels = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        package.writestr(
            "xl/pivotTables/pivotTable1.xml",
            '<pivotTableDefinition><location ref="B5:D9"/></pivotTableDefinition>',
        )
    more = '<Relationship Id="rId8" Type="http://x/pivotTable" Target="../pivotTables/pivotTable1.xml"/>'
    end = "</Relationships>"
    other = tmp_path / "pivot.xlsx"
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(other, "w") as copy:
        for name in package.namelist():
            text = rels.replace(end, more + end) if "sheet1.xml.rels" in name else package.read(name)
            copy.writestr(name, text)
    patched(other, TableEdit("T", rows=3))
    with pytest.raises(PackageError, match="B5 on sheet 数据"):
        patched(other, TableEdit("T", rows=4))


def test_growth_past_the_last_row_of_a_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="more than a sheet has"):
        patched(book(tmp_path), TableEdit("T", rows=1_048_576))


@pytest.mark.parametrize("inner", ["<v></v>", "<v/>", '<is><t xml:space="preserve"></t></is>', " "])
def test_an_element_without_text_is_an_empty_cell(tmp_path: Path, inner: str) -> None:
    below = f'<row r="4"><c r="A4" t="str">{inner}</c></row>'
    target, _ = patched(book(tmp_path, rows=HEADER + ROW2 + ROW3 + below), TableEdit("T", rows=3))
    assert '<row r="4"><c r="A4" s="3"/>' in rows_of(target)


def test_growth_over_blank_or_unrelated_cells_is_no_trouble(tmp_path: Path) -> None:
    below = '<row r="4"><c r="A4" s="9"/><c r="D4"><v>1</v></c></row>'
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3 + below)
    target, _ = patched(source, TableEdit("T", {1: numbers(10, 20, 30)}, rows=3))
    assert rows_of(target).endswith(
        '<row r="4"><c r="A4" s="9"/><c r="B4" s="4"><v>30</v></c><c r="C4" s="5"/>'
        '<c r="D4"><v>1</v></c></row>'
    )


def test_growth_never_reaches_another_table(tmp_path: Path) -> None:
    source = write_book(
        tmp_path / "book.xlsx",
        {"S": sheet_xml(HEADER + ROW2 + ROW3)},
        {"S": [table_xml("T", "A1:C3", ["a", "b", "c"]), table_xml("U", "B6:B7", ["u"])]},
    )
    with pytest.raises(PackageError, match="B6 on sheet S"):
        patched(source, TableEdit("T", rows=5))
    patched(source, TableEdit("T", rows=4))


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    wide = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="E{row}"><v>2</v></c></row>' for row in (2, 3)
    )
    source = write_book(
        tmp_path / "book.xlsx",
        {"S": sheet_xml(wide)},
        {"S": [table_xml("T", "A1:A3", ["a"]), table_xml("U", "E1:E3", ["e"])]},
    )
    target, _ = patched(
        source,
        TableEdit("T", {0: numbers(5, 6, 7)}, rows=3),
        TableEdit("U", {0: numbers(8, 9)}),
        CellEdit("s", 1, 3, date(2024, 1, 1)),
    )
    assert rows_of(target) == (
        '<row r="1"><c r="C1"><v>45292</v></c></row>'
        '<row r="2"><c r="A2"><v>5</v></c><c r="E2"><v>8</v></c></row>'
        '<row r="3"><c r="A3"><v>6</v></c><c r="E3"><v>9</v></c></row>'
        '<row r="4"><c r="A4"><v>7</v></c></row>'
    )


def test_edits_that_do_not_fit_the_table_are_refused(tmp_path: Path) -> None:
    for edit in (
        TableEdit("T", {1: numbers(1)}),
        TableEdit("T", {3: numbers(1, 2)}),
        TableEdit("T", order=[0]),
    ):
        with pytest.raises(PackageError, match="does not fit"):
            patched(book(tmp_path), edit)


def test_an_unknown_table_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"no table named Milestones \(it has: T"):
        patched(book(tmp_path), TableEdit("Milestones"))


def test_a_value_that_no_cell_holds_is_named_by_its_place(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"cell B3 \(row 3\)"):
        patched(book(tmp_path), TableEdit("T", {1: numbers(1, "1,000")}))
    with pytest.raises(PackageError, match=r"cell A3 \(row 3\)"):
        patched(book(tmp_path), TableEdit("T", {0: ColumnEdit("text", ["x", "y" * 32_768])}))


def test_a_filter_that_stays_hides_the_records_that_it_hid(tmp_path: Path) -> None:
    criteria = '<filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3.replace('spans="1:3"', 'hidden="1"'), inner=criteria)
    target, _ = patched(source, TableEdit("T", order=[1, 0]))
    assert '<row r="2" spans="1:3" ht="20" customHeight="1" hidden="1"><c r="A2" s="3" t="s"><v>8' in rows_of(
        target
    )
    assert '<row r="3"><c r="A3" s="3" t="s"><v>7' in rows_of(target)


def test_one_coloured_row_does_not_colour_the_new_ones(tmp_path: Path) -> None:
    lines = "".join(f'<row r="{row}"><c r="A{row}" s="{3 + 5 * (row == 4)}"/></row>' for row in (2, 3, 4))
    source = book(tmp_path, rows=lines, ref="A1:C4")
    target, _ = patched(source, TableEdit("T", rows=4))
    assert rows_of(target) == lines + '<row r="5"><c r="A5" s="3"/></row>'


def test_new_cells_without_a_neighbour_take_the_style_of_the_sheets_column(tmp_path: Path) -> None:
    source = write_book(
        tmp_path / "book.xlsx",
        {"S": sheet_xml("", before='<cols><col min="2" max="9" width="9" style="7"/></cols>')},
        {"S": [table_xml("T", "A1:B2", ["a", "b"])]},
    )
    target, _ = patched(source, TableEdit("T", {0: numbers(1, 2), 1: numbers(3, None)}, rows=2))
    assert rows_of(target) == (
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="7"><v>3</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c><c r="B3" s="7"/></row>'
    )


def test_a_table_with_nothing_below_its_header_grows(tmp_path: Path) -> None:
    source = book(tmp_path, rows=HEADER, ref="A1:C1")
    target, _ = patched(source, TableEdit("T", {1: numbers(5)}, rows=1))
    assert rows_of(target) == HEADER + '<row r="2"><c r="B2"><v>5</v></c></row>'
    assert 'ref="A1:C2"' in part(target, "xl/tables/table1.xml")


def test_an_empty_table_emptied_again_is_no_change(tmp_path: Path) -> None:
    blank, _ = patched(book(tmp_path), TableEdit("T", rows=0))
    first = blank.rename(tmp_path / "first.xlsx")
    assert not patched(first, TableEdit("T", rows=0))[1].changed


def test_the_mark_of_an_empty_table_goes_when_rows_come(tmp_path: Path) -> None:
    source = book(tmp_path, rows=HEADER, ref="A1:C2", table='insertRow="1"')
    target, _ = patched(source, TableEdit("T", {1: numbers(5)}, rows=1))
    assert "insertRow" not in part(target, "xl/tables/table1.xml")


def test_the_range_of_a_sort_follows(tmp_path: Path) -> None:
    table = table_xml("T", "A1:C3", ["a", "b", "c"]).replace(
        "<tableColumns", '<sortState ref="A2:C3"><sortCondition ref="B2:B3"/></sortState><tableColumns'
    )
    source = write_book(tmp_path / "book.xlsx", {"S": sheet_xml(HEADER + ROW2 + ROW3)}, {"S": [table]})
    target, _ = patched(source, TableEdit("T", rows=6))
    assert '<sortState ref="A2:C7"><sortCondition ref="B2:B7"/>' in part(target, "xl/tables/table1.xml")


def test_cells_that_fall_out_keep_their_own_styles(tmp_path: Path) -> None:
    lines = "".join(f'<row r="{row}"><c r="B{row}" s="{row}"><v>1</v></c></row>' for row in (2, 3, 4))
    target, _ = patched(book(tmp_path, rows=lines, ref="A1:C4"), TableEdit("T", rows=2))
    assert rows_of(target).endswith('<row r="4"><c r="B4" s="4"/></row>')
