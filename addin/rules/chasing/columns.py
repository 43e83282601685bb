"""What the sheets show of chasing: the worklist's rows, and two columns of the milestones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, from_days
from addin.model.money import digits_of
from addin.model.text import Language, Text
from addin.rules.book import Book
from addin.rules.chasing import words
from addin.rules.chasing.levels import NEVER
from addin.rules.chasing.record import on_record, round_of, rounds
from addin.rules.chasing.worklist import Chase
from addin.rules.frames import nullable, objects
from addin.rules.summaries import customer_names


def worklist_frame(chase: Chase, language: Language) -> tuple[pd.DataFrame, list[int]]:
    """The worklist as its sheet has it, and the decimals of each row's currency."""
    rows, names = chase.proposals, customer_names(chase.book)
    ids = [each.id for each in chase.book.milestones]
    held = [words.joined(each.words for each in row.holds).in_(language) for row in rows]
    channels = [words.CHANNELS.get(row.channel, Text(row.channel, row.channel)) for row in rows]
    days = [NO_DAY if row.act_by is None else row.act_by.toordinal() for row in rows]
    frame = pd.DataFrame(
        {
            "key": objects([row.key for row in rows]),
            "customer_id": objects([row.customer for row in rows]),
            "customer_name": objects([names.get(row.customer, "") for row in rows]),
            "level": nullable([None if row.level is None else row.level.number for row in rows]),
            "milestones": objects([tuple(ids[position] for position in row.milestones) for row in rows]),
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
            "next_action": objects(_next_actions(chase, language)),
        },
        index=book.positions.index,
    )


def _levels_on_record(book: Book) -> list[int | None]:
    """The highest level of the letters that went out since the milestone has its present due date."""
    found: list[int | None] = [None] * len(book.milestones)
    record, agreed = on_record(book.ledger, book.day), rounds(book.state)
    for milestone in book.milestones if record.sent else ():
        letters = record.sent.get(milestone.id)
        if letters:
            items = [item for item in milestone.items if item.amount] or [milestone.own]
            since = min(round_of(item, agreed) for item in items)
            counted = [each.level for each in letters if each.level is not None and each.sent > since]
            found[milestone.position] = max(counted, default=None)
    return found


def _next_actions(chase: Chase, language: Language) -> list[str]:
    """By milestone; of several items what comes first."""
    book, levels, taken = chase.book, chase.levels, chase.steps
    found = [""] * len(book.milestones)
    items = book.items
    words_of: dict[tuple[int, int], str] = {}
    order = np.lexsort([-items.due, -taken.from_day])  # the first to come due is written last, and stands
    columns = (items.milestone, taken.rung, taken.from_day)
    for position, rung, since in zip(*(column[order].tolist() for column in columns), strict=True):
        said = words_of.get((rung, since))
        if said is None:
            if rung == len(levels):
                text = words.LAST_LEVEL
            elif since >= NEVER:
                text = words.waiting(levels[rung])
            else:
                text = words.coming(levels[rung], since)
            said = words_of[rung, since] = text.in_(language)
        found[position] = said
    for position, case in chase.cases.items():
        if case.holds:
            why = words.joined([each.words for each in case.holds])
            found[position] = words.held(case.level, why).in_(language)
    return found
