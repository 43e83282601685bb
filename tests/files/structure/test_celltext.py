"""Texts of cells in every way in which sheets hold them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from addin.files.package.container import Archive
from addin.files.package.markup import splice
from addin.files.package.refs import Area
from addin.files.package.structure.celltext import SheetText
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.sharedtext import SharedText, text_of, with_text
from addin.files.package.structure.sheets import free_name
from addin.service.newbook import new_book

ROWS = (
    b'<row r="2"><c r="A2" t="inlineStr"><is><t>old</t></is></c><c r="B2" s="4" t="str"><v>old</v></c>'
    b'<c r="C2" t="str"><f>"old"</f><v>old</v></c><c t="inlineStr"><is><r><rPr><b/></rPr><t>o</t></r>'
    b"<r><t>ld</t></r></is></c></row>"
)


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(Archive(new_book(tmp_path / "book.xlsx", "zh")))


@pytest.mark.parametrize(
    ("rows", "prefix"),
    [
        (ROWS, b""),
        (ROWS.replace(b"</row>", b"<!-- old --></row>"), b""),
        (ROWS.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:"), b"x:"),
    ],
    ids=["plain", "comments", "prefix"],
)
def test_texts_are_found_and_changed_but_formulas_are_not(draft: Draft, rows: bytes, prefix: bytes) -> None:
    data = b"<%bworksheet><%bsheetData>%b</%bsheetData></%bworksheet>"
    data = data % (prefix, prefix, rows, prefix, prefix)
    sheet = SheetText(data, "S", SharedText(draft))
    assert list(sheet.texts(Area(1, 1, 9, 9))) == [(2, 1, "old"), (2, 2, "old"), (2, 4, "old")]
    new = splice(data, sheet.reworded(lambda row, column: {"old": "new & <"}))
    assert new.count(b"new &amp; &lt;") == 3
    assert b'"old"</' in new and new.count(b">old<") == 1
    back = SheetText(new, "S", SharedText(draft)).reworded(lambda row, column: {"new & <": "old"})
    assert splice(new, back).replace(b"<t></t>", b"").count(b"old") >= 4


def test_only_the_cells_that_are_asked_for_change(draft: Draft) -> None:
    data = b"<worksheet><sheetData>%b</sheetData></worksheet>" % ROWS
    sheet = SheetText(data, "S", SharedText(draft))
    new = splice(data, sheet.reworded(lambda row, column: {"old": "new"} if column == 2 else None))
    assert new == data.replace(b'<c r="B2" s="4" t="str"><v>old', b'<c r="B2" s="4" t="str"><v>new')


def test_an_item_keeps_its_format_and_its_reading() -> None:
    item = b'<si><t xml:space="preserve">old</t><rPh sb="0" eb="1"><t>reading</t></rPh><phoneticPr fontId="1"/></si>'
    assert text_of(item) == "old"
    assert with_text(item, "new") == item.replace(b"old", b"new")


def test_shared_strings_are_added_once_and_found_again(tmp_path: Path) -> None:
    book = new_book(tmp_path / "book.xlsx", "zh")
    table = b'<sst count="2" uniqueCount="2"><si><t>a</t></si><si><t>b</t></si></sst>'
    target = tmp_path / "shared.xlsx"
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                link = b'<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>'
                data = data.replace(b"</Relationships>", link + b"</Relationships>")
            made.writestr(name, data)
        made.writestr("xl/sharedStrings.xml", table)
    with Archive(target) as archive:
        draft = Draft(archive)
        shared = SharedText(draft)
        assert [shared.place(0, text) for text in ("c", "b", "c", "a")] == [2, 1, 2, 0]
        shared.store()
        assert draft.read("xl/sharedStrings.xml") == (
            b'<sst count="2" uniqueCount="3"><si><t>a</t></si><si><t>b</t></si><si><t>c</t></si></sst>'
        )


def test_a_draft_without_changes_is_the_same_file(draft: Draft, tmp_path: Path) -> None:
    target = tmp_path / "same.xlsx"
    report = draft.write(target)
    assert not report.changed
    old, new = (zipfile.ZipFile(io.BytesIO(path.read_bytes())) for path in (draft.archive.path, target))
    assert [old.read(name) for name in old.namelist()] == [new.read(name) for name in new.namelist()]


def test_a_tab_name_is_no_longer_than_excel_allows() -> None:
    assert free_name("x" * 31, ["x" * 31]) == "x" * 27 + " (2)"
