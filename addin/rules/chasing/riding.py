"""What a letter is worth for each milestone that it names (RULES 9, 14: one letter, the highest level of its items).

A letter bears the level of the milestone that is furthest. It counts so for the oldest debt that it names; for a
younger one that rode along it counts as what that one's own days had come to when it was sent, or the milestone
would be spared the levels between: none is skipped. One step it counts at least, for what is late.

Neither grades nor promises count here: what they are today must not re-value a letter of long ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from addin.model.days import NO_DAY
from addin.rules.chasing.levels import BEFORE, comes_due
from addin.rules.chasing.proposal import Level
from addin.rules.chasing.record import Sent


def at_own_level(letter: Sent, due: int, levels: Sequence[Level], before: Iterable[Sent]) -> Sent | None:
    """The letter as it counts for an item due on ``due``; None where it came before any of the item's own levels.

    ``before`` are the letters that count of those that went out before it.
    """
    if letter.level is None or due <= letter.oldest_due:
        return letter
    reached = max((each.level for each in before if each.level is not None), default=-1)
    own = _own_level(letter, letter.level, due, levels, reached)
    return None if own is None else replace(letter, level=own)


def _own_level(letter: Sent, most: int, due: int, levels: Sequence[Level], reached: int) -> int | None:
    """What the item's own days had come to, or the step after ``reached``; never above ``most``."""
    own = None
    for rung, level in enumerate(levels):
        if level.number <= most and _had_come(letter, due, levels, rung, own):
            own = level.number
    steps = [level.number for level in levels if level.mode != BEFORE and level.number > reached]
    if letter.sent > due and steps and steps[0] <= most:
        return max(steps[0], own or 0)
    return own


def _had_come(letter: Sent, due: int, levels: Sequence[Level], rung: int, before: int | None) -> bool:
    """Whether a level was due by the item's own days when the letter went out; a level that counts from the one
    before it came with that one."""
    if levels[rung].mode == "after_previous":
        return rung > 0 and before == levels[rung - 1].number
    day = comes_due(levels, rung, np.array([0]), np.array([due]), np.array([NO_DAY]))
    return bool(day[0] <= letter.sent)
