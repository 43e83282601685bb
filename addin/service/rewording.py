"""A workbook in the other language: every word of ours that it still holds, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from addin.files.package.markup import attribute, splice, tags
from addin.files.package.refs import MAX_COLUMN, Area
from addin.files.package.structure.around import (
    Around,
    reworded_attributes,
    reworded_elements,
    reworded_table,
    reworded_tail,
)
from addin.files.package.structure.celltext import SheetText
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.names import rename
from addin.files.package.structure.references import Renames
from addin.files.package.structure.sharedtext import SharedText
from addin.files.package.structure.sheets import sheet_names
from addin.files.package.structure.twins import found_again
from addin.files.package.tables import TablePart
from addin.files.package.workbook import SheetEntry
from addin.files.template.book import DASHBOARD_CODE, INDEX_CODE
from addin.files.template.dashboard import NAME as DASHBOARD_NAME
from addin.files.template.index import NAME as INDEX_NAME
from addin.model.columns import Column, fold
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.wording import DASHBOARD, INDEX, Wording, Words

_FREE: Final = ((INDEX, INDEX_CODE, INDEX_NAME), (DASHBOARD, DASHBOARD_CODE, DASHBOARD_NAME))
_NONE: Final[Words] = {}


@dataclass(frozen=True)
class OwnTable:
    """A table of ours in the book: its columns by sheet column, and their headings as they stand."""

    key: str
    part: TablePart
    names: tuple[str, ...]
    columns: Mapping[int, Column]
    headings: Words


@dataclass
class Kept:
    """What keeps its old name because a user's own has the new one."""

    names: list[str] = field(default_factory=list)


def reword(draft: Draft, words: Wording) -> Kept:
    """Puts the book into the other language; tells what could not be renamed."""
    kept = Kept()
    tables = _own_tables(draft, words, kept)
    free = free_sheets(draft, [table.part.sheet_part for table in tables])
    tabs = _tabs(draft, words, tables, free, kept)
    shared = SharedText(draft)
    for sheet in draft.package.sheets:
        here = [table for table in tables if table.part.sheet_part == sheet.part]
        key = free.get(sheet.part)
        if here or key:
            _sheet(draft, sheet, words, here, key, shared, tabs)
    shared.store()
    for table in tables:
        draft.put(table.part.part, reworded_table(draft.read(table.part.part), table.headings))
    _pictures(draft, words, [part for part, key in free.items() if key == DASHBOARD])
    _properties(draft, words)
    rename(draft, Renames(tabs, {table.key: table.headings for table in tables}))
    return kept


def _own_tables(draft: Draft, words: Wording, kept: Kept) -> list[OwnTable]:
    found: dict[str, OwnTable] = {}
    for part in draft.package.tables():
        key = part.name.casefold()
        if key in TABLES and key not in found and part.headers:
            found[key] = _own_table(draft, key, part, words, kept)
    return list(found.values())


def _own_table(draft: Draft, key: str, part: TablePart, words: Wording, kept: Kept) -> OwnTable:
    names = tuple(
        attribute(tag, "name") or ""
        for tag in tags(draft.read(part.part))
        if tag.local == b"tableColumn" and not tag.closing
    )
    places = {place: TABLES[key][column] for column, place in TABLES[key].places(names).items()}
    wanted = [
        words.pair(column.name) for place, column in places.items() if _named(names[place], column, words)
    ]
    others = {name.casefold() for name in names} - {old.casefold() for old, _ in wanted}
    for old, new in wanted:
        if new.casefold() in others:
            kept.names.append(f"{key}[{old}]")
    headings = {old: new for old, new in wanted if old != new and new.casefold() not in others}
    columns = {part.area.left + place: column for place, column in places.items()}
    return OwnTable(key, part, names, columns, headings)


def _named(name: str, column: Column, words: Wording) -> bool:
    return name == column.name.in_(words.old)


def free_sheets(draft: Draft, taken: list[str]) -> dict[str, str]:
    """Index and dashboard by their part: sheets without a table of ours, by code name, else by their tab."""
    found: dict[str, str] = {}
    sheets = [sheet for sheet in draft.package.sheets if sheet.part not in taken]
    for key, code, name in _FREE:
        coded = [sheet.part for sheet in sheets if _code_name(draft, sheet) == code]
        named = [sheet.part for sheet in sheets if sheet.name in name]
        for part in (coded or named)[:1]:
            found[part] = key
    return found


def _code_name(draft: Draft, sheet: SheetEntry) -> str:
    for tag in tags(draft.read(sheet.part)):
        if tag.local == b"sheetPr":
            return attribute(tag, "codeName") or ""
        if tag.local in (b"sheetData", b"sheetViews"):
            break
    return ""


def _tabs(
    draft: Draft, words: Wording, tables: list[OwnTable], free: Mapping[str, str], kept: Kept
) -> dict[str, str]:
    """New names by old of the tabs that still have ours."""
    wanted: dict[str, Text] = {key: name for key, _, name in _FREE}
    names = {part: wanted[key] for part, key in free.items()}
    names |= {table.part.sheet_part: TABLES[table.key].name for table in tables}
    pairs = {
        sheet.name: words.pair(names[sheet.part])[1]
        for sheet in draft.package.sheets
        if sheet.part in names and sheet.name == words.pair(names[sheet.part])[0]
    }
    others = {name.casefold() for name in sheet_names(draft.package.workbook)} - {
        old.casefold() for old in pairs
    }
    kept.names += [old for old, new in pairs.items() if new.casefold() in others]
    return {old: new for old, new in pairs.items() if new.casefold() not in others}


def _sheet(
    draft: Draft,
    sheet: SheetEntry,
    words: Wording,
    tables: list[OwnTable],
    key: str | None,
    shared: SharedText,
    tabs: Words,
) -> None:
    data = draft.read(sheet.part)
    text = SheetText(data, sheet.name, shared)
    cells: dict[tuple[int, int], dict[str, str]] = {}
    if key:
        cells |= found_again(words.cells[key], text.texts(Area(1, 1, 1000, MAX_COLUMN)))
    for table in tables:
        above = Area(1, 1, table.part.area.top - 1, MAX_COLUMN)
        if above.bottom:
            cells |= found_again(words.cells.get(table.key, ()), text.texts(above))
        if table.key == "settings":
            cells |= _language_cells(text, table, words)
    columns = {column: (table, ours) for table in tables for column, ours in table.columns.items()}

    known = {column: words.words(table.key, ours) for column, (table, ours) in columns.items()}

    def words_at(row: int, column: int) -> Words | None:
        if column in columns and (row, column) not in cells:
            table, _ = columns[column]
            if row == table.part.area.top:
                return table.headings
            if table.part.data.top <= row <= table.part.data.bottom:
                return known[column]
        return cells.get((row, column))

    lists = {column: words.lists(ours) for column, (_, ours) in columns.items()}
    around = Around(
        set(columns),
        lambda column: lists.get(column, _NONE),
        lambda column: known.get(column, _NONE),
        words.messages,
        tabs,
        words.footers,
    )
    changes = [*text.reworded(words_at), *reworded_tail(data, text.sheet.tail, around)]
    if changes:
        draft.put(sheet.part, splice(data, changes))


def _language_cells(
    text: SheetText, settings: OwnTable, words: Wording
) -> dict[tuple[int, int], dict[str, str]]:
    """The setting that names the language."""
    place = {column.key: number for number, column in settings.columns.items()}
    if "key" not in place or "value" not in place:
        return {}
    rows = settings.part.data._replace(left=place["key"], right=place["key"])
    named = (row for row, _, key in text.texts(rows) if fold(key) == "language")
    return {(row, place["value"]): {words.old: words.new} for row in named}


def _pictures(draft: Draft, words: Wording, dashboards: list[str]) -> None:
    """Titles of the dashboard's charts, what their caches hold, and the descriptions of all."""
    labels = {pair.old: pair.new for pair in words.cells[DASHBOARD]}
    relations = draft.package.relationships
    for sheet in dashboards:
        for drawing in (each.target for each in relations(sheet) if each.kind == "drawing"):
            described = reworded_attributes(draft.read(drawing), b"cNvPr", "descr", words.pictures)
            draft.put(drawing, described)
            for chart in (each.target for each in relations(drawing) if each.kind == "chart"):
                data = reworded_elements(draft.read(chart), b"t", words.charts)
                draft.put(chart, reworded_elements(data, b"v", labels))


def _properties(draft: Draft, words: Wording) -> None:
    """Number formats with words in them, and the document's title and language."""
    for relation in draft.package.relationships(draft.package.workbook_part):
        if relation.kind == "styles":
            styles = reworded_attributes(draft.read(relation.target), b"numFmt", "formatCode", words.formats)
            draft.put(relation.target, styles)
    for relation in draft.package.relationships(""):
        if relation.kind == "core-properties" and draft.has(relation.target):
            titled = reworded_elements(draft.read(relation.target), b"title", words.titles)
            if titled != draft.read(relation.target):
                titled = reworded_elements(titled, b"language", {words.old: words.new})
            draft.put(relation.target, titled)
