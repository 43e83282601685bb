"""The parts that tie a package together: content types, relationships, the workbook part."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from addin.files.package.container import Archive, Member, part_key
from addin.files.package.formulas import grown
from addin.files.package.markup import (
    Encoding,
    Tag,
    attribute,
    attributes,
    element_end,
    encoding_of,
    escape,
    splice,
    tags,
    unescape,
    without_attribute,
)
from addin.files.package.problem import PackageError, damaged
from addin.files.package.refs import Area, Growth
from addin.files.package.tables import TablePart, read_table

_BEFORE_CALC = (b"sheets", b"functionGroups", b"externalReferences", b"definedNames")
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relationship:
    """One relationship: its kind (last word of the type, lower case) and the part it leads to."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True)
class SheetEntry:
    """A worksheet: its tab's name and its part."""

    name: str
    part: str


class Package:
    """An open workbook package: finds sheets and tables through its relationships."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.refuse_signed()
        self.workbook_part = self._one(self.relationships(""), "officedocument")
        self.workbook, self.encoding = self.text(self.workbook_part)
        self.sheets = tuple(self._sheets())

    def refuse_signed(self) -> None:
        """A digital signature would no longer hold after any change."""
        kinds = {rel.kind for rel in self.relationships("")}
        names = (part_key(member.name) for member in self.archive.members)
        if "origin" in kinds or any(name.startswith("_xmlsignatures/") for name in names):
            raise PackageError(
                "工作簿带有数字签名，写入会使签名失效。请在 Excel 中移除签名（文件 - 信息）后再试。",
                "The workbook is digitally signed, and writing would break the signature. "
                "Remove the signature in Excel (File, Info) and try again.",
            )

    def find(self, part: str) -> Member | None:
        """The member of a part; relationships may lead to parts that nobody wrote."""
        return self.archive.find(part) or self.archive.find(unquote(part))

    def member(self, part: str) -> Member:
        found = self.find(part)
        if found is None:
            raise damaged(f"part {part} is missing")
        return found

    def text(self, part: str) -> tuple[bytes, Encoding]:
        """A part as UTF-8, and the encoding to put it back in."""
        data = self.archive.read(self.member(part))
        encoding = encoding_of(data)
        return encoding.decode(data), encoding

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The internal relationships of a part ("" is the package itself)."""
        folder = posixpath.dirname(part)
        if self.archive.find(rels_part(part)) is None:
            return ()
        data, _ = self.text(rels_part(part))
        found = []
        for tag in tags(data):
            if (
                tag.local == b"Relationship"
                and not tag.closing
                and attribute(tag, "TargetMode") != "External"
            ):
                target = (attribute(tag, "Target") or "").replace("\\", "/")
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = (attribute(tag, "Type") or "").rpartition("/")[2].lower()
                found.append(
                    Relationship(attribute(tag, "Id") or "", kind, posixpath.normpath(path).lstrip("/"))
                )
        return tuple(found)

    def _one(self, relationships: Iterable[Relationship], kind: str) -> str:
        for relationship in relationships:
            if relationship.kind == kind:
                return relationship.target
        raise damaged("no workbook inside")

    def _sheets(self) -> Iterable[SheetEntry]:
        targets = {rel.id: rel for rel in self.relationships(self.workbook_part)}
        for tag in tags(self.workbook):
            if tag.local == b"sheet" and not tag.closing:
                relationship = targets.get(attribute(tag, "id") or "")
                if relationship and relationship.kind == "worksheet":
                    yield SheetEntry(attribute(tag, "name") or "", relationship.target)

    @property
    def date1904(self) -> bool:
        """Whether days count from 1904."""
        for tag in tags(self.workbook):
            if tag.local == b"workbookPr":
                return (attribute(tag, "date1904") or "0") in ("1", "true", "on")
        return False

    def sheet(self, name: str) -> SheetEntry:
        """A worksheet by its tab's name, any case."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        raise PackageError(
            f"工作簿里没有工作表 {name}。请恢复它的名称。",
            f"The workbook has no sheet {name}. Restore its name.",
        )

    def tables(self) -> list[TablePart]:
        """All tables of all worksheets."""
        return [
            read_table(relationship.target, sheet.part, self.text(relationship.target)[0])
            for sheet in self.sheets
            for relationship in self.relationships(sheet.part)
            if relationship.kind == "table" and self.find(relationship.target)
        ]

    def pivots(self, sheet_part: str) -> list[Area]:
        """Where the pivot tables of a sheet are."""
        parts = [rel.target for rel in self.relationships(sheet_part) if rel.kind == "pivottable"]
        places = [
            Area.maybe(attribute(tag, "ref"))
            for part in parts
            if self.find(part)
            for tag in tags(self.text(part)[0])
            if tag.local == b"location"
        ]
        return [place for place in places if place]

    def calc_chain(self) -> str | None:
        """The part that lists formula cells, if there is one."""
        for relationship in self.relationships(self.workbook_part):
            if relationship.kind == "calcchain" and self.archive.find(relationship.target):
                return relationship.target
        return None


def rels_part(part: str) -> str:
    """Where the relationships of a part are.

    >>> rels_part("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _without(data: bytes, tag: Tag) -> tuple[int, int, bytes]:
    return tag.start, element_end(data, tag)[1], b""


def without_override(data: bytes, part: str) -> bytes:
    """The content types without one part's own entry."""
    for tag in tags(data):
        named = attribute(tag, "PartName") if tag.local == b"Override" and not tag.closing else None
        if named is not None and part_key(named) == part_key(part):
            return splice(data, [_without(data, tag)])
    return data


def without_calc_chain(data: bytes) -> bytes:
    """The workbook's relationships without the one to the calculation chain."""
    for tag in tags(data):
        kind = attribute(tag, "Type") if tag.local == b"Relationship" and not tag.closing else None
        if kind is not None and kind.lower().endswith("/calcchain"):
            return splice(data, [_without(data, tag)])
    return data


def recalculated(data: bytes) -> bytes:
    """The workbook part with the wish to be calculated in full when it is opened."""
    after, prefix = 0, b""
    for tag in tags(data):
        if tag.local == b"calcPr" and not tag.closing:
            flag = attributes(tag).get(b"fullCalcOnLoad")
            if flag:
                return splice(data, [(flag.start, flag.end, b"1")])
            at = tag.attrs_at + len(tag.attrs.rstrip())
            return splice(data, [(at, at, b' fullCalcOnLoad="1"')])
        if tag.local in _BEFORE_CALC and (tag.closing or tag.empty):
            after, prefix = tag.end, tag.prefix
    return splice(data, [(after, after, b'<%bcalcPr fullCalcOnLoad="1"/>' % prefix)])


def shown(data: bytes, names: Iterable[str]) -> bytes:
    """The workbook part with these sheets visible."""
    wanted = {name.casefold() for name in names}
    changes = []
    for tag in tags(data):
        if tag.local == b"sheet" and not tag.closing and (attribute(tag, "name") or "").casefold() in wanted:
            span = without_attribute(tag, b"state")
            if span:
                changes.append((*span, b""))
    return splice(data, changes)


def grown_names(data: bytes, growths: dict[str, list[Growth]]) -> bytes:
    """The workbook part with defined names that end at a grown table's last row grown along."""
    changes = []
    for tag in tags(data) if growths else ():
        if tag.local == b"definedName" and not tag.closing and not tag.empty:
            end, _ = element_end(data, tag)
            if b"<" not in data[tag.end : end]:
                old = unescape(data[tag.end : end])
                new = grown(old, None, growths)
                if new != old:
                    changes.append((tag.end, end, escape(new)))
    return splice(data, changes)
