"""What interrupted limitation, row by row: the same events as `addin.rules.limitation_columns`, each by its name.

民法典195: the creditor's demand that reached the debtor, the debtor's consent or part payment, proceedings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from addin.model.days import NO_DAY, to_days
from addin.rules.addressed import interrupting_days
from addin.rules.book import Book
from addin.rules.claims import Contract
from addin.rules.frames import integers
from addin.rules.limitation import Limitation


@dataclass(frozen=True, slots=True)
class Interruption:
    """A day on which the period started anew, and the row that proves it.

    ``milestones`` are those of the contract that the row names or paid, none: the whole contract.
    """

    day: int
    table: str
    id: str
    column: str
    milestones: tuple[str, ...] = ()


def of_contract(book: Book, contract: Contract) -> list[Interruption]:
    """Everything that interrupts the contract's period up to the as-of date, the oldest first."""
    own = {milestone.id for milestone in contract.milestones}
    found = [
        *_receipts(book, contract),
        *_letters(book, contract, own),
        *_reschedules(book, own),
        *_named(book, contract, "contacts", "date"),
        *_named(book, contract, "tasks", "done_on"),
    ]
    return sorted(
        (each for each in found if NO_DAY < each.day <= book.day), key=lambda each: (each.day, each.id)
    )


def counted(rule: Limitation, start: int, days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each day on which the period that ran started anew, and its new last day; later ones revive nothing."""
    for day in sorted({day for day in days if day > start}):
        if NO_DAY < rule.ends(start) < day:
            return
        start = day
        yield day, rule.ends(day)


def _receipts(book: Book, contract: Contract) -> Iterator[Interruption]:
    for receipt in book.receipts:
        if receipt.amount <= 0:
            continue
        paid = {each.item.milestone.id for each in receipt.allocations}
        ours = tuple(each.id for each in contract.milestones if each.id in paid)
        if receipt.contract is None and receipt.milestone in contract.milestones and not paid:
            ours = (receipt.milestone.id,) if receipt.milestone is not None else ()
        if ours or (receipt.contract is not None and receipt.contract.id == contract.id):
            yield Interruption(receipt.day, "receipts", receipt.id, "date", ours)


def _letters(book: Book, contract: Contract, own: Collection[str]) -> Iterator[Interruption]:
    frame = book.ledger["letters"]
    rows = zip(
        frame["letter_id"].tolist(),
        frame["milestones"].tolist(),
        frame["customer_id"].tolist(),
        to_days(frame["delivered_on"]).tolist(),
        frame["proof"].tolist(),
        frame["channel"].tolist(),
        frame["kind"].tolist(),
        to_days(frame["reply_on"]).tolist(),
        integers(frame["confirmed_amount"]),
        strict=True,
    )
    for id, names, customer, delivered, proof, channel, kind, replied, confirmed in rows:
        ours = tuple(name for name in names if name in own)
        if not ours and (names or customer != contract.customer):
            continue
        arrived, signed = interrupting_days(delivered, proof, channel, kind, replied, confirmed)
        yield Interruption(arrived, "letters", id, "delivered_on", ours)
        yield Interruption(signed, "letters", id, "reply_on", ours)


def _reschedules(book: Book, own: Collection[str]) -> Iterator[Interruption]:
    frame = book.ledger["reschedules"]
    rows = zip(
        frame["reschedule_id"].tolist(),
        frame["milestone_id"].tolist(),
        to_days(frame["agreed_on"]).tolist(),
        frame["document"].tolist(),
        strict=True,
    )
    for id, milestone, agreed, document in rows:
        if document and milestone in own:
            yield Interruption(agreed, "reschedules", id, "agreed_on", (milestone,))


def _named(book: Book, contract: Contract, table: str, dated: str) -> Iterator[Interruption]:
    """Contacts that reached the debtor with proof, legal tasks done: of the contract, else of its customer."""
    frame = book.ledger[table]
    if table == "contacts":
        frame = frame[frame["delivered"].fillna(False).to_numpy(bool) & (frame["proof"] != "").to_numpy(bool)]
    else:
        frame = frame[(frame["kind"] == "legal").to_numpy(bool)]
    rows = zip(
        frame.iloc[:, 0].tolist(),
        frame["contract_id"].tolist(),
        frame["customer_id"].tolist(),
        to_days(frame[dated]).tolist(),
        strict=True,
    )
    for id, named, customer, day in rows:
        if named == contract.id or (not named and customer == contract.customer):
            yield Interruption(day, table, id, dated)
