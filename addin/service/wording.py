"""The words of our own that a workbook holds, in both languages: those of the declaration, and those that the
standard workbooks have in the same place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from addin.assets import templates
from addin.files.package.container import Archive
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.twins import (
    Pair,
    attribute_pairs,
    cell_pairs,
    cell_texts,
    element_pairs,
    middle_pairs,
)
from addin.files.template import HEADING_ROW
from addin.files.template.validation import YES_NO
from addin.model.columns import FLAG_WORDS, Column, Kind
from addin.model.text import Language, Text
from addin.rules.grades import TERMS
from addin.rules.history import MEASURES
from addin.rules.policy import POLICY
from addin.rules.provision import BAND_NAMES
from addin.rules.words import ALLOCATION_REASONS, MATCH_REASONS

INDEX: Final = "index"
DASHBOARD: Final = "dashboard"
_FREE_SHEETS: Final = (INDEX, DASHBOARD)
"""The first two sheets of a standard workbook; the others hold a table each."""
_LAST_ROW: Final = 500

_REASONS: Final[Mapping[tuple[str, str], tuple[Text, ...]]] = {
    ("customers", "suggested_terms"): tuple(TERMS.values()),
    ("receipts", "match_reason"): tuple(MATCH_REASONS.values()),
    ("history", "measure"): tuple(MEASURES.values()),
    ("allocations", "reason"): tuple(ALLOCATION_REASONS.values()),
    ("provision", "band"): tuple(BAND_NAMES.values()),
    ("settings", "unit"): tuple(setting.unit for setting in POLICY),
    ("settings", "note"): tuple(setting.note for setting in POLICY),
}
"""Words of text columns that come from a list of ours."""

Words = Mapping[str, str]
"""New words by old."""


@dataclass(frozen=True)
class Wording:
    """What to replace by what, for one direction."""

    old: Language
    new: Language
    cells: Mapping[str, tuple[Pair, ...]]
    """Cells outside tables, by table key, `INDEX` or `DASHBOARD`."""
    messages: Words
    footers: Words
    charts: Words
    pictures: Words
    formats: Words
    titles: Words

    def pair(self, text: Text) -> tuple[str, str]:
        return text.in_(self.old), text.in_(self.new)

    def words(self, table: str, column: Column) -> Words:
        """The words that cells of a column may hold: choices, yes and no, reasons."""
        texts = [name for _, name in column.choices]
        texts += FLAG_WORDS.values() if column.kind is Kind.BOOL else ()
        texts += _REASONS.get((table, column.key), ())
        return dict(pair for pair in map(self.pair, texts) if pair[0] != pair[1])

    def lists(self, column: Column) -> Words:
        """The drop-down list of a column."""
        if column.kind is Kind.BOOL:
            return dict([self.pair(YES_NO)])
        names = [name for _, name in column.choices]
        old, new = (",".join(name.in_(one) for name in names) for one in (self.old, self.new))
        return {old: new} if names else {}


@cache
def wording(new: Language) -> Wording:
    """The words for a switch to a language."""
    old: Language = "zh" if new == "en" else "en"
    with Archive(template(old)) as first, Archive(template(new)) as second:
        return _wording(Draft(first), Draft(second), old, new)


def template(language: Language) -> Path:
    """The standard workbook of a language."""
    return templates() / f"huikuan-{language}.xlsx"


def _wording(old: Draft, new: Draft, language: Language, other: Language) -> Wording:
    keys = {table.sheet_part: table.name for table in old.package.tables()}
    cells: dict[str, tuple[Pair, ...]] = {}
    messages: dict[str, str] = {}
    footers: dict[str, str] = {}
    for place, (before, after) in enumerate(zip(old.package.sheets, new.package.sheets, strict=True)):
        key = keys[before.part] if before.part in keys else _FREE_SHEETS[place]
        rows = _LAST_ROW if key in _FREE_SHEETS else HEADING_ROW - 1
        cells[key] = tuple(cell_pairs(cell_texts(old, before.part, rows), cell_texts(new, after.part, rows)))
        both = old.read(before.part), new.read(after.part)
        for name in ("error", "errorTitle"):
            messages |= attribute_pairs(*both, b"dataValidation", name)
        footers |= middle_pairs(element_pairs(*both, b"oddFooter"))
    charts: dict[str, str] = {}
    pictures: dict[str, str] = {}
    for part in old.names():
        both = (old.read(part), new.read(part)) if part.endswith(".xml") else (b"", b"")
        if part.startswith("xl/charts/"):
            charts |= element_pairs(*both, b"t")
        elif part.startswith("xl/drawings/"):
            pictures |= attribute_pairs(*both, b"cNvPr", "descr")
    styles = old.read("xl/styles.xml"), new.read("xl/styles.xml")
    core = old.read("docProps/core.xml"), new.read("docProps/core.xml")
    return Wording(
        language, other, cells, messages, footers, charts, pictures,
        attribute_pairs(*styles, b"numFmt", "formatCode"), element_pairs(*core, b"title"),
    )  # fmt: skip
