"""Numbers, days, rates and yes/no as people type them, made exact. What cannot be read is None, never a guess."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import Final
from unicodedata import normalize

_GROUPED = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[+-]?\d{1,2})?", re.IGNORECASE)
_MARKS = re.compile(r"[¥$€£元圆\s]|CNY|RMB|USD|EUR", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_TWO_READINGS = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1(\d{4}|\d{2})")
_PARTS = {"百分之": 100, "千分之": 1000, "万分之": 10000}
_CHINESE_DIGITS = dict(zip("〇零一二三四五六七八九十", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_SUFFIXES = {"%": 100, "‰": 1000, "‱": 10000}
_YES = {"true", "yes", "y", "1", "是", "√", "✓", "对"}
_NO = {"false", "no", "n", "0", "否", "×", "✗", "错"}

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_EPOCH_1904 = date(1904, 1, 1)


def clean(text: str) -> str:
    """Full-width digits and signs made plain, outer white space gone (RULES 14, 19)."""
    text = text.strip()
    return text if text.isascii() else normalize("NFKC", text).strip()


def from_float(value: float) -> Decimal:
    """A cell's number at Excel's 15 significant digits.

    >>> from_float(0.1 + 0.2), from_float(1e15), from_float(-12.5)
    (Decimal('0.3'), Decimal('1E+15'), Decimal('-12.5'))
    """
    return Decimal(f"{value:.15g}")


def read_number(text: str) -> Decimal | None:
    """A decimal number with optional grouping, currency mark, or brackets for below zero.

    >>> read_number("１２，３４５.６０"), read_number("(1,000)"), read_number("¥ 5.5元"), read_number("12.34.5")
    (Decimal('12345.60'), Decimal('-1000'), Decimal('5.5'), None)
    """
    text = _MARKS.sub("", clean(text)).replace("−", "-")
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1] if negative else text
    if not text or not _GROUPED.fullmatch(text):
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return -number if negative else number


def read_rate(text: str) -> Decimal | None:
    """A fraction: 0.3, 30%, 5‰, 万分之五, 百分之0.5.

    >>> read_rate("30%"), read_rate("万分之五"), read_rate("0.3"), read_rate("5‱")
    (Decimal('0.3'), Decimal('0.0005'), Decimal('0.3'), Decimal('0.0005'))
    """
    text = text.strip()
    for prefix, whole in _PARTS.items():
        if text.startswith(prefix):
            return _over(_chinese_number(text[len(prefix) :]), whole)
    for suffix, whole in _SUFFIXES.items():
        if clean(text).endswith(suffix):
            return _over(read_number(clean(text)[:-1]), whole)
    return read_number(text)


_ROOMY: Final = Context(prec=1000)
"""Longer than any number that a cell holds as people write them: a percentage is divided exactly."""


def _over(number: Decimal | None, whole: int) -> Decimal | None:
    return None if number is None else _ROOMY.divide(number, Decimal(whole))


def _chinese_number(text: str) -> Decimal | None:
    """Ten and below in characters, with 点 for the point, or plain digits."""
    number = read_number(text)
    if number is not None:
        return number
    head, _, tail = text.strip().partition("点")
    if len(head) != 1 or any(sign not in _CHINESE_DIGITS for sign in head + tail):
        return None
    digits = "".join(str(_CHINESE_DIGITS[sign]) for sign in tail)
    return Decimal(f"{_CHINESE_DIGITS[head]}.{digits or 0}")


def read_day(text: str) -> date | None:
    """A civil day written year first: 2026-03-01, 2026/3/1, 2026.3.1, 20260301, 2026年3月1日.

    Day-first and month-first forms are refused: 3/4/2026 has two readings.

    >>> read_day("2026年３月１日"), read_day("3/4/2026")
    (datetime.date(2026, 3, 1), None)
    """
    text = clean(text)
    if found := _ISO.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := _CHINESE.fullmatch(text.replace(" ", "")):
        year, month, day = found.groups()
    elif found := _COMPACT.fullmatch(text):
        year, month, day = found[1] + found[2], found[3], found[4]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def has_two_readings(text: str) -> bool:
    """A day written day first or month first, as far as its numbers tell.

    >>> has_two_readings("3/4/2026"), has_two_readings("2026-02-30")
    (True, False)
    """
    return _TWO_READINGS.fullmatch(clean(text)) is not None


def read_serial(value: float, date1904: bool = False) -> date | None:
    """The day of an Excel day number that lost its date format, within 1930 to 2130; else as yyyymmdd.

    >>> read_serial(46082.0), read_serial(20260301.0), read_serial(2.0)
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), None)
    """
    if not abs(value) < 1e8 or value != int(value):
        return None
    day = (
        (EXCEL_EPOCH_1904 if date1904 else EXCEL_EPOCH) + timedelta(int(value))
        if 0 < value < 100000
        else None
    )
    if day is not None and 1930 <= day.year <= 2130:
        return day
    return read_day(str(int(value)))


def read_flag(text: str) -> bool | None:
    """Yes or no in either language.

    >>> read_flag("是"), read_flag("FALSE"), read_flag("maybe")
    (True, False, None)
    """
    word = clean(text).lower()
    return True if word in _YES else False if word in _NO else None
