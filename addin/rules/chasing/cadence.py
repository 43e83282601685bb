"""Whom to talk to: follow-ups, visits and greetings that are due, and who has not heard from us for too long.

The larger a customer's contracts and the worse its grade, the shorter the time between two contacts
(contact_cadence_days, large_contract, large_cadence_days, cadence_grades).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from addin.model.days import NO_DAY, to_days
from addin.model.money import digits_of, to_minor
from addin.model.problems import shown
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.chasing.greetings import GREETING_DAYS, Greeting, anniversary_near, festival_near

VISIT_NOTICE_DAYS = 7
"""How many days before its deadline a visit is named."""


@dataclass(frozen=True)
class ContactDue:
    """Why a customer is to be talked to, how, by whom, and the day for which it was planned (it may have passed)."""

    reason: Text
    channel: str
    owner: str
    act_by: date


@dataclass(frozen=True)
class Cadence:
    """At most how many days may lie between two contacts, and why that many."""

    days: int
    setting: str
    why: Text


_EVERYBODY = Text("一般客户", "every customer")
_LARGE = Text("有大合同", "a large contract")


def cadence(book: Book, grade: str, large: bool) -> Cadence:
    """The shortest of what the settings say of every customer, of a large contract and of the grade."""
    policy, by_grade = book.policy, book.policy["cadence_grades"]
    found = [Cadence(policy["contact_cadence_days"], "contact_cadence_days", _EVERYBODY)]
    if large:
        found.append(Cadence(policy["large_cadence_days"], "large_cadence_days", _LARGE))
    if grade in by_grade:
        why = Text(f"信用等级 {grade}", f"grade {grade}")
        found.append(Cadence(by_grade[grade], "cadence_grades", why))
    return min(found, key=lambda each: each.days)


def contacts_due(book: Book, grades: Mapping[str, str]) -> dict[str, ContactDue]:
    """What is due of each customer on the as-of day; ``grades`` by customer, of those that have one.

    A follow-up is due from the day that the latest contact on its subject names; a visit from seven days before
    its deadline on; a greeting in the seven days before its day, unless there was a contact in that time; a contact
    of customers that have something left to pay when the cadence's last day is reached, that day included, since
    the latest contact or letter sent (without any: since signing). Of several the first names channel, owner and
    day, and all are told.
    """
    desk = _Desk(book)
    found: dict[str, list[ContactDue]] = defaultdict(list)
    for customer, due in (*desk.follow_ups(), *desk.visits(), *desk.greetings(), *desk.silent(grades)):
        found[customer].append(due)
    return {customer: _together(dues) for customer, dues in found.items()}


def _together(dues: list[ContactDue]) -> ContactDue:
    first = dues[0]
    reason = Text("；".join(each.reason.zh for each in dues), "; ".join(each.reason.en for each in dues))
    return ContactDue(reason, first.channel, first.owner, first.act_by)


def large_customers(book: Book) -> set[str]:
    """The customers with a contract that is not closed, has something left, and is a large one.

    An amount in a currency without a rate is not known to be large.
    """
    least = to_minor(book.policy["large_contract"], digits_of(book.ledger.base_currency))
    found = set()
    for position in book.live_contracts:
        contract = book.contracts[position]
        amount = contract.in_force and book.rates.to_base(contract.in_force, contract.currency)
        if amount and amount >= least:
            found.add(contract.customer)
    return found


Due = tuple[str, ContactDue]
"""A customer, and what is due of it."""


class _Desk:
    """The rows that tell what was said when, up to the as-of day."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def follow_ups(self) -> Iterator[Due]:
        """What the latest contact on a subject planned: one contract, or everything of the customer.

        A later contact about everything replaces the plans about single contracts, one about a contract only the
        plan about that contract.
        """
        for (customer, contract), (_, planned, channel, by) in self._plans.items():
            if planned <= self.book.day:
                agreed = date.fromordinal(planned)
                about = Text(f"（{contract}）", f" ({contract})") if contract else Text("", "")
                reason = Text(f"约定 {agreed} 跟进{about.zh}", f"follow-up planned for {agreed}{about.en}")
                yield customer, ContactDue(reason, channel or "phone", by or self.manager(customer), agreed)

    def visits(self) -> Iterator[Due]:
        """Visits whose deadline is at most seven days away, or over."""
        frame, customer_of = self.book.ledger["tasks"], self._customer_of
        visits = frame[(frame["kind"] == "visit").to_numpy(bool)]
        rows = zip(
            to_days(visits["deadline"]).tolist(),
            to_days(visits["done_on"]).tolist(),
            visits["customer_id"].tolist(),
            visits["contract_id"].tolist(),
            visits["step"].tolist(),
            visits["owner"].tolist(),
            strict=True,
        )
        for deadline, done, named, contract, step, owner in sorted(rows):
            customer = named or customer_of.get(contract, "")
            waiting = done == NO_DAY or done > self.book.day
            if customer and waiting and NO_DAY < deadline <= self.book.day + VISIT_NOTICE_DAYS:
                by, what = date.fromordinal(deadline), shown(step)
                reason = Text(f"拜访“{what}”，期限 {by}", f'visit "{what}" by {by}')
                yield customer, ContactDue(reason, "visit", owner or self.manager(customer), by)

    def greetings(self) -> Iterator[Due]:
        """Anniversaries of working together, and the two festivals for those whom we write to in Chinese.

        Nobody is greeted with whom nothing is going on any more, or who is in court with us.
        """
        frame, festival = self.book.ledger["customers"], festival_near(self.book.as_of)
        rows = zip(
            frame["customer_id"].tolist(),
            to_days(frame["since"]).tolist(),
            (frame["language"] == "en").tolist(),
            (frame["kind"] == "overseas").tolist(),
            strict=True,
        )
        for customer, since, english, overseas in rows:
            if customer in self._live and customer not in self._in_court:
                own = anniversary_near(date.fromordinal(since), self.book.as_of) if since else None
                for greeting in filter(None, [own, None if english or overseas else festival]):
                    if self._heard.get(customer, NO_DAY) < greeting.day.toordinal() - GREETING_DAYS:
                        yield customer, self._greet(customer, greeting)

    def _greet(self, customer: str, greeting: Greeting) -> ContactDue:
        words = Text(
            f"{greeting.occasion.zh}（{greeting.day}）问候",
            f"greeting: {greeting.occasion.en} on {greeting.day}",
        )
        return ContactDue(words, "phone", self.manager(customer), greeting.day)

    def silent(self, grades: Mapping[str, str]) -> Iterator[Due]:
        """Customers with something left to pay whose time between two contacts is up, and no contact is planned."""
        large = large_customers(self.book)
        planned = {customer for (customer, _), plan in self._plans.items() if plan[1] > self.book.day}
        for customer in self._live:
            last = max(self._heard.get(customer, NO_DAY), self._written.get(customer, NO_DAY))
            start = last or self._signed.get(customer, NO_DAY)
            rule = cadence(self.book, grades.get(customer, ""), customer in large)
            if NO_DAY < start <= self.book.day - rule.days and customer not in planned:
                yield customer, self._call(customer, date.fromordinal(start), rule, bool(last))

    def _call(self, customer: str, start: date, rule: Cadence, heard: bool) -> ContactDue:
        silent = (self.book.as_of - start).days
        since = (
            Text(f"距上次沟通（{start}）已 {silent} 天", f"{silent} days since the last contact ({start})")
            if heard
            else Text(f"签约（{start}）以来没有沟通记录", f"no contact on record since signing ({start})")
        )
        reason = Text(
            f"{since.zh}，最多隔 {rule.days} 天（{rule.why.zh}）",
            f"{since.en}, {rule.days} at the most ({rule.why.en})",
        )
        return ContactDue(reason, "phone", self.manager(customer), start + timedelta(days=rule.days))

    def manager(self, customer: str) -> str:
        """The manager of the customer's first contract that has something left; "" where none is named."""
        return self._managers.get(customer, "")

    # --- what the tables say -----------------------------------------------------------------------------

    @cached_property
    def _latest(self) -> dict[tuple[str, str], tuple[int, int, str, str]]:
        """By customer and contract ("": everything) the latest contact: day, day planned, channel, by whom.

        Of several contacts of a day the earliest planned day counts.
        """
        frame = self.book.ledger["contacts"]
        rows = zip(
            frame["customer_id"].tolist(),
            frame["contract_id"].tolist(),
            to_days(frame["date"]).tolist(),
            to_days(frame["next_date"]).tolist(),
            frame["channel"].tolist(),
            frame["by"].tolist(),
            strict=True,
        )
        found: dict[tuple[str, str], tuple[int, int, str, str]] = {}
        for customer, contract, day, planned, channel, by in rows:
            if customer and NO_DAY < day <= self.book.day:
                before = found.get((customer, contract))
                mine = (day, planned, channel, by)
                if before is None or _rank(mine) > _rank(before):
                    found[customer, contract] = mine
        return found

    @cached_property
    def _plans(self) -> dict[tuple[str, str], tuple[int, int, str, str]]:
        """The latest contacts that planned a day, without those that a later one about everything replaced."""
        return {
            (customer, contract): entry
            for (customer, contract), entry in self._latest.items()
            if entry[1] != NO_DAY and entry[0] >= self._latest.get((customer, ""), entry)[0]
        }

    @cached_property
    def _heard(self) -> dict[str, int]:
        """The day of each customer's latest contact."""
        found: dict[str, int] = {}
        for (customer, _), entry in self._latest.items():
            found[customer] = max(entry[0], found.get(customer, NO_DAY))
        return found

    @cached_property
    def _written(self) -> dict[str, int]:
        """The day on which each customer's latest letter went out."""
        frame = self.book.ledger["letters"]
        found: dict[str, int] = {}
        for customer, day in zip(
            frame["customer_id"].tolist(), to_days(frame["sent_on"]).tolist(), strict=True
        ):
            if NO_DAY < day <= self.book.day:
                found[customer] = max(day, found.get(customer, NO_DAY))
        return found

    @cached_property
    def _rows(self) -> list[tuple[str, str, str, int, str]]:
        """Customer, contract, manager, day of signing and status of each row of the contracts table."""
        frame = self.book.ledger["contracts"]
        columns = [frame[key].tolist() for key in ("customer_id", "contract_id", "manager")]
        days = to_days(frame["signed"]).tolist()
        return list(zip(*columns, days, frame["status"].tolist(), strict=True))

    @cached_property
    def _customer_of(self) -> dict[str, str]:
        return {contract: customer for customer, contract, *_ in self._rows}

    @cached_property
    def _in_court(self) -> set[str]:
        return {customer for customer, *_, status in self._rows if status == "legal"}

    @cached_property
    def _live(self) -> dict[str, None]:
        """The customers with something left to pay, in the order of their contracts."""
        return {customer: None for customer, *_ in self._live_rows}

    @cached_property
    def _live_rows(self) -> list[tuple[str, str, str, int, str]]:
        return [self._rows[place] for place in self.book.live_contracts if place < len(self._rows)]

    @cached_property
    def _managers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for customer, _, manager, *_ in self._live_rows:
            if manager:
                found.setdefault(customer, manager)
        return found

    @cached_property
    def _signed(self) -> dict[str, int]:
        """The day on which each customer signed the first contract that has something left."""
        found: dict[str, int] = {}
        for customer, _, _, day, _ in self._live_rows:
            if day != NO_DAY:
                found[customer] = min(day, found.get(customer, day))
        return found


def _rank(entry: tuple[int, int, str, str]) -> tuple[int, bool, int]:
    """The later day first; of one day a planned one first, the earliest."""
    return entry[0], entry[1] != NO_DAY, -entry[1]
