"""Word's building blocks as text: paragraphs, tables, headers and sections, and the package around them.

Only what our documents need of WordprocessingML (ECMA-376 part 1). Lengths are in twentieths of a point (TWIP to a
centimetre), type sizes in points. ``**words**`` within a text are bold.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape

from addin.documents.render import member
from addin.documents.templates.looks import NAMESPACES, font_table, settings, styles, theme
from addin.model.text import Language, Text

CM: Final = 567
MARGIN: Final = round(2.5 * CM)
PORTRAIT: Final = (11906, 16838)
LANDSCAPE: Final = (16838, 11906)
Align = Literal["left", "center", "right"]
_FIELD: Final = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def p(text: str, style: str = "Body") -> str:
    """A paragraph."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs(text)}</w:p>'


def runs(text: str) -> str:
    """Runs of a text: plain and bold ones in turn, and the fields {PAGE} and {NUMPAGES}."""
    pieces = re.split(r"(\*\*.+?\*\*|\{PAGE\}|\{NUMPAGES\})", text)
    return "".join(_run(piece) for piece in pieces if piece)


def _run(piece: str) -> str:
    if piece in ("{PAGE}", "{NUMPAGES}"):
        return (
            f'{_FIELD.format("begin")}<w:r><w:instrText xml:space="preserve"> {piece[1:-1]} </w:instrText></w:r>'
            f"{_FIELD.format('separate')}<w:r><w:t>1</w:t></w:r>{_FIELD.format('end')}"
        )
    bold = piece.startswith("**")
    words = piece[2:-2] if bold else piece
    properties = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def when(condition: str, *blocks: str) -> str:
    """Blocks that stand only where ``condition`` holds. It must not contain "}" or "%"."""
    return p(f"{{%p if {condition} %}}", "Small") + "".join(blocks) + p("{%p endif %}", "Small")


def each(loop: str, *blocks: str) -> str:
    """Blocks repeated: ``loop`` reads "row in rows"."""
    return p(f"{{%p for {loop} %}}", "Small") + "".join(blocks) + p("{%p endfor %}", "Small")


@dataclass(frozen=True)
class Column:
    """A table's column: its width in centimetres, its heading, and the paragraphs of a cell."""

    width: float
    heading: str
    cell: str
    total: str = ""


def figure(text: str, style: str = "Figure") -> str:
    """A paragraph of a figure at the right of its cell."""
    return p(text, style)


def table(columns: Sequence[Column], loop: str, total: bool = True) -> str:
    """A table with one row for each of ``loop``; its heading repeats on every page and no row is torn apart."""
    widths = [round(column.width * CM) for column in columns]
    head = _row([p(column.heading, "CellHead") for column in columns], widths, heading=True)
    body = _row([column.cell for column in columns], widths)
    last = _row([column.total or p("", "Total") for column in columns], widths, total=True) if total else ""
    return (
        _table_start(widths, "TableItems")
        + head
        + _control(f"{{%tr for {loop} %}}", widths)
        + body
        + _control("{%tr endfor %}", widths)
        + last
        + "</w:tbl>"
    )


def grid(
    rows: Iterable[Sequence[str]], widths: Sequence[float], style: str = "TablePlain", height: float = 0
) -> str:
    """A table of fixed rows, each cell the paragraphs that it holds; ``height`` is the least of a row in cm."""
    twips = [round(width * CM) for width in widths]
    body = "".join(row if isinstance(row, str) else _row(row, twips, height=height) for row in rows)
    return _table_start(twips, style) + body + "</w:tbl>"


def row_when(condition: str, cells: Sequence[str], widths: Sequence[float]) -> str:
    """A row of a `grid` that stands only where ``condition`` holds."""
    twips = [round(width * CM) for width in widths]
    return (
        _control(f"{{%tr if {condition} %}}", twips) + _row(cells, twips) + _control("{%tr endif %}", twips)
    )


def _table_start(widths: Sequence[int], style: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _row(
    cells: Sequence[str], widths: Sequence[int], heading: bool = False, total: bool = False, height: float = 0
) -> str:
    properties = "<w:cantSplit/>"
    if height:
        properties += f'<w:trHeight w:val="{round(height * CM)}" w:hRule="atLeast"/>'
    if heading:
        properties += "<w:tblHeader/>"
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if heading else ""
    line = '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="404040"/></w:tcBorders>'
    edge = line if total else ""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}{shade}</w:tcPr>{cell or p("", "Cell")}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def _control(tag: str, widths: Sequence[int]) -> str:
    """A row that holds only a tag of the template; Word shows it across the table, a document never has it."""
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}</w:tcPr>{p(tag, "Small")}</w:tc>'
    return f"<w:tr>{cell}</w:tr>"


@dataclass(frozen=True)
class Section:
    """A part of a document with its own page: upright, or across for wide tables.

    The first page of a section with a ``first`` header shows that; the others show the document's header.
    """

    blocks: str
    across: bool = False
    letterhead: bool = False

    def properties(self) -> str:
        width, height = LANDSCAPE if self.across else PORTRAIT
        turned = ' w:orient="landscape"' if self.across else ""
        first = (
            '<w:headerReference w:type="first" r:id="rId11"/><w:footerReference w:type="first" r:id="rId12"/>'
        )
        return (
            f"<w:sectPr>{first if self.letterhead else ''}"
            '<w:headerReference w:type="default" r:id="rId10"/><w:footerReference w:type="default" r:id="rId12"/>'
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"'
            f' w:header="{round(1.2 * CM)}" w:footer="{round(1.2 * CM)}" w:gutter="0"/>'
            f"{'<w:titlePg/>' if self.letterhead else ''}</w:sectPr>"
        )


@dataclass(frozen=True)
class Document:
    """A template: its sections, what stands above and below every page, and how it calls itself."""

    language: Language
    title: str
    sections: Sequence[Section]
    letterhead: str
    header: str
    footer: str

    def build(self) -> bytes:
        """The .docx; the same bytes wherever and whenever it is built (members are stored, not deflated)."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
            for name, part in self._parts():
                package.writestr(
                    member(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}'
                )
        return target.getvalue()

    def _parts(self) -> Iterable[tuple[str, str]]:
        yield "[Content_Types].xml", _CONTENT_TYPES
        yield "_rels/.rels", _RELATIONS
        yield "docProps/core.xml", _core(self.title, self.language)
        yield "word/document.xml", _part("document", f"<w:body>{self._body()}</w:body>")
        yield "word/_rels/document.xml.rels", _DOCUMENT_RELATIONS
        yield "word/styles.xml", styles(self.language)
        yield "word/settings.xml", settings(self.language)
        yield "word/fontTable.xml", font_table()
        yield "word/theme/theme1.xml", theme(self.language)
        yield "word/header1.xml", _part("hdr", self.header)
        yield "word/header2.xml", _part("hdr", self.letterhead)
        yield "word/footer1.xml", _part("ftr", self.footer)

    def _body(self) -> str:
        *others, last = self.sections
        breaks = "".join(
            f'{section.blocks}<w:p><w:pPr><w:pStyle w:val="Break"/>{section.properties()}</w:pPr></w:p>'
            for section in others
        )
        return f"{breaks}{last.blocks}{last.properties()}"


def _part(root: str, inner: str) -> str:
    return f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_TYPE}.fontTable+xml"/>'
    '<Override PartName="/word/theme/theme1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_TYPE}.header+xml"/>'
    f'<Override PartName="/word/header2.xml" ContentType="{_TYPE}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_TARGETS = {
    "rId1": "styles",
    "rId2": "settings",
    "rId3": "fontTable",
    "rId4": "theme/theme1",
    "rId10": "header1",
    "rId11": "header2",
    "rId12": "footer1",
}
_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="{number}" Type="{_OFFICE}/{part.rpartition("/")[2].rstrip("12")}" Target="{part}.xml"/>'
        for number, part in _TARGETS.items()
    )
    + "</Relationships>"
)


def _core(title: str, language: Language) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        f"<dc:language>{Text('zh-CN', 'en-GB').in_(language)}</dc:language></cp:coreProperties>"
    )
