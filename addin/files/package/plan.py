"""A table's edit, checked: its shape before and after, which cells it touches, and whether there is room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from addin.files.package.cells import Renderer
from addin.files.package.edits import KEEP, ColumnEdit, TableEdit
from addin.files.package.problem import PackageError, misfit
from addin.files.package.refs import MAX_ROW, Area, Growth, cell_name
from addin.files.package.sheet import Sheet
from addin.files.package.specials import Specials
from addin.files.package.tables import TablePart
from addin.files.package.tail import column_styles, merged

_STYLE_ROWS = 5


@dataclass(frozen=True)
class SheetContext:
    """What all edits of one sheet share."""

    sheet: Sheet
    renderer: Renderer
    specials: Specials


class TablePlan:
    """One table's edit on its sheet. Data rows count from 0, rows and columns of the sheet from 1.

    Raises PackageError where the edit does not fit the table (a column with too few values).
    """

    def __init__(self, table: TablePart, edit: TableEdit, context: SheetContext) -> None:
        self.table, self.edit, self.context = table, edit, context
        self.sheet = context.sheet
        self.old = table.rows
        self.new = self.old if edit.rows is None else max(edit.rows, 1)
        self.emptied = edit.rows == 0
        self.columns = tuple(range(table.area.left, table.area.right + 1))
        self._check()

    def _check(self) -> None:
        name, wanted = self.table.name, 0 if self.emptied else self.new
        for position, column in self.edit.columns.items():
            if not 0 <= position < len(self.columns):
                raise misfit(name, f"no column {position}")
            if len(column.values) != wanted:
                raise misfit(name, f"{len(column.values)} values for {wanted} rows")
        if self.edit.heights and len(self.edit.heights) != wanted:
            raise misfit(name, f"{len(self.edit.heights)} heights for {wanted} rows")
        order = self.edit.order
        if order is not None and len(order) != wanted:
            raise misfit(name, f"order has {len(order)} entries for {wanted} rows")
        if order is not None and any(row is not None and not 0 <= row < self.old for row in order):
            raise misfit(name, "order names a row that is not there")

    @property
    def top(self) -> int:
        """The first data row."""
        return self.table.data.top

    @property
    def bottom(self) -> int:
        """The last data row after the edit."""
        return self.top + self.new - 1

    @property
    def area(self) -> Area:
        """The whole table after the edit."""
        return self.table.area._replace(bottom=self.bottom + self.table.totals)

    @property
    def growth(self) -> Growth:
        return Growth(self.table.data, self.bottom)

    @cached_property
    def edited(self) -> dict[int, ColumnEdit]:
        """Column of the sheet to its edit, ascending."""
        return {self.columns[place]: self.edit.columns[place] for place in sorted(self.edit.columns)}

    @cached_property
    def order(self) -> Sequence[int | None] | None:
        """The order, None if every row stays where it is and growth is at the end."""
        if self.emptied:
            return [None]
        order = self.edit.order
        if order is None:
            return None
        plain = [row if row < self.old else None for row in range(self.new)]
        return None if list(order) == plain else order

    def height(self, index: int) -> float | None:
        """Points of data row `index`, None to leave it."""
        heights = self.edit.heights
        return heights[index] if index < len(heights) else None

    def source(self, index: int) -> int | None:
        """The old data row whose record stands in data row `index` after the edit."""
        if self.order is not None:
            return self.order[index]
        return index if index < self.old else None

    @cached_property
    def _stays(self) -> frozenset[int]:
        """Data rows whose record stays in its place."""
        return frozenset(index for index in range(min(self.new, self.old)) if self.source(index) == index)

    def touches(self, row: int, column: int) -> bool:
        """Whether the cell is written, emptied or moved by this edit."""
        index = row - self.top
        if index < 0 or not (self.area.holds(row, column) or self.table.area.holds(row, column)):
            return False
        if index >= min(self.old, self.new):
            return self.new != self.old
        if index not in self._stays:
            return True
        edit = self.edited.get(column)
        return edit is not None and edit.values[index] is not KEEP

    @cached_property
    def styles(self) -> dict[int, bytes]:
        """The style of new cells by column: the one most common in the last data rows, else the sheet's
        own for that column."""
        area, bottom = self.table.area, self.table.data.bottom
        found = column_styles(self.sheet.head, range(area.left, area.right + 1))
        seen: dict[int, list[bytes]] = {}
        for row in range(bottom, max(self.top, bottom - _STYLE_ROWS + 1) - 1, -1):
            for column, cell in self.sheet.cells(row).items():
                seen.setdefault(column, []).append(cell.style)
        found |= {column: Counter(styles).most_common(1)[0][0] for column, styles in seen.items()}
        return {column: style for column, style in found.items() if area.left <= column <= area.right}

    def check_room(self, others: Sequence[Area]) -> None:
        """Refuses growth over anything that is there; `others` are the areas of the sheet's other tables
        and of its pivot tables."""
        old, new = self.table.area, self.area
        if new.bottom <= old.bottom:
            return
        if new.bottom > MAX_ROW:
            raise misfit(self.table.name, f"{self.new} rows from row {self.top} on are more than a sheet has")
        room = old._replace(top=old.bottom + 1, bottom=new.bottom)
        blocks = self.context.specials.blocks
        for other in (*others, *blocks, *merged(self.sheet.data[self.sheet.tail :])):
            if other.overlaps(room):
                raise self._no_room(max(room.top, other.top), max(room.left, other.left))
        for row in self.sheet.row_numbers(room.top, room.bottom):
            for column, cell in self.sheet.cells(row).items():
                if room.left <= column <= room.right and not cell.blank:
                    raise self._no_room(row, column)

    def _no_room(self, row: int, column: int) -> PackageError:
        name, cell = self.table.name, cell_name(row, column)
        return PackageError(
            f"表格 {name} 要增加 {self.new - self.old} 行，但工作表 {self.sheet.name} 的 {cell} 已有内容。"
            "请把该内容移到别处再刷新。",
            f"Table {name} needs {self.new - self.old} more rows, but {cell} on sheet {self.sheet.name} "
            "is not empty. Move its contents elsewhere and refresh again.",
        )
