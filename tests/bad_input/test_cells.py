"""Cells that hold something else than they should: each is told with place and cure, and the rest is computed.

The cell spoiled is mostly the first receipt's: 10,000 on the milestone M001, whose 30,000 fell due on 4 February.
Left out, the receipt leaves 30,000 of M001 overdue instead of 20,000.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.bad_input.ledger import (
    CLEAN_TOTALS,
    EMPTY,
    Cell,
    Place,
    formula,
    make_book,
    number,
    shows_error,
    text,
    truth,
)
from tests.bad_input.reports import check

AMOUNT: Place = ("receipts", 6, "amount")
DATE: Place = ("receipts", 6, "date")
SHARE: Place = ("milestones", 7, "share")
"""Of M002, 40 % of HT001; unknown, it leaves 70,000 to the balance, which is pending."""

LEFT_OUT = {"received": "60000.00", "open": "70000.00", "overdue": "30000.00"}
NO_SHARE = {"receivable": "90000.00", "open": "20000.00", "current": "0.00", "pending": "70000.00"}
NO_TRIGGER = {"receivable": "100000.00", "open": "40000.00", "overdue": "0.00", "pending": "60000.00",
              "unapplied": "10000.00"}  # fmt: skip
SAME: dict[str, str] = {}


@dataclass(frozen=True)
class Case:
    """One cell spoiled: what is found there, the words that the English message holds, and what changes."""

    place: Place
    cell: Cell
    severity: str
    code: str
    says: str
    changed: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()


CASES = {
    # --- text where a number belongs
    "an amount with separators": Case(
        AMOUNT, text("1,234.50"), "info", "number_as_text", "read as the number 1,234.50",
        {"received": "61234.50", "open": "68765.50", "overdue": "28765.50"}),
    "full-width digits": Case(
        AMOUNT, text("１２３４．５０"), "info", "number_as_text", "1,234.50",
        {"received": "61234.50", "open": "68765.50", "overdue": "28765.50"}),
    "a number with its currency": Case(
        AMOUNT, text("￥5,000 元"), "info", "number_as_text", "5,000",
        {"received": "65000.00", "open": "65000.00", "overdue": "25000.00"}),
    "letters": Case(AMOUNT, text("abc"), "error", "unreadable", '"abc" is not a number', LEFT_OUT),
    "two lines": Case(AMOUNT, text("12\n34 left"), "error", "unreadable", '"12 34 left"', LEFT_OUT),
    "NaN as text": Case(AMOUNT, text("NaN"), "error", "unreadable", '"NaN" is not a number', LEFT_OUT),
    "n/a as text": Case(AMOUNT, text("n/a"), "error", "unreadable", '"n/a" is not a number', LEFT_OUT),
    "NaN as a number": Case(AMOUNT, number("NaN"), "error", "unreadable", '"NaN" is not a number', LEFT_OUT),
    "yes or no": Case(AMOUNT, truth(True), "error", "unreadable", '"TRUE" is not a number', LEFT_OUT),
    "a huge number": Case(AMOUNT, number("1e300"), "error", "unreadable", "1E+300 is too large", LEFT_OUT),
    "a number beyond floats": Case(AMOUNT, number("1e999"), "error", "unreadable", "too large", LEFT_OUT),
    "a huge number as text": Case(AMOUNT, text("1e20"), "error", "unreadable",
                                  "100,000,000,000,000,000,000 is too large", LEFT_OUT),
    "nothing": Case(AMOUNT, EMPTY, "error", "required_empty", '"Amount" is required', LEFT_OUT),
    "blanks only": Case(AMOUNT, text("   "), "error", "required_empty", '"Amount" is required', LEFT_OUT),
    # --- errors and formulas
    "#REF!": Case(AMOUNT, shows_error("#REF!"), "error", "cell_error", "#REF!", LEFT_OUT),
    "#N/A": Case(AMOUNT, shows_error("#N/A"), "error", "cell_error", "#N/A", LEFT_OUT),
    "never calculated": Case(AMOUNT, formula("A1+1"), "error", "not_calculated", "=A1+1", LEFT_OUT),
    "a third": Case(
        AMOUNT, formula("1000/3", cached="333.33333333333331"), "warning", "too_many_decimals",
        "333.333333333333 has more decimals than its currency; it counts as 333.33",
        {"received": "60333.33", "open": "69666.67", "overdue": "29666.67"}),
    "half a cent": Case(
        AMOUNT, number("10000.005"), "warning", "too_many_decimals", "it counts as 10,000.01",
        {"received": "70000.01", "open": "59999.99", "overdue": "19999.99"}),
    # --- days
    "2026年2月20日": Case(DATE, text("2026年2月20日"), "info", "date_as_text", "read as the day 2026-02-20"),
    "２０２６年２月２０日": Case(DATE, text("２０２６年２月２０日"), "info", "date_as_text", "2026-02-20"),
    "2026/2/20": Case(DATE, text("2026/2/20"), "info", "date_as_text", "2026-02-20"),
    "2026.02.20": Case(DATE, text("2026.02.20"), "info", "date_as_text", "2026-02-20"),
    "20260220": Case(DATE, text("20260220"), "info", "date_as_text", "2026-02-20"),
    "a day with its time": Case(DATE, text("2026-02-20 00:00:00"), "info", "date_as_text", "2026-02-20"),
    "2/3/2026": Case(DATE, text("2/3/2026"), "error", "unreadable", "two readings: day or month first", LEFT_OUT),
    "03-02-26": Case(DATE, text("03-02-26"), "error", "unreadable", "two readings", LEFT_OUT),
    "Feb 20, 2026": Case(DATE, text("Feb 20, 2026"), "error", "unreadable", "not a day that can be read", LEFT_OUT),
    "2026-02-30": Case(DATE, text("2026-02-30"), "error", "unreadable", "not a day that can be read", LEFT_OUT),
    "a month": Case(DATE, text("2026年2月"), "error", "unreadable", "not a day that can be read", LEFT_OUT),
    "an error for a day": Case(DATE, shows_error("#VALUE!"), "error", "cell_error", "#VALUE!", LEFT_OUT),
    "a truth for a day": Case(DATE, truth(True), "error", "unreadable", '"TRUE" is not a day', LEFT_OUT),
    "a huge day": Case(DATE, number("1e300"), "error", "unreadable", "is not a day", LEFT_OUT),
    "a day long ago": Case(DATE, number("5"), "warning", "date_unlikely", "1900-01-0"),
    "no day": Case(DATE, EMPTY, "error", "required_empty", '"Date" is required', LEFT_OUT),
    # --- rates
    "percent as text": Case(SHARE, text("40%"), "info", "number_as_text", "read as the number 0.4"),
    "百分之四十": Case(SHARE, text("百分之40"), "info", "number_as_text", "read as the number 0.4"),
    "万分之五": Case(("contracts", 6, "late_rate_daily"), text("万分之五"), "info", "number_as_text", "0.0005"),
    "万五": Case(("contracts", 6, "late_rate_daily"), text("万五"), "error", "unreadable", "is not a rate"),
    "a share in words": Case(SHARE, text("some"), "error", "unreadable", '"some" is not a rate', NO_SHARE),
    "a share that is an error": Case(SHARE, shows_error("#DIV/0!"), "error", "cell_error", "#DIV/0!", NO_SHARE),
    "a share below zero": Case(SHARE, number("-0.4"), "error", "negative", '"Share" cannot be below zero; it is -0.4',
                               NO_SHARE),
    "a share beyond reason": Case(SHARE, text("1e12"), "error", "unreadable", "1,000,000,000,000 is too large",
                                  NO_SHARE, ("number_as_text",)),
    # --- whole numbers, words, terms, currencies
    "a sequence with a fraction": Case(("milestones", 6, "seq"), number("1.5"), "error", "unreadable",
                                       '"1.5" is not a whole number'),
    "a sequence beyond count": Case(("milestones", 6, "seq"), number("1e300"), "error", "unreadable", "too large"),
    "a word not offered": Case(("milestones", 8, "trigger"), text("soon"), "error", "unreadable",
                               '"soon" is not one of the words offered'),
    "neither yes nor no": Case(("contracts", 6, "back_to_back"), text("maybe"), "error", "unreadable",
                               '"maybe" is not yes or no'),
    "a term with two readings": Case(("milestones", 6, "term"), text("月结30天"), "error", "term_unreadable",
                                     "two readings", NO_TRIGGER),
    "a term in nobody's words": Case(("milestones", 6, "term"), text("soon"), "error", "term_unreadable",
                                     "not a payment term", NO_TRIGGER),
    "a term that is an error": Case(("milestones", 6, "term"), shows_error("#NAME?"), "error", "cell_error",
                                    "#NAME?", NO_TRIGGER),
    "a trigger date in words": Case(("milestones", 6, "trigger_date"), text("after signing"), "error", "unreadable",
                                    "not a day", NO_TRIGGER),
    "retention for ever": Case(("contracts", 6, "retention_months"), number("120000"), "error", "months_beyond",
                               "120,000 retention months"),
    "a note that is an error": Case(("customers", 6, "notes"), shows_error("#NAME?"), "error", "cell_error", "#NAME?"),
    "a computed cell typed over": Case(("milestones", 6, "amount"), text("abc"), "warning", "typed_over",
                                       'computed cell "Amount"'),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_cell_spoiled(tmp_path, name):
    case = CASES[name]
    seen = check(make_book(tmp_path, {case.place: case.cell}))
    found, _ = seen.one(case.code)
    table, row, column = case.place
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        case.severity,
        table,
        row,
        column,
    )
    assert case.says in found["message"]
    assert set(seen.codes) == {case.code, *case.also}
    assert seen.code == (1 if case.severity == "error" else 0)
    assert seen.totals == CLEAN_TOTALS | case.changed


NEVER_EMPTY = {
    "an unreadable share is no balance": {SHARE: text("abc"), ("milestones", 8, "share"): number("0.3")},
    "nor is an unreadable fixed amount": {("milestones", 9, "amount_fixed"): text("abc")},
}


@pytest.mark.parametrize("name", NEVER_EMPTY)
def test_what_cannot_be_read_is_unknown_not_empty(tmp_path, name):
    """An empty share would make the row a balance row, which takes what the others leave."""
    seen = check(make_book(tmp_path, NEVER_EMPTY[name]))
    gaps = {
        "an unreadable share is no balance": "40,000.00",
        "nor is an unreadable fixed amount": "60,000.00",
    }
    told, _ = seen.one("share_sum")
    assert gaps[name] in told["message"], "the controls show the gap"
    assert seen.one("unreadable")


def test_a_formula_with_a_cached_value_is_a_value(tmp_path):
    seen = check(make_book(tmp_path, {AMOUNT: formula("SUM(5000,5000)", cached="10000")}))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS


def test_a_float_that_is_a_cent_off_only_in_binary_is_exact(tmp_path):
    seen = check(make_book(tmp_path, {AMOUNT: number("1234.5600000000002")}))
    assert seen.only() == []
    assert seen.totals["received"] == "61234.56"


def test_negative_amounts_where_none_can_be(tmp_path):
    seen = check(make_book(tmp_path, {("contracts", 6, "amount"): number("-100000")}))
    told, zh = seen.one("negative")
    assert (told["table"], told["row"], told["column"]) == ("contracts", 6, "amount")
    assert told["message"] == '"Contract amount" cannot be below zero; it is -100000'
    assert zh["message"] == "“合同金额”不能为负数，现为 -100000"
    # what hangs on the amount is unknown, and the receipt waits; the other contract stands
    assert seen.totals == {**dict.fromkeys(CLEAN_TOTALS, "0.00"), "contracted": "60000.00", "receivable": "60000.00",
                           "received": "70000.00", "unapplied": "10000.00"}  # fmt: skip


def test_a_negative_receipt_is_a_refund_and_needs_something_to_refund(tmp_path):
    seen = check(make_book(tmp_path, {AMOUNT: number("-5")}))
    ((told, _),) = seen.only("refund_short")
    assert (told["severity"], told["row"], told["column"]) == ("error", 6, "amount")
    assert seen.totals == CLEAN_TOTALS | {
        "received": "59995.00", "open": "70000.00", "overdue": "30000.00", "unapplied": "-5.00"}  # fmt: skip


CURRENCIES = {
    "an unknown word": text("doubloons"),
    "an error": shows_error("#N/A"),
    "letters too many": text("EURO"),
}


@pytest.mark.parametrize("name", CURRENCIES)
def test_a_currency_that_cannot_be_read_is_not_added_to_a_known_one(tmp_path, name):
    """HT002 and its money stand in a currency of their own; totals in base are unknown, and the rest is there."""
    seen = check(make_book(tmp_path, {("contracts", 7, "currency"): CURRENCIES[name]}))
    code = "cell_error" if name == "an error" else "currency_unknown"
    told, _ = seen.one(code)
    assert (told["severity"], told["table"], told["row"], told["column"]) == (
        "error",
        "contracts",
        7,
        "currency",
    )
    assert seen.one("rate_missing")[0]["severity"] == "warning"
    assert seen.en["totals"]["open"] is None
    own = seen.en["currencies"]["CNY"]["totals"]
    assert (own["contracted"], own["open"], own["received"]) == ("100000.00", "60000.00", "10000.00")


@pytest.mark.parametrize("words", ["ＣＮＹ", "cny", "人民币", "RMB"])
def test_a_currency_in_other_words_is_read(tmp_path, words):
    seen = check(make_book(tmp_path, {("contracts", 7, "currency"): text(words)}))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS


def test_a_stale_computed_currency_has_no_say(tmp_path):
    """What stands in a computed cell is never input: the milestone's currency is its contract's."""
    seen = check(make_book(tmp_path, {("milestones", 9, "currency"): text("USD")}))
    assert seen.totals == CLEAN_TOTALS


def test_a_rate_typed_without_its_percent_sign(tmp_path):
    seen = check(make_book(tmp_path, {SHARE: number("40")}))
    told, _ = seen.one("rate_above_one")
    assert (told["severity"], told["row"], told["column"]) == ("warning", 7, "share")
    assert told["message"] == "The rate 40 is 4000 %, above 100 %"
    over, _ = seen.one("balance_negative")
    assert "3,930,000.00" in over["message"], "30,000 + 4,000,000 - 100,000"
