"""Real workbooks: one cell written, everything else as it was."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from addin.files.package import CellEdit, ColumnEdit, Edits, PackageError, TableEdit, patch
from addin.files.package.container import Archive
from addin.files.package.tables import TablePart
from addin.files.package.workbook import Package
from tests.files.package import comparator
from tests.tools import SHARED, validate

BOOKS = sorted((SHARED / "corpus").glob("*.xls[xm]"))
SIGNED = "signed.xlsx"
CALAMINE_REFUSES = "custom_views_vba.xlsm"
FREE = (2001, 41)
"""A cell that no book of the corpus uses or merges."""
needs_corpus = pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside this checkout")
each_book = pytest.mark.parametrize(
    "book", [book for book in BOOKS if book.name != SIGNED], ids=lambda book: book.name
)

pytestmark = needs_corpus


def test_the_corpus_is_there() -> None:
    assert len(BOOKS) == 15


def sheets_of(book: Path) -> list[tuple[str, str]]:
    """Tab and part (as the directory spells it) of every worksheet."""
    with Archive(book) as archive:
        package = Package(archive)
        return [(sheet.name, package.member(sheet.part).raw_name.decode("cp437")) for sheet in package.sheets]


@each_book
def test_one_cell_changes_one_cell(book: Path, tmp_path: Path) -> None:
    target = tmp_path / book.name
    for name, part in sheets_of(book):
        patch(book, target, Edits(cells=[CellEdit(name, 3, 2, "回款 <&>")]))
        allowed = {part, "xl/workbook.xml", "xl\\workbook.xml", "xl/calcChain.xml", "[Content_Types].xml"}
        changed = comparator.changed(book, target)
        assert part in changed
        assert changed <= allowed | {"xl/_rels/workbook.xml.rels"}

        before, after = comparator.cells(book, part), comparator.cells(target, part)
        assert b"\xe5\x9b\x9e\xe6\xac\xbe &lt;&amp;&gt;" in after.pop("B3")
        before.pop("B3", None)
        assert after == before
        head_before, tail_before = comparator.outside_rows(book, part)
        head_after, tail_after = comparator.outside_rows(target, part)
        assert tail_after == tail_before
        assert head_after == head_before or b"<dimension" in head_after


@each_book
def test_members_that_stay_are_the_same_packed_bytes_in_the_same_order(book: Path, tmp_path: Path) -> None:
    target = tmp_path / book.name
    name, _ = sheets_of(book)[0]
    report = patch(book, target, Edits(cells=[CellEdit(name, 3, 2, "x")]))
    before, after = comparator.packed_bytes(book), comparator.packed_bytes(target)
    assert list(after) == [part for part in before if part not in report.dropped_parts]
    changed = {part for part in after if after[part] != before[part]}
    assert {part.replace("\\", "/") for part in changed} == set(report.changed_parts)


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@each_book
def test_other_programs_open_the_result(book: Path, tmp_path: Path) -> None:
    target = tmp_path / book.name
    name, _ = sheets_of(book)[0]
    patch(book, target, Edits(cells=[CellEdit(name, *FREE, "回款")]))
    if "backslash" not in book.name:  # openpyxl does not know backslashes in part names
        assert openpyxl.load_workbook(target)[name].cell(*FREE).value == "回款"
    if book.name != CALAMINE_REFUSES:
        rows = python_calamine.load_workbook(target).get_sheet_by_name(name)
        assert rows.to_python(skip_empty_area=False)[FREE[0] - 1][FREE[1] - 1] == "回款"


@each_book
def test_no_edit_is_no_change(book: Path, tmp_path: Path) -> None:
    target = tmp_path / book.name
    assert not patch(book, target, Edits()).changed
    assert comparator.packed_bytes(target) == comparator.packed_bytes(book)


def test_a_signed_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="digitally signed"):
        patch(SHARED / "corpus" / SIGNED, tmp_path / "x.xlsx", Edits())


def table_edits(table: TablePart) -> list[TableEdit]:
    """The table's first column rewritten, grown, emptied, and all its rows turned round."""
    words = [f"v{row}" for row in range(table.rows + 2)]
    return [
        TableEdit(table.name, {0: ColumnEdit("text", words)}, rows=table.rows + 2),
        TableEdit(table.name, rows=0, clear_filter=True),
        TableEdit(table.name, order=list(range(table.rows))[::-1]),
    ]


TABLE_BOOKS = ["budget_tables_x14cf_charts", "external_links_protected_ranges", "pivot_charts_tables"]


@pytest.mark.parametrize("name", TABLE_BOOKS)
def test_the_validator_finds_nothing_that_the_source_did_not_have(name: str, tmp_path: Path) -> None:
    book = SHARED / "corpus" / f"{name}.xlsx"
    with Archive(book) as archive:
        table = Package(archive).tables()[-1]
    known = Counter(str(error.get("description")) for error in validate(book))
    for edit in table_edits(table):
        target = tmp_path / book.name
        report = patch(book, target, Edits([edit]))
        assert comparator.changed(book, target) == {*report.changed_parts, *report.dropped_parts}
        assert not Counter(str(error.get("description")) for error in validate(target)) - known
