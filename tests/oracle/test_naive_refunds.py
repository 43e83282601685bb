"""Refunds, adjustments and drafts by hand."""

from __future__ import annotations

from tests.oracle.build import Cells, adjustment, at, contract, fixed, found, free, paid, receipt

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]


# ---- refunds


def test_a_refund_takes_free_money_first_then_the_newest_allocations() -> None:
    money = [
        receipt("R10", "01-12", "40", m="M"),
        receipt("R9", "01-12", "50", m="M"),
        receipt("R1", "01-15", "30", m="M"),
        receipt("R2", "01-20", "-100", m="M"),
    ]
    report = at("02-01", C100, M100, receipts=money)
    # R10 40, R9 50, R1 10 and 20 free; back go 20 free, R1's 10, R9's 50 (larger id), 20 of R10's.
    assert paid(report)[3:] == ["R2 M 01-20 -10.00", "R2 M 01-20 -50.00", "R2 M 01-20 -20.00"]
    assert free(report) == {"R1": "0.00", "R10": "0.00", "R2": "0.00", "R9": "0.00"}
    assert str(report.milestones["M"]["received"]) == "20.00"


def test_a_refund_goes_by_the_date_of_the_allocation_not_of_the_receipt() -> None:
    # R1 waits for the trigger of 01-10, R2 is paid on 01-12.
    money = [
        receipt("R9", "01-05", "40", m="M"),
        receipt("R2", "01-12", "40", m="M"),
        receipt("R3", "01-20", "-40", m="M"),
        receipt("R4", "01-21", "-40", m="M"),
    ]
    report = at("02-01", C100, M100, receipts=money)
    assert str(report.milestones["M"]["received"]) == "0.00"
    assert [line.split()[0] for line in paid(report)] == ["R9", "R2", "R3", "R4"]


def test_of_allocations_of_one_day_the_larger_receipt_id_is_the_newest() -> None:
    # Both wait for 01-10; R10 came later but R9 is the larger id, so the refund takes R9's allocation
    # and leaves its dishonour nothing to take back.
    money = [
        draft("R9", "01-02", "40", "02-01", m="M"),
        draft("R10", "01-03", "40", None, m="M"),
        receipt("R3", "01-20", "-40", m="M"),
    ]
    report = at("02-01", C100, M100, receipts=money)
    assert paid(report) == ["R9 M 01-10 40.00", "R10 M 01-10 40.00", "R3 M 01-20 -40.00"]
    assert str(report.milestones["M"]["received"]) == "40.00"


def test_what_a_refund_cannot_take_stays_on_it() -> None:
    money = [receipt("R1", "01-12", "40", m="M"), receipt("R2", "01-20", "-100", m="M")]
    report = at("02-01", C100, M100, receipts=money)
    assert free(report) == {"R1": "0.00", "R2": "-60.00"}
    assert found(report) == {"refund is short: R2"}
    assert str(report.totals["CNY"]["received"]) == "-60.00"


def test_a_refund_at_contract_level_takes_only_money_of_just_that_contract() -> None:
    money = [
        receipt("R1", "01-02", "10", c="C", k="K"),
        receipt("R2", "01-03", "10", c="C"),
        receipt("R3", "01-04", "10", k="K"),
        receipt("R4", "01-04", "10", m="M"),
        receipt("R5", "01-05", "-15", c="C"),
    ]
    report = at("01-09", C100, M100, receipts=money)
    assert free(report) == {"R1": "5.00", "R2": "0.00", "R3": "10.00", "R4": "10.00", "R5": "0.00"}


def test_a_refund_at_customer_level_takes_only_the_customers_money_and_no_allocation() -> None:
    money = [
        receipt("R1", "01-02", "10", c="C"),
        receipt("R2", "01-03", "10", k="K"),
        receipt("R3", "01-04", "10", k="K", currency="USD"),
        receipt("R5", "01-05", "-15", k="K"),
    ]
    report = at("01-09", C100, M100, receipts=money)
    assert free(report) == {"R1": "10.00", "R2": "0.00", "R3": "10.00", "R5": "-5.00"}


# ---- adjustments


def test_only_a_credit_note_needs_no_approval() -> None:
    notes = [
        adjustment("J1", "M", "01-20", "1"),
        adjustment("J2", "M", "01-20", "2", "write_off"),
        adjustment("J3", "M", "01-20", "4", "discount"),
        adjustment("J4", "M", "01-20", "8", "bank_fee"),
        adjustment("J5", "M", "01-20", "16", "write_off", approved_by="Director"),
    ]
    report = at("02-01", C100, M100, adjustments=notes)
    assert str(report.milestones["M"]["adjusted"]) == "17.00"
    assert found(report) == {"not approved: J2", "not approved: J3", "not approved: J4"}


def test_an_adjustment_above_what_is_open_is_not_applied() -> None:
    report = at("02-01", C100, M100, adjustments=[adjustment("J1", "M", "01-20", "100.01")])
    assert str(report.milestones["M"]["adjusted"]) == "0.00"
    assert found(report) == {"more than is open: J1"}
    assert found(at("02-01", C100, M100, adjustments=[adjustment("J1", "M", "01-20", "100")])) == set()


def test_corner_12_money_naming_a_partly_written_off_milestone_pays_what_is_open() -> None:
    report = at(
        "02-01",
        C100,
        M100,
        adjustments=[adjustment("J1", "M", "01-15", "70", "write_off", approved_by="Director")],
        receipts=[receipt("R1", "01-20", "100", m="M")],
    )
    assert paid(report) == ["R1 M 01-20 30.00"]
    assert free(report) == {"R1": "70.00"}
    assert found(report) == {"more than is open: R1"}


def test_corner_13_a_negative_adjustment_reverses_its_own_kind_only() -> None:
    notes = [
        adjustment("J1", "M", "01-15", "30"),
        adjustment("J2", "M", "01-15", "20", "discount", approved_by="Director"),
        adjustment("J3", "M", "01-16", "-40"),
    ]
    report = at("02-01", C100, M100, adjustments=notes)
    assert str(report.milestones["M"]["adjusted"]) == "20.00"
    assert found(report) == {"reverses more than was taken: J3"}


def test_a_write_off_reversed_wakes_no_money() -> None:
    report = at(
        "02-01",
        C100,
        M100,
        adjustments=[
            adjustment("J1", "M", "01-15", "100", "write_off", approved_by="Director"),
            adjustment("J2", "M", "01-25", "-100", "write_off", approved_by="Director"),
        ],
        receipts=[receipt("R1", "01-20", "40", m="M")],
    )
    assert paid(report) == []
    assert (free(report), str(report.milestones["M"]["open"])) == ({"R1": "40.00"}, "100.00")


# ---- drafts, Corners 1 and 14


def draft(key: str, on: str, amount: str, dishonoured: str | None, **more: str) -> Cells:
    return receipt(key, on, amount, method="commercial_draft", dishonoured_on=dishonoured, **more)


def test_a_draft_pays_on_its_date_and_dishonour_takes_it_back() -> None:
    money = [draft("R1", "01-20", "60", "02-01", m="M")]
    before = at("01-31", C100, M100, receipts=money)
    assert str(before.milestones["M"]["open"]) == "40.00"
    after = at("02-01", C100, M100, receipts=money)
    assert paid(after) == ["R1 M 01-20 60.00", "R1 M 02-01 -60.00"]
    assert after.milestones["M"]["days_overdue"] == 22
    assert str(after.totals["CNY"]["received"]) == "0.00"
    assert found(after) == {"dishonoured: R1"}


def test_corner_1_only_what_refunds_had_taken_still_counts_and_free_money_lapses() -> None:
    # 130: 100 paid, 30 free. Refunds take the free 30 and 15 of the allocation, the last on the very day.
    money = [
        draft("R1", "01-20", "130", "02-01", m="M"),
        receipt("R2", "01-25", "-35", m="M"),
        receipt("R3", "02-01", "-10", m="M"),
    ]
    report = at("02-01", C100, M100, receipts=money)
    assert paid(report) == [
        "R1 M 01-20 100.00",
        "R2 M 01-25 -5.00",
        "R3 M 02-01 -10.00",
        "R1 M 02-01 -85.00",
    ]
    # R1 counts 45, the refunds -45.
    assert str(report.totals["CNY"]["received"]) == "0.00"
    assert {key: str(row["allocated"]) for key, row in report.receipts.items()} == {
        "R1": "15.00",
        "R2": "-5.00",
        "R3": "-10.00",
    }


def test_corner_1_what_the_draft_left_unapplied_lapses() -> None:
    report = at("02-01", C100, M100, receipts=[draft("R1", "01-05", "130", "01-07", m="M")])
    assert paid(report) == []
    assert free(report) == {"R1": "0.00"}
    assert str(report.totals["CNY"]["unapplied"]) == "0.00"


def test_a_dishonour_before_the_receipt_happens_on_the_receipts_day() -> None:
    report = at("01-20", C100, M100, receipts=[draft("R1", "01-20", "60", "01-11", m="M")])
    assert paid(report) == ["R1 M 01-20 60.00", "R1 M 01-20 -60.00"]


def test_corner_14_a_refund_takes_free_money_newest_first() -> None:
    money = [
        receipt("R9", "01-02", "10", m="M"),
        receipt("R1", "01-03", "10", m="M"),
        receipt("R2", "01-03", "10", m="M"),
        receipt("R3", "01-04", "-15", m="M"),
    ]
    assert free(at("01-09", C100, M100, receipts=money)) == {
        "R1": "5.00",
        "R2": "0.00",
        "R3": "0.00",
        "R9": "10.00",
    }


def test_corner_14_a_refund_in_another_currency_moves_nothing() -> None:
    money = [receipt("R1", "01-20", "10", m="M"), receipt("R2", "01-25", "-10", m="M", currency="USD")]
    report = at("02-01", C100, M100, receipts=money)
    assert paid(report) == ["R1 M 01-20 10.00"]
    assert free(report) == {"R1": "0.00", "R2": "-10.00"}
    assert "other currency: R2" in found(report)
