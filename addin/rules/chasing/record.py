"""What is on record: letters that went out, and letters that were confirmed and have not (RULES 9, 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from addin.model.days import LAST_DAY, NO_DAY, to_days
from addin.rules.addressed import spoken_by
from addin.rules.book import Book
from addin.rules.chasing.levels import level_of_kind
from addin.rules.chasing.proposal import Level
from addin.rules.claims import Item
from addin.rules.frames import integers
from addin.rules.state import State


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder as its milestones see it. ``day`` is that of the letter, `NO_DAY` where it is not known, ``sent`` is
    `NO_DAY` while it is only confirmed; ``oldest_due`` is the first contract date of what it names, far off where it
    names one thing alone."""

    letter: str
    level: int | None
    day: int
    sent: int
    kind: str = ""
    oldest_due: int = LAST_DAY
    spoken: str = ""
    """The channel of a call or a message; "" for what is posted or mailed."""

    def is_after(self, start: int) -> bool:
        """Whether it belongs to the round that began on a day: written and sent later than that."""
        return self.sent > start and (self.day or self.sent) > start


@dataclass(frozen=True)
class Record:
    """The reminders that name each milestone, as at a day; statements of account are none.

    A letter counts from the day on which it was sent; before that it is ``unsent``, from the day of the letter on, or
    at once where that day is not known.
    """

    sent: Mapping[str, Sequence[Sent]]
    unsent: Mapping[str, Sequence[Sent]]
    general: Mapping[str, int]
    """When the last letter that names no milestone went to each customer."""

    def last_sent(self, milestone: str, customer: str) -> int:
        """When the milestone was last reminded of, or its customer of none in particular; `NO_DAY`: never."""
        return max(
            [self.general.get(customer, NO_DAY), *(each.sent for each in self.sent.get(milestone, ()))]
        )


def on_record(book: Book) -> Record:
    """What the letters table holds up to the book's day."""
    frame, as_of = book.ledger["letters"], book.day
    dues = _Dues(book)
    rows = zip(
        frame["letter_id"].tolist(),
        integers(frame["level"]),
        frame["kind"].tolist(),
        frame["milestones"].tolist(),
        frame["customer_id"].tolist(),
        frame["channel"].tolist(),
        to_days(frame["date"]).tolist(),
        to_days(frame["sent_on"]).tolist(),
        strict=True,
    )
    sent: dict[str, list[Sent]] = defaultdict(list)
    unsent: dict[str, list[Sent]] = defaultdict(list)
    general: dict[str, int] = {}
    for id, level, kind, milestones, customer, channel, day, went in rows:
        if kind == "statement":
            continue
        gone = NO_DAY < went <= as_of
        if gone and not milestones:
            general[customer] = max(went, general.get(customer, NO_DAY))
        if gone or day <= as_of:
            named = dict.fromkeys(milestones)
            went = went if gone else NO_DAY
            letter = Sent(id, level, day, went, kind, dues.oldest(named), spoken_by(channel))
            for milestone in named:
                (sent if gone else unsent)[milestone].append(letter)
    return Record(dict(sent), dict(unsent), general)


def in_order(letters: Iterable[Sent]) -> list[Sent]:
    """By the day on which they went out."""
    return sorted(letters, key=lambda each: (each.sent, each.letter))


def leveled(letter: Sent, levels: Sequence[Level], before: Iterable[Sent]) -> Sent:
    """The letter with a level: it went out, so it counts as one, though its row does not say as which.

    ``before`` are the letters that count of those that went out before it. A ladder without levels leaves it as is.
    """
    if letter.level is not None:
        return letter
    reached = max((each.level for each in before if each.level is not None), default=-1)
    return replace(letter, level=level_of_kind(levels, letter.kind, reached))


class _Dues:
    """When the milestones were due by contract, looked up only where a letter names several."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _by_id(self) -> Mapping[str, int]:
        return {each.id: each.contract_due for each in self._book.milestones if each.triggered}

    def oldest(self, named: Collection[str]) -> int:
        if len(named) < 2:
            return LAST_DAY
        return min((self._by_id[each] for each in named if each in self._by_id), default=LAST_DAY)


def rounds(state: State) -> dict[int, int]:
    """For each instalment of a plan, by identity, the day of the agreement that made it."""
    return {id(item): each.agreement.day for each in state.agreed for item in each.instalments}


def round_of(item: Item, agreed: Mapping[int, int]) -> int:
    """The day of the agreement that gave the item its present due date; `NO_DAY`: it is the contract's.

    A new date starts a new round: only what happens after that day counts for it.
    """
    milestone = item.milestone
    return milestone.extended_by[0] if item is milestone.own else agreed.get(id(item), NO_DAY)
