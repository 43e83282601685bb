"""Whom to chase on a day: one proposal a customer and currency, its reason, and what stands against it.

A milestone is a candidate where the next level of one of its items is due, or a letter that names it was confirmed
and has not gone out. What no hold keeps back goes into one letter with the highest of their levels; where all is
held back, the row says why (RULES 9, 14, 15).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

import numpy as np

from addin.model.money import digits_of, grouped, to_minor
from addin.model.text import Text
from addin.rules.book import Book, own_days
from addin.rules.chasing import words
from addin.rules.chasing.holds import Standstill, below_minimum, hold, standstill, unsent_hold, unsent_letter
from addin.rules.chasing.levels import days_of, ladder
from addin.rules.chasing.money_waiting import Purse, waiting_money
from addin.rules.chasing.proposal import Hold, Level, Proposal
from addin.rules.chasing.record import Sent, on_record
from addin.rules.chasing.steps import Steps, steps
from addin.rules.claims import Milestone
from addin.rules.late_interest import CONTRACT, STATUTE
from addin.rules.workdays import Calendar

UNSENT_DAYS = 2
"""A letter that was confirmed longer ago and has not gone out heads the list (RULES 9)."""


class Due(Protocol):
    """Why a customer should be contacted though nothing is to be reminded of."""

    @property
    def reason(self) -> Text: ...
    @property
    def channel(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def act_by(self) -> date | None: ...


@dataclass(slots=True)
class Case:
    """A milestone with something to send, by its item whose level is the highest, the oldest of these."""

    milestone: Milestone
    item: int
    level: Level
    due: int
    asked: int
    unsent: Sent | None = None
    holds: list[Hold] = field(default_factory=list)


@dataclass(frozen=True)
class Chase:
    """What there is to chase in a book, and where each of its open items stands."""

    book: Book
    levels: Sequence[Level]
    steps: Steps
    cases: Mapping[int, Case]
    """Those with something to send, by the milestone's position."""
    proposals: Sequence[Proposal]


def worklist(
    book: Book,
    grades: Mapping[str, str],
    failed_bills: Collection[str] = frozenset(),
    contacts: Mapping[str, Due] | None = None,
) -> list[Proposal]:
    """The proposals, the most urgent first.

    ``grades`` are those of the customers, ``failed_bills`` the invoices that failed their check and wait,
    ``contacts`` the customers who should hear from us whether or not there is something to remind them of.
    """
    return list(chase(book, grades, failed_bills, contacts).proposals)


def chase(
    book: Book,
    grades: Mapping[str, str],
    failed_bills: Collection[str] = frozenset(),
    contacts: Mapping[str, Due] | None = None,
) -> Chase:
    """`worklist`, with what it was made from."""
    levels, record = ladder(book.ledger), on_record(book.ledger, book.day)
    still = standstill(book, record, failed_bills)
    taken = steps(book, levels, grades, record, still.word)
    cases = _cases(book, levels, taken, still)
    _hold_back(book, cases, still)
    rows = _Rows(book, levels, taken, still, grades)
    by_purse: dict[Purse, list[Case]] = defaultdict(list)
    for case in cases.values():
        contract = case.milestone.contract
        if contract.customer:
            by_purse[contract.customer, contract.currency].append(case)
    found = [rows.proposal(purse, own) for purse, own in by_purse.items()]
    found = rows.with_contacts(found, contacts or {})
    return Chase(book, levels, taken, cases, sorted(found, key=rows.urgency))


def _cases(book: Book, levels: Sequence[Level], taken: Steps, still: Standstill) -> dict[int, Case]:
    """The milestones with an item whose next level is due or whose letter waits to be sent."""
    items, count = book.items, len(levels)
    due_now = (taken.rung < count) & (taken.from_day <= book.day) & (items.amount > 0)
    waiting = still.record.unsent
    if waiting:
        positions = [each.position for each in book.milestones if each.id in waiting]
        due_now |= np.isin(items.milestone, positions) & (items.amount > 0)
    places = np.flatnonzero(due_now)
    columns = (items.milestone, items.due, items.amount, taken.rung, taken.from_day)
    rows = zip(places.tolist(), *(column[places].tolist() for column in columns), strict=True)
    found: dict[int, Case] = {}
    for place, position, due, amount, rung, from_day in rows:
        milestone, unsent = book.milestones[position], None
        if milestone.id in waiting:
            reached, since = int(taken.reached[place]), int(taken.since[place])
            unsent = unsent_letter(still.record, milestone.id, reached, since)
            if unsent is None and from_day > book.day:
                continue
        level = _confirmed(levels, unsent) or levels[min(rung, count - 1)]
        before = found.get(position)
        if before is None:
            found[position] = Case(milestone, place, level, due, amount, unsent)
            continue
        before.asked += amount
        before.unsent = before.unsent or unsent
        if (-level.number, due) < (-before.level.number, before.due):
            before.item, before.level, before.due = place, level, due
    return found


def _confirmed(levels: Sequence[Level], unsent: Sent | None) -> Level | None:
    """The level of a confirmed letter, where the ladder knows it."""
    if unsent is None:
        return None
    return next((level for level in levels if level.number == unsent.level), None)


def _hold_back(book: Book, cases: Mapping[int, Case], still: Standstill) -> None:
    """Notes on each case what holds it back, and what of it is asked: not what is disputed."""
    opens = book.standing.open
    plain = not (
        still.word.until or still.record.sent or still.resting or still.bill_failed or still.in_court
    )
    for position, case in cases.items():
        disputed = still.disputed[position]
        if disputed:
            case.asked = max(min(int(opens[position]) - disputed, case.asked), 0)
        if disputed or not plain:
            case.holds = still.of(case.milestone, int(opens[position]))
        if case.unsent is not None:
            case.holds.append(unsent_hold(case.unsent))
        case.holds += still.everywhere
    if cases:
        _settle(cases, waiting_money(book))


def _settle(cases: Mapping[int, Case], money: Mapping[Purse, Sequence[int]]) -> None:
    """Money that waits holds back what it would settle."""
    wanted: dict[Purse, list[Case]] = defaultdict(list)
    for case in cases.values():
        contract = case.milestone.contract
        purse = (contract.customer, contract.currency)
        if purse in money and case.asked > 0:
            wanted[purse].append(case)
    for purse, own in wanted.items():
        shown = _money(sum(money[purse]), purse[1])
        for case in _settled(own, money[purse]):
            zh, en = f"有未核销收款 {shown} 可抵付", f"unallocated money of {shown} would settle it"
            case.holds.append(hold("unallocated", zh, en))


def _settled(cases: Sequence[Case], amounts: Sequence[int]) -> Iterator[Case]:
    """An amount that just one of them asks for is for that one; the rest fills them in due order until used up."""
    left, waiting = sum(amounts), list(cases)
    for amount in amounts:
        exact = [case for case in waiting if case.asked == amount]
        if len(exact) == 1 and amount <= left:
            yield exact[0]
            waiting.remove(exact[0])
            left -= amount
    for case in sorted(waiting, key=lambda each: (each.due, each.milestone.id)):
        if case.asked <= left:
            yield case
        left = max(left - case.asked, 0)


def _money(minor: int, currency: str) -> str:
    return f"{currency} {grouped(minor, digits_of(currency))}"


class _Rows:
    """Makes the row of each customer and currency."""

    def __init__(
        self, book: Book, levels: Sequence[Level], taken: Steps, still: Standstill, grades: Mapping[str, str]
    ) -> None:
        self.book, self.levels, self.taken, self.still, self.grades = book, levels, taken, still, grades
        count, items = len(book.milestones), book.items
        self.open = book.standing.open
        self.overdue = np.zeros(count, dtype=np.int64)
        late = items.due < book.day
        np.add.at(self.overdue, items.milestone[late], items.amount[late])
        basis = book.positions["interest_basis"]
        printed = ((basis == CONTRACT) | (basis == STATUTE)).to_numpy(bool)
        self.interest = np.where(printed, book.positions["interest"].to_numpy(np.int64, na_value=0), 0)
        customers = book.ledger["customers"]
        columns = ("customer_id", "contact", "phone", "email", "address", "service_address")
        rows = zip(*(customers[column].tolist() for column in columns), strict=True)
        self.customers = {id: rest for id, *rest in rows}
        self.owners = book.ledger["milestones"]["owner"].tolist()
        contracts = book.ledger["contracts"]
        self.managers = dict(
            zip(contracts["contract_id"].tolist(), contracts["manager"].tolist(), strict=True)
        )
        self.calendar = Calendar(own_days(book.ledger.frames))

    def proposal(self, purse: Purse, cases: Sequence[Case]) -> Proposal:
        """One row: what goes out, or why nothing does."""
        self._check_minimum(cases, purse[1])
        free = [case for case in cases if not case.holds]
        chosen = sorted(free or cases, key=lambda case: (case.due, case.milestone.position))
        lead = max(chosen, key=lambda case: (case.level.number, -case.due, -case.milestone.position))
        holds = () if free else _merged(cases)
        channel, fallback = self._channel(lead.level, purse[0])
        positions = [case.milestone.position for case in chosen]
        unsent = min((case.unsent for case in cases if case.unsent), key=lambda each: each.day, default=None)
        overlong = unsent is not None and self.book.day > unsent.day + UNSENT_DAYS
        return Proposal(
            *purse,
            lead.level,
            tuple(positions),
            int(self.open[positions].sum()),
            int(self.overdue[positions].sum()),
            int(self.interest[positions].sum()),
            words.joined([*self._reason(lead, chosen), *_left_out(cases, free), *fallback]),
            holds,
            channel,
            self.owner(lead.milestone),
            self._act_by(holds),
            self._next_action(lead, channel, bool(free), unsent, purse[0]),
            unsent.letter if unsent is not None and overlong else "",
        )

    def _check_minimum(self, cases: Sequence[Case], currency: str) -> None:
        """Holds what is too small: of a level first, then of all that is left."""
        free = [case for case in cases if not case.holds]
        base = self.book.rates.base
        asked = self.book.rates.to_base(sum(case.asked for case in free), currency)
        if asked is None:
            return
        for case in free:
            if asked < case.level.min_amount:
                shown = _money(asked, base), _money(case.level.min_amount, base)
                case.holds.append(below_minimum(*shown, case.level))
        free = [case for case in free if not case.holds]
        asked = self.book.rates.to_base(sum(case.asked for case in free), currency) or 0
        least = to_minor(self.book.policy["min_reminder"], digits_of(base))
        if free and asked < least:
            for case in free:
                case.holds.append(below_minimum(_money(asked, base), _money(least, base), None))

    def _reason(self, lead: Case, chosen: Sequence[Case]) -> Iterator[Text]:
        """Why this level: the item that leads, and what makes it sooner or lower than its days alone."""
        taken, item = self.taken, lead.item
        rung, since = int(taken.rung[item]), int(taken.from_day[item])
        when = words.due_words(lead.due, self.book.day)
        if len(chosen) > 1:
            id = lead.milestone.id
            when = Text(f"{id}：{when.zh}", f"{id}: {when.en}")
        yield when
        if rung < len(self.levels) and self.levels[rung] is lead.level and since <= self.book.day:
            yield words.since_words(lead.level, lead.due, since)
            allowed = int(taken.allowed[item])
            if allowed > rung:
                yield words.no_skipping(self.levels[allowed].number, lead.level.number)
            yield from self._sooner(lead, rung)
        if len(chosen) > 1:
            more = len(chosen) - 1
            yield Text(f"同函另有 {more} 个节点", f"{more} more in the same letter")
        disputed = sum(self.still.disputed[case.milestone.position] for case in chosen)
        if disputed and any(case.asked for case in chosen):
            shown = _money(disputed, lead.milestone.contract.currency)
            yield Text(f"其中 {shown} 有争议，只催无争议部分", f"{shown} of it is disputed and not asked for")

    def _sooner(self, lead: Case, rung: int) -> list[Text]:
        """What makes the level due before its own days, where it does."""
        grade = self.grades.get(lead.milestone.contract.customer, "") if self.taken.faster[lead.item] else ""
        raised = int(self.taken.raised[lead.item])
        own, now = (days_of(self.levels, rung, earlier) for earlier in (0, raised + bool(grade)))
        return words.sooner(grade, raised) if own != now else []

    def _channel(self, level: Level, customer: str) -> tuple[str, list[Text]]:
        """The level's channel; without an e-mail address a letter; what is missing is said."""
        _, _, email, address, service = self.customers.get(customer, ("", "", "", "", ""))
        channel, told = str(level.channel), []
        if channel == "email" and not email:
            channel = "letter"
            told.append(Text("客户档案无邮箱，改发信函", "no e-mail address on file: by post"))
        if channel == "letter" and not (address or service):
            told.append(Text("客户档案无地址，请补填", "no address on file: fill it in"))
        return channel, told

    def owner(self, milestone: Milestone) -> str:
        """Who looks after it: the milestone's owner, else the contract's manager."""
        return str(self.owners[milestone.position] or self.managers.get(milestone.contract.id, ""))

    def _act_by(self, holds: Sequence[Hold]) -> date | None:
        """The next working day; of what is held back the one after the last hold ends, where that is known."""
        if not holds:
            return self.calendar.roll_if_known(self.book.as_of)
        ends = [each.until for each in holds]
        known = [each for each in ends if each is not None]
        if len(known) < len(ends) or max(known) >= date.max:
            return None
        return self.calendar.roll_if_known(date.fromordinal(max(known).toordinal() + 1))

    def _next_action(self, lead: Case, channel: str, free: bool, unsent: Sent | None, customer: str) -> Text:
        told = []
        if unsent is not None:
            told.append(words.send_first(unsent.letter, unsent.day))
        if free:
            contact, phone, *_ = self.customers.get(customer, ("", "", "", "", ""))
            told.append(words.action(lead.level, channel, contact, phone))
        elif unsent is None:
            told.append(Text(f"暂缓：{words.named(lead.level).zh}", f"Wait: {words.named(lead.level).en}"))
        return words.joined(told)

    def with_contacts(self, found: Sequence[Proposal], contacts: Mapping[str, Due]) -> list[Proposal]:
        """The rows, the reasons for a contact added to them, and rows for who has none yet."""
        rows, seen = [], set()
        for each in found:
            due = contacts.get(each.customer) if each.customer not in seen else None
            seen.add(each.customer)
            rows.append(replace(each, reason=words.joined([each.reason, due.reason])) if due else each)
        return [*rows, *(self._contact(id, due) for id, due in contacts.items() if id not in seen)]

    def _contact(self, customer: str, due: Due) -> Proposal:
        """Nobody is reminded of anything: what the customer owes is shown for the talk."""
        own = [each for contract in self.book.contracts if contract.customer == customer
               for each in contract.milestones if each.triggered and each.open]  # fmt: skip
        currencies = [each.contract.currency for each in own]
        currency = max(sorted(set(currencies)), key=currencies.count, default=self.book.rates.base)
        positions = [each.position for each in own if each.contract.currency == currency]
        verb = words.CHANNELS.get(due.channel, Text("联系", "Contact"))
        return Proposal(
            customer,
            currency,
            None,
            (),
            int(self.open[positions].sum()),
            int(self.overdue[positions].sum()),
            int(self.interest[positions].sum()),
            due.reason,
            (),
            due.channel,
            due.owner,
            due.act_by,
            Text(f"联系客户：{verb.zh}", f"Contact: {verb.en}"),
        )

    def urgency(self, row: Proposal) -> tuple[object, ...]:
        """Unsent letters, then what can go out by level and amount, then contacts, then what is held back."""
        level = -1 if row.level is None else row.level.number
        in_base = self.book.rates.to_base(row.overdue, row.currency)
        return (not row.unsent, bool(row.holds), row.level is None, -level, -(in_base or 0), row.key)


def _merged(cases: Sequence[Case]) -> tuple[Hold, ...]:
    """All that holds them back, each kind once; of one kind the words of the one that lasts longest."""
    found: dict[str, list[Hold]] = defaultdict(list)
    for case in sorted(cases, key=lambda each: (each.due, each.milestone.position)):
        for each in case.holds:
            found[each.code].append(each)
    return tuple(max(own, key=lambda each: each.until or date.min) for own in found.values())


def _left_out(cases: Sequence[Case], free: Sequence[Case]) -> Iterator[Text]:
    """Which milestones are held back while others go out."""
    if free:
        for case in cases:
            if case.holds:
                why = words.joined([each.words for each in case.holds])
                yield Text(f"{case.milestone.id} 暂缓：{why.zh}", f"{case.milestone.id} waits: {why.en}")
