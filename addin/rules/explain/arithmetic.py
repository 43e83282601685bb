"""The operations by which the steps of an explanation reckon, and how each is written out.

Every operation takes the values of its step's terms. Roundings are those of the rules: half away from zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from addin.model.days import add_months
from addin.model.money import by_largest_remainder, grouped, half_up, times, to_minor
from addin.model.text import Text
from addin.rules.aging import bucket_labels, bucket_numbers
from addin.rules.late_interest import CONTRACT, ESTIMATE, NONE, STATUTE, STATUTE_BUYERS
from addin.rules.positions import NOT_DUE, OVERDUE, PENDING, SETTLED
from addin.rules.terms import Term

LONGEST = 8
"""Terms that a sentence spells out; of more it gives the first and how many there are."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units and the decimals of its currency."""

    minor: int
    digits: int


def written(value: Any) -> str:
    """A value for people: thousands apart, ISO dates, an empty one as a dash.

    >>> written(Money(123456, 2)), written(Decimal("6.8840")), written(None)
    ('1,234.56', '6.884', '–')
    """
    match value:
        case None:
            return "–"
        case Money():
            return grouped(value.minor, value.digits)
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)


def percent(rate: Decimal) -> str:
    """A rate as a percentage.

    >>> percent(Decimal("0.3333"))
    '33.33%'
    """
    return f"{(rate * 100).normalize():f}%"


# --- what the operations do --------------------------------------------------------------------------------


def _same(value: Any) -> Any:
    return value


def _none(*_: Any) -> None:
    return None


def _sum(first: Any, *others: Any) -> Money:
    return Money(first.minor + sum(other.minor for other in others), first.digits)


def _minus(first: Money, *others: Money) -> Money:
    return Money(first.minor - sum(other.minor for other in others), first.digits)


def _share(amount: Money, share: Decimal) -> Money:
    return Money(times(amount.minor, share), amount.digits)


def _least(*amounts: Money) -> Money:
    return min(amounts, key=lambda amount: amount.minor)


def _not_below_zero(amount: Money) -> Money:
    return Money(max(amount.minor, 0), amount.digits)


def _take_back(*amounts: Money) -> Money:
    return Money(-min(abs(amount.minor) for amount in amounts), amounts[0].digits)


def _by_weight(amount: Money, weight: Money, whole: Money) -> Money:
    part = half_up(Fraction(amount.minor * weight.minor, whole.minor)) if whole.minor else 0
    return Money(part, amount.digits)


def _largest_remainder(amount: Money, place: int, *weights: Money) -> Money:
    parts = by_largest_remainder(amount.minor, [weight.minor for weight in weights])
    return Money(parts[place - 1], amount.digits)


def _convert(amount: Money, rate: Decimal, digits: int) -> Money:
    return Money(to_minor(Decimal(amount.minor).scaleb(-amount.digits) * rate, digits), digits)


def _ratio(part: Money, whole: Money | None) -> Decimal | None:
    if whole is None or not whole.minor:
        return None
    return (Decimal(part.minor) / whole.minor).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _plus_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _pay_day(day: date, *month_days: int) -> date:
    return Term(landing="payday", month_days=month_days).due(day)


def _next_month(day: date, month_day: int) -> date:
    return Term(landing="next_month", month_days=(month_day,)).due(day)


def _month_end(day: date) -> date:
    return Term(landing="month_end").due(day)


def _money_days(*parts: Any) -> Money:
    """Day, amount, day, amount … day: each amount times the days up to the next day."""
    days, amounts = parts[::2], parts[1::2]
    counts = ((later - day).days for day, later in pairwise(days))
    total = sum(amount.minor * count for amount, count in zip(amounts, counts, strict=True))
    return Money(total, amounts[0].digits)


def _basis(rate: Decimal | None, our_size: str, buyer: str | None, estimate: Decimal | None) -> str:
    if rate is not None:
        return CONTRACT
    if our_size != "large" and buyer in STATUTE_BUYERS:
        return STATUTE
    return NONE if estimate is None else ESTIMATE


def _reached(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _days_after(later: date, earlier: date) -> int:
    return (later - earlier).days


def _first_open(*pairs: Any) -> date:
    dues: list[date] = [due for due, left in zip(pairs[::2], pairs[1::2], strict=True) if left.minor]
    return min(dues)


def _last_used(*pairs: Any) -> date:
    dues: list[date] = [due for due, amount in zip(pairs[::2], pairs[1::2], strict=True) if amount.minor]
    return max(dues) if dues else pairs[0]


def _bucket(days: int, *edges: int) -> str:
    return bucket_labels(edges)[int(bucket_numbers(np.array([days]), edges)[0])]


def _status(left: Money | None, triggered: date | None, days: int | None) -> str:
    if left is not None and not left.minor:
        return SETTLED
    if triggered is None:
        return PENDING
    return OVERDUE if days is not None and days >= 1 else NOT_DUE


# --- how they are written ----------------------------------------------------------------------------------

Writer = Callable[[Sequence[Any], Any], Text]
Operation = tuple[Callable[..., Any], Writer]
"""What makes a value of values, and what writes that out in words and signs."""


def _plain(text: str) -> Text:
    return Text(text, text)


def _value(values: Sequence[Any], value: Any) -> Text:
    return _plain(written(value))


def _nothing(values: Sequence[Any], value: Any) -> Text:
    return Text("空", "empty")


def _joined(sign: str) -> Writer:
    """Terms with a sign between them; below zero in brackets."""

    def write(values: Sequence[Any], value: Any) -> Text:
        if len(values) == 1:
            return _plain(written(value))
        shown = [_bracketed(each) for each in values[:LONGEST]]
        left = f" {sign} ".join([written(values[0]), *shown[1:]])
        if (count := len(values)) > LONGEST:
            return Text(
                f"{left} {sign} …（共 {count} 项） = {written(value)}",
                f"{left} {sign} … ({count} in all) = {written(value)}",
            )
        return _plain(f"{left} = {written(value)}")

    return write


def _bracketed(value: Any) -> str:
    return f"({written(value)})" if value.minor < 0 else written(value)


def _shared(values: Sequence[Any], value: Any) -> Text:
    return _plain(f"{written(values[0])} × {percent(values[1])} = {written(value)}")


def _listed(word: Text) -> Writer:
    def write(values: Sequence[Any], value: Any) -> Text:
        shown = [written(each) for each in values]
        return Text(
            f"{word.zh}（{'，'.join(shown)}）= {written(value)}",
            f"{word.en}({'; '.join(shown)}) = {written(value)}",
        )

    return write


def _listed_if_several(word: Text) -> Writer:
    def write(values: Sequence[Any], value: Any) -> Text:
        return _listed(word)(values, value) if len(values) > 1 else _plain(written(value))

    return write


def _weighted(values: Sequence[Any], value: Any) -> Text:
    amount, weight, whole = (written(each) for each in values)
    return _plain(f"{amount} × {weight} ÷ {whole} = {written(value)}")


def _remainders(values: Sequence[Any], value: Any) -> Text:
    amount, place, *weights = values
    shown = " : ".join(written(weight) for weight in weights[:LONGEST])
    more = " : …" if len(weights) > LONGEST else ""
    return Text(
        f"{written(amount)} 按 {shown}{more} 分摊，第 {place} 份 = {written(value)}",
        f"{written(amount)} by {shown}{more}, part {place} = {written(value)}",
    )


def _converted(values: Sequence[Any], value: Any) -> Text:
    return _plain(f"{written(values[0])} × {written(values[1])} = {written(value)}")


def _divided(values: Sequence[Any], value: Any) -> Text:
    quotient = written(value) if value is None else percent(value)
    return _plain(f"{written(values[0])} ÷ {written(values[1])} = {quotient}")


def _added(zh: str, en: str) -> Writer:
    def write(values: Sequence[Any], value: Any) -> Text:
        day, count = values
        sign, size = ("+", count) if count >= 0 else ("−", -count)
        return Text(
            f"{written(day)} {sign} {size} {zh} = {written(value)}",
            f"{written(day)} {sign} {size} {en if size == 1 else en + 's'} = {written(value)}",
        )

    return write


def _from_to(values: Sequence[Any], value: Any) -> Text:
    return _plain(f"{written(values[0])} → {written(value)}")


def _whether_reached(values: Sequence[Any], value: Any) -> Text:
    day, as_of = values
    if day is None:
        return Text("尚无日期", "no date yet")
    if value is None:
        return Text(
            f"{written(day)} 晚于截至日 {written(as_of)}",
            f"{written(day)} is after the as-of date {written(as_of)}",
        )
    return _plain(f"{written(day)} ≤ {written(as_of)}")


def _by_days(values: Sequence[Any], value: Any) -> Text:
    days, amounts = values[::2], values[1::2]
    shown = [
        f"{written(amount)} × {(later - day).days}"
        for day, later, amount in zip(days, days[1:], amounts, strict=False)
    ]
    listed = " + ".join(shown[:LONGEST]) + (" + …" if len(shown) > LONGEST else "")
    return Text(
        f"{days[0]} 之后至 {days[-1]}，{listed} = {written(value)}（金额·天）",
        f"after {days[0]} up to {days[-1]}, {listed} = {written(value)} (amount × days)",
    )


BASIS_WORDS = {
    CONTRACT: Text("合同约定了日利率", "the contract names a daily rate"),
    STATUTE: Text(
        "合同未约定，买方为机关或大型企业，法定",
        "the contract is silent and the buyer is a public body or large: statute",
    ),
    ESTIMATE: Text("合同未约定，按内部估算利率", "the contract is silent: the internal estimate"),
    NONE: Text("没有可用的利率", "no rate applies"),
}


def _basis_words(values: Sequence[Any], value: Any) -> Text:
    return BASIS_WORDS[value]


def _subtracted(values: Sequence[Any], value: Any) -> Text:
    later, earlier = values
    return Text(
        f"{written(later)} − {written(earlier)} = {value} 天",
        f"{written(later)} − {written(earlier)} = {value} {'day' if abs(value) == 1 else 'days'}",
    )


def _pairs(values: Sequence[Any], value: Any) -> Text:
    shown = [
        f"{written(due)} ({written(amount)})" for due, amount in zip(values[::2], values[1::2], strict=True)
    ]
    return _plain(f"{', '.join(shown)} → {written(value)}")


def _edges(values: Sequence[Any], value: Any) -> Text:
    days, *edges = values
    shown = "/".join(map(str, edges))
    return Text(f"{days} 天，上限 {shown} → {value}", f"{days} days, upper edges {shown} → {value}")


STATUS_WORDS = {
    SETTLED: Text("未收为零，已结清", "nothing is open: settled"),
    PENDING: Text("尚未触发", "not triggered yet: pending"),
    OVERDUE: Text("逾期至少一天，逾期", "at least one day past due: overdue"),
    NOT_DUE: Text("到期日未过，未到期", "the due date has not passed: not due"),
}


def _status_words(values: Sequence[Any], value: Any) -> Text:
    return STATUS_WORDS[value]


def _taken_back(values: Sequence[Any], value: Any) -> Text:
    if len(values) == 1:
        return _plain(written(value))
    shown = [written(Money(abs(each.minor), each.digits)) for each in values]
    return Text(
        f"较小者（{'，'.join(shown)}），冲减 = {written(value)}",
        f"the smaller of ({'; '.join(shown)}), below zero = {written(value)}",
    )


_SMALLER = _listed(Text("较小者", "the smaller of "))


def _told(values: Sequence[Any], value: Any) -> Text:
    """The words themselves are the figure, in the book's own language."""
    return Text("由级别、到期日和催款记录得出", "from the levels, the due date and the letters on record")


OPERATIONS: dict[str, Operation] = {
    "same": (_same, _value),
    "none": (_none, _nothing),
    "sum": (_sum, _joined("+")),
    "minus": (_minus, _joined("−")),
    "share": (_share, _shared),
    "least": (_least, _SMALLER),
    "not_below_zero": (_not_below_zero, _listed(Text("不低于零", "not below zero "))),
    "take_back": (_take_back, _taken_back),
    "by_weight": (_by_weight, _weighted),
    "largest_remainder": (_largest_remainder, _remainders),
    "convert": (_convert, _converted),
    "ratio": (_ratio, _divided),
    "plus_days": (_plus_days, _added("天", "day")),
    "plus_months": (add_months, _added("个月", "month")),
    "month_end": (_month_end, _from_to),
    "next_month": (_next_month, _from_to),
    "pay_day": (_pay_day, _from_to),
    "latest": (lambda *days: max(days), _listed(Text("较晚者", "the latest of "))),
    "earliest": (lambda *days: min(days), _listed_if_several(Text("较早者", "the earliest of "))),
    "highest": (lambda *numbers: max(numbers), _listed_if_several(Text("最高者", "the highest of "))),
    "next_level": (lambda told, *_: told, _told),
    "reached": (_reached, _whether_reached),
    "days_after": (_days_after, _subtracted),
    "first_open": (_first_open, _pairs),
    "last_used": (_last_used, _pairs),
    "bucket": (_bucket, _edges),
    "status": (_status, _status_words),
    "money_days": (_money_days, _by_days),
    "basis": (_basis, _basis_words),
}
