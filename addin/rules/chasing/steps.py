"""Which level comes next for every open item, and since when: the ladder held against the record (RULES 9).

All items at once, as vectors; only those with a letter or a repeated promise are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from addin.model.days import NO_DAY, Days, to_days
from addin.rules.book import Book
from addin.rules.chasing.levels import BEFORE, NEVER, comes_due, earliest_day
from addin.rules.chasing.promised import Word
from addin.rules.chasing.proposal import Level
from addin.rules.chasing.record import Record, Sent, in_order, leveled, round_of, rounds
from addin.rules.chasing.riding import at_own_level
from addin.rules.claims import Item

NONE = -1
"""The level on record of an item that nobody was reminded of."""


@dataclass(frozen=True)
class Steps:
    """One entry an open item, in the order of ``book.items``.

    ``reached`` is the highest level on record (`NONE`), ``since`` the start of the item's round; ``rung`` the next
    row of the ladder (its length: none is left), ``from_day`` when that comes due (`NEVER`), ``allowed`` the highest
    row that the days alone would allow (`NONE`), ``raised`` the promises that raise it, ``faster`` whether the grade
    of the customer makes the rung come due earlier.
    """

    reached: np.ndarray
    since: Days
    rung: np.ndarray
    from_day: Days
    allowed: np.ndarray
    raised: np.ndarray
    faster: np.ndarray


def steps(
    book: Book, levels: Sequence[Level], grades: Mapping[str, str], record: Record, word: Word
) -> Steps:
    """Where each open item stands on the ladder as at the book's day."""
    due, count = book.items.due, len(levels)
    quick = _by_grade(book, levels, grades)
    reached, sent, since, raised = _past(book, levels, record, word)
    days = [comes_due(levels, rung, raised + quick[rung], due, sent) for rung in range(count)]
    if (fresh := _agreed_today(book)).any():
        days = [np.where(fresh, np.maximum(each, book.day + 1), each) for each in days]
    rung = _next_rungs(levels, days, reached, due, book.day)
    allowed = np.full(len(due), NONE)
    for number, level in enumerate(levels):
        if level.mode not in (BEFORE, "after_previous"):
            allowed[days[number] <= book.day] = number
    places, nothing = np.arange(len(due)), np.full(len(due), NEVER)
    from_day = np.stack([*days, nothing])[rung, places]
    faster = np.stack([*quick, np.zeros(len(due), dtype=bool)])[rung, places]
    return Steps(reached, since, rung, from_day, allowed, raised, faster)


def _next_rungs(
    levels: Sequence[Level], days: Sequence[Days], reached: np.ndarray, due: Days, as_of: int
) -> np.ndarray:
    """The row after the highest on record. Notices before the due date lapse with it, and none of them must be sent:
    of several that are due the last counts."""
    late = due < as_of
    found = np.full(len(due), len(levels))
    for number in reversed(range(len(levels))):
        higher = levels[number].number > reached
        if levels[number].mode != BEFORE:
            found[higher] = number
    for number in reversed(range(len(levels))):
        if levels[number].mode == BEFORE:
            found[~late & (levels[number].number > reached) & (days[number] > as_of)] = number
    for number, level in enumerate(levels):
        if level.mode == BEFORE:
            found[~late & (level.number > reached) & (days[number] <= as_of)] = number
    return found


def _by_grade(book: Book, levels: Sequence[Level], grades: Mapping[str, str]) -> list[np.ndarray]:
    """For each rung the items whose customer's grade makes it come due one row earlier."""
    of_contract = [grades.get(contract.customer, "") for contract in book.contracts]
    contract = book.contract_of[book.items.milestone]
    masks: dict[frozenset[str], np.ndarray] = {}
    for level in levels:
        if level.faster_grades not in masks:
            quick = np.array([grade in level.faster_grades for grade in of_contract], dtype=bool)
            masks[level.faster_grades] = quick[contract]
    return [masks[level.faster_grades] for level in levels]


def _past(
    book: Book, levels: Sequence[Level], record: Record, word: Word
) -> tuple[np.ndarray, Days, Days, np.ndarray]:
    """By item: the highest level on record, when its letter went out, when the round began, raising promises."""
    count = len(book.items.due)
    reached, sent = np.full(count, NONE), np.full(count, NO_DAY, dtype=np.int64)
    since, raised = np.full(count, NO_DAY, dtype=np.int64), np.zeros(count, dtype=np.int64)
    named = {*record.sent, *record.unsent}
    agreed = rounds(book.state)
    items = _open_items(book) if named or word.again else ()
    for place, item in enumerate(items):
        milestone = item.milestone
        again = word.repeated(milestone.id, milestone.contract.customer) if word.again else ()
        if again or milestone.id in named:
            start = since[place] = round_of(item, agreed)
            raised[place] = sum(day > start for day in again)
            letters = record.sent.get(milestone.id, ())
            counted = _of_item(item, letters, levels, start) if letters else []
            if counted:
                reached[place] = highest = max(each.level or 0 for each in counted)
                sent[place] = max(each.sent for each in counted if each.level == highest)
    return reached, sent, since, raised


def _agreed_today(book: Book) -> np.ndarray:
    """The items whose round begins with the book's own day: nothing of it counts that day, so nothing is due yet."""
    found = np.zeros(len(book.items.due), dtype=bool)
    frame = book.ledger["reschedules"]
    named = set(frame["milestone_id"][to_days(frame["agreed_on"]) == book.day].tolist())
    agreed = rounds(book.state) if named else {}
    for place, item in enumerate(_open_items(book) if named else ()):
        if item.milestone.id in named:
            found[place] = round_of(item, agreed) == book.day
    return found


def _open_items(book: Book) -> list[Item]:
    """The items of ``book.items``, in its order."""
    found: list[Item] = []
    for position in dict.fromkeys(book.items.milestone.tolist()):
        found += [item for item in book.milestones[position].items if item.open]
    return found


def _of_item(item: Item, letters: Sequence[Sent], levels: Sequence[Level], start: int) -> list[Sent]:
    """The letters that were about the item, as they count for it: written and sent in its round and, of a plan's
    instalment, not before its time.

    A letter names milestones; what was written about the first instalment is no history of the second.
    """
    is_plan = any(instalment.amount for instalment in item.milestone.plan)
    counted: list[Sent] = []
    for each in in_order(letters):
        letter = leveled(each, levels, counted)
        if letter.level is None or not letter.is_after(start):
            continue
        in_time = not is_plan or letter.sent >= earliest_day(levels, letter.level, item.due)
        if in_time and (own := at_own_level(letter, item.due, levels, counted)):
            counted.append(own)
    return counted
