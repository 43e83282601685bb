"""Late interest of a milestone, day by day, as RULES 15 ("Interest", Corners 2, 5, 9 and 10) has it.

Every item knows what was open of it at the end of each day since the trigger: `Item.opens`. Money that an agreement
moves to another item takes its past along, for it is the due date in force that says from when it bears interest.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.oracle.amounts import rounded
from tests.oracle.book import Book, Contract, Item, Milestone, day_of, setting, text

ONE_DAY = timedelta(days=1)
STATUTORY = Fraction(5, 10000)
REMARKABLE = Decimal("0.003")


def record(book: Book, until: date) -> None:
    """Notes what is open of every item at the end of each day up to until, that day included."""
    for milestone in book.milestones.values():
        if milestone.triggered and milestone.trigger:
            known = len(milestone.own.opens)
            days = (until - milestone.trigger).days + 1 - known
            for item in milestone.items:
                item.opens += [item.open] * days


def hand_over(giver: Item, taker: Item, amount: Decimal) -> None:
    """amount goes from one item to another as if it had always stood there; nobody gives more than was open."""
    for day, was_open in enumerate(giver.opens):
        part = min(amount, was_open)
        giver.opens[day] -= part
        taker.opens[day] += part


def rate_and_basis(book: Book, contract: Contract, as_of: date) -> tuple[Fraction, str]:
    """Per day, and whose rate it is; 0 is a rate, empty is none."""
    agreed = contract.row.get("late_rate_daily")
    if isinstance(agreed, Decimal):
        if agreed > REMARKABLE:
            book.findings.add(("rate above 0.3 %", "contracts", contract.key))
        return Fraction(agreed), "contract"
    buyer = next((row for row in book.rows("customers") if row.get("customer_id") == contract.customer), {})
    large = setting(book, "our_size", as_of) == "large"
    if not large and text(buyer, "kind") in ("public_body", "large_enterprise"):
        return STATUTORY, "statute"
    estimate = setting(book, "estimate_late_rate", as_of)
    return (Fraction(estimate), "estimate") if estimate else (Fraction(0), "none")


def interest_of(book: Book, milestone: Milestone, as_of: date) -> tuple[Decimal, str]:
    """The sum of the items' interest, each rounded once, and its basis."""
    contract = milestone.contract
    rate, basis = rate_and_basis(book, contract, as_of)
    total = rounded(Decimal(0), contract.decimals)
    if milestone.triggered:
        waived = waived_until(book, milestone, as_of)
        for item in milestone.items:
            exact = item_interest(milestone, item, rate, waived, as_of)
            total += rounded(exact, contract.decimals)
    return total, basis


def item_interest(
    milestone: Milestone, item: Item, rate: Fraction, waived: date | None, as_of: date
) -> Fraction:
    if item.due is None or milestone.trigger is None or rate == 0:
        return Fraction(0)
    nothing_yet = max(item.due, milestone.trigger, waived or date.min)
    first, end = (nothing_yet - milestone.trigger).days, (as_of - milestone.trigger).days
    opens = sum(item.opens[first:end], Decimal(0))
    exact, cap = rate * Fraction(opens), milestone.contract.row.get("late_cap")
    return min(exact, Fraction(cap) * Fraction(item.amount)) if isinstance(cap, Decimal) else exact


def waived_until(book: Book, milestone: Milestone, as_of: date) -> date | None:
    """The last day whose interest an agreement has waived."""
    days = [
        day_of(row, "agreed_on")
        for row in book.rows("reschedules")
        if row.get("milestone_id") == milestone.key and row.get("penalty_waived") is True
    ]
    return max((day for day in days if day and day <= as_of), default=None)
