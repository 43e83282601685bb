"""The compound file around the streams, [MS-CFB] version 3: sectors of 512 bytes, small streams in a stream of
their own, and a directory in which the entries of a storage form a red-black tree.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

_MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_SECTOR, _MINI_SECTOR, _SMALL = 512, 64, 4096
_NONE, _FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_HEADER: Final = struct.Struct("<8s16s5H6x9L")
_ENTRY: Final = struct.Struct("<64sH2B3L16s4x8s8sLQ")
_MOST_FATS: Final = 109
"""What the header has room for: a file of 7 MB, far more than sources need."""


@dataclass
class _Entry:
    """One entry of the directory; ``left``, ``right`` and ``child`` are the numbers of others."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0


@dataclass
class _Sectors:
    """Blocks of one size, and the chain: which block follows each."""

    size: int
    blocks: list[bytes] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Appends the data, zeros behind it up to a whole block; the number of its first block."""
        if not data:
            return _END
        first = len(self.blocks)
        padded = data + bytes(-len(data) % self.size)
        self.blocks += [padded[at : at + self.size] for at in range(0, len(padded), self.size)]
        self.chain += [*range(first + 1, len(self.blocks)), _END]
        return first


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams by their path: ``VBA/dir`` is the stream ``dir`` in the storage ``VBA``.

    Nothing in it is dated and no order counts, so the same streams give the same bytes. ValueError where they
    are more than 7 MB.
    """
    entries = _directory(streams)
    small, large = _Sectors(_MINI_SECTOR), _Sectors(_SECTOR)
    for entry in entries[1:]:
        if entry.kind == _STREAM:
            entry.start = (small if len(entry.data) < _SMALL else large).add(entry.data)
    entries[0].data = b"".join(small.blocks)
    entries[0].start = large.add(entries[0].data)
    mini_fat = _words(small.chain)
    mini_start, mini_count = large.add(mini_fat), len(mini_fat) // _SECTOR
    unused = _packed(_Entry("", 0)) * (-len(entries) % (_SECTOR // _ENTRY.size))
    directory = large.add(b"".join(map(_packed, entries)) + unused)
    return _whole(large, directory, mini_start, mini_count)


def _whole(sectors: _Sectors, directory: int, mini_start: int, mini_count: int) -> bytes:
    """Header, sectors, and behind them the sectors that say which sector follows which."""
    count, a_sector = len(sectors.blocks), _SECTOR // 4
    fats = -(-count // (a_sector - 1))  # each holds one entry for itself
    if fats > _MOST_FATS:
        raise ValueError("the streams are more than one such file can hold")
    fat = _words([*sectors.chain, *([_FAT] * fats)])
    header = _HEADER.pack(
        _MAGIC, bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, directory, 0, _SMALL, mini_start, mini_count, _END, 0,
    )  # fmt: skip
    places = [*range(count, count + fats), *([_FREE] * (_MOST_FATS - fats))]
    return header + struct.pack(f"<{_MOST_FATS}L", *places) + b"".join(sectors.blocks) + fat


def _words(numbers: list[int]) -> bytes:
    """A chain as whole sectors; what is left over in the last one is free."""
    filled = [*numbers, *([_FREE] * (-len(numbers) % (_SECTOR // 4)))]
    return struct.pack(f"<{len(filled)}L", *filled)


def _directory(streams: Mapping[str, bytes]) -> list[_Entry]:
    """The entries by number, the root first, with their places in the trees."""
    entries = [_Entry("Root Entry", _ROOT)]
    storages = sorted({path.rpartition("/")[0] for path in streams} - {""})
    numbers: dict[str, int] = {}
    for path in [*storages, *sorted(streams)]:
        numbers[path] = len(entries)
        kind = _STREAM if path in streams else _STORAGE
        entries.append(_Entry(path.rpartition("/")[2], kind, streams.get(path, b"")))
    for storage in ["", *storages]:
        inside = [number for path, number in numbers.items() if path.rpartition("/")[0] == storage]
        entries[numbers[storage] if storage else 0].child = _tree(entries, inside)
    return entries


def _tree(entries: list[_Entry], numbers: Iterable[int]) -> int:
    """Joins entries into a balanced tree and gives its root.

    Only the lowest level is red, so that every way down passes equally many black ones.
    """
    ordered = sorted(numbers, key=lambda number: _order(entries[number].name))
    lowest = len(ordered).bit_length() - 1

    def join(first: int, end: int, level: int) -> int:
        if first == end:
            return _NONE
        middle = (first + end) // 2
        entry = entries[ordered[middle]]
        entry.colour = _RED if level == lowest and level else _BLACK
        entry.left = join(first, middle, level + 1)
        entry.right = join(middle + 1, end, level + 1)
        return ordered[middle]

    return join(0, len(ordered), 0)


def _order(name: str) -> tuple[int, str]:
    """Shorter names come first, then capitals decide ([MS-CFB] 2.6.4)."""
    return len(name), name.upper()


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    length = len(name) + 2 if name else 0
    if length > 64:
        raise ValueError(f"{entry.name}: a name of more than 31 characters")
    return _ENTRY.pack(
        name, length, entry.kind, entry.colour, entry.left, entry.right, entry.child,
        bytes(16), bytes(8), bytes(8), entry.start, len(entry.data),
    )  # fmt: skip
