"""Formulas of cells, above all those that stand for more than their own cell: shared, array, dataTable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from addin.files.package.formulas import copied
from addin.files.package.markup import Tag, attribute, element_end, escape, splice, tags, unescape
from addin.files.package.problem import PackageError, damaged
from addin.files.package.refs import Area
from addin.files.package.rows import Cell, Rehomed, RowEdit

_MOST_CELLS = 200_000


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
    area = Area.parse(formula.ref) if formula.ref else Area(row, cell.column, row, cell.column)
    return Special(row, cell.column, formula.kind, formula.group, area, formula.text)


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

    def text_at(self, formula: Formula, row: int, column: int) -> str:
        """The text of the formula in that cell, a shared one unfolded."""
        if formula.kind != "shared" or formula.text:
            return formula.text
        return self._unfolded(formula.group, row, column)

    def _unfolded(self, group: str, row: int, column: int) -> str:
        master = self._masters.get(group)
        if master is None:
            raise damaged(f"shared formula {group} has no first cell")
        return copied(master.text, row - master.row, column - master.column)

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
                    yield self._new_master(left)

    def _new_master(self, users: Sequence[Special]) -> RowEdit:
        first = users[0]
        places = [Area(user.row, user.column, user.row, user.column) for user in users]
        area = places[0].around(*places[1:])
        text = escape(self._unfolded(first.group, first.row, first.column))
        values = (self._prefix, str(area).encode(), first.group.encode(), text, self._prefix)
        return RowEdit(
            first.row, (first.column,), (Rehomed(b'<%bf t="shared" ref="%b" si="%b">%b</%bf>' % values),)
        )

    def check_arrays(self, sheet: str, regions: Sequence[Area], touches: Callable[[int, int], bool]) -> None:
        """An array may go as a whole; part of it may not change, as in Excel itself.

        regions  areas that hold all touched cells
        """
        for array in self._arrays:
            area = array.area
            near = any(area.overlaps(region) for region in regions)
            if near and (area.size > _MOST_CELLS or 0 < sum(touches(*at) for at in area.cells()) < area.size):
                raise _cut_array(sheet, area)


def _cut_array(sheet: str, area: Area) -> PackageError:
    return PackageError(
        f"工作表 {sheet} 的数组公式 {area} 与要写入的单元格重叠。请删除该数组公式或移到别处。",
        f"The array formula {area} on sheet {sheet} overlaps cells that are written. "
        "Delete it or move it elsewhere.",
    )
