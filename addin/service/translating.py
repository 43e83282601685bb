"""A workbook into the other language: words of ours change, figures and everything of the users' stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from addin.files.package.container import Archive
from addin.files.package.edits import Edits, PatchReport, TableEdit
from addin.files.package.structure.draft import Draft
from addin.files.save import Saved, stamp
from addin.files.writing import table_edits
from addin.model.cells import RawBook
from addin.model.ledger import typed_computed
from addin.model.tables import TABLES
from addin.model.text import LANGUAGES, Language
from addin.rules.policy import defaults
from addin.service.books import as_of_date, load_book
from addin.service.logs import Run, next_run, run_writes
from addin.service.rebuilding import keep_memory, save_rebuilt, then_patched
from addin.service.refresh import policy_of, refuse_newer
from addin.service.rewording import Kept, reword
from addin.service.settings_rows import rows_of, settings_edit
from addin.service.wording import wording

_REWORDED = ("receipts/match_reason", "customers/suggested_terms")
"""Computed columns of words that the memory of the last run marks as they were."""


@dataclass(frozen=True)
class LanguageReport:
    """What a switch did: ``written`` is None where the book was in that language already.

    ``kept`` names what stays as it is called because something of the users' has the new name.
    """

    book: Path
    language: Language
    written: Path | None
    backup: Path | None
    kept: tuple[str, ...]


def translate_book(
    book: Path, language: Language, *, today: date, now: datetime, by: str, no_backup: bool = False
) -> LanguageReport:
    """Switches a book to a language; a book that is in it already is not written.

    Where the settings leave the roll of due dates to the language, the present one is written down, so that
    no date moves. LedgerError, PackageError or SaveError where it cannot be done; the book is then as it was.
    """
    before = stamp(book)
    raw, own = load_book(book)
    policy, _ = policy_of(raw, today, own)
    refuse_newer(policy)
    day = as_of_date(raw, None, today, own)
    run, kept = Run(now, by, "language"), Kept()

    def write(source: Path, target: Path, _: Edits) -> PatchReport:
        with Archive(source) as archive:
            draft = Draft(archive)
            kept.names = reword(draft, wording(language)).names
            report = draft.write(target)
        settings, rolls = _settings_edits(raw, own, language)
        if not report.changed and not settings:
            return report
        return then_patched(target, report, Edits([*settings, *_log(raw, run, rolls, language, day)]))

    saved = save_rebuilt(book, before, run, write, no_backup)
    return _report(book, raw, run, saved, language, kept)


def _report(
    book: Path, raw: RawBook, run: Run, saved: Saved, language: Language, kept: Kept
) -> LanguageReport:
    written = saved.book if saved.report.changed else None
    if written:
        keep_memory(book, raw, run, without=_REWORDED)
    return LanguageReport(book, language, written, saved.backup, tuple(kept.names))


def _settings_edits(
    raw: RawBook, own: Language, language: Language
) -> tuple[list[TableEdit], list[tuple[str, str]]]:
    """The settings that name the language and keep the roll of due dates, and the roll's (old, new) values."""
    settings = raw.tables.get("settings")
    if settings is None:
        return [], []
    named, rolled = list(rows_of(settings, "language")), list(rows_of(settings, "roll"))
    values = {row: language for row, value in named if value not in LANGUAGES}  # those are reworded
    new_rows = [] if named else [{"key": "language", "value": language}]
    rolls = _rolls(raw, rolled, own, language) if own != language else {}
    if own != language and not rolled:
        new_rows.append({"key": "roll", "value": _roll(own)})
    moved = [(value, rolls[row]) for row, value in rolled if row in rolls]
    moved += [("", row["value"]) for row in new_rows if row["key"] == "roll"]
    return settings_edit(settings, {**values, **rolls}, new_rows), moved


def _rolls(
    raw: RawBook, rolled: Sequence[tuple[int, str]], own: Language, language: Language
) -> dict[int, str]:
    """New values by row: an empty one is written out; one that a switch wrote out is left to the language again."""
    written_out = _last_roll(raw)
    again = {row: "" for row, value in rolled if value == written_out == _roll(language)}
    return {row: _roll(own) for row, value in rolled if not value} | again


def _roll(language: Language) -> str:
    return defaults(language).roll


def _last_roll(raw: RawBook) -> str | None:
    """What the last switch put into an empty roll, by the log of changes; None where it did not."""
    if "changes" not in raw.tables:
        return None
    settings, log = TABLES["settings"], typed_computed(raw, "changes")
    ours = log[log["table"].isin(settings.name) & log["column"].isin(settings["value"].name)]
    ours = ours[ours["row_key"] == "roll"]
    if ours.empty or ours["old"].iloc[-1]:
        return None
    return str(ours["new"].iloc[-1])


def _log(
    raw: RawBook, run: Run, moved: Sequence[tuple[str, str]], language: Language, as_of: date
) -> list[TableEdit]:
    """The run's row, and one for each roll that was written out or left to the language again."""
    settings = TABLES["settings"]
    number = int(next_run(raw, run)[0])
    place = (settings.name.in_(language), "roll", settings["value"].heading(language))
    rows = [(number, *place, old, new) for old, new in moved]
    return table_edits(raw, [], run_writes(raw, run, as_of, rows, 0, len(moved)), language)
