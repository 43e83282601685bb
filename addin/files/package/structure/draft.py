"""A package being restructured: parts as changed so far, and new parts, until all of it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from addin.files.package.container import STORED, Archive, Member, part_key
from addin.files.package.edits import PatchReport
from addin.files.package.markup import encoding_of, escape, splice, tags
from addin.files.package.packing import PackedPart, Writer
from addin.files.package.problem import damaged
from addin.files.package.workbook import CONTENT_TYPES, Package

_DEFLATED = 8
_UTF8_NAME = 0x800


class Draft:
    """Parts are read and put as UTF-8 and go back in the encoding that they came in."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.package = Package(archive)
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._spelt: dict[str, str] = {}

    def names(self) -> list[str]:
        """All parts of the source, as spelt in the file."""
        return [member.name for member in self.archive.members]

    def added(self) -> list[str]:
        """The new parts."""
        return list(self._added)

    def has(self, part: str) -> bool:
        """Whether there is such a part, new ones included."""
        key = part_key(part)
        return key in self._added or self.archive.find(part) is not None

    def read(self, part: str) -> bytes:
        """A part as it stands now."""
        if part_key(part) in self._added:
            return self._added[part_key(part)]
        member = self.package.member(part)
        key = part_key(member.name)
        return self._changed[key] if key in self._changed else self.package.text(part)[0]

    def put(self, part: str, data: bytes) -> None:
        """Gives a part that is there new text."""
        if part_key(part) in self._added:
            self._added[part_key(part)] = data
        else:
            self._changed[part_key(self.package.member(part).name)] = data

    def add(self, part: str, data: bytes, content_type: str = "") -> None:
        """A new part; ``content_type`` where the file's extension does not tell it."""
        if self.has(part):
            raise damaged(f"part {part} is there already")
        self._added[part_key(part)] = data
        self._spelt[part_key(part)] = part.lstrip("/")
        if content_type:
            self.put(CONTENT_TYPES, _with_override(self.read(CONTENT_TYPES), part, content_type))

    def write(self, target: Path, *, compress: bool = True) -> PatchReport:
        """Writes the package: members in their order, new ones behind them, those unchanged as raw bytes.

        Without ``compress`` what is new is stored: its bytes then hang on no machine's compressor.
        """
        archive, changed = self.archive, []
        method = _DEFLATED if compress else STORED
        with target.open("wb") as file:
            writer = Writer(file)
            for member in archive.members:
                new = self._encoded(member)
                if new is None:
                    writer.copy(archive, member)
                else:
                    kept = member if compress else replace(member, method=STORED)
                    writer.put(kept, PackedPart.of(kept.method, new))
                    changed.append(member.name)
            for name, data in self._added.items():
                writer.put(self._new_member(name, method), PackedPart.of(method, data))
            writer.finish(archive.comment)
        return PatchReport(tuple(changed), (), tuple(self._spelt.values()))

    def _encoded(self, member: Member) -> bytes | None:
        """A changed member's new bytes, None where it is as it was."""
        new = self._changed.get(part_key(member.name))
        if new is None:
            return None
        old = self.archive.read(member)
        made = encoding_of(old).encode(new)
        return None if made == old else made

    def _new_member(self, key: str, method: int) -> Member:
        """Dated as the workbook part, so that the same edit of the same book gives the same bytes."""
        model = self.package.member(self.package.workbook_part)
        name = self._spelt[key]
        flags = 0 if name.isascii() else _UTF8_NAME
        return replace(
            model, name=name, raw_name=name.encode(), versions=(20, 20), flags=flags, method=method,
            extra=b"", comment=b"", internal=0, offset=0,
        )  # fmt: skip


def _with_override(data: bytes, part: str, content_type: str) -> bytes:
    """The content types with one part's own entry."""
    for tag in tags(data):
        if tag.local == b"Types" and tag.closing:
            name = b'<%bOverride PartName="/%b" ContentType="%b"/>'
            entry = name % (tag.prefix, escape(part), content_type.encode())
            return splice(data, [(tag.start, tag.start, entry)])
    raise damaged("content types without a list")
