"""The use cases on a book that is open in a spreadsheet: its cells in, the edits that it should take out.

What is read and written is the host's; what a refresh computes and what it writes is the same as on a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from addin.files.memory import recall
from addin.files.named import Cells
from addin.files.package.edits import Edits
from addin.files.writing import table_edits
from addin.model.cells import RawBook
from addin.model.finding import LedgerError
from addin.model.result import Result
from addin.model.text import Language, Text
from addin.rules.explain.figures import TELLERS
from addin.service.books import as_of_date, collector_paused
from addin.service.edits import all_edits, is_stale
from addin.service.explaining import Explained, explained
from addin.service.logs import Run, next_run
from addin.service.new_rows import Subject
from addin.service.refresh import refresh
from addin.service.typed_over import Memory, memory_of
from addin.service.undo_book import UndoPlan, undo_plan


@dataclass(frozen=True)
class OpenBook:
    """A book as it is on the screen: where its file lies, its cells, its language."""

    path: Path
    raw: RawBook
    language: Language


@dataclass(frozen=True)
class Refreshed:
    """What a refresh or check found, and what it writes; no edits where the book is as it should be."""

    result: Result
    edits: Edits | None
    memory: Memory | None = None
    """What to remember once all is written, so that a typed-over cell can be told."""


def refreshed(book: OpenBook, *, today: date, now: datetime, by: str) -> Refreshed:
    """A refresh as at the book's own as-of date, else ``today``. LedgerError where it cannot go on."""
    with collector_paused():
        result = _result(book, today)
        if not (result.cells or result.tables or is_stale(book.raw, result)):
            return Refreshed(result, None)
        run = Run(now, by, "refresh")
        edits = all_edits(book.raw, result, run, book.language)
        return Refreshed(result, edits, memory_of(result, next_run(book.raw, run)))


def checked(book: OpenBook, *, today: date) -> Refreshed:
    """Findings and controls; only the list of checks is written, no figure and no run."""
    with collector_paused():
        result = _result(book, today)
    lists = [write for write in result.tables if write.table == "checks"]
    edits = Edits(table_edits(book.raw, [], lists, book.language)) if lists else None
    return Refreshed(result, edits)


def taken_back(book: OpenBook, board: Mapping[str, Cells], *, now: datetime, by: str) -> UndoPlan:
    """How to take back the last run; ``board`` are the cells of the dashboard's names. LedgerError if it cannot."""
    return undo_plan(book.path, book.raw, book.language, board, now=now, by=by)


def explained_here(book: OpenBook, subject: Subject, table: str, column: str, today: date) -> Explained:
    """How the figure in a cell came about: of what the row is about, the column where it is one of its figures.

    ``table`` and ``column`` say where the cell is. LedgerError where the row is about nothing that can be explained.
    """
    own = {
        "milestones": subject.milestone_id,
        "contracts": subject.contract_id,
        "customers": subject.customer_id,
    }
    ref = own.get(table) or subject.milestone_id or subject.contract_id or subject.customer_id
    if not ref:
        raise LedgerError("nothing_selected", _NOTHING_SELECTED)
    field = column if table in TELLERS and column in TELLERS[table] else None
    found = explained(book.path, book.raw, book.language, ref, field, today=today)
    if table in TELLERS:  # an id may be that of a milestone and of a contract: the cell says which is meant
        found = replace(found, explanations=[each for each in found.explanations if each.row.table == table])
    return found


_NOTHING_SELECTED: Final = Text(
    "请先选中一个单元格：收款节点、合同或客户档案中的灰色计算列，或写有它们编号的一行。",
    "Select a cell first: a grey computed one of the milestones, contracts or customers, or a row that names one.",
)


def _result(book: OpenBook, today: date) -> Result:
    day = as_of_date(book.raw, None, today, book.language)
    return refresh(book.raw, day, book.language, recall(book.path))
