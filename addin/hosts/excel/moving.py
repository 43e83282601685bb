"""People's own columns of a computed table: their cells go along with the rows that move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from addin.files.package.edits import TableEdit
from addin.files.package.formulas import sorted_to
from addin.hosts.excel import native
from addin.hosts.excel.cells import Formula
from addin.model.cells import RawTable

if TYPE_CHECKING:
    import xlwings as xw

FIRST_YEAR: Final = 1900
"""Of the days that Excel knows."""
Block = tuple[int, int, list[list[Any]]]
"""Row and column of a corner, and rows of cells."""


def moved_columns(sheet: xw.Sheet, raw: RawTable, edit: TableEdit) -> list[Block]:
    """What the columns that the edit leaves alone hold once their rows are in the new order."""
    if edit.order is None:
        return []
    others = [place for place in range(len(raw.headings)) if place not in edit.columns]
    return [block for place in others for block in _moved(sheet, raw, place, edit.order)]


def _moved(sheet: xw.Sheet, raw: RawTable, place: int, order: Sequence[int | None]) -> Iterator[Block]:
    top, column = raw.header_row + 1, raw.first_column + place
    area = sheet.range((top, column), (top + raw.size - 1, column))
    values = area.options(ndim=1).value
    formulas = _column_of(getattr(area, native.formula_word(sheet)))
    model = _model(values, formulas)
    cells: list[list[Any]] = []
    for index, old in enumerate(order):
        source = model if old is None else old
        if source is None:
            cells.append([None])
        elif _is_formula(values[source], formulas[source]):
            moved = sorted_to(str(formulas[source])[1:], sheet.name, top + source, top + index)
            cells.append([Formula(f"={moved}")])
        else:
            cells.append([_constant(values[source], formulas[source])])
    at = 0
    for _, run in groupby(cells, key=lambda cell: isinstance(cell[0], Formula)):
        block = list(run)
        yield top + at, column, block
        at += len(block)


def _constant(value: Any, text: Any) -> Any:
    """What somebody typed, as it goes into another cell. An error is typed by its name, as a formula is."""
    if value is None and text not in ("", None):
        return Formula(text)
    if isinstance(value, Decimal):  # of a format of currency: its text tells all the digits
        return float(text)
    if isinstance(value, datetime) and value.year < FIRST_YEAR:  # a time of day
        return (value - datetime(1899, 12, 30)) / timedelta(days=1)
    return value


def _column_of(formulas: Any) -> list[Any]:
    """Excel hands a single cell out bare, and a column as rows of one cell."""
    if not isinstance(formulas, tuple | list):
        return [formulas]
    return [cell[0] if isinstance(cell, tuple | list) else cell for cell in formulas]


def _model(values: Sequence[Any], formulas: Sequence[Any]) -> int | None:
    """The row whose formula new rows take: the last one, where the column holds nothing but formulas."""
    filled = [at for at, value in enumerate(values) if value is not None or formulas[at] not in ("", None)]
    if filled and all(_is_formula(values[at], formulas[at]) for at in filled):
        return filled[-1]
    return None


def _is_formula(value: Any, text: Any) -> bool:
    """A text that begins with an equals sign is no formula: it is its own value."""
    return isinstance(text, str) and text.startswith("=") and text != value
