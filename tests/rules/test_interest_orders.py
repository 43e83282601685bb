"""Both orders of 民法典561 in the ledger: the books' one is the ledger's own; the other against a walk day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest

from addin.model.money import half_up
from addin.rules.book import Book
from addin.rules.claims import Allocation, Item
from addin.rules.interest import segments
from addin.rules.interest_orders import reckoned
from addin.rules.late_interest import Terms, bears_after, item_interest, terms_by_contract
from tests.oracle.build import adjustment, contract, fixed, receipt
from tests.oracle.random_chasing import SETTINGS
from tests.oracle.random_ledgers import random_tables
from tests.rules.books import book_of

SEEDS = range(16)
"""Each takes a second: the other order is walked day by day."""


def late(*receipts: object, **more: object) -> Book:
    """1,000.00 due on 10 January at 0.1 % a day, as at 11 March: 60 days late."""
    milestones = [fixed("M", "1000", "01-10")]
    own = [contract("C", "1000", late_rate_daily="0.001", **more)]
    tables = {"contracts": own, "milestones": milestones, "receipts": [*receipts]}
    return book_of(tables, date(2025, 3, 11))


def both(book: Book) -> tuple[tuple[int, int], tuple[int, int]]:
    """Principal and interest left of the only milestone by both orders."""
    item = book.milestones[0].own
    terms, _ = terms_by_contract(book.ledger, book.policy)
    found = [
        reckoned(item, book.state.allocations, terms["C"], book.day, order) for order in ("principal", "561")
    ]  # type: ignore[arg-type]  # the two orders
    return tuple((each.principal, each.interest) for each in found)  # type: ignore[return-value]  # two of them


def test_without_a_payment_the_orders_agree() -> None:
    assert both(late()) == ((100_000, 6_000), (100_000, 6_000))


def test_by_561_a_payment_meets_interest_first() -> None:
    # 30 days on 1,000.00 bear 30.00; of 500.00 that leaves 470.00 for the principal: 530.00 for 30 days more
    assert both(late(receipt("R", "02-09", "500", m="M"))) == ((50_000, 4_500), (53_000, 1_590))


def test_a_payment_up_to_the_due_date_is_all_principal() -> None:
    assert both(late(receipt("R", "01-10", "500", m="M"))) == ((50_000, 3_000), (50_000, 3_000))


def test_the_day_of_payment_still_counts_in_full() -> None:
    assert both(late(receipt("R", "01-11", "500", m="M"))) == ((50_000, 3_050), (50_100, 2_956))


def test_what_the_books_call_settled_is_not_by_561() -> None:
    assert both(late(receipt("R", "02-09", "1000", m="M"))) == ((0, 3_000), (3_000, 90))


def test_a_refund_revives_the_principal_that_its_payment_met() -> None:
    paid = [receipt("R", "02-09", "500", m="M"), receipt("S", "02-19", "-500", m="M")]
    # 30.00 on 1,000.00, 5.30 on 530.00; the 500.00 go back: 470.00 to principal, 30.00 to interest; 20 days more
    assert both(late(*paid)) == ((100_000, 5_500), (100_000, 5_530))


def test_the_cap_holds_all_interest_paid_or_not() -> None:
    assert both(late(receipt("R", "02-09", "500", m="M"), late_cap="0.035")) == (
        (50_000, 3_500),
        (53_000, 500),
    )


def test_an_adjustment_lowers_the_principal_in_both_orders() -> None:
    tables = {
        "contracts": [contract("C", "1000", late_rate_daily="0.001")],
        "milestones": [fixed("M", "1000", "01-10")],
        "adjustments": [adjustment("A", "M", "02-09", "200")],
    }
    assert both(book_of(tables, date(2025, 3, 11))) == ((80_000, 5_400), (80_000, 5_400))


@pytest.mark.parametrize("order", ["principal", "561"])
def test_it_is_the_worksheet_functions_walk(order: str) -> None:
    paid = [("01-20", "100"), ("02-09", "300.55"), ("03-01", "20")]
    book = late(*(receipt(f"R{n}", day, amount, m="M") for n, (day, amount) in enumerate(paid)))
    terms, _ = terms_by_contract(book.ledger, book.policy)
    ours = reckoned(book.milestones[0].own, book.state.allocations, terms["C"], book.day, order)  # type: ignore[arg-type]  # one of the two
    days = [(date.fromisoformat(f"2025-{day}"), int(float(amount) * 100)) for day, amount in paid]
    theirs = segments(100_000, date(2025, 1, 10), book.as_of, Fraction(1, 1000), "daily", days, order)  # type: ignore[arg-type]
    assert [
        (each.first, each.last, each.interest, each.to_interest, each.to_principal) for each in ours.stretches
    ] == [(each.first, each.last, each.interest, each.paid_interest, each.paid_principal) for each in theirs]


# --- random ledgers ----------------------------------------------------------------------------------------


def test_random_ledgers_by_both_orders() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        tables, days = random_tables(seed)
        for as_of in (days[-1], days[-1] + timedelta(days=120)):
            book = book_of({**tables, "settings": SETTINGS}, as_of)
            terms, otherwise = terms_by_contract(book.ledger, book.policy)
            for milestone in book.milestones:
                own = terms.get(milestone.contract.id, otherwise)
                if milestone.triggered and milestone.amount is not None and own.known:
                    for item in milestone.items:
                        seen += agrees(book, item, own)
    for kind in ("interest", "capped", "paid late", "refunded", "differs", "plan"):
        assert seen[kind] >= 5, (kind, seen)


def agrees(book: Book, item: Item, terms: Terms) -> Counter[str]:
    """The books' order is the ledger's interest; the other is a day-by-day walk; what there was to see."""
    paid = [each for each in book.state.allocations if each.item is item]
    books = reckoned(item, paid, terms, book.day, "principal")
    article = reckoned(item, paid, terms, book.day, "561")
    assert (books.principal, books.interest) == (item.open, item_interest(item, terms, book.day))
    assert (article.principal, article.interest, article.accrued) == walked(item, paid, terms, book.day)
    assert sum(each.days for each in books.stretches) == max(book.day - bears_after(item), 0)
    limit = None if terms.cap is None else half_up(terms.cap * item.amount)
    return Counter(
        kind
        for kind, is_so in {
            "interest": books.interest,
            "capped": books.interest and books.interest == limit,
            "paid late": any(each.paid > 0 for each in books.stretches),
            "refunded": any(each.paid < 0 for each in books.stretches),
            "differs": books.total != article.total,
            "plan": item.name and books.interest,
        }.items()
        if is_so
    )


def walked(item: Item, paid: Sequence[Allocation], terms: Terms, as_of: int) -> tuple[int, int, int]:
    """Principal, interest left and interest in all by 561, one day after the other."""
    changes = dict(Counter())
    for day, rise in item.changes:
        changes[day] = changes.get(day, 0) + rise
    for each in paid:
        changes[each.day] = changes.get(each.day, 0) + each.amount
    principal = item.open - sum(rise for _, rise in item.changes)
    start, exact, charged, left = bears_after(item), Fraction(0), 0, 0
    met: dict[int, list[int]] = {}
    first = min([*changes, *(each.day for each in paid), start, as_of])
    for day in range(first, as_of + 1):
        if day > start:
            exact += terms.rate * principal
        due = exact if terms.cap is None else min(exact, terms.cap * item.amount)
        now = max(half_up(due), 0)
        left, charged = left + now - charged, now
        principal += changes.get(day, 0)
        for each in (each for each in paid if each.day == day):
            if each.amount > 0:
                part = min(left, each.amount)
                met[id(each)] = [part, each.amount - part]
                left, principal = left - part, principal - (each.amount - part)
            else:
                parts = met[id(each.undoes)]
                back = min(-each.amount, parts[1])
                rest = -each.amount - back
                parts[1], parts[0] = parts[1] - back, parts[0] - rest
                principal, left = principal + back, left + rest
    return principal, left, charged
