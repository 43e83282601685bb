"""Text from cells as documents carry it: one line, nothing unseen, nothing that turns the reading direction."""

from __future__ import annotations

import unicodedata
from typing import Final

_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Controls, direction marks and other formats, broken surrogates, private use: XML or a reader may choke on them."""
_RIGHT_TO_LEFT: Final = {"R", "AL"}
_LEFT_TO_RIGHT: Final = "\N{LEFT-TO-RIGHT MARK}"


def plain(text: str) -> str:
    """``text`` on one line without what nobody sees; words of a right-to-left script keep to their own place.

    Direction marks are dropped, or one in a name would turn the figures behind it around. A name that is written
    from right to left gets a left-to-right mark on either side for the same reason.

    >>> plain(" 青屿\\n食品 \\u202e& Co <x> ")
    '青屿 食品 & Co <x>'
    """
    spaced = " ".join(text.split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    kept = "".join(letter for letter in spaced if unicodedata.category(letter) not in _UNSEEN)
    line = " ".join(kept.split())
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in line):
        return f"{_LEFT_TO_RIGHT}{line}{_LEFT_TO_RIGHT}"
    return line
