"""When a claim becomes time-barred, as RULES 15 ("Limitation") and AR_LIMITATION of FUNCTIONS have it.

Three years from the due date; what interrupts within them starts them anew on its day, what comes later revives
nothing. The last day goes on to a working day by the caller's calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from tests.oracle.book import Book, Contract, Milestone, Receipt, Row, day_of, months_after, text

THREE_YEARS = 36
Event = tuple[date, str]
"""The day of an interruption, and whom it concerns: a milestone's id, or "contract " and a contract's."""
Breaks = dict[str, list[date]]
CONTRACT = "contract "


def expiry(book: Book, due: date | None, interruptions: Iterable[date]) -> date | None:
    """The last day of the period that began with the due date and was interrupted on these days."""
    if due is None:
        return None
    last = last_day(book, due)
    for day in sorted(interruptions):
        if due <= day <= last:
            last = last_day(book, day)
    return last


def last_day(book: Book, start: date) -> date:
    end = months_after(start, THREE_YEARS)
    assert end is not None
    return book.last_day(end)


def limitation_of(book: Book, milestone: Milestone, due: date | None, breaks: Breaks) -> date | None:
    """From the milestone's own due date, settled or not: what is written off stays on record."""
    return expiry(book, due, breaks.get(milestone.key, []))


def last_due(milestone: Milestone) -> date | None:
    """That of its last item; of a milestone of nothing its own."""
    dues = [item.due for item in milestone.items if item.amount and item.due]
    return max(dues, default=milestone.own.due)


def limitation_of_contract(book: Book, contract: Contract, breaks: Breaks) -> date | None:
    """From the last due date of its milestones; what interrupts for one of them or for it does so for all."""
    own = contract.milestones
    dues = [last_due(one) for one in own]
    names = [CONTRACT + contract.key, *(one.key for one in own)]
    return expiry(
        book,
        max((due for due in dues if due), default=None),
        [day for name in names for day in breaks.get(name, [])],
    )


def interruptions(
    book: Book, receipts: Iterable[Receipt], paid: Iterable[tuple[str, str]], as_of: date
) -> Breaks:
    """The days of interruption up to as_of, by whom they concern; paid are pairs of receipt and milestone."""
    breaks: Breaks = {}
    found = (
        by_receipts(receipts, paid),
        by_agreements(book),
        by_letters(book),
        by_contacts(book),
        by_tasks(book),
    )
    for day, key in chain(*found):
        if day <= as_of:
            breaks.setdefault(key, []).append(day)
    return breaks


def by_receipts(receipts: Iterable[Receipt], paid: Iterable[tuple[str, str]]) -> Iterator[Event]:
    """A receipt acknowledges what it names, even where it could not be applied, and what it paid."""
    paid_by: dict[str, list[str]] = {}
    for key, milestone in paid:
        paid_by.setdefault(key, []).append(milestone)
    for receipt in receipts:
        if receipt.amount > 0:
            if receipt.milestone:
                yield receipt.day, receipt.milestone
            elif receipt.contract:
                yield receipt.day, CONTRACT + receipt.contract
            yield from ((receipt.day, milestone) for milestone in paid_by.get(receipt.key, []))


def by_agreements(book: Book) -> Iterator[Event]:
    """Reschedules that the debtor signed: there is a document."""
    for row in book.rows("reschedules"):
        agreed = day_of(row, "agreed_on")
        if agreed and text(row, "document"):
            yield agreed, text(row, "milestone_id")


def by_letters(book: Book) -> Iterator[Event]:
    """Letters that demonstrably arrived, and statements of account that the debtor signed for an amount."""
    for row in book.rows("letters"):
        listed = row.get("milestones")
        named = [str(key) for key in listed] if isinstance(listed, (tuple, list)) else []
        reach = named or list(of_customer(book, text(row, "customer_id")))
        to_counsel = text(row, "channel") in ("法务", "Legal", "legal")
        arrived = day_of(row, "delivered_on") if text(row, "proof") and not to_counsel else None
        agreed = text(row, "kind") == "statement" and row.get("confirmed_amount") is not None
        signed = day_of(row, "reply_on") if agreed else None
        yield from ((day, key) for day in (arrived, signed) if day for key in reach)


def by_contacts(book: Book) -> Iterator[Event]:
    for row in book.rows("contacts"):
        day = day_of(row, "date")
        if day and row.get("delivered") is True and text(row, "proof"):
            yield from ((day, key) for key in concerned(book, row))


def by_tasks(book: Book) -> Iterator[Event]:
    for row in book.rows("tasks"):
        day = day_of(row, "done_on")
        if day and text(row, "kind") == "legal":
            yield from ((day, key) for key in concerned(book, row))


def concerned(book: Book, row: Row) -> Iterator[str]:
    """The milestones of the contract named, else of the customer named."""
    contract = text(row, "contract_id")
    if not contract:
        yield from of_customer(book, text(row, "customer_id"))
    elif contract in book.contracts:
        yield from of_contract(book.contracts[contract])


def of_customer(book: Book, customer: str) -> Iterator[str]:
    for contract in book.contracts.values():
        if contract.customer == customer:
            yield from of_contract(contract)


def of_contract(contract: Contract) -> Iterator[str]:
    yield CONTRACT + contract.key
    yield from (one.key for one in contract.milestones)
