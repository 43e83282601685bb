"""What a book's cells are after a refresh wrote into them: the writer's work on plain cells, without a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from addin.files.writing import cells_of
from addin.model.cells import AnyCell, RawBook, RawTable
from addin.model.columns import Column, Kind, fold
from addin.model.result import Result, TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language


def written(raw: RawBook, result: Result, language: Language) -> RawBook:
    """The cells as a reader would find them after the refresh."""
    tables = dict(raw.tables)
    for write in result.cells:
        table = tables[write.table]
        place = places(table, write.table)[write.column]
        values = as_read(TABLES[write.table][write.column], write.values, write.digits, language)
        cells = [list(column) for column in table.columns]
        for row, value in zip(write.rows, values, strict=True):
            cells[place][table.rows.index(row)] = value
        tables[write.table] = replace(table, columns=cells)
    for body in result.tables:
        tables[body.table] = rewritten(tables[body.table], body, language)
    return replace(raw, tables=tables)


def places(table: RawTable, key: str) -> dict[str, int]:
    """Where each declared column stands among the headings; the first of two counts."""
    known: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        column = TABLES[key].heading_keys.get(fold(heading))
        if column is not None:
            known.setdefault(column, place)
    return known


def rewritten(table: RawTable, body: TableWrite, language: Language) -> RawTable:
    """A computed table with its new body; columns that are not ours go along with the rows that they belong to."""
    if body.kept:
        return appended(table, rewritten(table, replace(body, kept=0), language))
    count = len(body.frame)
    known = {place: key for key, place in places(table, body.table).items()}
    columns: list[list[AnyCell]] = []
    for place, old in enumerate(table.columns):
        key = known.get(place)
        if key is not None and key in body.frame and TABLES[body.table][key].owner == "computed":
            values = body.frame[key].tolist()
            columns.append(as_read(TABLES[body.table][key], values, body.digits, language))
        else:
            at = {row - table.header_row - 1: position for position, row in enumerate(table.rows)}
            columns.append(["" if origin is None else old[at[origin]] for origin in body.origin])
    first = table.header_row + 1
    return replace(table, columns=columns, rows=range(first, first + count), size=count)


def appended(table: RawTable, more: RawTable) -> RawTable:
    """A table with the rows of another below its last one."""
    last = table.rows[-1]
    columns = [[*old, *new] for old, new in zip(table.columns, more.columns, strict=True)]
    rows = [*table.rows, *range(last + 1, last + 1 + len(more.rows))]
    return replace(table, columns=columns, rows=rows, size=last + len(more.rows) - table.header_row)


def as_read(
    column: Column, values: Iterable[Any], digits: Iterable[int] | None, language: Language
) -> list[AnyCell]:
    listed = list(values)
    decimals = [2] * len(listed) if digits is None else list(digits)
    cells = cells_of(column, listed, decimals, language)
    return [cell_of(column, value) for value in cells]


def cell_of(column: Column, value: object) -> AnyCell:
    if value is None:
        return ""
    if column.kind is Kind.DATE:
        return date.fromordinal(int(str(value)))
    if column.kind in (Kind.MONEY, Kind.INT, Kind.RATE, Kind.NUM):
        return float(str(value))
    return value  # type: ignore[return-value]  # words and flags are as they are read


def with_column(raw: RawBook, table: str, heading: str, cells: list[AnyCell]) -> RawBook:
    """The book with one more column at the right of a table, as a user may add."""
    old = raw.tables[table]
    new = replace(old, headings=[*old.headings, heading], columns=[*old.columns, cells])
    return replace(raw, tables={**raw.tables, table: new})


def with_cell(raw: RawBook, table: str, column: str, position: int, cell: AnyCell) -> RawBook:
    """The book with another cell in one of its rows (0-based)."""
    old = raw.tables[table]
    cells = [list(each) for each in old.columns]
    cells[places(old, table)[column]][position] = cell
    return replace(raw, tables={**raw.tables, table: replace(old, columns=cells)})


def in_order(raw: RawBook, table: str, order: list[int]) -> RawBook:
    """The book with the rows of a table sorted by a user."""
    old = raw.tables[table]
    columns = [[column[position] for position in order] for column in old.columns]
    return replace(raw, tables={**raw.tables, table: replace(old, columns=columns)})
