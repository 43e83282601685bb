"""Text items: the strings that cells share, and those that stand in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from addin.files.package.markup import attribute, attributes, element_end, escape, splice, tags, unescape
from addin.files.package.structure.draft import Draft

_ITEM = re.compile(rb"<(?P<p>[\w.-]+:)?si(?=[\s/>])[^>]*?(?:/>|>.*?</(?(p)(?P=p))si\s*>)", re.DOTALL)
_PLAIN = re.compile(rb"<(?:is|si)><t(?:\s[^>/]*)?>([^<]*)</t></(?:is|si)>")
"""An item as nearly all are; the others are taken apart tag by tag."""


def text_of(item: bytes) -> str:
    """The text of an item's runs; readings beside them (phonetic runs) do not count."""
    return "".join(unescape(item[start:end]) for start, end in _spans(item))


def with_text(item: bytes, text: str) -> bytes:
    """The item with another text, in the format of its first run."""
    spans = list(_spans(item))
    if not spans:
        raise ValueError("an item without text")
    new = [escape(text), *[b""] * (len(spans) - 1)]
    return splice(item, [(start, end, part) for (start, end), part in zip(spans, new, strict=True)])


def _spans(item: bytes) -> Iterator[tuple[int, int]]:
    """Where the text of each <t> stands."""
    plain = _PLAIN.fullmatch(item)
    if plain:
        yield plain.span(1)
        return
    skip = 0
    for tag in tags(item):
        if tag.closing or tag.start < skip:
            continue
        if tag.local == b"rPh":
            skip = element_end(item, tag)[1]
        elif tag.local == b"t" and not tag.empty:
            yield tag.end, element_end(item, tag)[0]


class SharedText:
    """The workbook's shared strings; an item that is not there yet is added at the end."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        relations = draft.package.relationships(draft.package.workbook_part)
        parts = [rel.target for rel in relations if rel.kind == "sharedstrings" and draft.has(rel.target)]
        self._part = parts[0] if parts else ""
        data = draft.read(self._part) if parts else b""
        self._items = list(_items(data))
        self._known: dict[bytes, int] = {}
        for index, item in enumerate(self._items):
            self._known.setdefault(item, index)
        self._before = len(self._items)
        self._texts: dict[int, str] = {}

    def text(self, index: int) -> str:
        """The text of an item; nothing where there is no such item."""
        if not 0 <= index < len(self._items):
            return ""
        if index not in self._texts:
            self._texts[index] = text_of(self._items[index])
        return self._texts[index]

    def place(self, index: int, text: str) -> int:
        """Where the item stands that is as the one at ``index`` but says ``text``."""
        item = with_text(self._items[index], text)
        if item not in self._known:
            self._known[item] = len(self._items)
            self._items.append(item)
        return self._known[item]

    def store(self) -> None:
        """Puts the part with its new items into the draft."""
        new = self._items[self._before :]
        if not new:
            return
        data = self._draft.read(self._part)
        changes = []
        for tag in tags(data):
            if tag.local == b"sst" and tag.closing:
                changes.append((tag.start, tag.start, b"".join(new)))
            elif tag.local == b"sst":
                count = attributes(tag).get(b"uniqueCount")
                if count and (attribute(tag, "uniqueCount") or "").isdigit():
                    changes.append((count.start, count.end, b"%d" % len(self._items)))
        self._draft.put(self._part, splice(data, changes))


def _items(data: bytes) -> Iterator[bytes]:
    """The <si> elements as they are written."""
    return (match[0] for match in _ITEM.finditer(data))
