"""Promises that were not kept while what they were about is still open; and the ones made after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from addin.model.finding import Finding, info, warning
from addin.model.money import digits_of, grouped
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.project.few import few
from addin.rules.promise_payments import Promised, recent

Subject = tuple[str, str, str]
"""Customer, milestone ("" for all of the customer's) and currency."""


def promise_findings(book: Book) -> Iterator[Finding]:
    """One line a subject: its latest promise of the last 90 days that was not kept in full, if anything is open.

    A promise made after a broken one is named: it raises the reminder level; one for the remainder after a promise
    that was kept in part does not (RULES 14, 21).
    """
    return few(_unkept(book))


def _unkept(book: Book) -> Iterator[tuple[str, Finding]]:
    by_subject: dict[Subject, list[Promised]] = defaultdict(list)
    for each in book.promises:
        if not each.withdrawn:
            by_subject[each.customer, each.milestone, each.currency].append(each)
    if not by_subject:
        return
    left = _left(book)
    for subject, made in by_subject.items():
        past = [each for each in recent(made, book.day) if each.state(book.day) != "kept"]
        if past and left.get(subject[1] or (subject[0], subject[2])):
            yield past[-1].id, _told(book, past, made)


def _left(book: Book) -> dict[object, bool]:
    """Milestones, and customers by currency, with something due open."""
    found: dict[object, bool] = {}
    for each in book.milestones:
        if each.triggered and each.open > 0:
            found[each.id] = found[each.contract.customer, each.contract.currency] = True
    return found


def _told(book: Book, past: Sequence[Promised], made: Sequence[Promised]) -> Finding:
    last = past[-1]
    digits = digits_of(last.currency)
    amount, paid = grouped(last.amount, digits), grouped(last.paid, digits)
    day, ago = date.fromordinal(last.day), book.day - last.day
    came = Text(f"实收 {paid}", f"{paid} came") if last.paid else Text("分文未到", "nothing came")
    times = sum(each.state(book.day) == "broken" for each in past)
    often = Text(f"，累计失约 {times} 次", f", broken {times} times") if times > 1 else Text("", "")
    message = Text(
        f"承诺 {day} 付 {amount}，{came.zh}，已过 {ago} 天{often.zh}",
        f"{amount} promised for {day}, {came.en}, {ago} days ago{often.en}",
    )
    again = [each for each in made if each.state(book.day) == "open" and each.made_on > last.day]
    if not again:
        return warning("promise_broken", "promises", last.row, "state", message, _ASK)
    new = again[-1]
    said = Text(
        f"；已重新承诺 {date.fromordinal(new.day)}", f"; promised anew for {date.fromordinal(new.day)}"
    )
    raises = last.state(book.day) == "broken"
    return info(
        "promise_broken",
        "promises",
        last.row,
        "state",
        Text(f"{message.zh}{said.zh}", f"{message.en}{said.en}"),
        _RAISED if raises else _REMAINDER,
    )


_ASK = Text(
    "当天联系：问清原因，要求书面的新日期与金额；失约后的新承诺使催款提前一级",
    "Call at once: ask why, and for a new date and amount in writing; a promise after a broken one raises the level",
)
_RAISED = Text(
    "失约后的新承诺：催款提前一级", "A promise after a broken one: reminders come one level earlier"
)
_REMAINDER = Text("对余款的新承诺，不提高催款级别", "A promise for the remainder: the level is not raised")
