"""The zip container at the level of bytes: its members, and their bytes as they lie in the file or inflated.

Follows PKWARE's APPNOTE 6.3.9 as far as ECMA-376 part 2 needs it: stored and deflated members, data
descriptors, zip64. `addin.files.package.packing` writes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

from addin.files.package import limits
from addin.files.package.problem import PackageError, damaged

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64_LOCATOR = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
LIMIT32 = 0xFFFFFFFF
STORED, DEFLATED = 0, 8
RAW = -isal_zlib.MAX_WBITS
_COPY_PIECE, _READ_PIECE = 1 << 17, 1 << 17


@dataclass(frozen=True)
class Member:
    """One entry of the central directory; `name` is the part name: forward slashes, as spelt in the file."""

    name: str
    raw_name: bytes
    versions: tuple[int, int]
    flags: int
    method: int
    time: int
    day: int
    crc: int
    packed: int
    size: int
    internal: int
    external: int
    extra: bytes
    comment: bytes
    offset: int


class Archive:
    """An open source file: its members and their bytes. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("rb")
        try:
            self.members, self.comment = _read_directory(self._file)
            limits.check_sizes(self.members, path.stat().st_size)
            self._by_key = _index(self.members)
            self._ends = _record_ends(self.members, self._directory_start())
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _directory_start(self) -> int:
        return _find_directory(self._file)[0]

    def find(self, part: str) -> Member | None:
        """The member of a part name: case and a leading slash do not matter (OPC 6.2.2.3)."""
        return self._by_key.get(part_key(part))

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The inflated bytes of a member, in pieces; checked against size, ratio and CRC."""
        _check_readable(member)
        crc, size = 0, 0
        packed = self._packed(member)
        for piece in _inflated(packed, member.name) if member.method == DEFLATED else packed:
            size += len(piece)
            crc = isal_zlib.crc32(piece, crc)
            if size > member.size:
                raise damaged(f"{member.name}: longer than declared")
            yield piece
        if size != member.size or crc != member.crc:
            raise damaged(f"{member.name}: checksum differs")

    def read(self, member: Member) -> bytes:
        """The whole inflated part."""
        whole = BytesIO()  # grows in place, so that a large part is held once
        for piece in self.pieces(member):
            whole.write(piece)
        return whole.getvalue()

    def _packed(self, member: Member) -> Iterator[bytes]:
        position, end = self._packed_span(member)
        while position < end:
            self._file.seek(position)
            piece = self._file.read(min(_READ_PIECE, end - position))
            if not piece:
                raise damaged(f"{member.name}: unexpected end")
            position += len(piece)
            yield piece

    def _packed_span(self, member: Member) -> tuple[int, int]:
        """Where the packed bytes begin and end; no byte belongs to two parts."""
        start = self._data_start(member)
        end = start + member.packed
        if end > self._ends[member.offset]:
            raise damaged(f"{member.name}: overlaps the next part")
        return start, end

    def _data_start(self, member: Member) -> int:
        self._file.seek(member.offset)
        head = self._file.read(LOCAL.size)
        if len(head) < LOCAL.size or head[:4] != b"PK\x03\x04":
            raise damaged(f"{member.name}: no local header")
        fields = LOCAL.unpack(head)
        return member.offset + LOCAL.size + int(fields[9]) + int(fields[10])

    def raw_record(self, member: Member) -> Iterator[bytes]:
        """Local header, data and descriptor exactly as in the source, in pieces."""
        self._packed_span(member)
        end = self._ends[member.offset]
        position = member.offset
        while position < end:
            self._file.seek(position)
            piece = self._file.read(min(_COPY_PIECE, end - position))
            if not piece:
                raise damaged(f"{member.name}: unexpected end")
            position += len(piece)
            yield piece


def _inflated(packed: Iterator[bytes], name: str) -> Iterator[bytes]:
    inflate = isal_zlib.decompressobj(RAW)
    try:
        for raw in packed:
            rest = raw
            while rest and not inflate.eof:
                if piece := inflate.decompress(rest, _COPY_PIECE):  # blocks may hold nothing
                    yield piece
                rest = inflate.unconsumed_tail
        if piece := inflate.flush():
            yield piece
    except isal_zlib.error as error:  # type: ignore[misc]  # its stubs take the class for an instance
        raise damaged(f"{name}: {error}") from error


def part_key(name: str) -> str:
    """The spelling by which part names are compared.

    >>> part_key("\\\\xl\\\\Workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()


def _check_readable(member: Member) -> None:
    if member.flags & 1:
        raise PackageError(
            "文件内容已加密，无法读写。请先在 Excel 中取消密码再试。",
            "The file's contents are encrypted. Remove the password in Excel and try again.",
            code="encrypted",
        )
    if member.method not in (STORED, DEFLATED):
        raise damaged(f"{member.name}: compression method {member.method}")


def _index(members: tuple[Member, ...]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in members:
        key = part_key(member.name)
        if key in found and not key.endswith("/"):
            raise damaged(f"part {member.name} is there twice")
        found[key] = member
    return found


def _record_ends(members: tuple[Member, ...], directory: int) -> dict[int, int]:
    starts = sorted({member.offset for member in members})
    if len(starts) != len(members):
        raise damaged("two parts share their bytes")
    if starts and starts[-1] >= directory:
        raise damaged("a part lies outside the file")
    return dict(zip(starts, [*starts, directory][1:], strict=True))


def _find_directory(file: BinaryIO) -> tuple[int, int, int, int, bytes]:
    """Start of the central directory, its length, the count, the shift of all offsets, the comment."""
    size = file.seek(0, 2)
    file.seek(0)
    if file.read(8) == _OLE_MAGIC:
        raise PackageError(
            "文件已加密，或是旧版 .xls 格式，无法写入。请在 Excel 中取消密码并另存为 .xlsx。",
            "The file is encrypted or an old .xls. Remove the password in Excel and save it as .xlsx.",
        )
    tail_start = max(0, size - 65_557)
    file.seek(tail_start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        raise damaged("not a zip file, or cut off")
    _, _, _, _, count, length, start, comment_length = END.unpack_from(tail, at)
    comment = tail[at + END.size : at + END.size + comment_length]
    end = tail_start + at
    found = _find_end64(file, end)  # some write it even where the numbers would fit
    if found:
        count, length, start, end = found
    shift = end - length - start
    if shift < 0:
        raise damaged("central directory is cut off")
    return start + shift, length, count, shift, comment


def _find_end64(file: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    """Count, length, start of a zip64 directory and where its end record lies."""
    if end < END64_LOCATOR.size:
        return None
    file.seek(end - END64_LOCATOR.size)
    magic, _, where, _ = END64_LOCATOR.unpack(file.read(END64_LOCATOR.size))
    if magic != b"PK\x06\x07":
        return None
    for position in (where, end - END64_LOCATOR.size - END64.size):
        file.seek(min(max(position, 0), end))
        record = file.read(END64.size)
        if len(record) == END64.size and record[:4] == b"PK\x06\x06":
            fields = END64.unpack(record)
            return fields[7], fields[8], fields[9], position
    raise damaged("zip64 end record is missing")


def _read_directory(file: BinaryIO) -> tuple[tuple[Member, ...], bytes]:
    start, length, count, shift, comment = _find_directory(file)
    limits.check_count(count)
    file.seek(start)
    directory = file.read(length)
    members, at = [], 0
    for _ in range(count):
        if directory[at : at + 4] != b"PK\x01\x02" or len(directory) - at < CENTRAL.size:
            raise damaged("central directory is cut off")
        member, at = _read_entry(directory, at, shift)
        members.append(member)
    return tuple(members), comment


def _read_entry(directory: bytes, at: int, shift: int) -> tuple[Member, int]:
    fields = CENTRAL.unpack_from(directory, at)
    (_, made, needed, flags, method, time, day, crc, packed, size) = fields[:10]
    name_length, extra_length, comment_length, _, internal, external, offset = fields[10:]
    name_at = at + CENTRAL.size
    extra_at = name_at + name_length
    comment_at = extra_at + extra_length
    raw_name = directory[name_at:extra_at]
    extra, wide = _split_zip64(directory[extra_at:comment_at])
    sizes = [size, packed, offset]
    for index, value in enumerate(sizes):
        if value == LIMIT32 and wide:
            sizes[index] = wide.pop(0)
    name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "replace").replace("\\", "/")
    end = comment_at + comment_length
    member = Member(
        name, raw_name, (made, needed), flags, method, time, day, crc, sizes[1], sizes[0],
        internal, external, extra, directory[comment_at:end], sizes[2] + shift,
    )  # fmt: skip
    return member, end


def _split_zip64(extra: bytes) -> tuple[bytes, list[int]]:
    """The extra field without its zip64 block, and that block's 64-bit numbers in order."""
    rest, wide, at = b"", [], 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        block = extra[at : at + 4 + length]
        if tag == 1:
            numbers = (len(block) - 4) // 8
            wide = list(struct.unpack_from(f"<{numbers}Q", block, 4))
        else:
            rest += block
        at += 4 + length
    return rest + extra[at:], wide
