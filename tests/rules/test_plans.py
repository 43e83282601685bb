"""Extensions and instalment plans: what falls due when, and what payments meet."""

from __future__ import annotations

from tests.oracle.build import adjustment, contract, extension, fixed, instalment, receipt
from tests.rules.figures import Look

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]
PLAN = [instalment("E1", "M", "01-20", "03-01", "40"), instalment("E2", "M", "01-20", "04-01", "40")]


def test_instalments_split_what_is_open_and_the_remainder_keeps_the_old_date() -> None:
    money = [receipt("R1", "02-01", "100", m="M")]
    assert Look("02-01", C100, M100, reschedules=PLAN, receipts=money).paid() == [
        "R1 M 02-01 20.00",
        "R1 M/E1 02-01 40.00",
        "R1 M/E2 02-01 40.00",
    ]


def test_the_milestone_shows_its_oldest_open_date_and_the_contracts_beside_it() -> None:
    row = Look("02-01", C100, M100, reschedules=PLAN).milestone("M")
    assert (f"{row['due_date']:%m-%d}", f"{row['contract_due']:%m-%d}", row["days_overdue"]) == (
        "01-10",
        "01-10",
        22,
    )
    paid = [receipt("R1", "01-25", "20", m="M")]
    row = Look("03-01", C100, M100, reschedules=PLAN, receipts=paid).milestone("M")
    assert (f"{row['due_date']:%m-%d}", row["days_overdue"], row["status"]) == ("03-01", 0, "not_due")
    row = Look("03-02", C100, M100, reschedules=PLAN, receipts=paid).milestone("M")
    assert (row["days_overdue"], row["status"], row["bucket"]) == (1, "overdue", "1-30")


def test_instalments_above_what_is_open_are_an_error_with_the_excess() -> None:
    exact = [instalment("E1", "M", "01-20", "03-01", "60"), instalment("E2", "M", "01-20", "04-01", "40")]
    assert "plan_too_large" not in Look("02-01", C100, M100, reschedules=exact).codes()
    exact[1]["amount"] += 1
    found = Look("02-01", C100, M100, reschedules=exact).finding("plan_too_large")
    assert "1.00" in found.message.en and found.table == "reschedules"


def test_a_new_agreement_returns_what_is_unpaid_of_the_old_plan() -> None:
    later = [*PLAN, extension("E3", "M", "02-10", "06-01")]
    money = [receipt("R1", "02-01", "30", m="M"), receipt("R2", "02-15", "100", m="M")]
    seen = Look("02-20", C100, M100, reschedules=later, receipts=money)
    # R1 paid the remainder of 20 and 10 of E1; the other 70 are one item again, due 06-01.
    assert seen.paid() == ["R1 M 02-01 20.00", "R1 M/E1 02-01 10.00", "R2 M 02-15 70.00"]
    assert f"{Look('02-10', C100, M100, reschedules=later).milestone('M')['due_date']:%m-%d}" == "06-01"


def test_a_reopened_instalment_of_an_old_plan_ranks_by_its_id_beside_the_new_ones() -> None:
    agreements = [
        instalment("E9", "M", "01-12", "03-01", "40", "P1"),
        instalment("E1", "M", "01-20", "03-01", "30", "P2"),
    ]
    money = [
        receipt("R1", "01-13", "70", m="M"),  # 60 own, 10 of E9
        receipt("R2", "01-21", "-10", m="M"),  # opens those 10 of E9 again
        receipt("R3", "01-22", "35", m="M"),
    ]
    # 01-20: of E9 30 are unpaid and return; E1 takes them. 01-22: E1 30 and E9 10 are open, both due 03-01.
    seen = Look("02-01", C100, M100, reschedules=agreements, receipts=money)
    assert seen.paid()[-2:] == ["R3 M/E1 01-22 30.00", "R3 M/E9 01-22 5.00"]


def test_a_plan_of_a_pending_milestone_splits_on_the_trigger_date_before_any_money() -> None:
    plan = [instalment("E1", "M", "01-02", "03-01", "70")]
    seen = Look("01-10", C100, M100, reschedules=plan, receipts=[receipt("R1", "01-05", "50", m="M")])
    assert seen.paid() == ["R1 M 01-10 30.00", "R1 M/E1 01-10 20.00"]


def test_adjustments_fill_by_due_date_and_a_reversal_empties_from_the_last() -> None:
    credit = [adjustment("J1", "M", "02-01", "70"), adjustment("J2", "M", "02-02", "-30")]
    money = [receipt("R1", "02-03", "100", m="M")]
    seen = Look("02-03", C100, M100, reschedules=PLAN, adjustments=credit, receipts=money)
    # 70: own 20, E1 40, E2 10; back come E2's 10 and 20 of E1.
    assert seen.paid() == ["R1 M/E1 02-03 20.00", "R1 M/E2 02-03 40.00"]
    assert seen.milestone("M")["adjusted"] == "40.00"


def test_the_due_date_of_a_settled_plan_is_its_last_items() -> None:
    row = Look(
        "05-01", C100, M100, reschedules=PLAN, receipts=[receipt("R", "02-01", "100", m="M")]
    ).milestone("M")
    assert (f"{row['due_date']:%m-%d}", row["status"], row["days_overdue"]) == ("04-01", "settled", None)


def test_a_new_due_date_does_not_roll() -> None:
    sunday = [extension("E1", "M", "01-15", "2025-06-01")]
    row = Look("02-01", C100, M100, settings={"roll": "following"}, reschedules=sunday).milestone("M")
    assert f"{row['due_date']:%m-%d}" == "06-01"
