"""Parts of other people's workbooks in a ledger of ours: raw copies under a folder of their own, entered by text."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from tests.trial.surgery import MAIN, REL, SHEET_TYPE, Parts, _before_last
from tests.trial.view import BookView

_LEFT = ("styles", "sharedstrings", "theme", "calcchain", "workbook")
_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_RIBBON = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_DXF = re.compile(rb'\b(dxfId|dataDxfId|headerRowDxfId|totalsRowDxfId|tableBorderDxfId|headerRowBorderDxfId|'
                  rb'totalsRowBorderDxfId)="(\d+)"')  # fmt: skip


def transplant(ledger: Parts, donor_path: Path, folder: str) -> bool:
    """Everything of the donor but its styles enters the ledger under `xl/<folder>`; whether it has macros.

    Its sheets with all that hangs on them keep their bytes but for styles and shared strings, which become
    none and inline; pivot caches, external links, queries, persons, macros and custom XML come along.
    """
    donor = BookView(donor_path)
    root = donor.workbook.replace("\\", "/").rpartition("/")[0] + "/"
    new = {name: _new_name(name, root, folder) for name in donor.parts}
    shift = _styles(ledger, donor)
    for name, entry in donor.parts.items():
        if new[name]:
            data = entry.data.replace(b'Target="/' + root.encode(), b'Target="/xl/' + folder.encode() + b"/")
            if "/tables/" in new[name] and name.endswith(".xml"):
                data = re.sub(
                    rb'(<(?:\w+:)?table\s[^>]*?\bid=")(\d+)', rb"\g<1>77\2", data
                )  # ours have them too
            ledger.put(new[name], data if name.endswith(".bin") else _DXF.sub(shift, data))
    _content_types(ledger, donor, new)
    for number, (tab, part) in enumerate(donor.sheets.items()):
        ledger.data[new[part]] = _plain_cells(ledger.data[new[part]], donor, number)
        _enter_sheet(ledger, tab, new[part])
    macros = False
    for _, kind, part in donor.relations(donor.workbook):
        if kind in ("worksheet", "styles", "sharedStrings", "theme", "calcChain") or not new.get(part):
            continue
        if kind == "vbaProject":
            macros = True
            ledger.relate(ledger.workbook, _VBA, new[part])
            continue
        identity = ledger.relate(ledger.workbook, _type(donor, kind), new[part])
        _list_in_workbook(ledger, donor, kind, identity)
    if macros:
        types = ledger.text("[Content_Types].xml")
        ledger.put("[Content_Types].xml", types.replace(f"{SHEET_TYPE}.sheet.main+xml", _MACRO_BOOK))
    return macros


def _new_name(name: str, root: str, folder: str) -> str:
    plain = name.replace("\\", "/")
    inner = plain.removeprefix(root)
    stem = inner.rpartition("/")[2].partition(".")[0].lower()
    left = (
        any(stem.startswith(word) for word in _LEFT)
        and inner.count("/") < 2
        and not inner.startswith("charts")
    )
    return "" if not plain.startswith(root) or left else f"xl/{folder}/{inner}"


def _type(donor: BookView, kind: str) -> str:
    whole = re.compile(rb'Type="([^"]*/' + kind.encode() + rb')"')
    for name, entry in donor.parts.items():
        if name.endswith(".rels") and (found := whole.search(entry.data)):
            return found[1].decode()
    return f"{REL}/{kind}"


def _content_types(ledger: Parts, donor: BookView, new: dict[str, str]) -> None:
    for entry in donor.xml(donor.find("[Content_Types].xml") or ""):
        if entry.get("Extension"):
            ledger.default(entry.get("Extension", ""), entry.get("ContentType", ""))
        elif (part := donor.find(entry.get("PartName", ""))) and new[part]:
            ledger.declare(new[part], entry.get("ContentType", ""))


def _styles(ledger: Parts, donor: BookView) -> object:
    """The donor's differential formats behind ours; how its numbers change."""
    part = next((part for _, kind, part in donor.relations(donor.workbook) if kind == "styles"), "")
    theirs = re.search(rb"<((?:\w+:)?)dxfs[^>]*[^/]>(.*?)</(?:\w+:)?dxfs>", donor.parts[part].data, re.DOTALL)
    text = ledger.text("xl/styles.xml")
    count = text.partition("<dxfs")[2].partition("</dxfs>")[0].count("<dxf>")
    if theirs and not theirs[1] and b"mc:" not in theirs[2] and b"x14" not in theirs[2]:
        ledger.put("xl/styles.xml", _before_last(text, "dxfs", "X/>").replace("<X/>", theirs[2].decode()))
        more = count + len(re.findall(rb"<dxf>|<dxf/>", theirs[2]))
        text = re.sub(r'<dxfs count="\d+"', f'<dxfs count="{more}"', ledger.text("xl/styles.xml"))
        ledger.put("xl/styles.xml", text)
        return lambda hit: b'%b="%d"' % (hit[1], int(hit[2]) + count)
    return lambda hit: b'%b="0"' % hit[1]


def _plain_cells(data: bytes, donor: BookView, number: int) -> bytes:
    """The sheet with strings inline and without styles; it is not the selected one."""

    def cell(match: re.Match[bytes]) -> bytes:
        p, attrs, inner = match[1], re.sub(rb'\ss="\d+"', b"", match[2]), match[3]
        if inner is None or b't="s"' not in attrs:
            return b"<%bc%b%b" % (p, attrs, b"/>" if inner is None else b">%b</%bc>" % (inner, p))
        index = re.search(rb">(\d+)<", inner)
        assert index, inner
        words = escape("".join(donor.strings[int(index[1])].itertext())).encode()
        inline = b'><%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (p, p, words, p, p, p)
        return b"<%bc%b%b" % (p, attrs.replace(b't="s"', b't="inlineStr"'), inline)

    data = re.sub(rb"<((?:\w+:)?)c((?:\s[^>]*?)?)(?:/>|>(.*?)</\1c>)", cell, data, flags=re.DOTALL)
    data = re.sub(rb'(<(?:\w+:)?(?:row|col)\s[^>]*?)\s(?:s|style)="\d+"(?:\scustomFormat="1")?', rb"\1", data)
    data = re.sub(rb'\scustomFormat="(?:1|true)"', b"", data)
    data = re.sub(rb'\scodeName="[^"]*"', b' codeName="Foreign%d"' % number, data)
    return data.replace(b' tabSelected="1"', b"")


def _enter_sheet(ledger: Parts, tab: str, part: str) -> None:
    identity = ledger.relate(ledger.workbook, "worksheet", part)
    text = ledger.text(ledger.workbook)
    number = max(int(found) for found in re.findall(r'sheetId="(\d+)"', text)) + 1
    name = escape(tab, {'"': "&quot;"})
    entry = f'sheet name="{name}" sheetId="{number}" xmlns:r="{REL}" r:id="{identity}"/>'
    ledger.put(ledger.workbook, _before_last(text, "sheets", entry))


def _list_in_workbook(ledger: Parts, donor: BookView, kind: str, identity: str) -> None:
    """Pivot caches and external books stand in a list of the workbook part, too."""
    text = ledger.text(ledger.workbook)
    if kind == "pivotCacheDefinition":
        found = re.search(rb'<pivotCache\s[^>]*cacheId="(\d+)"', donor.parts[donor.workbook].data)
        assert found
        entry = f'<pivotCache cacheId="{found[1].decode()}" xmlns:r="{REL}" r:id="{identity}"/>'
        whole = f"<pivotCaches>{entry}</pivotCaches>"
        if "<calcPr" in text:
            text = re.sub(r"(<calcPr[^>]*/>)", rf"\1{whole}", text)
        else:
            text = _before_last(text, "workbook", f"X/>{whole}").replace("<X/>", "")
    if kind == "externalLink":
        whole = (
            f'<externalReferences><externalReference xmlns:r="{REL}" r:id="{identity}"/></externalReferences>'
        )
        text = text.replace("</sheets>", f"</sheets>{whole}")
    ledger.put(ledger.workbook, text)


def add_ribbon(ledger: Parts) -> None:
    """A customUI part as other add-ins put it into a book."""
    ledger.put(
        "customUI/customUI14.xml",
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs><tab id="own" '
        'label="我的"><group id="g" label="工具"><button id="b" label="跑"/></group></tab></tabs></ribbon></customUI>',
    )
    ledger.default("xml", "application/xml")
    ledger.relate("", _RIBBON, "customUI/customUI14.xml")


def widen(ledger: Parts, table: str, criteria: str = "") -> None:
    """Two user columns at the right of a ledger's table (words and a formula that fills itself), cells, shared
    formulas and an array beside it, a note and a sparkline; `criteria` is what a filter of its first column says
    (every third row is hidden then)."""
    view = ledger.view.tables[table]
    top, left, bottom, right = view.whole
    part, sheet = ledger.name(view.part), ledger.view.sheets[view.sheet]
    first, second = _letter(right + 1), _letter(right + 2)
    text = ledger.text(sheet)
    for row in range(top, bottom + 1):
        text = _with_cells(text, row, _beside(row, row - top, right, top), row > top and bool(criteria))
    ledger.put(sheet, text)
    xml = ledger.text(part)
    count = right - left + 1
    old, new = f"{_letter(left)}{top}:{_letter(right)}{bottom}", f"{_letter(left)}{top}:{second}{bottom}"
    columns = (
        f'tableColumn id="{count + 1}" name="我的备注"/><tableColumn id="{count + 2}" name="我的公式">'
        f"<calculatedColumnFormula>LEN({table}[[#This Row],[我的备注]])</calculatedColumnFormula></tableColumn>"
    )
    xml = _before_last(xml.replace(old, new), "tableColumns", columns)
    xml = re.sub(r'<tableColumns count="\d+"', f'<tableColumns count="{count + 2}"', xml)
    if criteria:
        filtered = f'<autoFilter ref="{new}"><filterColumn colId="0">{criteria}</filterColumn></autoFilter>'
        xml = re.sub(r"<autoFilter [^>]*/>", filtered, xml)
    ledger.put(part, xml)
    _decorate(ledger, sheet, view.sheet, f"{first}{top + 1}", f"{_letter(right + 7)}{top}")


def _beside(row: int, index: int, right: int, top: int) -> str:
    first, second, third, fourth, fifth = (_letter(right + place) for place in (1, 2, 4, 5, 6))
    if index == 0:
        return "".join(
            f'<c r="{column}{row}" t="inlineStr"><is><t>{word}</t></is></c>'
            for column, word in ((first, "我的备注"), (second, "我的公式"))
        )
    cells = f'<c r="{first}{row}" t="inlineStr"><is><t>备注 {index}</t></is></c>'
    cells += f'<c r="{second}{row}"><f>LEN({first}{row})</f><v>{len(f"备注 {index}")}</v></c>'
    cells += f'<c r="{third}{row}"><f>ROW()&amp;A{row}</f><v>{row}</v></c>'.replace("<c ", '<c t="str" ', 1)
    if index <= 4:
        spans = f' ref="{fourth}{top + 1}:{fourth}{top + 4}"' if index == 1 else ""
        text = f"ROW({first}{row})" if index == 1 else ""
        cells += f'<c r="{fourth}{row}"><f t="shared"{spans} si="0">{text}</f><v>{row}</v></c>'
        array = f'<f t="array" ref="{fifth}{top + 1}:{fifth}{top + 4}">ROW(A1:A4)*2</f>' if index == 1 else ""
        cells += f'<c r="{fifth}{row}">{array}<v>{index * 2}</v></c>'
    return cells


def _with_cells(text: str, row: int, cells: str, filtered: bool) -> str:
    start = text.index(f'<row r="{row}"')
    end = text.index("</row>", start)
    if filtered and row % 3 == 0:
        head = text.index(">", start)
        text = f'{text[:head]} hidden="1"{text[head:]}'
        end += len(' hidden="1"')
    return text[:end] + cells + text[end:]


def _decorate(ledger: Parts, sheet: str, tab: str, note: str, spark: str) -> None:
    """A threaded comment with its note, and a sparkline, on a sheet that has neither."""
    stem = sheet.rpartition("/")[2].partition(".")[0]
    folder = f"xl/own/{stem}"
    author = "{00000000-0000-4000-8000-00000000000A}"
    ledger.put(
        f"{folder}/threaded.xml",
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="{note}" dT="2026-03-01T08:00:00.00" personId="{author}" '
        'id="{00000000-0000-4000-8000-0000000000C1}"><text>请核对</text></threadedComment></ThreadedComments>',
    )
    ledger.declare(f"{folder}/threaded.xml", "application/vnd.ms-excel.threadedcomments+xml")
    ledger.relate(
        sheet,
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        f"{folder}/threaded.xml",
    )
    ledger.put(
        f"{folder}/comments.xml",
        f'<comments xmlns="{MAIN}"><authors><author>tc=周</author></authors><commentList><comment ref="{note}" '
        'authorId="0"><text><t>请核对</t></text></comment></commentList></comments>',
    )
    ledger.declare(f"{folder}/comments.xml", f"{SHEET_TYPE}.comments+xml")
    ledger.relate(sheet, "comments", f"{folder}/comments.xml")
    if "xl/own/persons.xml" not in ledger.data:
        ledger.put(
            "xl/own/persons.xml",
            '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person '
            f'displayName="周" id="{author}" userId="zhou" providerId="None"/></personList>',
        )
        ledger.declare("xl/own/persons.xml", "application/vnd.ms-excel.person+xml")
        person = "http://schemas.microsoft.com/office/2017/10/relationships/person"
        ledger.relate(ledger.workbook, person, "xl/own/persons.xml")
    column, row = re.sub(r"\d", "", note), int(re.sub(r"\D", "", note))
    ledger.put(
        f"{folder}/note.vml",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden"><x:ClientData ObjectType="Note"><x:Anchor>2,15,1,10,4,31,4,9'
        f"</x:Anchor><x:Row>{row - 1}</x:Row><x:Column>{_number(column) - 1}</x:Column></x:ClientData></v:shape></xml>",
    )
    ledger.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    drawing = ledger.relate(sheet, "vmlDrawing", f"{folder}/note.vml")
    text = ledger.text(sheet)
    text = text.replace("<tableParts", f'<legacyDrawing xmlns:r="{REL}" r:id="{drawing}"/><tableParts', 1)
    sparkline = (
        'extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines>'
        f"<x14:sparkline><xm:f>'{tab}'!{column}{row}:{column}{row + 5}</xm:f><xm:sqref>{spark}</xm:sqref>"
        "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )
    ledger.put(sheet, _before_last(text, "worksheet", sparkline))


_SLICERS = "http://schemas.microsoft.com/office/2007/relationships"


def add_slicer(ledger: Parts, table: str) -> None:
    """A slicer of a table's first column: its part, its cache, and where sheet and workbook name them."""
    view = ledger.view.tables[table]
    sheet = ledger.view.sheets[view.sheet]
    name = next(entry.get("name", "") for entry in view.xml.iter() if entry.tag.endswith("}tableColumn"))
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    x15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
    ledger.put(
        "xl/own/slicer.xml",
        f'<slicers xmlns="{x14}"><slicer name="own" cache="Slicer_own" caption="{name}" rowHeight="241300"/></slicers>',
    )
    ledger.declare("xl/own/slicer.xml", "application/vnd.ms-excel.slicer+xml")
    ledger.put(
        "xl/own/slicerCache.xml",
        f'<slicerCacheDefinition xmlns="{x14}" xmlns:x="{MAIN}" name="Slicer_own" sourceName="{name}"><extLst>'
        f'<x:ext xmlns:x15="{x15}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}"><x15:tableSlicerCache '
        f'tableId="{view.xml.get("id")}" column="1"/></x:ext></extLst></slicerCacheDefinition>',
    )
    ledger.declare("xl/own/slicerCache.xml", "application/vnd.ms-excel.slicerCache+xml")
    own = ledger.relate(sheet, f"{_SLICERS}/slicer", "xl/own/slicer.xml")
    cache = ledger.relate(ledger.workbook, f"{_SLICERS}/slicerCache", "xl/own/slicerCache.xml")
    entry = (
        f'ext xmlns:x15="{x15}" uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}"><x14:slicerList xmlns:x14="{x14}">'
        f'<x14:slicer xmlns:r="{REL}" r:id="{own}"/></x14:slicerList></ext>'
    )
    text = ledger.text(sheet)
    whole = entry if "</extLst>" in text else f"extLst><{entry}</extLst>"
    ledger.put(sheet, _before_last(text, "extLst" if "</extLst>" in text else "worksheet", whole))
    entry = (
        f'extLst><ext xmlns:x15="{x15}" uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}"><x15:slicerCaches '
        f'xmlns:x14="{x14}"><x14:slicerCache xmlns:r="{REL}" r:id="{cache}"/></x15:slicerCaches></ext></extLst>'
    )
    ledger.put(ledger.workbook, _before_last(ledger.text(ledger.workbook), "workbook", entry))


def _letter(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column
