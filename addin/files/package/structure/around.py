"""Words that stand around a sheet's rows: drop-down lists and their messages, rules on words, links, footers;
and those of table parts, charts, drawings and number formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field

from addin.files.package.markup import Tag, attribute, element_end, escape, splice, tags, unescape
from addin.files.package.refs import Area
from addin.files.package.structure.names import Change, new_attribute

_ON_A_WORD = re.compile(r'(\$?[A-Z]{1,3}\$?\d+=")((?:[^"]|"")+)(")')
_MESSAGES = ("error", "errorTitle", "prompt", "promptTitle")

WordsOf = Callable[[int], Mapping[str, str]]
"""New words by old of a sheet column; nothing for one that is not ours."""


@dataclass(frozen=True)
class Around:
    """New words by old. ``lists`` and ``words`` are asked by column: a drop-down's list without its quotation
    marks, and a choice's word. ``ours`` are the sheet columns whose validations are ours."""

    ours: Container[int]
    lists: WordsOf
    words: WordsOf
    messages: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    footers: Mapping[str, str] = field(default_factory=dict)


def reworded_tail(data: bytes, start: int, around: Around) -> list[Change]:
    """The changes of what follows a sheet's rows; user's own rules and lists are not touched."""
    changes: list[Change] = []
    columns: list[int] = []
    for tag in tags(data, start):
        if tag.closing:
            continue
        if tag.local in (b"dataValidation", b"conditionalFormatting"):
            columns = list(_columns(attribute(tag, "sqref") or ""))
        if tag.local == b"dataValidation" and any(column in around.ours for column in columns):
            changes += _messages(tag, around)
        elif tag.local == b"formula1":
            changes += _list(data, tag, [around.lists(column) for column in columns])
        elif tag.local == b"formula":
            changes += _rule(data, tag, [around.words(column) for column in columns])
        elif tag.local == b"hyperlink":
            shown = attribute(tag, "display") or ""
            changes += new_attribute(tag, "display", around.links.get(shown, shown))
        elif tag.local in (b"oddFooter", b"evenFooter", b"firstFooter"):
            changes += _footer(data, tag, around.footers)
    return changes


def _columns(sqref: str) -> Iterator[int]:
    for word in sqref.split():
        area = Area.maybe(word)
        if area:
            yield from range(area.left, min(area.right, area.left + 500) + 1)


def _messages(tag: Tag, around: Around) -> Iterator[Change]:
    for name in _MESSAGES:
        said = attribute(tag, name)
        if said in around.messages:
            yield from new_attribute(tag, name, around.messages[said or ""])


def _list(data: bytes, tag: Tag, known: list[Mapping[str, str]]) -> Iterator[Change]:
    start, end, old = _text(data, tag)
    new = next((lists[old[1:-1]] for lists in known if old[1:-1] in lists), None)
    if new is not None and old[:1] == old[-1:] == '"':
        yield start, end, escape(f'"{new}"')


def _rule(data: bytes, tag: Tag, known: list[Mapping[str, str]]) -> Iterator[Change]:
    """A rule of the form $U6="overdue"."""
    start, end, old = _text(data, tag)
    match = _ON_A_WORD.fullmatch(old)
    new = next((words[match[2]] for words in known if match[2] in words), None) if match else None
    if match and new is not None:
        yield start, end, escape(f"{match[1]}{new}{match[3]}")


def _footer(data: bytes, tag: Tag, words: Mapping[str, str]) -> Iterator[Change]:
    start, end, old = _text(data, tag)
    for before, after in words.items():
        if before in old:
            yield start, end, escape(old.replace(before, after))
            return


def _text(data: bytes, tag: Tag) -> tuple[int, int, str]:
    """Where an element's text stands, and the text."""
    end, _ = element_end(data, tag)
    return tag.end, end, unescape(data[tag.end : end])


def reworded_table(data: bytes, names: Mapping[str, str]) -> bytes:
    """A table part with other names of its columns."""
    changes: list[Change] = []
    for tag in tags(data):
        if tag.local == b"tableColumn" and not tag.closing:
            old = attribute(tag, "name") or ""
            changes += new_attribute(tag, "name", names.get(old, old))
    return splice(data, changes)


def reworded_elements(data: bytes, local: bytes, words: Mapping[str, str]) -> bytes:
    """A part with other words in its elements of a name, such as a chart's <a:t>."""
    changes: list[Change] = []
    for tag in tags(data):
        if tag.local == local and not tag.closing and not tag.empty:
            start, end, old = _text(data, tag)
            if old in words:
                changes.append((start, end, escape(words[old])))
    return splice(data, changes)


def reworded_attributes(data: bytes, local: bytes, name: str, words: Mapping[str, str]) -> bytes:
    """A part with other words in an attribute of its elements of a name, such as a picture's description."""
    changes: list[Change] = []
    for tag in tags(data):
        if tag.local == local and not tag.closing:
            old = attribute(tag, name) or ""
            changes += new_attribute(tag, name, words.get(old, old))
    return splice(data, changes)
