"""All edits of one sheet, merged in row order."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from operator import attrgetter

from addin.files.package.cells import refuse
from addin.files.package.edits import CellEdit
from addin.files.package.plan import SheetContext, TablePlan
from addin.files.package.refs import Area, cell_name
from addin.files.package.rowedits import Block, RowEdit
from addin.files.package.specials import formula_of, narrowed
from addin.files.package.tablerows import TableRows
from addin.files.package.tail import column_styles


class SheetEdits:
    """The plans of a sheet's tables together with its single cells."""

    def __init__(self, context: SheetContext, plans: Sequence[TablePlan], cells: Sequence[CellEdit]) -> None:
        self._context, self._plans, self._cells = context, plans, cells
        self._places = {(cell.row, cell.column) for cell in cells}

    def rows(self) -> Iterator[RowEdit | Block]:
        """Ascending by row."""
        single = [*self._cell_edits(), *self._context.specials.rehomed(self._touches), *self._cut_arrays()]
        tables = [TableRows(plan, self._alone(plan, single)) for plan in self._plans]
        streams = [
            *(table.edits() for table in tables),
            *(table.shown() for table in tables),
            iter(sorted(single, key=attrgetter("row"))),
        ]
        return heapq.merge(*streams, key=attrgetter("row"))

    def _alone(self, plan: TablePlan, single: Sequence[RowEdit]) -> bool:
        """Whether no other edit of the sheet touches the table's rows."""
        shows = plan.edit.clear_filter and plan.table.filtered
        last = max(plan.bottom, plan.table.area.bottom)
        return (
            len(self._plans) == 1 and not shows and all(not plan.top <= edit.row <= last for edit in single)
        )

    def used(self) -> Area | None:
        """The smallest area that holds all that is written beyond the tables of before."""
        areas = [plan.area for plan in self._plans if plan.area.bottom > plan.table.area.bottom]
        areas += [Area(row, column, row, column) for row, column in self._places]
        return areas[0].around(*areas[1:]) if areas else None

    def _touches(self, row: int, column: int) -> bool:
        return (row, column) in self._places or any(plan.touches(row, column) for plan in self._plans)

    def _cut_arrays(self) -> Iterator[RowEdit]:
        """Arrays of which a part is written end before it (Excel itself would let none of it change)."""
        sheet = self._context.sheet
        regions = [plan.table.area.around(plan.area) for plan in self._plans]
        regions += [Area(row, column, row, column) for row, column in self._places]
        for array, left in self._context.specials.cut(regions, self._touches):
            cell = sheet.cells(array.row)[array.column]
            formula = formula_of(cell)
            assert formula, "the cell has the formula that was found in it"
            short = narrowed(cell, formula, left)
            yield RowEdit(array.row, (array.column,), (sheet.dialect.moved(short, short.body),))

    def _cell_edits(self) -> Iterator[RowEdit]:
        head = self._context.sheet.head
        for cell in self._cells:
            try:
                payload = self._context.renderer.scalar(cell.value)
            except ValueError as error:
                raise refuse(cell.sheet, cell.row, cell_name(cell.row, cell.column), error) from error
            styles = column_styles(head, range(cell.column, cell.column + 1))
            yield RowEdit(cell.row, (cell.column,), (payload,), styles)
