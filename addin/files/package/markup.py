"""XML as bytes: tags and attributes with their positions, so that an edit touches nothing else.

Everything inside works on UTF-8; parts in other encodings are turned to UTF-8 and back.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from addin.files.package.problem import damaged

_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE"
    rb"|<(?P<close>/?)(?P<name>[^\s/>\"'<!?]+)"
    rb"(?P<attrs>(?:[^\"'>/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTR = re.compile(rb"([^\s=/\"'<>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_BOMS = (
    (codecs.BOM_UTF8, ""),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Tag(NamedTuple):
    """A start, end or empty-element tag; `name` as written, `local` without its prefix."""

    start: int
    end: int
    name: bytes
    closing: bool
    empty: bool
    attrs: bytes
    attrs_at: int

    @property
    def local(self) -> bytes:
        return self.name.rpartition(b":")[2]

    @property
    def prefix(self) -> bytes:
        """The prefix with its colon, or nothing."""
        return self.name[: len(self.name) - len(self.local)]


class Attr(NamedTuple):
    """An attribute's raw value and the position of that value in the part."""

    value: bytes
    start: int
    end: int


def tags(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """All tags from `start` on; comments, CDATA and processing instructions are passed over."""
    for match in _TOKEN.finditer(data, start, len(data) if end is None else end):
        name = match["name"]
        if name:
            yield Tag(
                match.start(), match.end(), name, bool(match["close"]), bool(match["empty"]),
                match["attrs"], match.start("attrs"),
            )  # fmt: skip
        elif match[0] == b"<!DOCTYPE":
            raise damaged("a document type declaration inside a part")


def attributes(tag: Tag) -> dict[bytes, Attr]:
    """The attributes by local name; of two with one local name the one without a prefix counts."""
    found: dict[bytes, Attr] = {}
    for match in _ATTR.finditer(tag.attrs):
        name = match[1]
        group = 2 if match[2] is not None else 3
        attr = Attr(match[group], tag.attrs_at + match.start(group), tag.attrs_at + match.end(group))
        local = name.rpartition(b":")[2]
        if name == local or local not in found:
            found[local] = attr
    return found


def attribute(tag: Tag, name: str) -> str | None:
    """One attribute's text, entities resolved."""
    attr = attributes(tag).get(name.encode())
    return None if attr is None else unescape(attr.value)


def unescape(raw: bytes) -> str:
    """The text of raw character data."""
    return html.unescape(raw.decode("utf-8", "replace"))


def escape(text: str) -> bytes:
    """Text for an element."""
    return html.escape(text, quote=False).encode("utf-8", "xmlcharrefreplace")


def without_attribute(tag: Tag, name: bytes) -> tuple[int, int] | None:
    """The span of an attribute with the space before it."""
    match = re.search(rb"\s+" + re.escape(name) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag.attrs)
    return None if match is None else (tag.attrs_at + match.start(), tag.attrs_at + match.end())


def element_end(data: bytes, tag: Tag, end: int | None = None) -> tuple[int, int]:
    """Start and end of the end tag that closes `tag` (both its own end if it is empty)."""
    if tag.empty:
        return tag.end, tag.end
    depth = 1
    for other in tags(data, tag.end, end):
        depth += -1 if other.closing else (not other.empty)
        if depth == 0:
            return other.start, other.end
    raise damaged(f"<{tag.name.decode('utf-8', 'replace')}> is never closed")


def splice(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The data with spans replaced; spans do not overlap."""
    out, at = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        out += [data[at:start], new]
        at = end
    return b"".join([*out, data[at:]])


class Encoding(NamedTuple):
    """How a part's bytes become UTF-8 and back; UTF-8 itself passes through."""

    codec: str

    def decode(self, data: bytes) -> bytes:
        if not self.codec:
            return data
        try:
            return data.decode(self.codec).encode("utf-8")
        except UnicodeError as error:
            raise damaged(f"text is not {self.codec}") from error

    def encode(self, data: bytes) -> bytes:
        return data.decode("utf-8").encode(self.codec, "xmlcharrefreplace") if self.codec else data


def encoding_of(data: bytes) -> Encoding:
    """The encoding by byte order mark, else by the XML declaration, else UTF-8 (XML 1.0, appendix F)."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return Encoding(codec)
    if data[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        return Encoding("utf-16-le" if data[0] else "utf-16-be")
    match = _DECLARED.match(data[:200])
    name = match[1].decode("ascii").lower() if match else "utf-8"
    if name in ("utf-8", "utf8", "us-ascii", "ascii"):
        return Encoding("")
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise damaged(f"unknown encoding {name}") from error
    return Encoding(name)
