"""Damage to a workbook: its bytes, the directory of its zip, the XML of its parts, the parts as a whole."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

Parts = dict[str, bytes]

EXTREMES = [
    b"", b"0", b"-1", b"1", b"00", b"1e309", b"-1e309", b"NaN", b"INF", b"1E+15", b"999999999999999999999",
    b"0.1234567890123456789", b"2147483648", b"4294967296", b"18446744073709551616", b"1048576", b"1048577",
    b"16385", b"A1", b"A0", b"A1:XFD1048576", b"XFE1", b"a1", b"A1x", b"A1:", b":", b"$A$1:$B$2", b"A-1",
    b"ZZZ9999999", b"A99999999999", b"B2:A1", b"#REF!", b"#N/A", b"TRUE", b"s", b"str", b"e", b"inlineStr",
    b"b", b"d", b"n", b"x", b"../../../x", b"/xl/worksheets/sheet1.xml", b"\\xl\\x", b"http://x/", b"_x0000_",
    b"_xD800_", b"_x005F_", b"&#9;&#10;&#13;", b"&amp;", b"&lt;&gt;", "\u202e\u200f\u0645".encode(),
    "１２３".encode(), "²٣".encode(), b" ", b"\t", b"\n", b"=1+1", b"2026-02-30", b"0000-00-00", b"9999-12-31",
    b"2958466", b"-693594", b"60", b"x" * 300, b"9" * 400, b"y" * 33_000, "负".encode(), b"CNY", b"JPY", b"XXX",
    b"yes", b"C001", b"M001", b"receipts", b"%%", b"[", b"0" * 50 + b"7", "\ufeff".encode(), "𠮷".encode(),
]  # fmt: skip
BROKEN = [b"\x00", b"\x1b[31m", b"\xff", b"\xed\xa0\x80", b"&#0;", b"&#xD800;", b"&nosuch;", b"<", b'"']
"""What no XML may hold."""
MARKUP = [b"<", b">", b"/>", b'"', b"'", b"&", b"=", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x?>", b"<c>",
          b"</c>", b"<c", b"<row", b"</sheetData>", b"<f/>", b"<v>", b"<!DOCTYPE x>", b"x:", b" ", b"\0",
          b"\xef\xbb\xbf"]  # fmt: skip
LIKELY = re.compile(r"worksheets/|tables/|workbook\.xml|_rels|styles|sharedStrings|Content_Types")

_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)=("[^"]*"|'[^']*')""")
_TEXT = re.compile(rb">([^<>]+)<")
_ELEMENT = re.compile(rb"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)")
_TAG = re.compile(rb"<[^<>]+>")
_ROW = re.compile(rb"<row\b.*?(?:</row>|/>)", re.DOTALL)
_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL)


def damaged(book: bytes, chance: random.Random) -> bytes:
    """The book with one to four faults, most of them inside its parts."""
    if chance.random() < 0.08:
        return _bytes(book, chance)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice([1, 1, 1, 2, 2, 4])):
        if chance.random() < 0.12:
            chance.choice(_ON_PARTS)(parts, chance)
        else:
            name = chance.choice([name for name in parts if LIKELY.search(name)] or list(parts))
            parts[name] = chance.choice(_ON_XML)(parts[name], chance)
    packed = _packed(parts, chance)
    return _directory(packed, chance) if chance.random() < 0.05 else packed


def _packed(parts: Parts, chance: random.Random) -> bytes:
    target = io.BytesIO()
    method = zipfile.ZIP_STORED if chance.random() < 0.1 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(target, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


# --- the zip -----------------------------------------------------------------------------------------------


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut off, put in or taken out, anywhere in the file."""
    for _ in range(chance.choice([1, 1, 3, 20])):
        at = chance.randrange(max(len(data), 1))
        match chance.randrange(4):
            case 0:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + chance.randbytes(chance.choice([1, 4, 100])) + data[at:]
            case 2:
                data = data[:at] + data[at + chance.choice([1, 4, 1000]) :]
            case _:
                data = _directory(data, chance)
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def _directory(data: bytes, chance: random.Random) -> bytes:
    """A number in a header of the zip replaced: sizes, offsets, counts, flags, methods."""
    marks = [hit.start() for hit in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    if not marks:
        return data
    at = chance.choice(marks) + chance.randrange(4, 46)
    number = chance.choice([0, 1, 8, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, len(data), chance.getrandbits(32)])
    width = chance.choice([1, 2, 4])
    return data[:at] + (number % 256**width).to_bytes(width, "little") + data[at + width :]


# --- parts as a whole --------------------------------------------------------------------------------------


def _dropped(parts: Parts, chance: random.Random) -> None:
    del parts[chance.choice(list(parts))]


def _exchanged(parts: Parts, chance: random.Random) -> None:
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    parts[one], parts[other] = parts[other], parts[one]


def _renamed(parts: Parts, chance: random.Random) -> None:
    name = chance.choice(list(parts))
    made = chance.choice(
        [name.upper(), f"/{name}", f"../{name}", name.replace("/", "\\"), f"C:{name}", name * 20]
    )
    parts[made] = parts.pop(name)


def _emptied(parts: Parts, chance: random.Random) -> None:
    parts[chance.choice(list(parts))] = chance.choice([b"", b"\0", b"<x/>", b" ", chance.randbytes(50)])


_ON_PARTS: list[Callable[[Parts, random.Random], None]] = [_dropped, _exchanged, _renamed, _emptied]


# --- XML ---------------------------------------------------------------------------------------------------


def _value(chance: random.Random) -> bytes:
    return chance.choice(BROKEN if chance.random() < 0.03 else EXTREMES)


def _noise(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice([*MARKUP, *BROKEN, *EXTREMES]) + data[at + chance.choice([0, 1, 1, 7]) :]


def _hit(pattern: re.Pattern[bytes], data: bytes, chance: random.Random) -> re.Match[bytes] | None:
    """One of the places where a pattern fits, near a random byte: no need to look at all of a large part."""
    at = chance.randrange(len(data) + 1)
    return pattern.search(data, at) or pattern.search(data)


def _put(data: bytes, start: int, end: int, new: bytes) -> bytes:
    return data[:start] + new + data[end:]


def _attribute_gone(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_ATTRIBUTE, data, chance)
    return _put(data, hit.start(), hit.end(), b"") if hit else data


def _attribute_changed(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_ATTRIBUTE, data, chance)
    return _put(data, hit.start(2) + 1, hit.end(2) - 1, _value(chance)) if hit else data


def _attribute_everywhere(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_ATTRIBUTE, data, chance)
    if not hit:
        return data
    new = chance.choice([b"", b" %s=%s" % (hit[1], hit[2]), b' %s="%s"' % (hit[1], _value(chance))])
    return re.sub(rb"\s%s=(\"[^\"]*\"|'[^']*')" % re.escape(hit[1]), lambda _: new, data)


def _text_changed(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_TEXT, data, chance)
    return _put(data, hit.start(1), hit.end(1), _value(chance)) if hit else data


def _tag_gone(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_TAG, data, chance)
    return _put(data, hit.start(), hit.end(), b"") if hit else data


def _element_gone(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_ELEMENT, data, chance)
    return _put(data, hit.start(), hit.end(), b"") if hit else data


def _tags_exchanged(data: bytes, chance: random.Random) -> bytes:
    one, other = _hit(_TAG, data, chance), _hit(_TAG, data, chance)
    if not one or not other or one.end() > other.start():
        return data
    return data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]


def _rows_moved(data: bytes, chance: random.Random) -> bytes:
    pattern = chance.choice([_ROW, _CELL])
    found = pattern.findall(data)
    if len(found) < 2:
        return data
    match chance.randrange(4):
        case 0:
            chance.shuffle(found)
        case 1:
            found = found[: chance.randrange(len(found))]
        case 2:
            found.insert(chance.randrange(len(found)), chance.choice(found))
        case _:
            del found[chance.randrange(len(found))]
    first = pattern.search(data)
    last = data.rfind(b"</row>") + 6 if b"</row>" in data else len(data)
    assert first, "there are two or more"
    return _put(
        data, first.start(), max(last, first.start()), b"".join(found) + (b"</row>" * (pattern is _CELL))
    )


def _cell_changed(data: bytes, chance: random.Random) -> bytes:
    hit = _hit(_CELL, data, chance)
    if not hit:
        return data
    place = re.search(rb'r="([^"]*)"', hit[0])
    name = place[1] if place else b"A1"
    value = _value(chance)
    cell = chance.choice([
        b'<c r="%s"><v>%s</v></c>', b'<c r="%s" t="s"><v>%s</v></c>', b'<c r="%s" t="e"><v>%s</v></c>',
        b'<c r="%s" t="d"><v>%s</v></c>', b'<c r="%s" t="b"><v>%s</v></c>', b'<c r="%s"><f>%s</f></c>',
        b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>', b'<c r="%s" t="str"><v>%s</v></c>',
        b'<c r="%s" s="%s"/>', b'<c r="%s" s="99999"><v>%s</v></c>',
        b'<c r="%s" t="inlineStr"><is><r><rPr/><t>%s</t></r><rPh><t>x</t></rPh></is></c>',
    ])  # fmt: skip
    return _put(data, hit.start(), hit.end(), cell % (name, value))


def _respelt(data: bytes, chance: random.Random) -> bytes:
    """The same XML, or nearly, in another dialect."""
    match chance.randrange(6):
        case 0:
            return re.sub(rb"<(/?)(?=[A-Za-z])(?![\w.-]+:)", rb"<\1x:", data).replace(
                b" xmlns=", b" xmlns:x="
            )
        case 1:
            return data.decode("utf-8", "replace").encode("utf-16")
        case 2:
            return b"\xef\xbb\xbf" + data
        case 3:
            return data.replace(b'"', b"'")
        case 4:
            return data.replace(b"UTF-8", b"GBK").replace(b"utf-8", b"iso-8859-1")
        case _:
            return b'<!DOCTYPE x [<!ENTITY a "b">]>' + re.sub(rb"^<\?.*?\?>", b"", data)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


_OFTEN = [_attribute_gone, _attribute_changed, _attribute_changed, _text_changed, _text_changed, _rows_moved,
          _cell_changed, _cell_changed, _cell_changed, _element_gone]  # fmt: skip
_SELDOM = [_noise, _attribute_everywhere, _tag_gone, _tags_exchanged, _respelt, _cut]
_ON_XML: list[Callable[[bytes, random.Random], bytes]] = _OFTEN * 3 + _SELDOM
