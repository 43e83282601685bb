"""New names of sheets and columns, followed wherever a package refers to them.

Formulas of cells, rules, validations, names, charts, sparklines and controls; hyperlinks, text boxes linked to
a cell, pivot caches, the list of titles among the properties. Text that a formula only puts together, and
code in macros, is nobody's to change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from addin.files.package.container import part_key
from addin.files.package.markup import Tag, attribute, attributes, escape, splice, tags, unescape
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.references import Renames

Change = tuple[int, int, bytes]

_ELEMENTS: Final = re.compile(
    rb"<(?:[\w.-]+:)?(?:f|formula|formula1|formula2|definedName|calculatedColumnFormula|totalsRowFormula"
    rb"|FmlaLink|FmlaRange|FmlaTxbx|FmlaGroup|FmlaPict)(?=[\s>])(?:[^\">']|\"[^\"]*\"|'[^']*')*>([^<]*[!\[][^<]*)<"
)
_ATTRIBUTES: Final = re.compile(
    rb"\s(?:textlink|fmlaLink|fmlaRange|fmlaTxbx|fmlaGroup)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_HYPERLINK: Final = re.compile(rb"<(?:[\w.-]+:)?hyperlink\s(?:[^\">']|\"[^\"]*\"|'[^']*')*>")
_TITLE: Final = re.compile(rb"<(?:[\w.-]+:)?lpstr>([^<]*)<")
_FOREIGN: Final = ("xl/externallinks/", "xl/media/", "xl/theme/", "xl/threadedcomments/", "customxml/")
_KINDS: Final = (".xml", ".vml", ".rels")


def rename(draft: Draft, renames: Renames) -> None:
    """Gives sheets their new names and lets every reference follow; the parts of tables rename their own columns."""
    for name in draft.names() if renames else ():
        if name.lower().endswith(_KINDS) and not part_key(name).startswith(_FOREIGN):
            change = _change_of(part_key(name), draft)
            data = draft.read(name)
            new = splice(data, list(change(data, renames)))
            if new != data:
                draft.put(name, new)


def _change_of(part: str, draft: Draft) -> Callable[[bytes, Renames], Iterator[Change]]:
    if part.endswith(".rels"):
        return _links
    if part == part_key(draft.package.workbook_part):
        return _workbook
    if part == "docprops/app.xml":
        return _titles
    if part.startswith("xl/pivotcache/"):
        return _pivot
    return _references


def _references(data: bytes, renames: Renames) -> Iterator[Change]:
    for match in _ELEMENTS.finditer(data):
        yield from _followed(match[1], match.start(1), renames)
    for match in _ATTRIBUTES.finditer(data):
        group, quote = (1, b'"') if match[1] is not None else (2, b"'")
        yield from _followed(match[group], match.start(group), renames, quote)
    for match in _HYPERLINK.finditer(data):
        tag = next(tags(data, match.start(), match.end()))
        if attribute(tag, "id") is None:  # with an id it leads out of the book
            yield from new_attribute(tag, "location", renames.formula(attribute(tag, "location") or ""))


def _followed(raw: bytes, start: int, renames: Renames, quote: bytes = b"") -> Iterator[Change]:
    old = unescape(raw)
    new = renames.formula(old)
    if new != old:
        yield start, start + len(raw), _quoted(new, quote) if quote else escape(new)


def _workbook(data: bytes, renames: Renames) -> Iterator[Change]:
    yield from _references(data, renames)
    for tag in tags(data):
        if tag.local == b"sheet" and not tag.closing:
            yield from new_attribute(tag, "name", renames.sheet(attribute(tag, "name") or ""))


def _titles(data: bytes, renames: Renames) -> Iterator[Change]:
    """The titles of parts: tabs, and names such as ``'合同'!Print_Titles``."""
    for match in _TITLE.finditer(data):
        old = unescape(match[1])
        new = renames.sheet(renames.formula(old))
        if new != old:
            yield match.start(1), match.end(1), escape(new)


def _links(data: bytes, renames: Renames) -> Iterator[Change]:
    """Hyperlinks of drawings into the book itself: ``#'合同'!A1``."""
    for tag in tags(data):
        target = attribute(tag, "Target") if tag.local == b"Relationship" and not tag.closing else None
        if target and target.startswith("#"):
            yield from new_attribute(tag, "Target", "#" + renames.formula(target[1:]))


def _pivot(data: bytes, renames: Renames) -> Iterator[Change]:
    """A pivot's cache: where its rows come from, and its fields where they are columns of a table of ours."""
    columns: Mapping[str, str] = {}
    for tag in tags(data):
        if tag.closing:
            continue
        if tag.local in (b"worksheetSource", b"rangeSet"):
            sheet = attribute(tag, "sheet")
            if sheet:
                yield from new_attribute(tag, "sheet", renames.sheet(sheet))
            columns = renames.columns.get((attribute(tag, "name") or "").casefold(), columns)
        elif tag.local == b"cacheField" and columns:
            name = attribute(tag, "name") or ""
            yield from new_attribute(tag, "name", columns.get(name, name))


def new_attribute(tag: Tag, name: str, text: str) -> Iterator[Change]:
    """The change that gives an attribute another text; none where it has it, or is not there."""
    there = attributes(tag).get(name.encode())
    if there and unescape(there.value) != text:
        before = there.start - tag.attrs_at - 1
        yield there.start, there.end, _quoted(text, tag.attrs[before : before + 1])


def _quoted(text: str, quote: bytes) -> bytes:
    """Text for an attribute that stands in these quotes."""
    own = b"&quot;" if quote == b'"' else b"&apos;"
    return escape(text).replace(quote, own).replace(b"\n", b"&#10;")
