"""The standard steps of a contract on its way to the money: 报验 → 验收 → 完工报告 → 结算会 → 开票 → 收款.

Deadlines hang on the day of acceptance: what the sheet says of it, else the planned payment of the last milestone
less its term. What cannot be derived is left to people; a deadline that would lie behind us is a week from now, and
none lies before that of an earlier step. A step that the ledger knows to be done is opened as done, without a deadline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from addin.model.columns import fold
from addin.model.days import NO_DAY, to_days
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.claims import Milestone
from addin.rules.terms import TermError, parse_term

USUAL_INSPECTION_DAYS = 15
"""Where the contract names no period."""
REPORT_DAYS, MEETING_DAYS, INVOICE_DAYS = 7, 14, 21
"""From acceptance to the completion report, the settlement meeting, the invoice."""
CATCH_UP_DAYS = 7
OPENED: Final = ("", "active", "completed")
"""The statuses of contracts that get their steps unasked."""
BY_CALENDAR: Final = ("signing", "invoice", "fixed_date")
"""Triggers that need no acceptance: of a contract that has no others only invoice and collection are steps."""


@dataclass(frozen=True)
class Step:
    """A standard step: its key, the words in the task, other words that mean it, the kind of task."""

    key: str
    name: Text
    kind: str
    aliases: tuple[str, ...] = ()


STEPS: Final = (
    Step("submit", Text("报验", "Submit for inspection"), "process"),
    Step("accept", Text("验收", "Acceptance"), "process", ("终验", "竣工验收", "final acceptance")),
    Step("report", Text("完工报告", "Completion report"), "report", ("竣工报告",)),
    Step("meet", Text("结算会", "Settlement meeting"), "meeting", ("结算会议",)),
    Step("invoice", Text("开票", "Invoice"), "process", ("开具发票", "invoicing")),
    Step("collect", Text("收款", "Collect"), "process", ("回款", "collection")),
)


@dataclass(frozen=True)
class Opened:
    """A step to open. Days are ordinals, `NO_DAY` where there is none."""

    step: Step
    contract: str
    customer: str
    owner: str
    deadline: int
    done: int


def missing_steps(book: Book, contract_id: str | None = None) -> list[Opened]:
    """The standard steps that contracts have no task for, in the order of the sheet.

    Without an id: of the contracts that are neither suspended, closed nor in court, are signed, and whose last
    payment but the retention is not in. KeyError for an id that no row of the contracts table has.
    """
    frame = book.ledger["contracts"]
    ids = frame["contract_id"].tolist()
    places = _live(book) if contract_id is None else [_place(ids, contract_id)]
    there = _there(book)
    found: list[Opened] = []
    for place in places:
        wanting = [step for step in STEPS if not _known(step) & there[ids[place]]]
        project = _Project(book, place)
        if wanting and (contract_id is not None or not project.collected):
            found += project.opened(wanting)
    return found


def _place(ids: Sequence[str], contract_id: str) -> int:
    if contract_id not in ids:
        raise KeyError(contract_id)
    return ids.index(contract_id)


def _live(book: Book) -> list[int]:
    frame = book.ledger["contracts"]
    statuses, signed = frame["status"].tolist(), to_days(frame["signed"]).tolist()
    return [
        place
        for place in book.live_contracts
        if place < len(statuses) and statuses[place] in OPENED and signed[place] <= book.day
    ]


def _there(book: Book) -> Mapping[str, set[str]]:
    """The words of the tasks of each contract."""
    frame = book.ledger["tasks"]
    found: dict[str, set[str]] = defaultdict(set)
    for contract, step in zip(frame["contract_id"].tolist(), frame["step"].tolist(), strict=True):
        found[contract].add(fold(step))
    return found


def _known(step: Step) -> set[str]:
    return {fold(word) for word in (*step.name, *step.aliases)}


class _Project:
    """What the sheets say of one contract's end."""

    def __init__(self, book: Book, place: int) -> None:
        frame = book.ledger["contracts"]
        self.book, self.contract = book, book.contracts[place]
        self.row = frame.iloc[place]
        self.milestones = self.contract.milestones
        self.last = _last_of(
            self.milestones, lambda each: self._cell(each, "category") == "final"
        ) or _last_of(self.milestones, lambda each: self._cell(each, "category") != "retention")
        self.acceptance = _last_of(self.milestones, lambda each: self._cell(each, "trigger") == "acceptance")

    @property
    def collected(self) -> int:
        """The day on which nothing of the last milestone was left open."""
        if self.last is None or not self.last.triggered or self.last.amount is None or self.last.open:
            return NO_DAY
        return max((day for item in self.last.items for day, _ in item.changes), default=NO_DAY)

    def opened(self, wanted: Sequence[Step]) -> Iterator[Opened]:
        manager = self.row["manager"]
        finance = (self._cell(self.last, "owner") if self.last else "") or manager
        by_calendar = all(self._cell(each, "trigger") in BY_CALENDAR for each in self.milestones)
        reached = NO_DAY
        for step in wanted:
            of_finance = step.key in ("invoice", "collect")
            if by_calendar and not of_finance:
                continue
            done = self._done(step.key)
            deadline = NO_DAY if done else self._caught_up(self._deadline(step.key), reached)
            reached = max(reached, deadline)
            owner = finance if of_finance else manager
            yield Opened(step, self.contract.id, self.contract.customer, owner, deadline, done)

    def _caught_up(self, deadline: int, reached: int) -> int:
        if deadline == NO_DAY:
            return NO_DAY
        return max(deadline if deadline >= self.book.day else self.book.day + CATCH_UP_DAYS, reached)

    # --- when it should be done ----------------------------------------------------------------------------

    def _deadline(self, key: str) -> int:
        accepted = self._acceptance_day()
        meeting = self._day("settlement_meeting")
        if key == "collect":
            return self._payment_day()
        if key == "meet" and meeting != NO_DAY:
            return meeting
        if accepted == NO_DAY:
            return NO_DAY
        named = self.row["inspection_days"]
        inspection = USUAL_INSPECTION_DAYS if pd.isna(named) else int(named)
        after = {"submit": -inspection, "accept": 0, "report": REPORT_DAYS, "meet": MEETING_DAYS}
        return accepted + after.get(key, INVOICE_DAYS)

    def _acceptance_day(self) -> int:
        """The day of acceptance as entered, else as the planned payment of the last milestone implies it."""
        entered = self._day("completed") or self._milestone_day(self.acceptance, "trigger_date")
        if entered or self.last is None:
            return entered
        planned = self._milestone_day(self.last, "planned_date")
        try:
            days = parse_term(self._cell(self.last, "term")).plain_days
        except TermError:
            days = None
        return NO_DAY if planned == NO_DAY or days is None else planned - days

    def _payment_day(self) -> int:
        if self.last is None:
            return NO_DAY
        if self.last.triggered:
            return max((item.due for item in self.last.items if item.open > 0), default=self.last.own.due)
        return self._milestone_day(self.last, "planned_date")

    # --- what is done already ------------------------------------------------------------------------------

    def _done(self, key: str) -> int:
        """The day on which a step was done, as far as the ledger knows by the as-of day."""
        accepted = self._up_to(self._day("completed")) or self._up_to(
            self._milestone_day(self.acceptance, "trigger_date")
        )
        match key:
            case "submit":
                return self._submitted() or accepted
            case "accept":
                return accepted
            case "meet":
                return self._up_to(self._day("settled_on")) or self._up_to(self._day("settlement_meeting"))
            case "invoice":
                return self._up_to(self.last.invoiced_first) if self.last else NO_DAY
            case "collect":
                return self.collected
            case _:
                return NO_DAY

    def _submitted(self) -> int:
        """The day of the submission that nobody has rejected since."""
        submitted = self._up_to(self._milestone_day(self.acceptance, "submitted_on"))
        rejected = self._up_to(self._milestone_day(self.acceptance, "rejected_on"))
        return submitted if submitted > rejected else NO_DAY

    # --- cells ---------------------------------------------------------------------------------------------

    def _up_to(self, day: int) -> int:
        return day if day <= self.book.day else NO_DAY

    def _day(self, column: str) -> int:
        return _ordinal(self.row[column])

    def _milestone_day(self, milestone: Milestone | None, column: str) -> int:
        if milestone is None:
            return NO_DAY
        return _ordinal(self.book.ledger["milestones"][column].iloc[milestone.position])

    def _cell(self, milestone: Milestone, column: str) -> str:
        return str(self.book.ledger["milestones"][column].iloc[milestone.position])


def _last_of(milestones: Sequence[Milestone], fits: Callable[[Milestone], bool]) -> Milestone | None:
    return next((each for each in reversed(milestones) if fits(each)), None)


def _ordinal(value: pd.Timestamp) -> int:
    """The day of a cell of a date column; `NO_DAY` where it is empty."""
    return NO_DAY if pd.isna(value) else value.toordinal()
