"""Control totals: two ways to the same figure, or an error with the difference."""

from __future__ import annotations

from decimal import Decimal

from addin.model.finding import Severity
from tests.oracle.build import Cells, adjustment, contract, fixed, receipt, share
from tests.rules.figures import Look

C100 = [contract("C", "100")]


def sides(seen: Look, currency: str = "CNY") -> dict[str, tuple[str, str]]:
    return {
        control.name: (str(control.left), str(control.right))
        for control in seen.result.controls
        if control.currency == currency
    }


def test_every_control_of_a_sound_ledger_closes_with_its_figures() -> None:
    rows = [fixed("A", "60", "01-10"), fixed("B", "40")]
    money = [receipt("R1", "01-20", "75", m="A"), receipt("R2", "02-01", "-5", m="A")]
    credit = [adjustment("J1", "B", "01-20", "3"), adjustment("J2", "A", "01-15", "2")]
    seen = Look("02-10", C100, rows, receipts=money, adjustments=credit)
    # A: 60 − 2 − 58 paid, 17 unapplied less 5 refunded; B: 37 pending
    assert sides(seen) == {
        "milestones": ("100.00", "100.00"),
        "balance": ("25.00", "25.00"),  # 0 + 37 − 12 = 100 − 5 − 70
        "buckets": ("0.00", "0.00"),
        "receipts": ("70.00", "70.00"),  # 58 + 12
        "rollforward": ("-12.00", "-12.00"),
    }
    assert seen.codes() == ["overpaid"]


def test_a_contract_that_its_rows_do_not_make_up_is_told_once_with_the_difference() -> None:
    seen = Look("02-10", C100, [share("A", "0.3", 1), share("B", "0.6999", 2)])
    assert sides(seen)["milestones"] == ("99.99", "100.00")
    assert seen.codes() == ["share_sum"]
    assert "0.01" in seen.finding("share_sum").message.en
    assert not all(control.closes for control in seen.result.controls)


def test_a_receipt_left_out_is_an_error_beside_controls_that_close() -> None:
    bad: Cells = receipt("R", "01-20", "1") | {"amount": "lots"}
    seen = Look("02-10", C100, [fixed("A", "100", "01-10")], receipts=[bad])
    assert seen.where("unreadable") == ("receipts", "R", "amount")
    assert all(control.closes for control in seen.result.controls)


def test_a_milestone_that_cannot_be_read_shows_as_a_gap() -> None:
    rows = [share("A", "0.3", 1), share("B", "0.7", 2) | {"share": "most"}]
    seen = Look("02-10", C100, rows)
    assert sides(seen)["milestones"] == ("30.00", "100.00")
    assert {"unreadable", "share_sum"} == {*seen.codes()}


def test_each_currency_has_controls_of_its_own() -> None:
    both = [contract("C", "100"), contract("U", "70", currency="USD")]
    rows = [fixed("A", "100", "01-10"), fixed("V", "70", "01-10", contract="U")]
    seen = Look("02-10", both, rows)
    assert sides(seen, "USD")["balance"] == ("70.00", "70.00")
    assert {control.currency for control in seen.result.controls} == {"CNY", "USD"}


def test_an_open_control_has_both_sides_on_the_checks_sheet() -> None:
    seen = Look("02-10", C100, [share("A", "0.3", 1), share("B", "0.6999", 2)])
    rows = [row for row in seen.rows("checks") if row["code"] == "control"]
    assert len(rows) == len(seen.result.controls) == 5
    ours = next(row for row in rows if row["left"] != row["right"])
    assert (Decimal(ours["left"]), Decimal(ours["right"])) == (Decimal("99.99"), Decimal("100.00"))
    assert ours["severity"] == Severity.ERROR
