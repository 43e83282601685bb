"""Arrays and data tables of which a part is written: the rest goes on showing what it shows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from addin.files.package import CellEdit, ColumnEdit, PackageError, TableEdit
from tests.files.package.books import part, patched, rows_of, sheet_xml, table_xml, write_book

ARRAY = '<f t="array" ref="{}">A2:A4*{{1,2,3}}</f>'
"""Stands in C2 and covers up to nine cells, C2:E4."""


def book(
    tmp_path: Path, ref: str, *, first: str = ARRAY, ref_of_table: str = "A1:E4", attrs: str = ""
) -> Path:
    """Rows 2 to 4; A and B hold 1 and 2, C to E the values 2C, 2D … of a formula in C2 for `ref`."""
    lines = ""
    for row in (2, 3, 4):
        cells = {column: f'<c r="{column}{row}"><v>{row}{ord(column) - 64}</v></c>' for column in "ABCDE"}
        if row == 2:
            cells["C"] = f'<c r="C2"{attrs}>{first.format(ref)}<v>23</v></c>'
        lines += f'<row r="{row}">{"".join(cells.values())}</row>'
    right = ord(ref_of_table[3]) - 64
    table = table_xml("T", ref_of_table, ["a", "b", "c", "d", "e"][:right])
    return write_book(tmp_path / "book.xlsx", {"S": sheet_xml(lines)}, {"S": [table]})


def shown(path: Path) -> list[list[str]]:
    """The values of A2:E4 as stored."""
    text = rows_of(path)
    return [
        [
            text.partition(f'<c r="{column}{row}"')[2].partition("<v>")[2].partition("</v>")[0]
            for column in "ABCDE"
        ]
        for row in (2, 3, 4)
    ]


VALUES = [[f"{row}{column}" for column in range(1, 6)] for row in (2, 3, 4)]


@pytest.mark.parametrize(
    ("ref", "written", "left"),
    [
        ("C2:C4", (4, 3), "C2:C3"),
        ("C2:C4", (3, 3), "C2"),
        ("C2:E2", (2, 4), "C2"),
        ("C2:E4", (4, 5), "C2:E3"),
        ("C2:E4", (3, 4), "C2:E2"),
        ("C2:D4", (3, 4), "C2:C4"),
        ("C2:E4", (2, 5), "C2:D4"),
    ],
)
def test_an_array_ends_before_the_cell_that_is_written(
    tmp_path: Path, ref: str, written: tuple[int, int], left: str
) -> None:
    row, column = written
    target, _ = patched(book(tmp_path, ref), CellEdit("S", row, column, 7))
    assert f'<c r="C2">{ARRAY.format(left)}<v>23</v></c>' in rows_of(target)
    expected = [list(line) for line in VALUES]
    expected[row - 2][column - 1] = "7"
    assert shown(target) == expected


def test_an_array_whose_first_cell_is_written_leaves_its_values(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, "C2:C4"), CellEdit("S", 2, 3, 7))
    assert "<f" not in rows_of(target)
    assert shown(target) == [["21", "22", "7", "24", "25"], *VALUES[1:]]


def test_an_array_outside_what_is_written_stays_as_it_is(tmp_path: Path) -> None:
    source = book(tmp_path, "C2:D4")
    target, _ = patched(
        source, CellEdit("S", 4, 5, 1), TableEdit("T", {1: ColumnEdit("number", [22, 32, 42])})
    )
    assert rows_of(target) == rows_of(source).replace("<v>45</v>", "<v>1</v>")


def test_an_owned_column_that_an_array_covers_is_written_whole(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, "C2:C4"), TableEdit("T", {2: ColumnEdit("number", [1, 2, 3])}))
    assert "<f" not in rows_of(target)
    assert [line[2] for line in shown(target)] == ["1", "2", "3"]


def test_an_array_over_several_rows_that_are_sorted_leaves_its_values(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, "C2:D4"), TableEdit("T", order=[2, 0, 1]))
    assert "<f" not in rows_of(target)
    assert shown(target) == [VALUES[2], VALUES[0], VALUES[1]]
    target, _ = patched(book(tmp_path, "C2:D4"), TableEdit("T", order=[0, 2, 1]))
    assert ARRAY.format("C2:D2") in rows_of(target)
    assert shown(target) == [VALUES[0], VALUES[2], VALUES[1]]


def test_an_array_within_one_row_goes_along_with_its_record(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, "C2:E2"), TableEdit("T", order=[1, 0, 2]))
    assert '<c r="C3"><f t="array" ref="C3:E3">A3:A5*{1,2,3}</f><v>23</v></c>' in rows_of(target)
    edited = TableEdit("T", {3: ColumnEdit("number", [1, 2, 3])}, order=[1, 0, 2])
    target, _ = patched(book(tmp_path, "C2:E2"), edited)
    assert "<f" not in rows_of(target)
    assert shown(target)[1] == ["21", "22", "23", "2", "25"]


def test_an_array_that_sticks_out_of_a_sorted_table_leaves_its_values(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, "C2:E2", ref_of_table="A1:D4"), TableEdit("T", order=[1, 0, 2]))
    assert "<f" not in rows_of(target)
    assert shown(target)[0] == [*VALUES[1][:4], "25"] and shown(target)[1] == [*VALUES[0][:4], "35"]


def test_a_dynamic_array_that_is_cut_becomes_one_of_fixed_size(tmp_path: Path) -> None:
    target, _ = patched(book(tmp_path, "C2:C4", attrs=' cm="1"'), CellEdit("S", 4, 3, 1))
    assert f'<c r="C2">{ARRAY.format("C2:C3")}<v>23</v></c>' in rows_of(target)
    kept, _ = patched(book(tmp_path, "C2:E2", attrs=' cm="1"'), TableEdit("T", order=[1, 0, 2]))
    assert '<c r="C3" cm="1"><f t="array" ref="C3:E3">' in rows_of(kept)


DATA_TABLE = '<f t="dataTable" ref="{}" dt2D="1" dtr="1" r1="A9" r2="B9"/>'


def test_a_data_table_keeps_what_it_says(tmp_path: Path) -> None:
    source = book(tmp_path, "C2:D4", first=DATA_TABLE)
    target, _ = patched(source, CellEdit("S", 4, 3, 1))
    assert DATA_TABLE.format("C2:D3") in rows_of(target)
    moved, _ = patched(source, TableEdit("T", order=[2, 1, 0]))
    assert "<f" not in rows_of(moved) and shown(moved) == VALUES[::-1]


def test_growth_never_reaches_an_array_though_its_cells_are_blank(tmp_path: Path) -> None:
    below = '<row r="4"><c r="C4"><f t="array" ref="A4:C6">IF(1,"","")</f></c></row>'
    rows = '<row r="2"><c r="A2"><v>1</v></c></row>' + below
    table = table_xml("T", "A1:B2", ["a", "b"])
    source = write_book(tmp_path / "book.xlsx", {"S": sheet_xml(rows)}, {"S": [table]})
    patched(source, TableEdit("T", rows=2))
    with pytest.raises(PackageError, match="A4 on sheet S"):
        patched(source, TableEdit("T", rows=3))


def test_an_array_of_a_whole_sheet_is_cut_in_reasonable_time(tmp_path: Path) -> None:
    source = book(tmp_path, "C2:XFD1048576")
    start = time.perf_counter()
    target, _ = patched(source, CellEdit("S", 4, 4, 1))
    assert time.perf_counter() - start < 30  # seconds; cell by cell it would take hours
    assert ARRAY.format("C2:C1048576") in rows_of(target)


def test_a_column_that_fills_itself_with_an_array_fills_new_rows(tmp_path: Path) -> None:
    column = (
        '<tableColumn id="2" name="b"><calculatedColumnFormula array="1">A2*2</calculatedColumnFormula>'
        "</tableColumn>"
    )
    cells = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" cm="1"><f t="array" ref="B2">SUM(A2*{1,2})</f><v>3</v></c>'
        "</row>"
    )
    source = write_book(
        tmp_path / "book.xlsx", {"S": sheet_xml(cells)}, {"S": [table_xml("T", "A1:B2", ["a", column])]}
    )
    target, _ = patched(source, TableEdit("T", {0: ColumnEdit("number", [1, 2])}, rows=2))
    assert '<c r="B3" cm="1"><f t="array" ref="B3">SUM(A3*{1,2})</f></c>' in rows_of(target)
    assert 'ref="A1:B3"' in part(target, "xl/tables/table1.xml")
