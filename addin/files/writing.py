"""From what a refresh wants written to edits of the package: typed values become cells of the book's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from addin.files.package.edits import KEEP, ColumnEdit, ColumnValue, TableEdit
from addin.files.package.edits import Kind as CellKind
from addin.files.template.widths import row_heights
from addin.model.cells import RawBook, RawTable
from addin.model.columns import FLAG_WORDS, Column, Kind
from addin.model.days import to_days
from addin.model.money import plain
from addin.model.result import CellWrites, TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.frames import integers, objects

CELL_KINDS: Mapping[Kind, CellKind] = {
    Kind.MONEY: "number",
    Kind.RATE: "number",
    Kind.NUM: "number",
    Kind.INT: "number",
    Kind.DATE: "date",
}
"""How a kind of column is stored; the others are text."""


def table_edits(
    raw: RawBook, cells: Sequence[CellWrites], tables: Sequence[TableWrite], language: Language
) -> list[TableEdit]:
    """One edit a table: owned cells of mixed tables, whole bodies of computed ones."""
    by_table: dict[str, dict[int, ColumnEdit]] = {}
    for write in cells:
        source = raw.tables[write.table]
        column = TABLES[write.table][write.column]
        position = TABLES[write.table].places(source.headings)[write.column]
        by_table.setdefault(write.table, {})[position] = _sparse(source, column, write, language)
    edits = [TableEdit(table, columns) for table, columns in by_table.items()]
    return edits + [_below(_body(raw.tables[write.table], write, language), write.kept) for write in tables]


def _below(edit: TableEdit, kept: int) -> TableEdit:
    """The same rows below the first ``kept``, which stay as they are."""
    if not kept:
        return edit
    columns = {
        place: ColumnEdit(each.kind, [KEEP] * kept + list(each.values))
        for place, each in edit.columns.items()
    }
    rows = kept + (edit.rows or 0)
    return replace(edit, columns=columns, rows=rows, order=None, heights=[None] * kept + list(edit.heights))


def _sparse(source: RawTable, column: Column, write: CellWrites, language: Language) -> ColumnEdit:
    """Values at their rows, KEEP everywhere else."""
    digits = [2] * len(write.rows) if write.digits is None else write.digits.tolist()
    placed = np.full(source.size, KEEP, dtype=object)
    placed[write.rows - source.header_row - 1] = objects(cells_of(column, write.values, digits, language))
    return ColumnEdit(CELL_KINDS.get(column.kind, "text"), placed.tolist())


def _body(source: RawTable, write: TableWrite, language: Language) -> TableEdit:
    table, count = TABLES[write.table], len(write.frame)
    digits = write.digits or [2] * count
    known = table.places(source.headings)
    columns = {
        known[column.key]: ColumnEdit(
            CELL_KINDS.get(column.kind, "text"),
            cells_of(column, write.frame[column.key], digits, language),
        )
        for column in table.owned_by("computed")
        if column.key in known and column.key in write.frame
    }
    others = len(source.headings) > len(columns)
    order = write.origin if others and count and list(write.origin) != list(range(count)) else None
    texts = {key: columns[place].values for key, place in known.items() if place in columns}
    heights = row_heights(table, texts, count, language)
    return TableEdit(write.table, columns, count, order, source.filtered, heights)


def cells_of(
    column: Column, values: Sequence[Any] | pd.Series, digits: Sequence[int], language: Language
) -> list[ColumnValue]:
    """Frame values as cells: money as exact numbers, days as ordinals, choices as the language's words."""
    if column.kind is Kind.DATE:
        days = to_days(pd.Series(values, dtype="datetime64[s]")).tolist()
        return [day or None for day in days]
    listed = _listed(values)
    if column.kind is Kind.MONEY:
        return _amounts(listed, digits)
    if column.kind is Kind.TEXT:
        return [value or None for value in listed]
    convert = _words(column, language)
    return [None if _empty(value) else convert(value) for value in listed]


def _amounts(minors: Sequence[Any], digits: Sequence[int]) -> list[ColumnValue]:
    """Money as exact numbers; most columns hold the same few amounts, nothing above all, again and again."""
    if len(kinds := set(digits)) == 1:
        [same] = kinds
        amounts = set(minors).difference(_NOTHING)
        by_amount: dict[Any, ColumnValue] = {minor: plain(minor, same) for minor in amounts}
        return [by_amount.get(minor) for minor in minors]
    pairs = list(zip(minors, digits, strict=True))
    known = {pair: None if _empty(pair[0]) else plain(*pair) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _listed(values: Sequence[Any] | pd.Series) -> Sequence[Any]:
    if isinstance(values, pd.Series):
        return integers(values) if values.dtype == "Int64" else values.tolist()
    return values


_NOTHING = (None, pd.NA, "")


def _empty(value: object) -> bool:
    return value is None or value is pd.NA or value == ""


def _words(column: Column, language: Language) -> Callable[[Any], ColumnValue]:
    if column.kind is Kind.CHOICE:
        names = {key: name.in_(language) for key, name in column.choices}
        return lambda value: names.get(value, value)
    if column.kind is Kind.LIST:
        return lambda value: ";".join(value) or None
    if column.kind is Kind.INT:
        return int
    if column.kind is Kind.BOOL:
        return lambda value: FLAG_WORDS[bool(value)].in_(language)
    return lambda value: value
