"""Findings of one kind that a firm may have by the hundred: the first ones row by row, the rest in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from addin.model.finding import Finding
from addin.model.text import Text

LISTED = 20
"""How many findings of a kind stand row by row."""

_NAMED = 5

T = TypeVar("T")


def few(found: Iterable[tuple[str, Finding]]) -> Iterator[Finding]:
    """The findings of (id of the row, finding) pairs; those past the twentieth are counted in one more."""
    return few_of(found, lambda finding: finding)


def few_of(found: Iterable[tuple[str, T]], tell: Callable[[T], Finding]) -> Iterator[Finding]:
    """What ``tell`` says of the facts in (id of the row, facts); those past the twentieth are counted in one more.

    Words are made for those that are told only: a large book has thousands.
    """
    more: list[tuple[str, T]] = []
    for number, (name, facts) in enumerate(found):
        if number < LISTED:
            yield tell(facts)
        else:
            more.append((name, facts))
    if more:
        words = _and_more([name for name, _ in more])
        yield replace(tell(more[0][1]), row=None, column=None, message=words)


def _and_more(names: list[str]) -> Text:
    shown, rest = names[:_NAMED], len(names) > _NAMED
    return Text(
        f"另有 {len(names)} 行同样情况：{'、'.join(shown)}{'等' if rest else ''}",
        f"{len(names)} more rows of the same kind: {', '.join(shown)}{' …' if rest else ''}",
    )
