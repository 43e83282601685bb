"""Looks at a written package again: what was not to change is the same bytes, what changed can be read."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from xml.parsers import expat

from addin.files.package.container import Archive, Member
from addin.files.package.edits import PatchReport
from addin.files.package.problem import PackageError

_UNKNOWN_ENCODING = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
_PARSED_BYTES = 1 << 20
"""Large sheets are held by their checksum alone: to parse one takes as long as to write it."""


def verify(source: Path, target: Path, report: PatchReport) -> None:
    """Raises PackageError if `target` is not `source` with only the reported parts changed."""
    with Archive(source) as old, Archive(target) as new:
        gone = set(report.dropped_parts)
        changed = set(report.changed_parts)
        kept = [m.raw_name for m in old.members if m.name not in gone]
        if [m.raw_name for m in new.members] != [*kept, *(name.encode() for name in report.added_parts)]:
            raise _failed("list of parts")
        twins = {member.name: member for member in old.members}
        for member in new.members:
            if member.name in changed or member.name not in twins:
                _check_readable(new, member)
            else:
                _check_same(old, twins[member.name], new, member)


def _check_same(old: Archive, before: Member, new: Archive, after: Member) -> None:
    if (before.crc, before.size, before.packed) != (after.crc, after.size, after.packed):
        raise _failed(after.name)
    for left, right in zip_longest(old.raw_record(before), new.raw_record(after)):
        if left != right:
            raise _failed(after.name)


def _check_readable(archive: Archive, member: Member) -> None:
    """Inflates the part; its checksum is checked, and its XML if it is not very large."""
    parser = expat.ParserCreate() if member.size <= _PARSED_BYTES else None
    try:
        for piece in archive.pieces(member):
            if parser:
                parser.Parse(piece, False)
        if parser:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code == _UNKNOWN_ENCODING:  # such as GBK, which this parser does not know
            return
        raise _failed(f"{member.name}: {error}") from error


def _failed(what: str) -> PackageError:
    return PackageError(
        f"写入后的检查没有通过（{what}），原工作簿保持不变。请重试；若再次出现，请保留文件并报告。",
        f"The check after writing failed ({what}); the workbook is as it was. "
        "Try again; if it happens again, keep the file and report it.",
    )
