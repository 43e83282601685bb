"""Amounts, days and rates as documents print them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from addin.model.money import grouped
from addin.model.text import Language
from addin.rules.capitals import BEYOND, capitals

_MONTHS = "January February March April May June July August September October November December".split()


def money(minor: int, currency: str, digits: int, language: Language) -> str:
    """An amount with its currency, for a sentence.

    >>> money(123450, "CNY", 2, "zh"), money(123450, "CNY", 2, "en"), money(5, "JPY", 0, "zh")
    ('人民币 1,234.50 元', 'CNY 1,234.50', 'JPY 5')
    """
    figure = grouped(minor, digits)
    return f"人民币 {figure} 元" if (currency, language) == ("CNY", "zh") else f"{currency} {figure}"


def in_words(minor: int, currency: str) -> str:
    """人民币大写; "" for other currencies, whose words no regulation fixes.

    >>> in_words(123450, "CNY"), in_words(123450, "USD")
    ('人民币壹仟贰佰叁拾肆元伍角整', '')
    """
    return capitals(minor, prefix=True) if currency == "CNY" and abs(minor) < BEYOND else ""


def long_day(day: date | None, language: Language) -> str:
    """A day for a sentence; "" where there is none.

    >>> long_day(date(2026, 6, 30), "zh"), long_day(date(2026, 6, 3), "en")
    ('2026年6月30日', '3 June 2026')
    """
    if day is None:
        return ""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date | None) -> str:
    """A day for a table; "" where there is none."""
    return "" if day is None else day.isoformat()


def percent(rate: str) -> str:
    """A fraction as a percentage with all of its decimals; what is no number stays as it is.

    >>> percent("0.0005"), percent("0.03"), percent("1"), percent("")
    ('0.05%', '3%', '100%', '')
    """
    try:
        value = Decimal(rate) * 100
    except InvalidOperation:
        return rate
    if not value.is_finite():
        return rate
    whole = f"{value:f}"
    return f"{whole.rstrip('0').rstrip('.') if '.' in whole else whole}%"
