"""An independent witness: shares no code with the writer, compares packages by hash and by plain patterns."""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
from pathlib import Path

CELL = re.compile(rb"<((?:\w+:)?)c\s[^>]*?r=[\"']([A-Z]+[0-9]+)[\"'][^>]*?(?:/>|>.*?</\1c>)", re.DOTALL)


def digests(path: Path) -> dict[str, str]:
    """Every part's hash, by its name as the directory spells it."""
    with zipfile.ZipFile(path) as package:
        return {
            info.orig_filename: hashlib.sha256(package.read(info)).hexdigest() for info in package.infolist()
        }


def packed_bytes(path: Path) -> dict[str, bytes]:
    """Every member's local header, name, extra field and packed data, as they lie in the file."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            at = info.header_offset
            name_length, extra_length = struct.unpack_from("<HH", data, at + 26)
            end = at + 30 + name_length + extra_length + info.compress_size
            found[info.orig_filename] = data[at:end]
    return found


def changed(before: Path, after: Path) -> set[str]:
    """Parts that are not in both with the same bytes."""
    old, new = digests(before), digests(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def cells(path: Path, part: str) -> dict[str, bytes]:
    """The bytes of every cell of a sheet part, by place."""
    with zipfile.ZipFile(path) as package:
        info = next(info for info in package.infolist() if info.orig_filename == part)
        return {match[2].decode(): match[0] for match in CELL.finditer(package.read(info))}


def outside_rows(path: Path, part: str) -> tuple[bytes, bytes]:
    """What stands before and after the rows of a sheet part."""
    with zipfile.ZipFile(path) as package:
        info = next(info for info in package.infolist() if info.orig_filename == part)
        data = package.read(info)
    start = re.search(rb"<(?:\w+:)?sheetData[^>]*>", data)
    assert start, part
    end = data.rfind(b"sheetData>") if not start[0].endswith(b"/>") else start.end()
    return data[: start.start()], data[end:].removeprefix(b"sheetData>")
