"""Cells: values, formulas and looks of a rectangle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.excel.formulas import from_office, to_office
from tests.excel.grid import LAST_COLUMN, LAST_ROW, Rect
from tests.excel.looks import Font
from tests.excel.taken import check_text, check_value, serial

if TYPE_CHECKING:
    from tests.excel.books import Book, Sheet

DATE, TIME, CURRENCY, TEXT, LOGICAL = 2, 4, 8, 256, 1024
DATE_FORMAT, LOGICAL_FORMAT = "yyyy/m/d", "BOOLEAN"
ERROR_NUMBERS = {
    "#DIV/0!": -2146826281, "#N/A": -2146826246, "#NAME?": -2146826259, "#NULL!": -2146826288,
    "#NUM!": -2146826252, "#REF!": -2146826265, "#VALUE!": -2146826273,
}  # fmt: skip
PIXEL, POINT = 2540 / 96, 2540 / 72
"""In hundredths of a millimetre, as LibreOffice measures."""
LAST_DAY = 2_958_466
"""The number after that of 9999-12-31."""


class FilterInTheWay(Exception):
    """Excel writes wrongly over rows that a filter hides: the first value lands in every visible cell."""


class Range(base_classes.Range):
    def __init__(self, book: Book, rect: Rect) -> None:
        self.book, self.rect = book, rect

    def call(self, do: str, **arguments: Any) -> Any:
        return self.book.call(do, where=self.rect.where, **arguments)

    def _of(self, top: int, left: int, height: int, width: int) -> Range:
        return Range(self.book, Rect(self.rect.sheet, top, left, height, width))

    @property
    def api(self) -> Range:
        return self

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return self.rect.sheet, self.rect.top, self.rect.left, self.rect.height, self.rect.width

    @property
    def sheet(self) -> Sheet:
        return self.book.sheets(self.rect.sheet)

    @property
    def row(self) -> int:
        return self.rect.top

    @property
    def column(self) -> int:
        return self.rect.left

    @property
    def shape(self) -> tuple[int, int]:
        return self.rect.height, self.rect.width

    def __len__(self) -> int:
        return self.rect.height * self.rect.width

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        if arg2 is None:
            row, column = divmod(arg1 - 1, self.rect.width)
        else:
            row, column = arg1 - 1, arg2 - 1
        return self._of(self.rect.top + row, self.rect.left + column, 1, 1)

    @property
    def address(self) -> str:
        return self.rect.address()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        address = self.rect.address(row_absolute, col_absolute)
        return f"[{self.book.name}]{self.rect.sheet}!{address}" if external else address

    # ---- values

    @property
    def raw_value(self) -> Any:
        """As Excel hands values to Python: None where empty, floats, days, truth values, errors as whole numbers."""
        self.book.app.counts.note("read", self.rect)
        answer = self.call("read")
        rows = answer["rows"]
        for group in answer["kinds"]:
            for row, column in self._within(group["areas"]):
                if isinstance(rows[row][column], float):
                    rows[row][column] = self._shown(rows[row][column], group["type"])
        empty_texts = set(self._within(answer["empty_texts"]))
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell == "" and (place, column) not in empty_texts:
                    cells[column] = None
        for row, column, text in answer["errors"]:
            rows[row - self.rect.top + 1][column - self.rect.left + 1] = ERROR_NUMBERS.get(text, -2146826273)
        return rows[0][0] if len(self) == 1 else rows

    def _shown(self, number: float, kind: int) -> Any:
        """A number as Excel hands it out by its format; in one of currency with four decimals at most."""
        if kind & LOGICAL:
            return bool(number)
        if kind & CURRENCY:
            return Decimal(f"{number:.4f}")
        return self._moment(number)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = self._filled(value)
        self._writable()
        self.book.app.counts.note("write", self.rect)
        ready, days, logicals = self._checked(rows)
        self.call("write", rows=ready)
        for areas, code in ((days, DATE_FORMAT), (logicals, LOGICAL_FORMAT)):
            for area in areas:
                area.call("set_number_format", code=code)

    def _filled(self, value: Any) -> list[list[Any]]:
        """The value for each cell: one for all, or a row of rows of the rectangle's very size."""
        if not isinstance(value, list | tuple):
            return [[value] * self.rect.width for _ in range(self.rect.height)]
        rows = [list(row) for row in value]
        if (len(rows), *{len(row) for row in rows}) != self.shape:
            raise ValueError(
                f"values of another size than {self.rect.sheet}!{self.address}: Excel would write #N/A"
            )
        return rows

    def _writable(self) -> None:
        if self.book.call("protected", name=self.rect.sheet):
            raise PermissionError(f"the sheet {self.rect.sheet} is protected")
        if len(self) > 1 and (row := self.call("filtered_row")) is not None:
            raise FilterInTheWay(
                f"{self.rect.sheet}!{self.address}: a filter hides row {row + 1}; lift it first"
            )

    def _checked(self, rows: list[list[Any]]) -> tuple[list[list[Any]], list[Range], list[Range]]:
        """The rows as LibreOffice takes them, and where Excel would format a general cell as a date or logical."""
        kinds = self._kinds(rows)
        ready: list[list[Any]] = []
        days, logicals = set[tuple[int, int]](), set[tuple[int, int]]()
        for row, cells in enumerate(rows):
            ready.append([])
            for column, cell in enumerate(cells):
                place, kind = self.rect.cell(row, column), kinds.get((row, column), 0)
                if isinstance(cell, str):
                    cell = cell and check_text(cell, kind == TEXT, place)
                elif cell is None:
                    cell = ""
                else:
                    check_value(cell, kind == TEXT, place)
                    if isinstance(cell, date):
                        cell = serial(cell, self.book.origin)
                        if not kind & (DATE | TIME):
                            days.add((row, column))
                    elif isinstance(cell, bool):
                        logicals.add((row, column))
                ready[-1].append(float(cell) if isinstance(cell, int) else cell)
        return ready, self._areas(days), self._areas(logicals)

    def _kinds(self, rows: list[list[Any]]) -> dict[tuple[int, int], int]:
        """The kind of number format of the cells whose value depends on it."""
        if all(cell in (None, "") for row in rows for cell in row):
            return {}
        return {
            place: group["type"]
            for group in self.call("number_formats")
            if group["type"] & (DATE | TIME | TEXT | LOGICAL)
            for place in self._within(group["areas"])
        }

    def _within(self, areas: list[list[Any]]) -> Iterator[tuple[int, int]]:
        """The cells of the areas, counted from 0 within this rectangle."""
        for area in map(Rect.of, areas):
            for row in range(area.top - self.rect.top, area.bottom - self.rect.top + 1):
                for column in range(area.left - self.rect.left, area.right - self.rect.left + 1):
                    yield row, column

    def _areas(self, cells: set[tuple[int, int]]) -> list[Range]:
        """Few rectangles of whole column parts that together are the cells."""
        found: list[Range] = []
        for column, row in sorted((column, row) for row, column in cells):
            top, left = self.rect.top + row, self.rect.left + column
            last = found[-1].rect if found else None
            if last and last.left == left and last.bottom == top - 1:
                found[-1] = self._of(last.top, left, last.height + 1, 1)
            else:
                found.append(self._of(top, left, 1, 1))
        return found

    def _moment(self, number: float) -> Any:
        """A number that is shown as a day; one that is none stays a number."""
        if not 0 <= number < LAST_DAY:
            return number
        start = datetime(self.book.origin.year, self.book.origin.month, self.book.origin.day)
        return start + timedelta(days=int(number), milliseconds=round(number % 1 * 86_400_000))

    @property
    def formula(self) -> Any:
        self.book.app.counts.note("formula", self.rect)
        rows = [[from_office(cell) for cell in row] for row in self.call("formulas")]
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        rows = self._filled(value)
        self._writable()
        self.book.app.counts.note("write_formula", self.rect)
        texts = [["" if cell is None else to_office(str(cell)) for cell in row] for row in rows]
        self.call("write_formulas", rows=texts)

    @property
    def formula2(self) -> Any:
        """As ``formula``; cells that show a part of another one's result give that one's."""
        rows = self.formula if len(self) > 1 else ((self.formula,),)
        for area in self.book.spills:
            if area.sheet == self.rect.sheet:
                rows = [[self._spilled(area, row, column, cell) for column, cell in enumerate(cells, self.column)]
                        for row, cells in enumerate(rows, self.row)]  # fmt: skip
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    def _spilled(self, area: Rect, row: int, column: int, cell: Any) -> Any:
        inside = area.top <= row <= area.bottom and area.left <= column <= area.right
        return self._of(area.top, area.left, 1, 1).formula if inside else cell

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def HasSpill(self) -> bool:
        return self.Address != self.SpillParent.Address or any(
            (area.sheet, area.top, area.left) == (self.rect.sheet, self.row, self.column)
            for area in self.book.spills
        )

    @property
    def SpillParent(self) -> Range:
        for area in self.book.spills:
            if (
                area.sheet == self.rect.sheet
                and area.top <= self.row <= area.bottom
                and area.left <= self.column <= area.right
            ):
                return self._of(area.top, area.left, 1, 1)
        return self

    @property
    def Address(self) -> str:
        return self.address

    @property
    def has_array(self) -> bool:
        return False

    def clear_contents(self) -> None:
        self._writable()
        self.call("clear", contents=True, formats=False)

    def clear_formats(self) -> None:
        self.call("clear", contents=False, formats=True)

    def clear(self) -> None:
        self._writable()
        self.call("clear", contents=True, formats=True)

    # ---- looks

    @property
    def number_format(self) -> str | None:
        """The format that all cells have; None where they differ."""
        found = {_code(group) for group in self.call("number_formats")}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.call("set_number_format", code=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        number = self.call("cell_property", name="CellBackColor")
        return None if number in (None, -1) else (number >> 16 & 255, number >> 8 & 255, number & 255)

    @color.setter
    def color(self, value: Any) -> None:
        number = value[0] << 16 | value[1] << 8 | value[2] if isinstance(value, tuple) else -1
        self.call("cell_property", name="CellBackColor", value=number)

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def wrap_text(self) -> bool | None:
        return self.call("cell_property", name="IsTextWrapped")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.call("cell_property", name="IsTextWrapped", value=value)

    def _line(self, rows: bool, name: str, value: Any = None) -> Any:
        found = self.call("line_property", rows=rows, name=name, value=value)
        return found[0] if len(set(found)) == 1 else None

    @property
    def row_hidden(self) -> bool | None:
        shown = self._line(True, "IsVisible")
        return None if shown is None else not shown

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._line(True, "IsVisible", not value)

    @property
    def column_hidden(self) -> bool | None:
        shown = self._line(False, "IsVisible")
        return None if shown is None else not shown

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        if self.book.call("protected", name=self.rect.sheet):
            raise PermissionError(f"the sheet {self.rect.sheet} is protected: Excel hides no column")
        self._line(False, "IsVisible", not value)

    @property
    def column_width(self) -> float | None:
        """In characters of the standard letters, 7 pixels each, and 5 pixels about them."""
        width = self._line(False, "Width")
        return None if width is None else round((width / PIXEL - 5) / 7, 2)

    @column_width.setter
    def column_width(self, value: float) -> None:
        if not 0 <= value <= 255:
            raise ValueError(f"Excel has no column {value} wide")
        self._line(False, "Width", round((value * 7 + 5) * PIXEL))

    @property
    def row_height(self) -> float | None:
        """In points."""
        height = self._line(True, "Height")
        return None if height is None else round(height / POINT, 2)

    @row_height.setter
    def row_height(self, value: float) -> None:
        if not 0 <= value <= 409.5:
            raise ValueError(f"Excel has no row {value} high")
        self._line(True, "Height", round(value * POINT))

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "rows", "r"):
            self._line(True, "OptimalHeight", True)
        if axis in (None, "columns", "c"):
            self._line(False, "OptimalWidth", True)

    # ---- places

    def select(self) -> None:
        """Excel selects on the active sheet only."""
        if self.book.app.open_books[-1] is not self.book or self.book.sheets.active.name != self.rect.sheet:
            raise RuntimeError(f"Excel selects on the active sheet only: {self.rect.sheet}!{self.address}")
        self.call("select")

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        self.call("insert", down=shift != "right")

    def delete(self, shift: str | None = None) -> None:
        self.call("delete", up=shift != "left")

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow lead from the first cell."""
        used = self.book.sheets(self.rect.sheet).used_range.rect
        down, right = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}[direction]
        row, column = self.rect.top, self.rect.left
        if down:
            cells = self._of(1, column, max(used.bottom, row), 1).call("read")["rows"]
            filled = [cell[0] != "" for cell in cells]
            return self._of(_edge(filled, row, down, LAST_ROW), column, 1, 1)
        cells = self._of(row, 1, 1, max(used.right, column)).call("read")["rows"]
        return self._of(row, _edge([cell != "" for cell in cells[0]], column, right, LAST_COLUMN), 1, 1)

    @property
    def current_region(self) -> Range:
        return Range(self.book, Rect.of(self.call("current_region")))

    @property
    def table(self) -> Any:
        for table in self.book.tables:
            where = table.rect
            if (
                where.sheet == self.rect.sheet
                and where.top <= self.rect.top <= where.bottom
                and where.left <= self.rect.left <= where.right
            ):
                return table
        return None

    @property
    def name(self) -> Any:
        for found in (self.book.names(index + 1) for index in range(len(self.book.names))):
            if self.book.call("name_area", name=found.name) == self.rect.where:
                return found
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.book.names.add(value, f"=${self.rect.sheet}!{self.address}")

    @property
    def merge_cells(self) -> bool:
        return bool(self.call("cell_property", name="IsMerged"))


def _code(group: dict[str, Any]) -> str:
    """LibreOffice's code of a format as Excel writes it."""
    code = str(group["format"])
    return code.lower() if group["type"] & (DATE | TIME) else code


def _edge(filled: list[bool], start: int, step: int, last: int) -> int:
    """The next end of a filled run, else the next filled cell, else the sheet's edge; counted from 1."""

    def at(place: int) -> bool:
        return 1 <= place <= len(filled) and filled[place - 1]

    place = start + step
    if at(start) and at(place):
        while at(place + step):
            place += step
        return place
    while 1 <= place <= len(filled) and not at(place):
        place += step
    return min(max(place, 1), last) if at(place) else (1 if step < 0 else last)
