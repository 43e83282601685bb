"""The evidence pack's own document: what is claimed, what proves it, both orders of interest, limitation."""

from __future__ import annotations

from addin.documents.figures import percent, short_day
from addin.documents.plain import plain
from addin.documents.report_facts import Evidence, Period, Reckoned
from addin.documents.reports.parts import (
    STAGE,
    Context,
    blank,
    choice,
    deal_context,
    figure,
    head_context,
    row,
    shape,
    stage_row,
    stage_sums,
    told,
    unit,
)
from addin.model.money import digits_of
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.rules.interest_orders import Reckoning

INVOICE = "no number contract issued amount signed"
LETTER = "no id kind level sent channel delivered proof reply confirmed file milestones"
CONTACT = "no id day channel person by summary plan proof"
RECEIPT = "no id day payer amount paid method reference memo"
CASE = "no id step deadline done case court"
EVENT = "no day what details amount contract source"
PERIOD = "contract milestone due ends"
BREAK = "day what id ends"
PAPER = "no what id named file missing"
STRETCH = "first last days principal interest paid to_interest to_principal other"
ITEM = "no contract milestone amount due rate cap basis principal interest total principal_561 interest_561 total_561"
SUM = "currency principal interest total principal_561 interest_561 total_561"


def evidence_context(facts: Evidence) -> Context:
    """The fields of the evidence document."""
    language = facts.head.language
    currencies = {deal.id: deal.currency for deal in facts.deals}
    return {
        **head_context(facts.head),
        "book": plain(facts.book),
        "book_sha256": facts.book_sha256,
        "deals": [
            {
                **deal_context(deal, language),
                "unit": unit(deal.currency, language),
                "stages": [
                    stage_row(n, stage, deal.digits, language) for n, stage in enumerate(deal.stages, 1)
                ],
                "stage_sums": stage_sums(deal.stages, deal.digits),
            }
            for deal in facts.deals
        ],
        "invoices": [
            row(INVOICE, n, number, contract, short_day(issued), told(amount), short_day(signed))
            for n, (number, contract, issued, amount, signed) in enumerate(facts.invoices, 1)
        ],
        "letters": _letters(facts, language),
        "contacts": [
            row(
                CONTACT,
                n,
                each.id,
                short_day(each.day),
                each.channel.in_(language),
                each.person,
                each.by,
                each.summary,
                each.plan,
                each.proof,
            )
            for n, each in enumerate(facts.contacts, 1)
        ],
        "receipts": [
            row(
                RECEIPT,
                n,
                each.id,
                short_day(each.day),
                each.payer,
                figure(each.amount, digits_of(code)),
                figure(each.paid, digits_of(code)),
                each.method.in_(language),
                each.reference,
                each.memo,
            )
            for n, (each, code) in enumerate(facts.receipts, 1)
        ],
        "cases": [
            row(
                CASE,
                n,
                each.id,
                each.step,
                short_day(each.deadline),
                short_day(each.done_on),
                each.case_no,
                each.court,
            )
            for n, each in enumerate(facts.cases, 1)
        ],
        "timeline": [
            row(
                EVENT,
                n,
                short_day(each.day),
                each.what.in_(language),
                each.details,
                told(each.amount),
                each.contract,
                f"{TABLES[each.table].name.in_(language)} {each.id}",
            )
            for n, each in enumerate(facts.timeline, 1)
        ],
        "reckoned": [
            {
                **_item(n, each, digits_of(currencies[each.contract]), language),
                "books": _stretches(each.books, digits_of(currencies[each.contract])),
                "article": _stretches(each.article_561, digits_of(currencies[each.contract])),
            }
            for n, each in enumerate(facts.reckoned, 1)
        ],
        "reckoned_sums": _sums(facts, currencies),
        "periods": [_period(period, language) for period in facts.periods],
        "papers": [
            row(
                PAPER,
                n,
                each.what.in_(language),
                each.id,
                each.named,
                each.file,
                "" if each.file else each.missing.in_(language),
            )
            for n, each in enumerate(facts.papers, 1)
        ],
        "missing_count": str(len(facts.missing)) if facts.missing else "",
        "paper_count": str(len(facts.papers)),
    }


def evidence_shape(context: Context) -> Context:
    """A context in which every list has a row."""
    stretch = [blank(STRETCH)]
    deal = dict.fromkeys(context["deals"][0], "") if context["deals"] else {}
    return shape(
        context,
        deals={**deal, "stages": [blank(STAGE)], "stage_sums": blank("amount received adjusted open")},
        invoices=blank(INVOICE),
        letters=blank(LETTER),
        contacts=blank(CONTACT),
        receipts=blank(RECEIPT),
        cases=blank(CASE),
        timeline=blank(EVENT),
        reckoned={**blank(ITEM), "books": stretch, "article": stretch},
        reckoned_sums=blank(SUM),
        periods={**blank(PERIOD), "breaks": [blank(BREAK)]},
        papers=blank(PAPER),
    )


def _letters(facts: Evidence, language: Language) -> list[dict[str, str]]:
    return [
        row(
            LETTER,
            n,
            each.id,
            each.kind.in_(language),
            "" if each.level is None else each.level,
            short_day(each.sent_on),
            each.channel,
            short_day(each.delivered_on),
            each.proof,
            short_day(each.reply_on),
            told(each.confirmed),
            each.file,
            " ".join(each.milestones),
        )
        for n, each in enumerate(facts.letters, 1)
    ]


def _item(number: int, each: Reckoned, digits: int, language: Language) -> dict[str, str]:
    books, article = each.books, each.article_561
    name = f"{each.milestone} {each.instalment}".strip()
    return row(
        ITEM,
        number,
        each.contract,
        name,
        figure(each.amount, digits),
        short_day(each.due),
        percent(each.rate),
        percent(each.cap),
        choice("milestones", "interest_basis", each.basis, language),
        figure(books.principal, digits),
        figure(books.interest, digits),
        figure(books.total, digits),
        figure(article.principal, digits),
        figure(article.interest, digits),
        figure(article.total, digits),
    )


def _stretches(reckoning: Reckoning, digits: int) -> list[dict[str, str]]:
    return [
        row(
            STRETCH,
            short_day(each.first),
            short_day(each.last),
            each.days,
            figure(each.principal, digits),
            figure(each.interest, digits),
            figure(each.paid, digits, ""),
            figure(each.to_interest, digits, ""),
            figure(each.to_principal, digits, ""),
            figure(each.other, digits, ""),
        )
        for each in reckoning.stretches
    ]


def _sums(facts: Evidence, currencies: dict[str, str]) -> list[dict[str, str]]:
    """Both orders, added up by currency."""
    found = []
    for code in dict.fromkeys(currencies.values()):
        items = [each for each in facts.reckoned if currencies[each.contract] == code]
        if items:
            books, articles = [each.books for each in items], [each.article_561 for each in items]
            sums = [
                sum(getattr(each, part) for each in side)
                for side in (books, articles)
                for part in ("principal", "interest", "total")
            ]
            found.append(row(SUM, code, *(figure(minor, digits_of(code)) for minor in sums)))
    return found


def _period(period: Period, language: Language) -> Context:
    over = Text("期间届满之后，不中断", "after the period was over: no effect").in_(language)
    return {
        **row(PERIOD, period.contract, period.milestone, short_day(period.due), short_day(period.ends)),
        "breaks": [
            row(BREAK, short_day(day), what.in_(language), id, short_day(ends) or over)
            for day, what, id, ends in period.interruptions
        ],
    }
