"""The part of shared texts, looked at before a library reads it: how many texts it says that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

ROOT_WITHIN: Final = 64 * 1024
"""Bytes of the part in which its root must be."""
SMALLEST: Final = 5
"""Bytes of a text: ``<si/>``."""

_ROOT = re.compile(rb"<sst(?=[\s/>])([^<>]*)>")
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']([^"']*)["']""")
_OTHER_ROOTS = (b"<sst", b":sst")


def is_believable(pieces: Iterable[bytes], size: int) -> bool:
    """Whether a part of so many bytes can hold as many texts as its root says; other dialects are not believed.

    python-calamine reserves memory for the number that it is told, before it has seen a text, and the process
    ends where there is not that much.
    """
    seen, head, tail, roots = 0, b"", b"", 0
    for piece in pieces:
        if seen < ROOT_WITHIN:
            head += piece
        joined = tail + piece
        roots += sum(joined.count(root) for root in _OTHER_ROOTS)
        tail, seen = joined[-3:], seen + len(piece)
    root = _ROOT.search(head)
    if not root or roots != 1 or b"&" in root[1]:
        return False
    counts = _COUNT.findall(root[1])
    return all(
        count.isdigit() and len(count) < 12 and int(count) <= size // SMALLEST * 100 for count in counts
    )
