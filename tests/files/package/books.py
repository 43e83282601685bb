"""Small workbooks written out by hand, so that tests can expect exact bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from addin.files.package import CellEdit, Edits, PatchReport, TableEdit, patch

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A worksheet part around its rows."""
    return (
        f'{HEAD}<worksheet xmlns="{namespace}" xmlns:r="{_REL}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def table_xml(
    name: str,
    ref: str,
    columns: Sequence[str],
    *,
    filter_ref: str | None = None,
    inner: str = "",
    more: str = "",
) -> str:
    """A table part; `inner` goes into the filter, `more` are attributes of the table."""
    names = "".join(
        text if text.startswith("<") else f'<tableColumn id="{number}" name="{text}"/>'
        for number, text in enumerate(columns, 1)
    )
    filtered = f'<autoFilter ref="{filter_ref or ref}">{inner}</autoFilter>' if filter_ref != "" else ""
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="{name}" displayName="{name}" ref="{ref}" {more}>{filtered}'
        f'<tableColumns count="{len(columns)}">{names}</tableColumns><tableStyleInfo name="S"/></table>'
    )


def write_book(
    path: Path,
    sheets: Mapping[str, str | bytes],
    tables: Mapping[str, Sequence[str]] | None = None,
    *,
    names: str = "",
    properties: str = "",
    calc: str = "",
    chain: str = "",
    hidden: Sequence[str] = (),
) -> Path:
    """A workbook of these sheets; `tables` are table parts by sheet, `chain` the calcChain's cells."""
    parts: dict[str, str | bytes] = {}
    types, entries, rels = "", "", ""
    count = 0
    for number, (name, xml) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
        types += _override(f"/xl/worksheets/sheet{number}.xml", "worksheet")
        state = ' state="hidden"' if name in hidden else ""
        entries += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        rels += _relationship(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        own = ""
        for xml_table in (tables or {}).get(name, ()):
            count += 1
            parts[f"xl/tables/table{count}.xml"] = xml_table
            types += _override(f"/xl/tables/table{count}.xml", "table")
            own += _relationship(f"rId{count}", "table", f"../tables/table{count}.xml")
        if own:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relationships(own)
    if chain:
        parts["xl/calcChain.xml"] = f'{HEAD}<calcChain xmlns="{MAIN}">{chain}</calcChain>'
        types += _override("/xl/calcChain.xml", "calcChain")
        rels += _relationship("rId90", "calcChain", "calcChain.xml")
    front = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{_PACK}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{_override('/xl/workbook.xml', 'sheet.main')}{types}</Types>"
        ),
        "_rels/.rels": _relationships(_relationship("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_REL}">{properties}<sheets>{entries}</sheets>'
            f"{names}{calc}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relationships(rels),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in {**front, **parts}.items():
            package.writestr(zipfile.ZipInfo(part, (2024, 2, 29, 12, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return path


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>'


def _relationship(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>'


def _relationships(inner: str) -> str:
    return f'{HEAD}<Relationships xmlns="{_PACK}/relationships">{inner}</Relationships>'


def part(path: Path, name: str) -> str:
    """A part's text."""
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode("utf-8")


def rows_of(path: Path, number: int = 1) -> str:
    """What stands between <sheetData> and its end in the n-th sheet."""
    text = part(path, f"xl/worksheets/sheet{number}.xml")
    return text.partition("<sheetData>")[2].partition("</sheetData>")[0]


def patched(book: Path, *edits: TableEdit | CellEdit) -> tuple[Path, PatchReport]:
    """The book beside the book, with the edits."""
    target = book.with_name("after.xlsx")
    tables = [edit for edit in edits if isinstance(edit, TableEdit)]
    cells = [edit for edit in edits if isinstance(edit, CellEdit)]
    return target, patch(book, target, Edits(tables, cells))
