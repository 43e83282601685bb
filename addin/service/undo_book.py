"""The use case on files: takes back the last run of a book from the backup that the run made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from addin.files.memory import recall, recall_older, remember
from addin.files.named import Cells, named_cells
from addin.files.package.edits import Edits
from addin.files.reader import read_book
from addin.files.save import STATE_FOLDER, backups, save, stamp, state_folder
from addin.files.template.places import DASHBOARD_NAMES, dashboard_edits
from addin.files.writing import table_edits
from addin.model.cells import RawBook
from addin.model.finding import LedgerError
from addin.model.text import Language, Text
from addin.service.added_rows import ids_added
from addin.service.books import load_book
from addin.service.edits import merged
from addin.service.logs import UNDO, PastRun, Run, next_run, past_runs, undone
from addin.service.refresh import refresh, typed
from addin.service.typed_over import Memory, last_run, memory_of
from addin.service.undoing import Book, Clash, TakenBack, changed_values, take_back

REBUILDING = ("language", "upgrade")
"""Commands that change headings, words and columns: what they did is more than cells of a key."""


@dataclass(frozen=True)
class UndoReport:
    """The run that was taken back, how many owned cells were put back, and which were left alone.

    ``language`` is that of messages. ``backup`` is the book as it was before the undo.
    """

    book: Path
    language: Language
    run: PastRun
    restored: int
    clashes: tuple[Clash, ...]
    backup: Path | None


@dataclass(frozen=True)
class UndoPlan:
    """What takes the last run back: the edits, what they restore and leave alone, and what is then remembered."""

    run: PastRun
    edits: Edits
    restored: int
    clashes: tuple[Clash, ...]
    memory: Memory | None


def undo_book(book: Path, *, now: datetime, by: str, language: Language | None = None) -> UndoReport:
    """Takes back what the last run wrote that is not taken back yet; what people typed since stays.

    The undo is itself a run: it is saved as any other, with a backup, and stands in the list of runs. LedgerError
    where there is no such run or it left no backup; package and save errors as they come.
    """
    read = stamp(book)
    raw, own = load_book(book)
    plan = undo_plan(book, raw, own, named_cells(book, DASHBOARD_NAMES), now=now, by=by)
    label = undo_label(now)
    saved = save(book, plan.edits, read_stat=read, backup_dir=state_folder(book), run=label)
    if plan.memory is not None:
        remember(book, plan.memory)
    return UndoReport(book, language or own, plan.run, plan.restored, plan.clashes, saved.backup)


def undo_label(now: datetime) -> str:
    """What the backup of an undo is called."""
    return f"{now:%Y%m%d-%H%M%S}-{UNDO}"


def undo_plan(
    book: Path, raw: RawBook, own: Language, board: Mapping[str, Cells], *, now: datetime, by: str
) -> UndoPlan:
    """How to take back the last run of a book whose cells are ``raw``; ``board`` are those of the dashboard's names.

    Nothing is written. LedgerError where there is no such run or it left no backup.
    """
    last = _last_to_undo(book, raw)
    path, before = _before(book, last)
    if last.command in REBUILDING:
        raise LedgerError("not_undoable", _not_undoable(book, last, path))
    run = Run(now, by, UNDO)
    written = _written(book, raw, before, last, now.date(), own)
    plan = _plan(raw, before, written, last, last.as_of or now.date(), own)
    edits = _edits(board, path, raw, before, plan, last, run, own)
    memory = _memory(book, before, next_run(raw, run))
    return UndoPlan(last, edits, plan.restored, tuple(plan.clashes), memory)


def _last_to_undo(book: Path, raw: RawBook) -> PastRun:
    runs = [run for run in past_runs(raw) if run.command != UNDO]
    if not runs:
        raise LedgerError(
            "nothing_to_undo",
            Text(
                f"{book.name} 的“运行记录”中没有可以撤销的运行。",
                f"{book.name}: there is no run to take back in its table of runs.",
            ),
        )
    return runs[-1]


def _before(book: Path, run: PastRun) -> tuple[Path, RawBook]:
    """The backup that a run made: of that minute, the newest one that does not know the run yet."""
    minute = re.sub(r"\D", "", run.at)[:12]
    for path in reversed(backups(book, state_folder(book))):
        label = path.stem.rpartition("~")[2]
        if minute and re.sub(r"\D", "", label).startswith(minute):
            raw = read_book(path)
            if all(past.number < run.number for past in past_runs(raw)):
                return path, raw
    raise LedgerError("no_backup", _no_backup(book, run))


def _no_backup(book: Path, run: PastRun) -> Text:
    return Text(
        f"{book.name}：运行 {run.number}（{run.at}）在 {STATE_FOLDER} 中没有备份，无法撤销"
        "（用了 --no-backup，或已不在最近 10 份之内，或工作簿改过名）。",
        f"{book.name}: run {run.number} ({run.at}) has no backup in {STATE_FOLDER} and cannot be taken back "
        "(it ran with --no-backup, is older than the newest 10, or the book was renamed).",
    )


def _not_undoable(book: Path, run: PastRun, backup: Path) -> Text:
    return Text(
        f"{book.name}：运行 {run.number} 是 {run.command}，改动了标题与结构，不能逐格撤销。"
        f"如需退回，请用备份 {STATE_FOLDER}/{backup.name} 替换工作簿。",
        f"{book.name}: run {run.number} was {run.command}; it changed headings and structure and cannot be taken "
        f"back cell by cell. To go back, put {STATE_FOLDER}/{backup.name} in the book's place.",
    )


def _written(book: Path, raw: RawBook, before: RawBook, run: PastRun, today: date, own: Language) -> Memory:
    """Marks of what the run wrote: as remembered, else by running it again on the backup."""
    memory = recall(book)
    if "run" in memory and tuple(memory["run"].tolist()) == last_run(raw):
        return memory
    return memory_of(refresh(before, run.as_of or today, own), last_run(raw))


def _plan(
    raw: RawBook, before: RawBook, written: Memory, run: PastRun, as_of: date, own: Language
) -> TakenBack:
    now = typed(raw, as_of, own, written)
    touched = frozenset(
        (found.table, found.row, found.column)
        for found in now.findings
        if found.code == "typed_over" and found.row is not None and found.column is not None
    )
    old = Book(before, typed(before, as_of, own).ledger)
    return take_back(Book(raw, now.ledger), old, written, touched, ids_added(raw, run.number))


def _edits(
    board: Mapping[str, Cells],
    backup: Path,
    raw: RawBook,
    before: RawBook,
    plan: TakenBack,
    last: PastRun,
    run: Run,
    own: Language,
) -> Edits:
    """The plan, the dashboard and the list of runs as edits of the book."""
    shown = past_runs(before)
    as_of = shown[-1].as_of if shown else None
    runs = undone(raw, last, run, as_of, len(plan.clashes), plan.restored)
    tables = merged([*table_edits(raw, plan.cells, [*plan.tables, runs], own), *plan.dropped])
    held = changed_values(board, named_cells(backup, DASHBOARD_NAMES))
    return Edits(tables, [*plan.single, *dashboard_edits(raw.names, held)])


def _memory(book: Path, before: RawBook, run: tuple[str, str]) -> Memory | None:
    """What the run before had written is again what the owned cells hold, if that is still remembered."""
    older = recall_older(book)
    if "run" in older and tuple(older["run"].tolist()) == last_run(before):
        return {**older, "run": np.array(run)}
    return None
