"""Old binary workbooks (.xls) made by hand, record for record, so that each can be wrong in just one place.

A compound file (MS-CFB) of 512-byte sectors: the allocation table first, then the directory, then the one stream
`Workbook` of BIFF8 records (MS-XLS).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def beginning(kind: int) -> bytes:
    return record(0x0809, struct.pack("<4H2L", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


ENDING = record(0x000A)
GLOBALS, SHEET = 0x0005, 0x0010


def label(row: int, column: int, words: str) -> bytes:
    """A cell with its own text; row and column count from 0."""
    return record(0x0204, struct.pack("<4HB", row, column, 0, len(words), 1) + words.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<3Hd", row, column, 0, value))


def shared(row: int, column: int, text: int) -> bytes:
    """A cell with a text of the shared ones."""
    return record(0x00FD, struct.pack("<3HL", row, column, 0, text))


def texts(words: Sequence[str], count: int | None = None) -> bytes:
    """The shared texts; ``count`` is how many there are said to be."""
    listed = b"".join(struct.pack("<HB", len(each), 0) + each.encode("latin-1") for each in words)
    claimed = len(words) if count is None else count
    return record(0x00FC, struct.pack("<2L", claimed, claimed) + listed)


def dimensions(rows: int, columns: int) -> bytes:
    """What the sheet says of its size."""
    return record(0x0200, struct.pack("<2L3H", 0, rows, 0, columns, 0))


def workbook(cells: bytes, before: bytes = b"", tabs: int = 1) -> bytes:
    """The stream of a workbook; all of its ``tabs`` are the same sheet. ``before`` goes among the globals."""
    style = record(0x00E0, struct.pack("<2H", 0, 0) + bytes(16))
    names = [f"Tab {tab}".encode() for tab in range(tabs)]
    start = beginning(GLOBALS) + record(0x0042, struct.pack("<H", 1200)) + style + before
    length = len(start) + sum(12 + len(name) for name in names) + len(ENDING)
    listed = b"".join(record(0x0085, struct.pack("<LHBB", length, 0, len(name), 0) + name) for name in names)
    return start + listed + ENDING + beginning(SHEET) + cells + ENDING


def compound(stream: bytes, chain: dict[int, int] | None = None, size: int | None = None) -> bytes:
    """The file around a stream. ``chain`` changes entries of the allocation table, ``size`` the stream's length."""
    stream = stream.ljust(4096, b"\0")
    length = len(stream) if size is None else size
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    tables = -(-(count + 1) * 4 // (SECTOR - 4))  # its own sectors are entries of the table too
    first = tables + 1
    entries = [TABLE] * tables + [END] + [*range(first + 1, first + count), END]
    for place, follower in (chain or {}).items():
        entries[place if place >= 0 else first - 1 - place] = follower
    entries += [FREE] * (tables * SECTOR // 4 - len(entries))
    assert tables <= 109
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<2L", 0, tables) + struct.pack("<L4xL", tables, 4096)
    header += struct.pack("<4L", END, 0, END, 0)
    header += struct.pack("<109L", *range(tables), *[FREE] * (109 - tables))
    directory = entry("Root Entry", 5, END, 0, child=1) + entry("Workbook", 2, first, length) + bytes(256)
    return header + struct.pack(f"<{len(entries)}L", *entries) + directory + stream


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    head = words.ljust(64, b"\0") + struct.pack("<H2B3L", len(words), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<LQ", start, size)
