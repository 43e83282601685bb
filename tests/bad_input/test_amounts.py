"""Contracts whose rows do not make up their amount: the rows keep what they ask for, and the gap is told."""

from __future__ import annotations

from tests.bad_input.ledger import CLEAN, CLEAN_TOTALS, make_book, number, with_rows
from tests.bad_input.reports import check, figures

THIRD = ("milestones", 8, "share")


def test_shares_that_do_not_add_up(tmp_path):
    """30 % + 40 % + 20 % of 100,000: the last row stays 20,000, and 10,000 are missing."""
    book = make_book(tmp_path, {THIRD: number("0.2")})
    seen = check(book)
    ((found, zh),) = seen.only("share_sum")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "milestones",
        8,
        "share",
    )
    assert found["message"] == "The milestones of HT001 come to 10,000.00 less than its amount"
    assert zh["message"] == "合同 HT001 的节点合计比合同金额少 10,000.00"
    assert seen.code == 1
    assert seen.totals == CLEAN_TOTALS | {"pending": "20000.00"}
    assert [row[0] for row in figures(book, "milestones", "amount")] == [
        "30000.00", "40000.00", "20000.00", "60000.00"]  # fmt: skip


def test_shares_that_are_too_much(tmp_path):
    seen = check(make_book(tmp_path, {THIRD: number("0.4")}))
    found, zh = seen.one("share_sum")
    assert "10,000.00 more than its amount" in found["message"]
    assert "多 10,000.00" in zh["message"]
    assert seen.totals == CLEAN_TOTALS | {"pending": "40000.00"}


def test_shares_that_add_up_are_no_finding(tmp_path):
    seen = check(make_book(tmp_path, {THIRD: number("0.3")}))
    assert seen.only() == []
    assert seen.totals == CLEAN_TOTALS


def test_of_two_balance_rows_the_second_is_nought(tmp_path):
    second = {"milestone_id": "M005", "contract_id": "HT001", "seq": 4, "name": "More"}
    book = make_book(tmp_path, rows=with_rows(milestones=[*CLEAN["milestones"], second]))
    seen = check(book)
    ((found, _),) = seen.only("second_balance")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "milestones",
        10,
        "share",
    )
    assert seen.totals == CLEAN_TOTALS
    assert figures(book, "milestones", "milestone_id", "amount")[-1] == ("M005", "0.00")


def test_a_balance_below_zero_is_nought(tmp_path):
    """30 % + 80 % leave the balance -10,000."""
    book = make_book(tmp_path, {("milestones", 7, "share"): number("0.8")})
    seen = check(book)
    ((found, zh),) = seen.only("balance_negative")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "milestones",
        8,
        "share",
    )
    assert "10,000.00" in found["message"] and "10,000.00" in zh["message"]
    assert seen.totals == CLEAN_TOTALS | {
        "receivable": "170000.00", "open": "100000.00", "current": "80000.00", "pending": "0.00"}  # fmt: skip
    assert [row[0] for row in figures(book, "milestones", "amount")][:3] == ["30000.00", "80000.00", "0.00"]


def test_a_share_and_a_fixed_amount_in_one_row(tmp_path):
    seen = check(make_book(tmp_path, {("milestones", 9, "share"): number("0.5")}))
    ((found, _),) = seen.only("share_and_fixed")
    assert (found["severity"], found["row"]) == ("warning", 9)
    assert seen.code == 0
    assert seen.totals == CLEAN_TOTALS


def test_money_for_a_milestone_whose_amount_is_unknown(tmp_path):
    """The contract's amount is missing, so M001 has none: its 10,000 wait, and the finding says for what."""
    seen = check(make_book(tmp_path, {("contracts", 6, "amount"): number("1e15")}))
    found, zh = seen.one("amount_unknown")
    assert (found["severity"], found["table"], found["row"]) == ("warning", "receipts", 6)
    assert found["message"] == "The amount of M001 is unknown; 10,000.00 stays unapplied"
    assert zh["message"] == "节点 M001 的应收金额未知，10,000.00 未核销"
    assert seen.totals["unapplied"] == "10000.00"
