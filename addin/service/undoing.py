"""Takes back what the last run wrote, pure: a book's cells now and as they were before that run in, edits out.

Rows are found by key, whatever people sorted, inserted or deleted since. An owned cell that is still as the run
left it gets what it held before; one that somebody typed over since is a clash and is left alone. Input cells
are never touched, but for ids that the run itself gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd

from addin.files.package.edits import CellEdit, Scalar, TableEdit
from addin.files.template.places import AS_OF_LABEL, RUN_AT_LABEL, run_stamp
from addin.model.cells import AnyCell, CellError, RawBook, RawTable, Uncalculated
from addin.model.columns import Column, Kind
from addin.model.ledger import Ledger, typed_computed
from addin.model.numerals import from_float
from addin.model.reading import read_column, text_of
from addin.model.result import CellWrites, TableWrite
from addin.model.tables import TABLES
from addin.rules.frames import objects
from addin.service.added_rows import rows_dropped, untouched
from addin.service.typed_over import Memory
from addin.service.writes import cell_words, cells_of_people, differs, table_writes


@dataclass(frozen=True)
class Clash:
    """A cell left alone: somebody typed there since the run, or what it held cannot be put back.

    ``row`` is the sheet row now, ``column`` a key, or the heading of a column that people added.
    """

    table: str
    row: int
    column: str
    key: str
    stands: str
    would_be: str


@dataclass
class TakenBack:
    """What an undo writes, and the cells that it leaves alone."""

    cells: list[CellWrites] = field(default_factory=list)
    tables: list[TableWrite] = field(default_factory=list)
    single: list[CellEdit] = field(default_factory=list)
    dropped: list[TableEdit] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    @property
    def restored(self) -> int:
        """How many owned cells of the rows that people keep are put back."""
        return sum(len(write.rows) for write in self.cells)


@dataclass(frozen=True)
class Book:
    """A book's cells and the ledger that they make."""

    raw: RawBook
    ledger: Ledger


def take_back(
    now: Book,
    before: Book,
    written: Memory,
    touched: frozenset[tuple[str, int, str]],
    added: Mapping[str, Sequence[str]],
) -> TakenBack:
    """What puts the owned cells back to what they held before the run, and takes away the rows that it added.

    ``written`` marks which columns the run filled; ``touched`` are the cells, as (table, sheet row, column),
    that are not as it left them; ``added`` are the ids of added rows by table.
    """
    plan = TakenBack()
    for key in now.ledger.frames:
        if key not in now.raw.tables or key not in before.raw.tables:
            continue
        if f"{key}/" in written:
            _Mixed(key, now, before, written, touched).take_back(plan)
        _take_back_ids(key, now, before, plan)
    for key in _computed_tables():
        if key in now.raw.tables and key in before.raw.tables:
            _take_back_table(key, now.raw, before.raw, plan)
    for key, ids in added.items():
        if key in now.raw.tables and key in before.raw.tables:
            _take_back_rows(key, ids, now, before, written, plan)
    plan.single += _stamps(now.raw, before.raw)
    return plan


# --- owned cells beside people's own ----------------------------------------------------------------------


class _Pairs(NamedTuple):
    """Positions in the frames of before and now that hold rows of the same key."""

    before: np.ndarray
    now: np.ndarray


class _Mixed:
    """One mixed table on its way back."""

    def __init__(
        self, key: str, now: Book, before: Book, written: Memory, touched: frozenset[tuple[str, int, str]]
    ) -> None:
        self.key, self.now, self.before, self.written = key, now, before, written
        self.raw, self.old = now.raw.tables[key], before.raw.tables[key]
        self.places, self.old_places = (TABLES[key].places(raw.headings) for raw in (self.raw, self.old))
        self.pairs = _paired(key, now.ledger, before.ledger)
        self.rows = now.ledger[key].index.to_numpy()[self.pairs.now]
        self.old_rows = before.ledger[key].index.to_numpy()[self.pairs.before]
        self.keys = now.ledger[key][TABLES[key].identity[0]].to_numpy()[self.pairs.now]
        self.touched = {(row, column) for table, row, column in touched if table == key}
        self.strays = self._strays()

    def take_back(self, plan: TakenBack) -> None:
        for column in TABLES[self.key].owned_by("computed"):
            if column.key in self.places and column.key in self.old_places:
                self._column(column, plan)

    def _column(self, column: Column, plan: TakenBack) -> None:
        old = self._series(self.before.ledger, column, self.pairs.before)
        new = self._series(self.now.ledger, column, self.pairs.now)
        unread = self.before.ledger.is_unknown(self.key, column.key)[self.pairs.before]
        apart = differs(column, new, old)
        for at in np.flatnonzero(unread | self._unread_now(column)).tolist():
            apart[at] = self._stands(column, at) != self._held(column, at)
        ours = ~self._typed_since(column, new)
        for at in np.flatnonzero(apart & (~ours | unread)).tolist():
            self._singly(column, at, bool(ours[at]), plan)
        places = np.flatnonzero(apart & ours & ~unread)
        digits = self.before.ledger.digits[self.key][self.pairs.before]
        write = CellWrites(
            self.key,
            column.key,
            self.rows[places],
            new.iloc[places],
            old.iloc[places],
            digits[places],
        )
        write = self._with_strays(write, column)
        if len(write.rows):
            plan.cells.append(write)

    def _series(self, ledger: Ledger, column: Column, positions: np.ndarray) -> pd.Series:
        values: pd.Series = ledger[self.key][column.key].iloc[positions]
        return values.set_axis(self.rows)

    def _unread_now(self, column: Column) -> np.ndarray:
        unread: np.ndarray = self.now.ledger.is_unknown(self.key, column.key)[self.pairs.now]
        return unread

    def _typed_since(self, column: Column, new: pd.Series) -> np.ndarray:
        """Whether each cell is not as the run left it; columns that it did not fill it left empty."""
        if f"{self.key}/{column.key}" in self.written:
            return np.array([(row, column.key) in self.touched for row in self.rows.tolist()], dtype=bool)
        nothing = pd.Series(read_column(column, [""] * len(new))[0], index=new.index)
        filled: np.ndarray = differs(column, new, nothing) | self._unread_now(column)
        return filled

    def _stands(self, column: Column, at: int) -> AnyCell:
        return _cell(self.raw, self.places[column.key], int(self.rows[at]))

    def _held(self, column: Column, at: int) -> AnyCell:
        return _cell(self.old, self.old_places[column.key], int(self.old_rows[at]))

    def _singly(self, column: Column, at: int, ours: bool, plan: TakenBack) -> None:
        """A cell that somebody typed over since, or that held what is none of its column's values."""
        stands, held = self._stands(column, at), self._held(column, at)
        row, place = int(self.rows[at]), self.raw.first_column + self.places[column.key]
        if ours and not isinstance(held, CellError | Uncalculated):
            plan.single.append(CellEdit(self.raw.sheet, row, place, _scalar(held)))
        else:
            words = cell_words(stands), cell_words(held)
            plan.clashes.append(Clash(self.key, row, column.key, str(self.keys[at]), *words))

    def _strays(self) -> list[int]:
        """Rows that did not count before the run (no input, a key twice), where nothing has moved since.

        The run emptied their owned cells. They have no key of their own, so only their place can tell them.
        """
        counted, counts = set(self.before.ledger[self.key].index), set(self.now.ledger[self.key].index)
        id_place, old_id_place = (
            places.get(TABLES[self.key].identity[0]) for places in (self.places, self.old_places)
        )
        last = self.raw.header_row + self.raw.size
        if id_place is None or old_id_place is None:
            return []
        return [
            row
            for row in self.old.rows
            if row not in counted
            and row not in counts
            and row <= last
            and _cell(self.old, old_id_place, row) == _cell(self.raw, id_place, row)
        ]

    def _with_strays(self, write: CellWrites, column: Column) -> CellWrites:
        place, old_place = self.places[column.key], self.old_places[column.key]
        held = {
            row: cell
            for row in self.strays
            if (cell := _cell(self.old, old_place, row)) not in ("", None)
            and _cell(self.raw, place, row) in ("", None)
        }
        if not held:
            return write
        digits = np.array([_decimals(cell) for cell in held.values()])
        values, _ = read_column(column, list(held.values()), digits, self.old.date1904)
        nothing, _ = read_column(column, [""] * len(held))
        return replace(
            write,
            rows=np.concatenate([write.rows, np.array(list(held), dtype=np.int64)]),
            old=pd.concat([write.old, pd.Series(nothing, index=list(held))]),
            values=pd.concat([write.values, pd.Series(values, index=list(held))]),
            digits=np.concatenate([write.digits, digits]) if write.digits is not None else digits,
        )


def _paired(key: str, now: Ledger, before: Ledger) -> _Pairs:
    identity = TABLES[key].identity[0]
    places = {each: place for place, each in enumerate(now[key][identity].tolist())}
    pairs = [(old, places[each]) for old, each in enumerate(before[key][identity].tolist()) if each in places]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return _Pairs(both[:, 0], both[:, 1])


def _cell(raw: RawTable, place: int, row: int) -> AnyCell:
    """The cell of a sheet row; blank rows of a table are not among its rows."""
    at = int(np.searchsorted(raw.rows, row))
    return raw.columns[place][at] if at < len(raw.rows) and raw.rows[at] == row else ""


# --- rows that the run added ------------------------------------------------------------------------------


def _take_back_rows(
    key: str, ids: Sequence[str], now: Book, before: Book, written: Memory, plan: TakenBack
) -> None:
    """Rows that stand as the run left them go; where somebody typed since, the row stays, as a clash."""
    free = untouched(now.ledger, key, ids, written)
    column = TABLES[key].identity[0]
    frame = now.ledger[key]
    rows: dict[str, int] = dict(zip(frame[column].tolist(), frame.index.tolist(), strict=True))
    plan.clashes += [Clash(key, rows[id], column, id, id, "") for id in ids if id in rows and id not in free]
    if free:
        size = before.raw.tables[key].size
        plan.dropped.append(rows_dropped(now.raw.tables[key], key, now.ledger, free, size))


# --- ids that the run gave --------------------------------------------------------------------------------


def _take_back_ids(key: str, now: Book, before: Book, plan: TakenBack) -> None:
    """Ids that the run gave go where nothing refers to them; where something does they stay, as a clash."""
    given = before.ledger.filled_ids.get(key, {})
    identity = TABLES[key][TABLES[key].identity[0]]
    place = TABLES[key].places(now.raw.tables[key].headings).get(identity.key)
    if not given or place is None:
        return
    raw = now.raw.tables[key]
    used = _referred_to(key, now.ledger)
    standing: dict[str, list[int]] = {}
    for row, cell in zip(raw.rows, raw.columns[place], strict=True):
        standing.setdefault(text_of(cell) if not _marked(cell) else "", []).append(row)
    rows = {each: standing[each] for each in given.values() if each in standing}
    free = {each: found[0] for each, found in rows.items() if each not in used and len(found) == 1}
    plan.clashes += [
        Clash(key, found[0], identity.key, each, each, "") for each, found in rows.items() if each not in free
    ]
    if free:
        ids, at = objects(list(free)), np.array(list(free.values()), dtype=np.int64)
        nothing = objects([""] * len(ids))
        plan.cells.append(
            CellWrites(key, identity.key, at, pd.Series(ids, index=at), pd.Series(nothing, index=at))
        )


def _referred_to(key: str, ledger: Ledger) -> set[str]:
    """Ids of a table that input cells of other rows hold."""
    used: set[str] = set()
    for table, frame in ledger.frames.items():
        for column in TABLES[table].owned_by("input"):
            if column.ref == key:
                for value in frame[column.key].tolist():
                    used.update(value if column.kind is Kind.LIST else (value,))
    return used


# --- tables that are owned whole --------------------------------------------------------------------------


def _computed_tables() -> Iterator[str]:
    """Computed tables that a run writes; the list of runs goes its own way."""
    for key, table in TABLES.items():
        written = any(not column.later for column in table.owned_by("computed"))
        if table.role == "computed" and key != "runs" and written:
            yield key


def _take_back_table(key: str, now: RawBook, before: RawBook, plan: TakenBack) -> None:
    frame, digits = _body(before, key)
    for write in table_writes(now.tables[key], key, frame, digits):
        written = cells_of_people(now.tables[key], key, write.origin)
        plan.clashes += [Clash(key, row, heading, "", cell_words(cell), "") for row, heading, cell in written]
        kept = {row for row, _, _ in written}
        kept |= set(_rows_of_lost_words(now, before)) if key == "changes" else set()
        if kept:
            write = _with_rows(write, *_body(now, key), now.tables[key], sorted(kept))
        plan.tables.append(write)


def _rows_of_lost_words(now: RawBook, before: RawBook) -> list[int]:
    """Sheet rows of the changes table to which the run moved what people had written into rows that went.

    Nothing else holds those words now: they stay. Of computed tables the log tells nothing but such words.
    """
    tables = {word for table in TABLES.values() if table.role == "computed" for word in table.name}
    log, known = typed_computed(now, "changes"), typed_computed(before, "runs")["run"].max()
    new = ~(log["run"] <= known).fillna(False).to_numpy(bool)
    rows: list[int] = log.index[new & log["table"].isin(tables).to_numpy(bool)].tolist()
    return rows


def _body(raw: RawBook, key: str) -> tuple[pd.DataFrame, list[int]]:
    """The owned columns of a computed table, typed, and the decimals of each row's amounts."""
    source, table = raw.tables[key], TABLES[key]
    places = table.places(source.headings)
    amounts = [
        source.columns[places[column.key]]
        for column in table.owned_by("computed")
        if column.kind is Kind.MONEY and column.key in places
    ]
    digits = [max(map(_decimals, cells)) for cells in zip(*amounts, strict=True)] or [2] * len(source.rows)
    frame = typed_computed(raw, key, np.array(digits, dtype=int))
    return frame[[column.key for column in table.owned_by("computed")]].reset_index(drop=True), digits


def _with_rows(
    write: TableWrite, frame: pd.DataFrame, digits: Sequence[int], raw: RawTable, rows: Sequence[int]
) -> TableWrite:
    """The body with these rows of the sheet kept below it."""
    places = [int(np.searchsorted(raw.rows, row)) for row in rows]
    return TableWrite(
        write.table,
        pd.concat([write.frame, frame.iloc[places]], ignore_index=True),
        [*write.origin, *(row - raw.header_row - 1 for row in rows)],
        [*(write.digits or [2] * len(write.frame)), *(digits[place] for place in places)],
    )


# --- single cells -----------------------------------------------------------------------------------------


def _stamps(now: RawBook, before: RawBook) -> Iterator[CellEdit]:
    """As-of date and time of the run above the tables, where those cells still are."""
    for key, source in now.tables.items():
        stamp = run_stamp(TABLES[key])
        if stamp is None or key not in before.tables:
            continue
        here, there = now.above.get(key, {}), before.above.get(key, {})
        for place, label in ((stamp.as_of, AS_OF_LABEL), (stamp.run_at, RUN_AT_LABEL)):
            left = place[0], place[1] - 1
            if here.get(left) in label and there.get(left) in label and here.get(place) != there.get(place):
                yield CellEdit(source.sheet, *place, _scalar(there.get(place)))


def changed_values(
    now: Mapping[str, Sequence[Sequence[AnyCell]]], before: Mapping[str, Sequence[Sequence[AnyCell]]]
) -> dict[str, list[list[Scalar]]]:
    """What the cells of the dashboard's names held before, for the names whose cells changed."""
    return {
        name: [[_scalar(cell) for cell in row] for row in rows]
        for name, rows in before.items()
        if name in now and now[name] != rows
    }


def _scalar(cell: AnyCell) -> Scalar:
    """A cell as the writer takes it; what it does not take is left empty."""
    if isinstance(cell, float):
        return from_float(cell)
    if isinstance(cell, str):
        return cell or None
    return cell if isinstance(cell, bool | int | Decimal | date | datetime) else None


def _marked(cell: AnyCell) -> bool:
    return isinstance(cell, CellError | Uncalculated)


def _decimals(cell: AnyCell) -> int:
    """Decimals that an amount is written with: two, or more where it has more.

    >>> _decimals(1.5), _decimals(0.125), _decimals("")
    (2, 3, 2)
    """
    if not isinstance(cell, float):
        return 2
    exponent = from_float(cell).as_tuple().exponent
    return max(2, -exponent) if isinstance(exponent, int) else 2
