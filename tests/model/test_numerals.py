"""Numbers, days, rates and yes/no as people type them: what is read, what is refused, never a guess."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.model.numerals import (
    from_float,
    has_two_readings,
    read_day,
    read_flag,
    read_number,
    read_rate,
    read_serial,
)

NUMBERS = {
    "0": "0",
    "1,234.50": "1234.50",
    "１，２３４．５０": "1234.50",
    "1,234,567": "1234567",
    " 12 ": "12",
    "-5": "-5",
    "−5": "-5",
    "+5": "5",
    "(5.00)": "-5.00",
    "（１，０００）": "-1000",
    "¥5": "5",
    "￥1,000元": "1000",
    "USD 7.1": "7.1",
    "RMB 1,000.00": "1000.00",
    ".5": "0.5",
    "1e3": "1000",
    "12%": None,
    "": None,
    "-": None,
    "()": None,
    "1,23": None,
    "12,34.5": None,
    "1.234,50": None,
    "1.2.3": None,
    "NaN": None,
    "Infinity": None,
    "1_000": None,
    "0x10": None,
    "1e400": None,
    "五百": None,
    "abc": None,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text):
    expected = NUMBERS[text]
    assert read_number(text) == (None if expected is None else Decimal(expected))


RATES = {
    "0.3": "0.3",
    "30%": "0.3",
    "３０％": "0.3",
    "0.05%": "0.0005",
    "5‰": "0.005",
    "5‱": "0.0005",
    "万分之五": "0.0005",
    "万分之0.5": "0.00005",
    "千分之三": "0.003",
    "百分之三十": None,  # two characters: not read rather than read as 3
    "百分之30": "0.3",
    "万分之二点五": "0.00025",
    "万五": None,
    "half": None,
    "%": None,
}


def test_a_percentage_of_many_digits_is_exact() -> None:
    assert read_rate("50." + "0" * 31 + "1%") == Decimal("0.50" + "0" * 31 + "1")


@pytest.mark.parametrize("text", RATES)
def test_rates(text):
    expected = RATES[text]
    assert read_rate(text) == (None if expected is None else Decimal(expected))


FIRST_OF_MARCH = (
    "2026-03-01", "2026-3-1", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日", "2026年3月1号",
    "２０２６年３月１日", "2026 年 3 月 1 日", "2026-03-01 00:00:00", "2026-03-01T00:00", " 2026-03-01 ",
)  # fmt: skip
REFUSED = (
    "3/4/2026", "13/4/2026", "03-01-26", "2026-3/1", "2026-02-29", "2026-13-01", "2026-00-10", "2026年3月",
    "2026-03-01 12:30", "19990101x", "18991231", "1 March 2026", "March 1, 2026", "260301", "",
)  # fmt: skip


@pytest.mark.parametrize("text", FIRST_OF_MARCH)
def test_days(text):
    assert read_day(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", REFUSED)
def test_what_names_no_one_day_is_refused(text):
    assert read_day(text) is None


def test_a_leap_day():
    assert read_day("2024-02-29") == date(2024, 2, 29)


def test_days_with_two_readings():
    assert all(map(has_two_readings, ["3/4/2026", "03-04-26", "3.4.2026", "３／４／２０２６"]))
    assert not any(map(has_two_readings, ["2026-03-04", "20260304", "Feb 3, 2026", "3/4-2026"]))


@settings(deadline=None)
@given(st.dates(date(1930, 1, 1), date(2130, 12, 31)))
def test_a_serial_is_its_day_in_both_calendars(day):
    from_1900 = float((day - date(1899, 12, 30)).days)
    assert read_serial(from_1900) == day
    from_1904 = float((day - date(1904, 1, 1)).days)
    assert read_serial(from_1904, date1904=True) == day


@pytest.mark.parametrize(
    "value", [0.0, -1.0, 2.0, 46082.5, 1e300, float("inf"), float("-inf"), float("nan"), 20261301.0, 99999.0]
)
def test_numbers_that_are_no_day(value):
    assert read_serial(value) is None


def test_the_first_and_last_likely_serial():
    assert read_serial(float((date(1930, 1, 1) - date(1899, 12, 30)).days)) == date(1930, 1, 1)
    assert read_serial(float((date(1930, 1, 1) - date(1899, 12, 30)).days) - 1) is None
    last = date(2130, 12, 31)
    assert read_serial(float((last - date(1899, 12, 30)).days)) == last
    assert read_serial(float((last + timedelta(1) - date(1899, 12, 30)).days)) is None


def test_yes_and_no():
    assert [read_flag(word) for word in ("是", "Yes", "TRUE", "y", "1", "√", "对")] == [True] * 7
    assert [read_flag(word) for word in ("否", "No", "FALSE", "n", "0", "×", "错")] == [False] * 7
    assert [read_flag(word) for word in ("maybe", "2", "", "是的吧")] == [None] * 4


@settings(deadline=None)
@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_float_of_fifteen_digits_is_exact(amount):
    assert from_float(float(amount)) == amount


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text):
    for read in (read_number, read_rate, read_day, read_flag, has_two_readings):
        read(text)


@settings(deadline=None)
@given(st.floats())
def test_any_number_is_a_day_or_none(value):
    day = read_serial(value)
    assert day is None or 1900 <= day.year <= 2130
