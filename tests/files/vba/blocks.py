"""Blocks of a VBA source that are left open or closed by another's end: what the analyser passes over."""

from __future__ import annotations

import re

_OPENS = (
    (r"(?:(?:Public|Private|Friend|Static) )*(Sub|Function|Property|Type|Enum)\b(?! *=)", "End {}"),
    (r"(#If)\b.* Then$", "#End If"),
    (r"(If)\b.* Then$", "End If"),
    (r"(Select) Case\b", "End Select"),
    (r"(With)\b", "End With"),
    (r"(For)\b", "Next"),
    (r"(Do)\b", "Loop"),
    (r"(While)\b", "Wend"),
)
_CLOSES = re.compile(
    r"(End (?:Sub|Function|Property|Type|Enum|If|Select|With)|#End If|Next|Loop|Wend)\b", re.IGNORECASE
)


def left_open(source: str) -> list[str]:
    """What does not match, as text with its line; [] where every block has its own end."""
    waiting: list[tuple[int, str]] = []
    for number, line in _lines(source):
        if closing := _CLOSES.match(line):
            if not waiting or waiting[-1][1].lower() != closing[1].lower():
                return [f"line {number}: {line}"]
            waiting.pop()
        elif ending := _opened(line):
            waiting.append((number, ending))
    return [f"line {number} waits for {ending}" for number, ending in waiting]


def _opened(line: str) -> str:
    for pattern, ending in _OPENS:
        if found := re.match(pattern, line, re.IGNORECASE):
            return ending.format(found[1])
    return ""


def _lines(source: str) -> list[tuple[int, str]]:
    """Statements without comments, continued lines joined, with the number of their last line."""
    found, before = [], ""
    for number, raw in enumerate(source.splitlines(), 1):
        text = re.sub(r'"[^"]*"', '""', before + raw.strip())
        text = text.partition("'")[0].strip()
        before = text[:-1] if text.endswith(" _") else ""
        if not before:
            found += [(number, part.strip()) for part in re.split(r":(?!=)", text) if part.strip()]
    return found
