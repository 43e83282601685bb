"""What the contexts of all reports have alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from addin.documents.context import claim_context, customer_context, firm_context
from addin.documents.facts import Claim
from addin.documents.figures import long_day, money, percent, short_day
from addin.documents.plain import plain
from addin.documents.report_facts import Deal, Head, Money, Problem, Stage
from addin.model.money import grouped
from addin.model.tables import TABLES
from addin.model.text import Language, Text

Context = dict[str, Any]

_NO_CLAIM: Final = Claim("", "", "", "", 0, 0, 0, 0, 0, None, None, 0)
CLAIM_ROW: Final = claim_context(_NO_CLAIM, 2, "zh")

STAGE: Final = (
    "no id name amount received adjusted open disputed due was days status trigger triggered submitted rejected "
    "accepted_by evidence invoices interest"
)
PROBLEM: Final = "no id day what milestone amount owner fault solution closed"


def row(keys: str, *values: object) -> dict[str, str]:
    """A row of a table: text by key. Text from cells passes `plain`.

    >>> row("a b", "x\\ny", 3)
    {'a': 'x y', 'b': '3'}
    """
    return {key: plain(str(value)) for key, value in zip(keys.split(), values, strict=True)}


def blank(keys: str) -> dict[str, str]:
    """A row that has every key, to check a template against."""
    return dict.fromkeys(keys.split(), "")


def shape(context: Mapping[str, Any], **lists: Mapping[str, Any]) -> Context:
    """The context with a row in every list, so that fields of rows are checked though there are none."""
    return {**context, **{name: [sample] for name, sample in lists.items()}}


def head_context(head: Head) -> Context:
    """Number, day and both parties."""
    return {
        "letter_no": plain(head.number),
        "day": long_day(head.day, head.language),
        "firm": firm_context(head.firm),
        "to": customer_context(head.to),
    }


def unit(currency: str, language: Language) -> str:
    return "人民币元" if (currency, language) == ("CNY", "zh") else plain(currency)


def figure(minor: int | None, digits: int, nought: str = "0") -> str:
    """A bare figure; "" where it is not known, and for 0 what ``nought`` asks for."""
    if minor is None:
        return ""
    return grouped(minor, digits) if minor or nought == "0" else nought


def said(amount: Money, language: Language) -> str:
    """An amount with its currency."""
    return money(amount.minor, amount.currency, amount.digits, language)


def told(amount: Money | None) -> str:
    """An amount for a table whose rows differ in currency: the code follows where it is not CNY."""
    if amount is None:
        return ""
    figures = grouped(amount.minor, amount.digits)
    return figures if amount.currency == "CNY" else f"{figures} {amount.currency}"


def choice(table: str, column: str, key: str, language: Language) -> str:
    """The word of a choice; "" where there is none."""
    return TABLES[table][column].choice_names.get(key, Text("", "")).in_(language)


def deal_context(deal: Deal, language: Language) -> Context:
    """The facts of a contract: labels are the template's, and what is not known is ""."""

    def amount(minor: int | None) -> str:
        return "" if minor is None else money(minor, deal.currency, deal.digits, language)

    return {
        "id": plain(deal.id),
        "project": plain(deal.project),
        "manager": plain(deal.manager),
        "kind": choice("contracts", "kind", deal.kind, language),
        "status": choice("contracts", "status", deal.status, language),
        "signed": long_day(deal.signed, language),
        "amount": amount(deal.amount),
        "in_force": amount(deal.in_force),
        "invoiced": amount(deal.invoiced),
        "received": amount(deal.received),
        "adjusted": amount(deal.adjusted) if deal.adjusted else "",
        "open": amount(deal.open),
        "overdue": amount(deal.overdue),
        "disputed": amount(deal.disputed) if deal.disputed else "",
        "pending": amount(deal.pending),
        "left": amount(deal.left),
        "to_invoice": amount(deal.in_force - deal.invoiced) if deal.in_force is not None else "",
        "completed": long_day(deal.completed, language),
        "settled_on": long_day(deal.settled_on, language),
        "settlement_total": amount(deal.settlement_total),
        "meeting": long_day(deal.meeting, language),
        "retention_rate": percent(deal.retention_rate),
        "retention_months": "" if deal.retention_months is None else str(deal.retention_months),
        "inspection_days": "" if deal.inspection_days is None else str(deal.inspection_days),
        "clause": plain(deal.clause),
        "method": plain(deal.method),
        "forum": plain(deal.forum),
        "late_rate": percent(deal.late_rate),
        "late_cap": percent(deal.late_cap),
        "security": plain(deal.security),
        "limitation": long_day(deal.limitation, language),
    }


def stage_row(number: int, stage: Stage, digits: int, language: Language) -> dict[str, str]:
    """A milestone as a row."""
    moved = stage.contract_due if stage.contract_due != stage.due else None
    late = stage.days_overdue is not None and stage.days_overdue > 0
    return row(
        STAGE,
        number,
        stage.id,
        stage.name,
        figure(stage.amount, digits),
        figure(stage.received, digits),
        figure(stage.adjusted, digits, ""),
        figure(stage.open, digits),
        figure(stage.disputed, digits, ""),
        short_day(stage.due),
        short_day(moved),
        stage.days_overdue if late else "",
        choice("milestones", "status", stage.status, language),
        stage.trigger.in_(language),
        short_day(stage.triggered_on),
        short_day(stage.submitted_on),
        short_day(stage.rejected_on),
        stage.accepted_by,
        stage.evidence,
        Text("、", ", ").in_(language).join(stage.invoices),
        figure(stage.interest, digits, "") if stage.basis in ("contract", "statute") else "",
    )


def stage_sums(stages: tuple[Stage, ...], digits: int) -> dict[str, str]:
    """The sums of a table of stages."""
    return {
        "amount": figure(sum(stage.amount or 0 for stage in stages), digits),
        "received": figure(sum(stage.received for stage in stages), digits),
        "adjusted": figure(sum(stage.adjusted for stage in stages), digits, ""),
        "open": figure(sum(stage.open for stage in stages), digits),
    }


def problem_row(number: int, problem: Problem, digits: int, language: Language) -> dict[str, str]:
    """A dispute or repair as a row."""
    return row(
        PROBLEM,
        number,
        problem.id,
        short_day(problem.day),
        problem.what.in_(language),
        problem.milestone,
        figure(problem.amount, digits),
        problem.owner,
        Text("我方", "ours").in_(language) if problem.our_fault else "",
        problem.solution,
        short_day(problem.closed),
    )


def day_text(day: date | None) -> str:
    return short_day(day)
