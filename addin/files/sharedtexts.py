"""The part of shared texts, looked at before a library reads it: how many texts it says that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

ROOT_WITHIN: Final = 64 * 1024
"""Bytes of the part in which its root must be."""
SMALLEST: Final = 5
"""Bytes of a text: ``<si/>``."""

_ROOT = re.compile(rb"<([A-Za-z_][\w.-]{0,40}:)?sst(?=[\s/>])([^<>]*)>")
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']([^"']*)["']""")


def is_believable(pieces: Iterable[bytes], size: int) -> bool:
    """Whether a part of so many bytes can hold as many texts as its root says; other dialects are not believed.

    python-calamine reserves memory for the number that it is told, before it has seen a text, and the process
    ends where there is not that much.
    """
    head, end, tags, read = b"", b"", 0, 0
    for piece in pieces:
        if read < ROOT_WITHIN:
            head += piece
        tags += (end[-3:] + piece).count(b"<sst") + (end[-3:] + piece).count(b":sst")
        end, read = (end + piece)[-100:], read + len(piece)
    root = _ROOT.search(head[:ROOT_WITHIN])
    if not root or b"&" in root[2]:
        return False
    # with a prefix, the tag that ends the part counts as well
    closed = bool(root[1]) and end.rstrip().endswith(b"</" + root[1] + b"sst>")
    counts = _COUNT.findall(root[2])
    return tags == 1 + closed and all(
        count.isdigit() and len(count) < 12 and int(count) <= size // SMALLEST for count in counts
    )
