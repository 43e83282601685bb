"""Whole sheets of a donor package, added behind the sheets of a book: rows, table, drawing, charts, names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final

from addin.files.package.container import part_key
from addin.files.package.markup import Tag, attribute, element_end, escape, splice, tags, unescape
from addin.files.package.problem import PackageError, damaged
from addin.files.package.structure.draft import Draft
from addin.files.package.structure.names import Change, new_attribute
from addin.files.package.structure.references import Renames
from addin.files.package.structure.styles import Styles, remapped
from addin.files.package.workbook import CONTENT_TYPES, SheetEntry, rels_part

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TRANSITIONAL: Final = re.compile(
    rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/"
)
_STRICT: Final = rb"http://purl.oclc.org/ooxml/\1/"
_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_BEFORE_NAMES: Final = (b"sheets", b"functionGroups", b"externalReferences")
_LONGEST_TAB: Final = 31


class Donor:
    """The package from which sheets come."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tables = {table.name.casefold(): table for table in draft.package.tables()}
        self._types = {
            part_key(attribute(tag, "PartName") or ""): attribute(tag, "ContentType") or ""
            for tag in tags(draft.read(CONTENT_TYPES))
            if tag.local == b"Override" and not tag.closing
        }

    def content_type(self, part: str) -> str:
        return self._types.get(part_key(part), "")


def sheet_names(workbook: bytes) -> list[str]:
    """The names of all tabs in their order, chart sheets included."""
    every = (tag for tag in tags(workbook) if tag.local == b"sheet" and not tag.closing)
    return [attribute(tag, "name") or "" for tag in every]


def free_name(name: str, taken: list[str]) -> str:
    """The name, or the next like it that no tab has.

    >>> free_name("History", ["history", "History (2)"])
    'History (3)'
    """
    folded, number, made = {one.casefold() for one in taken}, 1, name
    while made.casefold() in folded:
        number += 1
        end = f" ({number})"
        made = name[: _LONGEST_TAB - len(end)] + end
    return made


def add_sheets(
    draft: Draft, donor: Donor, sheets: list[SheetEntry], styles: Styles, tabs: Mapping[str, str]
) -> list[str]:
    """Adds sheets of the donor with all that belongs to them; their tabs' names.

    ``tabs`` tells what the book calls the donor's other sheets. PackageError where a table's name is taken.
    """
    workbook = draft.package.workbook_part
    names = {sheet.name: "" for sheet in sheets}
    taken = sheet_names(draft.read(workbook))
    for name in names:
        names[name] = free_name(name, taken)
        taken.append(names[name])
    renames = Renames({**tabs, **names})
    for sheet in sheets:
        _refuse_taken(draft, donor, sheet)
        part = _Copy(draft, donor, styles, renames).sheet(sheet.part)
        _enter(draft, donor, sheet, names[sheet.name], part)
        _add_names(draft, donor, sheet, renames)
    return list(names.values())


def _refuse_taken(draft: Draft, donor: Donor, sheet: SheetEntry) -> None:
    """A table's name is one of the workbook's names: it can be there once only."""
    own = {table.name.casefold() for table in draft.package.tables()} | _defined(draft)
    for name, table in donor.tables.items():
        if table.sheet_part == sheet.part and name in own:
            raise PackageError(
                f"要添加的表格需要名称 {name}，但工作簿中已有同名的名称，或有同名而无表头的表格。"
                "请先改掉它，再运行 huikuan upgrade。",
                f"A table named {name} has to be added, but the workbook has a name, or a table without "
                "headings, that is called so. Rename it and run huikuan upgrade again.",
                code="name_taken",
            )


def _defined(draft: Draft) -> set[str]:
    workbook = draft.read(draft.package.workbook_part)
    return {
        (attribute(tag, "name") or "").casefold()
        for tag in tags(workbook)
        if tag.local == b"definedName" and not tag.closing and attribute(tag, "localSheetId") is None
    }


class _Copy:
    """A sheet's parts on their way into the book."""

    def __init__(self, draft: Draft, donor: Donor, styles: Styles, renames: Renames) -> None:
        self.draft, self.donor, self.styles, self.renames = draft, donor, styles, renames
        self.strict = b"purl.oclc.org" in draft.read(draft.package.workbook_part)[:2000]

    def sheet(self, part: str) -> str:
        data = remapped(self.donor.draft.read(part), self.styles)
        macros = any(part_key(name).endswith("vbaproject.bin") for name in self.draft.names())
        return self._part(part, _as_guest(data, macros))

    def _part(self, part: str, data: bytes) -> str:
        """A part under a free name, with the parts that it leads to."""
        name = free_part(self.draft, part)
        self.draft.add(name, b"", self.donor.content_type(part))
        rels = rels_part(part)
        if self.donor.draft.has(rels):
            copied = self._relations(part, self.donor.draft.read(rels))
            self.draft.add(rels_part(name), self._spelt(copied), _rels_type(self.draft))
        self.draft.put(name, self._spelt(_followed(data, self.renames)))
        return name

    def _relations(self, part: str, data: bytes) -> bytes:
        changes: list[Change] = []
        for tag in tags(data):
            if (
                tag.local == b"Relationship"
                and not tag.closing
                and attribute(tag, "TargetMode") != "External"
            ):
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), attribute(tag, "Target") or "")
                ).lstrip("/")
                inner = self.donor.draft.read(target)
                if (attribute(tag, "Type") or "").endswith("/table"):
                    inner = _with_id(inner, _next_table_id(self.draft))
                changes += new_attribute(tag, "Target", f"/{self._part(target, inner)}")
        return splice(data, changes)

    def _spelt(self, data: bytes) -> bytes:
        return _TRANSITIONAL.sub(_STRICT, data) if self.strict else data


def _rels_type(draft: Draft) -> str:
    """Nothing where the package knows relationships by their extension, as nearly all do."""
    known = draft.read(CONTENT_TYPES).lower()
    return "" if re.search(rb"extension\s*=\s*[\"']rels[\"']", known) else _RELS_TYPE


def free_part(draft: Draft, part: str) -> str:
    """A part's name with the next number that is free."""
    stem, extension = posixpath.splitext(part)
    base, number = re.sub(r"\d+$", "", stem), 1
    while draft.has(f"{base}{number}{extension}"):
        number += 1
    return f"{base}{number}{extension}"


def _as_guest(data: bytes, macros: bool) -> bytes:
    """A sheet that is not the selected one; without a code name where macros know their sheets by it."""
    changes: list[Change] = []
    for tag in tags(data):
        if tag.local == b"sheetPr" and not tag.closing and macros:
            span = re.search(rb'\s+codeName="[^"]*"', tag.attrs)
            if span:
                changes.append((tag.attrs_at + span.start(), tag.attrs_at + span.end(), b""))
        elif tag.local == b"sheetView" and not tag.closing:
            changes += new_attribute(tag, "tabSelected", "0")
        elif tag.local == b"sheetData":
            break
    return splice(data, changes)


def _followed(data: bytes, renames: Renames) -> bytes:
    """A new part with the tabs' names in its links and charts."""
    changes: list[Change] = []
    for tag in tags(data):
        if tag.closing or (tag.empty and tag.local != b"hyperlink"):
            continue
        if tag.local == b"hyperlink":
            changes += new_attribute(tag, "location", renames.formula(attribute(tag, "location") or ""))
        elif tag.local == b"f":
            end, _ = element_end(data, tag)
            old = unescape(data[tag.end : end])
            if renames.formula(old) != old:
                changes.append((tag.end, end, escape(renames.formula(old))))
    return splice(data, changes)


def _next_table_id(draft: Draft) -> int:
    ids = [0]
    for name in [*draft.names(), *draft.added()]:
        if part_key(name).startswith("xl/tables/") and name.endswith(".xml"):
            ids += [int(attribute(tag, "id") or 0) for tag in tags(draft.read(name)) if tag.local == b"table"]
    return max(ids) + 1


def _with_id(data: bytes, number: int) -> bytes:
    root = next(tag for tag in tags(data) if tag.local == b"table")
    return splice(data, list(new_attribute(root, "id", str(number))))


def _enter(draft: Draft, donor: Donor, sheet: SheetEntry, name: str, part: str) -> None:
    """The sheet's entry in the workbook, behind the others, and the relationship to it."""
    workbook = draft.package.workbook_part
    data, rels = draft.read(workbook), rels_part(workbook)
    relation = _relate(draft, rels, part)
    entries = [tag for tag in tags(data) if tag.local == b"sheet" and not tag.closing]
    if not entries:
        raise damaged("a workbook without sheets")
    number = max(int(attribute(tag, "sheetId") or 0) for tag in entries) + 1
    model = entries[-1]
    prefix = re.search(rb"([\w.-]+):id\s*=", model.attrs)
    declared = re.finditer(
        rb"\sxmlns:[\w.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')", model.attrs
    )  # by the entry itself
    state = _state(donor, sheet)
    entry = b'<%bsheet%b name="%b" sheetId="%d"%b %b:id="%b"/>' % (
        model.prefix, b"".join(found[0] for found in declared), escape(name).replace(b'"', b"&quot;"), number,
        b"" if state == "visible" else b' state="%b"' % state.encode(),
        prefix[1] if prefix else b"r", relation.encode(),
    )  # fmt: skip
    end = element_end(data, model)[1]
    draft.put(workbook, splice(data, [(end, end, entry)]))


def _state(donor: Donor, sheet: SheetEntry) -> str:
    for tag in tags(donor.draft.package.workbook):
        if tag.local == b"sheet" and attribute(tag, "name") == sheet.name:
            return attribute(tag, "state") or "visible"
    return "visible"


def _relate(draft: Draft, rels: str, part: str) -> str:
    data = draft.read(rels)
    entries = [tag for tag in tags(data) if tag.local == b"Relationship" and not tag.closing]
    ids = {attribute(tag, "Id") for tag in entries}
    kinds = [attribute(tag, "Type") or "" for tag in entries]
    kind = next((kind for kind in kinds if kind.endswith("/worksheet")), f"{_RELATIONS}/worksheet")
    number = 1
    while f"rId{number}" in ids:
        number += 1
    prefix = entries[-1].prefix if entries else b""
    entry = b'<%bRelationship Id="rId%d" Type="%b" Target="/%b"/>'
    for tag in tags(data):
        if tag.local == b"Relationships" and tag.closing:
            new = entry % (prefix, number, kind.encode(), part.encode())
            draft.put(rels, splice(data, [(tag.start, tag.start, new)]))
    return f"rId{number}"


def _add_names(draft: Draft, donor: Donor, sheet: SheetEntry, renames: Renames) -> None:
    """The sheet's own names (print titles), and the workbook's that lead to it and are not there yet."""
    workbook = draft.package.workbook_part
    place = len(sheet_names(draft.read(workbook))) - 1
    tables = [name for name, table in donor.tables.items() if table.sheet_part == sheet.part]
    made = [
        _named(name, text, local)
        for name, text, local in _names_of(donor, sheet, tables, place, renames)
        if local is not None or name.casefold() not in _defined(draft)
    ]
    if made:
        data = draft.read(workbook)
        draft.put(workbook, _with_names(data, made))


def _names_of(
    donor: Donor, sheet: SheetEntry, tables: list[str], place: int, renames: Renames
) -> Iterator[tuple[str, str, int | None]]:
    """Name, formula in the book, and the sheet's place for a name of its own."""
    workbook = donor.draft.package.workbook
    own = str(sheet_names(workbook).index(sheet.name))
    for tag in tags(workbook):
        if tag.local != b"definedName" or tag.closing or tag.empty:
            continue
        end, _ = element_end(workbook, tag)
        formula, local = unescape(workbook[tag.end : end]), attribute(tag, "localSheetId")
        leads_here = Renames({sheet.name: "\0"}).formula(formula) != formula
        if local == own or (local is None and (leads_here or formula.partition("[")[0].casefold() in tables)):
            yield attribute(tag, "name") or "", renames.formula(formula), None if local is None else place


def _named(name: str, formula: str, local: int | None) -> tuple[bytes, bytes]:
    own = b"" if local is None else b' localSheetId="%d"' % local
    return b'definedName name="%b"%b' % (name.encode(), own), escape(formula)


def _with_names(data: bytes, made: list[tuple[bytes, bytes]]) -> bytes:
    after, prefix = 0, b""
    found: Tag | None = None
    for tag in tags(data):
        if tag.local in _BEFORE_NAMES and (tag.closing or tag.empty):
            after, prefix = tag.end, tag.prefix
        if tag.local == b"definedNames" and not tag.closing:
            found = tag
    entries = b"".join(b"<%b%b>%b</%bdefinedName>" % (prefix, head, text, prefix) for head, text in made)
    if found is not None and not found.empty:
        end, _ = element_end(data, found)
        return splice(data, [(end, end, entries)])
    whole = b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, entries, prefix)
    return splice(data, [(found.start, found.end, whole) if found else (after, after, whole)])
