"""The rows of the tables as things that the replay can move: milestones with items, contracts, receipts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.oracle.amounts import Line, first_amounts, line_kinds, places, rounded

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]
DueDate = Callable[[date, str, str], date]
Finding = tuple[str, str, str]

DRAFTS = ("bank_draft", "commercial_draft", "e_voucher")
FIXED = re.compile(r"\s*FIXED\s+(\d{4}-\d{2}-\d{2})\s*", re.IGNORECASE)


@dataclass
class Item:
    """The milestone's own item (key "") or one tranche of a plan; due is None while pending."""

    key: str
    due: date | None
    amount: Decimal
    paid: Decimal = Decimal(0)
    adjusted: Decimal = Decimal(0)
    opens: list[Decimal] = field(default_factory=list)
    """What was open at the end of each day, the day of the milestone's trigger first."""

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid - self.adjusted


@dataclass
class Milestone:
    key: str
    contract: Contract
    seq: int | None
    term: str
    trigger: date | None
    items: list[Item]
    triggered: bool = False
    contract_due: date | None = None
    waiting: list[list[Row]] = field(default_factory=list)
    extensions: list[tuple[date, str, date]] = field(default_factory=list)
    taken_by_kind: dict[str, Decimal] = field(default_factory=dict)

    @property
    def own(self) -> Item:
        return self.items[0]

    @property
    def amount(self) -> Decimal:
        return sum((item.amount for item in self.items), Decimal(0))

    @property
    def received(self) -> Decimal:
        return sum((item.paid for item in self.items), Decimal(0))

    @property
    def adjusted(self) -> Decimal:
        return sum((item.adjusted for item in self.items), Decimal(0))

    @property
    def open(self) -> Decimal:
        return self.amount - self.received - self.adjusted

    @property
    def due_without_amounts(self) -> date | None:
        """The due date in force when the plans are left aside."""
        return max(self.extensions)[2] if self.extensions else self.contract_due

    def in_fill_order(self) -> list[Item]:
        """By due date; of equal ones the remainder first, then by id."""
        return sorted(self.items, key=lambda item: (item.due or date.min, item.key != "", item.key))


@dataclass
class Contract:
    key: str
    customer: str
    currency: str
    in_force: Decimal
    row: Row
    lines: list[Line] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)

    @property
    def decimals(self) -> int:
        return places(self.currency)

    @property
    def burden(self) -> Decimal:
        rate = self.row.get("late_rate_daily")
        return rate if isinstance(rate, Decimal) else Decimal(0)

    def security(self, day: date) -> Decimal:
        """What secures the contract on that day; the day of expiry is still secured."""
        amount, expires = self.row.get("security_amount"), self.row.get("security_expires")
        if not isinstance(amount, Decimal) or (isinstance(expires, date) and day > expires):
            return Decimal(0)
        return amount


@dataclass
class Receipt:
    """level says whom the money is for: milestone, contract, customer, none, or stuck (never applied)."""

    key: str
    day: date
    amount: Decimal
    currency: str
    level: str
    milestone: str
    contract: str
    customer: str
    owner: str
    dishonoured: date | None
    free: Decimal = Decimal(0)
    allocated: Decimal = Decimal(0)
    counted: Decimal = Decimal(0)


@dataclass
class Lot:
    """One allocation and what refunds have left of it."""

    receipt: str
    milestone: Milestone
    item: Item
    day: date
    left: Decimal


@dataclass
class Book:
    tables: dict[str, list[Row]]
    contracts: dict[str, Contract] = field(default_factory=dict)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    customers: list[str] = field(default_factory=list)
    disputes: dict[str, list[Row]] = field(default_factory=dict)
    findings: set[Finding] = field(default_factory=set)
    due_date: Callable[[date, str], date] = lambda base, term: base
    base: str = "CNY"
    last_day: Callable[[date], date] = lambda day: day

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def money(self, row: Row, column: str, currency: str, table: str, key: str) -> Decimal | None:
        """The cell rounded half-up to its currency's decimals, with a warning where that changes it."""
        value = row.get(column)
        if not isinstance(value, (Decimal, int)):
            return None
        exact = Decimal(value)
        near = rounded(exact, places(currency))
        if near != exact:
            self.findings.add(("too many decimals", table, key))
        return near


KEYS = {
    "customers": "customer_id",
    "contracts": "contract_id",
    "milestones": "milestone_id",
    "amendments": "amendment_id",
    "reschedules": "reschedule_id",
    "invoices": "invoice_no",
    "receipts": "receipt_id",
    "adjustments": "adjustment_id",
    "disputes": "dispute_id",
    "letters": "letter_id",
    "contacts": "contact_id",
    "tasks": "task_id",
    "promises": "promise_id",
}


def text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)


def day_of(row: Row, column: str) -> date | None:
    value = row.get(column)
    return value if isinstance(value, date) else None


def setting(book: Book, key: str, as_of: date) -> str:
    """The value that is in force: of the rows effective on or before as_of the latest; "" where there is none."""
    latest, value = date.min, ""
    for row in book.rows("settings"):
        effective = day_of(row, "effective") or date.min
        if text(row, "key") == key and latest <= effective <= as_of:
            latest, value = effective, text(row, "value")
    return value


def open_book(
    tables: Tables, due_date: DueDate, roll: str, base: str, last_day: Callable[[date], date]
) -> Book:
    """Everything as it stands before the first event."""
    book = Book({}, base=base, due_date=lambda day, term: due_date(day, term or "NET 0", roll))
    book.last_day = last_day
    for table in ("settings", "fx_rates", "history"):
        book.tables[table] = list(tables.get(table, ()))
    for table, key in KEYS.items():
        book.tables[table] = first_of_each_key(book, table, key, tables.get(table, ()))
    book.customers = [text(row, "customer_id") for row in book.rows("customers")]
    for row in book.rows("disputes"):
        book.disputes.setdefault(text(row, "milestone_id"), []).append(row)
    for row in book.rows("contracts"):
        add_contract(book, row)
    return book


def first_of_each_key(book: Book, table: str, key: str, rows: Sequence[Row]) -> list[Row]:
    seen: set[str] = set()
    kept: list[Row] = []
    for row in rows:
        name = text(row, key)
        if not name or name in seen:
            book.findings.add(("missing key" if not name else "repeated key", table, name))
        else:
            seen.add(name)
            kept.append(row)
    return kept


def add_contract(book: Book, row: Row) -> None:
    key, currency = text(row, "contract_id"), text(row, "currency") or book.base
    if text(row, "customer_id") not in book.customers:
        book.findings.add(("unknown customer", "contracts", key))
    amount = book.money(row, "amount", currency, "contracts", key) or Decimal(0)
    contract = Contract(key, text(row, "customer_id"), currency, amount, row)
    book.contracts[key] = contract
    own = [line for line in book.rows("milestones") if text(line, "contract_id") == key]
    own.sort(key=line_order)
    contract.lines = line_kinds([(text(line, "milestone_id"), *share_and_fixed(line)) for line in own])
    amounts, wrong = first_amounts(contract.lines, amount, contract.decimals)
    book.findings |= {(kind, "contracts", key) for kind in wrong}
    for line in own:
        amount = amounts[text(line, "milestone_id")]
        contract.milestones.append(add_milestone(book, contract, line, own, amount))


def line_order(row: Row) -> tuple[bool, int, str]:
    seq = row.get("seq")
    return (not isinstance(seq, int), seq if isinstance(seq, int) else 0, text(row, "milestone_id"))


def share_and_fixed(row: Row) -> tuple[Decimal | None, Decimal | None]:
    share, fixed = row.get("share"), row.get("amount_fixed")
    return share if isinstance(share, Decimal) else None, fixed if isinstance(fixed, Decimal) else None


def add_milestone(
    book: Book, contract: Contract, row: Row, siblings: list[Row], amount: Decimal
) -> Milestone:
    key, seq = text(row, "milestone_id"), row.get("seq")
    trigger, term = trigger_date(book, contract.row, row, siblings), text(row, "term")
    if not readable(book, term):
        book.findings.add(("unreadable term", "milestones", key))
        trigger = None
    milestone = Milestone(
        key, contract, seq if isinstance(seq, int) else None, term, trigger, [Item("", None, amount)]
    )
    book.milestones[key] = milestone
    return milestone


def readable(book: Book, term: str) -> bool:
    try:
        book.due_date(date(2025, 1, 1), term)
    except ValueError:
        return False
    return True


def trigger_date(book: Book, contract: Row, row: Row, siblings: list[Row]) -> date | None:
    """The day that makes the milestone due-able: typed, or from the contract, the invoice or the term."""
    typed, trigger = day_of(row, "trigger_date"), text(row, "trigger")
    if typed:
        return typed
    if trigger == "signing":
        return day_of(contract, "signed")
    if trigger == "acceptance":
        sole = sum(text(other, "trigger") == "acceptance" for other in siblings) == 1
        return day_of(contract, "completed") if sole else None
    if trigger == "settlement":
        return day_of(contract, "settled_on")
    if trigger == "invoice":
        return invoice_date(book, text(row, "milestone_id"))
    if trigger == "warranty_end":
        return months_after(day_of(contract, "completed"), contract.get("retention_months"))
    if trigger == "fixed_date":
        written = FIXED.fullmatch(text(row, "term"))
        return date.fromisoformat(written[1]) if written else None
    if trigger == "progress":
        note_progress(book, contract, row)
    return None


def note_progress(book: Book, contract: Row, row: Row) -> None:
    progress, threshold = contract.get("progress"), row.get("threshold")
    if isinstance(progress, Decimal) and isinstance(threshold, Decimal) and progress >= threshold:
        book.findings.add(("reached, not dated", "milestones", text(row, "milestone_id")))


def invoice_date(book: Book, milestone: str) -> date | None:
    dates = [
        day_of(row, "received_by_customer") or day_of(row, "issued")
        for row in standing_invoices(book)
        if text(row, "milestone_id") == milestone
    ]
    return max((day for day in dates if day), default=None)


def standing_invoices(book: Book) -> list[Row]:
    """Without red invoices and those that they reverse."""
    reversed_numbers = {text(row, "red_of") for row in book.rows("invoices") if text(row, "red_of")}
    return [
        row
        for row in book.rows("invoices")
        if not text(row, "red_of") and text(row, "invoice_no") not in reversed_numbers
    ]


def months_after(start: date | None, months: object) -> date | None:
    """The corresponding day, clamped to the end of its month."""
    if start is None or not isinstance(months, int):
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
