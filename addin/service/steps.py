"""The use case: contracts open their standard steps, in one save with everything that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from addin.files.memory import recall, remember
from addin.files.package.edits import Edits, Scalar
from addin.files.save import save, state_folder
from addin.model.bad_rows import new_ids
from addin.model.days import LAST_DAY, NO_DAY
from addin.model.finding import LedgerError
from addin.model.result import Result
from addin.model.text import Language, Text
from addin.rules.project.steps import Opened, missing_steps
from addin.service.added_rows import add_rows, added_memory
from addin.service.books import collector_paused
from addin.service.dossier import Dossier, open_dossier
from addin.service.edits import all_edits
from addin.service.logs import Run, next_run
from addin.service.refresh import computed, typed
from addin.service.typed_over import Memory, memory_of

Row = Mapping[str, Scalar]


@dataclass(frozen=True)
class Adding:
    """What adding rows writes into a book, what the book then shows, and what is to be remembered of it."""

    edits: Edits
    result: Result
    memory: Memory


@dataclass(frozen=True)
class AddedReport:
    """The rows that a run added (or, not ``written``, would add) to a table, cells by column key.

    ``language`` is that of messages. ``written`` and ``backup`` are None where nothing was written.
    """

    book: Path
    language: Language
    as_of: date
    table: str
    rows: tuple[Row, ...]
    written: Path | None = None
    backup: Path | None = None


Commit = Callable[[Adding], Path | None]
"""Writes it into the book and gives the backup."""


@collector_paused()
def steps_book(
    book: Path,
    contract: str | None = None,
    *,
    today: date,
    now: datetime,
    by: str,
    as_of: date | None = None,
    dry_run: bool = False,
    language: Language | None = None,
) -> AddedReport:
    """Opens the steps that are missing, of one contract or of all; errors as they come, the book is then as it was.

    A run that opens none writes nothing.
    """
    dossier = open_dossier(book, today=today, as_of=as_of)
    commit = None if dry_run else saving(dossier, now)
    return open_steps(dossier, contract, Run(now, by, "steps"), commit, language)


def saving(dossier: Dossier, now: datetime) -> Commit:
    """Saves into the workbook on the disk, which nobody may have changed since it was read."""

    def commit(adding: Adding) -> Path | None:
        label, folder = now.strftime("%Y%m%d-%H%M%S"), state_folder(dossier.path)
        saved = save(dossier.path, adding.edits, read_stat=dossier.read, backup_dir=folder, run=label)
        remember(dossier.path, adding.memory)
        return saved.backup

    return commit


def open_steps(
    dossier: Dossier, contract: str | None, run: Run, commit: Commit | None, language: Language | None = None
) -> AddedReport:
    """The same of a book that is read already; ``commit`` writes it, None leaves it alone."""
    try:
        opened = missing_steps(dossier.book, contract)
    except KeyError:
        raise LedgerError("no_contract", _no_contract(contract or "")) from None
    rows = _rows(dossier, opened)
    report = AddedReport(dossier.path, language or dossier.language, dossier.as_of, "tasks", rows)
    if not rows or commit is None:
        return report
    backup = commit(adding(dossier, "tasks", rows, run))
    return AddedReport(report.book, report.language, report.as_of, report.table, rows, dossier.path, backup)


def adding(dossier: Dossier, table: str, rows: Sequence[Row], run: Run) -> Adding:
    """Rows put below a table of people's, and every figure as it is with them.

    LedgerError where the book has no room for them.
    """
    own = dossier.language
    added = add_rows(dossier.raw, table, rows, own)
    source = typed(added.raw, dossier.as_of, own, recall(dossier.path))
    result = computed(added.raw, source, dossier.as_of, own)
    edits = all_edits(added.raw, result, run, own, [added])
    memory = {**memory_of(result, next_run(dossier.raw, run)), **added_memory(added, source.ledger)}
    return Adding(edits, result, memory)


def _rows(dossier: Dossier, opened: Sequence[Opened]) -> tuple[Row, ...]:
    ids = new_ids("tasks", dossier.ledger["tasks"]["task_id"].tolist())
    rows: list[Row] = []
    for id, each in zip(islice(ids, len(opened)), opened, strict=True):
        row: dict[str, Scalar] = {
            "task_id": id,
            "contract_id": each.contract,
            "customer_id": each.customer or None,
            "step": each.step.name.in_(dossier.language),
            "kind": each.step.kind,
            "owner": each.owner or None,
            "deadline": _date(each.deadline),
            "done_on": _date(each.done),
        }
        rows.append({key: value for key, value in row.items() if value is not None})
    return tuple(rows)


def _date(day: int) -> date | None:
    return None if day == NO_DAY else date.fromordinal(min(day, LAST_DAY))


def _no_contract(contract: str) -> Text:
    return Text(
        f"合同表中没有编号 {contract}。请核对 --contract。",
        f"There is no contract {contract} in the book. Check --contract.",
    )
