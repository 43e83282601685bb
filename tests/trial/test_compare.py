"""The comparator itself: it names every damage that is planted, and nothing where there is none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from addin.files.package import ColumnEdit, Edits, TableEdit, patch
from tests.files.package.books import sheet_xml, write_book
from tests.trial.compare import compare
from tests.trial.surgery import LedgerTable, with_ledger_sheet

EDITS = Edits([TableEdit("allocations", {4: ColumnEdit("number", list(range(10)))}, rows=10)])
SHEET, TABLE, BOOK, OTHER = (
    "xl/trial/sheet.xml",
    "xl/trial/table.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book with a ledger table, and the same with the table grown."""
    folder = tmp_path_factory.mktemp("compare")
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    plain = write_book(folder / "plain.xlsx", {"S": sheet_xml(rows)}, names="<definedNames></definedNames>")
    with_ledger_sheet(plain, folder / "before.xlsx", LedgerTable())
    patch(folder / "before.xlsx", folder / "after.xlsx", EDITS)
    return folder / "before.xlsx", folder / "after.xlsx"


def damaged(path: Path, target: Path, part: str, change: Callable[[str], str]) -> Path:
    """The book with one part changed by hand, the other parts as compressed before."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            text = package.read(info).decode()
            new = change(text) if info.filename == part else text
            assert info.filename != part or new != text, "nothing was damaged"
            copy.writestr(info, new, zipfile.ZIP_DEFLATED)
    return target


def test_nothing_is_said_where_nothing_is_lost(books: tuple[Path, Path]) -> None:
    found = compare(*books, EDITS)
    assert found.problems == []
    assert found.cells > 80 and found.same_parts == 7


DAMAGES: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a value of a user column": (SHEET, lambda text: text.replace("备注 3", "备注 4"), "G9"),
    "a formula of a user column": (SHEET, lambda text: text.replace("<f>E7*2</f>", "<f>E7*3</f>"), "H7"),
    "a formula beside": (SHEET, lambda text: text.replace("<f>SUM(E6:E13)</f>", "<f>SUM(E6:E15)</f>"), "K6"),
    "an array": (SHEET, lambda text: text.replace('ref="L6:L8"', 'ref="L6:L7"'), "L6"),
    "a cell gone": (SHEET, lambda text: text.replace('<c r="L7"><v>2</v></c>', ""), "L7"),
    "a style": (SHEET, lambda text: text.replace('<c r="L7">', '<c r="L7" s="1">'), "L7"),
    "an owned value": (SHEET, lambda text: text.replace('<c r="E9"><v>3</v>', '<c r="E9"><v>4</v>'), "E9"),
    "a total": (SHEET, lambda text: text.replace("E16/H16", "E14/H14"), "F16"),
    "a row's height": (SHEET, lambda text: text.replace('<row r="1">', '<row r="1" ht="40">'), "row 1"),
    "a validation": (SHEET, lambda text: text.replace("先到期,指定", "先到期"), "around the rows"),
    "a merged cell": (SHEET, lambda text: text.replace('ref="A1:D2"', 'ref="A1:D1"'), "around the rows"),
    "the comment's drawing": (
        SHEET,
        lambda text: text.replace("<legacyDrawing", "<drawing"),
        "around the rows",
    ),
    "a rule that stayed behind": (SHEET, lambda text: text.replace("E6:E15", "E6:E13"), "around the rows"),
    "a filter": (TABLE, lambda text: text.replace('<filter val="R-1"/>', ""), "table allocations"),
    "a table's size": (TABLE, lambda text: text.replace('ref="A5:H16"', 'ref="A5:H15"'), "table allocations"),
    "a name": (BOOK, lambda text: text.replace("$E$15", "$E$13"), "workbook part"),
    "another sheet": (OTHER, lambda text: text.replace("<v>1</v>", "<v>2</v>"), "not the same bytes"),
    "a comment": ("xl/trial/comments.xml", lambda text: text.replace("请核对", "请"), "not the same bytes"),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_every_planted_damage_is_named(books: tuple[Path, Path], what: str, tmp_path: Path) -> None:
    part, change, named = DAMAGES[what]
    before, after = books
    found = compare(before, damaged(after, tmp_path / "damaged.xlsx", part, change), EDITS)
    assert any(named in problem for problem in found.problems), found.problems


def test_a_part_that_is_gone_or_packed_anew_is_named(books: tuple[Path, Path], tmp_path: Path) -> None:
    before, after = books
    with zipfile.ZipFile(after) as package, zipfile.ZipFile(tmp_path / "gone.xlsx", "w") as copy:
        for info in package.infolist():
            if "comments" not in info.filename:
                copy.writestr(info, package.read(info), zipfile.ZIP_DEFLATED)
    assert any(
        "parts are gone" in problem for problem in compare(before, tmp_path / "gone.xlsx", EDITS).problems
    )
    with zipfile.ZipFile(after) as package, zipfile.ZipFile(tmp_path / "stored.xlsx", "w") as copy:
        for info in package.infolist():
            kind = zipfile.ZIP_STORED if "comments" in info.filename else zipfile.ZIP_DEFLATED
            copy.writestr(info, package.read(info), kind)
    problems = compare(before, tmp_path / "stored.xlsx", EDITS).problems
    assert any("comments.xml is not the same bytes" in problem for problem in problems)
