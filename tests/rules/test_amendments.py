"""Supplements and settlement: what is frozen, how the rest moves, and what cannot be done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.build import (
    adjustment,
    amendment,
    contract,
    instalment,
    invoice,
    receipt,
    share,
)
from tests.rules.figures import Look

C1000 = [contract("C", "1000")]
THREE = [
    share("A", "0.3", 1, trigger_date="01-10"),
    share("B", "0.4", 2, trigger_date="03-10"),
    share("D", "0.3", 3, trigger_date="06-10"),
]


def amended(policy: str | None = None, total: str = "1200", **tables: Any) -> Look:
    return Look("02-01", C1000, THREE, amendments=[amendment("A1", "02-01", total, policy)], **tables)


def test_spread_goes_over_all_rows_by_their_amounts_and_is_the_default() -> None:
    for policy in (None, "spread"):
        assert amended(policy).amounts() == ["360.00", "480.00", "360.00"]


def test_a_paid_row_is_frozen_and_the_others_share_the_difference() -> None:
    paid = [receipt("R", "01-20", "0.01", m="A")]
    # 200 over 400 and 300: 114.29 and the rest
    assert amended(receipts=paid).amounts() == ["300.00", "514.29", "385.71"]


def test_catch_up_lets_the_first_open_row_make_up_for_the_frozen_one() -> None:
    paid = [receipt("R", "01-20", "300", m="A")]
    assert amended("catch_up", receipts=paid).amounts() == ["300.00", "540.00", "360.00"]


@pytest.mark.parametrize(("on", "frozen"), [("01-31", True), ("02-01", False)])
def test_what_is_paid_or_invoiced_before_the_day_freezes_what_happens_on_it_does_not(
    on: str, frozen: bool
) -> None:
    expected = ["300.00", "514.29", "385.71"] if frozen else ["360.00", "480.00", "360.00"]
    assert amended(receipts=[receipt("R", on, "50", m="A")]).amounts() == expected
    assert amended(invoices=[invoice("F", "A", on)]).amounts() == expected


def test_a_full_refund_thaws_and_neither_contract_invoices_nor_adjustments_freeze() -> None:
    back = [receipt("R1", "01-20", "50", m="A"), receipt("R2", "01-25", "-50", m="A")]
    credit = [adjustment("J", "A", "01-20", "10")]
    whole = ["360.00", "480.00", "360.00"]
    assert amended(receipts=back).amounts() == whole
    assert amended(invoices=[invoice("F", None, "01-20")], adjustments=credit).amounts() == whole


def test_a_row_falls_to_what_it_has_received_and_adjusted_but_not_below() -> None:
    credit = [adjustment("J", "A", "01-20", "150")]
    assert amended(total="500", adjustments=credit).amounts() == ["150.00", "200.00", "150.00"]
    below = amended(total="499", adjustments=credit)
    assert below.amounts() == ["300.00", "400.00", "300.00"]
    assert below.where("amendment_impossible") == ("amendments", "A1", "new_amount")
    assert "-501.00" in below.finding("amendment_impossible").message.zh
    assert below.row("contracts", "C")["amount_in_force"] == "499.00"
    assert below.where("milestones_differ") == ("contracts", "C", "milestones_total")


def test_after_a_failed_amendment_the_next_one_starts_from_the_rows() -> None:
    seen = Look(
        "02-02",
        C1000,
        [THREE[0], share("B", None, 2)],
        amendments=[amendment("A1", "02-01", "200"), amendment("A2", "02-02", "900")],
        receipts=[receipt("R", "01-20", "300", m="A")],
    )
    # 200 would leave B at −100; of 900 A keeps its 300 and B takes 600.
    assert seen.amounts() == ["300.00", "600.00"]
    assert seen.codes() == ["amendment_impossible"]


def test_where_nothing_may_move_and_nothing_differs_there_is_no_finding() -> None:
    one = [share("A", "1", trigger_date="01-10")]
    paid = [receipt("R", "01-20", "1000", m="A")]
    same = Look("02-01", C1000, one, amendments=[amendment("A1", "02-01", "1000")], receipts=paid)
    assert same.codes() == []
    cent = Look("02-01", C1000, one, amendments=[amendment("A1", "02-01", "1000.01")], receipts=paid)
    assert {*cent.codes()} == {"amendment_impossible", "milestones_differ"}


def test_an_unreadable_policy_moves_nothing() -> None:
    seen = amended("half and half")
    assert seen.amounts() == ["300.00", "400.00", "300.00"]
    assert {"unreadable", "amendment_impossible"} <= {*seen.codes()}


def test_the_settlement_is_the_last_amendment_of_its_day() -> None:
    settled = [contract("C", "1000", settled_on="02-01", settlement_total="900")]
    assert Look("01-31", settled, THREE).amounts() == ["300.00", "400.00", "300.00"]
    assert Look("02-01", settled, THREE).amounts() == ["300.00", "400.00", "200.00"]
    with_balance = [THREE[0], share("B", None, 2), THREE[2]]
    assert Look("02-01", settled, with_balance).amounts() == ["300.00", "300.00", "300.00"]
    for id in ("A1", "Z1"):  # before and after the contract's own id
        both = Look("02-01", settled, THREE, amendments=[amendment(id, "02-01", "1200")])
        assert both.amounts() == ["360.00", "480.00", "60.00"]


def test_an_amendment_moves_the_remainder_of_a_plan_then_its_last_instalments() -> None:
    plan = [instalment("E1", "A", "01-20", "03-01", "100"), instalment("E2", "A", "01-20", "04-01", "150")]
    money = [receipt("R", "02-02", "1000", m="A")]

    def paid(total: str) -> list[str]:
        seen = Look(
            "02-02",
            C1000,
            THREE,
            amendments=[amendment("A1", "02-01", total)],
            reschedules=plan,
            receipts=money,
        )
        return [line.split()[1] + " " + line.split()[3] for line in seen.paid()]

    assert paid("1000") == ["A 50.00", "A/E1 100.00", "A/E2 150.00"]
    assert paid("1100") == ["A 80.00", "A/E1 100.00", "A/E2 150.00"]
    assert paid("700") == ["A/E1 100.00", "A/E2 110.00"]  # 90 less: 50 of the remainder, 40 of E2
