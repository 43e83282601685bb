"""What a letter is worth for each milestone that it names (RULES 9, 14: one letter, the highest level of its items).

A letter bears the level of the milestone that is furthest. It counts so for the oldest debt that it names; for a
younger one that rode along it counts as what that one's own days had come to when it was sent, or the milestone
would be spared the levels between: none is skipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from addin.model.days import NO_DAY
from addin.rules.chasing.levels import comes_due
from addin.rules.chasing.proposal import Level
from addin.rules.chasing.record import Sent


def at_own_level(letter: Sent, due: int, levels: Sequence[Level], earlier: Sequence[int]) -> Sent | None:
    """The letter as it counts for an item due on ``due``; None where it came before any of the item's own levels.

    ``earlier`` is by how many rows each level is raised for the item.
    """
    if letter.level is None or due <= letter.oldest_due:
        return letter
    own = None
    for rung, level in enumerate(levels):
        if level.number <= letter.level and _had_come(letter, due, levels, rung, earlier[rung], own):
            own = level.number
    return None if own is None else replace(letter, level=own)


def _had_come(
    letter: Sent, due: int, levels: Sequence[Level], rung: int, earlier: int, before: int | None
) -> bool:
    """Whether a level was due by the item's own days when the letter went out; a level that counts from the one
    before it came with that one."""
    if levels[rung].mode == "after_previous":
        return rung > 0 and before == levels[rung - 1].number
    day = comes_due(levels, rung, np.array([earlier]), np.array([due]), np.array([NO_DAY]))
    return bool(day[0] <= letter.sent)
