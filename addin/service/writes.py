"""What differs between the book's computed cells and what they should hold: only that is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from addin.model.cells import AnyCell, CellError, RawTable, Uncalculated
from addin.model.columns import Column, Kind
from addin.model.ledger import Ledger
from addin.model.reading import read_column, text_of
from addin.model.result import CellWrites, TableWrite
from addin.model.tables import TABLES
from addin.rules.frames import objects


def id_writes(ledger: Ledger) -> list[CellWrites]:
    """Ids given to rows that had none: the only input cells that a refresh writes."""
    return [_filled_ids(table, filled) for table, filled in ledger.filled_ids.items() if filled]


def _filled_ids(table: str, filled: Mapping[int, str]) -> CellWrites:
    rows, ids = np.array(list(filled), dtype=np.int64), objects(filled.values())
    column = TABLES[table][TABLES[table].identity[0]]
    return CellWrites(table, column.key, rows, _empty(column, rows), pd.Series(ids, index=rows))


def cell_writes(raw: RawTable, ledger: Ledger, key: str, computed: pd.DataFrame) -> list[CellWrites]:
    """The computed cells of a mixed table that do not hold what they should.

    Cells beside rows that do not count (left out, or without any input) are emptied.
    """
    table, frame = TABLES[key], ledger[key]
    headings = TABLES[key].places(raw.headings)
    rows = frame.index.to_numpy()
    uncounted = _uncounted(raw, rows)
    writes = []
    for column in table.owned_by("computed"):
        if column.key not in headings:
            continue
        old = frame[column.key]
        new = computed[column.key] if column.key in computed else _empty(column, rows)
        changed = differs(column, old, new) | ledger.is_unknown(key, column.key)
        places = np.flatnonzero(changed)
        write = CellWrites(
            key,
            column.key,
            rows[places],
            old.iloc[places],
            new.iloc[places],
            ledger.digits[key][places],
        )
        cells = raw.columns[headings[column.key]]
        stray = [raw.rows[position] for position in uncounted if cells[position] not in ("", None)]
        write = _with_emptied(write, column, stray) if stray else write
        if len(write.rows):
            writes.append(write)
    return writes


def _empty(column: Column, rows: np.ndarray) -> pd.Series:
    """Nothing in every row, typed."""
    nothing, _ = read_column(column, [""] * len(rows))
    return pd.Series(nothing, index=rows)


def _uncounted(raw: RawTable, counted: np.ndarray) -> list[int]:
    """Positions of rows that are not in the ledger."""
    if len(counted) == len(raw.rows):
        return []
    return np.flatnonzero(~np.isin(np.array(raw.rows, dtype=np.int64), counted)).tolist()


def _with_emptied(write: CellWrites, column: Column, rows: Sequence[int]) -> CellWrites:
    """The same writes, and these rows' cells emptied."""
    more = np.array(rows, dtype=np.int64)
    nothing = _empty(column, more)
    return CellWrites(
        write.table,
        write.column,
        np.concatenate([write.rows, more]),
        pd.concat([write.old, nothing]),
        pd.concat([write.values, nothing]),
        None if write.digits is None else np.concatenate([write.digits, np.full(len(rows), 2)]),
    )


def differs(column: Column, old: pd.Series, new: pd.Series) -> np.ndarray:
    """Where two columns of one kind do not hold the same; nothing equals nothing."""
    before, after = _comparable(column, old), _comparable(column, new)
    return np.asarray(before != after, dtype=bool)


def _comparable(column: Column, values: pd.Series) -> np.ndarray:
    """The values as what numpy compares at once; an empty number or day is the lowest there is."""
    if column.kind in (Kind.MONEY, Kind.INT):
        return values.to_numpy(np.int64, na_value=np.iinfo(np.int64).min)
    if column.kind is Kind.BOOL:
        return values.to_numpy(np.int8, na_value=-1)
    if column.kind is Kind.DATE:
        return values.to_numpy("datetime64[s]").view(np.int64)
    return values.to_numpy()


def table_writes(
    raw: RawTable, key: str, frame: pd.DataFrame, digits: Sequence[int] | None
) -> list[TableWrite]:
    """The whole body of a computed table, where any of it differs from what stands in the sheet."""
    if _holds(raw, key, frame, digits):
        return []
    origins = _origins(raw, key, frame)
    return [TableWrite(key, frame, origins, digits, lost=_lost(raw, key, origins))]


def _lost(raw: RawTable, key: str, origins: Sequence[int | None]) -> list[tuple[str, str, str]]:
    """Texts that people wrote into rows that go, with the key of each row: its identity, choices by key.

    Numbers are left out: nothing tells those that were typed from those that a formula of people's shows.
    """
    texts = [each for each in cells_of_people(raw, key, origins) if isinstance(each[2], str)]
    if not texts:
        return []
    headings = TABLES[key].places(raw.headings)
    identity = [part for part in TABLES[key].identity if part in headings]
    parts = [_old_words(raw, TABLES[key][part], headings[part]) for part in identity]
    keys = {row: " / ".join(words) for row, *words in zip(raw.rows, *parts, strict=True)}
    return [(keys[row], heading, cell_words(cell)) for row, heading, cell in texts]


def cells_of_people(raw: RawTable, key: str, origins: Sequence[int | None]) -> list[tuple[int, str, AnyCell]]:
    """Cells that people filled, as (sheet row, heading, cell), in rows that are not among ``origins``."""
    owned = {column.key for column in TABLES[key].owned_by("computed")}
    ours = {place for column, place in TABLES[key].places(raw.headings).items() if column in owned}
    others = [place for place in range(len(raw.headings)) if place not in ours]
    if not others:
        return []
    staying = {position for position in origins if position is not None}
    going = [at for at, row in enumerate(raw.rows) if row - raw.header_row - 1 not in staying]
    return [
        (raw.rows[at], raw.headings[place], cell)
        for at in going
        for place in others
        if cell_words(cell := raw.columns[place][at])
    ]


def cell_words(cell: AnyCell) -> str:
    """A cell as a person would name it: an error by its code, a formula without a value as it is written."""
    if isinstance(cell, CellError):
        return cell.code
    return f"={cell.formula}" if isinstance(cell, Uncalculated) else text_of(cell)


def _holds(raw: RawTable, key: str, frame: pd.DataFrame, digits: Sequence[int] | None) -> bool:
    if len(raw.rows) != len(frame) or raw.size > max(len(frame), 1):
        return False
    headings, places = (
        TABLES[key].places(raw.headings),
        None if digits is None else np.array(digits, dtype=int),
    )
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
    all_ours = len(raw.headings) == len([column for column in headings if column in frame])
    if all_ours or any(part not in headings for part in identity) or not raw.rows:
        return [None] * len(frame)
    old_keys = zip(*(_old_words(raw, TABLES[key][part], headings[part]) for part in identity), strict=True)
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


def _old_words(raw: RawTable, column: Column, place: int) -> list[str]:
    """What stands in a column of the sheet, as ``_words`` puts it: choices by key, whatever the language."""
    return _words(column, pd.Series(read_column(column, raw.columns[place], None, raw.date1904)[0]))


def _words(column: Column, values: pd.Series) -> list[str]:
    if column.kind is Kind.DATE:
        return ["" if pd.isna(value) else value.date().isoformat() for value in values]
    return ["" if pd.isna(value) else str(value) for value in values.tolist()]
