"""One write of a block of cells, in which every value arrives as what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from addin.hosts.excel import native

if TYPE_CHECKING:
    import xlwings as xw

Cell = str | float | bool | datetime | None
"""What is written; None empties a cell."""

TEXT_FORMAT: Final = "@"


class Formula(str):
    """A formula that people wrote, or an error by its name; it stands in a block of its like."""

    __slots__ = ()


def put(sheet: xw.Sheet, row: int, column: int, cells: Sequence[Sequence[Any]]) -> None:
    """Writes rows of cells from a corner on; where the cells have one number format, in one write.

    In a cell formatted as text Excel makes a text of a number; in any other, a number, a date or a formula of a text
    that looks like one. So a number comes into a cell while it is not formatted as text, and a text into another
    cell with an apostrophe before it, which Excel takes off. A block of `Formula` is written as formulas.
    """
    area = sheet.range((row, column), (row + len(cells) - 1, column + len(cells[0]) - 1))
    if isinstance(cells[0][0], Formula):
        with native.filling_no_columns(sheet.book.app):
            setattr(area, native.formula_word(sheet), [[str(cell) for cell in line] for line in cells])
        return
    flat = [cell for line in cells for cell in line]
    kinds = set(map(type, flat))
    texts = any(issubclass(kind, str) for kind in kinds) and any(map(_is_text, flat))
    numbers = any(issubclass(kind, bool | float | int | datetime) for kind in kinds)
    form: str | None = area.number_format if texts or numbers else TEXT_FORMAT
    if form is None:  # there are several
        _put_halves(sheet, row, column, cells)
    elif form == TEXT_FORMAT and not numbers:
        area.value = [[_marked(cell) if _begins_with_mark(cell) else cell for cell in line] for line in cells]
    elif form == TEXT_FORMAT:
        area.number_format = "General"
        area.value = [[_marked(cell) for cell in line] for line in cells]
        area.number_format = TEXT_FORMAT
    else:
        area.value = [[_marked(cell) for cell in line] for line in cells] if texts else cells


def _put_halves(sheet: xw.Sheet, row: int, column: int, cells: Sequence[Sequence[Any]]) -> None:
    """Columns apart first: they are what formats differ by."""
    if (width := len(cells[0])) > 1:
        put(sheet, row, column, [line[: width // 2] for line in cells])
        put(sheet, row, column + width // 2, [line[width // 2 :] for line in cells])
    else:
        half = len(cells) // 2
        put(sheet, row, column, cells[:half])
        put(sheet, row + half, column, cells[half:])


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and cell != ""


def _begins_with_mark(cell: Any) -> bool:
    """A text of people's own that begins with an apostrophe: Excel would take that off."""
    return _is_text(cell) and str(cell).startswith("'")


def _marked(cell: Any) -> Any:
    return f"'{cell}" if _is_text(cell) else cell
