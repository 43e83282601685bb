"""What is on record: letters that went out, and letters that were confirmed and have not (RULES 9, 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from addin.model.days import NO_DAY, to_days
from addin.model.ledger import Ledger
from addin.rules.claims import Item
from addin.rules.frames import integers
from addin.rules.state import State


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder as one of its milestones sees it. ``sent`` is `NO_DAY` while it is only confirmed."""

    letter: str
    level: int | None
    day: int
    sent: int


@dataclass(frozen=True)
class Record:
    """The reminders that name each milestone, as at a day; statements of account are none.

    A letter counts from the day on which it was sent; before that it is ``unsent``, from the day of the letter on.
    """

    sent: Mapping[str, Sequence[Sent]]
    unsent: Mapping[str, Sequence[Sent]]

    def last_sent(self, milestone: str) -> int:
        """When the milestone was last reminded of; `NO_DAY`: never."""
        return max((each.sent for each in self.sent.get(milestone, ())), default=NO_DAY)


def on_record(ledger: Ledger, as_of: int) -> Record:
    """What the letters table holds up to a day."""
    frame = ledger["letters"]
    rows = zip(
        frame["letter_id"].tolist(),
        integers(frame["level"]),
        frame["kind"].tolist(),
        frame["milestones"].tolist(),
        to_days(frame["date"]).tolist(),
        to_days(frame["sent_on"]).tolist(),
        strict=True,
    )
    sent: dict[str, list[Sent]] = defaultdict(list)
    unsent: dict[str, list[Sent]] = defaultdict(list)
    for id, level, kind, milestones, day, went in rows:
        if kind == "statement":
            continue
        gone = NO_DAY < went <= as_of
        if gone or NO_DAY < day <= as_of:
            letter = Sent(id, level, day, went if gone else NO_DAY)
            for milestone in dict.fromkeys(milestones):
                (sent if gone else unsent)[milestone].append(letter)
    return Record(dict(sent), dict(unsent))


def rounds(state: State) -> dict[int, int]:
    """For each instalment of a plan, by identity, the day of the agreement that made it."""
    return {id(item): each.agreement.day for each in state.agreed for item in each.instalments}


def round_of(item: Item, agreed: Mapping[int, int]) -> int:
    """The day of the agreement that gave the item its present due date; `NO_DAY`: it is the contract's.

    A new date starts a new round: only what happens after that day counts for it.
    """
    milestone = item.milestone
    return milestone.extended_by[0] if item is milestone.own else agreed.get(id(item), NO_DAY)
