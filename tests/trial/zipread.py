"""A zip file as its bytes say: members with their packed data. Shares no code with the writer."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """A member: its name as spelt, its packed bytes and what they unpack to."""

    name: str
    packed: bytes
    data: bytes
    time: tuple[int, int]
    attributes: int


def entries(path: Path) -> dict[str, Entry]:
    """All members in the order of the directory; ValueError where two have one name."""
    whole = path.read_bytes()
    end = whole.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HLL", whole, end + 10)
    assert count < 0xFFFF and start + length <= end, "the trial has no package that needs zip64"
    found: dict[str, Entry] = {}
    shift = 0 if whole[start : start + 4] == b"PK\x01\x02" else end - length - start
    at = start + shift
    for _ in range(count):
        entry, at = _entry(whole, at, shift)
        if entry.name in found:
            raise ValueError(f"{entry.name} twice")
        found[entry.name] = entry
    return found


def _entry(whole: bytes, at: int, shift: int) -> tuple[Entry, int]:
    assert whole[at : at + 4] == b"PK\x01\x02"
    method, time, day, crc, packed, size, name, extra, comment = struct.unpack_from("<3H3L3H", whole, at + 10)
    attributes, offset = struct.unpack_from("<2L", whole, at + 38)
    text = whole[at + 46 : at + 46 + name].decode("utf-8", "surrogateescape")
    name_here, extra_here = struct.unpack_from("<2H", whole, offset + shift + 26)
    begin = offset + shift + 30 + name_here + extra_here
    raw = whole[begin : begin + packed]
    data = zlib.decompress(raw, -15) if method == 8 else raw
    assert len(data) == size and zlib.crc32(data) == crc, text
    return Entry(text, raw, data, (time, day), attributes), at + 46 + name + extra + comment
