"""What the dashboard shows: its figures, and the words of what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from addin.files.package.edits import Scalar
from addin.files.template.places import DASHBOARD_NAMES
from addin.model.result import Month, Performance
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
_MONTH = Text(
    "本月到账 {received}，完成目标 {target} 的 {share}",
    "{received} came in this month, {share} of the target of {target}",
)
_NO_TARGET = Text("本月到账 {received}，未设目标", "{received} came in this month; no target is set")
_NO_TARGET_NOTE = Text("本月未设回款目标", "No target for this month")
_MONTH_NAMES = Text(
    "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)
NONE = "–"
"""What a card shows where its figure does not exist."""
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
    ``buckets``: open by age, not overdue first, then the five buckets past due.
    ``oldest_edge``: the upper edge, in days, of the last bucket but one.
    """

    as_of: date
    currency: str
    open: Decimal | None
    overdue: Decimal | None
    due_30: Decimal | None
    pending: Decimal | None
    unapplied: Decimal | None
    buckets: Sequence[Decimal | None]
    debtors: Sequence[Debtor]
    performance: Performance
    oldest_edge: int = 120


def dashboard_values(
    figures: Figures, language: Language, run_at: str
) -> Mapping[str, Sequence[Sequence[Scalar]]]:
    """The cells of each of the dashboard's names, as rows; debtors are ranked and cut to ten here."""
    top, month = _top(figures.debtors), figures.performance.months[-1]
    share = _share(figures.overdue, figures.open)
    single: dict[str, Scalar] = {
        "dash_as_of": figures.as_of,
        "dash_run_at": run_at,
        "dash_currency": figures.currency,
        "dash_open": figures.open,
        "dash_overdue": figures.overdue,
        "dash_overdue_share": share.quantize(Decimal("0.0001")),
        "dash_due_30": figures.due_30,
        "dash_received_month": month.received,
        "dash_pending": figures.pending,
        "dash_unapplied": figures.unapplied,
        "dash_aging_finding": _aging_words(figures, share, language),
        "dash_months_finding": _month_words(month, language),
        "dash_debtors_finding": _debtor_words(figures, top, language),
        **_indicators(figures.performance, language),
    }
    return {
        **{name: ((value,),) for name, value in single.items()},
        "dash_aging": [(amount,) for amount in figures.buckets],
        "dash_months": [
            (_month_name(each, language), each.received, each.target) for each in _twelve(figures.performance)
        ],
        "dash_debtors": _debtor_rows(top),
    }


def _indicators(seen: Performance, language: Language) -> dict[str, Scalar]:
    """The cards of how collecting goes, and the alerts by severity."""
    month = seen.months[-1]
    reached = month.received / month.target if month.target and month.received is not None else None
    return {
        "dash_collection_rate": _rounded(seen.collection_rate, "0.0001"),
        "dash_target_share": _NO_TARGET_NOTE.in_(language)
        if not month.target
        else _rounded(reached, "0.0001"),
        "dash_dso": _rounded(seen.dso, "0.1"),
        "dash_promises_kept": _rounded(seen.promises_kept, "0.0001"),
        **{f"dash_alerts_{severity}": number for severity, number in seen.alerts.items()},
    }


def _rounded(figure: Fraction | Decimal | None, unit: str) -> Decimal | str:
    if figure is None:
        return NONE
    exact = figure if isinstance(figure, Decimal) else Decimal(figure.numerator) / Decimal(figure.denominator)
    return exact.quantize(Decimal(unit), ROUND_HALF_UP)


def _twelve(seen: Performance) -> list[Month]:
    """As many months as the chart has room for; those before the calendar's first are nameless."""
    few = [Month("", None, None)] * (DASHBOARD_NAMES["dash_months"][0] - len(seen.months))
    return [*few, *seen.months]


def _month_name(month: Month, language: Language) -> str | None:
    """The month without its year: twelve in a row are never mistaken, and a chart has little room."""
    return _MONTH_NAMES.in_(language).split()[int(month.month[5:]) - 1] if month.month else None


def _month_words(month: Month, language: Language) -> str:
    if month.received is None:
        return _MANY.in_(language)
    words = _MONTH if month.target else _NO_TARGET
    return words.in_(language).format(
        received=f"{month.received:,.2f}",
        target=f"{month.target or 0:,.2f}",
        share=f"{_share(month.received, month.target):.1%}",
    )


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
