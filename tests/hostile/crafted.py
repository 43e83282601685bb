"""Files made by hand, byte for byte, and the promise that every one of them is held against."""

from __future__ import annotations

import resource
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bad_input.reports import Spoken, command, unchanged

AS_OF = "2026-03-31"


@dataclass
class Entry:
    """A member as its headers describe it, truly or not."""

    name: bytes
    content: bytes = b""
    method: int = 8
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    offset: int | None = None
    flags: int = 0
    comment: bytes = b""

    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method == 0:
            return self.content
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeeze.compress(self.content) + squeeze.flush()


def zipped(entries: list[Entry], after: bytes = b"", comment: bytes = b"", count: int | None = None) -> bytes:
    """A zip file of these members; ``after`` follows its end, ``count`` is what its end claims."""
    body, directory = bytearray(), bytearray()
    for entry in entries:
        data = entry.data()
        size = len(entry.content) if entry.size is None else entry.size
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        numbers = (entry.flags, entry.method, 0, 33, crc, len(data), size, len(entry.name))
        offset = len(body) if entry.offset is None else entry.offset
        if entry.offset is None:
            body += b"PK\3\4" + struct.pack("<5H3L2H", 20, *numbers, 0) + entry.name + data
        central = struct.pack("<6H3L5H2L", 20, 20, *numbers, 0, len(entry.comment), 0, 0, 0, offset)
        directory += b"PK\1\2" + central + entry.name + entry.comment
    claimed = len(entries) if count is None else count
    end = struct.pack("<4H2LH", 0, 0, claimed, claimed, len(directory), len(body), len(comment))
    return bytes(body + directory) + b"PK\5\6" + end + comment + after


def entries_of(book: bytes) -> list[Entry]:
    """The members of a sound book."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return [Entry(name.encode(), archive.read(name)) for name in archive.namelist()]


def refused(book: Path, *words: str, arguments: tuple[str | Path, ...] = ()) -> Spoken:
    """Every command that reads the book says one line with these words, exit 2, and nothing changes."""
    spoken = Spoken(0, "", "")
    for name in ("check", "refresh"):
        with unchanged(book.parent):
            spoken = command(name, book, "--as-of", AS_OF, "--lang", "en", *arguments)
        assert spoken.code == 2, (name, spoken)
        assert len(spoken.err.splitlines()) == 1 and spoken.out == "", spoken
        assert "internal error" not in spoken.err
        for word in words:
            assert word in spoken.err, spoken.err
    return spoken


@contextmanager
def bounded(seconds: float, megabytes: int) -> Iterator[None]:
    """What happens inside takes no longer, and no more memory on top of what the process had at its most.

    Seconds are processor time: other programs on the machine do not count.
    """
    started, before = time.process_time(), _peak()
    yield
    took, grown = time.process_time() - started, _peak() - before
    assert took < seconds, f"{took:.1f} s"
    assert grown < megabytes, f"{grown} MB"


def _peak() -> int:
    """The most memory that the process had, in MB; macOS counts in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024**2 if sys.platform == "darwin" else 1024)
