"""Use cases on files: load a book, check it, refresh it. What they compute is `addin.service.refresh`."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from addin.files.memory import recall, remember
from addin.files.package.edits import Edits
from addin.files.reader import book_language, read_book
from addin.files.save import Stamp, save, stamp, state_folder
from addin.model.cells import RawBook, without_cells
from addin.model.finding import LedgerError
from addin.model.result import Result
from addin.model.text import Language, Text
from addin.service.edits import all_edits, is_stale
from addin.service.logs import LOGS, Run, next_run
from addin.service.refresh import computed, policy_of, refresh, typed
from addin.service.ticks import WORKLIST
from addin.service.typed_over import memory_of

Progress = Callable[[str, float], None]
"""Told the step and the fraction done."""


@dataclass(frozen=True)
class Seconds:
    """How long each step took."""

    read: float
    rules: float
    write: float


@dataclass(frozen=True)
class BookReport:
    """What a refresh or check of one book found and did.

    ``language`` is that of messages. ``changes`` counts the computed cells that changed, ``wrote_cells`` those
    and the rows of rewritten tables. ``written`` is None where nothing was written.
    """

    book: Path
    language: Language
    result: Result
    changes: int
    seconds: Seconds
    written: Path | None = None
    backup: Path | None = None
    wrote_cells: int = 0
    sheets: Mapping[str, str] = field(default_factory=dict)
    """What the book calls the sheet of each table."""


def load_book(book: Path) -> tuple[RawBook, Language]:
    """The cells of a workbook and its own language. LedgerError where it cannot be read or holds no ledger."""
    raw = read_book(book)
    if not raw.tables:
        raise LedgerError("no_ledger", _no_ledger(book))
    return raw, book_language(raw)


def _no_ledger(book: Path) -> Text:
    return Text(
        f"{book.name}：其中没有台账的表；请用 huikuan new 新建台账，或选择另一个工作簿。",
        f"{book.name}: holds no table of a ledger; make a ledger by huikuan new, or choose another workbook.",
    )


def as_of_date(raw: RawBook, wanted: date | None, today: date, language: Language) -> date:
    """The as-of date: the one asked for, else the book's setting, else today."""
    if wanted is not None:
        return wanted
    setting: date | None = policy_of(raw, today, language)[0]["as_of"]
    return setting or today


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection while a book is worked on: hundreds of thousands of records live to the end of the
    rules, and looking through them again and again takes a third of the time of a large book."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def check_book(
    book: Path, *, today: date, as_of: date | None = None, language: Language | None = None
) -> BookReport:
    """Findings and controls; nothing is written."""
    started = time.perf_counter()
    raw, own = load_book(book)
    read = time.perf_counter()
    result = refresh(raw, as_of_date(raw, as_of, today, own), own, recall(book))
    seconds = Seconds(read - started, time.perf_counter() - read, 0.0)
    return BookReport(book, language or own, result, result.changes, seconds, sheets=_sheets(raw))


def _sheets(raw: RawBook) -> dict[str, str]:
    return {key: table.sheet for key, table in raw.tables.items()}


@collector_paused()
def refresh_book(
    book: Path,
    *,
    today: date,
    now: datetime,
    by: str,
    command: str = "refresh",
    as_of: date | None = None,
    dry_run: bool = False,
    no_backup: bool = False,
    out: Path | None = None,
    language: Language | None = None,
    progress: Progress | None = None,
) -> BookReport:
    """Reads, computes, writes what differs, and reports.

    A refresh that changes nothing writes nothing and makes no backup; ``out`` leaves the book alone and writes
    there. LedgerError, PackageError or SaveError where it cannot go on; the book is then as it was.
    """
    tell = progress or (lambda step, done: None)
    started = time.perf_counter()
    before = stamp(book)
    tell("read", 0.0)
    raw, own = load_book(book)
    day = as_of_date(raw, as_of, today, own)
    ledger = typed(raw, day, own, recall(book))
    read = time.perf_counter()
    tell("rules", 0.4)
    result = computed(raw, ledger, day, own)
    ruled = time.perf_counter()
    tell("write", 0.6)
    raw = without_cells(raw, kept=(*LOGS, WORKLIST))  # the only old cells that writing looks at
    del ledger
    run = Run(now, by, command)
    written, backup, cells = None, None, 0
    if not dry_run:
        written, backup, cells = _write(book, raw, result, run, own, before, no_backup, out)
    tell("done", 1.0)
    seconds = Seconds(read - started, ruled - read, time.perf_counter() - ruled)
    return BookReport(
        book, language or own, result, result.changes, seconds, written, backup, cells, _sheets(raw)
    )


def _write(
    book: Path,
    raw: RawBook,
    result: Result,
    run: Run,
    own: Language,
    before: Stamp,
    no_backup: bool,
    out: Path | None,
) -> tuple[Path | None, Path | None, int]:
    changes = bool(result.cells or result.tables or is_stale(raw, result))
    if not changes and out is None:
        return None, None, 0
    edits = all_edits(raw, result, run, own) if changes else Edits()
    cells = result.changes + sum(len(write.frame) for write in result.tables)
    backup_dir = None if no_backup else state_folder(book)
    label = run.at.strftime("%Y%m%d-%H%M%S")
    saved = save(book, edits, read_stat=before, backup_dir=backup_dir, run=label, out=out)
    if out is None:
        remember(book, memory_of(result, next_run(raw, run)))
    return saved.book if saved.report.changed or out else None, saved.backup, cells
