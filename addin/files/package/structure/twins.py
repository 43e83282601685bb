"""Two packages of the same make in two languages, and the words that stand in the same place of both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from addin.files.package.markup import attribute, tags
from addin.files.package.refs import MAX_COLUMN, Area
from addin.files.package.structure.celltext import SheetText
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.sharedtext import SharedText, text_of

Texts = Iterable[tuple[int, int, str]]
"""Row, column and text of cells."""


class Pair(NamedTuple):
    """The words of a cell in two languages, and where the first of them stands."""

    row: int
    column: int
    old: str
    new: str


def cell_texts(draft: Draft, part: str, last_row: int) -> list[tuple[int, int, str]]:
    """The texts of a sheet's cells down to a row."""
    sheet = SheetText(draft.read(part), part, SharedText(draft))
    return list(sheet.texts(Area(1, 1, last_row, MAX_COLUMN)))


def cell_pairs(old: Texts, new: Texts) -> list[Pair]:
    """What stands in the same cell of both, else as the same of the row's other texts; alike in both or not."""
    there = {(row, column): text for row, column, text in new}
    pairs, alone = [], []
    for row, column, text in old:
        if (row, column) in there:
            pairs.append(Pair(row, column, text, there.pop((row, column))))
        else:
            alone.append((row, column, text))
    left: defaultdict[int, list[str]] = defaultdict(list)
    for (row, _), text in sorted(there.items()):
        left[row].append(text)
    pairs += [Pair(row, column, text, left[row].pop(0)) for row, column, text in alone if left[row]]
    return pairs


def found_again(pairs: Iterable[Pair], texts: Texts) -> dict[tuple[int, int], dict[str, str]]:
    """Which cells of a sheet still hold the old words, wherever they were moved.

    Where more cells say the same than ours did, only those in the old place are ours.
    """
    by_text: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_text[pair.old].append(pair)
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, column, text in texts:
        if text in by_text:
            places[text].append((row, column))
    found = {}
    for text, cells in places.items():
        ours = by_text[text]
        own_places = {(pair.row, pair.column): pair.new for pair in ours}
        moved = len(cells) <= len(ours) and len({pair.new for pair in ours}) == 1
        for cell in cells:
            new = own_places.get(cell, ours[0].new if moved else text)
            if new != text:
                found[cell] = {text: new}
    return found


def attribute_pairs(old: bytes, new: bytes, local: bytes, name: str) -> dict[str, str]:
    """An attribute of the elements of one name, in their order."""
    return _differing(_attributes(old, local, name), _attributes(new, local, name))


def element_pairs(old: bytes, new: bytes, local: bytes) -> dict[str, str]:
    """The texts of the elements of one name, in their order."""
    return _differing(_elements(old, local), _elements(new, local))


def middle_pairs(pairs: Mapping[str, str]) -> dict[str, str]:
    """What differs within texts that begin and end alike.

    >>> middle_pairs({"&L&A&R第 &P 页": "&L&A&RPage &P"})
    {'第 &P 页': 'Page &P'}
    """
    found = {}
    for old, new in pairs.items():
        start = _alike(old, new)
        end = _alike(old[start:][::-1], new[start:][::-1])
        found[old[start : len(old) - end]] = new[start : len(new) - end]
    return found


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _attributes(data: bytes, local: bytes, name: str) -> Iterator[str]:
    return (attribute(tag, name) or "" for tag in tags(data) if tag.local == local and not tag.closing)


def _elements(data: bytes, local: bytes) -> Iterator[str]:
    found = re.finditer(rb"<(?:[\w.-]+:)?" + local + rb"(?:\s[^>]*)?>([^<]*)<", data)
    return (text_of(b"<t>" + match[1] + b"</t>") for match in found)


def _differing(old: Iterable[str], new: Iterable[str]) -> dict[str, str]:
    pairs = zip_longest(old, new, fillvalue="")
    return {before: after for before, after in pairs if before and after and before != after}
