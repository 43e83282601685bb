"""What differs between the book's computed cells and what they should hold: only that is written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from addin.model.cells import RawTable
from addin.model.columns import Column, Kind
from addin.model.ledger import Ledger
from addin.model.reading import read_column, text_of
from addin.model.result import CellWrites, TableWrite
from addin.model.tables import TABLES


def id_writes(ledger: Ledger) -> list[CellWrites]:
    """Ids given to rows that had none: the only input cells that a refresh writes."""
    return [
        CellWrites(
            table,
            TABLES[table].identity[0],
            list(filled),
            list(filled.values()),
            [""] * len(filled),
            list(filled.values()),
        )
        for table, filled in ledger.filled_ids.items()
        if filled
    ]


def cell_writes(raw: RawTable, ledger: Ledger, key: str, computed: pd.DataFrame) -> list[CellWrites]:
    """The computed cells of a mixed table that do not hold what they should.

    Cells beside rows that do not count (left out, or without any input) are emptied.
    """
    table, frame = TABLES[key], ledger[key]
    headings = TABLES[key].places(raw.headings)
    writes = []
    for column in table.owned_by("computed"):
        if column.key not in headings:
            continue
        new = computed[column.key] if column.key in computed else _empty(column, frame)
        forced = ledger.unknown.get((key, column.key), frozenset())
        changed = differs(column, frame[column.key], new)
        if forced:
            changed |= np.array([row in forced for row in frame.index], dtype=bool)
        places = np.flatnonzero(changed)
        rows = frame.index.to_numpy()[places].tolist()
        old, values = frame[column.key].iloc[places].tolist(), new.iloc[places].tolist()
        ids = frame[table.identity[0]].iloc[places].tolist()
        digits = ledger.digits[key][places].tolist()
        stray = _stray_rows(raw, headings[column.key], set(frame.index.tolist()))
        if rows or stray:
            writes.append(
                CellWrites(
                    key,
                    column.key,
                    [*rows, *stray],
                    [*ids, *[""] * len(stray)],
                    [*old, *[None] * len(stray)],
                    [*values, *[None] * len(stray)],
                    [*digits, *[2] * len(stray)],
                )
            )
    return writes


def _empty(column: Column, frame: pd.DataFrame) -> pd.Series:
    """A column whose rule is not in this version: nothing in every row."""
    values, _ = read_column(column, [""] * len(frame))
    return pd.Series(values, index=frame.index)


def _stray_rows(raw: RawTable, position: int, counted: set[int]) -> list[int]:
    if len(counted) == len(raw.rows):
        return []
    cells = raw.columns[position]
    return [
        row
        for row, cell in zip(raw.rows, cells, strict=True)
        if row not in counted and cell not in ("", None)
    ]


def differs(column: Column, old: pd.Series, new: pd.Series) -> np.ndarray:
    """Where two columns of one kind do not hold the same; nothing equals nothing."""
    if column.kind in (Kind.MONEY, Kind.INT, Kind.BOOL, Kind.DATE):
        both_empty = old.isna().to_numpy() & new.isna().to_numpy()
        same = (
            (old == new).to_numpy(bool, na_value=False)
            if column.kind is not Kind.DATE
            else (old == new).to_numpy()
        )
        return ~(same | both_empty)
    return np.array([one != other for one, other in zip(old.tolist(), new.tolist(), strict=True)], dtype=bool)


def table_writes(
    raw: RawTable, key: str, frame: pd.DataFrame, digits: Sequence[int] | None
) -> list[TableWrite]:
    """The whole body of a computed table, where any of it differs from what stands in the sheet."""
    if _holds(raw, key, frame, digits):
        return []
    return [TableWrite(key, frame, _origins(raw, key, frame), digits)]


def _holds(raw: RawTable, key: str, frame: pd.DataFrame, digits: Sequence[int] | None) -> bool:
    if len(raw.rows) != len(frame) or raw.size > max(len(frame), 1):
        return False
    headings, places = TABLES[key].places(raw.headings), None if digits is None else np.array(digits, dtype=int)
    for column in TABLES[key].owned_by("computed"):
        if column.key not in headings or column.key not in frame:
            continue
        old, problems = read_column(column, raw.columns[headings[column.key]], places, raw.date1904)
        if problems or differs(column, pd.Series(old, index=frame.index), frame[column.key]).any():
            return False
    return True


def _origins(raw: RawTable, key: str, frame: pd.DataFrame) -> list[int | None]:
    """For each new row the old one of the same identity: users' own columns go along with it."""
    identity, headings = TABLES[key].identity, TABLES[key].places(raw.headings)
    if any(part not in headings for part in identity) or not raw.rows:
        return [None] * len(frame)
    old_keys = zip(
        *([text_of(cell) for cell in raw.columns[headings[part]]] for part in identity), strict=True
    )
    positions: dict[tuple[str, ...], int] = {}
    for row, old in zip(raw.rows, old_keys, strict=True):
        positions.setdefault(old, row - raw.header_row - 1)
    taken: set[int] = set()
    origins: list[int | None] = []
    for new in zip(*(_words(TABLES[key][part], frame[part]) for part in identity), strict=True):
        position = positions.get(new)
        origins.append(None if position in taken else position)
        if position is not None:
            taken.add(position)
    return origins


def _words(column: Column, values: pd.Series) -> list[str]:
    if column.kind is Kind.DATE:
        return ["" if pd.isna(value) else value.date().isoformat() for value in values]
    return ["" if pd.isna(value) else str(value) for value in values.tolist()]
