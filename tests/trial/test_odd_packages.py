"""Odd but legitimate packages: the same table, the same edits, and nothing lost."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files.package.books import MAIN, STRICT, sheet_xml, write_book
from tests.trial import cases
from tests.trial.compare import compare
from tests.trial.surgery import REL, LedgerTable, Parts, with_ledger_sheet

SHEET = "xl/trial/sheet.xml"
Change = Callable[[Parts], None]


def in_sheet(change: Callable[[str], str]) -> Change:
    return lambda parts: parts.put(SHEET, change(parts.text(SHEET)))


def strict(parts: Parts) -> None:
    """ISO 29500 strict namespaces in every part."""
    for name, data in parts.data.items():
        text = data.decode().replace(MAIN, STRICT)
        parts.put(name, text.replace(REL, "http://purl.oclc.org/ooxml/officeDocument/relationships"))


def two_bytes_a_letter(parts: Parts) -> None:
    """UTF-16 in sheet, table, workbook, relationships and content types."""
    for name, data in parts.data.items():
        text = data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        parts.put(name, text.encode("utf-16"))


def prefixed(text: str) -> str:
    names = "worksheet|sheetData|row|c|v|is|t|f|dimension|mergeCells?|conditionalFormatting|cfRule|dataBar|cfvo|color"
    names += "|dataValidations?|formula1|legacyDrawing|tableParts?"
    return re.sub(rf"<(/?)({names})\b", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=")


def shared_strings(parts: Parts) -> None:
    """Rich text in shared strings instead of inline strings."""
    words: list[str] = []

    def shared(match: re.Match[str]) -> str:
        words.append(match[1])
        return f' t="s"><v>{len(words) - 1}</v></c>'

    text = re.sub(r' t="inlineStr"><is><t>([^<]*)</t></is></c>', shared, parts.text(SHEET))
    parts.put(SHEET, text)
    items = "".join(
        f"<si><r><rPr><b/></rPr><t>{word[:1]}</t></r><r><t>{word[1:]}</t></r></si>" for word in words
    )
    parts.put("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
    parts.declare(
        "xl/sharedStrings.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    )
    parts.relate(parts.workbook, "sharedStrings", "xl/sharedStrings.xml")


def backslashes(parts: Parts) -> None:
    parts.data = {
        name if name.startswith("[") else name.replace("/", "\\"): data for name, data in parts.data.items()
    }


def shared_formulas(text: str) -> str:
    """The user's column of formulas as one shared formula, as Excel writes a column filled down."""
    text = text.replace("<f>E6*2</f>", '<f t="shared" ref="H6:H13" si="4">E6*2</f>')
    return re.sub(r"<f>E\d+\*2</f>", '<f t="shared" si="4"/>', text)


ODD: dict[str, Change] = {
    "strict namespaces": strict,
    "UTF-16": two_bytes_a_letter,
    "prefixes": in_sheet(prefixed),
    "comments and CDATA": in_sheet(
        lambda text: text.replace("<t>备注 1</t>", "<t><![CDATA[备注 1]]></t>").replace("</row>", "<!-- r --></row>")
    ),
    "no extent": in_sheet(lambda text: re.sub("<dimension[^>]*>", "", text)),
    "rows and cells without places": in_sheet(
        lambda text: re.sub(r'<row r="(?!1"|5")\d+"', "<row", re.sub(r'<c r="[B-E]\d+"', "<c", text))
    ),
    "rich shared strings": shared_strings,
    "backslashes": backslashes,
    "shared formulas": in_sheet(shared_formulas),
    "a data table": in_sheet(
        lambda text: text.replace('<c r="L6"><f t="array" ref="L6:L8">TRANSPOSE({1,2,3})</f>',
                                  '<c r="L6"><f t="dataTable" ref="L6:L8" dt2D="0" dtr="0" r1="N1"/>')
    ),
    "a protected sheet": in_sheet(
        lambda text: text.replace("</sheetData>", '</sheetData><sheetProtection sheet="1" objects="1"/>')
    ),
    "print areas": lambda parts: parts.add_name("_xlnm.Print_Area", "核销明细!$A$1:$L$14", 'localSheetId="1"'),
    "an absolute name of no sheet": lambda parts: parts.add_name("rate", "0.05"),
}  # fmt: skip


def source(folder: Path, change: Change) -> Path:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    names = "<definedNames></definedNames>"
    plain = write_book(folder / "plain.xlsx", {"S": sheet_xml(rows)}, names=names, chain='<c r="K6" i="2"/>')
    with_ledger_sheet(plain, folder / "before.xlsx", LedgerTable())
    parts = Parts(folder / "before.xlsx")
    before = dict(parts.data)
    change(parts)
    assert parts.data != before
    return parts.save(folder / "odd.xlsx")


@pytest.mark.parametrize("kind", cases.KINDS)
@pytest.mark.parametrize("name", ODD)
def test_nothing_is_lost_in_an_odd_package(name: str, kind: str, tmp_path: Path) -> None:
    odd = source(tmp_path, ODD[name])
    [(_, edit)] = cases.table_edits("allocations", 8, 4, (kind,))
    case = cases.patched(name, odd, tmp_path, cases.Edits([edit]))
    found = compare(case.source, case.result, case.edits)
    assert found.problems == []
    assert found.cells > 70


def streamed(path: Path, target: Path) -> None:
    """Written to a pipe: sizes stand behind the data."""
    with zipfile.ZipFile(path) as package, target.open("wb") as file:
        file.seekable = lambda: False  # type: ignore[method-assign]  # as of a pipe
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in package.namelist():
                copy.writestr(name, package.read(name))


def wide(path: Path, target: Path) -> None:
    """Sizes of 64 bits where 32 would do, in every local header and in the end of the directory."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            with copy.open(name, "w", force_zip64=True) as member:
                member.write(package.read(name))
    data = target.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HLL", data, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    target.write_bytes(data[:end] + record + locator + data[end:])


def behind_other_bytes(path: Path, target: Path) -> None:
    """With something in front, as self-extracting archives have it."""
    target.write_bytes(b"MZ something" + path.read_bytes())


def stored(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name))


@pytest.mark.parametrize("kind", ["grown", "everything"])
@pytest.mark.parametrize("pack", [streamed, wide, behind_other_bytes, stored])
def test_nothing_is_lost_however_it_is_packed(
    pack: Callable[[Path, Path], None], kind: str, tmp_path: Path
) -> None:
    plain = source(tmp_path, ODD["print areas"])
    packed = tmp_path / "packed.xlsx"
    pack(plain, packed)
    assert packed.read_bytes() != plain.read_bytes()
    [(_, edit)] = cases.table_edits("allocations", 8, 4, (kind,))
    case = cases.patched(pack.__name__, packed, tmp_path, cases.Edits([edit]))
    assert compare(case.source, case.result, case.edits).problems == []
