"""References inside formulas: which move, and which only look like references."""

from __future__ import annotations

import pytest

from addin.files.package.formulas import copied, grown, sorted_to
from addin.files.package.refs import Area, Growth, cell_name, grow_list, letters, number


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("A1+B$2+$C3+$D$4", "B3+C$2+$C5+$D$4"),
        ("SUM(A1:B2)", "SUM(B3:C4)"),
        ("A:A+1:1+$A:B+$1:2", "B:B+3:3+$A:C+$1:4"),
        ('"A1"&A1&"say ""B2"""', '"A1"&B3&"say ""B2"""'),
        ("LOG10(A1)+A1B+_A1+A1.x+R2D2X", "LOG10(B3)+A1B+_A1+A1.x+R2D2X"),
        ("T[A1]+T[[#This Row],[B2 '] x]]+A1", "T[A1]+T[[#This Row],[B2 '] x]]+B3"),
        ("'A1 b'!A1+'It''s A1'!B2+数据!C3", "'A1 b'!B3+'It''s A1'!C4+数据!D5"),
        ("[1]Sheet1!A1+Jan:Dec!A1", "[1]Sheet1!B3+Jan:Dec!B3"),
        ("A1:INDEX(B:B,2)", "B3:INDEX(C:C,2)"),
        ("1.5E3+A1*2%", "1.5E3+B3*2%"),
        ("XFD1048576+A1", "#REF!+B3"),
        ("{1,2;3,4}*A1#", "{1,2;3,4}*B3#"),
        ("IF(A1=TRUE,-A1,+A1)", "IF(B3=TRUE,-B3,+B3)"),
    ],
)
def test_a_copy_two_down_and_one_right(formula: str, result: str) -> None:
    assert copied(formula, 2, 1) == result


def test_a_copy_to_its_own_place_is_itself() -> None:
    formula = "SUM(A1:$B$2)+'x y'!C3&\"D4\"+T[[#All],[e]]"
    assert copied(formula, 0, 0) == formula


def test_a_sort_moves_the_own_row_and_leaves_other_sheets() -> None:
    assert (
        sorted_to("B5*2+Rates!A5+数据!B5+数据!B6+$B$5", "数据", 5, 2) == "B2*2+Rates!A5+数据!B2+数据!B6+$B$5"
    )


GROWTHS = {"s": [Growth(Area.parse("A2:C10"), 15)]}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A2:A10)", "SUM(A2:A15)"),
        ("SUM($A$2:$C$10)", "SUM($A$2:$C$15)"),
        ("A10+A1:A10", "A10+A1:A15"),
        ("SUM(A2:D10)", "SUM(A2:D10)"),
        ("SUM(A2:A11)+SUM(A2:A9)", "SUM(A2:A11)+SUM(A2:A9)"),
        ("SUM(A10:A10)", "SUM(A10:A10)"),
        ("SUM(Other!A2:A10)+SUM('S'!A2:A10)", "SUM(Other!A2:A10)+SUM('S'!A2:A15)"),
    ],
)
def test_ranges_that_end_at_the_last_row_grow(formula: str, result: str) -> None:
    assert grown(formula, "S", GROWTHS) == result


def test_a_range_of_the_only_row_grows() -> None:
    assert grow_list("A2 A2:C2 A1", [Growth(Area.parse("A2:C2"), 4)]) == "A2:A4 A2:C4 A1"


def test_names_of_cells() -> None:
    assert [letters(column) for column in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(number(letters(column)) == column for column in range(1, 16385))
    assert cell_name(7, 28) == "AB7"
    assert str(Area.parse("B3:A1")) == "A1:B3"
