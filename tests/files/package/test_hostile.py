"""Books with random damage inside well-formed zips: a result that opens, or one clear line."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from addin.files.package import CellEdit, ColumnEdit, Edits, PackageError, TableEdit, patch
from addin.files.package.verify import verify
from tests.files.package.books import sheet_xml, table_xml, write_book

ROWS = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="3"><v>1</v></c><c r="C2"><f t="shared" ref="C2:C3" si="0">A2</f></c></row>'
    '<row r="3"><c r="A3"><v>2</v></c><c r="C3"><f t="shared" si="0"/></c></row>'
    '<row r="4"><c r="C4"><f>SUM(C2:C3)</f><v>1</v></c></row>'
)
AFTER = '<mergeCells><mergeCell ref="E1:F2"/></mergeCells><conditionalFormatting sqref="A2:A3"/>'
EDITS = Edits(
    [
        TableEdit("T", {0: ColumnEdit("text", ["a", "b", "c"])}, rows=3, clear_filter=True),
        TableEdit("U", {0: ColumnEdit("number", [1])}, order=[0]),
    ],
    [CellEdit("S", 9, 9, 1)],
    ["S"],
)
NOISE = [b"", b"<", b">", b'"', b"&", b"=", b"-1", b"999999999", b"x", b"\0", b"\xff", b"<!--", b"/>", b"A0"]


def book(path: Path) -> Path:
    inner = '<filterColumn colId="0"><filters/></filterColumn>'
    tables = [
        table_xml("T", "A1:C4", ["a", "b", "c"], filter_ref="A1:C3", inner=inner, more='totalsRowCount="1"'),
        table_xml("U", "H1:H2", ["h"]),
    ]
    names = '<definedNames><definedName name="x">S!$A$2:$A$3</definedName></definedNames>'
    return write_book(
        path, {"S": sheet_xml(ROWS, after=AFTER)}, {"S": tables}, names=names, chain='<c r="C2" i="1"/>'
    )


def mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(NOISE) + data[at + chance.choice([0, 1, 1, 7]) :]
    return data


def test_the_sound_book_takes_the_edits(tmp_path: Path) -> None:
    source, target = book(tmp_path / "book.xlsx"), tmp_path / "after.xlsx"
    verify(source, target, patch(source, target, EDITS))


@pytest.mark.parametrize("seed", range(4))
def test_damage_is_survived_or_named(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    source, target = book(tmp_path / "book.xlsx"), tmp_path / "after.xlsx"
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    refused = 0
    for _ in range(250):
        victim = chance.choice(list(parts))
        with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in parts.items():
                package.writestr(name, mutated(data, chance) if name == victim else data)
        before = source.read_bytes()
        try:
            patch(source, target, EDITS)
        except PackageError as error:
            assert error.problem.zh and error.problem.en
            refused += 1
        assert source.read_bytes() == before
    assert 10 < refused < 240
