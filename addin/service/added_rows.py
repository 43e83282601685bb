"""Rows that a run adds to a table of people's: letters that were issued, steps of a contract.

They stand in the changes as an empty id that became one, and are remembered as the run wrote them: so an undo
takes back those that nobody has touched since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from addin.files.package.edits import KEEP, ColumnEdit, ColumnValue, Scalar, TableEdit
from addin.model.cells import AnyCell, RawBook, RawTable
from addin.model.finding import LedgerError
from addin.model.ledger import Ledger, typed_computed
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.service.import_rows import append_rows
from addin.service.typed_over import Memory

MARKS = "added/"
"""In what is remembered of a run: the ids of the rows that it added, by table."""


@dataclass(frozen=True)
class Added:
    """Rows put below a table: the edit, the ids, and the book's cells with them."""

    table: str
    ids: tuple[str, ...]
    edit: TableEdit
    raw: RawBook


def add_rows(raw: RawBook, key: str, rows: Sequence[Mapping[str, Scalar]], language: Language) -> Added:
    """``rows`` are cells by column key, the ids that no row has yet among them.

    LedgerError where the book has no such table, or the table lacks one of the columns.
    """
    source = required_table(raw, key, {column for row in rows for column in row})
    merged = append_rows(TABLES[key], source, rows, language)
    if merged.rejected or merged.updated or merged.edit is None:
        raise ValueError(f"{key}: {merged.rejected[:3]}, {merged.updated} ids stand there already")
    filled = replace(raw, tables={**raw.tables, key: _with(source, merged.edit, len(rows))})
    identity = TABLES[key].identity[0]
    return Added(key, tuple(str(row[identity]) for row in rows), merged.edit, filled)


def required_table(raw: RawBook, key: str, columns: set[str]) -> RawTable:
    """A table of the book that has these columns. LedgerError where it has not."""
    name, source = TABLES[key].name, raw.tables.get(key)
    if source is None:
        raise LedgerError(
            "no_table",
            Text(
                f"工作簿中没有“{name.zh}”表。请用 huikuan upgrade 补上。",
                f"The workbook has no table {name.en}. Add it by huikuan upgrade.",
            ),
        )
    missing = sorted(columns.difference(TABLES[key].places(source.headings)))
    if missing:
        zh = "、".join(TABLES[key][column].name.zh for column in missing)
        en = ", ".join(TABLES[key][column].name.en for column in missing)
        raise LedgerError(
            "heading_missing",
            Text(
                f"工作簿的“{source.sheet}”缺少列：{zh}。请先在表中补上这些标题，或运行 huikuan upgrade。",
                f'The sheet "{source.sheet}" lacks the columns {en}. Add these headings to the table first, '
                "or run huikuan upgrade.",
            ),
        )
    return source


def _with(source: RawTable, edit: TableEdit, count: int) -> RawTable:
    """The table's cells once the last ``count`` rows of the edit are written."""
    first = max(source.rows, default=source.header_row) - source.header_row
    columns = [
        [*cells, *_new_cells(edit.columns.get(place), first, count)]
        for place, cells in enumerate(source.columns)
    ]
    rows = [*source.rows, *range(source.header_row + 1 + first, source.header_row + 1 + first + count)]
    return replace(source, columns=columns, rows=rows, size=edit.rows or source.size)


def _new_cells(column: ColumnEdit | None, first: int, count: int) -> list[AnyCell]:
    if column is None:
        return [""] * count
    return [_cell(value) for value in column.values[first : first + count]]


def _cell(value: ColumnValue) -> AnyCell:
    """A value to write as a reader hands it over once it is written."""
    if value is KEEP:
        return ""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def change_rows(added: Added, number: int, language: Language) -> Iterator[Sequence[object]]:
    """A row of the changes for each row that was added, by run ``number``."""
    table = TABLES[added.table]
    heading = table[table.identity[0]].heading(language)
    return ((number, table.name.in_(language), id, heading, "", id) for id in added.ids)


# --- taking them back -------------------------------------------------------------------------------------


def added_memory(added: Added, ledger: Ledger) -> Memory:
    """Marks of the added rows as the run leaves them; ``ledger`` is that of the book with them."""
    marks = row_marks(ledger, added.table)
    return {f"{MARKS}{added.table}": np.array([(id, marks[id]) for id in added.ids], dtype=str)}


def row_marks(ledger: Ledger, key: str) -> dict[str, str]:
    """A mark of all that people may type in a row, by the row's id: equal rows have equal marks."""
    frame, table = ledger[key], TABLES[key]
    words = ["\x1f".join(map(str, row)) for row in _input_rows(frame, key)]
    marks = pd.util.hash_array(np.array(words, dtype=object)).tolist() if words else []
    return dict(zip(frame[table.identity[0]].tolist(), map(str, marks), strict=True))


def _input_rows(frame: pd.DataFrame, key: str) -> Iterator[tuple[object, ...]]:
    columns = [frame[column.key].tolist() for column in TABLES[key].owned_by("input")]
    return zip(*columns, strict=True)


def ids_added(raw: RawBook, run: int) -> dict[str, list[str]]:
    """The ids of rows that a run added, by table, as the changes have them."""
    log = typed_computed(raw, "changes")
    log = log[(log["run"] == run).fillna(False).to_numpy(bool) & (log["old"] == "").to_numpy(bool)]
    found: dict[str, list[str]] = {}
    for key, table in TABLES.items():
        if table.role != "input":
            continue
        heading = table[table.identity[0]].name
        rows = log[log["table"].isin(list(table.name)) & log["column"].isin(list(heading))]
        if ids := [id for id, new in zip(rows["row_key"], rows["new"], strict=True) if id and id == new]:
            found[key] = ids
    return found


def untouched(now: Ledger, key: str, ids: Sequence[str], memory: Memory) -> list[str]:
    """Those of the added rows that are there as the run left them; none where it is not remembered."""
    remembered = dict(memory.get(f"{MARKS}{key}", np.empty((0, 2), dtype=str)).tolist())
    standing = row_marks(now, key)
    return [id for id in ids if id in standing and remembered.get(id) == standing[id]]


def rows_dropped(raw: RawTable, key: str, ledger: Ledger, ids: Sequence[str], size: int) -> TableEdit:
    """The table without the rows of these ids, and with at least ``size`` data rows, blank ones included."""
    frame = ledger[key]
    gone = set(frame.index[frame[TABLES[key].identity[0]].isin(list(ids))].tolist())
    order: list[int | None] = [slot for slot in range(raw.size) if slot + raw.header_row + 1 not in gone]
    order += [None] * (min(size, raw.size) - len(order))
    return TableEdit(key, {}, len(order), order or None)
