"""Rows of a csv, xls or xlsx file into a table of a book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import compress
from pathlib import Path

from addin.files.csvfile import Rows, read_rows
from addin.files.package import Edits, TableEdit
from addin.files.save import save, stamp, state_folder
from addin.model.cells import AnyCell, CellError, RawBook, RawTable
from addin.model.columns import Table
from addin.model.finding import LedgerError
from addin.model.reading import text_of
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.policy import MAP_PREFIX
from addin.service.books import load_book
from addin.service.import_headings import HeadingMap, recognise
from addin.service.import_rows import (
    Incoming,
    Merge,
    Rejected,
    append_rows,
    book_cells,
    merge,
    typed_rows,
)
from addin.service.table_names import input_table

PREVIEWED = 5


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with a preview would do.

    ``taken`` counts all rows that were taken, ``updated`` those of them whose key was there already.
    ``sample`` holds the first rows as the file has them, one text a heading.
    """

    book: Path
    file: Path
    table: Table
    language: Language
    taken: int
    updated: int
    rejected: tuple[Rejected, ...]
    headings: tuple[str, ...]
    map: HeadingMap
    sample: tuple[tuple[str, ...], ...]
    written: Path | None = None
    backup: Path | None = None


@dataclass(frozen=True)
class Plan:
    """An import worked out and not yet written."""

    table: Table
    map: HeadingMap
    merge: Merge
    remember: TableEdit | None

    @property
    def edits(self) -> list[TableEdit]:
        return [edit for edit in (self.merge.edit, self.remember) if edit is not None]


def import_file(
    book: Path,
    table_name: str,
    file: Path,
    *,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
    date_format: str | None = None,
    sheet: str | None = None,
    preview: bool = False,
    empty_first: bool = False,
    language: Language | None = None,
) -> ImportReport:
    """Takes the rows of a file into an input table of a book, by heading.

    ``mapping`` is heading by column key; it is remembered in the book. ``date_format`` is a strptime format.
    With ``empty_first`` the table's input is emptied first; with ``preview`` nothing is written.
    LedgerError where the table takes no rows or no heading is known; package and save errors as they come.
    """
    table = input_table(table_name)
    before = stamp(book)
    raw, own = load_book(book)
    rows = read_rows(file, sheet)
    plan = plan_import(raw, table, rows, own, mapping or {}, date_format, empty_first, preview)
    written = backup = None
    if plan.edits and not preview:
        label = now.strftime("%Y%m%d-%H%M%S")
        saved = save(book, Edits(plan.edits), read_stat=before, backup_dir=state_folder(book), run=label)
        written, backup = book, saved.backup
    merged = plan.merge
    return ImportReport(
        book,
        file,
        table,
        language or own,
        merged.taken,
        merged.updated,
        merged.rejected,
        tuple(rows.headings),
        plan.map,
        _sample(rows),
        written,
        backup,
    )


def plan_import(
    raw: RawBook,
    table: Table,
    rows: Rows,
    language: Language,
    mapping: Mapping[str, str] | None = None,
    date_format: str | None = None,
    empty_first: bool = False,
    preview: bool = False,
) -> Plan:
    """What an import would change; ``language`` is the book's own."""
    target = raw.tables.get(table.key)
    if target is None:
        raise LedgerError(
            "table_missing",
            Text(
                f"工作簿中没有“{table.name.zh}”表（{table.key}）。请从新建的工作簿复制该工作表。",
                f"The book has no table {table.key}. Copy its sheet over from a new workbook.",
            ),
        )
    headings = recognise(table, rows.headings, mapping or {}, remembered(raw, table))
    if not headings.columns and not preview:
        raise _nothing_known(table, rows.headings, headings)
    _check_target(table, target, headings)
    incoming = typed_rows(table, *_cells(rows, headings), date_format)
    incoming = replace(incoming, problems={**incoming.problems, **_overlong(rows, incoming)})
    merged = merge(table, target, incoming, language, empty_first)
    return Plan(table, headings, merged, _remember(raw, table, headings, language))


def remembered(raw: RawBook, table: Table) -> dict[str, str]:
    """Column key by heading, as earlier imports left it in the settings."""
    settings = raw.tables.get("settings")
    if settings is None:
        return {}
    cells = book_cells(TABLES["settings"], settings)
    prefix = f"{MAP_PREFIX}{table.key}."
    return {
        text_of(key)[len(prefix) :]: text_of(value)
        for key, value in zip(cells.get("key", ()), cells.get("value", ()), strict=False)
        if isinstance(key, str) and key.startswith(prefix)
    }


def _remember(raw: RawBook, table: Table, headings: HeadingMap, language: Language) -> TableEdit | None:
    """The settings rows for what the person decided; the settings table itself is not edited twice."""
    settings = raw.tables.get("settings")
    if not headings.chosen or settings is None or table.key == "settings":
        return None
    rows = [
        {"key": f"{MAP_PREFIX}{table.key}.{heading}", "value": key}
        for key, heading in headings.chosen.items()
    ]
    return append_rows(TABLES["settings"], settings, rows, language).edit


def _check_target(table: Table, target: RawTable, headings: HeadingMap) -> None:
    there = table.places(target.headings)
    missing = [table[key] for key in headings.columns if key not in there]
    if missing:
        zh = "、".join(column.name.zh for column in missing)
        en = ", ".join(column.name.en for column in missing)
        raise LedgerError(
            "heading_missing",
            Text(
                f"工作簿的“{target.sheet}”缺少列：{zh}。请先在表中补上这些标题。",
                f'The sheet "{target.sheet}" lacks the columns {en}. Add these headings to the table first.',
            ),
        )


def _nothing_known(table: Table, there: Sequence[str], headings: HeadingMap) -> LedgerError:
    shown = ", ".join(there)
    likely = ", ".join(f'--map "{key}={heading}"' for heading, key in headings.proposals.items())
    zh = f"可试 {likely}。" if likely else "请用 --map 列名=标题 指明。"
    en = f"Perhaps {likely}." if likely else "Name them with --map key=Heading."
    return LedgerError(
        "no_headings",
        Text(
            f"文件中没有“{table.name.zh}”认识的标题（{shown}）。{zh}",
            f"The file has no heading that {table.key} knows ({shown}). {en}",
        ),
    )


def _cells(rows: Rows, headings: HeadingMap) -> tuple[Sequence[int], Mapping[str, Sequence[AnyCell]]]:
    """Row numbers, and cells by column key, of the rows that hold anything in a known column."""
    cells = {key: rows.columns[place] for key, place in headings.columns.items()}
    filled = [any(cell != "" for cell in row) for row in zip(*cells.values(), strict=True)]
    if all(filled):
        return rows.rows, cells
    kept = {key: list(compress(column, filled)) for key, column in cells.items()}
    return list(compress(rows.rows, filled)), kept


def _overlong(rows: Rows, incoming: Incoming) -> dict[int, Text]:
    """Rows with more cells than there are headings: which cell is which is not known."""
    reason = Text(
        "单元格比标题多；文本中的分隔符请加引号",
        "more cells than headings; put a text that holds the delimiter in quotation marks",
    )
    overlong = set(rows.overlong)
    return {position: reason for position, row in enumerate(incoming.rows) if row in overlong}


def _sample(rows: Rows) -> tuple[tuple[str, ...], ...]:
    count = min(PREVIEWED, len(rows.rows))
    return tuple(tuple(shown_cell(column[row]) for column in rows.columns) for row in range(count))


def shown_cell(cell: AnyCell) -> str:
    """A cell as a preview shows it; an error cell by its code."""
    return cell.code if isinstance(cell, CellError) else text_of(cell)
