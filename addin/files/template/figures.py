"""What the dashboard shows: its figures, and the words of what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from addin.files.package.edits import Scalar
from addin.files.template.places import DASHBOARD_NAMES
from addin.model.text import Language, Text

_NO_DEBT = Text("没有未收的应收款", "Nothing is open")
_AGING = Text(
    "逾期 {overdue}，占应收 {share}；其中超过 {edge} 天 {old}",
    "{overdue} overdue, {share} of what is open; {old} of it for more than {edge} days",
)
_DEBTORS = Text(
    "前 {count} 名客户欠 {sum}，占应收 {share}；最大一户占 {first}",
    "The top {count} owe {sum}, {share} of what is open; the largest {first}",
)
_MANY = Text("有缺汇率的外币，无法合计", "A foreign currency lacks a rate: no total")


@dataclass(frozen=True)
class Debtor:
    """A customer's name, what is open and how much of that is overdue, in base currency."""

    name: str
    open: Decimal
    overdue: Decimal


@dataclass(frozen=True)
class Figures:
    """The dashboard's figures in base currency; None where a rate is missing.

    ``due_30``: open and due within the 30 days after ``as_of``, that day and the 30th included.
    ``received_month``: receipts less refunds, from the first of the as-of month to the as-of date.
    ``buckets``: open by age, not overdue first, then the five buckets past due.
    ``oldest_edge``: the upper edge, in days, of the last bucket but one.
    """

    as_of: date
    currency: str
    open: Decimal | None
    overdue: Decimal | None
    due_30: Decimal | None
    received_month: Decimal | None
    pending: Decimal | None
    unapplied: Decimal | None
    buckets: Sequence[Decimal | None]
    debtors: Sequence[Debtor]
    oldest_edge: int = 120


def dashboard_values(
    figures: Figures, language: Language, run_at: str
) -> Mapping[str, Sequence[Sequence[Scalar]]]:
    """The cells of each of the dashboard's names, as rows; debtors are ranked and cut to ten here."""
    top = _top(figures.debtors)
    share = _share(figures.overdue, figures.open)
    single: dict[str, Scalar] = {
        "dash_as_of": figures.as_of,
        "dash_run_at": run_at,
        "dash_currency": figures.currency,
        "dash_open": figures.open,
        "dash_overdue": figures.overdue,
        "dash_overdue_share": share.quantize(Decimal("0.0001")),
        "dash_due_30": figures.due_30,
        "dash_received_month": figures.received_month,
        "dash_pending": figures.pending,
        "dash_unapplied": figures.unapplied,
        "dash_aging_finding": _aging_words(figures, share, language),
        "dash_debtors_finding": _debtor_words(figures, top, language),
    }
    return {
        **{name: ((value,),) for name, value in single.items()},
        "dash_aging": [(amount,) for amount in figures.buckets],
        "dash_debtors": _debtor_rows(top),
    }


def _top(debtors: Sequence[Debtor]) -> list[Debtor]:
    owing = [debtor for debtor in debtors if debtor.open > 0]
    return sorted(owing, key=lambda debtor: (-debtor.open, debtor.name))[: DASHBOARD_NAMES["dash_debtors"][0]]


def _debtor_rows(top: Sequence[Debtor]) -> list[tuple[Scalar, Scalar, Scalar]]:
    """Name, not overdue, overdue; empty rows up to the tenth."""
    rows: list[tuple[Scalar, Scalar, Scalar]] = [
        (debtor.name, debtor.open - debtor.overdue, debtor.overdue) for debtor in top
    ]
    return rows + [(None, None, None)] * (DASHBOARD_NAMES["dash_debtors"][0] - len(rows))


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal:
    return part / whole if part and whole else Decimal(0)


def _aging_words(figures: Figures, share: Decimal, language: Language) -> str:
    old = figures.buckets[-1]
    if figures.open is None or figures.overdue is None or old is None:
        return _MANY.in_(language)
    if not figures.open:
        return _NO_DEBT.in_(language)
    return _AGING.in_(language).format(
        overdue=f"{figures.overdue:,.2f}", share=f"{share:.1%}", edge=figures.oldest_edge, old=f"{old:,.2f}"
    )


def _debtor_words(figures: Figures, top: Sequence[Debtor], language: Language) -> str:
    if figures.open is None:
        return _MANY.in_(language)
    if not top:
        return _NO_DEBT.in_(language)
    owed = sum((debtor.open for debtor in top), Decimal(0))
    return _DEBTORS.in_(language).format(
        count=len(top),
        sum=f"{owed:,.2f}",
        share=f"{_share(owed, figures.open):.1%}",
        first=f"{_share(top[0].open, figures.open):.1%}",
    )
