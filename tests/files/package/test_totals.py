"""The totals row of a table that grows or shrinks: it moves, and what its formulas say stays true."""

from __future__ import annotations

from pathlib import Path

from addin.files.package import TableEdit
from tests.files.package.books import part, patched, rows_of, sheet_xml, table_xml, write_book
from tests.files.package.test_tables import HEADER, ROW2, ROW3, book, numbers

TOTAL = (
    '<row r="4" spans="1:3"><c r="A4" s="6" t="s"><v>9</v></c>'
    '<c r="B4" s="7"><f>SUBTOTAL(109,T[b])</f><v>30</v></c></row>'
)
COLUMN = (
    '<tableColumn id="2" name="b" totalsRowFunction="custom"><totalsRowFormula>SUM(B2:B3)&amp;A4</totalsRowFormula>'
    "</tableColumn>"
)


def test_a_totals_row_moves_down(tmp_path: Path) -> None:
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3 + TOTAL, ref="A1:C4", filter_ref="A1:C3",
                  table='totalsRowCount="1"')  # fmt: skip
    target, _ = patched(source, TableEdit("T", {1: numbers(10, 20, 30)}, rows=3))
    assert rows_of(target) == (
        HEADER + ROW2 + ROW3
        + '<row r="4" spans="1:3"><c r="A4" s="3"/><c r="B4" s="4"><v>30</v></c><c r="C4" s="5"/></row>'
        + '<row r="5"><c r="A5" s="6" t="s"><v>9</v></c>'
        + '<c r="B5" s="7"><f>SUBTOTAL(109,T[b])</f><v>30</v></c></row>'
    )  # fmt: skip
    table = part(target, "xl/tables/table1.xml")
    assert 'displayName="T" ref="A1:C5"' in table
    assert '<autoFilter ref="A1:C4">' in table
    assert 'fullCalcOnLoad="1"' in part(target, "xl/workbook.xml")


def test_a_totals_row_moves_up(tmp_path: Path) -> None:
    total = TOTAL.replace("T[b]", "B2:B3")
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3 + total, ref="A1:C4", filter_ref="A1:C3",
                  table='totalsRowCount="1"')  # fmt: skip
    target, _ = patched(source, TableEdit("T", rows=1))
    assert rows_of(target) == (
        HEADER + ROW2
        + '<row r="3" spans="1:3"><c r="A3" s="6" t="s"><v>9</v></c>'
        + '<c r="B3" s="7"><f>SUBTOTAL(109,B2:B2)</f><v>30</v></c><c r="C3"/></row>'
        + '<row r="4" spans="1:3"><c r="A4" s="3"/><c r="B4" s="4"/><c r="C4" s="5"/></row>'
    )  # fmt: skip


def totals_after(tmp_path: Path, cells: str, rows: int, order: list[int | None] | None = None) -> str:
    """The totals row of a table of two rows and a totals row, once it has `rows` rows."""
    source = book(tmp_path, rows=HEADER + ROW2 + ROW3 + f'<row r="4">{cells}</row>', ref="A1:C4",
                  filter_ref="A1:C3", table='totalsRowCount="1"')  # fmt: skip
    target, _ = patched(source, TableEdit("T", rows=rows, order=order))
    found = [row for row in rows_of(target).split("</row>") if row.startswith(f'<row r="{rows + 2}"')]
    return found[0].partition(">")[2]


def test_formulas_of_a_totals_row_follow_it(tmp_path: Path) -> None:
    ratio = '<c r="C4"><f>B4/$B$4+SUM(A4:B4)+B3+Other!B4</f><v>1</v></c>'
    for rows in (1, 4):
        row = rows + 2
        expected = f'<c r="C{row}"><f>B{row}/$B${row}+SUM(A{row}:B{row})+B3+Other!B4</f><v>1</v></c>'
        assert expected in totals_after(tmp_path, ratio, rows)


def test_shared_formulas_of_a_totals_row_unfold(tmp_path: Path) -> None:
    shared = (
        '<c r="B4" s="7"><f t="shared" ref="B4:C4" si="0">SUM(B2:B3)</f><v>30</v></c>'
        '<c r="C4"><f t="shared" si="0"/><v>1</v></c>'
    )
    assert totals_after(tmp_path, shared, 3) == (
        '<c r="B5" s="7"><f>SUM(B2:B4)</f><v>30</v></c><c r="C5"><f>SUM(C2:C4)</f><v>1</v></c>'
    )


def test_arrays_of_a_totals_row_go_along(tmp_path: Path) -> None:
    array = '<c r="B4"><f t="array" ref="B4:C4">B4:C4*SUM(B2:B3)</f><v>30</v></c><c r="C4"><v>1</v></c>'
    assert totals_after(tmp_path, array, 3) == (
        '<c r="B5"><f t="array" ref="B5:C5">B5:C5*SUM(B2:B4)</f><v>30</v></c><c r="C5"><v>1</v></c>'
    )


def test_a_totals_row_that_moves_to_a_hidden_row_shows_itself(tmp_path: Path) -> None:
    criteria = '<filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'
    hidden = ROW3.replace('spans="1:3"', 'spans="1:3" hidden="1"')
    source = book(tmp_path, rows=HEADER + ROW2 + hidden + TOTAL, ref="A1:C4", filter_ref="A1:C3",
                  table='totalsRowCount="1"', inner=criteria)  # fmt: skip
    target, _ = patched(source, TableEdit("T", rows=1))
    assert '<row r="3" spans="1:3"><c r="A3" s="6"' in rows_of(target)
    assert criteria in part(target, "xl/tables/table1.xml")


def test_the_tables_own_word_for_a_total_goes_along(tmp_path: Path) -> None:
    source = write_book(
        tmp_path / "book.xlsx",
        {"数据": sheet_xml(HEADER + ROW2 + ROW3 + TOTAL)},
        {"数据": [table_xml("T", "A1:B4", ["a", COLUMN], filter_ref="A1:B3", more='totalsRowCount="1"')]},
    )
    target, _ = patched(source, TableEdit("T", rows=4))
    expected = COLUMN.replace("B2:B3", "B2:B5").replace("A4", "A6")
    assert expected in part(target, "xl/tables/table1.xml")
