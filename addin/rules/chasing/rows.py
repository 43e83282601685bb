"""The rows of the worklist: what goes out to each customer, by whom and when, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from addin.model.mail import mail_addresses
from addin.model.text import Text
from addin.rules.book import Book, own_days
from addin.rules.chasing import words
from addin.rules.chasing.cases import Cases, Holds
from addin.rules.chasing.holds import Standstill
from addin.rules.chasing.levels import days_of
from addin.rules.chasing.money_waiting import Purse
from addin.rules.chasing.proposal import Hold, Level, Proposal
from addin.rules.chasing.record import Sent
from addin.rules.chasing.steps import Steps
from addin.rules.claims import Milestone
from addin.rules.late_interest import CONTRACT, STATUTE
from addin.rules.workdays import Calendar

UNSENT_DAYS = 2
"""A letter that was confirmed longer ago and has not gone out heads the list (RULES 9)."""


class ContactDue(Protocol):
    """Why a customer should be contacted though there is nothing to remind of."""

    @property
    def reason(self) -> Text: ...
    @property
    def channel(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def act_by(self) -> date | None: ...


class _Address(NamedTuple):
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    service_address: str = ""


_NOBODY = _Address()


@dataclass(frozen=True)
class Rows:
    """Makes the row of each customer and currency."""

    book: Book
    levels: Sequence[Level]
    taken: Steps
    still: Standstill
    grades: Mapping[str, str]
    cases: Cases
    holds: Holds

    def proposals(self, contacts: Mapping[str, ContactDue]) -> list[Proposal]:
        """The rows, the most urgent first: unsent letters, then what can go out by level and amount, then contacts
        (also of those whose reminder is held back), then what is held back."""
        talks = dict(contacts)
        found = [self._proposal(purse, part, talks.pop(purse[0], None)) for purse, part in self.cases.purses]
        found += [self._contact(customer, due) for customer, due in talks.items()]
        return sorted(found, key=self._urgency)

    def _urgency(self, row: Proposal) -> tuple[object, ...]:
        level = -1 if row.level is None else row.level.number
        in_base = self.book.rates.to_base(row.overdue, row.currency)
        waits = bool(row.holds)
        idle = waits and not row.to_talk
        return (not row.unsent, idle, waits or row.level is None, -level, -(in_base or 0), row.key)

    def _proposal(self, purse: Purse, part: slice, talk: ContactDue | None) -> Proposal:
        """One row: what goes out, or why nothing does; and why to talk to the customer besides."""
        positions, rungs = self._positions[part], self._rungs[part]
        held = [at for at, position in enumerate(positions) if position in self.holds]
        free = [] if self.still.everywhere else [at for at in range(len(positions)) if at not in held]
        chosen = free if held and free else range(len(positions))
        top = max([rungs[at] for at in chosen])
        lead = part.start + next(at for at in chosen if rungs[at] == top)  # the oldest due of the highest
        level, milestone = self.levels[top], self.book.milestones[self._positions[lead]]
        sent = [positions[at] for at in chosen]
        channel, missing = self._channel(level, purse[0])
        letter = self._unsent(positions)
        late = letter is not None and self.book.day > letter.day + UNSENT_DAYS
        holds = () if free else self._all_holds(positions)
        reason = [*self._reason(lead, level, milestone, sent), *missing]
        if free and held:
            reason += self._left_out([positions[at] for at in held])
        if talk is not None:
            reason.append(talk.reason)
        return Proposal(
            *purse,
            level,
            tuple(sent),
            *self._sums(sent),
            words.joined(reason),
            holds,
            channel,
            self._owner(milestone),
            self._act_by(holds, talk),
            self._next_action(level, channel, bool(free), letter, purse[0], talk),
            letter.letter if letter is not None and late else "",
            talk is not None,
        )

    def _reason(
        self, lead: int, level: Level, milestone: Milestone, positions: Sequence[int]
    ) -> Iterator[Text]:
        """Why this level: the item that leads, and what makes it sooner or lower than its days alone."""
        taken, item, due = self.taken, self._items[lead], self._dues[lead]
        when = words.due_words(due, self.book.day)
        if len(positions) > 1:
            when = Text(f"{milestone.id}：{when.zh}", f"{milestone.id}: {when.en}")
        rung, since = int(taken.rung[item]), int(taken.from_day[item])
        if rung != self._rungs[lead] or since > self.book.day:
            yield when
        else:
            reached = words.since_words(level, due, since)
            yield Text(f"{when.zh}，{reached.zh}", f"{when.en}, {reached.en}")
            allowed = int(taken.allowed[item])
            if allowed > rung:
                yield words.no_skipping(self.levels[allowed].number, level.number)
            yield from self._sooner(item, rung, milestone)
        if len(positions) > 1:
            yield words.more_with_it(len(positions) - 1)
        disputed = self._disputed and sum([self._disputed.get(position, 0) for position in positions])
        if disputed:
            shown = words.money_words(disputed, milestone.contract.currency)
            yield Text(f"其中 {shown} 有争议，只催无争议部分", f"{shown} of it is disputed and not asked for")

    def _sooner(self, item: int, rung: int, milestone: Milestone) -> list[Text]:
        """What makes the level due before its own days, where it does."""
        raised, faster = int(self.taken.raised[item]), bool(self.taken.faster[item])
        if not (raised or faster):
            return []
        grade = self.grades.get(milestone.contract.customer, "") if faster else ""
        own, now = (days_of(self.levels, rung, earlier) for earlier in (0, raised + faster))
        return words.sooner(grade, raised) if own != now else []

    def _left_out(self, positions: Sequence[int]) -> Iterator[Text]:
        """Which milestones are held back while others go out."""
        for position in positions:
            id, why = (
                self.book.milestones[position].id,
                words.joined([each.words for each in self.holds[position]]),
            )
            yield Text(f"{id} 暂缓：{why.zh}", f"{id} waits: {why.en}")

    def _all_holds(self, positions: Sequence[int]) -> tuple[Hold, ...]:
        """All that holds them back, each kind once; of one kind the words of the one that lasts longest."""
        found: dict[str, list[Hold]] = defaultdict(list)
        own = (hold for position in positions for hold in self.holds.get(position, ()))
        for each in (*own, *self.still.everywhere):
            found[each.code].append(each)
        return tuple(max(own, key=lambda each: each.until or date.max) for own in found.values())

    def _unsent(self, positions: Sequence[int]) -> Sent | None:
        """The oldest letter that waits to be sent."""
        unsent = self.cases.unsent
        waiting = [unsent[position] for position in positions if position in unsent] if unsent else []
        return min(waiting, key=lambda letter: (letter.day, letter.letter), default=None)

    def _channel(self, level: Level, customer: str) -> tuple[str, list[Text]]:
        """The level's channel; without an e-mail address that can be used a letter; what is missing is said."""
        file = self._customers.get(customer, _NOBODY)
        channel, told = str(level.channel), []
        if channel == "email" and not mail_addresses(file.email):
            channel = "letter"
            told.append(words.BAD_EMAIL if file.email else words.NO_EMAIL)
        if channel == "letter" and not (file.address or file.service_address):
            told.append(Text("客户档案无地址，请补填", "no address on file: fill it in"))
        return channel, told

    def _owner(self, milestone: Milestone) -> str:
        """Who looks after it: the milestone's owner, else the contract's manager."""
        return str(self._owners[milestone.position] or self._managers.get(milestone.contract.id, ""))

    def _act_by(self, holds: Sequence[Hold], talk: ContactDue | None) -> date | None:
        """When there is something to do: for what is held back also the day by which to talk to the customer."""
        days = [self._after(holds), talk.act_by if holds and talk is not None else None]
        return min((day for day in days if day is not None), default=None)

    def _after(self, holds: Sequence[Hold]) -> date | None:
        """The next working day; of what is held back the one after the last hold ends, where that is known.

        A letter that is to be posted waits for us alone.
        """
        waits = [each for each in holds if each.code != "unsent"]
        if not waits:
            return self._today
        ends = [each.until for each in waits if each.until is not None]
        if len(ends) < len(waits) or max(ends) == date.max:
            return None
        return self._calendar.roll_if_known(date.fromordinal(max(ends).toordinal() + 1))

    def _next_action(
        self,
        level: Level,
        channel: str,
        free: bool,
        letter: Sent | None,
        customer: str,
        talk: ContactDue | None,
    ) -> Text:
        told = [] if letter is None else [words.send_first(letter.letter, letter.day, letter.spoken)]
        if talk is not None and not free:
            told.append(words.in_touch(talk.channel))
        if free:
            file = self._customers.get(customer, _NOBODY)
            told.append(words.action(level, channel, file.contact, file.phone))
        elif letter is None:
            what = words.named(level)
            told.append(Text(f"暂缓：{what.zh}", f"Wait: {what.en}"))
        return words.joined(told)

    def _contact(self, customer: str, due: ContactDue) -> Proposal:
        """Nothing is to be reminded of; what the customer owes is there for the talk."""
        owed: dict[str, list[int]] = defaultdict(list)
        for position in self._owed_by.get(customer, ()):
            owed[self.book.milestones[position].contract.currency].append(position)
        currency = max(sorted(owed), key=lambda code: len(owed[code]), default=self.book.rates.base)
        positions = owed[currency]
        return Proposal(
            customer,
            currency,
            None,
            (),
            *self._sums(positions),
            due.reason,
            (),
            due.channel,
            due.owner,
            due.act_by,
            words.in_touch(due.channel),
        )

    @cached_property
    def _owed_by(self) -> Mapping[str, Sequence[int]]:
        """The positions of triggered milestones with something open, by customer."""
        found: dict[str, list[int]] = defaultdict(list)
        for position in np.unique(self.book.items.milestone).tolist():
            found[self.book.milestones[position].contract.customer].append(position)
        return found

    @cached_property
    def _positions(self) -> list[int]:
        found: list[int] = self.cases.position.tolist()
        return found

    @cached_property
    def _rungs(self) -> list[int]:
        found: list[int] = self.cases.rung.tolist()
        return found

    @cached_property
    def _items(self) -> list[int]:
        found: list[int] = self.cases.item.tolist()
        return found

    @cached_property
    def _dues(self) -> list[int]:
        found: list[int] = self.cases.due.tolist()
        return found

    @cached_property
    def _disputed(self) -> Mapping[int, int]:
        """By position, where something is disputed and not all of it."""
        disputed = self.still.disputed
        partly = np.flatnonzero((disputed > 0) & (disputed < self.book.standing.open))
        return dict(zip(partly.tolist(), disputed[partly].tolist(), strict=True))

    def _sums(self, positions: Sequence[int]) -> tuple[int, int, int]:
        """What is open of some milestones, overdue, and the interest that a letter may print."""
        opened, overdue, interest = self._figures
        return (
            sum([opened[position] for position in positions]),
            sum([overdue[position] for position in positions]),
            sum([interest[position] for position in positions]),
        )

    @cached_property
    def _figures(self) -> tuple[list[int], list[int], list[int]]:
        """By milestone: open, overdue, and interest by contract or statute, never an estimate."""
        overdue = np.zeros(len(self.book.milestones), dtype=np.int64)
        late = self.book.items.due < self.book.day
        np.add.at(overdue, self.book.items.milestone[late], self.book.items.amount[late])
        basis = self.book.positions["interest_basis"]
        printed = ((basis == CONTRACT) | (basis == STATUTE)).to_numpy(bool)
        interest = np.where(printed, self.book.positions["interest"].to_numpy(np.int64, na_value=0), 0)
        return self.book.standing.open.tolist(), overdue.tolist(), interest.tolist()

    @cached_property
    def _customers(self) -> Mapping[str, _Address]:
        frame = self.book.ledger["customers"]
        rows = zip(*(frame[column].tolist() for column in ("customer_id", *_Address._fields)), strict=True)
        return {id: _Address(*rest) for id, *rest in rows}

    @cached_property
    def _owners(self) -> list[str]:
        found: list[str] = self.book.ledger["milestones"]["owner"].tolist()
        return found

    @cached_property
    def _managers(self) -> Mapping[str, str]:
        frame = self.book.ledger["contracts"]
        return dict(zip(frame["contract_id"].tolist(), frame["manager"].tolist(), strict=True))

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(own_days(self.book.ledger.frames))

    @cached_property
    def _today(self) -> date:
        """The day itself or the next working day."""
        return self._calendar.roll_if_known(self.book.as_of)
