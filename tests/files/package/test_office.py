"""LibreOffice opens what the writer made and sees the new values (it does not calculate stored formulas anew)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from addin.files.package import ColumnEdit, TableEdit
from tests.files.package.books import patched, sheet_xml, table_xml, write_book
from tests.tools import Office

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2"><v>1</v></c></row>'
    '<row r="3"><c r="B3"><f>SUBTOTAL(109,B2:B2)</f><v>1</v></c></row>'
)


def test_libreoffice_reads_the_grown_table_and_its_total(tmp_path: Path, soffice: Office) -> None:
    table = table_xml("T", "A1:B3", ["a", "b"], filter_ref="A1:B2", more='totalsRowCount="1"')
    source = write_book(tmp_path / "book.xlsx", {"S": sheet_xml(ROWS)}, {"S": [table]})
    words = ["=1+1", "甲 <&> 乙", " _x0041_ "]
    edit = TableEdit(
        "T", {0: ColumnEdit("text", words), 1: ColumnEdit("date", [date(2024, 2, 29)] * 3)}, rows=3
    )
    target, _ = patched(source, edit)
    made = soffice(target, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", tmp_path / "csv")
    lines = list(csv.reader(made.read_text("utf-8-sig").splitlines()))
    assert [line[0] for line in lines[1:4]] == words
    assert [line[1] for line in lines[1:5]] == ["45351", "45351", "45351", "1"], (
        "a stored total stays until Excel"
    )
