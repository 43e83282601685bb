"""From the plan of a table to edits of rows: kept, new and moved rows, the totals row, vanished rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from addin.files.package.cells import EMPTY, Payload, is_sparse, refuse
from addin.files.package.edits import KEEP, Keep
from addin.files.package.formulas import copied, grown, sorted_to
from addin.files.package.markup import escape
from addin.files.package.plan import TablePlan
from addin.files.package.refs import Area, cell_name
from addin.files.package.rows import Block, Cell, Content, Moved, RowEdit
from addin.files.package.specials import Formula, formula_of

_CHUNK = 256


class TableRows:
    """The row edits of one plan; with `blocks` many rows at once, which no other edit of the sheet may touch."""

    def __init__(self, plan: TablePlan, blocks: bool = False) -> None:
        self.blocks = blocks
        self.plan, self.sheet, self.table = plan, plan.sheet, plan.table
        self._dialect = plan.sheet.dialect
        self._prefix = plan.sheet.dialect.prefix
        self._carries_hidden = plan.table.filtered and not plan.edit.clear_filter

    def edits(self) -> Iterator[RowEdit | Block]:
        """All of them, ascending by row."""
        plan = self.plan
        if plan.emptied:
            yield from self._blank_row()
        elif plan.order is None:
            yield from self._kept_rows(0, min(plan.old, plan.new))
            yield from self._new_rows(plan.old, plan.new)
        else:
            yield from self._reordered_rows()
        if plan.new != plan.old:
            yield from self._rows_below()

    def shown(self) -> Iterator[RowEdit]:
        """Rows that a filter hides, shown when its criteria go."""
        if not (self.plan.edit.clear_filter and self.table.filtered):
            return
        for row in self.sheet.row_numbers(self.plan.top, max(self.table.data.bottom, self.plan.bottom)):
            if self._hidden(row):
                yield RowEdit(row, hidden=False)

    def _hidden(self, row: int) -> bool:
        return b"hidden" in self.sheet.row(row).partition(b">")[0]

    @cached_property
    def _sparse(self) -> list[bool]:
        return [is_sparse(edit.values) for edit in self.plan.edited.values()]

    def _reordered_rows(self) -> Iterator[RowEdit | Block]:
        start = 0
        for index in range(self.plan.new):
            source = self.plan.source(index)
            if source != index:
                yield from self._kept_rows(start, index)
                yield self._new_row(index) if source is None else self._moved_row(index, source)
                start = index + 1
        yield from self._kept_rows(start, self.plan.new)

    def _kept_rows(self, start: int, stop: int) -> Iterator[RowEdit | Block]:
        """Rows whose record stays: only their edited cells."""
        if all(self._sparse):
            yield from self._sparse_rows(start, stop)
            return
        columns, styles = self._reach(), self.plan.styles if start < stop else {}
        for at in range(start, stop, _CHUNK):
            end = min(at + _CHUNK, stop)
            rendered = dict(zip(self.plan.edited, self._rendered(at, end), strict=True))
            nothing: list[Payload] = [KEEP] * (end - at)
            block = Block(
                self.plan.top + at, columns, [rendered.get(column, nothing) for column in columns], styles
            )
            if self.blocks and not any(self.plan.edit.heights[at:end]):
                yield block
            else:
                for edit in block.rows():
                    yield edit._replace(height=self.plan.height(edit.row - self.plan.top))

    def _reach(self) -> tuple[int, ...]:
        """The columns from the first edited one to the last; what lies between is kept."""
        edited = tuple(self.plan.edited)
        return tuple(range(edited[0], edited[-1] + 1)) if edited else ()

    def _sparse_rows(self, start: int, stop: int) -> Iterator[RowEdit]:
        """Only the rows in which something is not kept."""
        by_row: dict[int, dict[int, bytes]] = {}
        for column, edit in self.plan.edited.items():
            for index, value in enumerate(edit.values[start:stop], start):
                payload = None if value is KEEP else self._payload(column, index)
                if payload is not None:
                    by_row.setdefault(index, {})[column] = payload
        for index, cells in sorted(by_row.items()):
            row, height = self.plan.top + index, self.plan.height(index)
            yield RowEdit(row, tuple(cells), tuple(cells.values()), self.plan.styles, height=height)

    def _rendered(self, start: int, stop: int) -> list[list[Payload]]:
        """The edited columns' cells of some rows; a value that no cell holds is refused by its place."""
        renderer = self.plan.context.renderer
        try:
            return [renderer.column(edit, start, stop) for edit in self.plan.edited.values()]
        except ValueError:
            for index in range(start, stop):
                for column in self.plan.edited:
                    self._payload(column, index)
            raise

    def _payload(self, column: int, index: int) -> bytes | None:
        """One edited cell, None to keep it."""
        try:
            [payload] = self.plan.context.renderer.column(self.plan.edited[column], index, index + 1)
        except ValueError as error:
            row = self.plan.top + index
            raise refuse(self.table.name, row, cell_name(row, column), error) from error
        return None if isinstance(payload, Keep) else payload

    def _blank_row(self) -> Iterator[RowEdit]:
        """The one row of an empty table: nothing but the formulas of columns that fill themselves."""
        row = self.plan.top
        cells = self.sheet.cells(row)
        filled = {column for column, cell in cells.items() if self._fills(column) and formula_of(cell)}
        if all(
            cell.blank
            for column, cell in cells.items()
            if column in self.plan.columns and column not in filled
        ):
            return
        columns = tuple(column for column in self.plan.columns if column not in filled)
        yield RowEdit(row, columns, (EMPTY,) * len(columns))

    def _new_rows(self, start: int, stop: int) -> Iterator[RowEdit | Block]:
        """New rows at the end."""
        for at in range(start, stop, _CHUNK):
            end = min(at + _CHUNK, stop)
            columns = self._new_cells(at, end)
            if self.blocks and at >= self.plan.old + self.table.totals:
                heights = [self.plan.height(index) for index in range(at, end)]
                yield Block(self.plan.top + at, self.plan.columns, columns, self.plan.styles, True, heights)
            else:
                rows = zip(*columns, strict=True)
                yield from (self._as_new(index, contents) for index, contents in enumerate(rows, at))

    def _new_cells(self, start: int, stop: int) -> list[list[bytes]]:
        """The cells of new rows by column: what the edit says, else the formula of a column that fills itself."""
        rendered = dict(zip(self.plan.edited, self._rendered(start, stop), strict=True))
        nothing: list[Payload] = [KEEP] * (stop - start)
        return [
            [
                self._unsaid(column, self.plan.top + index) if isinstance(cell, Keep) else cell
                for index, cell in enumerate(rendered.get(column, nothing), start)
            ]
            for column in self.plan.columns
        ]

    def _unsaid(self, column: int, row: int) -> bytes:
        return self._filled(column, row) if self._fills(column) else EMPTY

    def _new_row(self, index: int) -> RowEdit:
        """A new row among those that were there."""
        [cells] = zip(*self._new_cells(index, index + 1), strict=True)
        return self._as_new(index, cells)

    def _as_new(self, index: int, contents: Sequence[Content]) -> RowEdit:
        """Below the old table a cell may keep a style of its own; inside, the column's style counts."""
        plan, row = self.plan, self.plan.top + index
        if index < plan.old + self.table.totals:
            pairs = zip(plan.columns, contents, strict=True)
            contents = [
                Moved(plan.styles.get(column, b""), payload) if isinstance(payload, bytes) else payload
                for column, payload in pairs
            ]
        hidden = False if self._carries_hidden and index < plan.old else None
        height = plan.height(index)
        return RowEdit(row, plan.columns, contents, plan.styles, fresh=True, hidden=hidden, height=height)

    def _fills(self, column: int) -> bool:
        return column - self.table.area.left in self.table.calculated

    def _filled(self, column: int, row: int) -> bytes:
        """The formula of a column that fills itself, as the last data row has it."""
        model = self.table.data.bottom
        cell = self.sheet.cells(model).get(column)
        formula = formula_of(cell) if cell else None
        if formula is None or formula.kind not in ("normal", "shared"):
            return EMPTY
        text = copied(self.plan.context.specials.text_at(formula, model, column), row - model, 0)
        return b"><%bf>%b</%bf></%bc>" % (self._prefix, escape(text), self._prefix, self._prefix)

    def _moved_row(self, index: int, source: int) -> RowEdit:
        """A row that takes the record of another one."""
        plan, old, row = self.plan, self.plan.top + source, self.plan.top + index
        cells = self.sheet.cells(old)
        contents = [self._moved(column, index, cells.get(column), old) for column in plan.columns]
        hidden = self._hidden(old) if self._carries_hidden else None
        height = plan.height(index)
        return RowEdit(row, plan.columns, contents, plan.styles, fresh=True, hidden=hidden, height=height)

    def _moved(self, column: int, index: int, cell: Cell | None, old: int) -> Moved:
        payload = self._payload(column, index) if column in self.plan.edited else None
        if cell is None:
            return Moved(self.plan.styles.get(column, b"") if payload else b"", payload or EMPTY)
        if payload is not None:
            return Moved(cell.kept_style, payload)
        formula = formula_of(cell)
        if formula is None:
            return self._dialect.moved(cell, cell.body)
        new = self.plan.top + index
        text = self.plan.context.specials.text_at(formula, old, column)
        place = str(Area(new, column, new, column)) if formula.kind == "array" else ""
        return self._with_formula(cell, formula, sorted_to(text, self.sheet.name, old, new), place)

    def _with_formula(self, cell: Cell, formula: Formula, text: str, array_place: str = "") -> Moved:
        attrs = b' t="array" ref="%b"' % array_place.encode() if array_place else b""
        element = b"<%bf%b>%b</%bf>" % (self._prefix, attrs, escape(text), self._prefix)
        return self._dialect.moved(cell, formula.replaced(cell.body or b"", element))

    def _rows_below(self) -> Iterator[RowEdit]:
        """Behind the last data row: a totals row that moves, rows that fall out of the table."""
        plan, totals = self.plan, self.table.totals
        blank = [Moved(plan.styles.get(column, b""), EMPTY) for column in plan.columns]
        for index in range(plan.new, max(plan.old, plan.new) + totals):
            row = plan.top + index
            if index < plan.new + totals:
                yield RowEdit(row, plan.columns, self._total_cells(index - plan.new), fresh=True)
            elif index < plan.old:
                yield RowEdit(row, plan.columns, (EMPTY,) * len(plan.columns))
            else:  # where the totals row was
                yield RowEdit(row, plan.columns, blank, fresh=True)

    def _total_cells(self, index: int) -> list[Content]:
        cells = self.sheet.cells(self.table.data.bottom + 1 + index)
        return [
            self._total(cells[column]) if column in cells else Moved(b"", EMPTY)
            for column in self.plan.columns
        ]

    def _total(self, cell: Cell) -> Moved:
        """A cell of the totals row: ranges over the column grow or shrink with the table."""
        formula = formula_of(cell)
        if formula is not None and formula.kind == "normal":
            name = self.sheet.name
            text = grown(formula.text, name, {name.casefold(): [self.plan.growth]})
            if text != formula.text:
                return self._with_formula(cell, formula, text)
        return self._dialect.moved(cell, cell.body)
