"""The demo ledger of a project firm: made once, refreshed ever after."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from addin.assets import templates
from addin.files.csvfile import read_rows
from addin.files.package import Edits, TableEdit, patch
from addin.model.cells import RawBook
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.books import BookReport, load_book, refresh_book
from addin.service.importing import plan_import
from addin.service.newbook import new_book
from addin.service.showing import Shown, chosen_columns, condition, shown

BOOK = "huikuan-demo.xlsx"
WORKLIST_COLUMNS = ("customer_name", "level", "open", "act_by", "next_action", "blocked_by")
"""What of the worklist has room on a screen; the sheet has the reasons."""


@dataclass(frozen=True)
class DemoReport:
    """The refreshed demo ledger, and whether this run made it."""

    report: BookReport
    aging: Shown
    worklist: Shown
    made: bool
    files: tuple[Path, ...]


def make_demo(
    folder: Path,
    language: Language,
    *,
    today: date,
    now: datetime,
    by: str,
    spoken: Language | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> DemoReport:
    """The demo ledger in ``folder`` (made where it is missing), refreshed.

    A ledger that is there already keeps what people typed into it; ``language`` is for a new one,
    ``spoken`` for messages (default: the book's).
    """
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / BOOK
    made = not book.exists()
    if made:
        _make(book, language)
    report = refresh_book(
        book, today=today, now=now, by=by, command="demo", no_backup=made, language=spoken, progress=progress
    )
    aging = shown(
        RawBook({}),
        report.result,
        TABLES["aging"],
        report.language,
        [condition(TABLES["aging"], "group_kind=customer")],
    )
    worklist = shown(RawBook({}), report.result, TABLES["worklist"], report.language)
    return DemoReport(report, aging, chosen_columns(worklist, WORKLIST_COLUMNS), made, (book,))


def with_letters(
    done: DemoReport,
    *,
    today: date,
    now: datetime,
    by: str,
    progress: Callable[[str, float], None] | None = None,
) -> DemoReport:
    """The same, and drafts of the letters that its worklist proposes; nothing is issued, whatever is ticked."""
    from addin.service.letters.writing import Wish, letters_book

    book, language = done.report.book, done.report.language
    wish = Wish(drafts_only=True)
    written = letters_book(book, wish, today=today, now=now, by=by, language=language, progress=progress)
    files = [file for each in written.letters for file in each.files]
    return replace(done, files=(*done.files, *files))


def _make(book: Path, language: Language) -> None:
    """The standard workbook with the demo rows, under its name only when it is whole."""
    with tempfile.TemporaryDirectory(prefix=".huikuan-", dir=book.parent) as workshop:
        empty = new_book(Path(workshop) / "empty.xlsx", language)
        filled = Path(workshop) / "filled.xlsx"
        patch(empty, filled, Edits(demo_edits(empty, language)))
        os.replace(filled, book)


def demo_edits(book: Path, language: Language) -> list[TableEdit]:
    """The rows of the demo's csv files as an import takes them; a row that it refuses is a fault of ours."""
    raw, own = load_book(book)
    edits: list[TableEdit] = []
    for file in sorted((templates() / "demo" / language).glob("*.csv")):
        plan = plan_import(raw, TABLES[file.stem], read_rows(file), own)
        if plan.merge.rejected or plan.map.unknown:
            raise ValueError(f"{file.name}: {plan.merge.rejected[:3]} {plan.map.unknown}")
        edits += plan.edits
    return edits
