"""Findings of one kind that a firm may have by the hundred: the first ones row by row, the rest in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from addin.model.finding import Finding
from addin.model.text import Text

LISTED = 20
"""How many findings of a kind stand row by row."""

_NAMED = 5


def few(found: Iterable[tuple[str, Finding]]) -> Iterator[Finding]:
    """The findings of (id of the row, finding) pairs; those past the twentieth are counted in one more."""
    more: list[str] = []
    last: Finding | None = None
    for number, (name, finding) in enumerate(found):
        if number < LISTED:
            yield finding
        else:
            more.append(name)
            last = finding
    if last is not None:
        yield replace(last, row=None, column=None, message=_and_more(more))


def _and_more(names: list[str]) -> Text:
    shown, rest = names[:_NAMED], len(names) > _NAMED
    return Text(
        f"另有 {len(names)} 行同样情况：{'、'.join(shown)}{'等' if rest else ''}",
        f"{len(names)} more rows of the same kind: {', '.join(shown)}{' …' if rest else ''}",
    )
