"""What a value looks like in a cell."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from addin.files.package import KEEP, CellEdit, ColumnEdit
from addin.files.package.cells import EMPTY, MAX_TEXT, Renderer
from tests.files.package.books import patched, rows_of, sheet_xml, write_book


def text(value: str) -> str:
    return Renderer().text(value).decode()


@pytest.mark.parametrize(
    ("value", "inner"),
    [
        ("甲 A", "<t>甲 A</t>"),
        ("a<b>&\"c'", "<t>a&lt;b&gt;&amp;\"c'</t>"),
        (" a", '<t xml:space="preserve"> a</t>'),
        ("a\nb\tc", '<t xml:space="preserve">a\nb\tc</t>'),
        ("a\rb\x00", "<t>a_x000D_b_x0000_</t>"),
        ("_x0041_ _x41_", "<t>_x005F_x0041_ _x41_</t>"),
        ("\ud800\ufffe", "<t>_xD800__xFFFE_</t>"),
        ("😀", "<t>😀</t>"),
        ("=1+1", "<t>=1+1</t>"),
    ],
)
def test_text_is_an_inline_string(value: str, inner: str) -> None:
    assert text(value) == f' t="inlineStr"><is>{inner}</is></c>'


def test_no_text_is_an_empty_cell() -> None:
    assert Renderer().text("") == EMPTY


def test_text_up_to_excels_limit_in_utf16_units() -> None:
    assert text("a" * MAX_TEXT)
    assert text("😀" * (MAX_TEXT // 2))
    for value in ("a" * (MAX_TEXT + 1), "😀" * (MAX_TEXT // 2 + 1)):
        with pytest.raises(ValueError):
            text(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-12, "-12"),
        (Decimal("100.00"), "100.00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
        ("-1.50", "-1.50"),
    ],
)
def test_numbers_are_written_out(value: int | Decimal | str, written: str) -> None:
    assert Renderer().number(value) == f"><v>{written}</v></c>".encode()


@pytest.mark.parametrize(
    "value", [True, Decimal("NaN"), Decimal("Infinity"), "1e5", "１２", "1,000", "", "="]
)
def test_what_is_no_plain_number_is_refused(value: bool | Decimal | str) -> None:
    with pytest.raises(ValueError):
        Renderer().number(value)


@pytest.mark.parametrize(
    ("day", "serial"),
    [
        (date(1900, 1, 1), 1),
        (date(1900, 2, 28), 59),
        (date(1900, 3, 1), 61),
        (date(2024, 2, 29), 45351),
        (date(9999, 12, 31), 2958465),
    ],
)
def test_days_are_serial_numbers(day: date, serial: int) -> None:
    expected = f"><v>{serial}</v></c>".encode()
    assert Renderer().day(day) == Renderer().day(day.toordinal()) == expected


def test_days_of_1904_books() -> None:
    assert Renderer(date1904=True).day(date(1904, 1, 1)) == b"><v>0</v></c>"
    assert Renderer(date1904=True).day(date(2024, 2, 29)) == b"><v>43889</v></c>"


@pytest.mark.parametrize(("date1904", "day"), [(False, date(1899, 12, 31)), (True, date(1903, 12, 31))])
def test_days_before_the_first_are_refused(date1904: bool, day: date) -> None:
    with pytest.raises(ValueError):
        Renderer(date1904=date1904).day(day)


def test_a_moment_is_a_part_of_its_day() -> None:
    assert Renderer().scalar(datetime(2024, 2, 29, 18, 0)) == b"><v>45351.7500000000</v></c>"


def test_a_prefix_reaches_every_element() -> None:
    renderer = Renderer(b"x:")
    assert renderer.text("a") == b' t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>'
    assert renderer.boolean(True) == b' t="b"><x:v>1</x:v></x:c>'
    assert renderer.number(3) == b"><x:v>3</x:v></x:c>"


def test_a_column_keeps_its_kind_and_its_gaps() -> None:
    rendered = Renderer().column(ColumnEdit("text", ["1", None, KEEP, "x"]), 0, 3)
    assert rendered == [b' t="inlineStr"><is><t>1</t></is></c>', EMPTY, KEEP]


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_any_text_comes_back_as_it_went(value: str) -> None:
    cell = tree.fromstring(b"<c" + Renderer().text(value))
    read = re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), "".join(cell.itertext()))
    assert read == value


def test_two_readers_understand_every_kind(tmp_path: Path) -> None:
    book = write_book(tmp_path / "b.xlsx", {"S": sheet_xml("")})
    values = ["=SUM(A1)", "a\nb", True, 12, Decimal("1.25"), "_x0041_", "\x07"]
    target, _ = patched(book, *(CellEdit("S", 1, column, value) for column, value in enumerate(values, 1)))
    row = python_calamine.load_workbook(target).get_sheet_by_index(0).to_python()[0]
    assert row == ["=SUM(A1)", "a\nb", True, 12.0, 1.25, "_x0041_", "\x07"]
    cells = openpyxl.load_workbook(target)["S"][1]
    assert [cell.value for cell in cells][:5] == ["=SUM(A1)", "a\nb", True, 12, 1.25]
    assert "<f" not in rows_of(target)
