"""A book's inline texts moved into the part of shared texts, as Excel keeps them."""

from __future__ import annotations

import io
import re
import zipfile

_INLINE = re.compile(rb't="inlineStr"\s*><is>(<t[^>]*>[^<]*</t>)</is></c>')
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def with_shared_texts(book: bytes) -> bytes:
    """The same book with a part of shared texts; it has none yet."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert "xl/sharedStrings.xml" not in parts
    places: dict[bytes, int] = {}

    def share(hit: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v></c>' % places.setdefault(hit[1], len(places))

    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = _INLINE.sub(share, parts[name])
    items = b"".join(b"<si>%s</si>" % text for text in places)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s" uniqueCount="%d">%s</sst>' % (_MAIN, len(places), items)
    _insert(
        parts, "[Content_Types].xml", b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/>' % _TYPE
    )
    link = b'<Relationship Id="rIdTexts" Type="%s/sharedStrings" Target="/xl/sharedStrings.xml"/>' % _OFFICE
    _insert(parts, "xl/_rels/workbook.xml.rels", link)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _insert(parts: dict[str, bytes], name: str, element: bytes) -> None:
    end = parts[name].rindex(b"</")
    parts[name] = parts[name][:end] + element + parts[name][end:]
