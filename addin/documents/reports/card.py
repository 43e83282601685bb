"""The card: one page about a customer, before a call. For us, not for the customer."""

from __future__ import annotations

from addin.documents.context import claim_context
from addin.documents.figures import long_day, short_day
from addin.documents.report_facts import Card
from addin.documents.reports.parts import (
    CLAIM_ROW,
    Context,
    blank,
    figure,
    head_context,
    row,
    shape,
    told,
)
from addin.model.money import digits_of
from addin.model.text import Text

MOST_CLAIMS, MOST_ROWS = 8, 4
"""Rows that leave the card on one page; what there is beyond them is counted."""
OWED = "currency open overdue unapplied disputed"
PROMISE = "day amount paid state milestone person"
PROBLEM = "milestone what amount since owner fault"
LETTER = "sent kind level delivered proof"
CONTACT = "day channel person summary plan next"


def card_context(facts: Card) -> Context:
    """The fields of a card."""
    language = facts.head.language
    claims = facts.claims[:MOST_CLAIMS]
    base = digits_of(facts.base)
    return {
        **head_context(facts.head),
        "grade": facts.grade,
        "paydex": facts.paydex,
        "usual_delay": "" if facts.usual_delay is None else str(facts.usual_delay),
        "usual_method": facts.usual_method,
        "base": facts.base,
        "credit_limit": figure(facts.credit_limit, base),
        "exposure": figure(facts.exposure, base),
        "limitation": long_day(facts.limitation, language),
        "on_hold": facts.on_hold.in_(language),
        "owed": [
            row(OWED, code, *(figure(minor, digits_of(code), "") for minor in amounts))
            for code, *amounts in facts.owed
        ],
        "claims": [
            {**claim_context(claim, digits_of(code), language, number), "currency": code}
            for number, (claim, code) in enumerate(claims, 1)
        ],
        "more_claims": _more(len(facts.claims) - len(claims)).in_(language),
        "promises": [
            row(
                PROMISE,
                short_day(each.day),
                told(each.amount),
                figure(each.paid, each.amount.digits, ""),
                each.state.in_(language),
                each.milestone,
                each.person,
            )
            for each in facts.promises[:MOST_ROWS]
        ],
        "problems": [
            row(
                PROBLEM,
                each.milestone,
                each.what.in_(language),
                figure(each.amount, digits_of(code)),
                short_day(each.day),
                each.owner,
                Text("我方", "ours").in_(language) if each.our_fault else "",
            )
            for each, code in facts.problems[:MOST_ROWS]
        ],
        "letters": [
            row(
                LETTER,
                short_day(each.sent_on),
                each.kind.in_(language),
                "" if each.level is None else each.level,
                short_day(each.delivered_on),
                each.proof,
            )
            for each in facts.letters[-MOST_ROWS:][::-1]
        ],
        "contacts": [
            row(
                CONTACT,
                short_day(each.day),
                each.channel.in_(language),
                each.person,
                each.summary,
                each.plan,
                short_day(each.next_date),
            )
            for each in facts.contacts[-MOST_ROWS:][::-1]
        ],
        "to_do": [{"words": row("words", words.in_(language))["words"]} for words in facts.to_do[:MOST_ROWS]],
    }


def _more(count: int) -> Text:
    return Text(f"另有 {count} 笔", f"{count} more") if count > 0 else Text("", "")


def card_shape(context: Context) -> Context:
    """A context in which every list has a row."""
    return shape(
        context,
        owed=blank(OWED),
        claims={**CLAIM_ROW, "currency": ""},
        promises=blank(PROMISE),
        problems=blank(PROBLEM),
        letters=blank(LETTER),
        contacts=blank(CONTACT),
        to_do=blank("words"),
    )
