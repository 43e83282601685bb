"""Rows of a file put into a table: typed, held against the rows that are there, and what cannot be taken.

Pure: cells in, cell edits out. A row is refused as a whole, so that nothing of it is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from addin.files.package import KEEP, ColumnEdit, TableEdit
from addin.files.package.cells import MAX_TEXT, utf16_length
from addin.files.package.edits import ColumnValue, Scalar
from addin.files.template.widths import row_heights
from addin.files.writing import CELL_KINDS
from addin.model.cells import AnyCell, RawTable
from addin.model.columns import FLAG_WORDS, Column, Kind, Table
from addin.model.reading import read_column
from addin.model.text import Language, Text

Key = tuple[object, ...]


@dataclass(frozen=True)
class Rejected:
    """A row of the file that could not be taken: its row number there, and why."""

    row: int
    reason: Text


@dataclass(frozen=True)
class Incoming:
    """Typed rows of a file. ``values[key]`` holds a column, None where the file's cell is empty."""

    rows: Sequence[int]
    values: Mapping[str, Sequence[Scalar]]
    problems: Mapping[int, Text]
    """By position in ``rows``: the first cell of the row that cannot be read."""


@dataclass(frozen=True)
class Merge:
    """What a merge does to a table: ``edit`` is None where nothing would change."""

    edit: TableEdit | None
    taken: int
    updated: int
    rejected: tuple[Rejected, ...]


def typed_rows(
    table: Table, rows: Sequence[int], cells: Mapping[str, Sequence[AnyCell]], date_format: str | None = None
) -> Incoming:
    """Types the cells of a file, by column key, as the ledger reads its own.

    ``date_format`` (strptime) reads dates written in another order; amounts are kept exactly.
    """
    values: dict[str, Sequence[Scalar]] = {}
    problems: dict[int, Text] = {}
    for key, column_cells in cells.items():
        column = _as_written(table, key)
        values[key], wrong = typed_cells(column, column_cells, date_format)
        for position, reason in {**wrong, **_too_long(values[key])}.items():
            problems.setdefault(position, _in_column(column, reason))
    return Incoming(rows, values, problems)


def _too_long(values: Sequence[Scalar]) -> dict[int, Text]:
    """By position the texts that no cell can hold."""
    return {
        position: Text(
            f"文本超过 {MAX_TEXT} 个字符；请缩短", f"text of over {MAX_TEXT} characters; shorten it"
        )
        for position, value in enumerate(values)
        if isinstance(value, str) and len(value) > MAX_TEXT // 2 and utf16_length(value) > MAX_TEXT
    }


def typed_cells(
    column: Column, cells: Sequence[AnyCell], date_format: str | None = None, date1904: bool = False
) -> tuple[list[Scalar], dict[int, Text]]:
    """One column's cells as values to write, and by position what cannot be read."""
    if column.kind is Kind.DATE and date_format:
        cells = _with_format(cells, date_format)
    marked = [(type(cell), cell) for cell in cells]  # 1, 1.0 and TRUE are not the same cell
    distinct = {mark: place for place, mark in enumerate(dict.fromkeys(marked))}
    read, unread = _read_distinct(column, [cell for _, cell in distinct], date1904)
    places = [distinct[mark] for mark in marked]
    values = [read[place] for place in places]
    wrong = (
        {position: unread[place] for position, place in enumerate(places) if place in unread}
        if unread
        else {}
    )
    return values, wrong


def _read_distinct(
    column: Column, cells: Sequence[AnyCell], date1904: bool
) -> tuple[list[Scalar], dict[int, Text]]:
    """Each different cell once: files say the same thing over and over. Amounts are read as exact numbers."""
    exact = replace(column, kind=Kind.NUM) if column.kind is Kind.MONEY else column
    values, problems = read_column(exact, cells, None, date1904)
    unread = {
        problem.position: Text(
            f"{problem.message.zh}；{problem.cure.zh}", f"{problem.message.en}; {problem.cure.en}"
        )
        for problem in problems
        if problem.unknown
    }
    return _plain(column.kind, values), unread


def _as_written(table: Table, key: str) -> Column:
    """The column as an import reads it: an own id is made plain like the ids that refer to it (RULES 14, 19)."""
    column = table[key]
    return replace(column, ref=column.ref or table.key) if key in table.identity else column


def _with_format(cells: Sequence[AnyCell], date_format: str) -> list[AnyCell]:
    """Texts that fit the format become dates; the others are read as they stand."""
    known: dict[str, AnyCell] = {}
    for text in {cell for cell in cells if isinstance(cell, str)}:
        try:
            known[text] = datetime.strptime(text.strip(), date_format).date()
        except ValueError:
            known[text] = text
    return [known[cell] if isinstance(cell, str) else cell for cell in cells]


def _plain(kind: Kind, values: Any) -> list[Scalar]:
    """Typed values as plain Python ones, None where empty."""
    match kind:
        case Kind.DATE:
            return [None if day is None else day.date() for day in values.astype(object).tolist()]
        case Kind.INT | Kind.BOOL:
            return list(values.to_numpy(dtype=object, na_value=None).tolist())
        case Kind.LIST:
            return [";".join(parts) or None for parts in values]
        case Kind.MONEY | Kind.NUM | Kind.RATE:
            return list(values)
        case _:
            return [text or None for text in values]


def _in_column(column: Column, reason: Text) -> Text:
    return Text(f"{column.name.zh}：{reason.zh}", f"{column.name.en}: {reason.en}")


# --- held against the rows that are there -----------------------------------------------------------------


def merge(
    table: Table, raw: RawTable, incoming: Incoming, language: Language, empty_first: bool = False
) -> Merge:
    """Rows with a known identity get the cells that the file brings, the others are appended.

    Empty cells of the file erase nothing. With ``empty_first`` the file's rows are all that remains; what
    people keep in columns of their own stays with the row of the same identity.
    """
    old = _positions(table, raw)
    targets, rejected = _targets(table, incoming, {} if empty_first else old)
    edit = (
        _replaced(table, raw, incoming, targets, old, language)
        if empty_first
        else _merged(table, raw, incoming, targets, language)
    )
    updated = sum(target is not None for target in targets.values())
    return Merge(edit, len(targets), updated, tuple(rejected))


def _targets(
    table: Table, incoming: Incoming, old: Mapping[Key, int]
) -> tuple[dict[int, int | None], list[Rejected]]:
    """By position in the file the old row it goes to, None for a new one; and the rows refused."""
    keys = _keys(table, incoming.values, len(incoming.rows))
    required = _required(table, incoming)
    targets: dict[int, int | None] = {}
    rejected: list[Rejected] = []
    first: dict[Key, int] = {}
    for position, (row, key) in enumerate(zip(incoming.rows, keys, strict=True)):
        named = key[0] is not None
        target = old.get(key) if named else None
        reason = incoming.problems.get(position)
        if reason is None and named and key in first:
            reason = _repeated(key, first[key])
        if reason is None and target is None:
            reason = _missing(required, position)
        if reason is not None:
            rejected.append(Rejected(row, reason))
            continue
        if named:
            first[key] = row
        targets[position] = target
    return targets, rejected


def _keys(table: Table, values: Mapping[str, Sequence[Scalar]], count: int) -> list[Key]:
    nothing: list[Scalar] = [None] * count
    return list(zip(*(values.get(key, nothing) for key in table.identity), strict=True))


def _repeated(key: Key, row: int) -> Text:
    return Text(
        f"{key[0]} 与文件第 {row} 行重复；请只保留一行",
        f"{key[0]} stands in row {row} of the file already; keep one of them",
    )


def _required(table: Table, incoming: Incoming) -> list[tuple[Column, Sequence[Scalar] | None]]:
    """Columns that a new row must fill, with their values; an own id may be empty, a refresh gives one."""
    return [
        (column, incoming.values.get(column.key))
        for column in table.owned_by("input")
        if column.required and not may_be_given(table, column)
    ]


def _missing(required: Sequence[tuple[Column, Sequence[Scalar] | None]], position: int) -> Text | None:
    """Why a new row cannot stand: the first required cell that is empty."""
    for column, values in required:
        if values is None or values[position] is None:
            return _in_column(column, Text("必填，现为空", "required, and empty"))
    return None


def may_be_given(table: Table, column: Column) -> bool:
    """Whether a refresh fills this column's empty cells: a table's own id."""
    return table.identity == (column.key,) and column.kind is Kind.TEXT


def _positions(table: Table, raw: RawTable) -> dict[Key, int]:
    """Position of the first row of each identity."""
    cells = book_cells(table, raw)
    values = {
        key: typed_cells(table[key], cells[key], date1904=raw.date1904)[0]
        for key in table.identity
        if key in cells
    }
    positions: dict[Key, int] = {}
    for position, key in enumerate(_keys(table, values, len(raw.rows))):
        if key[0] is not None:
            positions.setdefault(key, position)
    return positions


def book_cells(table: Table, raw: RawTable) -> dict[str, Sequence[AnyCell]]:
    """The cells of a table by column key; of a repeated heading the first counts."""
    return {key: raw.columns[position] for key, position in table.places(raw.headings).items()}


def _slots(raw: RawTable) -> list[int]:
    """Each row's place among the data rows of the sheet, from 0; blank rows between count."""
    return [row - raw.header_row - 1 for row in raw.rows]


# --- edits ------------------------------------------------------------------------------------------------


def _merged(
    table: Table,
    raw: RawTable,
    incoming: Incoming,
    targets: Mapping[int, int | None],
    language: Language,
) -> TableEdit | None:
    """Changed cells in place, new rows after the last one that holds anything."""
    old = _slots(raw)
    used = max(old, default=-1) + 1
    new = [position for position, target in targets.items() if target is None]
    slots = {position: old[target] for position, target in targets.items() if target is not None}
    slots.update({position: used + offset for offset, position in enumerate(new)})
    total = max(used + len(new), raw.size)
    where = table.places(raw.headings)
    columns: dict[int, ColumnEdit] = {}
    for key, values in incoming.values.items():
        column = _as_written(table, key)
        cells: list[ColumnValue] = [KEEP] * total
        before = _in_slots(column, raw, raw.columns[where[key]], old, total, language)
        for position, value in enumerate(_written(column, values, language)):
            slot = slots.get(position)
            if slot is not None and value is not None and value != before[slot]:
                cells[slot] = value
        if any(cell is not KEEP for cell in cells):
            columns[where[key]] = ColumnEdit(CELL_KINDS.get(column.kind, "text"), cells)
    return _with_heights(table, raw, TableEdit(table.key, columns, total), language) if columns else None


def _with_heights(table: Table, raw: RawTable, edit: TableEdit, language: Language) -> TableEdit:
    """The edit with the heights that wrapped texts need."""
    where = table.places(raw.headings)
    texts = {key: edit.columns[place].values for key, place in where.items() if place in edit.columns}
    return replace(edit, heights=row_heights(table, texts, edit.rows or 0, language))


def _in_slots(
    column: Column,
    raw: RawTable,
    cells: Sequence[AnyCell],
    slots: Sequence[int],
    total: int,
    language: Language,
) -> list[Scalar]:
    """What stands in each data row now, as it would be written; None where it is empty or unreadable."""
    found: list[Scalar] = [None] * total
    values = typed_cells(column, cells, date1904=raw.date1904)[0]
    for slot, value in zip(slots, _written(column, values, language), strict=True):
        found[slot] = value
    return found


def _replaced(
    table: Table,
    raw: RawTable,
    incoming: Incoming,
    targets: Mapping[int, int | None],
    old: Mapping[Key, int],
    language: Language,
) -> TableEdit:
    where, slots = table.places(raw.headings), _slots(raw)
    keys = _keys(table, incoming.values, len(incoming.rows))
    columns: dict[int, ColumnEdit] = {}
    for column in table.owned_by("input"):
        if column.key not in where:
            continue
        values = incoming.values.get(column.key)
        cells = None if values is None else _written(column, values, language)
        chosen: list[ColumnValue] = [None if cells is None else cells[position] for position in targets]
        columns[where[column.key]] = ColumnEdit(CELL_KINDS.get(column.kind, "text"), chosen)
    known = (old.get(keys[position]) for position in targets)
    order = [None if position is None else slots[position] for position in known]
    return _with_heights(table, raw, TableEdit(table.key, columns, len(targets), order), language)


def _written(column: Column, values: Iterable[Scalar], language: Language) -> list[Scalar]:
    """Values as the book's cells hold them: choices, yes and no are words of the book's language."""
    if column.kind is Kind.BOOL:
        return [None if value is None else FLAG_WORDS[bool(value)].in_(language) for value in values]
    if column.kind is not Kind.CHOICE:
        return list(values)
    words = {key: name.in_(language) for key, name in column.choice_names.items()}
    return [words.get(str(value)) if value is not None else None for value in values]


def append_rows(
    table: Table, raw: RawTable, rows: Sequence[Mapping[str, Scalar]], language: Language
) -> Merge:
    """Adds or changes a few rows given as values by column key."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    values = {key: [row.get(key) for row in rows] for key in keys}
    return merge(table, raw, Incoming(range(len(rows)), values, {}), language)
