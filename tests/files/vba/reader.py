"""Reads a `vbaProject.bin` back, written from [MS-CFB] and [MS-OVBA] and sharing nothing with the writer.

Where the writer knows only its own form, this reads any project that Excel reads, and insists on what the
specifications demand.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF


# --- the compound file --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """An entry of the directory."""

    name: str
    kind: int
    red: bool
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """The streams of a compound file by path."""

    def __init__(self, data: bytes) -> None:
        assert data[:8] == bytes.fromhex("d0cf11e0a1b11ae1")
        _minor, major, order, shift, mini_shift = struct.unpack_from("<5H", data, 24)
        assert (major, order, mini_shift) == (3, 0xFFFE, 6) and shift == 9
        assert data[34:40] == bytes(6) and (len(data) - 512) % 512 == 0
        self._data = data
        fats, directory, _, cutoff, mini, minis, difat, difats = struct.unpack_from("<8L", data, 44)
        assert (cutoff, difat, difats) == (4096, _END, 0)
        places = struct.unpack_from("<109L", data, 76)
        assert all(place == _NONE for place in places[fats:])
        self.fat = [word for place in places[:fats] for word in self._sector_words(place)]
        assert all(self.fat[place] == 0xFFFFFFFD for place in places[:fats])
        self.nodes = [_node(raw) for raw in _cut(self._chain(directory), 128)]
        root = self.nodes[0]
        assert root.kind == 5 and root.name == "Root Entry"
        self._mini_fat = [word for raw in _cut(self._chain(mini), 4) for word in struct.unpack("<L", raw)]
        assert len(self._mini_fat) == minis * 128
        self._mini_stream = self._chain(root.start)[: root.size]
        assert len(self._mini_stream) == root.size
        self.streams = dict(self._walk(root.child, ""))

    def siblings(self, number: int) -> list[Node]:
        """The entries of one tree in order."""
        if number == _NONE:
            return []
        node = self.nodes[number]
        return [*self.siblings(node.left), node, *self.siblings(node.right)]

    def black_height(self, number: int, under_red: bool = False) -> int:
        """How many black entries every way down the tree passes; the rules of red-black trees hold."""
        if number == _NONE:
            return 1
        node = self.nodes[number]
        assert not (under_red and node.red), "a red entry below a red one"
        left, right = (self.black_height(below, node.red) for below in (node.left, node.right))
        assert left == right, "ways of different length"
        return left + (not node.red)

    def _walk(self, number: int, folder: str) -> Iterator[tuple[str, bytes]]:
        for node in self.siblings(number):
            if node.kind == 1:
                yield from self._walk(node.child, f"{folder}{node.name}/")
            else:
                assert node.kind == 2 and node.child == _NONE
                yield folder + node.name, self._stream(node)

    def _stream(self, node: Node) -> bytes:
        if not node.size:
            return b""
        if node.size >= 4096:
            data = self._chain(node.start)
            assert len(data) - node.size < 512
        else:
            data = b"".join(
                self._mini_stream[number * 64 : number * 64 + 64]
                for number in _links(self._mini_fat, node.start)
            )
            assert len(data) - node.size < 64
        return data[: node.size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _links(self.fat, start))

    def _sector(self, number: int) -> bytes:
        data = self._data[512 + number * 512 : 1024 + number * 512]
        assert len(data) == 512, "a sector beyond the file"
        return data

    def _sector_words(self, number: int) -> tuple[int, ...]:
        return struct.unpack("<128L", self._sector(number))


def _links(table: list[int], start: int) -> Iterator[int]:
    """The numbers of a chain; it may not come back to itself."""
    passed: set[int] = set()
    while start != _END:
        assert start not in passed, "a chain in a circle"
        passed.add(start)
        yield start
        start = table[start]


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def _node(raw: bytes) -> Node:
    length, kind, colour, left, right, child = struct.unpack_from("<HBBLLL", raw, 64)
    start, size = struct.unpack_from("<LQ", raw, 116)
    name = raw[: max(length - 2, 0)].decode("utf-16-le")
    return Node(name, kind, colour == 0, left, right, child, start, size)


# --- compression --------------------------------------------------------------------------------------------------


def decompress(data: bytes) -> bytes:
    """[MS-OVBA] 2.4.1.3.1 to 2.4.1.3.5."""
    assert data[:1] == b"\x01"
    at, made = 1, bytearray()
    while at < len(data):
        (header,) = struct.unpack_from("<H", data, at)
        assert header >> 12 & 7 == 3, "no chunk begins here"
        body = data[at + 2 : at + (header & 0xFFF) + 3]
        assert len(body) == (header & 0xFFF) + 1, "a chunk that is cut off"
        assert len(made) % 4096 == 0, "only the last chunk may be short"
        if header & 0x8000:
            made += _chunk(body)
        else:
            assert len(body) == 4096
            made += body
        at += 2 + len(body)
    return bytes(made)


def _chunk(body: bytes) -> bytes:
    made, at = bytearray(), 0
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                break
            if flags >> bit & 1:
                (token,) = struct.unpack_from("<H", body, at)
                bits = 4
                while 1 << bits < len(made):
                    bits += 1
                back, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
                assert back <= len(made), "a repetition of what is not there yet"
                for _ in range(length):
                    made.append(made[-back])
                at += 2
            else:
                made.append(body[at])
                at += 1
    assert len(made) <= 4096
    return bytes(made)


# --- the project --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Project:
    """What a project says of itself."""

    name: str
    references: dict[str, str]
    sources: dict[str, str]
    standard: set[str]
    properties: dict[str, str]
    listed: list[str]
    names: list[tuple[str, str]]


def read_project(data: bytes) -> Project:
    compound = Compound(data)
    text = compound.streams["PROJECT"].decode("cp1252")
    properties, listed = _properties(text)
    name, references, modules = _directory(decompress(compound.streams["VBA/dir"]))
    sources = {
        module: decompress(compound.streams[f"VBA/{stream}"][offset:]).decode("cp1252")
        for module, stream, offset, _ in modules
    }
    standard = {module for module, _, _, kind in modules if kind == 0x21}
    return Project(
        name, references, sources, standard, properties, listed, _names(compound.streams["PROJECTwm"])
    )


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<HL", data, at)
        size += 2 if number == 0x09 else 0
        yield number, data[at + 6 : at + 6 + size]
        at += 6 + size
    assert at == len(data)


def _directory(data: bytes) -> tuple[str, dict[str, str], list[tuple[str, str, int, int]]]:
    name, references, modules = "", {}, []
    current: dict[int, bytes] = {}
    waiting, count = "", None
    for number, body in _records(data):
        if number == 0x04:
            name = body.decode("cp1252")
        elif number == 0x3E:
            waiting = body.decode("utf-16-le")
        elif number == 0x0D:
            (size,) = struct.unpack_from("<L", body)
            assert len(body) == 4 + size + 6
            references[waiting] = body[4 : 4 + size].decode("cp1252")
        elif number == 0x0F:
            (count,) = struct.unpack("<H", body)
        elif number == 0x2B:
            (offset,) = struct.unpack("<L", current[0x31])
            kind = 0x21 if 0x21 in current else 0x22
            plain, wide = current[0x19].decode("cp1252"), current[0x47].decode("utf-16-le")
            assert plain == wide and current[0x1A].decode("cp1252") == current[0x32].decode("utf-16-le")
            modules.append((plain, current[0x1A].decode("cp1252"), offset, kind))
            current = {}
        elif count is not None:
            current[number] = body
    assert count == len(modules)
    return name, references, modules


def _properties(text: str) -> tuple[dict[str, str], list[str]]:
    pairs = [line.split("=", 1) for line in text.split("\r\n[Workspace]")[0].split("\r\n") if "=" in line]
    kinds = ("Module", "Class", "Document")
    listed = [f"{kind}={value}" for kind, value in pairs if kind in kinds]
    return {key: value.strip('"') for key, value in pairs if key not in kinds}, listed


def _names(data: bytes) -> list[tuple[str, str]]:
    found, at = [], 0
    while data[at : at + 1] not in (b"\0", b""):
        end = data.index(b"\0", at)
        plain = data[at:end].decode("cp1252")
        wide_end = end + 1 + 2 * len(plain)
        found.append((plain, data[end + 1 : wide_end].decode("utf-16-le")))
        assert data[wide_end : wide_end + 2] == bytes(2)
        at = wide_end + 2
    return found


def clear(text: str, project_id: str) -> bytes:
    """What a line such as CMG hides, [MS-OVBA] 2.4.3.3."""
    seed, version, key, *rest = bytes.fromhex(text)
    assert seed ^ version == 2 and seed ^ key == sum(project_id.encode()) & 0xFF
    plain, first, second = seed ^ key, key, version
    opened = []
    for byte in rest:
        plain, first, second = byte ^ ((second + plain) & 0xFF), byte, first
        opened.append(plain)
    opened = opened[(seed & 6) // 2 :]
    assert int.from_bytes(bytes(opened[:4]), "little") == len(opened) - 4
    return bytes(opened[4:])
