"""From an edit of a table to edits of rows: growing, shrinking, re-ordering, the totals row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from addin.files.package.cells import EMPTY, Renderer, is_sparse, refuse
from addin.files.package.edits import KEEP, ColumnEdit, TableEdit
from addin.files.package.formulas import copied, grown, sorted_to
from addin.files.package.markup import escape, splice
from addin.files.package.problem import PackageError
from addin.files.package.refs import Area, Growth, cell_name
from addin.files.package.rows import Cell, Content, Moved, RowEdit
from addin.files.package.sheet import Formula, Sheet, Special, formula_of, unfolded
from addin.files.package.tables import TablePart
from addin.files.package.tail import column_styles, merged

_CHUNK = 2048


@dataclass(frozen=True)
class SheetContext:
    """What all edits of one sheet share."""

    sheet: Sheet
    renderer: Renderer
    specials: Sequence[Special]


class TablePlan:
    """One table's edit, checked and ready to be turned into row edits."""

    def __init__(self, table: TablePart, edit: TableEdit, context: SheetContext) -> None:
        self.table, self.edit = table, edit
        self.sheet, self.renderer = context.sheet, context.renderer
        self.specials = context.specials
        self.old = table.rows
        self.new = self.old if edit.rows is None else max(edit.rows, 1)
        self._emptied = edit.rows == 0
        self._check()

    def _check(self) -> None:
        width = self.table.area.right - self.table.area.left + 1
        wanted = 0 if self._emptied else self.new
        for position, column in self.edit.columns.items():
            if not 0 <= position < width:
                raise ValueError(f"{self.table.name} has no column {position}")
            if len(column.values) != wanted:
                raise ValueError(f"{self.table.name}: {len(column.values)} values for {wanted} rows")
        if self.edit.order is not None and len(self.edit.order) != wanted:
            raise ValueError(f"{self.table.name}: order has {len(self.edit.order)} entries for {wanted} rows")

    @property
    def bottom(self) -> int:
        """The last data row after the edit."""
        return self.table.data.top + self.new - 1

    @property
    def area(self) -> Area:
        """The whole table after the edit."""
        return self.table.area._replace(bottom=self.bottom + self.table.totals)

    @property
    def growth(self) -> Growth:
        return Growth(self.table.data, self.bottom)

    @cached_property
    def _columns(self) -> tuple[int, ...]:
        return tuple(range(self.table.area.left, self.table.area.right + 1))

    @cached_property
    def _edited(self) -> dict[int, ColumnEdit]:
        """Column of the sheet to its edit, ascending."""
        return {self.table.area.left + place: self.edit.columns[place] for place in sorted(self.edit.columns)}

    @cached_property
    def _order(self) -> Sequence[int | None] | None:
        """The order, None if every row stays where it is and growth is at the end."""
        if self._emptied:
            return [None]
        order = self.edit.order
        if order is None:
            return None
        plain = [row if row < self.old else None for row in range(self.new)]
        return None if list(order) == plain else order

    def source(self, index: int) -> int | None:
        """The old data row whose record stands in data row `index` after the edit."""
        if self._order is not None:
            return self._order[index]
        return index if index < self.old else None

    @cached_property
    def _moving(self) -> frozenset[int]:
        """Old data rows whose record goes elsewhere or away."""
        stays = {index for index in range(min(self.new, self.old)) if self.source(index) == index}
        return frozenset(range(self.old)) - stays

    def touches(self, row: int, column: int) -> bool:
        """Whether the cell is written, emptied or moved by this edit."""
        if not self.area.holds(row, column) and not self.table.area.holds(row, column):
            return False
        index = row - self.table.data.top
        if index < 0:
            return False
        if index >= min(self.old, self.new):
            return self.new != self.old
        if index in self._moving:
            return True
        edit = self._edited.get(column)
        return edit is not None and edit.values[index] is not KEEP

    @cached_property
    def styles(self) -> dict[int, bytes]:
        """The style of new cells by column: last data row, else first, else the sheet's column."""
        area = self.table.area
        found = column_styles(self.sheet.head, range(area.left, area.right + 1))
        for row in (self.table.data.top, self.table.data.bottom):
            for column, cell in self.sheet.cells(row).items():
                if column in self._columns:
                    found[column] = cell.style
        return found

    def check_room(self, others: Sequence[Area]) -> None:
        """Refuses growth over anything that is there; `others` are the areas of the sheet's other tables."""
        old, new = self.table.area, self.area
        if new.bottom <= old.bottom:
            return
        room = Area(old.bottom + 1, old.left, new.bottom, old.right)
        for other in others:
            if other.overlaps(room):
                raise self._no_room(max(room.top, other.top), max(room.left, other.left))
        for other in merged(self.sheet.data[self.sheet.tail :]):
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

    def row_edits(self) -> Iterator[RowEdit]:
        """The edits, ascending by row."""
        if self._order is None:
            yield from self._kept_rows()
            yield from map(self._any_row, range(self.old, self.new))
        else:
            yield from self._reordered_rows()
        if self.new != self.old:
            yield from self._rows_below()

    def _reordered_rows(self) -> Iterator[RowEdit]:
        for index in range(self.new):
            if self.source(index) == index:
                yield from self._kept_rows(index, index + 1)
            else:
                yield self._any_row(index)

    def _kept_rows(self, start: int = 0, stop: int | None = None) -> Iterator[RowEdit]:
        stop = min(self.old, self.new) if stop is None else stop
        if self._emptied or not self._edited:
            return
        edits = self._edited
        top = self.table.data.top
        sparse_columns = [is_sparse(edit.values) for edit in edits.values()]
        if all(sparse_columns):
            yield from self._sparse_rows(start, stop)
            return
        columns = tuple(edits)
        sparse = any(sparse_columns)
        for at in range(start, stop, _CHUNK):
            rendered = self._rendered(at, min(at + _CHUNK, stop))
            for row, contents in enumerate(zip(*rendered, strict=True), top + at):
                if sparse and KEEP in contents:
                    kept = [pair for pair in zip(columns, contents, strict=True) if pair[1] is not KEEP]
                    yield RowEdit(row, tuple(p[0] for p in kept), [p[1] for p in kept], self.styles)
                else:
                    yield RowEdit(row, columns, contents, self.styles)

    def _sparse_rows(self, start: int, stop: int) -> Iterator[RowEdit]:
        """Only the rows in which something is not kept."""
        by_row: dict[int, dict[int, bytes]] = {}
        for column, edit in self._edited.items():
            for index, value in enumerate(edit.values[start:stop], start):
                payload = None if value is KEEP else self._payload(column, index)
                if payload is not None:
                    by_row.setdefault(index, {})[column] = payload
        for index in sorted(by_row):
            cells = by_row[index]
            yield RowEdit(self.table.data.top + index, tuple(cells), tuple(cells.values()), self.styles)

    def _rendered(self, start: int, stop: int) -> list[list[bytes]]:
        try:
            return [self.renderer.column(edit, start, stop) for edit in self._edited.values()]  # type: ignore[misc]  # KEEP is filtered by the caller
        except ValueError:
            for index in range(start, stop):
                for column in self._edited:
                    self._payload(column, index)
            raise

    def _payload(self, column: int, index: int) -> bytes | None:
        """One edited cell, None to keep it."""
        edit = self._edited[column]
        if edit.values[index] is KEEP:
            return None
        try:
            return self.renderer.column(edit, index, index + 1)[0]  # type: ignore[return-value]  # not KEEP
        except ValueError as error:
            row = self.table.data.top + index
            raise refuse(self.table.name, row, cell_name(row, column), error) from error

    def _any_row(self, index: int) -> RowEdit:
        """A data row whose record is new or comes from another row."""
        source, row = self.source(index), self.table.data.top + index
        cells = {} if source is None else self.sheet.cells(self.table.data.top + source)
        fixed = index < self.old + self.table.totals
        contents = [
            self._content(column, index, source, cells.get(column), fixed) for column in self._columns
        ]
        return RowEdit(row, self._columns, contents, self.styles, fresh=True)

    def _content(
        self, column: int, index: int, source: int | None, cell: Cell | None, fixed: bool
    ) -> Content:
        row = self.table.data.top + index
        edited = column in self._edited and not self._emptied
        payload = self._payload(column, index) if edited else None
        if source is None:
            if payload is None:
                payload = self._filled(column, row)
            style = self._style_here(row, column) if self._emptied else self.styles.get(column, b"")
            return Moved(style, payload) if fixed else payload
        if cell is None:
            return Moved(self.styles.get(column, b"") if payload else b"", payload or EMPTY)
        if payload is not None:
            return Moved(cell.kept_style, payload)
        return self._carried(cell, self.table.data.top + source, row)

    def _style_here(self, row: int, column: int) -> bytes:
        cell = self.sheet.cells(row).get(column)
        return cell.kept_style if cell else b""

    def _filled(self, column: int, row: int) -> bytes:
        """A cell of a new row: the formula of a column that fills itself, else nothing."""
        if column - self.table.area.left not in self.table.calculated:
            return EMPTY
        model = self.table.data.bottom
        cell = self.sheet.cells(model).get(column)
        formula = formula_of(cell) if cell else None
        if cell is None or formula is None or formula.kind not in ("normal", "shared"):
            return EMPTY
        text = copied(self._own_text(formula, model, column), row - model, 0)
        prefix = self.sheet.dialect.prefix
        return b"><%bf>%b</%bf></%bc>" % (prefix, escape(text), prefix, prefix)

    def _own_text(self, formula: Formula, row: int, column: int) -> str:
        if formula.kind != "shared":
            return formula.text
        member = Special(row, column, "shared", formula.group, None, formula.text)
        return unfolded(member, self.specials)

    def _carried(self, cell: Cell, old: int, new: int) -> Moved:
        """A cell on its way from one row to another, its formula as a sort leaves it."""
        formula = formula_of(cell)
        if formula is None or cell.body is None or formula.kind == "dataTable":
            return self.sheet.dialect.moved(cell, cell.body)
        text = sorted_to(self._own_text(formula, old, cell.column), self.sheet.name, old, new)
        area = str(Area(new, cell.column, new, cell.column)) if formula.kind == "array" else ""
        return self._with_formula(cell, formula, text, area)

    def _with_formula(self, cell: Cell, formula: Formula, text: str, area: str) -> Moved:
        body, tag = cell.body or b"", formula.tag
        prefix = self.sheet.dialect.prefix
        end = body.index(b">", body.index(b"</", tag.end)) + 1 if not tag.empty else tag.end
        attrs = b' t="array" ref="%b"' % area.encode() if area else b""
        element = b"<%bf%b>%b</%bf>" % (prefix, attrs, escape(text), prefix)
        return self.sheet.dialect.moved(cell, splice(body, [(tag.start, end, element)]))

    def _rows_below(self) -> Iterator[RowEdit]:
        """The rows behind the last data row: a totals row that moves, rows that fall out of the table."""
        top, totals = self.table.data.top, self.table.totals
        for index in range(self.new, max(self.old, self.new) + totals):
            row = top + index
            if index < self.new + totals:
                yield RowEdit(row, self._columns, self._total_cells(index - self.new), fresh=True)
            elif index < self.old:
                yield RowEdit(row, self._columns, (EMPTY,) * len(self._columns))
            else:
                blank = [Moved(self.styles.get(column, b""), EMPTY) for column in self._columns]
                yield RowEdit(row, self._columns, blank, fresh=True)

    def _total_cells(self, index: int) -> list[Content]:
        cells = self.sheet.cells(self.table.data.bottom + 1 + index)
        return [
            self._total(cells[column]) if column in cells else Moved(b"", EMPTY) for column in self._columns
        ]

    def _total(self, cell: Cell) -> Moved:
        """A cell of the totals row: ranges over the column grow or shrink with the table."""
        formula = formula_of(cell)
        if formula is None or formula.kind != "normal":
            return self.sheet.dialect.moved(cell, cell.body)
        name = self.sheet.name.casefold()
        text = grown(formula.text, self.sheet.name, {name: [self.growth]})
        if text == formula.text:
            return self.sheet.dialect.moved(cell, cell.body)
        return self._with_formula(cell, formula, text, "")

    def hidden_rows(self) -> Iterator[RowEdit]:
        """Rows that the table's filter hides, to be shown."""
        if not (self.edit.clear_filter and self.table.filtered):
            return
        data = self.table.data
        for row in self.sheet.row_numbers(data.top, max(data.bottom, self.bottom)):
            if b"hidden" in self.sheet.row(row).partition(b">")[0]:
                yield RowEdit(row, unhide=True)
