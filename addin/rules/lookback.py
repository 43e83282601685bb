"""What was open on earlier days, told by a replay from what happened since.

Figures of the past are those that today's ledger knows: an entry made late counts on its own day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from addin.model.days import Days
from addin.rules.claims import Milestone, Movement

_Event = tuple[int, int, int]
"""Position of the milestone, day, minor units."""


@dataclass(frozen=True)
class Events:
    """Amounts that happened to milestones: position, day and minor units, one entry each."""

    milestone: np.ndarray
    day: Days
    amount: np.ndarray

    @classmethod
    def of(cls, events: Iterable[_Event]) -> Events:
        table = np.array(list(events), dtype=np.int64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2])

    def between(self, after: int, until: int | None, count: int) -> np.ndarray:
        """Sums by milestone of what happened after one day, up to and including another (None: any)."""
        chosen = self.day > after
        if until is not None:
            chosen &= self.day <= until
        sums = np.zeros(count, dtype=np.int64)
        np.add.at(sums, self.milestone[chosen], self.amount[chosen])
        return sums


@dataclass(frozen=True)
class Lookback:
    """What is open of each milestone now, by how much that rose on which day, and what was written off when."""

    open: np.ndarray
    rises: Events
    write_offs: Events

    @classmethod
    def of(
        cls, milestones: Sequence[Milestone], open_now: np.ndarray, movements: Iterable[Movement]
    ) -> Lookback:
        """From a replay: its milestones, what it left open of each, and the adjustments that it applied."""
        changes = [
            [change for item in each.items for change in item.changes] if each.plan else each.own.changes
            for each in milestones
        ]
        counts = np.fromiter(map(len, changes), dtype=np.int64, count=len(changes))
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(changes)), dtype=np.int64).reshape(-1, 2)
        rises = Events(np.repeat(np.arange(len(changes)), counts), flat[:, 0], flat[:, 1])
        write_offs = [
            (each.milestone.position, each.day, each.amount) for each in movements if each.kind == "write_off"
        ]
        return cls(open_now, rises, Events.of(write_offs))

    def open_on(self, day: int) -> np.ndarray:
        """What was open of each milestone at the end of ``day`` (a civil ordinal), triggered or not."""
        held: np.ndarray = self.open - self.rises.between(day, None, len(self.open))
        return held

    def written_off(self, after: int, until: int) -> np.ndarray:
        """What was written off of each milestone after one day, up to and including another; less reversals."""
        return self.write_offs.between(after, until, len(self.open))
