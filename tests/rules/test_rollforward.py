"""Opening plus movements is closing, month by month, and what the general ledger says to it."""

from __future__ import annotations

from decimal import Decimal

from tests.oracle.build import Cells, adjustment, amendment, contract, fixed, receipt, share
from tests.rules.figures import Look

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]
MOVES = ("opening", "new", "received", "adjusted", "written_off", "closing")


def months(seen: Look, customer: str = "K") -> dict[str, list[str]]:
    """Opening, new, received, adjusted, written off and closing by month."""
    rows = [row for row in seen.rows("rollforward") if row["customer_id"] == customer]
    return {row["period"][5:]: [row[key] for key in MOVES] for row in rows}


def closes(seen: Look) -> bool:
    return all(control.closes for control in seen.result.controls)


def gl(period: str, balance: str, customer: str = "K", account: str = "1122") -> Cells:
    return {"period": period, "customer_id": customer, "account": account, "balance": Decimal(balance)}


def test_triggers_receipts_and_write_offs_move_the_month_they_happen_in() -> None:
    write_off = [adjustment("J", "M", "03-31", "10", "write_off", approved_by="Li")]
    seen = Look("04-30", C100, M100, receipts=[receipt("R", "02-28", "40", m="M")], adjustments=write_off)
    assert months(seen) == {
        "01": ["0.00", "100.00", "0.00", "0.00", "0.00", "100.00"],
        "02": ["100.00", "0.00", "40.00", "0.00", "0.00", "60.00"],
        "03": ["60.00", "0.00", "0.00", "0.00", "10.00", "50.00"],
        "04": ["50.00", "0.00", "0.00", "0.00", "0.00", "50.00"],
    }
    assert closes(seen)


def test_money_in_advance_is_a_negative_balance_until_the_trigger() -> None:
    seen = Look("02-28", C100, [fixed("M", "100", "02-10")], receipts=[receipt("R", "01-20", "30", m="M")])
    assert months(seen) == {
        "01": ["0.00", "0.00", "30.00", "0.00", "0.00", "-30.00"],
        "02": ["-30.00", "100.00", "0.00", "0.00", "0.00", "70.00"],
    }
    assert closes(seen)


def test_an_adjustment_before_the_trigger_counts_when_the_claim_arises() -> None:
    credit = [adjustment("J", "M", "01-20", "15")]
    seen = Look("02-28", C100, [fixed("M", "100", "02-10")], adjustments=credit)
    assert months(seen) == {"02": ["0.00", "100.00", "0.00", "15.00", "0.00", "85.00"]}
    assert closes(seen)


def test_an_amendment_of_a_triggered_row_is_new_on_its_day_and_of_a_pending_one_at_the_trigger() -> None:
    rows = [share("A", "0.5", 1, trigger_date="01-10"), share("B", "0.5", 2, trigger_date="03-10")]
    seen = Look("03-31", C100, rows, amendments=[amendment("A1", "02-05", "120")])
    assert months(seen) == {
        "01": ["0.00", "50.00", "0.00", "0.00", "0.00", "50.00"],
        "02": ["50.00", "10.00", "0.00", "0.00", "0.00", "60.00"],
        "03": ["60.00", "60.00", "0.00", "0.00", "0.00", "120.00"],
    }
    on_the_day = Look("03-31", C100, rows, amendments=[amendment("A1", "03-10", "120")])
    assert months(on_the_day)["03"] == ["50.00", "70.00", "0.00", "0.00", "0.00", "120.00"]
    assert closes(seen) and closes(on_the_day)


def test_an_amendment_of_a_row_that_is_still_pending_moves_nothing() -> None:
    rows = [share("A", "0.5", 1, trigger_date="01-10"), share("B", "0.5", 2, trigger_date="03-10")]
    seen = Look("02-28", C100, rows, amendments=[amendment("A1", "02-05", "120")])
    assert months(seen) == {
        "01": ["0.00", "50.00", "0.00", "0.00", "0.00", "50.00"],
        "02": ["50.00", "10.00", "0.00", "0.00", "0.00", "60.00"],
    }
    assert closes(seen)


def test_customers_are_rolled_apart() -> None:
    contracts = [contract("C", "100"), contract("D", "70", "L")]
    rows = [fixed("M", "100", "01-10"), fixed("N", "70", "02-10", "D")]
    paid = [receipt("R", "02-20", "40", m="M"), receipt("S", "03-20", "7", m="N")]
    seen = Look("03-31", contracts, rows, receipts=paid)
    assert months(seen, "K") == {
        "01": ["0.00", "100.00", "0.00", "0.00", "0.00", "100.00"],
        "02": ["100.00", "0.00", "40.00", "0.00", "0.00", "60.00"],
        "03": ["60.00", "0.00", "0.00", "0.00", "0.00", "60.00"],
    }
    assert months(seen, "L") == {
        "02": ["0.00", "70.00", "0.00", "0.00", "0.00", "70.00"],
        "03": ["70.00", "0.00", "7.00", "0.00", "0.00", "63.00"],
    }
    assert closes(seen)


def test_a_dishonour_in_a_later_month_takes_the_receipt_back_there() -> None:
    draft = receipt("R", "01-20", "100", m="M", method="commercial_draft", dishonoured_on="03-05")
    seen = Look("03-31", C100, M100, receipts=[draft])
    assert months(seen) == {
        "01": ["0.00", "100.00", "100.00", "0.00", "0.00", "0.00"],
        "03": ["0.00", "0.00", "-100.00", "0.00", "0.00", "100.00"],
    }
    assert closes(seen)


def test_a_refund_is_a_negative_receipt_of_its_month() -> None:
    money = [receipt("R1", "01-20", "120", m="M"), receipt("R2", "02-20", "-20", m="M")]
    assert months(Look("02-28", C100, M100, receipts=money))["02"] == [
        "-20.00",
        "0.00",
        "-20.00",
        "0.00",
        "0.00",
        "0.00",
    ]


def test_the_general_ledger_agrees_to_the_cent_or_is_an_error_with_the_difference() -> None:
    equal = Look("01-31", C100, M100, gl=[gl("2025-01", "100")])
    (row,) = equal.rows("rollforward")
    assert (row["gl_balance"], row["difference"]) == ("100.00", "0.00")
    assert equal.codes() == []
    cent = Look("01-31", C100, M100, gl=[gl("2025-01", "100.01")])
    (row,) = cent.rows("rollforward")
    assert (row["gl_balance"], row["difference"]) == ("100.01", "-0.01")
    assert cent.finding("gl_differs").table == "gl"
    assert "0.01" in cent.finding("gl_differs").message.zh
    assert [control.name for control in cent.result.controls if not control.closes] == ["gl"]


def test_accounts_of_one_customer_and_month_are_added() -> None:
    rows = [gl("2025-01", "60"), gl("2025-01", "40", account="2203")]
    assert Look("01-31", C100, M100, gl=rows).codes() == []


def test_a_month_of_the_general_ledger_without_movement_is_held_against_the_balance_carried() -> None:
    seen = Look("04-30", C100, M100, gl=[gl("2025-03", "100"), gl("2025-06", "5")])
    assert months(seen)["03"] == ["100.00", "0.00", "0.00", "0.00", "0.00", "100.00"]
    assert seen.codes() == []  # June is not reached yet


def test_a_customer_known_to_the_general_ledger_alone_is_a_difference() -> None:
    seen = Look("01-31", C100, M100, gl=[gl("2025-01", "7", customer="L")], customers=[
        {"customer_id": "K", "name": "K"},
        {"customer_id": "L", "name": "L"},
    ])  # fmt: skip
    assert months(seen, "L") == {"01": ["0.00"] * 6}
    assert seen.where("gl_differs")[0] == "gl"


def test_months_that_moved_and_the_as_of_month_are_listed_as_far_back_as_the_setting_says() -> None:
    money = [receipt("R", "11-15", "40", m="M")]
    assert list(months(Look("12-31", C100, M100, receipts=money))) == ["01", "11", "12"]
    two = Look("12-31", C100, M100, receipts=money, settings={"rollforward_months": "2"})
    assert months(two) == {
        "11": ["100.00", "0.00", "40.00", "0.00", "0.00", "60.00"],
        "12": ["60.00", "0.00", "0.00", "0.00", "0.00", "60.00"],
    }
