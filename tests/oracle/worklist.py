"""Whom to chase, the slow and plain way: each rule of the worklist one loop over rows, on an oracle's report.

``naive_worklist`` gives for each customer and currency the level, the milestones, what is open and overdue of them,
the kinds of holds and the letter that heads the list.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from tests.oracle.book import Row, Tables
from tests.oracle.doubts import doubts
from tests.oracle.money import money
from tests.oracle.report import Report

NEVER = date(9999, 12, 31)
DEFAULT: list[Row] = [
    {"level": 0, "mode": "before_due", "days": 7, "template": "notice"},
    {"level": 1, "mode": "after_due", "days": 1, "template": "reminder"},
    *(
        {"level": number, "mode": "after_due", "days": days, "template": name, "faster_grades": ("B", "C")}
        for number, days, name in (
            (2, 7, None),
            (3, 15, "second_reminder"),
            (4, 30, "demand"),
            (5, 60, "final"),
            (6, 90, "legal"),
        )
    ),
]


def in_time(letter: Row) -> tuple[Any, ...]:
    return letter["date"] or date.min, letter["letter_id"]


class Line(NamedTuple):
    level: int
    milestones: frozenset[str]
    open: Decimal
    overdue: Decimal
    holds: frozenset[str]
    unsent: str


@dataclass
class Claim:
    """A milestone with something to send."""

    key: str
    customer: str
    currency: str
    level: Row
    due: date
    asked: Decimal
    unsent: Row | None = None
    holds: set[str] = field(default_factory=set)


@dataclass
class Desk:
    tables: Tables
    report: Report
    as_of: date
    grades: Mapping[str, str]
    rates: Callable[[Decimal, str], Decimal | None]
    is_holiday: bool
    settings: Mapping[str, int]
    smudged: Tables = field(default_factory=dict)
    """Further rows, each with a cell that cannot be read ("?")."""

    @property
    def ladder(self) -> list[Row]:
        rows = self.tables.get("levels") or DEFAULT
        return sorted(rows, key=lambda row: int(row["level"]))

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def contract_of(self, milestone: str) -> Row:
        (owner,) = (row["contract_id"] for row in self.rows("milestones") if row["milestone_id"] == milestone)
        (found,) = (row for row in self.rows("contracts") if row["contract_id"] == owner)
        return found

    # --- the past ---------------------------------------------------------------------------------------

    def round(self, milestone: str, item: str) -> date:
        """The day of the agreement to which an item owes its due date."""
        own = [row for row in self.rows("reschedules") if row["milestone_id"] == milestone]
        if item:
            return next(row["agreed_on"] for row in own if row["reschedule_id"] == item)
        moves = [
            row["agreed_on"] for row in own if row.get("amount") is None and row["agreed_on"] <= self.as_of
        ]
        return max(moves, default=date.min)

    def letters(self, milestone: str) -> list[Row]:
        return [
            row
            for row in self.rows("letters")
            if milestone in (row.get("milestones") or ()) and row["kind"] != "statement"
        ]

    def sent(self, milestone: str) -> list[Row]:
        return [row for row in self.letters(milestone) if row["sent_on"] and row["sent_on"] <= self.as_of]

    def on_record(self, milestone: str, item: Row, is_plan: bool) -> list[Row]:
        """The letters about one item: of its round and, of an instalment, not before its time."""
        found: list[Row] = []
        for letter in sorted(self.sent(milestone), key=lambda one: (one["sent_on"], one["letter_id"])):
            start = self.round(milestone, item["item"])
            if letter["sent_on"] <= start or (letter["date"] and letter["date"] <= start):
                continue
            row = letter
            if letter["level"] is None:
                row = {
                    **letter,
                    "level": self.guess(letter, max([one["level"] for one in found], default=-1)),
                }
            if is_plan:
                notices = [step for step in self.ladder if step["mode"] == "before_due"]
                early = [int(step["days"]) for step in notices if step["level"] == row["level"]]
                if row["sent_on"] < item["due"] - timedelta(days=early[0] if early else -1):
                    continue
            own = self.worth(row, item["due"], max([one["level"] for one in found], default=-1))
            if own is not None:
                found.append({**row, "level": own})
        return found

    def guess(self, letter: Row, reached: int) -> int:
        """Which level a letter was that does not say: the next of its kind, or the kind's last."""
        own = []
        for step in self.ladder:
            kind = {"notice": "notice", "demand": "demand", "final": "final", "legal": "final"}.get(
                step.get("template") or "", "reminder"
            )
            if not step.get("template") and step["mode"] == "before_due":
                kind = "notice"
            if kind == letter["kind"]:
                own.append(int(step["level"]))
        if not own:
            own = [int(step["level"]) for step in self.ladder if step["mode"] != "before_due"]
        return min([level for level in own if level > reached], default=max(own))

    def worth(self, letter: Row, due: date, reached: int) -> int | None:
        """A letter's level for the oldest of what it names; for others what their own days had come to, and for
        what is late a step more than it had reached."""
        dues = [self.contract_due(name) for name in dict.fromkeys(letter["milestones"])]
        if len(dues) < 2 or due <= min([day for day in dues if day], default=NEVER):
            return int(letter["level"])
        own, nobody = None, ""  # whose grade makes no level faster
        for place, step in enumerate(self.ladder):
            if step["mode"] == "after_previous":
                come = place > 0 and own == self.ladder[place - 1]["level"]
            else:
                come = self.from_day(place, nobody, 0, due, []) <= letter["sent_on"]
            if step["level"] <= letter["level"] and come:
                own = int(step["level"])
        higher = [step for step in self.ladder if step["level"] > reached and step["mode"] != "before_due"]
        if letter["sent_on"] > due and higher and higher[0]["level"] <= letter["level"]:
            own = max(own or 0, int(higher[0]["level"]))
        return own

    def contract_due(self, milestone: str) -> date | None:
        row: Any = self.report.milestones.get(milestone)
        return row["contract_due"] if row and row["trigger"] else None

    def raises(self, milestone: str, since: date) -> int:
        """How often something was promised again after a promise that brought nothing."""
        customer = self.contract_of(milestone)["customer_id"]
        named = [row for row in self.rows("promises") if row.get("milestone_id") == milestone]
        general = [
            row
            for row in self.rows("promises")
            if not row.get("milestone_id") and row["customer_id"] == customer
        ]
        chain = [row for row in [*named, *general] if self.state(row) not in ("", "withdrawn")]
        days = set()
        for broken in chain:
            if self.report.promises[broken["promise_id"]]["paid"] == 0:
                later = max(broken["promised_date"], broken["made_on"])
                after = [again["made_on"] for again in chain if again["made_on"] > later]
                days |= {min(after)} if after else set()
        return sum(day > since for day in days)

    def state(self, promise: Row) -> str:
        return str(self.report.promises.get(promise["promise_id"], {}).get("state", ""))

    # --- the ladder -------------------------------------------------------------------------------------

    def from_day(self, place: int, customer: str, raised: int, due: date, record: list[Row]) -> date:
        steps = self.ladder
        step = steps[place]
        earlier = raised + (self.grades.get(customer, "") in (step.get("faster_grades") or ()))
        lower = place
        while earlier > 0 and lower > 0 and steps[lower - 1]["mode"] == step["mode"]:
            lower, earlier = lower - 1, earlier - 1
        days = timedelta(days=int(steps[lower]["days"]))
        if step["mode"] == "before_due":
            return due - days
        if step["mode"] == "after_previous":
            if not record:
                return NEVER
            top = max(row["level"] for row in record)
            day = max(row["sent_on"] for row in record if row["level"] == top) + days
        else:
            day = due + days
            if step["mode"] == "end_of_month":
                day = day.replace(day=monthrange(day.year, day.month)[1])
        return max(day, due + timedelta(days=1))

    def next_step(self, milestone: str, item: Row, is_plan: bool) -> Row | None:
        """The next level of an item, if it is due."""
        record = self.on_record(milestone, item, is_plan)
        reached = max((row["level"] for row in record), default=-1)
        customer = self.contract_of(milestone)["customer_id"]
        raised = 0
        if self.letters(milestone) or self.rows("promises"):
            raised = self.raises(milestone, self.round(milestone, item["item"]))
        found = None
        for place, step in enumerate(self.ladder):
            since = self.from_day(place, customer, raised, item["due"], record)
            since = max(since, self.round(milestone, item["item"]) + timedelta(days=1))
            if step["level"] <= reached:
                continue
            if step["mode"] == "before_due":
                found = step if since <= self.as_of <= item["due"] else found
            elif self.as_of > item["due"]:
                return step if since <= self.as_of else None
        return found

    def waiting(self, milestone: str, item: Row, is_plan: bool) -> Row | None:
        """The newest letter about the item that was confirmed, is not overtaken, and has not been sent."""
        record = self.on_record(milestone, item, is_plan)
        reached = max((row["level"] for row in record), default=-1)
        since = self.round(milestone, item["item"])
        found = [
            row
            for row in self.letters(milestone)
            if (row["date"] is None or since < row["date"] <= self.as_of)
            and not (self.is_notice(row) and item["due"] < self.as_of)
            and not (is_plan and self.is_early(row, item["due"]))
            and not (row["sent_on"] and row["sent_on"] <= self.as_of)
            and (row["level"] is None or row["level"] > reached)
        ]
        return max(found, key=in_time, default=None)

    def is_early(self, letter: Row, due: date) -> bool:
        """Written before the time of an instalment: for another one of its milestone."""
        early = [
            int(step["days"])
            for step in self.ladder
            if step["mode"] == "before_due" and step["level"] == letter["level"]
        ]
        known = letter["date"] is not None and letter["level"] is not None
        return known and letter["date"] < due - timedelta(days=early[0] if early else -1)

    def is_notice(self, letter: Row) -> bool:
        """After the due date nobody waits for one."""
        modes = [step["mode"] for step in self.ladder if step["level"] == letter["level"]]
        return modes == ["before_due"] if modes else letter["kind"] == "notice"

    def claim(self, milestone: str) -> Claim | None:
        row: Any = self.report.milestones[milestone]
        items = [item for item in row["items"] if item["open"] > 0 and row["trigger"]]
        is_plan = any(item["item"] for item in row["items"])
        contract = self.contract_of(milestone)
        found = None
        for item in sorted(items, key=lambda one: one["due"]):
            step, letter = self.next_step(milestone, item, is_plan), self.waiting(milestone, item, is_plan)
            if letter is not None:
                known = [one for one in self.ladder if one["level"] == letter["level"]]
                step = known[0] if known else step or self.after(milestone, item, is_plan)
            if step is None:
                continue
            if found is None:
                currency = contract.get("currency") or "CNY"
                found = Claim(milestone, contract["customer_id"], currency, step, item["due"], Decimal(0))
            if step["level"] > found.level["level"]:
                found.level, found.due = step, item["due"]
            found.asked += item["open"]
            letters = [one for one in (found.unsent, letter) if one is not None]
            found.unsent = max(letters, key=in_time, default=None)
        if found:
            found.asked = max(min(found.asked, row["open"] - row["disputed"]), Decimal(0))
        return found

    def after(self, milestone: str, item: Row, is_plan: bool) -> Row:
        """The level that would come next, due or not; the last where none is left."""
        reached = max((row["level"] for row in self.on_record(milestone, item, is_plan)), default=-1)
        late = self.as_of > item["due"]
        left = [
            step
            for step in self.ladder
            if step["level"] > reached and (not late or step["mode"] != "before_due")
        ]
        coming = [
            step
            for step in left
            if step["mode"] == "before_due" and item["due"] - timedelta(days=int(step["days"])) > self.as_of
        ]
        real = [step for step in left if step["mode"] != "before_due"]
        return (coming or real or [self.ladder[-1]])[0]

    # --- what stands against it -------------------------------------------------------------------------

    def hold(self, claim: Claim) -> None:
        row: Any = self.report.milestones[claim.key]
        grace = timedelta(days=self.settings["promise_grace_days"])
        for promise in self.rows("promises"):
            named = promise.get("milestone_id")
            ours = named == claim.key if named else promise["customer_id"] == claim.customer
            live = self.state(promise) not in ("", "withdrawn", "kept")
            if ours and live and self.as_of <= promise["promised_date"] + grace:
                claim.holds.add("promise")
        if row["disputed"] >= row["open"]:
            claim.holds.add("disputed")
        last = max(
            (letter["sent_on"] for letter in [*self.sent(claim.key), *self.about_nothing(claim)]),
            default=None,
        )
        if last and last + timedelta(days=self.settings["cooling_days"]) > self.as_of:
            claim.holds.add("cooling")
        (customer,) = (one for one in self.rows("customers") if one["customer_id"] == claim.customer)
        if customer.get("hold") and (not customer.get("hold_until") or self.as_of <= customer["hold_until"]):
            claim.holds.add("on_hold")
        if self.contract_of(claim.key).get("status") == "legal":
            claim.holds.add("legal")
        if claim.unsent is not None:
            claim.holds.add("unsent")

    def about_nothing(self, claim: Claim) -> list[Row]:
        """Reminders of the customer that name no milestone."""
        return [
            row
            for row in self.rows("letters")
            if row["customer_id"] == claim.customer and not row["milestones"] and row["kind"] != "statement"
            if row["sent_on"] and row["sent_on"] <= self.as_of
        ]

    def everywhere(self) -> set[str]:
        days = [row["date"] for row in self.rows("bank") if row["date"] <= self.as_of]
        limit = self.settings["bank_stale_days"]
        stale = bool(limit and days) and max(days) < self.as_of - timedelta(days=limit)
        return {name for name, held in (("stale_bank", stale), ("holiday", self.is_holiday)) if held}

    def line(self, claims: list[Claim]) -> Line:
        first = claims[0]
        self.settle(claims, money(self, first.customer, first.currency))
        self.too_small([claim for claim in claims if not claim.holds], first.currency)
        everywhere = self.everywhere()
        free = [] if everywhere else [claim for claim in claims if not claim.holds]
        chosen = free or claims
        holds = set() if free else everywhere.union(*(claim.holds for claim in claims))
        rows: list[Any] = [self.report.milestones[claim.key] for claim in chosen]
        late = [item["open"] for row in rows for item in row["items"] if item["due"] < self.as_of]
        waiting = [claim.unsent for claim in claims if claim.unsent]
        oldest = min(waiting, key=in_time, default=None)
        heads = oldest is not None and (not oldest["date"] or (self.as_of - oldest["date"]).days > 2)
        return Line(
            max(claim.level["level"] for claim in chosen),
            frozenset(claim.key for claim in chosen),
            sum((row["open"] for row in rows), Decimal(0)),
            sum(late, Decimal(0)),
            frozenset(holds),
            oldest["letter_id"] if oldest is not None and heads else "",
        )

    def settle(self, claims: list[Claim], amounts: list[Decimal]) -> None:
        left = sum(amounts, Decimal(0))
        for amount in amounts:
            asking = [claim for claim in claims if claim.asked == amount]
            if 0 < amount <= left and len(asking) == 1 and "unallocated" not in asking[0].holds:
                asking[0].holds.add("unallocated")
                left -= amount
        for claim in sorted(claims, key=lambda one: (one.due, one.key)):
            if claim.asked and "unallocated" not in claim.holds and left > 0:
                if claim.asked <= left:
                    claim.holds.add("unallocated")
                left -= claim.asked

    def too_small(self, free: list[Claim], currency: str) -> None:
        asked = self.rates(sum((claim.asked for claim in free), Decimal(0)), currency)
        if asked is None:
            return
        for claim in free:
            if asked < (claim.level.get("min_amount") or 0):
                claim.holds.add("below_minimum")
        rest = [claim for claim in free if not claim.holds]
        asked = self.rates(sum((claim.asked for claim in rest), Decimal(0)), currency)
        if asked is not None and asked < self.settings["min_reminder"]:
            for claim in rest:
                claim.holds.add("below_minimum")


def naive_worklist(desk: Desk) -> dict[tuple[str, str], Line]:
    """The rows of the worklist by customer and currency."""
    by_purse: dict[tuple[str, str], list[Claim]] = {}
    claims = [claim for key in desk.report.milestones if (claim := desk.claim(key)) is not None]
    waiting = {claim.customer for claim in claims if claim.unsent}
    for claim in claims:
        desk.hold(claim)
        claim.holds |= doubts(desk, claim)
        if claim.level["mode"] == "before_due" and claim.customer in waiting:
            claim.holds.add("unsent")
        by_purse.setdefault((claim.customer, claim.currency), []).append(claim)
    return {purse: desk.line(claims) for purse, claims in by_purse.items()}
