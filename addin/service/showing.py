"""One table of a book, computed columns included and computed afresh; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from addin.model.cells import RawBook
from addin.model.columns import Column, Kind, Table, fold
from addin.model.finding import LedgerError
from addin.model.ledger import build_ledger, empty_frame, typed_computed
from addin.model.money import digits_of, from_minor
from addin.model.reading import read_column
from addin.model.result import Result
from addin.model.text import Language, Text
from addin.service.books import as_of_date, load_book
from addin.service.import_rows import book_cells
from addin.service.refresh import refresh
from addin.service.table_names import any_table

Value = str | int | bool | date | Decimal | tuple[str, ...] | None
"""A cell as shown: money with its currency's decimals, None where it is empty."""


@dataclass(frozen=True)
class Shown:
    """Rows of a table as at a day: ``cells[i][j]`` is column j of row i."""

    table: Table
    as_of: date
    language: Language
    columns: tuple[Column, ...]
    cells: list[tuple[Value, ...]]


def show_table(
    book: Path,
    table_name: str,
    *,
    today: date,
    as_of: date | None = None,
    where: Sequence[str] = (),
    language: Language | None = None,
) -> Shown:
    """A table as at a day. ``where`` holds conditions `key=value`; a row must meet them all.

    LedgerError where there is no such table or column, or a value is none of its column's.
    """
    table = any_table(table_name)
    tests = [condition(table, text) for text in where]
    raw, own = load_book(book)
    result = refresh(raw, as_of_date(raw, as_of, today, own), own)
    return shown(raw, result, table, language or own, tests)


def shown(
    raw: RawBook,
    result: Result,
    table: Table,
    language: Language,
    tests: Sequence[tuple[int, Callable[[Value], bool]]] = (),
) -> Shown:
    """A table's rows out of the book's input and what a refresh computed."""
    frame, digits = _frame(raw, result, table)
    columns = [_values(column, frame[column.key], digits) for column in table.columns]
    rows: Iterable[tuple[Value, ...]] = zip(*columns, strict=True)
    kept = [row for row in rows if all(test(row[position]) for position, test in tests)]
    return Shown(table, result.as_of, language, table.columns, kept)


def chosen_columns(found: Shown, keys: Sequence[str]) -> Shown:
    """The same rows with these columns only, in this order."""
    places = [list(found.table.by_key).index(key) for key in keys]
    columns = tuple(found.columns[place] for place in places)
    return replace(
        found, columns=columns, cells=[tuple(row[place] for place in places) for row in found.cells]
    )


# --- rows -------------------------------------------------------------------------------------------------


def _frame(raw: RawBook, result: Result, table: Table) -> tuple[pd.DataFrame, Sequence[int]]:
    """Every declared column of the table, and the decimals of each row's currency."""
    computed = result.frames.get(table.key)
    if table.role == "computed":
        frame = _as_in_the_book(raw, table) if computed is None else computed
        if table.key == "history":
            frame = frame[~(frame["date"] > pd.Timestamp(result.as_of))]
        frame = _with_peoples(raw, table, frame.reindex(columns=[column.key for column in table.columns]))
        return frame, _digits(result, table, len(frame))
    ledger, _ = build_ledger(raw, result.base_currency)
    frame = ledger[table.key].copy()
    if computed is not None:
        for column in computed.columns.intersection([column.key for column in table.owned_by("computed")]):
            frame[column] = computed[column].reindex(frame.index)
    return frame, list(ledger.digits[table.key])


def _with_peoples(raw: RawBook, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """What people wrote beside computed rows: it travels with the row's key."""
    source, keys = raw.tables.get(table.key), list(table.identity)
    columns = [column.key for column in table.owned_by("people")]
    if source is None or not columns or not len(source.rows):
        return frame
    typed = typed_computed(raw, table.key).drop_duplicates(keys).set_index(keys)
    return frame.assign(**typed[columns].reindex(frame.set_index(keys).index).set_axis(frame.index))


def _as_in_the_book(raw: RawBook, table: Table) -> pd.DataFrame:
    """A table that no refresh computes anew (logs, history, later rules): what stands in its sheet."""
    source = raw.tables.get(table.key)
    if source is None:
        return empty_frame(table)
    cells = book_cells(table, source)
    return pd.DataFrame(
        {key: read_column(table[key], cells[key], None, source.date1904)[0] for key in cells},
        index=range(len(source.rows)),
    )


def _digits(result: Result, table: Table, count: int) -> Sequence[int]:
    found = result.digits.get(table.key)
    return [digits_of(result.base_currency)] * count if found is None else list(found)


def _values(column: Column, series: pd.Series[Any], digits: Sequence[int]) -> list[Value]:
    empty = series.isna().to_numpy() if column.kind is not Kind.LIST else np.zeros(len(series), dtype=bool)
    convert = _CONVERT.get(column.kind, _as_text)
    values = series.astype(object).tolist()
    return [
        None if nothing else convert(value, places)
        for value, nothing, places in zip(values, empty.tolist(), digits, strict=True)
    ]


def _as_text(value: Any, _: int) -> Value:
    return str(value) or None


def _as_number(value: Any, _: int) -> Value:
    return value if isinstance(value, Decimal) else Decimal(str(value))


_CONVERT: dict[Kind, Callable[[Any, int], Value]] = {
    Kind.DATE: lambda value, _: pd.Timestamp(value).date(),
    Kind.MONEY: lambda value, places: from_minor(int(value), int(places)),
    Kind.RATE: _as_number,
    Kind.NUM: _as_number,
    Kind.INT: lambda value, _: int(value),
    Kind.BOOL: lambda value, _: bool(value),
    Kind.LIST: lambda value, _: tuple(value) if isinstance(value, tuple | list) and value else None,
}


# --- conditions -------------------------------------------------------------------------------------------


def condition(table: Table, text: str) -> tuple[int, Callable[[Value], bool]]:
    """The position of the column and the test of its cells, for `key=value`."""
    name, sign, value = text.partition("=")
    key = table.heading_keys.get(fold(name))
    if key is None or not sign:
        keys = ", ".join(table.by_key)
        raise LedgerError(
            "where_column",
            Text(
                f"--where：“{text}”应写成 列=值，“{table.name.zh}”的列有 {keys}。",
                f'--where "{text}" must be key=value with a column of {table.key}: {keys}.',
            ),
        )
    column = table[key]
    wanted = _wanted(column, value.strip())
    position = list(table.by_key).index(key)
    if column.kind is Kind.LIST:
        return position, lambda cell: wanted in cell if isinstance(cell, tuple) else wanted is None
    return position, lambda cell: cell == wanted


def _wanted(column: Column, value: str) -> Value:
    """The value that a condition asks for, typed as the column is; nothing asks for empty cells."""
    if not value:
        return None
    if column.kind is Kind.LIST:
        return value
    exact = Kind.NUM if column.kind is Kind.MONEY else column.kind
    asked = Column(
        column.key, exact, column.name, choices=column.choices, signed=True, required=column.required
    )
    values, problems = read_column(asked, [value])
    for problem in problems:
        if problem.unknown:
            raise LedgerError(
                "where_value",
                Text(
                    f"--where {column.key}：{problem.message.zh}；{problem.cure.zh}。",
                    f"--where {column.key}: {problem.message.en}; {problem.cure.en}.",
                ),
            )
    return _values(asked, pd.Series(values), [0])[0]
