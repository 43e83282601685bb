"""Computed columns that sum up: of milestones, contracts, customers and receipts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.oracle.build import Cells, amendment, contract, fixed, invoice, receipt, share
from tests.rules.figures import Look

C100 = [contract("C", "100", project="Bridge", manager="Li")]
ROWS = [fixed("M1", "60", "01-10"), fixed("M2", "40")]


def test_a_milestone_bears_the_names_beside_its_contracts_id() -> None:
    row = Look("01-31", C100, ROWS).milestone("M2")
    assert [row[key] for key in ("customer_name", "project", "manager", "currency")] == [
        "Firm K",
        "Bridge",
        "Li",
        "CNY",
    ]


def test_a_milestone_of_an_unknown_contract_is_still_shown() -> None:
    seen = Look("01-31", C100, [*ROWS, fixed("X", "5", "01-10", contract="C9")])
    row = seen.milestone("X")
    assert (row["customer_name"], row["amount"], row["status"]) == (None, "5.00", "overdue")
    assert seen.where("reference_unknown") == ("milestones", "X", "contract_id")


def test_a_contract_sums_its_triggered_rows() -> None:
    money = [receipt("R1", "01-20", "15", m="M1"), receipt("R2", "01-20", "9", m="M2")]
    bills = [invoice("F1", "M1", "01-10") | {"amount": Decimal(60)}, invoice("F2", "M1", "02-01")]
    row = Look("01-31", C100, ROWS, receipts=money, invoices=bills).row("contracts", "C")
    assert {key: row[key] for key in row if row[key] is not None} == {
        "customer_name": "Firm K",
        "amount_in_force": "100.00",
        "milestones_total": "100.00",
        "invoiced": "60.00",
        "received": "15.00",
        "open": "45.00",
        "overdue": "45.00",
        "collected_rate": "0.1500",
        "limitation": date(2028, 1, 20),
    }


def test_what_is_due_today_is_not_overdue_for_the_contract() -> None:
    row = Look("01-10", C100, ROWS).row("contracts", "C")
    assert (row["open"], row["overdue"]) == ("60.00", "0.00")


def test_a_red_invoice_counts_against_what_is_invoiced() -> None:
    bills = [
        invoice("F1", "M1", "01-10") | {"amount": Decimal(60)},
        invoice("F2", "M1", "01-20", red_of="F1") | {"amount": Decimal(-60)},
    ]
    assert Look("01-15", C100, ROWS, invoices=bills).row("contracts", "C")["invoiced"] == "60.00"
    assert Look("01-20", C100, ROWS, invoices=bills).row("contracts", "C")["invoiced"] == "0.00"


def test_the_collected_rate_is_of_the_amount_in_force_to_four_places() -> None:
    rows = [share("A", "1", trigger_date="01-10")]
    more = [amendment("A1", "01-05", "300")]
    money = [receipt("R", "01-20", "100", m="A")]
    row = Look("01-31", C100, rows, amendments=more, receipts=money).row("contracts", "C")
    assert (row["amount_in_force"], row["collected_rate"]) == ("300.00", "0.3333")
    assert Look("01-31", [contract("C", "0")], []).row("contracts", "C")["collected_rate"] is None


def test_a_customer_is_summed_in_base_currency_and_unknown_without_a_rate() -> None:
    both = [*C100, contract("U", "70", currency="USD")]
    rows = [*ROWS, fixed("V", "70", "01-10", contract="U", term="NET 60")]
    money = [receipt("R", "01-20", "75", m="M1"), receipt("S", "01-20", "1", currency="USD", k="K")]
    rate: list[Cells] = [{"date": date(2025, 1, 1), "currency": "USD", "rate": Decimal("7.1")}]
    known = Look("01-31", both, rows, receipts=money, fx_rates=rate).row("customers", "K")
    # the dollar pays the dollar claim: 69 × 7.1 are open, not due; 15.00 of R unapplied
    assert (known["open"], known["overdue"], known["unapplied"]) == ("489.90", "0.00", "15.00")
    unknown = Look("01-31", both, rows, receipts=money).row("customers", "K")
    assert (unknown["open"], unknown["overdue"], unknown["unapplied"]) == (None, "0.00", "15.00")


def test_each_receipt_says_what_it_paid_and_by_what_it_was_matched() -> None:
    money = [
        receipt("R1", "01-20", "10", m="M1"),
        receipt("R2", "01-20", "10", c="C"),
        receipt("R3", "01-20", "10", k="K"),
        receipt("R4", "01-20", "10"),
        receipt("R5", "01-20", "10", k="X"),
        receipt("R6", "02-20", "10", k="K"),
    ]
    seen = Look("01-31", C100, ROWS, "en", receipts=money)
    rows = [seen.row("receipts", f"R{number}") for number in range(1, 7)]
    assert [row["match_reason"] for row in rows] == [
        "Named milestone",
        "Named contract",
        "Civil Code art. 560",
        "No designation",
        "Id or currency is wrong; not applied",
        None,
    ]
    assert [row["allocated"] for row in rows] == ["10.00", "10.00", "10.00", "0.00", "0.00", None]
    assert rows[5]["customer_name"] == "Firm K"


def test_allocations_bear_their_reason_in_the_words_of_the_book() -> None:
    money = [receipt("R1", "01-05", "10", m="M1"), receipt("R2", "01-20", "-4", m="M1")]
    zh = Look("01-31", C100, ROWS, receipts=money).rows("allocations")
    assert [row["reason"] for row in zh] == ["预留款，节点触发时核销", "退款冲回"]
    en = Look("01-31", C100, ROWS, "en", receipts=money).rows("allocations")
    assert [row["reason"] for row in en] == [
        "Reserved until the milestone was triggered",
        "Taken back by a refund",
    ]
