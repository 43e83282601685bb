"""A table part: what it says, and the same part with another size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from addin.files.package.formulas import following, grown
from addin.files.package.markup import (
    Tag,
    attribute,
    attributes,
    element_end,
    escape,
    splice,
    tags,
    unescape,
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


def total_formula(text: str, sheet: str, table: TablePart, bottom: int) -> str:
    """A formula of the totals row once the last data row is `bottom`: ranges over the columns end there, and
    references to cells of the totals row go along with it."""
    after = grown(text, sheet, {sheet.casefold(): [Growth(table.data, bottom)]})
    totals = table.area._replace(top=table.data.bottom + 1)
    return following(after, sheet, totals, bottom - table.data.bottom)


def resized(data: bytes, table: TablePart, sheet: str, bottom: int, clear_filter: bool) -> bytes:
    """The table part with its last data row at `bottom`; only places, criteria, formulas of the
    totals row and the mark of an empty table change."""
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
        if not tag.closing and tag.local == b"totalsRowFormula":
            changes += _total(data, tag, sheet, table, bottom)
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


def _total(data: bytes, tag: Tag, sheet: str, table: TablePart, bottom: int) -> Iterator[Change]:
    end, _ = element_end(data, tag)
    if b"<" in data[tag.end : end]:  # CDATA, which no spreadsheet program writes there
        return
    old = unescape(data[tag.end : end])
    new = total_formula(old, sheet, table, bottom)
    if new != old:
        yield tag.end, end, escape(new)


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
