"""An older book brought up to the present declaration: columns, tables, sheets and settings that it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from addin.files.package.container import Archive
from addin.files.package.edits import CellEdit, Edits, PatchReport, TableEdit
from addin.files.package.sheet import Sheet
from addin.files.package.structure.columns import Addition, append_columns
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.sheets import Donor, add_sheets
from addin.files.package.structure.styles import Styles
from addin.files.package.tables import TablePart
from addin.files.package.workbook import SheetEntry
from addin.files.reader import read_book
from addin.files.save import stamp
from addin.files.template.places import AS_OF_LABEL, run_stamp
from addin.files.writing import table_edits
from addin.model.cells import RawBook
from addin.model.columns import Column, fold
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.policy import POLICY, SCHEMA
from addin.service.books import as_of_date, load_book
from addin.service.logs import Run, run_writes
from addin.service.rebuilding import keep_memory, save_rebuilt, then_patched
from addin.service.refresh import policy_of, refuse_newer
from addin.service.rewording import free_sheets
from addin.service.settings_rows import NewRow, rows_of, settings_edit
from addin.service.wording import template


@dataclass
class Added:
    """What an upgrade added: headings by table, tabs, keys of settings."""

    columns: dict[str, list[str]] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.columns.values())) + len(self.sheets) + len(self.settings)


@dataclass(frozen=True)
class UpgradeReport:
    """What an upgrade did; ``written`` is None where the book was of today already."""

    book: Path
    language: Language
    written: Path | None
    backup: Path | None
    added: Added


def upgrade_book(
    book: Path, *, today: date, now: datetime, by: str, no_backup: bool = False
) -> UpgradeReport:
    """Adds what the declaration has and the book lacks; everything that is there stays.

    LedgerError where a newer version made the book; PackageError where there is no room right of a table or a
    name is taken; SaveError where it cannot be saved. The book is then as it was.
    """
    before = stamp(book)
    raw, own = load_book(book)
    refuse_newer(policy_of(raw, today, own)[0])
    day = as_of_date(raw, None, today, own)
    run, added = Run(now, by, "upgrade"), Added()

    def write(source: Path, target: Path, _: Edits) -> PatchReport:
        report = _rebuilt(source, target, raw, own, added)
        wider = read_book(target) if report.changed else raw
        settings = _settings(wider, own, added)
        if not report.changed and not settings:
            return report
        log = table_edits(wider, [], run_writes(wider, run, day, [], 0, added.count), own)
        stale = _stale(wider) if report.changed else []
        return then_patched(target, report, Edits([*settings, *log], stale))

    saved = save_rebuilt(book, before, run, write, no_backup)
    written = saved.book if saved.report.changed else None
    if written:
        keep_memory(book, raw, run, [f"{key}/{new.key}" for key in raw.tables for new in _lacking(raw, key)])
    return UpgradeReport(book, own, written, saved.backup, added)


def _rebuilt(source: Path, target: Path, raw: RawBook, language: Language, added: Added) -> PatchReport:
    """The book with the columns and sheets that it lacked."""
    with Archive(source) as archive, Archive(template(language)) as standard:
        draft, donor = Draft(archive), Donor(Draft(standard))
        tables = _tables_of(draft, raw)
        missing = {key: columns for key in tables if (columns := _lacking(raw, key))}
        sheets = list(_lacking_sheets(draft, donor, tables))
        if missing or sheets:
            styles = Styles(draft, donor.draft)
            for key, columns in missing.items():
                added.columns[key] = _widen(draft, donor, styles, raw, tables, key, columns, language)
            if sheets:
                styles.table_style()
                added.sheets = add_sheets(draft, donor, sheets, styles, _tabs(draft, donor, tables))
            styles.store()
        return draft.write(target)


def _tables_of(draft: Draft, raw: RawBook) -> dict[str, TablePart]:
    """The parts of the tables that the reader knows; of a repeated name the first."""
    found: dict[str, TablePart] = {}
    for part in draft.package.tables():
        if part.name.casefold() in raw.tables and part.headers:
            found.setdefault(part.name.casefold(), part)
    return found


def _lacking(raw: RawBook, key: str) -> list[Column]:
    """The declared columns that the book's table does not have, in their order."""
    there = TABLES[key].places(raw.tables[key].headings)
    return [column for column in TABLES[key].columns if column.key not in there]


def _lacking_sheets(draft: Draft, donor: Donor, tables: Mapping[str, TablePart]) -> Iterator[SheetEntry]:
    """The donor's sheets whose table the book does not have; index and dashboard where there is none."""
    own = free_sheets(draft, [table.sheet_part for table in tables.values()]).values()
    free = free_sheets(donor.draft, [table.sheet_part for table in donor.tables.values()])
    lacking = {table.sheet_part for key, table in donor.tables.items() if key in TABLES and key not in tables}
    lacking |= {part for part, key in free.items() if key not in own}
    return (sheet for sheet in donor.draft.package.sheets if sheet.part in lacking)


def _widen(
    draft: Draft,
    donor: Donor,
    styles: Styles,
    raw: RawBook,
    tables: Mapping[str, TablePart],
    key: str,
    columns: list[Column],
    language: Language,
) -> list[str]:
    """Appends columns to a table; their headings."""
    table, model = tables[key], donor.tables[key]
    headings = [column.heading(language) for column in columns]
    place_of = {column.key: model.area.left + place for place, column in enumerate(TABLES[key].columns)}
    there = {
        name: table.area.left + place for name, place in TABLES[key].places(raw.tables[key].headings).items()
    }
    there |= {column.key: table.area.right + step for step, column in enumerate(columns, start=1)}
    new = Addition(
        headings,
        [place_of[column.key] for column in columns],
        {place: there[name] for name, place in place_of.items()},
        model.area.top,
    )
    others = [
        other.area
        for other in draft.package.tables()
        if other.sheet_part == table.sheet_part and other.part != table.part
    ]
    sheet = Sheet(donor.draft.read(model.sheet_part), key)
    append_columns(draft, table, others, sheet, styles, new)
    return headings


def _tabs(draft: Draft, donor: Donor, tables: Mapping[str, TablePart]) -> dict[str, str]:
    """What the book calls the donor's sheets that it has."""
    theirs = {sheet.part: sheet.name for sheet in donor.draft.package.sheets}
    ours = {sheet.part: sheet.name for sheet in draft.package.sheets}
    return {
        theirs[donor.tables[key].sheet_part]: ours[table.sheet_part]
        for key, table in tables.items()
        if key in donor.tables
    }


def _settings(raw: RawBook, language: Language, added: Added) -> list[TableEdit]:
    """Rows for the settings that the book lacks, and the present version."""
    settings = raw.tables.get("settings")
    if settings is None:
        return []
    places = TABLES["settings"].places(settings.headings)
    known = {fold(str(key)) for key in settings.columns[places["key"]]} if "key" in places else set()
    rows: list[NewRow] = [
        {
            "key": setting.key,
            "value": language if setting.key == "language" else setting.default,
            "unit": setting.unit.in_(language),
            "note": setting.note.in_(language),
        }
        for setting in POLICY
        if fold(setting.key) not in known
    ]
    added.settings = [row["key"] for row in rows]
    version = str(SCHEMA)
    older = {row: version for row, value in rows_of(settings, "schema") if _older(value)}
    return settings_edit(settings, older, rows)


def _stale(raw: RawBook) -> list[CellEdit]:
    """Empties the as-of date above the milestones: what is new has not been computed, so a refresh has to write."""
    place, above = run_stamp(TABLES["milestones"]), raw.above.get("milestones", {})
    if place is None or above.get((place.as_of[0], place.as_of[1] - 1)) not in AS_OF_LABEL:
        return []
    return [CellEdit(raw.tables["milestones"].sheet, *place.as_of, None)]


def _older(version: str) -> bool:
    """Whether a version is not the present one; a newer one was refused before."""
    try:
        return float(version) != SCHEMA
    except ValueError:
        return True
