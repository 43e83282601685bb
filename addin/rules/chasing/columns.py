"""What the sheets show of chasing: the worklist's rows, and two columns of the milestones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, from_days
from addin.model.money import digits_of
from addin.model.text import Language, Text
from addin.rules.book import Book
from addin.rules.chasing import words
from addin.rules.chasing.levels import NEVER, ladder
from addin.rules.chasing.proposal import Hold, Level
from addin.rules.chasing.record import Sent, in_order, leveled, on_record, round_of, rounds
from addin.rules.chasing.worklist import Chase
from addin.rules.frames import nullable, objects
from addin.rules.summaries import customer_names


def worklist_frame(chase: Chase, language: Language) -> tuple[pd.DataFrame, list[int]]:
    """The worklist as its sheet has it, and the decimals of each row's currency."""
    rows, names = chase.proposals, customer_names(chase.book)
    milestones = chase.book.milestones
    held = [words.joined(each.words for each in row.holds).in_(language) for row in rows]
    channels = [words.CHANNELS.get(row.channel, Text(row.channel, row.channel)) for row in rows]
    days = [NO_DAY if row.act_by is None else row.act_by.toordinal() for row in rows]
    frame = pd.DataFrame(
        {
            "key": objects([row.key for row in rows]),
            "customer_id": objects([row.customer for row in rows]),
            "customer_name": objects([names.get(row.customer, "") for row in rows]),
            "level": nullable([None if row.level is None else row.level.number for row in rows]),
            "milestones": objects(
                [tuple(milestones[position].id for position in row.milestones) for row in rows]
            ),
            "open": nullable([row.open for row in rows]),
            "overdue": nullable([row.overdue for row in rows]),
            "interest": nullable([row.interest for row in rows]),
            "reason": objects([row.reason.in_(language) for row in rows]),
            "blocked_by": objects(held),
            "channel": objects([channel.in_(language) for channel in channels]),
            "owner": objects([row.owner for row in rows]),
            "act_by": from_days(np.array(days, dtype=np.int64)),
            "next_action": objects([row.next_action.in_(language) for row in rows]),
        }
    )
    return frame, [digits_of(row.currency) for row in rows]


def milestone_columns(chase: Chase, language: Language) -> pd.DataFrame:
    """The highest level on record of each milestone, and what comes next for those with something open."""
    book = chase.book
    return pd.DataFrame(
        {
            "reminder_level": nullable(_levels_on_record(book)),
            "next_action": _next_actions(chase, language),
        },
        index=book.positions.index,
    )


def _levels_on_record(book: Book) -> list[int | None]:
    found: list[int | None] = [None] * len(book.milestones)
    for position, letters in counted_letters(book).items():
        found[position] = max(each.level or 0 for each in letters)
    return found


def counted_letters(book: Book) -> dict[int, list[Sent]]:
    """The letters that went out since each milestone has its present due date, by its position."""
    record, agreed, levels = on_record(book), rounds(book.state), ladder(book.ledger)
    found: dict[int, list[Sent]] = {}
    for milestone in book.milestones if record.sent else ():
        letters = record.sent.get(milestone.id, ())
        if letters:
            items = [item for item in milestone.items if item.amount] or [milestone.own]
            since = min(round_of(item, agreed) for item in items)
            counted: list[Sent] = []
            for each in in_order(letters):
                if each.is_after(since):
                    counted.append(leveled(each, levels, counted))
            if counted := [each for each in counted if each.level is not None]:
                found[milestone.position] = counted
    return found


def _next_actions(chase: Chase, language: Language) -> np.ndarray:
    """By milestone; of several items what comes first, and of what is due and held back why."""
    found = objects([""] * len(chase.book.milestones))
    items, taken = chase.book.items, chase.steps
    last = np.lexsort((items.due, -taken.from_day))  # the first to come due is written last, and stands
    count = len(chase.levels) + 1
    kinds, kind = np.unique(taken.from_day[last] * count + taken.rung[last], return_inverse=True)
    said = [_coming(chase.levels, key % count, key // count) for key in kinds.tolist()]
    found[items.milestone[last]] = objects([text.in_(language) for text in said])[kind]
    for position, why in _waiting(chase, language):
        found[position] = why
    return found


def _coming(levels: Sequence[Level], rung: int, since: int) -> Text:
    if rung == len(levels):
        return words.LAST_LEVEL
    return words.coming(levels[rung], None if since >= NEVER else since)


def _waiting(chase: Chase, language: Language) -> Iterator[tuple[int, str]]:
    """(position, words) of the milestones with something to send that is held back."""
    everywhere, cases, own = chase.still.everywhere, chase.cases, chase.holds
    said: dict[tuple[int, tuple[Hold, ...]], str] = {}
    for position, rung in zip(cases.position.tolist(), cases.rung.tolist(), strict=True):
        if everywhere or position in own:
            key = (rung, (*own.get(position, ()), *everywhere))
            if key not in said:
                said[key] = words.held(chase.levels[rung], key[1]).in_(language)
            yield position, said[key]
