"""坏账准备: the expected credit loss of the whole ledger (CAS 22, IFRS 9 5.5.15; RULES 4 and 15, Statutory bands).

Three classes: receivables (what is open of triggered milestones), contract assets (retention that still waits for
its trigger after the work was completed) and notes (drafts until they mature; a bank's draft bears no loss). A
customer with an individual rate and its reason is assessed alone, in every class; all others are one pool, by age
band. The pool's rates come from the ledger's own history where three full years are there, else they are those of
the settings. Amounts are in base currency, money not applied is not netted. The previous figures are those of the
end of the month before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY
from addin.model.finding import Finding
from addin.model.money import digits_of
from addin.model.text import Language, Text
from addin.rules import provision_findings as tell
from addin.rules.age_bands import BANDS
from addin.rules.book import Book
from addin.rules.credit_loss import allowance, applied_rate
from addin.rules.exchange import Rates
from addin.rules.frames import nullable, objects
from addin.rules.holdings import (
    ALONE,
    BANK,
    CLASSES,
    CONTRACT_ASSET,
    RECEIVABLE,
    Assessed,
    Balances,
    Key,
    assessed,
)
from addin.rules.loss_history import Pool, own_rates
from addin.rules.policy import read_policy

BAND_NAMES = {**dict(enumerate(BANDS)), BANK: Text("银行承兑汇票", "bank drafts"), ALONE: Text("", "")}


@dataclass(frozen=True)
class Matrix:
    """The loss rate of each age band, and where it comes from: the full years of history, else the settings."""

    rates: tuple[Fraction, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """One row of the table in minor units of the base currency; None where an exchange rate is missing.

    ``previous`` is the allowance of the same row at the end of the month before.
    """

    key: Key
    balance: int | None
    rate: Fraction
    allowance: int | None
    previous: int | None = 0

    @property
    def movement(self) -> int | None:
        """How much the allowance rose."""
        if self.allowance is None or self.previous is None:
            return None
        return self.allowance - self.previous


@dataclass(frozen=True)
class Movement:
    """The allowance of a class since the end of the month before, in minor units of the base currency.

    ``opening`` + ``charge`` − ``written_off`` + ``recovered`` = ``closing``; a charge below zero is a release.
    ``recovered`` are write-offs that were reversed because the money came after all.
    """

    kind: str
    opening: int
    charge: int
    written_off: int
    recovered: int
    closing: int


@dataclass(frozen=True)
class Provision:
    """The lines in the order of the table, the movement of each class, the matrix, and what there is to tell."""

    lines: Sequence[Line]
    movements: Sequence[Movement]
    matrix: Matrix
    findings: Sequence[Finding]
    base: str

    def frame(self, language: Language) -> tuple[pd.DataFrame, list[int]]:
        """The rows of the table provision, and the decimals of each row's money."""
        lines = self.lines
        frame = pd.DataFrame(
            {
                "class": objects([line.key.kind for line in lines]),
                "pool": objects(["individual" if line.key.band == ALONE else "group" for line in lines]),
                "customer_id": objects([line.key.customer for line in lines]),
                "band": objects([BAND_NAMES[line.key.band].in_(language) for line in lines]),
                "balance": nullable([line.balance for line in lines]),
                "rate": objects([_shown(line.rate) for line in lines]),
                "allowance": nullable([line.allowance for line in lines]),
                "previous": nullable([line.previous for line in lines]),
                "movement": nullable([line.movement for line in lines]),
            }
        )
        return frame, [digits_of(self.base)] * len(lines)


def provision(book: Book) -> Provision:
    """The provision as at the book's day, held against the end of the month before."""
    rates, findings = individual_rates(book)
    seen = assessed(book, rates.keys())
    matrix, now = _as_at(book, seen, rates, book.as_of)
    before_day = _month_before(book.as_of)
    before = _as_at(book, seen, rates, before_day)[1] if before_day else {}
    gone = {key: replace(line, balance=0, allowance=0) for key, line in before.items() if key not in now}
    lines = [
        replace(line, previous=before[key].allowance) if key in before else line
        for key, line in {**now, **gone}.items()
    ]
    shown = sorted(lines, key=lambda line: _place(line.key, seen.alone))
    moves = _movements(book, seen, shown, before_day.toordinal() if before_day else NO_DAY)
    if lines:
        findings += tell.about(matrix.rates, matrix.years)
        findings += [
            tell.moved(
                move.kind,
                (move.opening, move.charge, move.written_off, move.recovered, move.closing),
                book.rates.base,
            )
            for move in moves
        ]
    return Provision(shown, moves, matrix, findings, book.rates.base)


def individual_rates(book: Book) -> tuple[dict[str, Fraction], list[Finding]]:
    """The rate of each customer assessed alone, at most 100 %; one without a reason stays in the pool."""
    frame = book.ledger["customers"]
    rows = zip(
        frame.index.tolist(),
        frame["customer_id"].tolist(),
        frame["individual_rate"].tolist(),
        frame["individual_reason"].tolist(),
        book.ledger.is_unknown("customers", "individual_rate").tolist(),
        strict=True,
    )
    rates: dict[str, Fraction] = {}
    findings: list[Finding] = []
    for row, customer, rate, reason, unreadable in rows:
        if rate is not None and reason:
            rates.setdefault(customer, applied_rate(rate))
        elif rate is not None:
            findings.append(tell.no_reason(row))
        elif reason and not unreadable:
            findings.append(tell.no_rate(row))
    return rates, findings


def _month_before(day: date) -> date | None:
    """The last day of the month before; None before the calendar's first."""
    first = day.replace(day=1)
    return None if first == date.min else first - timedelta(days=1)


def _as_at(
    book: Book, seen: Assessed, alone: Mapping[str, Fraction], day: date
) -> tuple[Matrix, dict[Key, Line]]:
    """The matrix in force on a day, and the lines of that day with the exchange rates of that day."""
    ordinal = day.toordinal()
    fx = Rates.read(book.ledger["fx_rates"], book.rates.base, ordinal)
    matrix = _matrix(book, seen, fx, day)
    return matrix, _lines(seen.on(ordinal), matrix, alone, fx)


def _matrix(book: Book, seen: Assessed, fx: Rates, day: date) -> Matrix:
    positions = np.flatnonzero((seen.who == 0) & (seen.trigger != NO_DAY))
    pool = Pool(
        positions, seen.trigger[positions], seen.recognised[positions], seen.currency[positions], seen.codes
    )
    own = own_rates(seen.history, pool, fx, day.toordinal())
    if own is not None:
        return Matrix(own.rates, own.years)
    unreadable = book.ledger.unknown.get(("settings", "value"), frozenset())
    policy = read_policy(book.ledger["settings"], day, unreadable=unreadable)[0]
    return Matrix(tuple(applied_rate(rate) for rate in policy["provision_rates"]))


def _lines(held: Balances, matrix: Matrix, alone: Mapping[str, Fraction], fx: Rates) -> dict[Key, Line]:
    lines: dict[Key, Line] = {}
    for key, by_currency in held.items():
        parts = [fx.to_base(amount, currency) for currency, amount in by_currency.items()]
        known = [part for part in parts if part is not None]
        balance = sum(known) if len(known) == len(parts) else None
        if balance != 0:
            rate = _rate(key, matrix, alone)
            lines[key] = Line(key, balance, rate, None if balance is None else allowance(balance, rate))
    return lines


def _rate(key: Key, matrix: Matrix, alone: Mapping[str, Fraction]) -> Fraction:
    if key.band == ALONE:
        return alone[key.customer]
    return Fraction(0) if key.band == BANK else matrix.rates[key.band]


def _place(key: Key, alone: Sequence[str]) -> tuple[int, int, int]:
    """Class by class; the pool by age, then the customers assessed alone in the order of their table."""
    return CLASSES.index(key.kind), alone.index(key.customer), key.band


def _movements(book: Book, seen: Assessed, lines: Sequence[Line], since: int) -> list[Movement]:
    """The movement of each class that has one; none where an exchange rate is missing."""
    lost = _written_off(book, seen, since)
    moves = []
    for kind in CLASSES:
        own = [line for line in lines if line.key.kind == kind]
        opening = _total([line.previous for line in own])
        closing = _total([line.allowance for line in own])
        written_off, recovered = (_total(parts) for parts in lost[kind])
        if opening is None or closing is None or written_off is None or recovered is None:
            continue
        charge = closing - opening + written_off - recovered
        if own or written_off or recovered:
            moves.append(Movement(kind, opening, charge, written_off, recovered, closing))
    return moves


_Amounts = list[int | None]


def _total(amounts: Sequence[int | None]) -> int | None:
    """The sum; None if one of them is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _written_off(book: Book, seen: Assessed, since: int) -> dict[str, tuple[_Amounts, _Amounts]]:
    """By class, in base currency: what was written off after ``since``, and what of earlier ones was reversed."""
    found: dict[str, tuple[_Amounts, _Amounts]] = {kind: ([], []) for kind in CLASSES}
    for move in book.state.movements:
        if move.kind == "write_off" and move.day > since:
            amount = book.rates.to_base(abs(move.amount), move.milestone.contract.currency)
            if move.milestone.triggered and move.milestone.trigger <= move.day:
                found[RECEIVABLE][move.amount < 0].append(amount)
            elif seen.earned[move.milestone.position] != NO_DAY:
                found[CONTRACT_ASSET][move.amount < 0].append(amount)
    return found


def _shown(rate: Fraction) -> Decimal:
    """A rate as the table shows it, to six decimals half-up; allowances are reckoned with the rate itself."""
    exact = Decimal(rate.numerator) / Decimal(rate.denominator)
    return exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)
