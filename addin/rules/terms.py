"""Payment terms: the grammar in which a contract says when an amount falls due.

`TERM_FORMS` is the grammar: one entry a form, written in English and in Chinese, each with its meaning.
Reading ignores case, width (NFKC) and blanks, except a blank between two digits, which is never
skipped. Where usage gives a wording two readings, it is refused with both named.

Beside those these are read, each having one reading only: `30 days`, `NET 30 days`, `30天`, `30天后`,
`30天内` (= NET 30); `2 weeks`, `6 months`, `2 months EOM`; `EOM`, `月末` (= EOM +0); `次月10日` (= NET 0
DAY 10); 月底 for 月末; 日 for 天 where no day of the month can be meant (`净30日`, not `30日`); pay days
without `付款`; nothing at all (= NET 0).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from addin.model.days import add_months, day_in_month, month_end
from addin.model.text import Text

MAX_DAYS: Final = 3650
MAX_MONTHS: Final = 120

Landing: TypeAlias = Literal["there", "month_end", "next_month", "payday"]


class TermError(ValueError):
    """A payment term that cannot be read, or whose due date no calendar has; `problem` says why."""

    def __init__(self, problem: Text) -> None:
        self.problem = problem
        super().__init__(problem.en)


@dataclass(frozen=True)
class Term:
    """A payment term: go on by months or days, land as `landing` says, go on by `days_after`.

    landing: `there` stays; `month_end` goes to the last day of that month; `next_month` to day
    `month_days[0]` of the month after it; `payday` to the first of `month_days` on or after it. A day that
    a month lacks is its last day. `fixed` stands alone and makes the base date irrelevant.
    """

    days: int = 0
    months: int = 0
    landing: Landing = "there"
    month_days: tuple[int, ...] = ()
    days_after: int = 0
    fixed: date | None = None

    @property
    def plain_days(self) -> int | None:
        """The days from base to due date where the term is nothing but days, else None."""
        only_days = self == Term(days=self.days)
        return self.days if only_days else None

    def due(self, base: date) -> date:
        """The due date, not rolled; `TermError` where it would fall after the year 9999.

        >>> parse_term("NET 30 DAY 10").due(date(2023, 12, 12))
        datetime.date(2024, 2, 10)
        """
        if self.fixed is not None:
            return self.fixed
        try:
            start = add_months(base, self.months) + timedelta(days=self.days)
            return self._land(start) + timedelta(days=self.days_after)
        except (OverflowError, ValueError):  # date arithmetic past the year 9999 raises either
            raise beyond_calendar(base) from None

    def _land(self, day: date) -> date:
        match self.landing:
            case "there":
                return day
            case "month_end":
                return month_end(day)
            case "next_month":
                return day_in_month(day.year, day.month + 1, self.month_days[0])
            case "payday":
                return _next_payday(day, self.month_days)


def _next_payday(day: date, month_days: tuple[int, ...]) -> date:
    this_month = (day_in_month(day.year, day.month, k) for k in month_days)
    on_or_after = [payday for payday in this_month if payday >= day]
    return min(on_or_after) if on_or_after else day_in_month(day.year, day.month + 1, min(month_days))


def beyond_calendar(base: date) -> TermError:
    """The error of a due date after the year 9999."""
    return TermError(
        Text(
            f"从 {base} 起算的到期日超出公历 1 至 9999 年；请检查起算日和付款条件。",
            f"Counted from {base}, the due date falls outside the years 1 to 9999; "
            "check the base date and the term.",
        )
    )


class TermForm(NamedTuple):
    """One form of the grammar: an example in each language, its meaning, and how it is read."""

    en: str
    zh: str
    meaning: Text
    patterns: tuple[str, ...]
    build: Callable[[dict[str, str]], Term]


@lru_cache(maxsize=4096)
def parse_term(text: str) -> Term:
    """The term that the text writes; an empty text is NET 0. `TermError` says what was expected.

    >>> parse_term("月末后45天") == parse_term("eom +45")
    True
    """
    term = _normalised(text)
    if not term:
        return Term()
    for pattern, build in _READERS:
        if found := pattern.fullmatch(term):
            return build({name: value for name, value in found.groupdict().items() if value})
    if two_readings := _TWO_READINGS.search(term):
        raise _ambiguous(text, next(filter(None, two_readings.groups()), "n"))
    raise _unknown(text)


def _normalised(text: str) -> str:
    """One width, one case, no blanks but those between digits, one word for the month's end."""
    words = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", words).replace("月底", "月末")


def _ambiguous(text: str, number: str) -> TermError:
    return TermError(
        Text(
            f"“{text[:40]}”有两种读法，到期日可差一个月："
            f"从月末起算（{number} 天的写“月末后{number}天”或“EOM +{number}”，"
            "整一个月的写“1个月后月末”或“MONTHS 1 EOM”），"
            f"或先加天数再到月末（写“{number}天后月末”或“NET {number} EOM”）。请改写为其中一种。",
            f"“{text[:40]}” has two readings, up to a month apart: counted from the month's end "
            f"(write EOM +{number}, or MONTHS 1 EOM for a whole month), "
            f"or the days first and then to the month's end (write NET {number} EOM). Write one of them.",
        )
    )


def _unknown(text: str) -> TermError:
    forms_zh = "；".join(form.zh for form in TERM_FORMS)
    forms_en = "; ".join(form.en for form in TERM_FORMS)
    return TermError(
        Text(
            f"看不懂付款条件“{text[:40]}”，请写成这样的形式：{forms_zh}。",
            f"“{text[:40]}” is not a payment term that can be read; write one like: {forms_en}.",
        )
    )


def _count(parts: dict[str, str], most: int) -> int:
    number = int(parts.get("n", "0"))
    if number > most:
        raise TermError(
            Text(
                f"付款条件里的数字 {number} 过大，应在 0 到 {most} 之间。",
                f"The number {number} in the payment term is too large: expected 0 to {most}.",
            )
        )
    return number


def _month_days(parts: dict[str, str]) -> tuple[int, ...]:
    days = tuple(sorted({int(day) for day in re.findall("[0-9]+", parts["days"])}))
    for day in days:
        if not 1 <= day <= 31:
            raise TermError(
                Text(
                    f"付款条件里的日子 {day} 不对，应在 1 到 31 日之间。",
                    f"Day {day} in the payment term is not a day of the month: expected 1 to 31.",
                )
            )
    return days


def _fixed(parts: dict[str, str]) -> Term:
    year, month, day = (int(parts[name]) for name in ("year", "month", "day"))
    try:
        return Term(fixed=date(year, month, day))
    except ValueError:
        written = f"{year:04}-{month:02}-{day:02}"
        raise TermError(
            Text(
                f"付款条件里的日期 {written} 不存在，应为类似 2026-03-31 的日期。",
                f"The date {written} in the payment term does not exist: expected a date such as 2026-03-31.",
            )
        ) from None


_N: Final = "(?P<n>[0-9]{1,6})"
_K: Final = "(?P<days>[0-9]{1,6})"
_LIST_EN: Final = "(?P<days>[0-9]{1,6}(?:[,、][0-9]{1,6})*)"
_LIST_ZH: Final = "(?P<days>(?:[0-9]{1,6}日?[,、])*[0-9]{1,6}日)"
_DATE: Final = "(?P<year>[0-9]{4})(?:[-/.]|年)(?P<month>[0-9]{1,2})(?:[-/.]|月)(?P<day>[0-9]{1,2})日?"
_AFTER: Final = f"净?{_N}[天日]后"

TERM_FORMS: Final = (
    TermForm(
        "NET 30",
        "净30天",
        Text("起算日后30天", "30 days after the base date"),
        (f"NET{_N}(?:DAYS)?", f"{_N}DAYS?", f"净{_N}[天日]后?", f"{_N}天[后内]?"),
        lambda parts: Term(days=_count(parts, MAX_DAYS)),
    ),
    TermForm(
        "EOM +45",
        "月末后45天",
        Text("当月月末再加45天", "the end of the base month, plus 45 days"),
        (rf"EOM(?:\+{_N}(?:DAYS?)?)?", f"月末(?:后{_N}天)?"),
        lambda parts: Term(landing="month_end", days_after=_count(parts, MAX_DAYS)),
    ),
    TermForm(
        "NET 30 EOM",
        "30天后月末",
        Text("加30天，再到那个月的月末", "30 days on, then the end of that month"),
        (f"NET{_N}EOM", f"{_AFTER}月末"),
        lambda parts: Term(days=_count(parts, MAX_DAYS), landing="month_end"),
    ),
    TermForm(
        "MONTHS 2 EOM",
        "2个月后月末",
        Text("加2个月，再到那个月的月末", "2 months on, then the end of that month"),
        (f"MONTHS?{_N}EOM", f"{_N}MONTHS?EOM", f"{_N}个月后月末"),
        lambda parts: Term(months=_count(parts, MAX_MONTHS), landing="month_end"),
    ),
    TermForm(
        "NET 30 DAY 10",
        "30天后次月10日",
        Text("加30天，再到下一个月的10日", "30 days on, then day 10 of the month after"),
        (f"NET{_N}DAY{_K}", f"(?:{_AFTER})?次月{_K}日"),
        lambda parts: Term(days=_count(parts, MAX_DAYS), landing="next_month", month_days=_month_days(parts)),
    ),
    TermForm(
        "MIN 31 DAY 15",
        "至少31天后的15日",
        Text("至少31天以后的第一个15日", "the first 15th that is at least 31 days away"),
        (f"MIN{_N}DAY{_K}", f"至少{_N}[天日]后的?{_K}日"),
        lambda parts: Term(days=_count(parts, MAX_DAYS), landing="payday", month_days=_month_days(parts)),
    ),
    TermForm(
        "PAYDAYS 5,10",
        "每月5日、10日付款",
        Text(
            "起算日当天或以后的第一个付款日",
            "the first of these days of the month, on or after the base date",
        ),
        (f"PAYDAYS?{_LIST_EN}", f"每月{_LIST_ZH}(?:付款)?"),
        lambda parts: Term(landing="payday", month_days=_month_days(parts)),
    ),
    TermForm(
        "NET 5 PAYDAYS 5,20",
        "5天后每月5日、20日付款",
        Text("加5天，当天或以后的第一个付款日", "5 days on, then the first of these days, on or after it"),
        (f"NET{_N}PAYDAYS?{_LIST_EN}", f"{_AFTER}每月{_LIST_ZH}(?:付款)?"),
        lambda parts: Term(days=_count(parts, MAX_DAYS), landing="payday", month_days=_month_days(parts)),
    ),
    TermForm(
        "WEEKS 2",
        "2周",
        Text("起算日后2周", "2 weeks after the base date"),
        (f"WEEKS?{_N}", f"{_N}WEEKS?", f"{_N}(?:周|个?星期)[后内]?"),
        lambda parts: Term(days=7 * _count(parts, MAX_DAYS // 7)),
    ),
    TermForm(
        "MONTHS 6",
        "6个月",
        Text("6个月后的同一日，没有该日则为月末", "the same day 6 months on, else that month's end"),
        (f"MONTHS?{_N}", f"{_N}MONTHS?", f"{_N}个月[后内]?"),
        lambda parts: Term(months=_count(parts, MAX_MONTHS)),
    ),
    TermForm(
        "FIXED 2026-03-31",
        "固定2026-03-31",
        Text("就在这一天，与起算日无关", "that day, whatever the base date"),
        (f"FIXED{_DATE}", f"固定{_DATE}"),
        _fixed,
    ),
)

_READERS: Final = tuple((re.compile(pattern), form.build) for form in TERM_FORMS for pattern in form.patterns)
_TWO_READINGS: Final = re.compile(
    "月结[^0-9]*([0-9]*)|^([0-9]+)(?:DAYS?)?EOM$|^NET([0-9]+)DAYS?EOM$|^EOM([0-9]+)(?:DAYS?)?$"
)
