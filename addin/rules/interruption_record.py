"""What interrupted one contract's limitation, the rows that prove it: receipts, and `addin.rules.interruptions`.

民法典195: the creditor's demand that reached the debtor, the debtor's consent or part payment, proceedings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from addin.model.days import NO_DAY
from addin.rules.book import Book
from addin.rules.claims import Contract
from addin.rules.interruptions import Interruption, written
from addin.rules.limitation import Limitation


def of_contract(book: Book, contract: Contract) -> list[Interruption]:
    """Everything that interrupts the contract's period up to the as-of date, the oldest first.

    The milestones of each are those of the contract that the row names or paid, none: the whole contract.
    """
    return sorted(
        [*_receipts(book, contract), *_written(book, contract)], key=lambda each: (each.day, each.id)
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


def _written(book: Book, contract: Contract) -> Iterator[Interruption]:
    own = {milestone.id for milestone in contract.milestones}
    for each in written(book.ledger, book.day):
        ours = tuple(name for name in each.milestones if name in own)
        named = each.contract == contract.id if each.contract else each.customer == contract.customer
        if ours or (named and not each.milestones):
            yield each._replace(milestones=ours)
