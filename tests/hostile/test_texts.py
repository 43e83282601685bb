"""Odd text: escapes, what XML cannot hold, what a terminal obeys, and more of it than a cell takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.files import values
from addin.files.package import ColumnEdit, Edits, TableEdit, patch
from addin.files.parts import open_package
from addin.files.reader import read_book
from addin.hosts.cli.output import harmless
from tests.bad_input.ledger import Cell, make_book, text
from tests.bad_input.reports import command
from tests.files.inputs import customers, replaced, rewrite
from tests.hostile.crafted import AS_OF, refused

ODD = [
    "_x0041_", "_x005F_", "_x005F_x0041_", "_x005f_x0041_", "a_x000D_b", "_x_", "__x0041__", "_xD800_", "_xffff_",
    "_xd83d__xde00_", "_x0041", "x0041_", "\r", "a\rb", "a\r\nb", " a ", "\t", "\n", "\x00", "\x01\x1f", "\x7f\x85",
    "\ufeffx", "\u202e\u0627", "\u2028", "𠮷", "e\u0301", "&lt;&amp;", "]]>", "<f>1</f>", "\u200b", "_x000a_",
    "_x0000_",
]  # fmt: skip


def round_trip(folder: Path, texts: list[str], second: bool = False) -> list[object]:
    """What the reader finds where the writer put these texts, by its first way or its second."""
    source = customers(folder / "before.xlsx", [[str(n), "x"] for n in range(len(texts))])
    target = folder / "after.xlsx"
    patch(source, target, Edits([TableEdit("customers", {1: ColumnEdit("text", texts)})]))
    with pytest.MonkeyPatch.context() as change:
        if second:
            change.setattr(values.Values, "_by_calamine", lambda *_: None)
        return list(read_book(target).tables["customers"].columns[1])


@pytest.mark.parametrize("second", [False, True], ids=["calamine", "openpyxl"])
def test_odd_texts_come_back_as_they_were_written(tmp_path, second):
    assert round_trip(tmp_path, ODD, second) == ODD


ESCAPES = st.from_regex(r"(_x[0-9A-Fa-f]{4}_|_|x|a){1,4}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS | ESCAPES, min_size=1, max_size=20))
@pytest.mark.parametrize("second", [False, True], ids=["calamine", "openpyxl"])
def test_write_then_read_is_identity(tmp_path_factory, texts, second):
    assert round_trip(tmp_path_factory.mktemp("texts"), texts, second) == texts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x000D__x000a_", "\r\n"),
        ("_xD800_", "_xD800_"),
        ("_xD83D__xDE00_", "_xD83D__xDE00_"),
    ],
)
@pytest.mark.parametrize("second", [False, True], ids=["calamine", "openpyxl"])
@pytest.mark.parametrize("kind", ["inlineStr", "str"])
def test_both_ways_of_reading_know_escapes_alike(tmp_path, monkeypatch, written, read, second, kind):
    book = customers(tmp_path / "book.xlsx", [["C1", "HERE"]])
    if kind == "str":
        inline, formula = b't="inlineStr"><is><t>HERE</t></is>', b't="str"><v>%s</v>' % written.encode()
        rewrite(book, {r"sheet1\.xml$": lambda xml: xml.replace(inline, formula)})
    else:
        rewrite(book, {r"sheet1\.xml$": replaced("HERE", written)})
    if second:
        monkeypatch.setattr(values.Values, "_by_calamine", lambda *_: None)
    assert read_book(book).tables["customers"].columns[1] == [read]


@pytest.mark.parametrize("odd", ["\ud800", "a\udfffb", "\uffff"])
def test_half_a_surrogate_pair_is_written_as_an_escape_and_never_read_as_one(tmp_path, odd):
    (found,) = round_trip(tmp_path, [odd])
    assert found == odd.replace("\ud800", "_xD800_").replace("\udfff", "_xDFFF_").replace("\uffff", "_xFFFF_")


ORDERS = ["check", "refresh", "show aging", "show aging --json", "show aging --format csv"]


@pytest.mark.parametrize("name", ["_xD800_", "_x0000_", "\u202eabc", "a\x7f\x9bb", "𠮷" * 1000, "\ufffd"])
@pytest.mark.parametrize(
    "order",
    [
        ["check"],
        ["refresh"],
        ["show", "aging"],
        ["show", "aging", "--json"],
        ["show", "aging", "--format", "csv"],
    ],
)
def test_odd_names_stop_no_command(tmp_path, name, order):
    book = make_book(tmp_path, {("customers", 6, "name"): text(name)})
    ran = command(order[0], book, *order[1:], "--as-of", AS_OF)
    assert ran.code in (0, 1) and ran.err == "", ran


@pytest.mark.parametrize("count", [32_767, 32_768, 70_000])
def test_a_cell_as_long_as_can_be_and_longer(tmp_path, count):
    book = make_book(tmp_path, {("receipts", 6, "milestone_id"): text("M" * count)})
    checked = command("check", book, "--as-of", AS_OF, "--json")
    assert checked.code == 1
    messages = [finding["message"] for finding in json.loads(checked.out)["findings"]]
    assert max(map(len, messages)) < 400


@pytest.mark.parametrize(
    ("letter", "count", "code"), [("x", 32_767, 0), ("x", 32_768, 1), ("𠮷", 16_383, 0), ("𠮷", 16_384, 1)]
)
def test_a_field_longer_than_a_cell_is_a_row_not_taken(tmp_path, letter, count, code):
    book, file = make_book(tmp_path), tmp_path / "rows.csv"
    file.write_text(f"customer_id,name\nK1,{letter * count}\nK2,Short\n", encoding="utf-8")
    ran = command("import", book, "customers", file, "--json")
    assert ran.code == code
    found = json.loads(ran.out)
    assert (found["taken"], [row["row"] for row in found["rejected"]]) == (2 - code, [2] * code)


@pytest.mark.parametrize("content", [b"\xff", b"\xed\xa0\x80", b"\0", b"&#0;", b"&#xD800;", b"\x1b"])
def test_what_xml_may_not_hold_is_a_damaged_book(tmp_path, content):
    book = make_book(tmp_path, {("customers", 6, "name"): Cell('t="inlineStr"', "<is><t>HERE</t></is>")})
    rewrite(book, {r"sheet4\.xml$": lambda xml: xml.replace(b"HERE", content)})
    ran = command("refresh", book, "--as-of", AS_OF)
    assert ran.code in (0, 1) or len(ran.err.splitlines()) == 1


def test_text_from_a_book_moves_no_cursor(tmp_path):
    name = "A\x1b[2J\x9b1mB\x07\u202eC"
    assert harmless(f"\x1b[31m{name}\x1b[0m") == "\x1b[31mA�[2J�1mB��C\x1b[0m"
    book = make_book(tmp_path, {("customers", 6, "name"): text("_x001B_[2JAlpha")})
    shown = command("show", book, "customers", "--as-of", AS_OF)
    assert "Alpha" in shown.out and "\x1b" not in shown.out


@pytest.mark.parametrize("encoding", ["GBK", "gb18030", "shift_jis", "iso-8859-1", "nonsense", "utf-7"])
@pytest.mark.parametrize("part", [r"xl/workbook\.xml$", r"sheet1\.xml$", r"table1\.xml$"])
def test_a_part_in_another_encoding_is_read_or_refused(tmp_path, encoding, part):
    book = customers(tmp_path / "book.xlsx", [["C1", "Alpha"]])
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    rewrite(book, {part: lambda xml: head + (xml.split(b"?>", 1)[1] if xml.startswith(b"<?") else xml)})
    ran = command("check", book, "--as-of", AS_OF)
    assert "internal error" not in ran.err
    assert ran.code in (0, 1) or refused(book)


def test_reading_needs_no_package_beyond_its_own(tmp_path):
    with open_package(customers(tmp_path / "book.xlsx", [["C1", "x"]])) as package:
        assert all(".." not in part for part in package)
