"""The order of events, and that a report sees nothing of later days."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.oracle.build import adjustment, amendment, contract, extension, fixed, receipt, share
from tests.rules.figures import Look

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]


def test_on_one_day_adjustments_come_before_receipts_and_refunds_after_them() -> None:
    seen = Look(
        "01-20",
        C100,
        M100,
        receipts=[receipt("R1", "01-20", "-20", m="M"), receipt("R2", "01-20", "100", m="M")],
        adjustments=[adjustment("J1", "M", "01-20", "30")],
    )
    # 70 are open: R2 pays 70 and keeps 30, of which R1 takes 20.
    assert seen.paid() == ["R2 M 01-20 70.00"]
    assert [seen.row("receipts", id)["unapplied"] for id in ("R1", "R2")] == ["0.00", "10.00"]


def test_an_amendment_of_the_trigger_day_comes_before_the_trigger_and_its_money() -> None:
    seen = Look(
        "01-10",
        C100,
        [share("M", None, trigger_date="01-10")],
        amendments=[amendment("A1", "01-10", "80")],
        receipts=[receipt("R1", "01-05", "90", m="M")],
    )
    assert seen.paid() == ["R1 M 01-10 80.00"]


def test_an_extension_of_the_day_moves_the_days_payment_and_one_of_the_next_day_does_not() -> None:
    two = [fixed("A", "50", "02-01"), fixed("B", "50", "02-01", term="NET 28")]

    def first_paid(agreed: str) -> str:
        money = [receipt("R1", "02-05", "50", c="C")]
        agreements = [extension("E1", "A", agreed, "06-01")]
        (line,) = Look("02-10", C100, two, receipts=money, reschedules=agreements).paid()
        return line.split()[1]

    assert first_paid("02-05") == "B"
    assert first_paid("02-06") == "A"


def test_ids_of_one_day_go_by_code_point_whatever_the_order_of_the_sheet() -> None:
    money = [receipt(id, "01-10", "60", m="M") for id in ("R9", "r1", "R10")]
    for rows in permutations(money):
        assert Look("01-10", C100, M100, receipts=list(rows)).paid() == [
            "R10 M 01-10 60.00",
            "R9 M 01-10 40.00",
        ]


def test_all_triggers_of_a_day_happen_before_waiting_money_is_spent() -> None:
    # B is the smaller row by seq: were the triggers one after the other, A would be paid first.
    two = [fixed("A", "60", "01-10", seq=2), fixed("B", "40", "01-10", seq=1)]
    assert Look("01-10", C100, two, receipts=[receipt("R", "01-02", "50", c="C")]).paid() == [
        "R B 01-10 40.00",
        "R A 01-10 10.00",
    ]


def test_a_report_sees_only_rows_dated_on_or_before_it() -> None:
    rows: dict[str, Any] = {
        "receipts": [receipt("R1", "01-20", "30", m="M")],
        "adjustments": [adjustment("J1", "M", "01-21", "20")],
        "amendments": [amendment("A1", "01-22", "150")],
    }

    def open_and_amount(on: str) -> tuple[str, str]:
        row = Look(on, C100, [share("M", "1", trigger_date="01-10")], **rows).milestone("M")
        return row["open"], row["amount"]

    assert open_and_amount("01-19") == ("100.00", "100.00")
    assert open_and_amount("01-20") == ("70.00", "100.00")
    assert open_and_amount("01-21") == ("50.00", "100.00")
    assert open_and_amount("01-22") == ("50.00", "100.00")  # paid rows are frozen: the amendment fails


@pytest.mark.parametrize("as_of", ["01-20", "02-01", "06-30"])
def test_a_later_extension_never_moves_an_earlier_allocation(as_of: str) -> None:
    two = [fixed("A", "50", "01-10"), fixed("B", "50", "01-10", term="NET 5")]
    agreements = [extension("E1", "A", "01-25", "06-01")]
    seen = Look(as_of, C100, two, receipts=[receipt("R1", "01-20", "50", c="C")], reschedules=agreements)
    assert seen.paid() == ["R1 A 01-20 50.00"]
