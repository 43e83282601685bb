"""The statement of account (往来对账函): principal; interest only where it was asked for, and then reserved."""

from __future__ import annotations

from addin.documents.context import claim_context
from addin.documents.figures import in_words, long_day, money, short_day
from addin.documents.report_facts import Statement
from addin.documents.reports.parts import CLAIM_ROW, Context, blank, figure, head_context, row, shape, unit

DEAL = "no contract project in_force invoiced received adjusted open overdue disputed pending"
RECEIPT = "no id day payer amount paid unapplied method reference memo"


def statement_context(facts: Statement) -> Context:
    """The fields of a statement of account."""
    language, digits = facts.head.language, facts.digits

    def said(minor: int) -> str:
        return money(minor, facts.currency, digits, language)

    return {
        **head_context(facts.head),
        "currency": facts.currency,
        "unit": unit(facts.currency, language),
        "reply_by": long_day(facts.reply_by, language),
        "deals": [
            row(
                DEAL,
                number,
                deal.id,
                deal.project,
                figure(deal.in_force, digits),
                figure(deal.invoiced, digits),
                figure(deal.received, digits),
                figure(deal.adjusted, digits, ""),
                figure(deal.open, digits),
                figure(deal.overdue, digits, ""),
                figure(deal.disputed, digits, ""),
                figure(deal.pending, digits, ""),
            )
            for number, deal in enumerate(facts.deals, 1)
        ],
        "deal_sums": {
            "in_force": figure(sum(deal.in_force or 0 for deal in facts.deals), digits),
            "invoiced": figure(sum(deal.invoiced for deal in facts.deals), digits),
            "received": figure(sum(deal.received for deal in facts.deals), digits),
            "open": figure(sum(deal.open for deal in facts.deals), digits),
            "overdue": figure(sum(deal.overdue for deal in facts.deals), digits, ""),
            "pending": figure(sum(deal.pending for deal in facts.deals), digits, ""),
        },
        "claims": [
            claim_context(claim, digits, language, number) for number, claim in enumerate(facts.claims, 1)
        ],
        "claim_sums": {
            "amount": figure(sum(claim.amount for claim in facts.claims), digits),
            "received": figure(sum(claim.received for claim in facts.claims), digits),
            "open": figure(facts.open, digits),
            "disputed": figure(sum(claim.disputed for claim in facts.claims), digits, ""),
            "interest": figure(facts.interest, digits, ""),
        },
        "receipts": [
            row(
                RECEIPT,
                number,
                each.id,
                short_day(each.day),
                each.payer,
                figure(each.amount, digits),
                figure(each.paid, digits),
                figure(each.unapplied, digits, ""),
                each.method.in_(language),
                each.reference,
                each.memo,
            )
            for number, each in enumerate(facts.receipts, 1)
        ],
        "receipt_sums": {
            "amount": figure(sum(each.amount for each in facts.receipts), digits),
            "paid": figure(sum(each.paid for each in facts.receipts), digits),
        },
        "open": said(facts.open),
        "open_in_words": in_words(facts.open, facts.currency),
        "unapplied": said(facts.unapplied) if facts.unapplied else "",
        "net": said(facts.net),
        "net_in_words": in_words(facts.net, facts.currency),
        "interest": said(facts.interest) if facts.with_interest and facts.interest else "",
        "with_interest": facts.with_interest,
    }


def statement_shape(context: Context) -> Context:
    """A context in which every list has a row."""
    return shape(context, deals=blank(DEAL), claims=CLAIM_ROW, receipts=blank(RECEIPT))
