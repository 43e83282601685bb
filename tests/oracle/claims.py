"""Which claim comes before which, what tied claims share, and how a milestone's items fill and empty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracle.amounts import places
from tests.oracle.book import Item, Milestone, Receipt

Claim = tuple[Milestone, Item]
Rank = tuple[bool, Decimal, Decimal, date]


def move(milestone: Milestone, difference: Decimal) -> None:
    """An amendment moves the remainder, then the last instalments."""
    if difference >= 0:
        milestone.own.amount += difference
        return
    left = -difference
    for item in [milestone.own, *[one for one in reversed(milestone.in_fill_order()) if one.key]]:
        part = min(left, item.open)
        item.amount -= part
        left -= part


def adjust(milestone: Milestone, kind: str, amount: Decimal) -> None:
    """Fills the items by due date."""
    milestone.taken_by_kind[kind] = milestone.taken_by_kind.get(kind, Decimal(0)) + amount
    for item in milestone.in_fill_order():
        part = min(amount, item.open)
        item.adjusted += part
        amount -= part


def due_of(item: Item) -> date:
    if item.due is None:
        raise ValueError("a pending item has no place among claims")
    return item.due


def by_due_date(claim: Claim, day: date) -> tuple[bool, date, bool, int, str, bool, str]:
    """Due on the day first, then due date, seq (empty last), milestone, the remainder, id."""
    milestone, item = claim
    due = due_of(item)
    place = (milestone.seq is None, milestone.seq or 0, milestone.key)
    return (due > day, due, *place, item.key != "", item.key)


def rank_560(claim: Claim, day: date) -> Rank:
    """Due before not due, least security, heaviest burden, earliest due."""
    milestone, item = claim
    due, contract = due_of(item), milestone.contract
    return (due > day, contract.security(day), -contract.burden, due)


def pro_rata(tied: list[Claim], receipt: Receipt) -> dict[str, Decimal]:
    """What each milestone gets of the money: all, or by largest remainder, ties to the smaller id."""
    opens: dict[str, Decimal] = {}
    for milestone, item in tied:
        opens[milestone.key] = opens.get(milestone.key, Decimal(0)) + item.open
    total = sum(opens.values(), Decimal(0))
    if receipt.free >= total:
        return opens
    decimals = places(receipt.currency)
    cents = Fraction(receipt.free) * 10**decimals
    units = {key: cents * Fraction(value) / Fraction(total) for key, value in opens.items()}
    whole = {key: int(value) for key, value in units.items()}
    missing = int(cents) - sum(whole.values())
    for key in sorted(units, key=lambda key: (whole[key] - units[key], key))[:missing]:
        whole[key] += 1
    return {key: Decimal(value).scaleb(-decimals) for key, value in whole.items()}


def designated_alike(refund: Receipt, receipt: Receipt) -> bool:
    if refund.level == "milestone":
        return receipt.milestone == refund.milestone
    if refund.level == "contract":
        return receipt.milestone == "" and receipt.contract == refund.contract
    if refund.level == "customer":
        alone = receipt.milestone == "" and receipt.contract == ""
        return alone and receipt.customer == refund.customer
    return False
