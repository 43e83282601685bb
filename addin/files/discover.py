"""Where the ledger's tables stand in a workbook: by table name, whatever the sheets are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from addin.files import guard
from addin.files.parts import Package, local
from addin.model.tables import TABLES

MAX_COLUMNS: Final = 2_000
"""Columns of one ledger table, people's own included."""

_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_ESCAPE = re.compile(r"_x(?![Dd][89A-Fa-f]|[Ff]{3}[EeFf])([0-9A-Fa-f]{4})_")
_TRUE = {"1", "true", "on"}


@dataclass(frozen=True)
class Sheet:
    """One worksheet of the workbook."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class TablePlace:
    """One table's rectangle, all 1-based and inclusive; ``last_row`` leaves a totals row out."""

    key: str
    sheet: Sheet
    header_row: int
    last_row: int
    first_column: int
    last_column: int
    names: tuple[str, ...]
    filtered: bool


def date1904(package: Package) -> bool:
    """The workbook counts its days from 1904."""
    settings = (entry for entry in package.xml(package.workbook) if local(entry.tag) == "workbookPr")
    return any(entry.get("date1904", "") in _TRUE for entry in settings)


def sheets(package: Package) -> list[Sheet]:
    """The worksheets in the order of their tabs; chart sheets and macro sheets are left out."""
    parts = {relation.id: relation.part for relation in package.related(package.workbook)
             if relation.kind == "worksheet"}  # fmt: skip
    entries = [entry for entry in package.xml(package.workbook).iter() if local(entry.tag) == "sheet"]
    found: dict[str, Sheet] = {}
    for entry in entries:
        if part := parts.get(_relation_id(entry)):  # a part is one sheet, however often it is listed
            hidden = entry.get("state", "visible") != "visible"
            found.setdefault(part, Sheet(entry.get("name", ""), part, hidden))
    return list(found.values())


def defined_names(package: Package) -> dict[str, str]:
    """The workbook's own names and what each refers to, as ``'看板'!$B$5``; a sheet's own are left out."""
    entries = (entry for entry in package.xml(package.workbook).iter() if local(entry.tag) == "definedName")
    return {
        entry.get("name", ""): entry.text or "" for entry in entries if "localSheetId" not in entry.attrib
    }


def find_tables(package: Package) -> list[TablePlace]:
    """Every table of the ledger that has a heading row; of a repeated name the first counts."""
    found: dict[str, TablePlace] = {}
    seen: set[str] = set()
    for sheet in sheets(package):
        for relation in package.related(sheet.part):
            if relation.kind == "table" and relation.part in package and relation.part not in seen:
                seen.add(relation.part)
                place = _place(package, sheet, package.xml(relation.part))
                if place:
                    found.setdefault(place.key, place)
    return list(found.values())


def _place(package: Package, sheet: Sheet, table: Element) -> TablePlace | None:
    key = (table.get("displayName") or table.get("name") or "").casefold()
    corners = _REF.fullmatch(table.get("ref", ""))
    if key not in TABLES or not corners or table.get("headerRowCount", "1") == "0":
        return None
    left, top, right, bottom = corners.groups()
    first_column, last_column = column_number(left), column_number(right or left)
    if last_column - first_column >= MAX_COLUMNS:
        raise guard.trouble(
            "too_many_columns",
            package.path,
            f"表 {key} 超过 {MAX_COLUMNS} 列；请在 Excel 中缩小表格范围。",
            f"table {key} has over {MAX_COLUMNS} columns; make the table smaller in Excel.",
        )
    return TablePlace(
        key,
        sheet,
        header_row=int(top),
        last_row=int(bottom or top) - (table.get("totalsRowCount", "0") != "0"),
        first_column=first_column,
        last_column=last_column,
        names=tuple(_column_names(table)),
        filtered=_is_filtered(table),
    )


def _column_names(table: Element) -> Iterator[str]:
    for entry in table.iter():
        if local(entry.tag) == "tableColumn":
            yield unescaped(entry.get("name", ""))


def unescaped(text: str) -> str:
    """Text with its `_xHHHH_` as the letters they stand for (ECMA-376 part 1, 22.4.2.4 and 22.9.2.19).

    Halves of surrogate pairs and U+FFFE, U+FFFF, which no text may hold, stay as they are written.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x0041_"), unescaped("_xD800_")
    ('a\\rb', '_x0041_', '_xD800_')
    """
    return _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), text) if "_x" in text else text


def _is_filtered(table: Element) -> bool:
    # a filterColumn without content only hides its button
    return any(local(entry.tag) == "filterColumn" and len(entry) > 0 for entry in table.iter())


def _relation_id(entry: Element) -> str:
    # the namespace differs between transitional and strict files
    ids = (value for name, value in entry.items() if name.startswith("{") and local(name) == "id")
    return next(ids, "")


def column_number(letters: str) -> int:
    """The 1-based number of a sheet column.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
