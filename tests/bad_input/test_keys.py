"""Ids that are missing, repeated or name nothing: the row or the money that hangs on them, and the rest."""

from __future__ import annotations

import pytest

from tests.bad_input.ledger import CLEAN, CLEAN_TOTALS, EMPTY, make_book, shows_error, text, with_rows
from tests.bad_input.reports import check, command, figures

LEFT_OUT = {"received": "60000.00", "open": "70000.00", "overdue": "30000.00"}
UNAPPLIED = {"open": "70000.00", "overdue": "30000.00", "unapplied": "10000.00"}


def more(table: str, *rows: dict[str, object]):
    return with_rows(**{table: [*CLEAN.get(table, ()), *rows]})


# --- repeated


def test_of_a_repeated_receipt_the_first_counts(tmp_path):
    rows = more("receipts", {"receipt_id": "SK001", "date": CLEAN["receipts"][0]["date"], "amount": 5000})
    seen = check(make_book(tmp_path, rows=rows))
    ((found, zh),) = seen.only("key_repeated")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "receipts",
        8,
        "receipt_id",
    )
    assert found["message"] == "SK001 stands in row 6 already; this row is left out"
    assert zh["message"] == "SK001 与第 6 行重复，本行未计入"
    assert seen.code == 1
    assert seen.totals == CLEAN_TOTALS


def test_a_repeated_milestone_leaves_its_part_to_the_balance(tmp_path):
    seen = check(make_book(tmp_path, {("milestones", 7, "milestone_id"): text("M001")}))
    ((found, _),) = seen.only("key_repeated")
    assert (found["table"], found["row"]) == ("milestones", 7)
    changed = {"receivable": "90000.00", "open": "20000.00", "current": "0.00", "pending": "70000.00"}
    assert seen.totals == CLEAN_TOTALS | changed


def test_a_repeated_contract_leaves_its_second_rows_without_one(tmp_path):
    """HT002 written as HT001: its milestone stands, its contract amount does not, and no control cries wolf."""
    seen = check(make_book(tmp_path, {("contracts", 7, "contract_id"): text("HT001")}))
    assert seen.one("key_repeated")[0]["row"] == 7
    assert seen.codes.count("reference_unknown") == 2
    assert "control" not in seen.codes
    assert seen.totals == CLEAN_TOTALS | {"contracted": "100000.00"}
    gap = next(control for control in seen.en["controls"] if control["name"] == "milestones")
    assert (gap["left"], gap["right"], gap["closes"]) == ("160000.00", "100000.00", False), (
        "the control shows it"
    )


def test_ids_that_differ_in_width_only_are_one(tmp_path):
    rows = more(
        "receipts", {"receipt_id": "ＳＫ００１", "date": CLEAN["receipts"][0]["date"], "amount": 5000}
    )
    assert check(make_book(tmp_path, rows=rows)).one("key_repeated")[0]["row"] == 8


def test_settings_may_repeat_on_other_days_only(tmp_path):
    row = {"key": "roll", "value": "none", "effective": CLEAN["receipts"][0]["date"]}
    first = check(make_book(tmp_path, rows=more("settings", row)))
    assert first.only() == []
    twice = check(make_book(tmp_path, rows=more("settings", row, row)))
    ((found, _),) = twice.only("key_repeated")
    assert found["message"].startswith("roll / 2026-02-20 stands in row")
    assert found["cure"] == "Change or delete one of the rows"


# --- missing


def test_an_empty_own_id_is_filled_and_stays(tmp_path):
    book = make_book(tmp_path, {("receipts", 6, "receipt_id"): EMPTY})
    seen = check(book)
    ((found, zh),) = seen.only("id_filled")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "info",
        "receipts",
        6,
        "receipt_id",
    )
    assert "SK003" in found["message"] and "SK003" in zh["message"]
    assert seen.code == 0
    assert seen.totals == CLEAN_TOTALS
    assert command("refresh", book, "--as-of", "2026-03-31", "--json").code == 0
    assert check(book).only() == []
    assert figures(book, "receipts", "receipt_id") == [("SK003",), ("SK002",)]


def test_many_empty_ids_are_filled_each_with_its_own(tmp_path):
    day = CLEAN["receipts"][0]["date"]
    rows = with_rows(receipts=[{"date": day, "amount": 1, "customer_id": "C001"} for _ in range(300)])
    seen = check(make_book(tmp_path, rows=rows))
    assert seen.codes.count("id_filled") == 300
    assert len({found["message"] for found in seen.en["findings"]}) == 300


@pytest.mark.parametrize(
    ("cell", "code"), [(shows_error("#N/A"), "cell_error"), (shows_error("#REF!"), "cell_error")]
)
def test_an_own_id_that_cannot_be_read_leaves_the_row_out(tmp_path, cell, code):
    seen = check(make_book(tmp_path, {("receipts", 6, "receipt_id"): cell}))
    ((found, zh),) = seen.only(code)
    assert found["message"].endswith("this row is left out")
    assert zh["message"].endswith("本行未计入")
    assert seen.totals == CLEAN_TOTALS | LEFT_OUT


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("levels", "level", {"name_en": "First"}),
        ("calendar", "date", {"workday": "Yes"}),
        ("fx_rates", "date", {"currency": "USD", "rate": 7}),
        ("gl", "period", {"customer_id": "C001", "balance": 5}),
    ],
)
def test_a_row_of_a_settings_table_without_its_key_is_left_out(tmp_path, table, column, row):
    seen = check(make_book(tmp_path, rows=with_rows(**{table: [row]})))
    ((found, _),) = seen.only("required_empty")
    assert (found["severity"], found["table"], found["row"], found["column"]) == ("error", table, 6, column)
    assert seen.totals == CLEAN_TOTALS


def test_a_required_cell_that_is_empty(tmp_path):
    seen = check(make_book(tmp_path, {("customers", 7, "name"): EMPTY}))
    ((found, zh),) = seen.only("required_empty")
    assert (found["table"], found["row"], found["column"]) == ("customers", 7, "name")
    assert (found["message"], zh["message"]) == ('"Customer" is required and empty', "“客户名称”必填，现为空")
    assert seen.totals == CLEAN_TOTALS


# --- that name nothing


@pytest.mark.parametrize("column", ["milestone_id", "contract_id", "customer_id"])
def test_money_with_an_unknown_id_stays_unapplied(tmp_path, column):
    seen = check(make_book(tmp_path, {("receipts", 6, column): text("X9")}))
    found, zh = seen.one("reference_unknown")
    assert (found["severity"], found["table"], found["row"], found["column"]) == (
        "error",
        "receipts",
        6,
        column,
    )
    assert "There is no X9 in" in found["message"]
    assert "X9" in zh["message"]
    assert seen.code == 1
    assert seen.totals == CLEAN_TOTALS | UNAPPLIED


def test_money_whose_id_cannot_be_read_stays_unapplied(tmp_path):
    seen = check(make_book(tmp_path, {("receipts", 6, "milestone_id"): shows_error("#REF!")}))
    ((found, _),) = seen.only("cell_error")
    assert (found["row"], found["column"]) == (6, "milestone_id")
    assert seen.totals == CLEAN_TOTALS | UNAPPLIED


def test_a_milestone_of_an_unknown_contract_stands_alone(tmp_path):
    """M004 keeps its fixed amount; the 60,000 paid on HT002 find nothing there."""
    seen = check(make_book(tmp_path, {("milestones", 9, "contract_id"): text("HT999")}))
    found, _ = seen.one("reference_unknown")
    assert (found["table"], found["row"], found["column"]) == ("milestones", 9, "contract_id")
    empty, zh = seen.one("share_sum")
    assert empty["message"] == "The milestones of HT002 come to 60,000.00 less than its amount"
    assert zh["message"] == "合同 HT002 的节点合计比合同金额少 60,000.00"
    assert seen.totals == CLEAN_TOTALS | {"open": "120000.00", "overdue": "80000.00", "unapplied": "60000.00"}


def test_a_contract_of_an_unknown_customer_is_computed_all_the_same(tmp_path):
    seen = check(make_book(tmp_path, {("contracts", 7, "customer_id"): text("C9")}))
    assert seen.one("reference_unknown")[0]["table"] == "contracts"
    assert seen.one("ids_conflict")[0]["severity"] == "warning", "the receipt still names C002"
    assert seen.totals == CLEAN_TOTALS


# --- leading zeros


def zeros(spoiled: str):
    renamed = [{**row, "contract_id": row["contract_id"].replace("HT", "00")} for row in CLEAN["contracts"]]
    milestones = [
        {**row, "contract_id": row["contract_id"].replace("HT", "00")} for row in CLEAN["milestones"]
    ]
    receipts = [{**row, "contract_id": row["contract_id"].replace("HT", "00")} for row in CLEAN["receipts"]]
    receipts[1]["contract_id"] = spoiled
    return with_rows(contracts=renamed, milestones=milestones, receipts=receipts)


def test_text_keeps_its_leading_zeros(tmp_path):
    book = make_book(tmp_path, rows=zeros("00002"))
    assert check(book).only() == []
    assert figures(book, "contracts", "contract_id", "open") == [("00001", "60000.00"), ("00002", "0.00")]


def test_an_id_that_lost_its_zeros_is_unknown_and_the_right_one_is_named(tmp_path):
    seen = check(make_book(tmp_path, rows=zeros("2")))
    found, zh = seen.one("reference_unknown")
    assert found["cure"].startswith("Is it 00002?")
    assert zh["cure"].startswith("是否应为 00002？")
    assert seen.totals == CLEAN_TOTALS | {"open": "120000.00", "overdue": "80000.00", "unapplied": "60000.00"}
