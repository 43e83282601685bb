"""What Excel makes of what it is given: texts that it takes for something else, values that it refuses.

The rules lean to the safe side: a text counts as taken where any Excel in Chinese or English takes it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LONGEST = 32_767
"""Characters that fit into a cell."""


class Coerced(Exception):
    """Excel would store something else than what was written."""


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_CLOCK = r"\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?:\s*[ap]m?)?|\d{1,2}\s*[ap]m?"
_HANZI_CLOCK = r"(?:上午|下午)?\d{1,2}[时時]\d{1,2}分(?:\d{1,2}秒)?"
_DAY = (
    rf"\d{{1,4}}[-/]\d{{1,4}}(?:[-/]\d{{1,4}})?|\d{{1,4}}[-/ ]?{_MONTH}(?:[-/ ,]+\d{{1,4}})?"
    rf"|{_MONTH}[-/ ]?\d{{1,4}}(?:[-/ ,]+\d{{1,4}})?"
    r"|\d{2,4}年\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}月\d{1,2}[日号]?"
)
_AMOUNT = r"(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?"
_SIGNS = r"[-+$¥€£%()]"

_NUMBER = re.compile(rf"{_SIGNS}*\s*{_AMOUNT}\s*{_SIGNS}*|[-+]?\d+ \d+/\d+", re.I)
_DATE = re.compile(rf"(?:{_DAY})?[\s,]*(?:{_CLOCK}|{_HANZI_CLOCK})?", re.I)
_ERRORS = {
    "#n/a",
    "#div/0!",
    "#name?",
    "#null!",
    "#num!",
    "#ref!",
    "#value!",
    "#getting_data",
    "#spill!",
    "#calc!",
}


def taken_for(text: str) -> str | None:
    """What Excel takes a text for in a cell that is not formatted as text; None where it stays a text.

    >>> [taken_for(text) for text in ("00123", "1-2", "=A1", "true", "甲-01", "31-60", "'00123")]
    ['a number', 'a date', 'a formula', 'a truth value', None, None, None]
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if len(plain) < 2 and not plain.isdigit():
        return None
    if text.startswith("'"):
        return None
    if _NUMBER.fullmatch(plain):
        return "a number"
    if _DATE.fullmatch(plain) and _possible(plain):
        return "a date"
    if plain in {"true", "false"}:
        return "a truth value"
    if plain in _ERRORS:
        return "an error"
    return "a formula" if plain[0] in "=+-@" else None


def _possible(plain: str) -> bool:
    """Two bare numbers make a date only where one can be a month."""
    pair = re.fullmatch(r"(\d+)[-/](\d+)", plain)
    return not pair or any(1 <= int(part) <= 12 for part in pair.groups())


def check_text(text: str, as_text: bool, place: str) -> str:
    """The text as the cell keeps it; ``as_text``: the cell's number format is text (@).

    Coerced: Excel would not keep it. A leading apostrophe marks a text and is not part of it.
    """
    if len(text) > LONGEST:
        raise Coerced(f"{place}: {len(text)} characters, a cell holds {LONGEST}")
    if not as_text and (kind := taken_for(text)):
        raise Coerced(f"{place}: Excel takes the text {text!r} for {kind}; format the cell as text (@) first")
    return text[1:] if text.startswith("'") else text


def check_value(value: Any, as_text: bool, place: str) -> None:
    """Coerced: a number, truth value or day that does not get through to the cell as it is."""
    if as_text:
        raise Coerced(f"{place}: the cell is formatted as text (@), Excel turns {value!r} into a text")
    if isinstance(value, bool):
        return
    if isinstance(value, int) and not -(2**31) <= value < 2**31:
        raise Coerced(f"{place}: the whole number {value} is too large for a call to Excel; write a float")
    if isinstance(value, Decimal):
        raise Coerced(f"{place}: {value!r} gets to Excel as currency with four decimals; write a float")
    if isinstance(value, float) and not math.isfinite(value):
        raise Coerced(f"{place}: Excel has no {value!r}")
    if isinstance(value, date) and value.year < 1900:
        raise Coerced(f"{place}: Excel has no day before 1900: {value}")
    if not isinstance(value, int | float | date):
        raise Coerced(f"{place}: Excel takes no {type(value).__name__}: {value!r}")


def serial(day: date, origin: date) -> float:
    """The number of a day or moment, counted from the book's day 0."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    past = moment.replace(tzinfo=None) - datetime(origin.year, origin.month, origin.day)
    return past.days + (past.seconds + past.microseconds / 1e6) / 86_400
