"""What is on record: letters that went out, and letters that were confirmed and have not (RULES 9, 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from addin.model.days import LAST_DAY, NO_DAY, to_days
from addin.model.finding import Finding, warning
from addin.model.ledger import Ledger
from addin.model.text import Text
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


@dataclass(frozen=True)
class Record:
    """The reminders that name each milestone, as at a day; statements of account are none.

    A letter counts from the day on which it was sent; before that it is ``unsent``, from the day of the letter on, or
    at once where that day is not known.
    """

    sent: Mapping[str, Sequence[Sent]]
    unsent: Mapping[str, Sequence[Sent]]

    def last_sent(self, milestone: str) -> int:
        """When the milestone was last reminded of; `NO_DAY`: never."""
        return max((each.sent for each in self.sent.get(milestone, ())), default=NO_DAY)


def on_record(book: Book) -> Record:
    """What the letters table holds up to the book's day."""
    frame, as_of = book.ledger["letters"], book.day
    dues = _Dues(book)
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
        if gone or day <= as_of:
            named = dict.fromkeys(milestones)
            letter = Sent(id, level, day, went if gone else NO_DAY, kind, dues.oldest(named))
            for milestone in named:
                (sent if gone else unsent)[milestone].append(letter)
    return Record(dict(sent), dict(unsent))


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


def letter_findings(ledger: Ledger) -> Iterator[Finding]:
    """Reminders that went out and do not say at which level."""
    frame = ledger["letters"]
    unsaid = frame["level"].isna() & frame["sent_on"].notna() & (frame["kind"] != "statement")
    for row in frame.index[unsaid.to_numpy(bool) & ~ledger.is_unknown("letters", "level")].tolist():
        yield warning("letter_without_level", "letters", row, "level", _UNSAID, _SAY)


_UNSAID: Final = Text(
    "已寄出的催款函没有级别，按同类函件中的下一级计",
    "This letter went out without a level; it counts as the next one of its kind",
)
_SAY: Final = Text("补填级别", "Fill in its level")


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
