"""Tables (Excel's ListObjects) and their filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.excel.com import TableApi
from tests.excel.filters import AutoFilter
from tests.excel.grid import Rect
from tests.excel.ranges import Range

if TYPE_CHECKING:
    from tests.excel.books import Book, Sheet


class Table(base_classes.Table):
    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    def call(self, do: str, **arguments: Any) -> Any:
        return self.book.call(do, name=self._name, **arguments)

    def _facts(self) -> dict[str, Any]:
        for found in self.book.lasting("tables"):
            if found["name"] == self._name:
                return dict(found)
        raise KeyError(self._name)

    @property
    def rect(self) -> Rect:
        return Rect.of(self._facts()["where"])

    def _part(self, skip: int, height: int) -> Range:
        rect = self.rect
        return Range(self.book, Rect(rect.sheet, rect.top + skip, rect.left, height, rect.width))

    @property
    def api(self) -> TableApi:
        return TableApi(self)

    @property
    def name(self) -> str:
        return self._name

    @property
    def display_name(self) -> str:
        return self._name

    @property
    def parent(self) -> Sheet:
        return self.book.sheets(self.rect.sheet)

    @property
    def range(self) -> Range:
        return Range(self.book, self.rect)

    @property
    def show_headers(self) -> bool:
        return bool(self._facts()["headings"])

    @property
    def show_totals(self) -> bool:
        return bool(self._facts()["totals"])

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        """Excel takes the row away with what it holds, and gives it back below the last row of data."""
        row = self.totals_row_range
        rect = self.rect
        size = rect.height + bool(value) - (row is not None)
        area = Rect(rect.sheet, rect.top, rect.left, size, rect.width).where
        if row is not None and not value:
            self.book.totals[self._name] = row.call("formulas")
            row.call("clear", contents=True, formats=False)
        self.call("table_totals", on=bool(value), where=area)
        if value and row is None and self._name in self.book.totals:
            self._part(size - 1, 1).call("write_formulas", rows=self.book.totals.pop(self._name))

    @property
    def header_row_range(self) -> Range | None:
        return self._part(0, 1) if self.show_headers else None

    @property
    def totals_row_range(self) -> Range | None:
        return self._part(self.rect.height - 1, 1) if self.show_totals else None

    @property
    def data_body_range(self) -> Range | None:
        facts = self._facts()
        height = self.rect.height - facts["headings"] - facts["totals"]
        return self._part(int(facts["headings"]), height) if height else None

    @property
    def columns(self) -> TableColumns:
        return TableColumns(self)

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self)

    @property
    def show_autofilter(self) -> bool:
        return bool(self._facts()["buttons"])

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.call("table_buttons", on=value)

    def resize(self, range: Any) -> None:
        """As Excel has it: the heading row stays where it is and a row of data stays below it."""
        wanted, now = range.impl.rect, self.rect
        if (wanted.sheet, wanted.top) != (now.sheet, now.top) or wanted.height < 2 or wanted.left > now.right:
            raise ValueError(f"Excel does not resize {self._name} from {now.address()} to {wanted.address()}")
        for other in self.book.tables:
            if other.name != self._name and _overlap(other.rect, wanted):
                raise ValueError(f"{self._name} would lie over the table {other.name}")
        self.call("resize_table", where=wanted.where)


class Tables(base_classes.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Tables:
        return self

    def _all(self) -> list[Table]:
        return [
            Table(self.parent.book, found["name"])
            for found in self.parent.book.lasting("tables")
            if found["where"][0] == self.parent.name
        ]

    def __call__(self, key: str | int) -> Table:
        tables = self._all()
        if isinstance(key, int):
            return tables[key - 1]
        for table in tables:
            if table.name.lower() == key.lower():
                return table
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __contains__(self, key: str) -> bool:
        return key.lower() in (table.name.lower() for table in self._all())

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: Any = None,
        destination: Any = None,
        table_style_name: Any = None,
        name: str | None = None,
    ) -> Table:
        made = name or f"Table{len(self.parent.book.tables) + 1}"
        self.parent.book.call("add_table", name=made, where=source.impl.rect.where)
        return Table(self.parent.book, made)


class TableColumns(base_classes.TableColumns):
    def __init__(self, table: Table) -> None:
        self.table = table

    def _names(self) -> list[str]:
        found = self.table._part(0, 1).call("read")["rows"][0]
        return [str(cell) for cell in found]

    def __call__(self, key: str | int) -> TableColumn:
        names = self._names()
        place = key - 1 if isinstance(key, int) else names.index(key)
        return TableColumn(self.table, names[place], place + 1)

    def __len__(self) -> int:
        return self.table.rect.width

    def __iter__(self) -> Iterator[TableColumn]:
        return iter([TableColumn(self.table, name, place) for place, name in enumerate(self._names(), 1)])

    def __contains__(self, key: str) -> bool:
        return key in self._names()


class TableColumn(base_classes.TableColumn):
    name, index = "", 0

    def __init__(self, table: Table, name: str, index: int) -> None:
        self.table, self.name, self.index = table, name, index

    def _slice(self, whole: Range) -> Range:
        rect = whole.rect
        return Range(self.table.book, Rect(rect.sheet, rect.top, rect.left + self.index - 1, rect.height, 1))

    @property
    def range(self) -> Range:
        return self._slice(self.table.range)

    @property
    def data_body_range(self) -> Range | None:
        body = self.table.data_body_range
        return self._slice(body) if body else None


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one.sheet == other.sheet
        and one.top <= other.bottom
        and other.top <= one.bottom
        and one.left <= other.right
        and other.left <= one.right
    )
