"""What Excel takes a text for; the safe side for every Chinese or English Excel."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.excel.taken import LONGEST, Coerced, check_text, check_value, serial, taken_for

STAYS = (
    "", "-", "=", "甲", "A", "M-001", "V1.2", "31-60", "61-90", "1.2.3", "2026.6.30", "30天", "0–30 天", "0-30 天",
    "May", "Dec", "逾期 31–60 天", "人民币100元", "#1", "1e", "是", "No. 5", "'=1+2", "'00123", "（无）", "3,a",
)  # fmt: skip
TAKEN = {
    "a number": ("0", "00123", "１２３", " 12 ", "1,234.50", "-5", "+5", "(5)", "¥100", "$5.5", "￥8", "5%", "1e5",
                 "1E+10", ".5", "5.", "123456789012345678", "0 1/2", "1 3/4"),
    "a date": ("1-2", "1/2", "1-30", "12-31", "2026-01-31", "2026/1/31", "2026-01", "1-2-2026", "31/1/2026",
               "2026年1月", "2026年1月31日", "1月2日", "Jan 5", "5-Jan", "5-Jan-26", "january 2026", "Jan 5, 2026",
               "12:30", "12:30:15", "3 pm", "9:05 AM", "2026-01-31 10:00", "上午10时30分"),
    "a formula": ("=1+2", "=SUM(A1)", "+A1", "-abc", "@SUM(A1)", "=甲"),
    "a truth value": ("TRUE", "false", "True"),
    "an error": ("#N/A", "#ref!", "#DIV/0!"),
}  # fmt: skip


@pytest.mark.parametrize("text", STAYS)
def test_stays_a_text(text):
    assert taken_for(text) is None


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TAKEN.items() for text in texts])
def test_taken_for_something_else(kind, text):
    assert taken_for(text) == kind
    assert check_text(text, True, "A1") == text, "in a text cell it stays as it is"
    assert check_text("'" + text, False, "A1") == text, "an apostrophe marks a text"
    with pytest.raises(Coerced, match="A1"):
        check_text(text, False, "A1")


def test_the_length_of_a_text():
    assert check_text("甲" * LONGEST, False, "A1")
    with pytest.raises(Coerced, match="32768"):
        check_text("甲" * (LONGEST + 1), False, "A1")


@pytest.mark.parametrize(
    "value", [0, 1.5, True, -(2**31), 2**31 - 1, date(1900, 1, 1), datetime(2026, 1, 31, 8)]
)
def test_a_value_that_gets_through(value):
    check_value(value, False, "A1")
    with pytest.raises(Coerced, match="formatted as text"):
        check_value(value, True, "A1")


@pytest.mark.parametrize(
    "value", [2**31, -(2**31) - 1, Decimal("1.5"), float("inf"), date(1899, 12, 31), b"x", object()]
)
def test_a_value_that_does_not(value):
    with pytest.raises(Coerced, match="A1"):
        check_value(value, False, "A1")


def test_the_number_of_a_day():
    assert serial(date(2026, 1, 31), date(1899, 12, 30)) == 46_053
    assert serial(datetime(2026, 1, 31, 18), date(1899, 12, 30)) == 46_053.75
    assert serial(date(2026, 1, 31), date(1904, 1, 1)) == 46_053 - 1_462
