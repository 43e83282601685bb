"""Names of files made of what stands in cells: ids and customers' names are not ours, and may be anything."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from typing import Final

from pathvalidate import sanitize_filename

LONGEST: Final = 120
"""Bytes of a name in UTF-8, ending and mark included: most systems take 255, a path on Windows 260 letters."""
_MARK: Final = 8
_MARKED: Final = re.compile(r"~[0-9a-f]{8}")
_CONSOLES: Final = re.compile(r"con(in|out)\$(\.|$)", re.IGNORECASE)
"""Windows' own names that the library lets pass."""
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Kinds of characters that nobody sees, among them those that turn the direction of a name around."""


def file_name(text: str, ending: str = "", taken: Collection[str] = ()) -> str:
    """A name for a file in a folder of ours, on Windows, macOS and Linux alike; never a path.

    Text that is a good name stays as it is. What no system or not every one takes is replaced, and a mark made
    of the whole text follows, so that two texts never give one name; so it does where the name is among those
    ``taken`` (compared as Windows does, without case). The same text gives the same name on every machine.
    ``ending`` is ours, with its dot.

    >>> file_name("青屿食品 2026-03", ".pdf"), file_name("../../x", ".pdf"), file_name("CON")
    ('青屿食品 2026-03.pdf', '______x~9cdf6a50.pdf', 'CON_~a3dbc4b6')
    """
    name = _safe(text, LONGEST - len(ending.encode()))
    folded = {other.casefold() for other in taken}
    if name != text or _MARKED.search(name) or f"{name}{ending}".casefold() in folded:
        mark = f"~{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:_MARK]}"
        name = _safe(text, LONGEST - len(ending.encode()) - len(mark)) + mark
    return f"{name}{ending}"


def _safe(text: str, most: int) -> str:
    seen = "".join(letter for letter in text if unicodedata.category(letter) not in _UNSEEN)
    plain = unicodedata.normalize("NFC", seen).replace("..", "__")
    name = sanitize_filename(plain, replacement_text="_", platform="universal", max_len=255)
    # a first dot hides a file, a first "-" is an option to many programs, a first "~" marks lock files
    name = _CONSOLES.sub(r"con\1_\2", name.lstrip(" .-~").rstrip(" .~"))
    return _cut(name, most).rstrip(" .~") or "_"


def _cut(name: str, most: int) -> str:
    return name.encode("utf-8")[:most].decode("utf-8", "ignore")
