"""Writes a zip container: members are copied raw, changed ones are written anew, and so is the directory."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import BinaryIO

from isal import isal_zlib

from addin.files.package.container import (
    CENTRAL,
    DEFLATED,
    END,
    END64,
    END64_LOCATOR,
    LIMIT32,
    LOCAL,
    RAW,
    Archive,
    Member,
)
from addin.files.package.problem import damaged

_DESCRIPTOR = 8
"""The flag of a member whose sizes stand behind its data."""
_LEVEL_SMALL, _LEVEL_BIG, _BIG = 3, 2, 1 << 20


class Writer:
    """Writes a package: raw copies and changed parts in the order in which they are given."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[tuple[Member, int]] = []

    def copy(self, archive: Archive, member: Member) -> None:
        """Copies a member without opening it."""
        start = self._file.tell()
        for piece in archive.raw_record(member):
            self._file.write(piece)
        self._entries.append((member, start))

    def put(self, member: Member, part: PackedPart) -> None:
        """Writes a changed part under the member's name, time and attributes."""
        start = self._file.tell()
        entry = part.member(member)
        self._file.write(_local_header(entry))
        for piece in part.pieces:
            self._file.write(piece)
        self._entries.append((entry, start))

    def finish(self, comment: bytes) -> None:
        """Writes the central directory."""
        start = self._file.tell()
        for member, offset in self._entries:
            self._file.write(_central_record(member, offset))
        length = self._file.tell() - start
        count = len(self._entries)
        if max(start, length) >= LIMIT32 or count >= 0xFFFF:
            where = start + length
            self._file.write(
                END64.pack(b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
                + END64_LOCATOR.pack(b"PK\x06\x07", 0, where, 1)
            )
        small = min(count, 0xFFFF)
        self._file.write(
            END.pack(
                b"PK\x05\x06", 0, 0, small, small, min(length, LIMIT32), min(start, LIMIT32), len(comment)
            )
            + comment
        )


class PackedPart:
    """A changed part, compressed as it is written; `about` is its rough size in bytes."""

    def __init__(self, method: int, about: int) -> None:
        level = _LEVEL_BIG if about > _BIG else _LEVEL_SMALL
        self._deflate = isal_zlib.compressobj(level, wbits=RAW) if method == DEFLATED else None
        self._crc = self._size = self._packed = 0
        self.pieces: list[bytes] = []

    @classmethod
    def of(cls, method: int, data: bytes) -> PackedPart:
        """A whole part at once."""
        part = cls(method, len(data))
        part.write(data)
        part.close()
        return part

    def write(self, data: bytes) -> None:
        self._crc = isal_zlib.crc32(data, self._crc)
        self._size += len(data)
        self._keep(self._deflate.compress(data) if self._deflate else data)

    def _keep(self, packed: bytes) -> None:
        self._packed += len(packed)
        self.pieces.append(packed)

    def close(self) -> None:
        """Nothing more is written."""
        if self._deflate:
            self._keep(self._deflate.flush())

    def member(self, source: Member) -> Member:
        """The directory entry of the part in the place of `source`."""
        if max(self._size, self._packed) >= LIMIT32:
            raise damaged(f"{source.name}: too large to write")
        flags = source.flags & ~_DESCRIPTOR
        return replace(
            source, flags=flags, crc=self._crc, packed=self._packed, size=self._size, extra=b"", offset=0
        )


def _local_header(member: Member) -> bytes:
    numbers = (member.crc, member.packed, member.size, len(member.raw_name), 0)
    head = (20, member.flags, member.method, member.time, member.day)
    return LOCAL.pack(b"PK\x03\x04", *head, *numbers) + member.raw_name


def _central_record(member: Member, offset: int) -> bytes:
    sizes = [member.size, member.packed, offset]
    wide = [value for value in sizes if value >= LIMIT32]
    extra = member.extra
    if wide:
        extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) + extra
    size, packed, offset = (min(value, LIMIT32) for value in sizes)
    made, needed = member.versions
    return (
        CENTRAL.pack(
            b"PK\x01\x02", made, max(needed, 45) if wide else needed, member.flags, member.method,
            member.time, member.day, member.crc, packed, size, len(member.raw_name), len(extra),
            len(member.comment), 0, member.internal, member.external, offset,
        )
        + member.raw_name + extra + member.comment
    )  # fmt: skip
