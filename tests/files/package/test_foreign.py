"""What other people's books have around our cells: rules, names, shared and array formulas, calcChain."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from addin.files.package import CellEdit, ColumnEdit, Edits, PackageError, TableEdit, patch
from tests.files.package.books import part, patched, rows_of, sheet_xml, table_xml, write_book

SHEET = "xl/worksheets/sheet1.xml"
MASTER = '<c r="C2"><f t="shared" ref="C2:C4" si="0">A2*$B2+A1</f><v>1</v></c>'


def user(row: int) -> str:
    return f'<c r="C{row}"><f t="shared" si="0"/><v>{row}</v></c>'


def rows(c2: str = "", c3: str = "", c4: str = "") -> str:
    return (
        f'<row r="2"><c r="A2"><v>1</v></c>{c2}</row>'
        f'<row r="3"><c r="A3"><v>2</v></c>{c3}</row>'
        f'<row r="4"><c r="A4"><v>3</v></c>{c4}</row>'
    )


def book(tmp_path: Path, cells: str, *, ref: str = "A1:C4", **more: str) -> Path:
    width = 1 if ref.startswith("A1:A") else 3
    return write_book(
        tmp_path / "book.xlsx",
        {"S": sheet_xml(cells, after=more.pop("after", "")), "Other": more.pop("other", sheet_xml(""))},
        {"S": [table_xml("T", ref, ["a", "b", "c"][:width])]},
        **more,  # type: ignore[arg-type]  # only the text options are used
    )


def fill(*values: int) -> ColumnEdit:
    return ColumnEdit("number", values)


def test_rules_that_end_at_the_last_row_grow_along(tmp_path: Path) -> None:
    after = (
        '<conditionalFormatting sqref="A2:A4 B2:B4 A4 E2:E4"><cfRule type="expression" priority="1">'
        "<formula>A2&gt;1</formula></cfRule></conditionalFormatting>"
        '<conditionalFormatting sqref="A2:C1000"/>'
        '<dataValidations count="1"><dataValidation type="list" sqref="B2:B4"><formula1>"x"</formula1>'
        "</dataValidation></dataValidations><!-- sqref=\"A2:A4\" -->"
        '<extLst><ext xmlns:x14="u" xmlns:xm="v"><x14:conditionalFormattings><x14:conditionalFormatting>'
        "<xm:sqref>C2:C4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        "<x14:dataValidations><x14:dataValidation><xm:sqref>A2:A4 C1</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations><x14:sparkline><xm:sqref>A2:A4</xm:sqref></x14:sparkline></ext></extLst>"
    )  # fmt: skip
    target, _ = patched(book(tmp_path, rows(), after=after), TableEdit("T", rows=5))
    expected = (
        after.replace('sqref="A2:A4 B2:B4 A4', 'sqref="A2:A6 B2:B6 A4')
        .replace('type="list" sqref="B2:B4"', 'type="list" sqref="B2:B6"')
        .replace("<xm:sqref>C2:C4", "<xm:sqref>C2:C6")
        .replace("A2:A4 C1<", "A2:A6 C1<")
    )
    assert part(target, SHEET).partition("</sheetData>")[2] == expected + "</worksheet>"
    shrunk, _ = patched(book(tmp_path, rows(), after=after), TableEdit("T", rows=1))
    assert part(shrunk, SHEET).partition("</sheetData>")[2] == after + "</worksheet>"


def test_names_that_end_at_the_last_row_grow_along(tmp_path: Path) -> None:
    names = (
        '<definedNames><definedName name="x">S!$A$2:$A$4</definedName>'
        '<definedName name="y">SUM(\'S\'!$B$2:$B$4,Other!$B$2:$B$4)&amp;"S!$A$2:$A$4"</definedName>'
        '<definedName name="z">S!$A$2:$A$400</definedName></definedNames>'
    )
    target, report = patched(book(tmp_path, rows(), names=names), TableEdit("T", rows=9))
    assert names.replace(">S!$A$2:$A$4<", ">S!$A$2:$A$10<").replace(
        "'S'!$B$2:$B$4", "'S'!$B$2:$B$10"
    ) in part(target, "xl/workbook.xml")
    assert "xl/workbook.xml" in report.changed_parts


def test_a_shared_formula_that_loses_its_first_cell_gets_a_new_one(tmp_path: Path) -> None:
    source = book(tmp_path, rows(MASTER, user(3), user(4)), chain='<c r="C2" i="1"/>')
    target, report = patched(source, CellEdit("S", 2, 3, 7))
    assert rows_of(target) == rows(
        '<c r="C2"><v>7</v></c>',
        '<c r="C3"><f t="shared" ref="C3:C4" si="0">A3*$B3+A2</f><v>3</v></c>',
        user(4),
    )
    assert report.dropped_parts == ("xl/calcChain.xml",)
    assert "calcChain" not in part(target, "[Content_Types].xml") + part(target, "xl/_rels/workbook.xml.rels")
    assert 'fullCalcOnLoad="1"' in part(target, "xl/workbook.xml")


def test_a_shared_formula_whose_users_go_too_leaves_nothing(tmp_path: Path) -> None:
    source = book(tmp_path, rows(MASTER, user(3), user(4)))
    target, _ = patched(source, TableEdit("T", {2: fill(7, 8, 9)}))
    assert rows_of(target) == rows(*(f'<c r="C{row}"><v>{row + 5}</v></c>' for row in (2, 3, 4)))
    assert "calcPr" not in part(target, "xl/workbook.xml")


def test_a_user_of_a_shared_formula_goes_quietly(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, rows(MASTER, user(3), user(4))), CellEdit("S", 4, 3, 7))
    assert rows_of(target) == rows(MASTER, user(3), '<c r="C4"><v>7</v></c>')


def test_shared_formulas_unfold_when_their_rows_move(tmp_path: Path) -> None:
    source = book(tmp_path, rows(MASTER, user(3), user(4)))
    target, _ = patched(source, TableEdit("T", order=[1, 0, 2]))
    text = rows_of(target)
    assert '<c r="C2"><f>A2*$B2+A1</f><v>3</v></c>' in text
    assert '<c r="C3"><f>A3*$B3+A2</f><v>1</v></c>' in text
    assert '<c r="C4"><f t="shared" ref="C4" si="0">A4*$B4+A3</f><v>4</v></c>' in text


def test_an_array_formula_of_one_cell_moves_and_goes(tmp_path: Path) -> None:
    array = '<c r="C2" cm="1"><f t="array" ref="C2">SUM(A2*{1,2})</f><v>3</v></c>'
    source = book(tmp_path, rows(array))
    moved, _ = patched(source, TableEdit("T", order=[1, 0, 2]))
    assert '<c r="C3" cm="1"><f t="array" ref="C3">SUM(A3*{1,2})</f><v>3</v></c>' in rows_of(moved)
    gone, _ = patched(source, CellEdit("S", 2, 3, "x"))
    assert '<c r="C2" t="inlineStr"><is><t>x</t></is></c>' in rows_of(gone)


def test_a_formula_keeps_what_its_element_says_beside_its_kind(tmp_path: Path) -> None:
    volatile = '<c r="C2"><f ca="1">TODAY()-A2</f><v>3</v></c>'
    moved, _ = patched(book(tmp_path, rows(volatile)), TableEdit("T", order=[1, 0, 2]))
    assert '<c r="C3"><f ca="1">TODAY()-A3</f><v>3</v></c>' in rows_of(moved)


def test_a_shared_formula_that_never_had_a_first_cell_moves_as_its_value(tmp_path: Path) -> None:
    moved, _ = patched(book(tmp_path, rows(user(2), user(3))), TableEdit("T", order=[1, 0, 2]))
    assert '<c r="C2"><v>3</v></c>' in rows_of(moved) and '<c r="C3"><v>2</v></c>' in rows_of(moved)


def test_a_relationship_to_a_table_that_nobody_wrote_is_no_trouble(tmp_path: Path) -> None:
    source = book(tmp_path, rows())
    other = tmp_path / "dangling.xlsx"
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(other, "w") as copy:
        for name in package.namelist():
            text = package.read(name)
            end = b"</Relationships>"
            if name.endswith("sheet1.xml.rels"):
                more = b'<Relationship Id="rId9" Type="http://x/table" Target="../tables/table9.xml"/>'
                text = text.replace(end, more + end)
            copy.writestr(name, text)
    target, _ = patched(other, TableEdit("T", {0: fill(7, 8, 9)}))
    assert '<c r="A2"><v>7</v></c>' in rows_of(target)


def test_calc_chain_stays_while_no_formula_goes(tmp_path: Path) -> None:
    source = book(tmp_path, rows('<c r="C2"><f>A2</f><v>1</v></c>'), chain='<c r="C2" i="1"/>')
    _, report = patched(source, TableEdit("T", {0: fill(7, 8, 9)}))
    assert report.dropped_parts == ()
    assert set(report.changed_parts) == {SHEET, "xl/workbook.xml"}


@pytest.mark.parametrize(
    ("calc", "expected"),
    [
        ("", '</sheets><calcPr fullCalcOnLoad="1"/></workbook>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ("<calcPr calcId='1'></calcPr>", "<calcPr calcId='1' fullCalcOnLoad=\"1\"></calcPr>"),
    ],
)
def test_a_formula_elsewhere_asks_for_calculation(tmp_path: Path, calc: str, expected: str) -> None:
    other = sheet_xml('<row r="1"><c r="A1"><f>SUM(S!A:A)</f><v>6</v></c></row>')
    target, _ = patched(book(tmp_path, rows(), other=other, calc=calc), CellEdit("S", 2, 1, 5))
    assert expected in part(target, "xl/workbook.xml")


def test_without_formulas_the_workbook_part_stays(tmp_path: Path) -> None:
    _, report = patched(book(tmp_path, rows(), calc="<calcPr/>"), CellEdit("S", 2, 1, 5))
    assert report.changed_parts == (SHEET,)


def test_sheets_with_errors_are_shown(tmp_path: Path) -> None:
    source = write_book(
        tmp_path / "b.xlsx", {"S": sheet_xml(""), "检查": sheet_xml("")}, hidden=["检查", "S"]
    )
    target = tmp_path / "after.xlsx"
    report = patch(source, target, Edits(show_sheets=["检查"]))
    assert report.changed_parts == ("xl/workbook.xml",)
    text = part(target, "xl/workbook.xml")
    assert '<sheet name="检查" sheetId="2" r:id="rId2"/>' in text
    assert '<sheet name="S" sheetId="1" state="hidden" r:id="rId1"/>' in text
    with pytest.raises(PackageError, match="no sheet nowhere"):
        patch(source, target, Edits(show_sheets=["nowhere"]))


def test_dates_follow_the_workbooks_own_first_day(tmp_path: Path) -> None:
    from datetime import date

    for properties, serial in (("", 45351), ('<workbookPr date1904="1"/>', 43889)):
        source = book(tmp_path, rows(), properties=properties)
        target, _ = patched(source, CellEdit("S", 2, 1, date(2024, 2, 29)))
        assert f'<c r="A2"><v>{serial}</v></c>' in rows_of(target)


def test_ten_thousand_shared_formulas_move_in_reasonable_time(tmp_path: Path) -> None:
    count = 10_000
    first = (
        '<row r="2"><c r="A2"><v>0</v></c><c r="C2"><f t="shared" ref="C2:C10001" si="0">A2+1</f></c></row>'
    )
    cells = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="C{row}"><f t="shared" si="0"/></c></row>'
        for row in range(3, count + 2)
    )
    source = book(tmp_path, first + cells, ref=f"A1:C{count + 1}")
    start = time.perf_counter()
    target, _ = patched(source, TableEdit("T", order=list(range(count))[::-1]))
    assert time.perf_counter() - start < 30  # seconds; quadratic work would take minutes
    text = rows_of(target)
    assert text.startswith('<row r="2"><c r="A2"><v>10001</v></c><c r="C2"><f>A2+1</f></c></row>')
    assert text.endswith('<row r="10001"><c r="A10001"><v>0</v></c><c r="C10001"><f>A10001+1</f></c></row>')


def test_rich_inline_text_is_no_formula(tmp_path: Path) -> None:
    rich = '<c r="C2" t="inlineStr"><is><r><rPr><family val="2"/></rPr><t>x</t></r></is></c>'
    _, report = patched(book(tmp_path, rows(rich)), CellEdit("S", 2, 1, 5))
    assert report.changed_parts == (SHEET,)


def test_a_formula_inside_a_sparkline_is_no_formula_of_a_cell(tmp_path: Path) -> None:
    other = sheet_xml("<row r='1'/>", after="<extLst><xm:f>S!A2:A4</xm:f></extLst>")
    _, report = patched(book(tmp_path, rows(), other=other), CellEdit("S", 2, 1, 5))
    assert report.changed_parts == (SHEET,)
