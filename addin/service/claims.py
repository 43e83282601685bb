"""What is open of customers, as documents tell it: an item a claim, every figure that of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from addin.documents.facts import Basis, Claim
from addin.model.days import NO_DAY, to_days
from addin.rules.book import Book
from addin.rules.claims import Item
from addin.rules.late_interest import CONTRACT, STATUTE, Terms, bears_after, item_interest


class Claims:
    """Looks up the claims of one replayed book; what several documents need is gathered once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._terms, self._otherwise = book.late_terms

    def of(self, position: int, until: int | None = None) -> tuple[Claim, ...]:
        """The claims of a milestone: what is open of its items, and interest that settled ones bore.

        Of a plan the instalments that fall due after ``until`` (a civil ordinal) are left out, but for the first.
        """
        milestone = self._book.milestones[position]
        if until is not None:
            until = max(until, min((item.due for item in milestone.items if item.open), default=until))
        disputed = int(self._disputed[position])
        found = []
        for item in reversed(milestone.by_due()):  # what is in dispute is what would be paid last
            part = min(item.open, disputed)
            disputed -= part
            claim = self._claim(position, item, part)
            if (claim.open or claim.interest) and not (until and milestone.plan and item.due > until):
                found.append(claim)
        return tuple(reversed(found))

    def statement(self, customer: str, currency: str) -> tuple[Claim, ...]:
        """Everything open of a customer in a currency, due or not; pending milestones are no claims yet."""
        positions = self._open.get((customer, currency), ())
        claims = [claim for position in positions for claim in self.of(position)]
        return tuple(sorted(claims, key=lambda claim: (claim.due or date.max, claim.milestone_id)))

    # --- one claim ----------------------------------------------------------------------------------------

    def _claim(self, position: int, item: Item, disputed: int) -> Claim:
        book, milestone = self._book, item.milestone
        contract = milestone.contract.id
        terms = self._terms.get(contract, self._otherwise)
        project, clause = self._contracts.get(contract, ("", ""))
        due = _day(item.due)
        rate = _rate(terms) if terms.known and terms.basis in _PRINTED else ""
        return Claim(
            contract,
            project,
            milestone.id,
            self._names[position],
            item.amount,
            item.paid,
            item.adjusted,
            item.open,
            disputed,
            due,
            _day(milestone.contract_due),
            0 if due is None else book.day - item.due,
            item_interest(item, terms, book.day) if rate else None,
            _PRINTED.get(terms.basis, "none") if rate else "none",
            rate,
            clause,
            tuple(self._invoices.get(milestone.id, ())),
            item.name if milestone.plan else "",
            date.fromordinal(after + 1) if rate and (after := bears_after(item)) > item.due else None,
            _day(int(self._limitation[position])),
        )

    # --- gathered once ------------------------------------------------------------------------------------

    @cached_property
    def _disputed(self) -> Sequence[int]:
        disputed: Sequence[int] = self._book.positions["disputed"].tolist()
        return disputed

    @cached_property
    def _limitation(self) -> Sequence[int]:
        """The day that is safe, by milestone: the earlier of its own and its contract's."""
        days: Sequence[int] = self._book.limitation.earlier(self._book.contract_of).tolist()
        return days

    @cached_property
    def _names(self) -> Sequence[str]:
        names: Sequence[str] = self._book.ledger["milestones"]["name"].tolist()
        return names

    @cached_property
    def _contracts(self) -> Mapping[str, tuple[str, str]]:
        """Project and payment clause of each contract."""
        frame = self._book.ledger["contracts"]
        rows = zip(
            *(frame[key].tolist() for key in ("contract_id", "project", "payment_clause")), strict=True
        )
        return {id: (project, clause) for id, project, clause in rows}

    @cached_property
    def _open(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """Positions of triggered milestones with something open, by customer and currency."""
        now = self._book.standing
        found: dict[tuple[str, str], list[int]] = {}
        for position in (now.triggered & (now.open != 0)).nonzero()[0].tolist():
            contract = self._book.milestones[position].contract
            found.setdefault((contract.customer, contract.currency), []).append(position)
        return found

    @cached_property
    def _invoices(self) -> Mapping[str, Sequence[str]]:
        """Numbers of the invoices that name each milestone, but for red ones and those that they reverse."""
        found: dict[str, list[str]] = {}
        for number, milestone in self._standing_invoices():
            found.setdefault(milestone, []).append(number)
        return found

    def _standing_invoices(self) -> Iterator[tuple[str, str]]:
        frame = self._book.ledger["invoices"]
        reversed_ = {number for number in frame["red_of"].tolist() if number}
        rows = zip(
            frame["invoice_no"].tolist(),
            frame["milestone_id"].tolist(),
            frame["red_of"].tolist(),
            to_days(frame["issued"]).tolist(),
            strict=True,
        )
        for number, milestone, red_of, issued in rows:
            if milestone and not red_of and number not in reversed_ and NO_DAY < issued <= self._book.day:
                yield number, milestone


_PRINTED: Mapping[str, Basis] = {CONTRACT: "contract", STATUTE: "statute"}
"""Whose rates a document prints; an estimate never is."""


def _day(ordinal: int) -> date | None:
    return None if ordinal == NO_DAY else date.fromordinal(ordinal)


def _rate(terms: Terms) -> str:
    """The rate a day as a decimal fraction.

    >>> from addin.rules.late_interest import STATUTE_RATE
    >>> _rate(Terms(STATUTE, STATUTE_RATE))
    '0.0005'
    """
    return f"{(Decimal(terms.rate.numerator) / Decimal(terms.rate.denominator)).normalize():f}"
