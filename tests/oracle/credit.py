"""The credit of each customer as RULES 15, "Grade", has it: score, grade with caps and history, limit, exposure.

What a customer paid late is weighed by PAYDEX (RULES 6). A settled item counts with what was paid of it, on the day
from which nothing was left open; an open one with what is open, from the day after it was due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil

from tests.oracle.amounts import places, rounded
from tests.oracle.book import Book, Item, Milestone, Receipt, Row, day_of, standing_invoices, text
from tests.oracle.promises import Promise

Figures = dict[str, object]
GRADES = ("C", "B", "BB", "BBB", "A", "AA", "AAA")
CUTS = (40, 50, 60, 70, 80, 90)
WEIGHTS = {"cooperation_score": 20, "reputation_score": 15, "financial_score": 20}
PAYMENT_WEIGHT = 45
LOWEST_LIMIT = {"AAA": 150, "AA": 100, "A": 80, "BBB": 70, "BB": 65, "B": 60, "C": 0}
SCALE = (
    (-30, 100),
    (-20, 90),
    (0, 80),
    (15, 70),
    (22, 60),
    (30, 50),
    (60, 40),
    (90, 30),
    (120, 20),
    (180, 1),
)


@dataclass
class Credit:
    """One customer as at a day; what is unknown is None."""

    book: Book
    receipts: Sequence[Receipt]
    promises: Sequence[Promise]
    row: Row
    as_of: date

    @property
    def customer(self) -> str:
        return text(self.row, "customer_id")

    @cached_property
    def milestones(self) -> list[Milestone]:
        return [one for one in self.book.milestones.values() if one.contract.customer == self.customer]

    def figures(self) -> Figures:
        score, grade = self.score(), self.grade()
        limit, exposure = self.limit(grade), self.exposure()
        return {
            "paydex": self.paydex(),
            "score": None if score is None else rounded(Decimal(score.numerator) / score.denominator, 2),
            "grade": grade,
            "credit_limit": limit,
            "exposure": exposure,
            "available": None if limit is None or exposure is None else limit - exposure,
        }

    # ---- how it pays

    @cached_property
    def late(self) -> list[tuple[int, Decimal, str]]:
        """Days late, amount and currency of what counts."""
        return list(self._late())

    def _late(self) -> Iterator[tuple[int, Decimal, str]]:
        for milestone in self.milestones:
            for item in milestone.items if milestone.triggered else []:
                if item.due is None:
                    continue
                if item.open > 0 and item.due < self.as_of:
                    yield (self.as_of - item.due).days, item.open, milestone.contract.currency
                elif item.open == 0 and item.paid > 0:
                    settled = settled_on(milestone, item)
                    yield (settled - item.due).days, item.paid, milestone.contract.currency

    def unknown(self) -> bool:
        return any(self.in_base(amount, currency) is None for _, amount, currency in self.late)

    def paydex(self) -> int | None:
        if self.unknown():
            return None
        parts = [(days, self.in_base(amount, currency)) for days, amount, currency in self.late]
        whole = sum(Fraction(amount or 0) for _, amount in parts)
        if not whole:
            return None
        return ceil(sum(Fraction(amount or 0) * payment_score(days) for days, amount in parts) / whole)

    def longest_overdue(self) -> int:
        items = [item for one in self.milestones if one.triggered for item in one.items if item.open > 0]
        return max([0, *((self.as_of - item.due).days for item in items if item.due)])

    # ---- score and grade

    def score(self) -> Fraction | None:
        if self.unknown():
            return None
        parts = [(PAYMENT_WEIGHT, self.paydex())]
        parts += [(weight, score_of(self.row.get(column))) for column, weight in WEIGHTS.items()]
        known = [(weight, Fraction(part)) for weight, part in parts if part is not None]
        return sum(weight * part for weight, part in known) / sum(w for w, _ in known) if known else None

    def grade(self) -> str | None:
        score = self.score()
        if score is None:
            return None
        place = min(sum(score > cut for cut in CUTS), self.cap())
        last = self.last_grade()
        if last is not None and place > last[0]:
            return GRADES[last[0] + 1 if quarter(self.as_of) > quarter(last[1]) else last[0]]
        return GRADES[place]

    def cap(self) -> int:
        """The place of the best grade that conduct allows."""
        contracts = [one for one in self.book.contracts.values() if one.customer == self.customer]
        legal = any(text(one.row, "status") == "legal" for one in contracts)
        if legal or self.longest_overdue() > 120 or self.broken_promises() >= 2:
            return GRADES.index("C")
        paydex = self.paydex()
        return GRADES.index("A" if paydex is None else "BB" if paydex < 50 else "AAA")

    def last_grade(self) -> tuple[int, date] | None:
        """Place and day of the newest grade on record; of one day the row furthest down."""
        newest: tuple[date, str] | None = None
        for row in self.book.rows("history"):
            day = day_of(row, "date")
            if text(row, "measure") not in ("grade", "信用等级", "Credit grade") or day is None:
                continue
            if text(row, "subject") == self.customer and (newest[0] if newest else day) <= day <= self.as_of:
                newest = day, text(row, "value")
        return (GRADES.index(newest[1]), newest[0]) if newest and newest[1] in GRADES else None

    def broken_promises(self) -> int:
        """Those for one of the last 90 days, today left out, of which nothing came."""
        first, last = self.as_of - timedelta(days=90), self.as_of - timedelta(days=1)
        theirs = [one for one in self.promises if one.customer == self.customer]
        return sum(one.state(self.as_of) == "broken" and first <= one.on <= last for one in theirs)

    # ---- limit and exposure

    def limit(self, grade: str | None) -> Decimal | None:
        sales = self.book.money(self.row, "avg_monthly_sales", self.book.base, "customers", self.customer)
        months = self.row.get("credit_months")
        if sales is None or grade is None or not isinstance(months, (int, Decimal)):
            return None
        exact = Fraction(sales) * Fraction(months) * Fraction(LOWEST_LIMIT[grade], 100)
        return rounded(exact, places(self.book.base))

    def exposure(self) -> Decimal | None:
        """What is open and what is accepted but not billed, less unapplied money, each in base."""
        owed = self.total([(one.open, one.contract.currency) for one in self.milestones if one.triggered])
        accepted = self.total(
            [(one.open, one.contract.currency) for one in self.milestones if self.accepted(one)]
        )
        free = self.total([(one.free, one.currency) for one in self.receipts if one.owner == self.customer])
        if owed is None or accepted is None or free is None:
            return None
        return owed + accepted - free

    def accepted(self, milestone: Milestone) -> bool:
        """Whether its work is accepted, and it is neither triggered nor billed."""
        if milestone.triggered:
            return False
        completed = day_of(milestone.contract.row, "completed")
        done = bool(self.accepted_by(milestone)) or (completed is not None and completed <= self.as_of)
        issued = [
            day_of(row, "issued")
            for row in standing_invoices(self.book)
            if text(row, "milestone_id") == milestone.key
        ]
        billed = any(day <= self.as_of for day in issued if day)
        return done and not billed

    def accepted_by(self, milestone: Milestone) -> str:
        rows = (row for row in self.book.rows("milestones") if text(row, "milestone_id") == milestone.key)
        return text(next(rows), "accepted_by")

    # ---- base currency

    def rate(self, currency: str) -> Decimal | None:
        """The latest on or before the day."""
        latest, rate = date.min, None
        for row in self.book.rows("fx_rates"):
            day, value = day_of(row, "date"), row.get("rate")
            if text(row, "currency") == currency and day and latest <= day <= self.as_of:
                latest, rate = day, value
        return Decimal(1) if currency == self.book.base else rate if isinstance(rate, Decimal) else None

    def in_base(self, amount: Decimal, currency: str) -> Decimal | None:
        rate = self.rate(currency)
        if amount == 0:
            return amount
        return None if rate is None else rounded(Fraction(amount) * Fraction(rate), places(self.book.base))

    def total(self, amounts: list[tuple[Decimal, str]]) -> Decimal | None:
        """Sums by currency, each in base."""
        sums: dict[str, Decimal] = {}
        for amount, currency in amounts:
            sums[currency] = sums.get(currency, Decimal(0)) + amount
        total = rounded(Decimal(0), places(self.book.base))
        for currency, amount in sums.items():
            converted = self.in_base(amount, currency)
            if converted is None:
                return None
            total += converted
        return total


def settled_on(milestone: Milestone, item: Item) -> date:
    """The first of the days at whose end nothing of it is open any more."""
    last_open = max((day for day, left in enumerate(item.opens) if left > 0), default=-1)
    return (milestone.trigger or date.min) + timedelta(days=last_open + 1)


def payment_score(days: int) -> Fraction:
    """Between two anchors on the straight line, beyond them as at the last."""
    for (start, high), (end, low) in pairwise(SCALE):
        if start <= days <= end:
            return high - Fraction((high - low) * (days - start), end - start)
    return Fraction(100 if days < 0 else 1)


def score_of(value: object) -> Decimal | None:
    """A score from 0 to 100; one outside is not known."""
    return Decimal(value) if isinstance(value, (int, Decimal)) and 0 <= value <= 100 else None


def quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
