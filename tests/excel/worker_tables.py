"""The worker's calls about tables, their filters, and names."""

from __future__ import annotations

from typing import Any

import uno
from com.sun.star.table import CellRangeAddress
from worker_bridge import area, call, changes_places, documents, once, rectangle

NUMBER, STRING, DATE = 0, 1, 2
"""What a filter compares with (`com.sun.star.sheet.FilterFieldType`)."""


@call
def tables(desktop: Any, book: int) -> list[dict[str, Any]]:
    def find() -> list[dict[str, Any]]:
        ranges = documents[book].DatabaseRanges
        return [table_facts(book, name, ranges.getByName(name)) for name in ranges.ElementNames]

    return once((book, "tables"), find)


def table_facts(book: int, name: str, found: Any) -> dict[str, Any]:
    return {
        "name": name,
        "where": rectangle(book, found.DataArea),
        "headings": bool(found.ContainsHeader),
        "totals": bool(found.TotalsRow),
        "buttons": bool(found.AutoFilter),
    }


@call
@changes_places
def add_table(desktop: Any, book: int, name: str, where: list[Any]) -> None:
    documents[book].DatabaseRanges.addNewByName(name, area(book, where).RangeAddress)
    made = documents[book].DatabaseRanges.getByName(name)
    made.ContainsHeader = made.AutoFilter = True


@call
@changes_places
def resize_table(desktop: Any, book: int, name: str, where: list[Any]) -> None:
    wanted = area(book, where).RangeAddress
    documents[book].DatabaseRanges.getByName(name).DataArea = CellRangeAddress(
        wanted.Sheet, wanted.StartColumn, wanted.StartRow, wanted.EndColumn, wanted.EndRow
    )


@call
@changes_places
def table_buttons(desktop: Any, book: int, name: str, on: bool) -> None:
    documents[book].DatabaseRanges.getByName(name).AutoFilter = on


@call
def filters(desktop: Any, book: int, name: str) -> list[dict[str, Any]]:
    """The conditions of a table's filter: column from 0, operator, values (None: not a value, such as a colour)."""
    fields = documents[book].DatabaseRanges.getByName(name).getFilterDescriptor().getFilterFields3()
    return [
        {
            "column": field.Field,
            "operator": field.Operator,
            "and": field.Connection.value == "AND",
            "values": [
                None
                if value.FilterType > DATE
                else value.NumericValue
                if value.IsNumeric
                else value.StringValue
                for value in field.Values
            ],
        }
        for field in fields
    ]


@call
@changes_places
def set_filters(desktop: Any, book: int, name: str, fields: list[dict[str, Any]]) -> None:
    """Filters a table by these conditions alone; by none, all its rows are shown."""
    table = documents[book].DatabaseRanges.getByName(name)
    cells = table.ReferredCells
    nothing = cells.createFilterDescriptor(True)
    nothing.ContainsHeader = table.ContainsHeader
    cells.filter(nothing)
    if fields:
        table.getFilterDescriptor().setFilterFields3(tuple(map(filter_field, fields)))
        table.refresh()


def filter_field(said: dict[str, Any]) -> Any:
    field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField3")
    field.Field, field.Operator = said["column"], said["operator"]
    field.Connection = uno.Enum("com.sun.star.sheet.FilterConnection", "AND" if said["and"] else "OR")
    field.Values = tuple(map(filter_value, said["values"]))
    return field


def filter_value(said: Any) -> Any:
    value = uno.createUnoStruct("com.sun.star.sheet.FilterFieldValue")
    value.IsNumeric = isinstance(said, float)
    value.FilterType = NUMBER if value.IsNumeric else STRING
    setattr(value, "NumericValue" if value.IsNumeric else "StringValue", said)
    return value


@call
@changes_places
def table_totals(desktop: Any, book: int, name: str, on: bool, where: list[Any]) -> None:
    """Whether the last row of the rectangle, which the table then takes up, holds totals."""
    table = documents[book].DatabaseRanges.getByName(name)
    table.DataArea = area(book, where).RangeAddress
    table.TotalsRow = on


@call
def names(desktop: Any, book: int) -> list[list[str]]:
    return [[found.Name, found.Content] for found in documents[book].NamedRanges]


@call
def add_name(desktop: Any, book: int, name: str, content: str) -> None:
    start = uno.createUnoStruct("com.sun.star.table.CellAddress")
    if documents[book].NamedRanges.hasByName(name):
        documents[book].NamedRanges.removeByName(name)
    documents[book].NamedRanges.addNewByName(name, content, start, 0)


@call
def delete_name(desktop: Any, book: int, name: str) -> None:
    documents[book].NamedRanges.removeByName(name)


@call
def name_area(desktop: Any, book: int, name: str) -> list[Any] | None:
    cells = documents[book].NamedRanges.getByName(name).ReferredCells
    return rectangle(book, cells.RangeAddress) if cells is not None else None
