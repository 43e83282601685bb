"""Cell styles of one package under the numbers that they have, or get, in another.

What the other package has already is used again; what it lacks is appended, so that no number of its own moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from addin.files.package.markup import Tag, attribute, attributes, element_end, splice, tags
from addin.files.package.problem import damaged
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.names import new_attribute

_ORDER: Final = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles"),
    *("colors", "extLst"),
)
_OWN_FORMATS: Final = 164
"""Number formats from here on are a workbook's own."""


class StyleSheet:
    """A stylesheet: the elements of its lists, those appended included."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root = next((tag for tag in tags(data) if tag.local == b"styleSheet"), None)
        if self.root is None:
            raise damaged("styles without a style sheet")
        self._places = {tag.local.decode(): tag for tag in _children(data, self.root)}
        self.lists = {name: list(self._elements(name)) for name in _ORDER[:-2]}
        self._before = {name: len(elements) for name, elements in self.lists.items()}

    @property
    def prefix(self) -> bytes:
        assert self.root is not None, "made with a root"
        return self.root.prefix

    def _elements(self, name: str) -> Iterator[bytes]:
        place = self._places.get(name)
        for tag in _children(self.data, place) if place else ():
            yield self.data[tag.start : element_end(self.data, tag)[1]]

    def number(self, name: str, element: bytes) -> int:
        """The place of an element in a list; appended where it is not there."""
        listed = self.lists[name]
        if element not in listed:
            listed.append(element)
        return listed.index(element)

    def text(self) -> bytes:
        """The style sheet with what was appended."""
        changes: list[tuple[int, int, bytes]] = []
        for name, elements in self.lists.items():
            new = b"".join(elements[self._before[name] :])
            if new:
                changes += self._appended(name, new, len(elements))
        return splice(self.data, changes)

    def _appended(self, name: str, new: bytes, count: int) -> Iterator[tuple[int, int, bytes]]:
        list_name = self.prefix + name.encode()
        tag = self._places.get(name)
        if tag is None:
            yield (
                self._gap(name),
                self._gap(name),
                b'<%b count="%d">%b</%b>' % (list_name, count, new, list_name),
            )
            return
        number = attributes(tag).get(b"count")
        if number:
            yield number.start, number.end, b"%d" % count
        if tag.empty:
            slash = self.data.rindex(b"/", tag.start, tag.end)
            yield slash, tag.end, b">%b</%b>" % (new, list_name)
        else:
            at = element_end(self.data, tag)[0]
            yield at, at, new

    def _gap(self, name: str) -> int:
        """Where a list belongs that is not there: behind the nearest before it."""
        assert self.root is not None, "made with a root"
        at = self.root.end
        for other in _ORDER[: _ORDER.index(name)]:
            if other in self._places:
                at = element_end(self.data, self._places[other])[1]
        return at


def _children(data: bytes, parent: Tag) -> Iterator[Tag]:
    """The tags that open a direct child."""
    if parent.empty:
        return
    end, _ = element_end(data, parent)
    at = parent.end
    while tag := next(tags(data, at, end), None):
        yield tag
        at = element_end(data, tag, end)[1]


class Styles:
    """The donor's cell formats, conditional formats and table styles as the draft's book knows them."""

    def __init__(self, draft: Draft, donor: Draft) -> None:
        self._draft, self._part = draft, _part(draft)
        self._book, self._donor = StyleSheet(draft.read(self._part)), StyleSheet(donor.read(_part(donor)))
        self._cells: dict[int, int] = {}

    def cell(self, number: int) -> int:
        """A cell's format."""
        if number not in self._cells:
            element = self._format(self._donor.lists["cellXfs"][number])
            self._cells[number] = self._book.number("cellXfs", element)
        return self._cells[number]

    def conditional(self, number: int) -> int:
        """A format of a rule."""
        return self._book.number("dxfs", self._spelt(self._donor.lists["dxfs"][number]))

    def table_style(self) -> None:
        """Our table styles, where the book has none of their name."""
        known = {_first(element, "name") for element in self._book.lists["tableStyles"]}
        for element in self._donor.lists["tableStyles"]:
            if _first(element, "name") not in known:
                changes = [
                    change
                    for tag in tags(element)
                    if tag.local == b"tableStyleElement"
                    for change in new_attribute(
                        tag, "dxfId", str(self.conditional(int(attribute(tag, "dxfId") or 0)))
                    )
                ]
                self._book.lists["tableStyles"].append(self._spelt(splice(element, changes)))

    def store(self) -> None:
        """Puts the book's style sheet into the draft."""
        self._draft.put(self._part, self._book.text())

    def _format(self, element: bytes, named: bool = True) -> bytes:
        """A format with the book's numbers of its parts."""
        tag = next(tags(element))
        numbers = {
            "numFmtId": self._number_format(int(attribute(tag, "numFmtId") or 0)),
            "fontId": self._same("fonts", tag, "fontId"),
            "fillId": self._same("fills", tag, "fillId"),
            "borderId": self._same("borders", tag, "borderId"),
        }
        if named:
            numbers["xfId"] = self._named(int(attribute(tag, "xfId") or 0))
        changes = [change for name, new in numbers.items() for change in new_attribute(tag, name, str(new))]
        return self._spelt(splice(element, changes))

    def _same(self, name: str, tag: Tag, key: str) -> int:
        element = self._donor.lists[name][int(attribute(tag, key) or 0)]
        return self._book.number(name, self._spelt(element))

    def _number_format(self, number: int) -> int:
        if number < _OWN_FORMATS:
            return number
        [element] = [one for one in self._donor.lists["numFmts"] if _first(one, "numFmtId") == str(number)]
        listed = self._book.lists["numFmts"]
        for one in listed:
            if _first(one, "formatCode") == _first(element, "formatCode"):
                return int(_first(one, "numFmtId"))
        new = max([_OWN_FORMATS - 1, *(int(_first(one, "numFmtId")) for one in listed)]) + 1
        listed.append(
            self._spelt(splice(element, list(new_attribute(next(tags(element)), "numFmtId", str(new)))))
        )
        return new

    def _named(self, number: int) -> int:
        """The format of a named style: Excel's own are known by their number, for their names are translated."""
        [style] = [one for one in self._donor.lists["cellStyles"] if _first(one, "xfId") == str(number)]
        for one in self._book.lists["cellStyles"]:
            own, other = _first(style, "builtinId"), _first(one, "builtinId")
            if _first(one, "name") == _first(style, "name") or (own and own == other):
                return int(_first(one, "xfId"))
        listed = self._book.lists["cellStyleXfs"]
        listed.append(self._format(self._donor.lists["cellStyleXfs"][number], named=False))
        tag = next(tags(style))
        new = splice(style, list(new_attribute(tag, "xfId", str(len(listed) - 1))))
        self._book.lists["cellStyles"].append(self._spelt(new))
        return len(listed) - 1

    def _spelt(self, element: bytes) -> bytes:
        """An element of the donor with the book's prefix."""
        return re.sub(rb"<(/?)(?=\w)", rb"<\1" + self._book.prefix, element) if self._book.prefix else element


def _part(draft: Draft) -> str:
    for relation in draft.package.relationships(draft.package.workbook_part):
        if relation.kind == "styles":
            return relation.target
    raise damaged("a workbook without styles")


def _first(element: bytes, name: str) -> str:
    """An attribute of an element."""
    return attribute(next(tags(element)), name) or ""


def remapped(data: bytes, styles: Styles) -> bytes:
    """A sheet of the donor with the book's numbers of its formats."""
    changes: list[tuple[int, int, bytes]] = []
    keys: Mapping[bytes, str] = {b"c": "s", b"row": "s", b"col": "style"}
    for tag in tags(data):
        if tag.closing:
            continue
        key = keys.get(tag.local)
        number = attribute(tag, key) if key else None
        if key and number is not None:
            changes += new_attribute(tag, key, str(styles.cell(int(number))))
        elif tag.local == b"cfRule" and attribute(tag, "dxfId"):
            changes += new_attribute(tag, "dxfId", str(styles.conditional(int(attribute(tag, "dxfId") or 0))))
    return splice(data, changes)
