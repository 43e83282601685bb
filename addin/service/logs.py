"""What a run leaves behind for people: transitions in the changes table, a row in the runs table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import numpy as np
import pandas as pd

from addin.model.cells import RawBook
from addin.model.columns import FLAG_WORDS, Kind
from addin.model.ledger import typed_computed
from addin.model.money import plain
from addin.model.result import CellWrites, Result, TableWrite
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.added_rows import Added, change_rows

UNDO = "undo"
"""The command of a run that took back another."""

LOGS = ("changes", "runs")
"""The tables to which a run adds rows."""

Place = tuple[str, str | None, int | None]
"""Table, column and sheet row of a cell."""

KEPT_CHANGES = 5000
LOGGED = (
    ("milestones", "status"),
    ("milestones", "bucket"),
    ("milestones", "amount"),
    ("milestones", "reminder_level"),
)
"""Columns whose transitions are worth a row; days that merely passed are not changes."""


@dataclass(frozen=True)
class Run:
    """Who ran what, and when; the host knows."""

    at: datetime
    by: str
    command: str


def log_writes(
    raw: RawBook,
    result: Result,
    run: Run,
    language: Language,
    changed: int,
    added: Sequence[Added] = (),
    unticked: Collection[str] = (),
) -> list[TableWrite]:
    """The changes and runs tables with this run's rows; ``added`` are rows that it adds to tables of people's.

    ``unticked`` are keys of worklist rows whose tick the run takes off.
    """
    number = int(next_run(raw, run)[0])
    edits = {(each.table, each.column, each.row) for each in result.findings if each.code == "typed_over"}
    rows = [*_lost_words(result, number, language)]
    ids = cache(result.ids)
    for write in reversed(result.cells):
        if len(rows) < KEPT_CHANGES:  # the table keeps the last ones only
            rows = [*_transitions(write, ids, edits, number, language), *rows]
    rows += [row for each in added for row in change_rows(each, number, language)]
    rows += _unticked(unticked, number, language)
    return run_writes(raw, run, result.as_of, rows, len(result.findings), changed)


def run_writes(
    raw: RawBook, run: Run, as_of: date, rows: Sequence[Sequence[object]], findings: int, changed: int
) -> list[TableWrite]:
    """The runs table with this run's row, and the changes table with ``rows`` (its columns in order)."""
    writes = []
    number, _ = next_run(raw, run)
    transitions = pd.DataFrame(rows, columns=[*TABLES["changes"].by_key])
    if len(transitions) and "changes" in raw.tables:
        writes.append(_appended(raw, "changes", transitions, KEPT_CHANGES))
    if "runs" in raw.tables:
        writes.append(_appended(raw, "runs", _run_row(as_of, run, int(number), findings, changed)))
    return writes


@dataclass(frozen=True)
class PastRun:
    """A run as the runs table has it: ``at`` to the minute, ``as_of`` empty where that cell holds no day."""

    number: int
    at: str
    as_of: date | None
    command: str


def past_runs(raw: RawBook) -> list[PastRun]:
    """The runs that the book knows of, the newest last, however people sorted the table."""
    rows = typed_computed(raw, "runs").dropna(subset=["run"]).sort_values("run")
    days = [None if pd.isna(day) else day.date() for day in rows["as_of"]]
    return [
        PastRun(int(number), at, day, command)
        for number, at, day, command in zip(rows["run"], rows["at"], days, rows["command"], strict=True)
    ]


def undone(
    raw: RawBook, taken_back: PastRun, run: Run, as_of: date | None, clashes: int, restored: int
) -> TableWrite:
    """The runs table without the run that was taken back, and with the one that did it.

    ``as_of`` is the day that the book now shows again.
    """
    number, _ = next_run(raw, run)
    write = _appended(raw, "runs", _run_row(as_of, run, int(number), clashes, restored))
    kept = np.flatnonzero((write.frame["run"] != taken_back.number).fillna(True).to_numpy(bool))
    return TableWrite(
        "runs", write.frame.iloc[kept].reset_index(drop=True), [write.origin[row] for row in kept.tolist()]
    )


def next_run(raw: RawBook, run: Run) -> tuple[str, str]:
    """The number and the time under which the book will know this run."""
    before = typed_computed(raw, "runs")["run"]
    number = int(before.max()) + 1 if before.notna().any() else 1
    return str(number), run.at.strftime("%Y-%m-%d %H:%M")


def _run_row(as_of: date | None, run: Run, number: int, findings: int, changed: int) -> pd.DataFrame:
    row = (
        number,
        run.at.strftime("%Y-%m-%d %H:%M"),
        pd.NaT if as_of is None else pd.Timestamp(as_of),
        run.command,
        run.by,
        findings,
        changed,
    )
    return pd.DataFrame([row], columns=[*TABLES["runs"].by_key])


def _appended(raw: RawBook, table: str, rows: pd.DataFrame, keep: int | None = None) -> TableWrite:
    """The table with these rows below it. Of more than ``keep`` the oldest runs' rows go, however it is sorted."""
    before = typed_computed(raw, table)
    together = pd.concat([before.astype(object), rows.astype(object)], ignore_index=True)
    origin: list[int | None] = [row - raw.tables[table].header_row - 1 for row in before.index]
    origin += [None] * len(rows)
    if keep is not None and len(together) > keep:
        by_run = np.argsort(together["run"].fillna(0).to_numpy(np.int64), kind="stable")
        kept = np.sort(by_run[-keep:]).tolist()
        together, origin = together.iloc[kept].reset_index(drop=True), [origin[row] for row in kept]
    return TableWrite(table, together, origin)


def _transitions(
    write: CellWrites,
    ids: Callable[[str], Mapping[int, str]],
    edits: Collection[Place],
    number: int,
    language: Language,
) -> Iterator[Sequence[object]]:
    """(run, table, row, column, old, new) where a logged column's old value was something, and of edits."""
    wanted = _edited(write, edits)
    if (write.table, write.column) in LOGGED:
        wanted |= ~(write.old.isna() | (write.old == "")).to_numpy(bool)
    column = TABLES[write.table][write.column]
    names = {choice: name.in_(language) for choice, name in column.choices}
    table, heading = TABLES[write.table].name.in_(language), column.heading(language)
    places = np.flatnonzero(wanted)[-KEPT_CHANGES:]
    if not len(places):
        return
    names_of_rows = ids(write.table)
    digits = np.full(len(write.rows), 2) if write.digits is None else write.digits
    rows = zip(
        [names_of_rows.get(row, "") for row in write.rows[places].tolist()],
        write.old.iloc[places].tolist(),
        write.values.iloc[places].tolist(),
        digits[places].tolist(),
        strict=True,
    )
    for key, old, new, decimals in rows:
        before, after = (_shown(column.kind, value, decimals) for value in (old, new))
        yield number, table, key, heading, names.get(before, before), names.get(after, after)


def _lost_words(result: Result, number: int, language: Language) -> Iterator[Sequence[object]]:
    """What people wrote into rows that went: it is kept here (WORKBOOK, computed tables)."""
    for write in result.tables:
        table = TABLES[write.table]
        for key, heading, words in write.lost:
            yield number, table.name.in_(language), key, heading, words, ""


def _unticked(keys: Collection[str], number: int, language: Language) -> Iterator[Sequence[object]]:
    """Ticks that stood for something else than the row now says."""
    table = TABLES["worklist"]
    heading, ticked = table["confirm"].heading(language), FLAG_WORDS[True].in_(language)
    return ((number, table.name.in_(language), key, heading, ticked, "") for key in sorted(keys))


def _edited(write: CellWrites, edits: Collection[Place]) -> np.ndarray:
    """Whether each cell is one that somebody typed over."""
    place = (write.table, write.column)
    rows = [row for table, column, row in edits if row is not None and (table, column) == place]
    return np.isin(write.rows, rows)


def _shown(kind: Kind, value: object, digits: int) -> str:
    if value is None or value is pd.NA or value == "":
        return ""
    return plain(int(str(value)), digits) if kind is Kind.MONEY else str(value)
