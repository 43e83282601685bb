"""Due dates by payment terms, working days, and the statutory due date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from addin.functions.kinds import COUNT, DAY, DAY_OR_EMPTY, LABEL, choice, choice_of
from addin.functions.registry import Argument, Function
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.due import due_date
from addin.rules.refused import Refused, blaming
from addin.rules.statutory_due import Buyer, statutory_due
from addin.rules.terms import TermError, parse_term
from addin.rules.workdays import Calendar, Roll, UnpublishedYear, published_years

_CALENDAR: Final = Calendar()
_BUYER: Final = choice_of(TABLES["customers"]["kind"], "public_body", "large_enterprise")
_NOTICES: Final = Text(
    "国务院办公厅各年节假日安排，含调休上班日",
    "The yearly holiday notices of the State Council, make-up workdays included",
)


@contextmanager
def _published(argument: str) -> Iterator[None]:
    """Says which argument needs a calendar that is not there; a function has no calendar table to add it to."""
    try:
        yield
    except UnpublishedYear as error:
        years = published_years()
        raise Refused(
            argument,
            Text(
                f"只有 {years[0]} 至 {years[-1]} 年的工作日历，没有 {error.year} 年的",
                f"working calendars are known from {years[0]} to {years[-1]}, not of {error.year}",
            ),
        ) from error


def _due(base: date | None, term: str, roll: Roll) -> date | str:
    with blaming("term", TermError), _published("roll"):
        read = parse_term(term)
        return "pending" if base is None else due_date(base, read, roll, _CALENDAR)


def _workday(day: date, roll: Roll) -> date:
    with _published("date"):
        return _CALENDAR.roll(day, roll)


def _is_workday(day: date) -> bool:
    with _published("date"):
        return _CALENDAR.is_workday(day)


def _workdays(start: date, end: date) -> int:
    for name, day in (("from", start), ("to", end)):
        with _published(name):
            _CALENDAR.is_workday(day)
    return _CALENDAR.workdays(start, end)


def _statutory(buyer: Buyer, base: date, contract_days: int | None) -> date:
    return statutory_due(buyer, base, contract_days, _CALENDAR)


FUNCTIONS: Final = (
    Function(
        "AR_DUE_DATE",
        "dates",
        Text(
            "按付款条件算到期日；起算日为空时为 pending",
            "The due date by a payment term; pending where the base date is empty",
        ),
        Text(
            "合同约定；起算日当日不计入（民法典第201条），没有对应日的为月末（第202条），"
            "遇休息日顺延（第203条）由 roll 决定",
            "The contract; the base date is not counted (Civil Code 201), a day that a month lacks is its last (202), "
            "days off by roll (203)",
        ),
        (
            Argument(
                "base",
                DAY_OR_EMPTY,
                Text(
                    "起算日：发票、交付、验收等；空为未触发",
                    "base date: invoice, delivery, acceptance …; empty: not yet",
                ),
                None,
            ),
            Argument(
                "term",
                LABEL,
                Text(
                    "付款条件，如 NET 30、净30天、EOM +45、MONTHS 6",
                    "payment term, such as NET 30, EOM +45, MONTHS 6, PAYDAYS 5,10",
                ),
            ),
            Argument(
                "roll",
                choice("none", "following", "preceding"),
                Text("遇休息日：不动、顺延或提前", "off days: stay, the next working day, or the one before"),
                "none",
            ),
        ),
        "day",
        _due,
        ("2022-01-31", "NET 30"),
        "2022-03-02",
    ),
    Function(
        "AR_WORKDAY",
        "dates",
        Text(
            "当天或其后（前）第一个中国工作日",
            "The day itself or the next (or previous) working day in China",
        ),
        _NOTICES,
        (
            Argument("date", DAY, Text("日期", "a date")),
            Argument(
                "roll",
                choice("following", "preceding"),
                Text("顺延或提前", "the next working day or the one before"),
                "following",
            ),
        ),
        "day",
        _workday,
        ("2025-10-01",),
        "2025-10-09",
    ),
    Function(
        "AR_IS_WORKDAY",
        "dates",
        Text("是否中国工作日", "Whether it is a working day in China"),
        _NOTICES,
        (Argument("date", DAY, Text("日期", "a date")),),
        "flag",
        _is_workday,
        ("2026-02-14",),
        True,
    ),
    Function(
        "AR_WORKDAYS",
        "dates",
        Text(
            "工作日天数，含首尾两日；to 早于 from 时为负，与 NETWORKDAYS 同",
            "Working days, both ends included; negative where to is before from, as NETWORKDAYS counts",
        ),
        _NOTICES,
        (Argument("from", DAY, Text("首日", "first day")), Argument("to", DAY, Text("末日", "last day"))),
        "whole",
        _workdays,
        ("2018-01-01", "2018-02-01"),
        23,
    ),
    Function(
        "AR_STATUTORY_DUE",
        "dates",
        Text(
            "中小企业款项的最迟付款日：机关事业单位 30 日、约定最长 60 日；大型企业 60 日或按约定",
            "The latest enforceable due date of a small firm's claim: public bodies 30 days, by contract at most 60; "
            "large enterprises 60 or as agreed",
        ),
        Text(
            "保障中小企业款项支付条例（2025年）第9、10条；末日遇休息日顺延（民法典第203条），日历未公布的年份不顺延",
            "Regulation on Ensuring Payments to SMEs (2025) 9, 10; rolled by Civil Code 203, not where that year's "
            "calendar is unpublished",
        ),
        (
            Argument(
                "buyer",
                _BUYER,
                Text("买方：机关事业单位或大型企业", "the buyer: a public body or a large enterprise"),
            ),
            Argument("base", DAY, Text("交付或验收日", "day of delivery or acceptance")),
            Argument(
                "contract_days",
                COUNT,
                Text("合同约定天数；空为未约定", "days that the contract agrees; empty: it is silent"),
                None,
            ),
        ),
        "day",
        _statutory,
        ("public_body", "2025-06-10", 90),
        "2025-08-11",
    ),
)
