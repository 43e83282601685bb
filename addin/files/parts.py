"""A workbook's package, opened for reading: its parts by name and what they refer to."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from addin.files import guard
from addin.files.package import limits
from addin.files.package.container import Archive
from addin.files.package.problem import PackageError

MAX_PART: Final = 16 * 1024**2
"""Bytes of a part that is parsed as a whole (workbook, relationships, tables); sheets are streamed."""

_ROOT_WITHIN: Final = 64 * 1024
"""A part's root element begins within so many bytes; a document type would stand before it."""

_BROKEN = (struct.error, EOFError, NotImplementedError, OverflowError, UnicodeError, ParseError)
"""What the standard library raises at a damaged archive, an unknown compression among it, and at damaged XML."""


@dataclass(frozen=True)
class Relation:
    """One relationship: its id, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    part: str


class Package:
    """Parts by canonical name: forward slashes, no leading slash, percent signs decoded, case folded."""

    def __init__(self, path: Path, archive: Archive) -> None:
        self.path = path
        self._archive = archive
        self._members = {canonical(member.name): member for member in archive.members}
        self._related: dict[str, list[Relation]] = {}
        if len(self._members) < len(archive.members):  # which of the two is read depends on the reader
            raise guard.damaged(path)

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part's bytes, one piece after the other; LedgerError where it is absent."""
        if part not in self._members:
            raise guard.damaged(self.path)
        return self._archive.pieces(self._members[part])

    def size(self, part: str) -> int:
        """How many bytes a part says that it has; reading it fails where it has others."""
        return self._members[part].size

    def refuse_larger(self, part: str, most: int) -> None:
        """LedgerError where a part has more than so many bytes."""
        if part in self and self.size(part) > most:
            raise guard.of_package(self.path, limits.too_large(part))

    def xml(self, part: str) -> Element:
        """A small part's root element."""
        self.refuse_larger(part, MAX_PART)
        try:
            return fromstring(b"".join(self.pieces(part)), forbid_dtd=True)
        except DefusedXmlException as reason:
            raise guard.unsafe_xml(self.path, part) from reason
        except (LookupError, ValueError) as reason:  # an encoding that the parser does not know
            raise guard.damaged(self.path) from reason

    def related(self, part: str) -> list[Relation]:
        """What a part ("" for the package itself) refers to inside the package, in its own order."""
        if part not in self._related:
            self._related[part] = self._read_relations(part)
        return self._related[part]

    def _read_relations(self, part: str) -> list[Relation]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return []
        return [
            Relation(
                entry.get("Id", ""),
                entry.get("Type", "").rsplit("/", 1)[-1],
                _resolve(folder, entry.get("Target", "")),
            )
            for entry in self.xml(rels)
            if entry.get("TargetMode") != "External"
        ]

    @cached_property
    def workbook(self) -> str:
        """The part that lists the sheets."""
        for relation in self.related(""):
            if relation.kind == "officeDocument" and relation.part in self:
                if local(self.xml(relation.part).tag) != "workbook":
                    break
                return relation.part
        raise guard.not_a_workbook(self.path)

    def slashed(self) -> Path | IO[bytes]:
        """The file, or a copy in memory where part names have backslashes, which not every reader takes."""
        members = self._archive.members
        if not any(b"\\" in member.raw_name for member in members):
            return self.path
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as archive:
            for member in members:
                archive.writestr(member.name, self._archive.read(member))
        return copy

    def refuse_document_types(self) -> None:
        """LedgerError where a spreadsheet part begins with a DTD (custom XML is nobody's to read)."""
        for part in self:
            if part.endswith((".xml", ".rels")) and not part.startswith("customxml/"):
                start = self._start(part).replace(b"\0", b"")
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise guard.unsafe_xml(self.path, part)

    def _start(self, part: str) -> bytes:
        """The first bytes of a part, in which its root element begins."""
        start = b""
        for piece in self.pieces(part):
            start += piece
            if len(start) >= min(_ROOT_WITHIN, self._members[part].size):
                break
        return start[:_ROOT_WITHIN]


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a workbook's package after every check of `guard`; any fault on the way is one LedgerError."""
    guard.check_workbook(path)
    try:
        with Archive(path) as archive:
            guard.check_archive(path, archive)
            package = Package(path, archive)
            package.refuse_document_types()
            yield package
    except PackageError as reason:
        raise guard.of_package(path, reason) from reason
    except _BROKEN as reason:
        raise guard.damaged(path) from reason
    except OSError as reason:
        raise guard.unreadable(path, reason) from reason


def is_signed(path: Path) -> bool:
    """A digital signature covers the package, so that a change would break it; signed macros do not count."""
    with open_package(path) as package:
        signatures = any(part.startswith("_xmlsignatures/") for part in package)
        return signatures or any(relation.kind == "origin" for relation in package.related(""))


def canonical(name: str) -> str:
    """A part's name as it is compared.

    >>> canonical("\\\\xl\\\\Tables\\\\table%201.xml")
    'xl/tables/table 1.xml'
    """
    return unquote(name.replace("\\", "/")).lstrip("/").casefold()


def _resolve(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    whole = target if target.startswith("/") else posixpath.join("/", folder, target)
    return canonical(posixpath.normpath(whole))


def local(tag: str) -> str:
    """A tag or attribute name without its namespace."""
    return tag.rsplit("}", 1)[-1]
