"""The milestones with something to send: what is asked of each, at which level, and what holds it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from addin.model.days import NO_DAY, Days
from addin.model.money import digits_of, to_minor
from addin.rules.book import Book
from addin.rules.chasing.holds import Standstill, below_minimum, notice_hold, unsent_hold, unsent_letter
from addin.rules.chasing.levels import BEFORE, earliest_day
from addin.rules.chasing.money_waiting import Purse
from addin.rules.chasing.proposal import Hold, Level
from addin.rules.chasing.record import Sent
from addin.rules.chasing.steps import Steps
from addin.rules.chasing.words import hold, money_words


@dataclass(frozen=True)
class Cases:
    """One entry a milestone, those of a customer and currency together, the oldest due first.

    Each stands for the milestone's items with something to send: ``item`` is the one with the highest level, the
    oldest of these, ``rung`` that level's row of the ladder, ``due`` its due date. ``asked`` is what is open of all
    of them and not disputed. ``unsent`` are letters that wait to be sent, by the milestone's position.
    """

    position: np.ndarray
    item: np.ndarray
    rung: np.ndarray
    due: Days
    asked: np.ndarray
    purses: Sequence[tuple[Purse, slice]]
    unsent: Mapping[int, Sent]


def cases_of(book: Book, levels: Sequence[Level], taken: Steps, still: Standstill) -> Cases:
    """The milestones with an item whose next level is due, or with a letter that waits to be sent."""
    items = book.items
    due_now = (taken.rung < len(levels)) & (taken.from_day <= book.day)
    waiting = _waiting(book, levels, taken, still) if levels else {}
    due_now[list(waiting)] = True
    place = np.flatnonzero(due_now & (items.amount > 0))
    rung = np.minimum(taken.rung[place], len(levels) - 1)
    numbers = {level.number: number for number, level in enumerate(levels)}
    for at in np.flatnonzero(np.isin(place, list(waiting))).tolist() if waiting else ():
        level = waiting[int(place[at])].level
        rung[at] = rung[at] if level is None else numbers.get(level, rung[at])
    place = place[order := np.lexsort((items.due[place], -rung, items.milestone[place]))]
    position, first = np.unique(items.milestone[place], return_index=True)
    lead = place[first]
    asked = np.zeros(len(book.milestones), dtype=np.int64)
    np.add.at(asked, items.milestone[place], items.amount[place])
    undisputed = book.standing.open[position] - still.disputed[position]
    asked = np.maximum(np.minimum(asked[position], undisputed), 0)
    purse = book.by_customer.of_milestone[position]
    rank = [book.milestones[each].rank for each in position.tolist()]
    sort = np.lexsort((rank, items.due[lead], purse))
    return Cases(
        position[sort],
        lead[sort],
        rung[order][first][sort],
        items.due[lead][sort],
        asked[sort],
        _slices(book, purse[sort]),
        _newest(book, waiting),
    )


def _slices(book: Book, purse: np.ndarray) -> list[tuple[Purse, slice]]:
    """Where the entries of each customer and currency stand; what has no customer is left out."""
    ends = [0, *(np.flatnonzero(np.diff(purse)) + 1).tolist(), len(purse)] if len(purse) else []
    keys = book.by_customer.keys
    found = [(keys[int(purse[start])], slice(start, end)) for start, end in pairwise(ends)]
    return [(key, part) for key, part in found if key[0]]


def _waiting(book: Book, levels: Sequence[Level], taken: Steps, still: Standstill) -> dict[int, Sent]:
    """The letters that wait to be sent, by the place of the open item."""
    record, found = still.record, {}
    for place, position in enumerate(book.items.milestone.tolist() if record.unsent else ()):
        id = book.milestones[position].id
        if id in record.unsent:
            due = int(book.items.due[place])
            is_plan = any(instalment.amount for instalment in book.milestones[position].plan)
            letters = [each for each in record.unsent[id] if not is_plan or not _is_early(each, levels, due)]
            reached, since = int(taken.reached[place]), int(taken.since[place])
            letter = unsent_letter(letters, levels, reached, since, due < book.day)
            if letter is not None:
                found[place] = letter
    return found


def _is_early(letter: Sent, levels: Sequence[Level], due: int) -> bool:
    """Whether a letter was written before the time of an instalment: it names the milestone for another one."""
    return letter.level is not None and NO_DAY < letter.day < earliest_day(levels, letter.level, due)


def _newest(book: Book, waiting: Mapping[int, Sent]) -> dict[int, Sent]:
    """The newest of a milestone's letters that wait, by its position."""
    found: dict[int, Sent] = {}
    for place, letter in waiting.items():
        position = int(book.items.milestone[place])
        found[position] = max(found.get(position, letter), letter, key=lambda each: (each.day, each.letter))
    return found


Holds = dict[int, list[Hold]]
"""What holds back a milestone, by its position; those without any are not there."""


def holds_of(
    book: Book, levels: Sequence[Level], cases: Cases, still: Standstill, money: Mapping[Purse, Sequence[int]]
) -> Holds:
    """Everything that holds back single milestones; what holds back all of them is not repeated here."""
    found: Holds = defaultdict(list)
    opens = book.standing.open
    for position in cases.position[still.concerned(book, cases.position)].tolist():
        if holds := still.of(book.milestones[position], int(opens[position])):
            found[position] = holds
    for position, letter in cases.unsent.items():
        found[position].append(unsent_hold(letter))
    for position, letter in _behind(book, levels, cases):
        found[position].append(notice_hold(letter))
    all_positions, all_asked, all_rungs = (
        column.tolist() for column in (cases.position, cases.asked, cases.rung)
    )
    for purse, part in cases.purses:
        positions, asked, rungs = all_positions[part], all_asked[part], all_rungs[part]
        if purse in money:
            covered = _covered(sum(money[purse]), purse[1])
            for at in _settled(asked, money[purse]):
                found[positions[at]].append(covered)
        free = [at for at, position in enumerate(positions) if position not in found]
        for at, why in _too_small(
            book, [levels[rungs[at]] for at in free], [asked[at] for at in free], purse[1]
        ):
            found[positions[free[at]]].append(why)
    return dict(found)


def _behind(book: Book, levels: Sequence[Level], cases: Cases) -> Iterator[tuple[int, Sent]]:
    """(position, letter) of the milestones that a notice is due for while another letter to the customer waits."""
    first: dict[str, Sent] = {}
    for position, letter in cases.unsent.items():
        customer = book.milestones[position].contract.customer
        first[customer] = min(first.get(customer, letter), letter, key=lambda each: (each.day, each.letter))
    if not first:
        return
    for position, rung in zip(cases.position.tolist(), cases.rung.tolist(), strict=True):
        customer = book.milestones[position].contract.customer
        if customer in first and position not in cases.unsent and levels[rung].mode == BEFORE:
            yield position, first[customer]


def _covered(amount: int, currency: str) -> Hold:
    shown = money_words(amount, currency)
    return hold(
        "unallocated", f"有未核销收款 {shown} 可抵付", f"unallocated money of {shown} would settle it"
    )


def _settled(asked: Sequence[int], amounts: Sequence[int]) -> list[int]:
    """Which claims money that waits would settle; they stand in due order.

    An amount that just one of them asks for is for that one; the rest fills them in order until it is used up.
    """
    left, settled = sum(amounts), set()
    for amount in amounts:
        if 0 < amount <= left and asked.count(amount) == 1 and asked.index(amount) not in settled:
            settled.add(asked.index(amount))
            left -= amount
    for at, wanted in enumerate(asked):
        if left <= 0:
            break
        if wanted and at not in settled:
            if wanted <= left:
                settled.add(at)
            left -= wanted
    return sorted(settled)


def _too_small(
    book: Book, levels: Sequence[Level], asked: Sequence[int], currency: str
) -> Iterator[tuple[int, Hold]]:
    """(place, hold) of what is asked of one customer and below a minimum: a level's, then the firm's of the rest.

    Where an exchange rate is missing nothing is too small.
    """
    rates, places = book.rates, list(range(len(asked)))
    together = rates.to_base(sum(asked), currency)
    if together is None:
        return
    if together < max((level.min_amount for level in levels), default=0):
        for place in places:
            if together < levels[place].min_amount:
                yield place, below_minimum(money_words(levels[place].min_amount, rates.base), levels[place])
        places = [place for place in places if together >= levels[place].min_amount]
        together = rates.to_base(sum(asked[place] for place in places), currency) or 0
    least = to_minor(book.policy["min_reminder"], digits_of(rates.base))
    if places and together < least:
        why = below_minimum(money_words(least, rates.base), None)
        yield from ((place, why) for place in places)
