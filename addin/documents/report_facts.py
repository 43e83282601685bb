"""What reports say: facts that the ledger has computed, as `addin.documents.facts` has those of letters.

Money is in minor units of the document's currency; a day is a `date`. What is not known is "" or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from addin.documents.facts import Claim, Customer, Firm
from addin.model.money import digits_of
from addin.model.text import Language, Text
from addin.rules.interest_orders import Reckoning


@dataclass(frozen=True)
class Head:
    """What stands at the head of every report."""

    number: str
    day: date
    language: Language
    firm: Firm
    to: Customer


@dataclass(frozen=True)
class Money:
    """An amount with its currency, for rows that mix several."""

    minor: int
    currency: str

    @property
    def digits(self) -> int:
        return digits_of(self.currency)


@dataclass(frozen=True)
class Stage:
    """A row of the milestones table as at the document's day; ``open`` of a pending one is not due yet."""

    id: str
    name: str
    amount: int | None
    received: int
    adjusted: int
    open: int
    disputed: int
    status: str
    due: date | None
    contract_due: date | None
    days_overdue: int | None
    interest: int | None
    basis: str
    trigger: Text
    triggered_on: date | None
    submitted_on: date | None
    rejected_on: date | None
    accepted_by: str
    evidence: str
    invoices: tuple[str, ...]
    limitation: date | None


@dataclass(frozen=True)
class Deal:
    """A contract: what was agreed, and its sums. ``facts`` are label and words of what its row says."""

    id: str
    project: str
    manager: str
    currency: str
    signed: date | None
    kind: str
    amount: int | None
    in_force: int | None
    invoiced: int
    received: int
    adjusted: int
    open: int
    overdue: int
    disputed: int
    pending: int
    completed: date | None
    settled_on: date | None
    settlement_total: int | None
    meeting: date | None
    retention_rate: str
    retention_months: int | None
    inspection_days: int | None
    clause: str
    method: str
    forum: str
    late_rate: str
    late_cap: str
    security: str
    status: str
    limitation: date | None
    stages: tuple[Stage, ...] = ()

    @property
    def digits(self) -> int:
        return digits_of(self.currency)

    @property
    def left(self) -> int:
        """Open and pending together: all that is still to come."""
        return self.open + self.pending


@dataclass(frozen=True)
class Receipt:
    """Money that came, and what of it paid the contracts of this document."""

    id: str
    day: date
    payer: str
    amount: int
    paid: int
    unapplied: int
    method: Text
    reference: str
    memo: str


@dataclass(frozen=True)
class Problem:
    """A dispute, or a service task: a repair."""

    id: str
    day: date | None
    what: Text
    milestone: str
    amount: int | None
    owner: str
    our_fault: bool
    solution: str
    closed: date | None


@dataclass(frozen=True)
class Opinion:
    """A row of the surveys table."""

    day: date
    score: str
    comment: str


@dataclass(frozen=True)
class Statement:
    """A statement of account of one customer in one currency; ``claims`` is what is open, by item."""

    head: Head
    currency: str
    deals: tuple[Deal, ...]
    claims: tuple[Claim, ...]
    receipts: tuple[Receipt, ...]
    unapplied: int
    reply_by: date
    with_interest: bool = False

    @property
    def digits(self) -> int:
        return digits_of(self.currency)

    @property
    def open(self) -> int:
        return sum(claim.open for claim in self.claims)

    @property
    def net(self) -> int:
        """What is open less what is not applied yet."""
        return self.open - self.unapplied

    @property
    def interest(self) -> int:
        return sum(claim.interest or 0 for claim in self.claims)


@dataclass(frozen=True)
class Settlement:
    """What a settlement meeting is about. ``rows`` are the stages with something left, for dates to be agreed."""

    head: Head
    deal: Deal
    amendments: tuple[tuple[date, int, str], ...]
    problems: tuple[Problem, ...]
    rows: tuple[Stage, ...]
    meeting: date | None


@dataclass(frozen=True)
class Completion:
    """The completion report of one contract."""

    head: Head
    deal: Deal
    problems: tuple[Problem, ...]
    opinions: tuple[Opinion, ...]
    claims: tuple[Claim, ...]

    @property
    def to_pay(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.deal.stages if stage.open)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day: what, to which contract, the amount if any, and the row that says so."""

    day: date
    what: Text
    details: str
    amount: Money | None
    contract: str
    table: str
    id: str


@dataclass(frozen=True)
class Paper:
    """A document that a row names. ``file`` is where it lies in the pack; "" where it is missing, with the reason."""

    table: str
    id: str
    named: str
    what: Text
    file: str = ""
    missing: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True)
class Reckoned:
    """One item by both orders of 民法典561, and whose rate it bears."""

    contract: str
    milestone: str
    instalment: str
    amount: int
    due: date
    rate: str
    cap: str
    basis: str
    books: Reckoning
    article_561: Reckoning


@dataclass(frozen=True)
class Period:
    """The limitation of one contract or milestone: from when, what interrupted it, and its last day."""

    contract: str
    milestone: str
    due: date | None
    interruptions: tuple[tuple[date, Text, str, date | None], ...]
    """Day, what happened, the row's id, and the new last day (None: it came after the period was over)."""
    ends: date | None


@dataclass(frozen=True)
class Sent:
    """A letter or statement that went out, with the proof that it arrived."""

    id: str
    day: date
    kind: Text
    level: int | None
    channel: str
    sent_on: date | None
    delivered_on: date | None
    proof: str
    reply_on: date | None
    confirmed: Money | None
    file: str
    milestones: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """A row of the contacts table."""

    id: str
    day: date
    channel: Text
    person: str
    by: str
    summary: str
    plan: str
    proof: str
    next_date: date | None = None


@dataclass(frozen=True)
class Case:
    """A legal task."""

    id: str
    step: str
    deadline: date | None
    done_on: date | None
    case_no: str
    court: str


@dataclass(frozen=True)
class Evidence:
    """Everything that proves the claims of one contract, or of all contracts of a customer."""

    head: Head
    deals: tuple[Deal, ...]
    invoices: tuple[tuple[str, str, date, Money | None, date | None], ...]
    """Number, contract, day of issue, amount, day on which the customer signed for it."""
    letters: tuple[Sent, ...]
    contacts: tuple[Contact, ...]
    receipts: tuple[tuple[Receipt, str], ...]
    """With the currency of each."""
    cases: tuple[Case, ...]
    timeline: tuple[Event, ...]
    reckoned: tuple[Reckoned, ...]
    periods: tuple[Period, ...]
    papers: tuple[Paper, ...]
    book: str
    book_sha256: str

    @property
    def missing(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if not paper.file)


@dataclass(frozen=True)
class Promise:
    day: date
    amount: Money
    paid: int
    state: Text
    key: str
    milestone: str
    person: str


@dataclass(frozen=True)
class Card:
    """One page about a customer, before a call."""

    head: Head
    grade: str
    paydex: str
    usual_delay: int | None
    usual_method: str
    base: str
    credit_limit: int | None
    exposure: int | None
    owed: tuple[tuple[str, int, int, int, int], ...]
    """Currency, open, overdue, unapplied, disputed."""
    claims: tuple[tuple[Claim, str], ...]
    """With the currency of each."""
    promises: tuple[Promise, ...]
    problems: tuple[tuple[Problem, str], ...]
    letters: tuple[Sent, ...]
    contacts: tuple[Contact, ...]
    to_do: Sequence[Text]
    on_hold: Text
    limitation: date | None
