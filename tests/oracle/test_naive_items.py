"""Plans, extensions after plans and what moves on their items, by hand."""

from __future__ import annotations

from tests.oracle.build import (
    adjustment,
    at,
    contract,
    day,
    extension,
    fixed,
    found,
    free,
    instalment,
    items,
    paid,
    receipt,
)

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]
PLAN = [instalment("E1", "M", "01-20", "03-01", "40"), instalment("E2", "M", "01-20", "04-01", "40")]


def test_instalments_split_what_is_open_and_the_remainder_keeps_its_due_date() -> None:
    report = at("02-01", C100, M100, reschedules=PLAN)
    assert items(report, "M") == [
        "own due 01-10: 20.00 paid 0.00 adjusted 0.00 open 20.00",
        "E1 due 03-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
        "E2 due 04-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
    ]
    assert report.milestones["M"]["days_overdue"] == 22
    assert str(report.milestones["M"]["amount"]) == "100.00"


def test_corner_5_what_was_paid_before_belongs_to_the_remainder() -> None:
    report = at("02-01", C100, M100, reschedules=PLAN, receipts=[receipt("R1", "01-15", "30", m="M")])
    # 70 are open on 01-20, of which 80 are asked: E1 takes 40, E2 the 30 that are left.
    assert items(report, "M") == [
        "own due 01-10: 30.00 paid 30.00 adjusted 0.00 open 0.00",
        "E1 due 03-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
        "E2 due 04-01: 30.00 paid 0.00 adjusted 0.00 open 30.00",
    ]
    assert found(report) == {"instalments in excess: E2"}


def test_corner_5_instalments_in_excess_take_in_order_of_new_due_then_id() -> None:
    plan = [
        instalment("E1", "M", "01-20", "04-01", "60"),
        instalment("E9", "M", "01-20", "03-01", "60"),
        instalment("E8", "M", "01-20", "04-01", "10"),
    ]
    report = at("02-01", C100, M100, reschedules=plan)
    assert items(report, "M")[1:] == [
        "E9 due 03-01: 60.00 paid 0.00 adjusted 0.00 open 60.00",
        "E1 due 04-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
    ]
    assert found(report) == {"instalments in excess: E1", "instalments in excess: E8"}


def test_payments_fill_items_by_due_date() -> None:
    report = at("02-01", C100, M100, reschedules=PLAN, receipts=[receipt("R1", "01-25", "70", m="M")])
    assert paid(report) == ["R1 M 01-25 20.00", "R1 M/E1 01-25 40.00", "R1 M/E2 01-25 10.00"]


def test_a_later_agreement_replaces_the_unpaid_items_of_an_earlier_one() -> None:
    later = [*PLAN, instalment("E3", "M", "02-01", "06-01", "50", "Q")]
    money = [receipt("R1", "01-25", "30", m="M")]
    # R1 pays the remainder 20 and 10 of E1; on 02-01 E1's 30 and E2's 40 return, E3 takes 50 of these 70.
    report = at("02-01", C100, M100, reschedules=later, receipts=money)
    assert items(report, "M") == [
        "own due 01-10: 40.00 paid 20.00 adjusted 0.00 open 20.00",
        "E1 due 03-01: 10.00 paid 10.00 adjusted 0.00 open 0.00",
        "E3 due 06-01: 50.00 paid 0.00 adjusted 0.00 open 50.00",
    ]


def test_the_same_number_on_another_day_is_a_later_agreement() -> None:
    later = [*PLAN, instalment("E3", "M", "02-01", "06-01", "100")]
    report = at("02-01", C100, M100, reschedules=later)
    assert items(report, "M")[1:] == ["E3 due 06-01: 100.00 paid 0.00 adjusted 0.00 open 100.00"]


def test_corner_2_an_extension_after_a_plan_returns_the_unpaid_and_moves_the_due_date() -> None:
    later = [*PLAN, extension("E3", "M", "02-01", "06-01")]
    money = [receipt("R1", "01-25", "30", m="M")]
    report = at("02-01", C100, M100, reschedules=later, receipts=money)
    assert items(report, "M") == [
        "E1 due 03-01: 10.00 paid 10.00 adjusted 0.00 open 0.00",
        "own due 06-01: 90.00 paid 20.00 adjusted 0.00 open 70.00",
    ]
    assert report.milestones["M"]["due_date"] == day("06-01")


def test_corner_2_a_second_plan_leaves_the_remainder_with_the_extended_due_date() -> None:
    rows = [
        extension("E0", "M", "01-15", "05-01"),
        instalment("E1", "M", "01-20", "03-01", "100"),
        instalment("E2", "M", "02-01", "06-01", "60", "Q"),
    ]
    report = at("02-01", C100, M100, reschedules=rows)
    assert items(report, "M") == [
        "own due 05-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
        "E2 due 06-01: 60.00 paid 0.00 adjusted 0.00 open 60.00",
    ]
    assert report.milestones["M"]["contract_due"] == day("01-10")


def test_an_agreement_of_both_kinds_extends_first_and_splits_then() -> None:
    rows = [
        instalment("E1", "M", "01-20", "03-01", "40"),
        extension("E2", "M", "01-20", "05-01", "P"),
    ]
    report = at("02-01", C100, M100, reschedules=rows)
    assert items(report, "M") == [
        "E1 due 03-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
        "own due 05-01: 60.00 paid 0.00 adjusted 0.00 open 60.00",
    ]


def test_corner_3_a_plan_of_a_pending_milestone_splits_on_the_trigger_date_before_any_money() -> None:
    plan = [instalment("E1", "M", "01-02", "03-01", "40"), instalment("E2", "M", "01-02", "04-01", "60")]
    money = [receipt("R1", "01-05", "50", m="M")]
    notes = [adjustment("J1", "M", "01-06", "10")]
    before = at("01-09", C100, M100, reschedules=plan, receipts=money, adjustments=notes)
    assert str(before.milestones["M"]["open"]) == "90.00"
    report = at("01-10", C100, M100, reschedules=plan, receipts=money, adjustments=notes)
    # 90 are open: E1 40, E2 50 of its 60; the reserved 50 pay E1 and 10 of E2.
    assert items(report, "M") == [
        "own due 01-10: 10.00 paid 0.00 adjusted 10.00 open 0.00",
        "E1 due 03-01: 40.00 paid 40.00 adjusted 0.00 open 0.00",
        "E2 due 04-01: 50.00 paid 10.00 adjusted 0.00 open 40.00",
    ]


def test_corner_3_rows_with_amounts_and_no_number_stand_alone() -> None:
    # Two agreements of one day: the second replaces the unpaid items of the first.
    rows = [
        instalment("E1", "M", "01-20", "03-01", "40", None),
        instalment("E2", "M", "01-20", "04-01", "50", None),
    ]
    assert items(at("02-01", C100, M100, reschedules=rows), "M") == [
        "own due 01-10: 50.00 paid 0.00 adjusted 0.00 open 50.00",
        "E2 due 04-01: 50.00 paid 0.00 adjusted 0.00 open 50.00",
    ]


def test_agreements_of_one_day_go_by_their_smallest_id() -> None:
    rows = [
        instalment("E1", "M", "01-20", "03-01", "40", "P"),
        instalment("E2", "M", "01-20", "04-01", "50", "Q"),
        instalment("E3", "M", "01-20", "05-01", "60", "P"),
    ]
    assert items(at("02-01", C100, M100, reschedules=rows), "M")[1:] == [
        "E2 due 04-01: 50.00 paid 0.00 adjusted 0.00 open 50.00"
    ]


def test_corner_4_adjustments_fill_by_due_date_and_reversals_empty_from_the_last() -> None:
    notes = [adjustment("J1", "M", "01-25", "70"), adjustment("J2", "M", "01-26", "-30")]
    before = at("01-25", C100, M100, reschedules=PLAN, adjustments=notes)
    assert items(before, "M") == [
        "own due 01-10: 20.00 paid 0.00 adjusted 20.00 open 0.00",
        "E1 due 03-01: 40.00 paid 0.00 adjusted 40.00 open 0.00",
        "E2 due 04-01: 40.00 paid 0.00 adjusted 10.00 open 30.00",
    ]
    after = at("01-26", C100, M100, reschedules=PLAN, adjustments=notes)
    assert items(after, "M")[1:] == [
        "E1 due 03-01: 40.00 paid 0.00 adjusted 20.00 open 20.00",
        "E2 due 04-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
    ]


def test_corner_17_of_items_due_together_the_remainder_is_adjusted_first_and_then_the_smaller_id() -> None:
    plan = [instalment(key, "M", "01-15", "01-10", "30") for key in ("E9", "E10")]
    notes = [adjustment("J1", "M", "01-25", "60")]
    assert items(at("01-25", C100, M100, reschedules=plan, adjustments=notes), "M") == [
        "own due 01-10: 40.00 paid 0.00 adjusted 40.00 open 0.00",
        "E10 due 01-10: 30.00 paid 0.00 adjusted 20.00 open 10.00",
        "E9 due 01-10: 30.00 paid 0.00 adjusted 0.00 open 30.00",
    ]


def test_corner_4_a_refund_reopens_the_item_that_its_allocation_paid() -> None:
    money = [receipt("R1", "01-25", "70", m="M"), receipt("R2", "01-28", "-15", m="M")]
    report = at("02-01", C100, M100, reschedules=PLAN, receipts=money)
    # R1 paid 20 of the remainder, 40 of E1 and 10 of E2; the last of them goes back first.
    assert paid(report)[3:] == ["R2 M/E2 01-28 -10.00", "R2 M/E1 01-28 -5.00"]
    assert report.milestones["M"]["due_date"] == day("03-01")


def test_corner_4_a_refund_reopens_a_paid_part_of_a_replaced_plan_where_it_was() -> None:
    rows = [*PLAN, extension("E3", "M", "02-01", "06-01")]
    money = [receipt("R1", "01-25", "30", m="M"), receipt("R2", "02-05", "-10", m="M")]
    report = at("02-10", C100, M100, reschedules=rows, receipts=money)
    assert items(report, "M")[0] == "E1 due 03-01: 10.00 paid 0.00 adjusted 0.00 open 10.00"


def test_corner_18_the_due_date_of_a_settled_plan_is_its_last_items() -> None:
    report = at("02-01", C100, M100, reschedules=PLAN, receipts=[receipt("R1", "01-25", "100", m="M")])
    row = report.milestones["M"]
    assert (row["status"], row["due_date"], row["days_overdue"]) == ("settled", day("04-01"), None)


def test_corner_18_pending_but_fully_adjusted_is_settled_without_dates() -> None:
    report = at("01-05", C100, M100, adjustments=[adjustment("J1", "M", "01-02", "100")])
    row = report.milestones["M"]
    assert (row["status"], row["due_date"], row["contract_due"]) == ("settled", None, None)


def test_corner_18_an_empty_currency_is_the_base_and_nought_is_not_unknown() -> None:
    report = at("01-05", C100, M100)
    assert list(report.totals) == ["CNY"]
    assert str(report.milestones["M"]["received"]) == "0.00"
    assert report.milestones["M"]["due_date"] is None


def test_a_plan_on_a_settled_milestone_is_all_excess() -> None:
    report = at("02-01", C100, M100, reschedules=PLAN, receipts=[receipt("R1", "01-15", "100", m="M")])
    assert found(report) == {"instalments in excess: E1", "instalments in excess: E2"}
    assert report.milestones["M"]["due_date"] == day("01-10")


def test_rows_for_an_unknown_milestone_are_findings() -> None:
    report = at(
        "02-01",
        C100,
        M100,
        reschedules=[extension("E1", "X", "01-15", "03-01")],
        adjustments=[adjustment("J1", "X", "01-15", "1")],
        receipts=[receipt("R1", "01-15", "1", m="X")],
    )
    assert found(report) == {"unknown milestone: E1", "unknown milestone: J1", "unknown id: R1"}
    assert free(report) == {"R1": "1.00"}
