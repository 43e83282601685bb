"""The kinds of arguments: how a JSON value or a cell becomes an exact value, or why it cannot.

Money becomes int minor units (two decimals), numbers and rates Decimal, shares Fraction, days date. A number that
is a float is read at a cell's 15 significant digits, decimal text exactly. A vector is a list; a scalar is a
vector of one, a row, a column or a block is read row by row; an empty vector is refused, and so is an empty item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from addin.model.columns import Column
from addin.model.numerals import clean, from_float, read_day, read_flag, read_number, read_rate
from addin.model.text import Text

_LARGEST: Final = 10**18
_MOST_DECIMALS: Final = 40
_PLAIN_MONEY: Final = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,2}))?")
_RATIO: Final = re.compile(r"([0-9]{1,18})\s*/\s*([0-9]{1,18})")


class Unfit(ValueError):
    """A value that is none of its kind. ``place`` is its position (from 1) where it is an item of a vector."""

    def __init__(self, expected: Text, value: object = None, place: int | None = None) -> None:
        super().__init__(expected.en)
        self.expected = expected
        self.value = value
        self.place = place


@dataclass(frozen=True)
class Kind:
    """A kind of argument: its name for programs, what it expects for people, and how it reads a value."""

    name: str
    expected: Text
    read: Callable[[Any], Any]


# --- scalars -----------------------------------------------------------------------------------------------


def _number(value: object, expected: Text) -> Decimal:
    """A finite number of a size and precision that the rules can work with."""
    if isinstance(value, str):
        number = read_number(value)
    elif isinstance(value, bool):
        number = None
    elif isinstance(value, float):
        number = from_float(value)
    else:
        number = Decimal(value) if isinstance(value, int | Decimal) else None
    return _within(number, value, expected)


def _within(number: Decimal | None, value: object, expected: Text) -> Decimal:
    if number is None or not number.is_finite():
        raise Unfit(expected, value)
    if number and (number.adjusted() >= 18 or number.as_tuple().exponent < -_MOST_DECIMALS):  # type: ignore[operator] # finite: the exponent is a number
        raise Unfit(
            Text(
                f"{expected.zh}，整数部分不超过 18 位，小数不超过 {_MOST_DECIMALS} 位",
                f"{expected.en}, of at most 18 digits and {_MOST_DECIMALS} decimals",
            ),
            value,
        )
    return number


def _minor(value: Any, expected: Text) -> int:
    """Minor units of an amount; most cells go the short way, which gives the same."""
    if type(value) is int and -_LARGEST < value < _LARGEST:
        return value * 100
    if type(value) is str and (found := _PLAIN_MONEY.fullmatch(value)):
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if type(value) is float and -1e12 < value < 1e12:
        cents = round(value * 100)
        if cents / 100 == value:  # the very number that those cents have in a cell
            return cents
    return _exact_minor(value, expected)


def _exact_minor(value: object, expected: Text) -> int:
    numerator, denominator = _number(value, expected).as_integer_ratio()
    cents, rest = divmod(numerator * 100, denominator)
    if rest:
        raise Unfit(expected, value)
    if isinstance(value, float) and abs(value) >= 1e13 and not value.is_integer():
        raise Unfit(
            Text(
                "写成文本的金额：单元格数字只有 15 位有效数字，装不下它的分",
                "such an amount as text: a cell's number has 15 significant digits, too few for its cents",
            ),
            value,
        )
    return cents


_MONEY_WORDS: Final = Text(
    "不小于 0 的金额，小数不超过两位", "an amount of 0 or more with at most two decimals"
)
_SIGNED_WORDS: Final = Text("金额，小数不超过两位", "an amount with at most two decimals")
_NUMBER_WORDS: Final = Text("数字", "a number")
_WHOLE_WORDS: Final = Text("整数", "a whole number")
_COUNT_WORDS: Final = Text("不小于 0 的整数", "a whole number of 0 or more")
_RATE_WORDS: Final = Text("不小于 0 的比率（0.3 即 30%）", "a rate of 0 or more (0.3 is 30 %)")
_SHARE_WORDS: Final = Text("0 到 1 的比例（0.3 即 30%）", "a share from 0 to 1 (0.3 is 30 %)")
_DAY_WORDS: Final = Text("日期，如 2026-03-31", "a date such as 2026-03-31")
_TEXT_WORDS: Final = Text("文字", "a text")
_FLAG_WORDS: Final = Text("TRUE 或 FALSE", "TRUE or FALSE")


def _money(value: object) -> int:
    minor = _minor(value, _MONEY_WORDS)
    if minor < 0:
        raise Unfit(_MONEY_WORDS, value)
    return minor


def _signed_money(value: object) -> int:
    return _minor(value, _SIGNED_WORDS)


def _plain_number(value: object) -> Decimal:
    return _number(value, _NUMBER_WORDS)


def _whole(value: object) -> int:
    if type(value) is int and -_LARGEST < value < _LARGEST:
        return value
    number = _number(value, _WHOLE_WORDS)
    if number != int(number):
        raise Unfit(_WHOLE_WORDS, value)
    return int(number)


def _count(value: object) -> int:
    number = _number(value, _COUNT_WORDS)
    if number < 0 or number != int(number):
        raise Unfit(_COUNT_WORDS, value)
    return int(number)


def _rate(value: object) -> Decimal:
    number = _within(read_rate(value), value, _RATE_WORDS) if isinstance(value, str) else None
    number = _number(value, _RATE_WORDS) if number is None else number
    if number < 0:
        raise Unfit(_RATE_WORDS, value)
    return number


def fraction(value: object, expected: Text) -> Fraction:
    """A number, a percentage or a ratio such as "1/3", exactly; `Unfit` for anything else."""
    if isinstance(value, str):
        if (found := _RATIO.fullmatch(clean(value))) and int(found[2]):
            return Fraction(int(found[1]), int(found[2]))
        return Fraction(_within(read_rate(value), value, expected))
    return Fraction(_number(value, expected))


def _share(value: object) -> Fraction:
    share = fraction(value, _SHARE_WORDS)
    if not 0 <= share <= 1:
        raise Unfit(_SHARE_WORDS, value)
    return share


def _day(value: object) -> date:
    if type(value) is str:
        if len(value) == 10 and value[4] == value[7] == "-":
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass  # other ways to write a day may still read it
        day = read_day(value)
        if day is not None:
            return day
    elif isinstance(value, datetime):
        return value.date()
    elif isinstance(value, date):
        return value
    raise Unfit(_DAY_WORDS, value)


def _day_or_empty(value: object) -> date | None:
    return None if value is None or (isinstance(value, str) and not value.strip()) else _day(value)


def _label(value: object) -> str:
    """Text as it stands; a number as a cell shows it. Nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unfit(_TEXT_WORDS, value)
    return f"{_number(value, _TEXT_WORDS).normalize():f}"


def _text(value: object) -> str:
    if not (text := _label(value)):
        raise Unfit(_TEXT_WORDS, value)
    return text


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    flag = None
    if isinstance(value, str):
        flag = read_flag(value)
    elif value in (0, 1):
        flag = bool(value)
    if flag is None:
        raise Unfit(_FLAG_WORDS, value)
    return flag


MONEY: Final = Kind("money", _MONEY_WORDS, _money)
SIGNED_MONEY: Final = Kind("signed_money", _SIGNED_WORDS, _signed_money)
NUMBER: Final = Kind("number", _NUMBER_WORDS, _plain_number)
WHOLE: Final = Kind("whole", _WHOLE_WORDS, _whole)
COUNT: Final = Kind("count", _COUNT_WORDS, _count)
RATE: Final = Kind("rate", _RATE_WORDS, _rate)
SHARE: Final = Kind("share", _SHARE_WORDS, _share)
DAY: Final = Kind("day", _DAY_WORDS, _day)
DAY_OR_EMPTY: Final = Kind("day_or_empty", _DAY_WORDS, _day_or_empty)
TEXT: Final = Kind("text", _TEXT_WORDS, _text)
LABEL: Final = Kind("label", _TEXT_WORDS, _label)
FLAG: Final = Kind("flag", _FLAG_WORDS, _flag)


def _listed(words: Sequence[str], comma: str) -> list[str]:
    """All but the last as one, and the last: two or a single one stay as they are."""
    return [comma.join(words[:-1]), words[-1]] if len(words) > 1 else list(words)


def choice(*words: str, **meanings: str) -> Kind:
    """One of some words, in any case; ``meanings`` maps further spellings to them.

    >>> choice("last", "largest").read("Largest")
    'largest'
    """
    known = {word.lower(): word for word in words} | {other.lower(): word for other, word in meanings.items()}
    expected = Text(" 或 ".join(_listed(words, "、")), " or ".join(_listed(words, ", ")))

    def read(value: object) -> str:
        word = None if isinstance(value, bool) else known.get(_label(value).lower())
        if word is None:
            raise Unfit(expected, value)
        return word

    return Kind("choice", expected, read)


def choice_of(column: Column, *words: str) -> Kind:
    """Some choices of a table's column, in the words of its cells as well, so that these can be referred to.

    >>> from addin.model.tables import TABLES
    >>> choice_of(TABLES["amendments"]["policy"], "spread", "catch_up").read("Catch up")
    'catch_up'
    """
    names = {word: column.choice_names[word] for word in words}
    return choice(*words, **{name: word for word, each in names.items() for name in (each.zh, each.en)})


# --- vectors -----------------------------------------------------------------------------------------------


def items_of(value: object) -> list[object]:
    """The items of a vector as they came; a scalar is one item, rows follow each other."""
    if not isinstance(value, list | tuple):
        return [value]
    if not any(issubclass(kind, list | tuple) for kind in set(map(type, value))):
        return list(value)
    return list(_flattened(value))


def _flattened(rows: list[Any] | tuple[Any, ...]) -> Iterator[object]:
    """A range is at most a list of rows: what is deeper stays, and is no item of any kind."""
    for row in rows:
        if isinstance(row, list | tuple):
            yield from row
        else:
            yield row


def many(kind: Kind, name: str | None = None) -> Kind:
    """Vectors whose items are of ``kind``; what is read is a list.

    >>> many(MONEY).read([[30], ["50.5"]])
    [3000, 5050]
    """
    expected = Text(f"一项或多项：{kind.expected.zh}", f"one or more of: {kind.expected.en}")
    read_item = kind.read

    def read(value: object) -> list[Any]:
        items = items_of(value)
        if not items:
            raise Unfit(expected, value)
        try:
            return _each(read_item, items)
        except Unfit:
            return [_item(kind, item, place) for place, item in enumerate(items, 1)]

    return Kind(name or f"{kind.name}s", expected, read)


_FEW: Final = 100
"""Items of which none is worth remembering."""


def _each(read: Callable[[Any], Any], items: list[object]) -> list[Any]:
    """Every item read; what stands again and again, as rates, dates and names do, is read once.

    1, 1.0 and TRUE are equal, but not the same: they are told apart by their type.
    """
    if len(items) > _FEW:
        try:
            distinct = set(zip(map(type, items), items, strict=True))
        except TypeError:  # a list among them, which is no item of any kind
            distinct = None
        if distinct and 2 * len(distinct) < len(items):
            known = {typed: read(typed[1]) for typed in distinct}
            return list(map(known.__getitem__, zip(map(type, items), items, strict=True)))
    return [read(item) for item in items]


def _item(kind: Kind, item: object, place: int) -> object:
    """Reads an item once more, to say where it stands if it is unfit."""
    try:
        return kind.read(item)
    except Unfit as unfit:
        raise Unfit(unfit.expected, item, place) from None


MONEYS: Final = many(MONEY)
SIGNED_MONEYS: Final = many(SIGNED_MONEY)
NUMBERS: Final = many(NUMBER)
WHOLES: Final = many(WHOLE)
COUNTS: Final = many(COUNT)
RATES: Final = many(RATE)
SHARES: Final = many(SHARE)
DAYS: Final = many(DAY)
TEXTS: Final = many(TEXT)
LABELS: Final = many(LABEL)
FLAGS: Final = many(FLAG)
