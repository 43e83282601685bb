"""Disputes that drag on: their age, whose fault, who sees to them. What is not disputed stays due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from addin.model.days import NO_DAY, to_days
from addin.model.finding import Finding, info, warning
from addin.model.money import grouped
from addin.model.text import Text
from addin.rules.book import Book
from addin.rules.claims import Milestone
from addin.rules.project.few import few

NO_OWNER_DAYS = 3
"""So many days somebody may take to say who sees to a dispute."""


def dispute_findings(book: Book) -> Iterator[Finding]:
    """One line a live dispute about something open: older than alert_dispute_days, our fault, or without an owner.

    A dispute of exactly alert_dispute_days is not too old yet. One that is our fault and has no resolution is told
    at once, one without an owner after three days.
    """
    return few(_live(book))


def _live(book: Book) -> Iterator[tuple[str, Finding]]:
    frame = book.ledger["disputes"]
    if frame.empty:
        return
    named = set(frame["milestone_id"].tolist())
    milestones = {each.id: each for each in book.milestones if each.id in named}
    rows = zip(
        frame.index.tolist(),
        frame["dispute_id"].tolist(),
        frame["milestone_id"].tolist(),
        to_days(frame["opened"]).tolist(),
        to_days(frame["closed"]).tolist(),
        frame["our_fault"].fillna(False).tolist(),
        frame["owner"].tolist(),
        frame["resolution"].tolist(),
        book.ledger.is_unknown("disputes", "closed").tolist(),
        strict=True,
    )
    for row, id, milestone_id, opened, closed, ours, owner, resolution, lost in rows:
        milestone = milestones.get(milestone_id)
        live = NO_DAY < opened <= book.day and (closed == NO_DAY or book.day < closed) and not lost
        if live and milestone is not None and milestone.triggered and milestone.open:
            found = _told(book, row, milestone, opened, bool(ours) and not resolution, owner)
            if found is not None:
                yield id, found


def _told(book: Book, row: int, milestone: Milestone, opened: int, ours: bool, owner: str) -> Finding | None:
    age = book.day - opened
    old, nobody = age > book.policy["alert_dispute_days"], not owner and age > NO_OWNER_DAYS
    if not (old or ours or nobody):
        return None
    told = [
        Text(
            f"争议自 {date.fromordinal(opened)} 起已 {age} 天",
            f"In dispute since {date.fromordinal(opened)}, {age} days",
        )
    ]
    told += [Text("属我方责任且没有处理结果", "our fault, and not put right")] if ours else []
    told += [Text("没有责任人", "nobody sees to it")] if nobody else []
    message = Text("，".join(each.zh for each in told), ", ".join(each.en for each in told))
    column = "closed" if old else "resolution" if ours else "owner"
    say = warning if old else info
    return say("dispute_open", "disputes", row, column, _with_rest(book, milestone, message), _cure(ours))


def _with_rest(book: Book, milestone: Milestone, message: Text) -> Text:
    """The message, and how much of the milestone nobody disputes."""
    rest = milestone.open - int(book.positions["disputed"].iloc[milestone.position])
    if rest <= 0:
        return message
    shown = grouped(rest, milestone.contract.digits)
    return Text(f"{message.zh}；无争议的 {shown} 照常催收", f"{message.en}; the undisputed {shown} stays due")


def _cure(ours: bool) -> Text:
    if ours:
        return Text(
            "整改或以红字减让、折扣了结，写明处理结果与了结日；无争议部分应先付（保障中小企业款项支付条例第15条）",
            "Put it right, or settle it by a credit note or discount, and enter resolution and closing day; "
            "the undisputed part is to be paid meanwhile (SME Payment Regulation 15)",
        )
    return Text(
        "定责任人和答复期限，必要时开结算会；了结后填了结日。无争议部分应先付（保障中小企业款项支付条例第15条）",
        "Name who sees to it and by when, call a settlement meeting if need be, and enter the closing day; "
        "the undisputed part is to be paid meanwhile (SME Payment Regulation 15)",
    )
