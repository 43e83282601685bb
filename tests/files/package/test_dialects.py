"""The same edit on the same sheet, written down in many ways: prefixes, quotes, encodings, comments."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.files.package import ColumnEdit, TableEdit
from addin.files.package.cells import EMPTY, Renderer
from addin.files.package.rowedits import RowEdit
from addin.files.package.rows import RowDialect
from tests.files.package.books import MAIN, STRICT, patched, sheet_xml, table_xml, write_book

PLAIN = sheet_xml(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>c</t></is></c></row>'
    '<row r="2" spans="1:3"><c r="A2"><v>1</v></c><c r="B2" s="0" t="n"><v>2</v></c>'
    '<c r="C2"><v>3</v></c></row>'
    '<row r="3"><c r="A3"><v>4</v></c><c r="B3"><v>5</v></c><c r="C3"><f>A3+1</f><v>5</v></c></row>'
)


def prefixed(text: str) -> str:
    body = re.sub(r"<(/?)(worksheet|sheetData|row|c|v|is|t|f)\b", r"<\1x:\2", text)
    return body.replace("xmlns=", "xmlns:x=")


def commented(text: str) -> str:
    return text.replace(
        '<row r="3">', '<!-- <row r="2"><c r="B2"/></row> --><row r="3"><?pi <c r="B3"/>?>'
    ).replace("<v>5</v></c><c", "<v>5</v><!--</c>--></c><c")


def cdata(text: str) -> str:
    return text.replace("<t>a</t>", "<t><![CDATA[a]]></t>").replace("<f>A3+1</f>", "<f><![CDATA[A3+1]]></f>")


def no_places(text: str) -> str:
    return re.sub(r"<(row|c) r=\"\w+\"", r"<\1", text)


def encoded(codec: str, bom: bytes = b"") -> Callable[[str], bytes]:
    return lambda text: bom + text.replace('"UTF-8"', f'"{codec}"').encode(codec.lower())


DIALECTS: dict[str, Callable[[str], str | bytes]] = {
    "single quotes": lambda text: text.replace('"', "'"),
    "prefix": prefixed,
    "prefix and comments": lambda text: prefixed(commented(text)),
    "comments and instructions": commented,
    "cdata": cdata,
    "pretty": lambda text: re.sub(r"(<(?:row|c|v|/row|/c|/sheetData))", r"\r\n  \1", text),
    "no places": no_places,
    "attributes turned round": lambda text: re.sub(r'<c (r="\w+")((?: \w+="\w+")+)', r"<c\2 \1", text),
    "spaces in tags": lambda text: re.sub(r"(<(?:c|row)) ([^>]*[^/])>", r"\1\n \2 >", text),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16": encoded("UTF-16"),
    "latin-1": encoded("ISO-8859-1"),
    "strict": lambda text: text.replace(MAIN, STRICT),
}


def book(path: Path, xml: str | bytes) -> Path:
    return write_book(path, {"S": xml}, {"S": [table_xml("T", "A1:C3", ["a", "b", "c"])]})


def sheet_part(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/worksheets/sheet1.xml")


EDITS = [
    TableEdit("T", {1: ColumnEdit("text", ["甲<", None])}),
    TableEdit("T", {0: ColumnEdit("number", [7, 8, 9]), 1: ColumnEdit("text", ["x", "y", "z"])}, rows=3),
    TableEdit("T", {1: ColumnEdit("bool", [True])}, rows=1),
    TableEdit("T", {1: ColumnEdit("number", [50, 20])}, order=[1, 0]),
]


def content(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["S"].iter_rows(values_only=True))


@pytest.mark.parametrize("edit", EDITS, ids=["column", "growth", "shrinking", "order"])
@pytest.mark.parametrize("name", [name for name in DIALECTS if name != "strict"])
def test_every_dialect_says_the_same_afterwards(tmp_path: Path, name: str, edit: TableEdit) -> None:
    plain, _ = patched(book(tmp_path / "plain.xlsx", PLAIN), edit)
    expected = content(plain)
    odd = book(tmp_path / "odd.xlsx", DIALECTS[name](PLAIN))
    assert content(odd) == content(tmp_path / "plain.xlsx"), "the dialect itself is at fault"
    after, _ = patched(odd, edit)
    assert content(after) == expected


@pytest.mark.parametrize("codec", ["UTF-16-LE", "UTF-16-BE", "GBK", "windows-1251"])
def test_encodings_that_few_readers_know_come_back_in_themselves(tmp_path: Path, codec: str) -> None:
    plain, _ = patched(book(tmp_path / "plain.xlsx", PLAIN), EDITS[1])
    expected = sheet_part(plain).decode().replace('"UTF-8"', f'"{codec}"')
    after, _ = patched(book(tmp_path / "odd.xlsx", encoded(codec)(PLAIN)), EDITS[1])
    assert sheet_part(after).decode(codec) == expected


def test_text_that_an_encoding_lacks_becomes_references(tmp_path: Path) -> None:
    after, _ = patched(book(tmp_path / "odd.xlsx", encoded("ISO-8859-1")(PLAIN)), EDITS[0])
    assert b"<t>&#30002;&lt;</t>" in sheet_part(after)


def test_strict_documents_are_edited_alike(tmp_path: Path) -> None:
    strict = sheet_part(patched(book(tmp_path / "b.xlsx", PLAIN.replace(MAIN, STRICT)), EDITS[0])[0])
    plain = sheet_part(patched(book(tmp_path / "c.xlsx", PLAIN), EDITS[0])[0])
    assert strict.replace(STRICT.encode(), MAIN.encode()) == plain


def test_what_is_not_edited_keeps_its_bytes_in_an_odd_dialect(tmp_path: Path) -> None:
    text = prefixed(commented(PLAIN))
    after, _ = patched(book(tmp_path / "b.xlsx", text), TableEdit("T", {1: ColumnEdit("number", [2, 50])}))
    written = sheet_part(after).decode()
    assert written == text.replace('s="0" t="n"><x:v>2', 's="0"><x:v>2').replace(
        "<x:v>5</x:v><!--</x:c>--></x:c>", "<x:v>50</x:v></x:c>"
    )


CELLS = st.lists(
    st.tuples(
        st.sampled_from(
            ["", ' s="3"', ' s="0"', ' t="s"', ' s="12" t="inlineStr"', ' t="str" s="2"', " cm='1'"]
        ),
        st.sampled_from(
            ["/>", " />", "><v>1</v></c>", "></c>", "><is><t>x</t></is></c>", "><f>A1</f><v>2</v></c>",
             "><v/></c>", '><is><t xml:space="preserve"> y</t></is></c>', None]
        ),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(cells=CELLS, edits=st.dictionaries(st.integers(1, 9), st.integers(0, 3), max_size=6))
def test_the_fast_way_and_the_exact_way_agree(
    cells: list[tuple[str, str | None]], edits: dict[int, int]
) -> None:
    payloads = [EMPTY, Renderer().number(5), Renderer().text("a <b>"), Renderer().boolean(True)]
    row = '<row r="7" spans="1:4">'
    for column, (attrs, rest) in enumerate(cells, 1):
        row += "" if rest is None else f'<c r="{chr(64 + column)}7"{attrs}{rest}'
    data = (row + "</row>").encode()
    columns = tuple(sorted(edits))
    edit = RowEdit(7, columns, [payloads[edits[column]] for column in columns], {2: b' s="9"'})
    fast, exact = RowDialect(b"", odd=False), RowDialect(b"", odd=True)
    first = fast.edit(data, edit)
    assert first == exact.edit_exact(data, edit)
    assert fast.formulas_gone == exact.formulas_gone
    again = RowDialect(b"", odd=False).edit(first, edit)
    assert again == first
