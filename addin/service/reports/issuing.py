"""Statements of account that go out: files first, then their rows on record, all or nothing.

A statement is no reminder: it has no level and holds none back. On record it waits for its day of sending and for
the reply; a signed one with its amount confirmed starts limitation anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from addin.files.memory import recall, remember
from addin.files.package.edits import Scalar
from addin.files.save import save, state_folder
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.added_rows import add_rows, added_memory, required_table
from addin.service.dossier import Dossier, open_dossier
from addin.service.edits import all_edits
from addin.service.letters.issuing import refuse_earlier, refuse_nameless
from addin.service.logs import Run, next_run
from addin.service.refresh import computed, typed
from addin.service.reports.making import Report, Reports, write_reports
from addin.service.reports.orders import Wanted
from addin.service.typed_over import memory_of

COLUMNS = ("letter_id", "date", "customer_id", "milestones", "kind", "channel", "file")
"""What a run fills of a statement's row; sending, delivery and reply are people's."""


def issue_statements(
    book: Path,
    wanted: Wanted,
    *,
    today: date,
    now: datetime,
    by: str,
    as_of: date | None = None,
    out: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Reports:
    """Statements made and put on record, with all figures anew, in one save; what is on record is left alone.

    LedgerError for another kind of report, for a day before that of the newest letter, and where the settings do not
    have our name. Where the save fails the files that were made go again.
    """
    if wanted.kind != "statement":
        raise LedgerError(
            "bad_option",
            Text("--confirm 只用于 statement。", "--confirm goes with statement only."),
        )
    dossier = open_dossier(book, today=today, as_of=as_of)
    refuse_earlier(dossier)
    refuse_nameless(dossier)
    required_table(dossier.raw, "letters", set(COLUMNS))
    made = write_reports(dossier, wanted, out=out, progress=progress)
    try:
        return _recorded(dossier, made, Run(now, by, "report"))
    except BaseException:
        for report in made.made:
            for file in report.fresh:
                with suppress(OSError):
                    file.unlink()
        raise


def _recorded(dossier: Dossier, made: Reports, run: Run) -> Reports:
    known = set(dossier.ledger["letters"]["letter_id"].tolist())
    new = [report for report in made.made if report.number not in known]
    if not new:
        return made
    own, raw = dossier.language, dossier.raw
    added = add_rows(raw, "letters", list(_rows(dossier, new)), own)
    source = typed(added.raw, dossier.as_of, own, recall(dossier.path))
    result = computed(added.raw, source, dossier.as_of, own)
    edits = all_edits(added.raw, result, run, own, [added])
    label, folder = run.at.strftime("%Y%m%d-%H%M%S"), state_folder(dossier.path)
    saved = save(dossier.path, edits, read_stat=dossier.read, backup_dir=folder, run=label)
    remember(dossier.path, {**memory_of(result, next_run(raw, run)), **added_memory(added, source.ledger)})
    return replace(made, issued=tuple(report.number for report in new), backup=saved.backup)


def _rows(dossier: Dossier, reports: Sequence[Report]) -> Iterator[dict[str, Scalar]]:
    frame = dossier.ledger["customers"]
    emails = dict(zip(frame["customer_id"].tolist(), frame["email"].tolist(), strict=True))
    channels = TABLES["levels"]["channel"].choice_names
    for report in reports:
        channel = channels["email" if emails.get(report.customer) else "letter"].in_(dossier.language)
        file = _beside(report.files[0], dossier.path)
        values = (
            report.number,
            dossier.as_of,
            report.customer,
            ";".join(report.milestones),
            "statement",
            channel,
            file,
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _beside(file: Path, book: Path) -> str:
    """A file's path as seen from the book, with forward slashes; whole where it lies on another drive."""
    try:
        return Path(os.path.relpath(file.absolute(), book.absolute().parent)).as_posix()
    except ValueError:
        return file.absolute().as_posix()
