"""The credit file of each customer: grade, score, habits, limit, terms, contacts (客户档案; RULES 15, Grade)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, from_days, to_days
from addin.model.finding import Finding, warning
from addin.model.text import Language, Text
from addin.rules import summaries
from addin.rules.book import Book
from addin.rules.chasing.cadence import cadence, large_customers
from addin.rules.conduct import Payments, broken_promises, in_court, payments
from addin.rules.credit_limit import credit_limit
from addin.rules.frames import integers, nullable, objects
from addin.rules.grades import GRADES, Conduct, Grade, Number, capped, grade, mean_of_known, moved
from addin.rules.history import GRADE, dated_as_at

Last = Mapping[str, tuple[date, str]]
"""The grade of each customer on record and the day on which it was given."""

PARTS = ("cooperation_score", "reputation_score", "financial_score")


def customers(book: Book, history: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Every computed column of the customers table: what each owes, and its credit file.

    ``history`` is the history table, typed: the grades on record as at the day.
    """
    totals = summaries.customers(book)
    broken = {customer: len(promises) for customer, promises in broken_promises(book).items()}
    file = credit_file(book, totals, dated_as_at(history, GRADE, book.as_of), broken, language)
    return pd.concat([totals, file], axis=1)


def credit_file(
    book: Book, totals: pd.DataFrame, last: Last, broken: Mapping[str, int], language: Language
) -> pd.DataFrame:
    """The columns by sheet row of the customers table.

    ``totals`` are open and unapplied by customer in the base currency; ``last`` the grades on record as at the day,
    ``broken`` the promises broken in the last 90 days. What rests on something unknown is empty.
    """
    frame = book.ledger["customers"]
    ids = frame["customer_id"].tolist()
    paid = payments(book)
    habits = [paid.get(id, _NO_PAYMENTS) for id in ids]
    scores = _scores(book, habits)
    legal = in_court(book)
    behaved = [
        Conduct(each.paydex, each.days_overdue, broken.get(id, 0), id in legal)
        for id, each in zip(ids, habits, strict=True)
    ]
    grades = [
        None if score is None else _grade(book, score, each, last.get(id))
        for id, score, each in zip(ids, scores, behaved, strict=True)
    ]
    limits = _limits(book, grades)
    exposures = _exposures(book, totals)
    available = [
        None if limit is None or used is None else limit - used
        for limit, used in zip(limits, exposures, strict=True)
    ]
    methods = _usual_methods(book)
    terms = book.policy["grade_terms"]
    last_contact, next_contact = _contacts(book, ids, grades)
    return pd.DataFrame(
        {
            "grade": objects([each or "" for each in grades]),
            "score": objects([None if score is None else two_decimals(score) for score in scores]),
            "paydex": objects([None if each.paydex is None else Decimal(each.paydex) for each in habits]),
            "usual_delay": nullable([each.usual_delay for each in habits]),
            "usual_method": objects([methods.get(id, "") for id in ids]),
            "credit_limit": nullable(limits),
            "exposure": nullable(exposures),
            "available": nullable(available),
            "suggested_terms": objects([terms[each].in_(language) if each else "" for each in grades]),
            "last_contact": from_days(last_contact),
            "next_contact": from_days(next_contact),
        },
        index=frame.index,
    )


_NO_PAYMENTS = Payments()


def _scores(book: Book, habits: Sequence[Payments]) -> list[Fraction | None]:
    """The score of each customer; None where no part is known, or the payments cannot be weighed.

    A score that people gave counts from 0 to 100; what is outside is not known.
    """
    weights: Sequence[Number] = book.policy["grade_weights"]
    given = [[in_range(value) for value in book.ledger["customers"][part].tolist()] for part in PARTS]
    return [
        mean_of_known((each.paydex, *parts), weights) if each.known else None
        for each, *parts in zip(habits, *given, strict=True)
    ]


def scores_out_of_range(book: Book) -> Iterator[Finding]:
    """Scores that people gave below 0 or above 100: they count as unknown."""
    for part in PARTS:
        column = book.ledger["customers"][part]
        for row, value in zip(column.index.tolist(), column.tolist(), strict=True):
            if value is not None and in_range(value) is None:
                yield warning(
                    "score_out_of_range",
                    "customers",
                    row,
                    part,
                    Text(
                        f"评分 {value} 不在 0 到 100 之间，按未评分处理",
                        f"The score {value} is not from 0 to 100; it counts as none",
                    ),
                    Text("填写 0 到 100 的分数，或留空", "Enter a score from 0 to 100, or leave it empty"),
                )


def in_range(value: Decimal | None) -> Decimal | None:
    """A score from 0 to 100 as it is; any other is none."""
    return value if value is not None and 0 <= value <= 100 else None


def _grade(book: Book, score: Fraction, behaved: Conduct, last: tuple[date, str] | None) -> Grade:
    """What score and caps make of it, no more than a notch a quarter above the grade on record."""
    earned = capped(grade(score, book.policy["grade_cuts"]), behaved)
    for known in GRADES:
        if last and last[1] == known:
            return moved(earned, known, last[0], book.as_of)
    return earned


def two_decimals(score: Fraction) -> Decimal:
    """A score as the sheet shows it, half-up; the grade comes from the exact one."""
    return (Decimal(score.numerator) / score.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _limits(book: Book, grades: Sequence[Grade | None]) -> list[int | None]:
    """The lowest limit of the grade, where sales and months are there."""
    frame = book.ledger["customers"]
    sales, months = integers(frame["avg_monthly_sales"]), frame["credit_months"].tolist()
    return [
        None
        if each is None or sold is None or sold < 0 or term is None or term < 0
        else credit_limit(sold, term, each)[0]
        for each, sold, term in zip(grades, sales, months, strict=True)
    ]


def _exposures(book: Book, totals: pd.DataFrame) -> list[int | None]:
    """Open + accepted work that is neither billed nor due − unapplied, by row."""
    accepted = _accepted(book)
    rows = zip(
        book.ledger["customers"]["customer_id"].tolist(),
        integers(totals["open"]),
        integers(totals["unapplied"]),
        strict=True,
    )
    found: list[int | None] = []
    for id, open_amount, unapplied in rows:
        waiting = accepted.get(id, 0)
        if open_amount is None or unapplied is None or waiting is None:
            found.append(None)
        else:
            found.append(open_amount + waiting - unapplied)
    return found


def _accepted(book: Book) -> dict[str, int | None]:
    """What is pending of accepted work without an invoice, by customer in the base currency (None: no rate)."""
    groups = book.by_customer
    sums = groups.sums(groups.of_milestone, np.where(accepted(book), book.standing.pending, 0))
    found: dict[str, int | None] = {}
    for (customer, currency), amount in zip(groups.keys, sums.tolist(), strict=True):
        in_base, before = book.rates.to_base(amount, currency), found.get(customer, 0)
        found[customer] = None if in_base is None or before is None else before + in_base
    return found


def accepted(book: Book) -> np.ndarray:
    """For each milestone whether its work is accepted and has no invoice by the day.

    It is accepted where the milestone names who accepted it, or its contract was completed by the day.
    """
    completed = np.zeros(len(book.contracts), dtype=bool)
    days = to_days(book.ledger["contracts"]["completed"])
    completed[: len(days)] = (days != NO_DAY) & (days <= book.day)
    named = (book.ledger["milestones"]["accepted_by"] != "").to_numpy(bool)
    billed = np.array([NO_DAY < each.invoiced_first <= book.day for each in book.milestones], dtype=bool)
    done: np.ndarray = (named | completed[book.contract_of]) & ~billed
    return done


def _usual_methods(book: Book) -> dict[str, str]:
    """The method by which most money came from each customer; of two with as much the one that came first.

    Not known, and empty, where an exchange rate is missing: what has no amount in base may be the most.
    """
    frame = book.ledger["receipts"]
    methods = dict(zip(frame.index.tolist(), frame["method"].tolist(), strict=True))
    sums: dict[str, dict[str, int]] = {}
    unknown: set[str] = set()
    for receipt in sorted(book.receipts, key=lambda each: (each.day, each.rank)):
        method = methods[receipt.row]
        if method and receipt.amount > 0:
            amount = book.rates.to_base(receipt.amount, receipt.currency)
            if amount is None:
                unknown.add(receipt.customer)
            elif amount:
                of_customer = sums.setdefault(receipt.customer, {})
                of_customer[method] = of_customer.get(method, 0) + amount
    return {
        customer: max(by_method, key=by_method.__getitem__)
        for customer, by_method in sums.items()
        if customer not in unknown
    }


def _contacts(
    book: Book, ids: Sequence[str], grades: Sequence[Grade | None]
) -> tuple[np.ndarray, np.ndarray]:
    """The day of the latest contact and of the next: the one it names, else as many days later as its cadence has.

    Of several contacts of that day the earliest next day that one of them names counts. Their order on the sheet
    says nothing, nor do their ids: an empty one is filled in that order.
    """
    frame = book.ledger["contacts"]
    rows = zip(
        frame["customer_id"].tolist(),
        to_days(frame["date"]).tolist(),
        to_days(frame["next_date"]).tolist(),
        strict=True,
    )
    latest: dict[str, tuple[int, int]] = {}
    for customer, day, planned in rows:
        last, named = latest.get(customer, (NO_DAY, NO_DAY))
        if last <= day <= book.day and day != NO_DAY:
            known = [each for each in (planned, named if day == last else NO_DAY) if each != NO_DAY]
            latest[customer] = (day, min(known, default=NO_DAY))
    large = large_customers(book)
    found = [
        (day, NO_DAY if day == NO_DAY else planned or day + cadence(book, each or "", id in large).days)
        for (day, planned), id, each in zip(
            (latest.get(id, (NO_DAY, NO_DAY)) for id in ids), ids, grades, strict=True
        )
    ]
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
