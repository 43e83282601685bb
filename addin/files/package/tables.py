"""A table part: what it says, and the same part with another size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from addin.files.package.markup import (
    Tag,
    attribute,
    attributes,
    element_end,
    splice,
    tags,
    without_attribute,
)
from addin.files.package.problem import PackageError, damaged
from addin.files.package.refs import Area, Growth

Change = tuple[int, int, bytes]


@dataclass(frozen=True)
class TablePart:
    """A table as its part declares it; `area` is the whole, header and totals row included."""

    part: str
    sheet_part: str
    name: str
    area: Area
    headers: int
    totals: int
    calculated: frozenset[int]
    filtered: bool

    @cached_property
    def data(self) -> Area:
        """The data rows."""
        return self.area._replace(top=self.area.top + self.headers, bottom=self.area.bottom - self.totals)

    @property
    def rows(self) -> int:
        return self.data.bottom - self.data.top + 1


def read_table(part: str, sheet_part: str, data: bytes) -> TablePart:
    """What a table part declares. Columns that fill themselves are counted from the table's left, 0-based."""
    root = _root(data)
    calculated, column, filtered = set(), -1, False
    for tag in tags(data, root.end):
        if tag.closing:
            continue
        column += tag.local == b"tableColumn"
        if tag.local == b"calculatedColumnFormula":
            calculated.add(column)
        filtered = filtered or tag.local == b"filterColumn"
    ref = attribute(root, "ref")
    name = attribute(root, "displayName") or attribute(root, "name")
    if not ref or not name:
        raise damaged(f"{part}: a table without name or place")
    return TablePart(
        part, sheet_part, name, Area.parse(ref),
        int(attribute(root, "headerRowCount") or 1), int(attribute(root, "totalsRowCount") or 0),
        frozenset(calculated), filtered,
    )  # fmt: skip


def _root(data: bytes) -> Tag:
    for tag in tags(data):
        if tag.local == b"table":
            return tag
    raise damaged("a table part without a table")


def resized(data: bytes, table: TablePart, bottom: int, clear_filter: bool) -> bytes:
    """The table part with its last data row at `bottom`; only places, criteria and the mark of an empty
    table change."""
    root = _root(data)
    growth = Growth(table.data, bottom)
    changes = _place(root, table.area._replace(bottom=bottom + table.totals), table.area)
    mark = without_attribute(root, b"insertRow")
    if mark:
        changes.append((*mark, b""))
    for tag in tags(data, root.end):
        if not tag.closing and tag.local in (b"autoFilter", b"sortState", b"sortCondition"):
            old = Area.maybe(attribute(tag, "ref"))
            if old:
                changes += _place(tag, _moved(old, table, growth), old)
    if clear_filter:
        changes += _criteria(data, root)
    return splice(data, changes)


def _moved(area: Area, table: TablePart, growth: Growth) -> Area:
    """A range inside the table: one that ends at the last data row (or below it) follows."""
    if area.bottom == table.data.bottom:
        return area._replace(bottom=growth.bottom)
    return area._replace(bottom=min(area.bottom, growth.bottom)) if area.top <= growth.bottom else area


def _place(tag: Tag, new: Area, old: Area) -> list[Change]:
    ref = attributes(tag)[b"ref"]
    return [] if new == old else [(ref.start, ref.end, str(new).encode())]


def _criteria(data: bytes, root: Tag) -> Iterator[Change]:
    """Takes criteria out of the filter; a column that only hides its button stays."""
    skip = root.end
    for tag in tags(data, root.end):
        if tag.closing or tag.local != b"filterColumn" or tag.start < skip:
            continue
        start, skip = element_end(data, tag)
        if attribute(tag, "hiddenButton") or attribute(tag, "showButton"):
            yield tag.end, start, b""
        else:
            yield tag.start, skip, b""


def unknown_table(name: str, known: list[str]) -> PackageError:
    """The book has no table of that name."""
    there = ", ".join(sorted(known)) or "-"
    return PackageError(
        f"工作簿里没有名为 {name} 的表格（现有：{there}）。请恢复该表格的名称。",
        f"The workbook has no table named {name} (it has: {there}). Restore the table's name.",
    )
