"""Promises as chasing sees them: which still hold a reminder back, and which raise the next (RULES 9, 14)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from addin.rules.promise_payments import Promised

Claim = tuple[str, str]
"""A milestone's id in the second place, or a customer's in the first: whom or what a promise names."""


@dataclass(frozen=True)
class Word:
    """What customers promised, by milestone and, where none is named, by customer.

    ``until`` is the last day on which a live promise holds reminders back, ``to_come`` how much is still to come of
    those that are live, in the currency of the milestone, else in base; ``again`` are the days on which a new
    promise was made after a broken one.
    """

    until: Mapping[Claim, int]
    to_come: Mapping[Claim, int]
    again: Mapping[Claim, Sequence[int]]

    def live(self, milestone: str, customer: str) -> Claim | None:
        """Of the milestone and of its customer what a live promise names; of both the one that lasts longer."""
        named = [claim for claim in (("", milestone), (customer, "")) if claim in self.until]
        return max(named, key=lambda claim: self.until[claim], default=None)

    def repeated(self, milestone: str, customer: str) -> Sequence[int]:
        """The days of the promises of the milestone, or of its customer, that came after a broken one."""
        own = self.again.get(("", milestone))
        return self.again.get((customer, ""), ()) if own is None else own


def given(promises: Iterable[Promised], as_of: int, grace: int) -> Word:
    """What the promises made by the day say on it; ``grace`` days are given after the promised date."""
    until: dict[Claim, int] = {}
    to_come: dict[Claim, int] = defaultdict(int)
    named: dict[Claim, list[Promised]] = defaultdict(list)
    for each in promises:
        if each.withdrawn:
            continue
        claim = ("" if each.milestone else each.customer, each.milestone)
        named[claim].append(each)
        if each.paid < each.amount and as_of <= each.day + grace:
            until[claim] = max(until.get(claim, 0), each.day + grace)
            to_come[claim] += each.amount - each.paid
    again: dict[Claim, Sequence[int]] = {}
    for claim, own in list(named.items()):
        general = named.get((own[0].customer, ""), []) if claim[1] else []
        again[claim] = _after_broken([*own, *general])
    return Word(until, to_come, again)


def _after_broken(promises: Sequence[Promised]) -> list[int]:
    """The days of the first promises made after one that had brought nothing by its own day; kept in part is not
    broken. What else was promised along with the broken one, for a later day, is no promise after it."""
    made = sorted({each.made_on for each in promises})
    broken = {max(each.day, each.made_on) for each in promises if each.amount and not each.paid}
    after = {bisect_right(made, day) for day in broken}
    return [made[place] for place in sorted(after) if place < len(made)]
