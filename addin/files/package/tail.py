"""What stands around the rows of a sheet: extent, merged cells, and ranges that grow with a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from addin.files.package.markup import Attr, attribute, attributes, escape, splice, tags, unescape
from addin.files.package.refs import Area, Growth, grow_list

_RULES = (b"conditionalFormatting", b"dataValidation")


def merged(tail: bytes) -> Iterator[Area]:
    """The merged cells of a sheet."""
    if b"mergeCell" not in tail:
        return
    for tag in tags(tail):
        if tag.local == b"mergeCell" and not tag.closing:
            area = Area.maybe(attribute(tag, "ref"))
            if area:
                yield area


def column_styles(head: bytes, columns: range) -> dict[int, bytes]:
    """The styles that <cols> gives to columns, as ` s="5"`."""
    return {
        column: style
        for low, high, style in _styled_columns(head)
        for column in range(max(low, columns.start), min(high + 1, columns.stop))
    }


@lru_cache(maxsize=4)
def _styled_columns(head: bytes) -> tuple[tuple[int, int, bytes], ...]:
    """First and last column of each <col> with a style; asked for again for every single cell of a sheet."""
    found = [attributes(tag) for tag in tags(head) if tag.local == b"col" and not tag.closing]
    return tuple(
        (_number(column, b"min"), _number(column, b"max"), b' s="%b"' % style)
        for column in found
        if (style := _value(column, b"style")) not in (b"", b"0")
    )


def _number(attrs: dict[bytes, Attr], name: bytes) -> int:
    return int(_value(attrs, name) or 0)


def _value(attrs: dict[bytes, Attr], name: bytes) -> bytes:
    return unescape(attrs[name].value).encode() if name in attrs else b""


def widened_extent(head: bytes, used: Area | None) -> bytes:
    """The head with <dimension> covering the cells in use, if it has one."""
    if used is None:
        return head
    for tag in tags(head):
        ref = attributes(tag).get(b"ref") if tag.local == b"dimension" and not tag.closing else None
        old = Area.maybe(unescape(ref.value)) if ref else None
        if ref and old:
            new = old.around(used)
            return head if new == old else splice(head, [(ref.start, ref.end, str(new).encode())])
    return head


def grown_rules(tail: bytes, growths: list[Growth]) -> bytes:
    """The tail with conditional formats and validations (also those of Excel 2010's extension) grown."""
    if not growths or not any(mark in tail for mark in _RULES):
        return tail
    changes: list[tuple[int, int, bytes]] = []
    inside = 0
    text_from: int | None = None
    for tag in tags(tail):
        if tag.local in _RULES:
            inside += -1 if tag.closing else (not tag.empty)
            sqref = None if tag.closing else attributes(tag).get(b"sqref")
            if sqref:
                changes += _grown(sqref.value, sqref.start, sqref.end, growths)
        elif tag.local == b"sqref" and inside:
            if tag.closing and text_from is not None:
                changes += _grown(tail[text_from : tag.start], text_from, tag.start, growths)
            text_from = None if tag.closing else tag.end
    return splice(tail, changes)


def _grown(raw: bytes, start: int, end: int, growths: list[Growth]) -> Iterator[tuple[int, int, bytes]]:
    old = unescape(raw)
    new = grow_list(old, growths)
    if new != old:
        yield start, end, escape(new)
