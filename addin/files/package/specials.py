"""Formulas of cells, above all those that stand for more than their own cell: shared, array, dataTable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from addin.files.package.formulas import copied
from addin.files.package.markup import Tag, attribute, attributes, element_end, escape, splice, tags, unescape
from addin.files.package.refs import Area
from addin.files.package.rowedits import Rehomed, RowEdit
from addin.files.package.rows import Cell

_OWN = re.compile(rb"\s+(?:t|si|ref)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_DYNAMIC = re.compile(rb"\s+cm\s*=\s*(?:\"[^\"]*\"|'[^']*')")
Touches = Callable[[int, int], bool]


class Formula(NamedTuple):
    """A cell's formula: its text (entities resolved), what its element says, and the element's span."""

    text: str
    kind: str
    group: str
    ref: str
    tag: Tag
    end: int

    def replaced(self, body: bytes, element: bytes) -> bytes:
        """The cell's content with another formula element."""
        return splice(body, [(self.tag.start, self.end, element)])

    @property
    def other_attrs(self) -> bytes:
        """What its element says beside its kind, group and place, such as ` ca="1"`."""
        return _OWN.sub(b"", self.tag.attrs).rstrip()

    def area(self, row: int, column: int) -> Area:
        """The cells that it stands for, where it is written in that cell."""
        return Area.maybe(self.ref) or Area(row, column, row, column)


class Special(NamedTuple):
    """A shared, array or dataTable formula and where it stands; users of a shared one have no text."""

    row: int
    column: int
    kind: str
    group: str
    area: Area
    text: str


def formula_of(cell: Cell) -> Formula | None:
    """The formula of a cell, None if it has none."""
    if cell.body is None or b"f" not in cell.body:
        return None
    for tag in tags(cell.body):
        if tag.local == b"f" and not tag.closing:
            start, end = element_end(cell.body, tag)
            found = {name: attribute(tag, name) or "" for name in ("t", "si", "ref")}
            text = unescape(_without_cdata(cell.body[tag.end : start]))
            return Formula(text, found["t"] or "normal", found["si"], found["ref"], tag, end)
    return None


def _without_cdata(raw: bytes) -> bytes:
    if b"<" not in raw:
        return raw
    raw = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", raw, flags=re.DOTALL)
    return re.sub(
        rb"<!\[CDATA\[(.*?)\]\]>",
        lambda match: match[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;"),
        raw,
        flags=re.DOTALL,
    )


def special_of(row: int, cell: Cell) -> Special | None:
    """The special formula of a cell, None if it has none or an ordinary one."""
    formula = formula_of(cell)
    if formula is None or formula.kind == "normal":
        return None
    area = formula.area(row, cell.column)
    return Special(row, cell.column, formula.kind, formula.group, area, formula.text)


def as_value(cell: Cell, formula: Formula) -> Cell:
    """The cell without its formula: it goes on showing what it shows."""
    return cell._replace(attrs=_DYNAMIC.sub(b"", cell.attrs), body=formula.replaced(cell.body or b"", b""))


def narrowed(cell: Cell, formula: Formula, area: Area) -> Cell:
    """The first cell of an array or data table that stands for fewer cells from now on.

    A dynamic array becomes one of fixed size: its own would want the lost cells back.
    """
    ref = attributes(formula.tag)[b"ref"]
    body = splice(cell.body or b"", [(ref.start, ref.end, str(area).encode())])
    return cell._replace(attrs=_DYNAMIC.sub(b"", cell.attrs), body=body)


class Specials:
    """All special formulas of a sheet."""

    def __init__(self, found: Iterable[Special], prefix: bytes) -> None:
        self._prefix = prefix
        self._groups: dict[str, list[Special]] = {}
        self._arrays: list[Special] = []
        for special in found:
            if special.kind == "shared":
                self._groups.setdefault(special.group, []).append(special)
            else:
                self._arrays.append(special)
        self._masters = {
            group: next((member for member in members if member.text), None)
            for group, members in self._groups.items()
        }

    @property
    def blocks(self) -> list[Area]:
        """Where the arrays and data tables of more than one cell are."""
        return [special.area for special in self._arrays if special.area.size > 1]

    def text_at(self, formula: Formula, row: int, column: int) -> str | None:
        """The text of the formula in that cell, a shared one unfolded; None where its first cell is not there."""
        if formula.kind != "shared" or formula.text:
            return formula.text
        master = self._masters.get(formula.group)
        return None if master is None else copied(master.text, row - master.row, column - master.column)

    def rehomed(self, touches: Callable[[int, int], bool]) -> Iterator[RowEdit]:
        """New first cells for shared formulas whose first cell is touched while other users stay."""
        for group, master in self._masters.items():
            if master and touches(master.row, master.column):
                left = [
                    member
                    for member in self._groups[group]
                    if not member.text and not touches(member.row, member.column)
                ]
                if left:
                    yield self._new_master(master, left)

    def _new_master(self, old: Special, users: Sequence[Special]) -> RowEdit:
        first = users[0]
        places = [Area(user.row, user.column, user.row, user.column) for user in users]
        area = places[0].around(*places[1:])
        text = escape(copied(old.text, first.row - old.row, first.column - old.column))
        values = (self._prefix, str(area).encode(), first.group.encode(), text, self._prefix)
        return RowEdit(
            first.row, (first.column,), (Rehomed(b'<%bf t="shared" ref="%b" si="%b">%b</%bf>' % values),)
        )

    def cut(self, regions: Sequence[Area], touches: Touches) -> Iterator[tuple[Special, Area]]:
        """Arrays and data tables that lose cells, each with what is left of its area.

        Left is the largest block at their first cell without a touched one: there every element stays where
        the formula puts it. Cells beyond it hold the values that they show. Those whose first cell is touched
        are not named: their formula goes with that cell.

        regions  areas that hold all touched cells
        """
        for array in self._arrays:
            near = [common for region in regions if (common := array.area.common(region))]
            if near and not touches(array.row, array.column):
                left = _untouched(array.area, near, touches)
                if left != array.area:
                    yield array, left


def _untouched(area: Area, near: Sequence[Area], touches: Touches) -> Area:
    """The largest block at the top left of an area without a touched cell; its first cell is not touched."""
    best, right = area._replace(bottom=area.top, right=area.left), area.right
    for row in range(area.top, area.bottom + 1):
        here = (column for part in near if part.top <= row <= part.bottom for column in part.columns)
        right = min([right, *(column - 1 for column in here if touches(row, column))])
        if right < area.left:
            break
        block = area._replace(bottom=row, right=right)
        best = block if block.size > best.size else best
    return best
