"""The compression of sources and of the module directory, [MS-OVBA] 2.4.1.

A container is a signature byte and chunks of 4,096 bytes of the original. A chunk is a row of flag bytes, each
followed by eight tokens: a byte as it is, or two bytes that say how far back and how much to repeat. Where that
would be longer than the bytes themselves, a chunk of 4,096 bytes stands as it is.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from functools import lru_cache
from typing import Final

CHUNK: Final = 4096
_SIGNATURE: Final = b"\x01"
_COMPRESSED, _RAW = 0xB000, 0x3000
_SHORTEST: Final = 3
"""Fewer repeated bytes are not worth a token."""


@lru_cache(maxsize=32)  # most modules are the same in every file that is made
def compress(data: bytes) -> bytes:
    """The compressed container of ``data``.

    >>> compress(b"a" * 73).hex()
    '0103b002614500'

    ValueError where the last chunk has more than 3,640 bytes with nothing to repeat: the format has no exact
    form for that (a raw chunk is always 4,096 bytes long), and sources never look so.
    """
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return _SIGNATURE + b"".join(map(_chunk, chunks))


def _chunk(data: bytes) -> bytes:
    packed = _tokens(data)
    if len(packed) <= CHUNK:
        return _header(_COMPRESSED, len(packed)) + packed
    if len(data) < CHUNK:
        raise ValueError("a last chunk that cannot be compressed has no exact form")
    return _header(_RAW, CHUNK) + data


def _header(kind: int, size: int) -> bytes:
    """``size`` counts the bytes after the header; the format counts the header's two, less three."""
    return struct.pack("<H", kind | (size - 1))


def _tokens(data: bytes) -> bytes:
    """The longest repetition at each place, the nearest of equally long ones."""
    made, group, flags, count = bytearray(), bytearray(), 0, 0
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    at = 0
    while at < len(data):
        back, length = _longest(data, at, seen)
        if length:
            group += _copy_token(at, back, length)
            flags |= 1 << count
        else:
            length = 1
            group.append(data[at])
        for place in range(at, at + length):
            seen[data[place : place + _SHORTEST]].append(place)
        at += length
        count += 1
        if count == 8:
            made += bytes([flags]) + group
            group, flags, count = bytearray(), 0, 0
    return bytes(made + (bytes([flags]) + group if count else b""))


def _longest(data: bytes, at: int, seen: defaultdict[bytes, list[int]]) -> tuple[int, int]:
    """How far back and how much can be repeated here; (0, 0) where nothing is worth it."""
    most = min(_most(at), len(data) - at)
    best, length = 0, _SHORTEST - 1
    for place in reversed(seen.get(data[at : at + _SHORTEST], ())) if most >= _SHORTEST else ():
        if data[place + length] != data[at + length]:
            continue
        found = _common(data, place, at, most)
        if found > length:
            best, length = at - place, found
            if length == most:
                break
    return (best, length) if best else (0, 0)


def _common(data: bytes, place: int, at: int, most: int) -> int:
    length = 0
    while length < most and data[place + length] == data[at + length]:
        length += 1
    return length


def _offset_bits(at: int) -> int:
    """How many of a token's 16 bits say how far back: enough for all that is behind, at least four."""
    return max(4, (at - 1).bit_length())


def _most(at: int) -> int:
    """The longest repetition that a token can say at this place of a chunk."""
    return (0xFFFF >> _offset_bits(at)) + _SHORTEST


def _copy_token(at: int, back: int, length: int) -> bytes:
    return struct.pack("<H", (back - 1) << (16 - _offset_bits(at)) | (length - _SHORTEST))
