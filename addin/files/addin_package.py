"""The package of the add-in: a workbook of one empty sheet around macros and ribbon, written from parts of our own."""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.sax.saxutils import escape

from addin.files.package.structure.macros import (
    RIBBON_PART,
    RIBBON_RELATION,
    VBA_PART,
    VBA_RELATION,
    VBA_TYPE,
)

WORKBOOK_CODE, SHEET_CODE = "ThisWorkbook", "AddinSheet"
THEME_PART: Final = "xl/theme/theme1.xml"
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_MADE: Final = "2026-01-01T00:00:00Z"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETML: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def addin_package(vba: bytes, ribbon: bytes, theme: bytes, *, title: str, description: str) -> bytes:
    """The bytes of an .xlam; title and description are what Excel's list of add-ins shows.

    Nothing is compressed or dated, and the parts' order is fixed: the same content gives the same bytes anywhere.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
            (RIBBON_RELATION, RIBBON_PART),
        ),
        "docProps/app.xml": _APP,
        "docProps/core.xml": _core(title, description),
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{_OFFICE}/relationships/worksheet", "worksheets/sheet1.xml"),
            (f"{_OFFICE}/relationships/styles", "styles.xml"),
            (f"{_OFFICE}/relationships/theme", "theme/theme1.xml"),
            (VBA_RELATION, "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _SHEET,
        "xl/styles.xml": _STYLES,
    }
    whole = {name: (_HEAD + text).encode() for name, text in parts.items()}
    return _zipped({**whole, THEME_PART: theme, VBA_PART: vba, RIBBON_PART: ribbon})


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _DAY)
            member.create_system = 3  # else Windows would write another number
            member.external_attr = 0o600 << 16
            archive.writestr(member, data)
    return made.getvalue()


def _content_types() -> str:
    overrides = {
        "xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "xl/worksheets/sheet1.xml": f"{_SHEETML}.worksheet+xml",
        "xl/styles.xml": f"{_SHEETML}.styles+xml",
        THEME_PART: "application/vnd.openxmlformats-officedocument.theme+xml",
        VBA_PART: VBA_TYPE,
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
        + "</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    entries = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def _core(title: str, description: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Huikuan</dc:creator>"
        f"<dc:description>{escape(description)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:modified></cp:coreProperties>'
    )


_APP: Final = (
    f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Huikuan</Application></Properties>'
)
_WORKBOOK: Final = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
    f'<workbookPr codeName="{WORKBOOK_CODE}"/><sheets><sheet name="Huikuan" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
_SHEET: Final = f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="{SHEET_CODE}"/><sheetData/></worksheet>'
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
