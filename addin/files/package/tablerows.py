"""From the plan of a table to edits of rows: kept, new and moved rows, the totals row, vanished rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from addin.files.package.cells import EMPTY, Payload, is_sparse, refuse
from addin.files.package.edits import KEEP, Keep
from addin.files.package.formulas import copied, sorted_to
from addin.files.package.markup import escape
from addin.files.package.plan import TablePlan
from addin.files.package.refs import Area, cell_name
from addin.files.package.rowedits import Block, Content, Moved, RowEdit
from addin.files.package.rows import Cell
from addin.files.package.specials import Formula, as_value, formula_of
from addin.files.package.tables import total_formula

_CHUNK = 256
_MODEL_ROWS = 5


class TableRows:
    """The row edits of one plan; with `blocks` many rows at once, which no other edit of the sheet may touch."""

    def __init__(self, plan: TablePlan, blocks: bool = False) -> None:
        self.blocks = blocks
        self.plan, self.sheet, self.table = plan, plan.sheet, plan.table
        self._dialect = plan.sheet.dialect
        self._prefix = plan.sheet.dialect.prefix
        self._models: dict[int, _Model | None] = {}
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
            nothing = [KEEP] * (end - at)
            contents: list[list[Payload] | list[Keep]] = [rendered.get(column, nothing) for column in columns]
            block = Block(self.plan.top + at, columns, contents, styles, nothing=nothing)
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
        filled = {column for column, cell in cells.items() if self._fills(column) and _own_formula(row, cell)}
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
        """The formula of a column that fills itself, as the last data rows have it."""
        if column not in self._models:
            self._models[column] = self._model(column)
        model = self._models[column]
        if model is None:
            return EMPTY
        text = copied(model.text, row - model.row, 0)
        place = b' t="array" ref="%b"' % cell_name(row, column).encode() if model.array else b""
        return b"%b><%bf%b>%b</%bf></%bc>" % (
            model.attrs, self._prefix, place, escape(text), self._prefix, self._prefix,
        )  # fmt: skip

    def _model(self, column: int) -> _Model | None:
        """The last formula that the column has in its last rows; a user may have typed over some."""
        bottom = self.table.data.bottom
        for row in range(bottom, max(self.plan.top, bottom - _MODEL_ROWS + 1) - 1, -1):
            cell = self.sheet.cells(row).get(column)
            formula = _own_formula(row, cell) if cell else None
            text = self.plan.context.specials.text_at(formula, row, column) if formula else None
            if cell and formula and text:
                array = formula.kind == "array"
                return _Model(row, text, array, cell.metadata if array else b"")
        return None

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
        wanted = None if text is None else sorted_to(text, self.sheet.name, old, new)
        return self._with_formula(cell, formula, wanted, old, new)

    def _with_formula(self, cell: Cell, formula: Formula, text: str | None, old: int, new: int) -> Moved:
        """The cell with that formula in its new row; where the formula cannot go along the value stays."""
        place = b""
        if formula.kind not in ("normal", "shared"):
            area = formula.area(old, cell.column)
            if not self._goes_along(formula, area, old):
                text = None
            place = b' t="array" ref="%b"' % str(area._replace(top=new, bottom=new)).encode()
        if text is None:
            value = as_value(cell, formula)
            return self._dialect.moved(value, value.body)
        element = b"<%bf%b%b>%b</%bf>" % (
            self._prefix, place, formula.other_attrs, escape(text), self._prefix,
        )  # fmt: skip
        return self._dialect.moved(cell, formula.replaced(cell.body or b"", element))

    def _goes_along(self, formula: Formula, area: Area, row: int) -> bool:
        """Whether an array lies in one row of the table, in cells of which none is written."""
        return (
            formula.kind == "array"
            and area.top == area.bottom == row
            and all(column in self.plan.columns and column not in self.plan.edited for column in area.columns)
        )

    def _rows_below(self) -> Iterator[RowEdit]:
        """Behind the last data row: a totals row that moves, rows that fall out of the table."""
        plan, totals = self.plan, self.table.totals
        blank = [Moved(plan.styles.get(column, b""), EMPTY) for column in plan.columns]
        for index in range(plan.new, max(plan.old, plan.new) + totals):
            row = plan.top + index
            hidden = False if self._carries_hidden and self._hidden(row) else None
            if index < plan.new + totals:
                yield RowEdit(row, plan.columns, self._total_cells(row), fresh=True, hidden=hidden)
            elif index < plan.old:
                yield RowEdit(row, plan.columns, (EMPTY,) * len(plan.columns), hidden=hidden)
            else:  # where the totals row was
                yield RowEdit(row, plan.columns, blank, fresh=True)

    def _total_cells(self, row: int) -> list[Content]:
        old = row + self.plan.old - self.plan.new
        cells = self.sheet.cells(old)
        return [
            self._total(cells[column], old, row) if column in cells else Moved(b"", EMPTY)
            for column in self.plan.columns
        ]

    def _total(self, cell: Cell, old: int, new: int) -> Moved:
        """A cell of the totals row."""
        formula = formula_of(cell)
        if formula is None:
            return self._dialect.moved(cell, cell.body)
        text = self.plan.context.specials.text_at(formula, old, cell.column)
        if text is None:
            return self._with_formula(cell, formula, None, old, new)
        after = total_formula(text, self.sheet.name, self.table, self.plan.bottom)
        if formula.kind == "normal" and after == text:
            return self._dialect.moved(cell, cell.body)
        return self._with_formula(cell, formula, after, old, new)


class _Model(NamedTuple):
    """The formula by which a column fills itself, and the row where it stands."""

    row: int
    text: str
    array: bool
    attrs: bytes


def _own_formula(row: int, cell: Cell) -> Formula | None:
    """A formula that stands for its own cell alone."""
    formula = formula_of(cell)
    if formula is None or formula.kind in ("normal", "shared"):
        return formula
    return formula if formula.kind == "array" and formula.area(row, cell.column).size == 1 else None
