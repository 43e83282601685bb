"""Puts sheets, tables and whole parts into copies of workbooks, text by text, without any writer of workbooks."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.trial.view import BookView

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_AFTER_TABLES = re.compile(rb"<(?:\w+:)?extLst(?=[\s>])")


class Parts:
    """The parts of a package by their names as spelt; text goes in and out as UTF-8."""

    def __init__(self, path: Path) -> None:
        self.view = BookView(path)
        self.data = {name: entry.data for name, entry in self.view.parts.items()}
        self.workbook = self.view.workbook

    def save(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.data.items():
                package.writestr(zipfile.ZipInfo(name, (2024, 2, 29, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return path

    def name(self, part: str) -> str:
        """A part's name as spelt here, or the name itself for a new one."""
        spelt = {name.replace("\\", "/").lower(): name for name in self.data}
        return spelt.get(part.lower(), part)

    def text(self, part: str) -> str:
        return self.data[self.name(part)].decode("utf-8-sig")

    def put(self, part: str, text: str | bytes) -> None:
        self.data[self.name(part)] = text.encode() if isinstance(text, str) else text

    def relate(self, part: str, kind: str, target: str, more: str = "") -> str:
        """Adds a relationship from a part to another (absolute name); the new id. `kind` may be a whole type."""
        folder, name = posixpath.split(part.replace("\\", "/"))
        rels = self.name(posixpath.join(folder, "_rels", f"{name}.rels"))
        text = self.data.get(rels, f'<Relationships xmlns="{PACK}"></Relationships>'.encode()).decode(
            "utf-8-sig"
        )
        text = re.sub(r"(<(?:\w+:)?Relationships[^>]*?)/>", r"\1></Relationships>", text)
        identity = f"rIdT{text.count('<') + 1}"
        kind = kind if kind.startswith("http") else f"{REL}/{kind}"
        entry = f'Relationship Id="{identity}" Type="{kind}" Target="/{target}" {more}/>'
        self.data[rels] = _before_last(text, "Relationships", entry).encode()
        return identity

    def declare(self, part: str, content_type: str) -> None:
        entry = f'Override PartName="/{part}" ContentType="{content_type}"/>'
        self.put("[Content_Types].xml", _before_last(self.text("[Content_Types].xml"), "Types", entry))

    def default(self, extension: str, content_type: str) -> None:
        text = self.text("[Content_Types].xml")
        if f'Extension="{extension}"'.lower() not in text.lower():
            head, open_tag, tail = re.split(r"(<(?:\w+:)?Types[^>]*>)", text, maxsplit=1)
            entry = f'<Default Extension="{extension}" ContentType="{content_type}"/>'
            if open_tag.startswith("<") and ":" in open_tag.split()[0]:
                entry = entry.replace("<", open_tag.split(":")[0] + ":", 1)
            self.put("[Content_Types].xml", head + open_tag + entry + tail)

    def add_sheet(self, tab: str, part: str, xml: str) -> None:
        """A new worksheet part, entered into the workbook as its last tab."""
        self.put(part, xml)
        self.declare(part, f"{SHEET_TYPE}.worksheet+xml")
        identity = self.relate(self.workbook, "worksheet", part)
        text = self.text(self.workbook)
        number = max(int(found) for found in re.findall(r'sheetId="(\d+)"', text)) + 1
        entry = f'sheet name="{tab}" sheetId="{number}" xmlns:r="{REL}" r:id="{identity}"/>'
        self.put(self.workbook, _before_last(text, "sheets", entry))

    def add_name(self, name: str, refers_to: str, more: str = "") -> None:
        """A defined name at the end of the list (Excel does not mind its order)."""
        text = self.text(self.workbook)
        if "definedNames>" not in text:
            before = list(re.finditer(r"</(\w+:)?(?:sheets|functionGroups|externalReferences)>", text))[-1]
            p = before[1] or ""
            text = f"{text[: before.end()]}<{p}definedNames></{p}definedNames>{text[before.end() :]}"
        prefix = re.search(r"</(\w+:)?definedNames>", text)
        entry = (
            f'definedName name="{name}" {more}>{refers_to}</{prefix[1] or ""}definedName>' if prefix else ""
        )
        self.put(self.workbook, _before_last(text, "definedNames", entry))


def _before_last(text: str, element: str, entry: str) -> str:
    """The text with `<prefix:entry` put before the last end tag of `element`."""
    end = list(re.finditer(rf"</(\w+:)?{element}\s*>", text))[-1]
    return f"{text[: end.start()]}<{end[1] or ''}{entry}{text[end.start() :]}"


@dataclass(frozen=True)
class LedgerTable:
    """A ledger table with all that people do to one, its first heading at `left`, `top`."""

    name: str = "allocations"
    top: int = 5
    left: int = 1
    rows: int = 8
    number: int = 901

    HEADINGS = ("回款编号", "节点编号", "款项", "日期", "金额", "核销依据", "我的备注", "我的倍数")
    OWNED = (0, 1, 2, 3, 4, 5)

    def at(self, column: int) -> str:
        """The letter of a column counted from 0; tables of the trial stay left of Z."""
        return chr(64 + self.left + column)

    @property
    def last(self) -> int:
        return self.top + self.rows

    @property
    def data(self) -> tuple[int, int]:
        return self.top + 1, self.last

    @property
    def ref(self) -> str:
        return f"{self.at(0)}{self.top}:{self.at(7)}{self.last + 1}"

    def row_texts(self, p: str = "") -> list[str]:
        """Heading, data and totals rows; the third data row is hidden by the filter."""
        rows = [self._row(self.top, [_text(word) for word in self.HEADINGS], p)]
        for index, row in enumerate(range(self.top + 1, self.last + 1)):
            twice = f"<{p}f>{self.at(4)}{row}*2</{p}f><{p}v>{(index + 1) * 200}</{p}v>"
            cells = [_text(f"R-{index}"), _text(f"M-{index}"), _text("款"), _number(45_000 + index),
                     _number((index + 1) * 100), _text("先到期"), _text(f"备注 {index}"), ("", twice)]  # fmt: skip
            rows.append(self._row(row, cells, p, ' hidden="1"' if index == 2 else ""))
        amount, twice = f"{self.at(4)}{self.last + 1}", f"{self.at(7)}{self.last + 1}"
        ratio = f"<{p}f>{amount}/{twice}</{p}f><{p}v>0.5</{p}v>"
        total = f"<{p}f>SUBTOTAL(109,{self.name}[金额])</{p}f><{p}v>3600</{p}v>"
        both = f"<{p}f>SUM({self.at(7)}{self.top + 1}:{self.at(7)}{self.last})</{p}f><{p}v>7200</{p}v>"
        empty = ("", "")
        totals = [_text("合计"), empty, empty, empty, ("", total), ("", ratio), empty, ("", both)]
        return [*rows, self._row(self.last + 1, totals, p)]

    def _row(self, row: int, cells: Sequence[tuple[str, str]], p: str, more: str = "") -> str:
        text = ""
        for column, (attrs, inner) in enumerate(cells):
            body = re.sub(r"<(/?)(is|t|v)>", rf"<\1{p}\2>", inner) if attrs or "<v>" in inner else inner
            text += f'<{p}c r="{self.at(column)}{row}"{attrs}>{body}</{p}c>' if inner else ""
        return f'<{p}row r="{row}"{more}>{text}</{p}row>'

    def part(self) -> str:
        """The table part: a filter with criteria, a column that fills itself, a totals row."""
        first, last = self.data
        columns = ""
        for number, heading in enumerate(self.HEADINGS, 1):
            inner, attrs = "", ""
            if number == 8:
                inner = (
                    f"<calculatedColumnFormula>{self.name}[[#This Row],[金额]]*2</calculatedColumnFormula>"
                )
                inner += f"<totalsRowFormula>SUM({self.at(7)}{first}:{self.at(7)}{last})</totalsRowFormula>"
                attrs = ' totalsRowFunction="custom"'
            if number == 1:
                attrs = ' totalsRowLabel="合计"'
            if number == 5:
                attrs = ' totalsRowFunction="sum"'
            if number == 6:
                inner = f"<totalsRowFormula>{self.at(4)}{last + 1}/{self.at(7)}{last + 1}</totalsRowFormula>"
                attrs = ' totalsRowFunction="custom"'
            columns += f'<tableColumn id="{number}" name="{heading}"{attrs}>{inner}</tableColumn>'
        kept = "".join(f'<filter val="R-{index}"/>' for index in range(self.rows) if index != 2)
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<table xmlns="{MAIN}" id="{self.number}" '
            f'name="{self.name}" displayName="{self.name}" ref="{self.ref}" totalsRowCount="1">'
            f'<autoFilter ref="{self.at(0)}{self.top}:{self.at(7)}{last}"><filterColumn colId="0"><filters>{kept}'
            f'</filters></filterColumn></autoFilter><tableColumns count="8">{columns}</tableColumns>'
            '<tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
            'showColumnStripes="0"/></table>'
        )

    def sheet(self) -> str:
        """A sheet of its own around the table: rules, validation, a formula beside, an array, a merged title."""
        first, last = self.data
        rows = self.row_texts()
        beside = (
            f'<c r="K{first}"><f>SUM({self.at(4)}{first}:{self.at(4)}{last})</f><v>3600</v></c>'
            f'<c r="L{first}"><f t="array" ref="L{first}:L{first + 2}">TRANSPOSE({{1,2,3}})</f><v>1</v></c>'
        )
        rows[1] = rows[1].replace("</row>", f"{beside}</row>")
        for shift in (1, 2):
            rows[1 + shift] = rows[1 + shift].replace(
                "</row>", f'<c r="L{first + shift}"><v>{shift + 1}</v></c></row>'
            )
        title = '<row r="1"><c r="A1" t="inlineStr"><is><t>核销明细</t></is></c></row>'
        amounts, words = (f"{self.at(column)}{first}:{self.at(column)}{last}" for column in (4, 5))
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{REL}">'
            f'<dimension ref="A1:L{last + 1}"/><sheetData>{title}{"".join(rows)}</sheetData>'
            f'<mergeCells count="1"><mergeCell ref="A1:D2"/></mergeCells>'
            f'<conditionalFormatting sqref="{amounts}"><cfRule type="dataBar" priority="1"><dataBar>'
            '<cfvo type="min"/><cfvo type="max"/><color rgb="FF9DB2D6"/></dataBar></cfRule></conditionalFormatting>'
            f'<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="{words}"><formula1>'
            '"先到期,指定"</formula1></dataValidation></dataValidations>'
        )


def _text(word: str) -> tuple[str, str]:
    return ' t="inlineStr"', f"<is><t>{word}</t></is>"


def _number(value: int) -> tuple[str, str]:
    return "", f"<v>{value}</v>"


def with_ledger_sheet(source: Path, target: Path, table: LedgerTable | None = None) -> LedgerTable:
    """A copy of the book with one more sheet that holds the table, with a comment and a name."""
    table = table or LedgerTable()
    parts = Parts(source)
    sheet = "xl/trial/sheet.xml"
    parts.add_sheet("核销明细", sheet, "")
    parts.put("xl/trial/table.xml", table.part())
    parts.declare("xl/trial/table.xml", f"{SHEET_TYPE}.table+xml")
    link = parts.relate(sheet, "table", "xl/trial/table.xml")
    drawing = _comment(parts, sheet, f"B{table.top + 2}")
    end = (
        f'<legacyDrawing r:id="{drawing}"/><tableParts count="1"><tablePart r:id="{link}"/></tableParts>'
        "</worksheet>"
    )
    parts.put(sheet, table.sheet() + end)
    first, last = table.data
    parts.add_name("trial_amounts", f"核销明细!$E${first}:$E${last}")
    parts.save(target)
    return table


def _comment(parts: Parts, sheet: str, place: str) -> str:
    """A note on a cell: its text and its drawing."""
    parts.put(
        "xl/trial/comments.xml",
        f'<comments xmlns="{MAIN}"><authors><author>周</author></authors><commentList><comment ref="{place}" '
        'authorId="0"><text><t>请核对</t></text></comment></commentList></comments>',
    )
    parts.declare("xl/trial/comments.xml", f"{SHEET_TYPE}.comments+xml")
    parts.relate(sheet, "comments", "xl/trial/comments.xml")
    row = int(re.sub(r"\D", "", place)) - 1
    parts.put(
        "xl/trial/vmlDrawing.vml",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
        'o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden"><x:ClientData ObjectType="Note"><x:Anchor>2,15,1,10,4,31,4,9'
        f"</x:Anchor><x:Row>{row}</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>",
    )
    parts.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    return parts.relate(sheet, "vmlDrawing", "xl/trial/vmlDrawing.vml")


def with_table_on_sheet(source: Path, target: Path, tab: str) -> LedgerTable:
    """A copy of the book with the table below everything on one of its own sheets."""
    parts = Parts(source)
    view = parts.view.sheet(tab)
    part = parts.view.sheets[tab]
    table = LedgerTable(top=max([*view.rows, *(_merged_rows(view.around)), 0]) + 3, left=2)
    assert table.last < 1_000_000, "no room below"
    data = parts.data[part]
    prefix = re.search(rb"<((?:\w+:)?)sheetData[\s/>]", data)
    assert prefix, tab
    p = prefix[1].decode()
    rows = "".join(table.row_texts(p)).encode()
    if re.search(rb"<(?:\w+:)?sheetData\s*/>", data):
        data = re.sub(
            rb"<(?:\w+:)?sheetData\s*/>",
            b"<%bsheetData>%b</%bsheetData>" % (prefix[1], rows, prefix[1]),
            data,
        )
    else:
        end = data.rindex(b"</" + prefix[1] + b"sheetData")
        data = data[:end] + rows + data[end:]
    parts.put("xl/trial/table.xml", table.part())
    parts.declare("xl/trial/table.xml", f"{SHEET_TYPE}.table+xml")
    link = parts.relate(part, "table", "xl/trial/table.xml")
    parts.data[part] = _with_table_part(data, p, link)
    parts.save(target)
    return table


def _merged_rows(around: Sequence[object]) -> list[int]:
    text = " ".join(str(getattr(entry, "attrib", "")) for root in around for entry in root.iter())  # type: ignore[attr-defined]  # XML elements
    return [int(number) for number in re.findall(r"'ref': '[A-Z]+\d+:[A-Z]+(\d+)'", text)]


def _with_table_part(data: bytes, p: str, link: str) -> bytes:
    entry = f'<{p}tablePart xmlns:r="{REL}" r:id="{link}"/>'.encode()
    end = re.search(rb"</(?:\w+:)?tableParts\s*>", data)
    if end:
        data = data[: end.start()] + entry + data[end.start() :]
        count = len(re.findall(rb"<(?:\w+:)?tablePart\s", data))
        return re.sub(rb'(<(?:\w+:)?tableParts[^>]*count=")\d+', lambda hit: hit[1] + b"%d" % count, data)
    whole = f'<{p}tableParts count="1">'.encode() + entry + f"</{p}tableParts>".encode()
    rows_end = data.rindex(b"sheetData")
    places = [match.start() for match in _AFTER_TABLES.finditer(data, rows_end)]
    at = places[-1] if places else data.rindex(b"</")
    return data[:at] + whole + data[at:]
