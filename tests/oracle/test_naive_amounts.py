"""Amounts, amendments and settlement by hand."""

from __future__ import annotations

from tests.oracle.build import (
    Cells,
    adjustment,
    amendment,
    amounts,
    at,
    cells,
    contract,
    extension,
    fixed,
    found,
    instalment,
    invoice,
    items,
    receipt,
    share,
)

C100 = [contract("C", "100")]
C1000 = [contract("C", "1000")]
THREE = [share("A", "0.3", 1), share("B", "0.4", 2), share("Z", "0.3", 3)]


def thirds(first: str = "01-10") -> list[Cells]:
    """30/40/30 of which the first row is triggered."""
    return [THREE[0] | cells(trigger_date=first), *THREE[1:]]


def whole() -> list[Cells]:
    """One row of the whole amount, triggered and due on 01-10."""
    return [share("M", "1") | cells(trigger_date="01-10")]


# ---- as signed


def test_the_balance_row_takes_the_rest_wherever_it_stands() -> None:
    # 99.99 x 0.333 = 33.29667, so 33.30 twice; the rest is 33.39.
    rows = [share("A", "0.333", 1), share("B", None, 2), share("Z", "0.333", 3)]
    assert amounts(at("01-01", [contract("C", "99.99")], rows)) == {"A": "33.30", "B": "33.39", "Z": "33.30"}


def test_without_a_balance_the_last_share_row_by_seq_takes_the_rounding() -> None:
    # 100.01 x 0.3 = 30.003 and x 0.4 = 40.004; 100.01 - 30.00 - 40.00 = 30.01 goes to Z, the last by seq.
    rows = [share("Z", "0.3", 3), share("A", "0.3", 1), share("B", "0.4", 2)]
    report = at("01-01", [contract("C", "100.01")], rows)
    assert amounts(report) == {"A": "30.00", "B": "40.00", "Z": "30.01"}
    assert found(report) == set()


def test_a_fixed_row_after_the_last_share_leaves_the_rounding_to_the_share() -> None:
    # 0.02 x 0.25 = 0.005, so 0.01 for A; the exact sum is 0.02, of which B takes 0.00 and not 0.01.
    rows = [share("A", "0.25", 1), share("B", "0.25", 2), fixed("F", "0.01", seq=3)]
    report = at("01-01", [contract("C", "0.02")], rows)
    assert amounts(report) == {"A": "0.01", "B": "0.00", "F": "0.01"}
    assert found(report) == set()


def test_rows_that_do_not_add_up_keep_their_rounded_values() -> None:
    rows = [share("A", "0.3333", 1), share("B", "0.3333", 2), share("Z", "0.3333", 3)]
    report = at("01-01", [contract("C", "100.10")], rows)
    # 100.10 x 0.3333 = 33.36333; the exact sum 100.08999 is not 100.10, so no row takes a difference.
    assert amounts(report) == {"A": "33.36", "B": "33.36", "Z": "33.36"}
    assert found(report) == {"does not add up: C"}
    assert str(report.contracts["C"]["milestones_total"]) == "100.08"


def test_fixed_rows_alone_must_add_up_too() -> None:
    assert found(at("01-01", C100, [fixed("A", "60"), fixed("B", "30")])) == {"does not add up: C"}
    assert found(at("01-01", C100, [fixed("A", "60"), fixed("B", "40")])) == set()


def test_of_two_balance_rows_the_second_is_nought() -> None:
    report = at("01-01", C100, [share("A", None, 2), share("B", "0.3", 1), share("Z", None, 3)])
    assert amounts(report) == {"A": "70.00", "B": "30.00", "Z": "0.00"}
    assert found(report) == {"second balance: C"}


def test_a_balance_below_zero_is_nought() -> None:
    report = at("01-01", C100, [fixed("A", "120", seq=1), share("B", None, 2)])
    assert amounts(report) == {"A": "120.00", "B": "0.00"}
    assert found(report) == {"balance below zero: C"}


# ---- amendments


def test_spread_goes_by_old_amounts_and_the_last_takes_the_rest() -> None:
    # +100.01 over 300/400/300: 30.003 -> 30.00, 40.004 -> 40.00, rest 30.01.
    report = at("02-01", C1000, THREE, amendments=[amendment("A1", "02-01", "1100.01")])
    assert amounts(report) == {"A": "330.00", "B": "440.00", "Z": "330.01"}
    assert str(report.contracts["C"]["amount_in_force"]) == "1100.01"
    assert (
        amounts(at("01-31", C1000, THREE, amendments=[amendment("A1", "02-01", "1100.01")]))["A"] == "300.00"
    )


def test_spread_rounds_half_away_from_zero_downwards_too() -> None:
    # -0.01 over 50/50: -0.005 rounds to -0.01, the last takes the rest, nought.
    rows = [share("A", "0.5", 1), share("B", "0.5", 2)]
    report = at("02-01", C100, rows, amendments=[amendment("A1", "02-01", "99.99")])
    assert amounts(report) == {"A": "49.99", "B": "50.00"}


def test_fixed_rows_keep_their_amount_and_the_balance_takes_part() -> None:
    # +50 over share 300 and balance 500: 18.75 and 31.25.
    rows = [fixed("A", "200", seq=1), share("B", "0.3", 2), share("Z", None, 3)]
    report = at("02-01", C1000, rows, amendments=[amendment("A1", "02-01", "1050")])
    assert amounts(report) == {"A": "200.00", "B": "318.75", "Z": "531.25"}


def test_a_paid_row_is_frozen_and_one_paid_on_the_day_is_not() -> None:
    rows = thirds()
    change = [amendment("A1", "02-01", "1070")]
    before = at("02-01", C1000, rows, amendments=change, receipts=[receipt("R1", "01-31", "1", m="A")])
    # +70 over 400/300: 40 and 30.
    assert amounts(before) == {"A": "300.00", "B": "440.00", "Z": "330.00"}
    same_day = at("02-01", C1000, rows, amendments=change, receipts=[receipt("R1", "02-01", "1", m="A")])
    assert amounts(same_day) == {"A": "321.00", "B": "428.00", "Z": "321.00"}


def test_a_refund_of_all_thaws_the_row() -> None:
    money = [receipt("R1", "01-20", "1", m="A"), receipt("R2", "01-21", "-1", m="A")]
    report = at("02-01", C1000, thirds(), amendments=[amendment("A1", "02-01", "1070")], receipts=money)
    assert amounts(report)["A"] == "321.00"


def test_an_invoice_naming_the_row_freezes_it_from_the_day_after() -> None:
    change = [amendment("A1", "02-01", "1070")]
    earlier = at("02-01", C1000, THREE, amendments=change, invoices=[invoice("F1", "A", "01-31")])
    assert amounts(earlier) == {"A": "300.00", "B": "440.00", "Z": "330.00"}
    same_day = at("02-01", C1000, THREE, amendments=change, invoices=[invoice("F1", "A", "02-01")])
    assert amounts(same_day)["A"] == "321.00"


def test_contract_invoices_and_adjustments_do_not_freeze() -> None:
    report = at(
        "02-01",
        C1000,
        thirds(),
        amendments=[amendment("A1", "02-01", "1070")],
        invoices=[invoice("F1", None, "01-15")],
        adjustments=[adjustment("J1", "A", "01-15", "5")],
    )
    assert amounts(report)["A"] == "321.00"


def test_catch_up_gives_targets_and_the_first_open_row_what_the_frozen_miss() -> None:
    # On 2000 the targets are 600/800/600; A stays 300, so B takes 800 + 300.
    report = at(
        "02-01",
        C1000,
        thirds(),
        amendments=[amendment("A1", "02-01", "2000", "catch_up")],
        receipts=[receipt("R1", "01-15", "300", m="A")],
    )
    assert amounts(report) == {"A": "300.00", "B": "1100.00", "Z": "600.00"}


def test_catch_up_with_a_balance_row_gives_it_the_rest() -> None:
    rows = [fixed("A", "100", seq=1), share("B", "0.3", 2), share("Z", None, 3)]
    report = at("02-01", C1000, rows, amendments=[amendment("A1", "02-01", "2000", "catch_up")])
    assert amounts(report) == {"A": "100.00", "B": "600.00", "Z": "1300.00"}


def test_amendments_go_by_day_then_id_and_an_empty_policy_is_spread() -> None:
    # A10 before A9 on one day: 1000 -> 2000 -> 500, so 150/200/150.
    changes = [amendment("A9", "02-01", "500"), amendment("A10", "02-01", "2000")]
    report = at("02-01", C1000, THREE, amendments=changes)
    assert amounts(report) == {"A": "150.00", "B": "200.00", "Z": "150.00"}
    assert str(report.contracts["C"]["amount_in_force"]) == "500.00"


def test_an_amendment_without_an_open_row_fails_and_the_amount_in_force_is_new_all_the_same() -> None:
    report = at(
        "02-01",
        C100,
        whole(),
        amendments=[amendment("A1", "02-01", "150")],
        receipts=[receipt("R1", "01-15", "10", m="M")],
    )
    assert amounts(report) == {"M": "100.00"}
    assert found(report) == {"amendment failed: A1"}
    assert str(report.contracts["C"]["amount_in_force"]) == "150.00"


def test_a_row_that_would_fall_below_what_was_adjusted_fails_the_whole_amendment() -> None:
    # Down to 100: each row to a tenth, A to 30, which is less than the 31 adjusted.
    report = at(
        "02-01",
        C1000,
        THREE,
        amendments=[amendment("A1", "02-01", "100")],
        adjustments=[adjustment("J1", "A", "01-15", "31")],
    )
    assert amounts(report) == {"A": "300.00", "B": "400.00", "Z": "300.00"}
    assert found(report) == {"amendment failed: A1"}
    just = at(
        "02-01",
        C1000,
        THREE,
        amendments=[amendment("A1", "02-01", "100")],
        adjustments=[adjustment("J1", "A", "01-15", "30")],
    )
    assert amounts(just) == {"A": "30.00", "B": "40.00", "Z": "30.00"}


# ---- Corners 4, 6, 7, 8, 11


def test_corner_6_the_next_difference_is_the_new_total_less_the_rows() -> None:
    report = at(
        "03-01",
        C1000,
        THREE,
        amendments=[amendment("A1", "02-01", "100"), amendment("A2", "02-02", "1100")],
        adjustments=[adjustment("J1", "A", "01-15", "31")],
    )
    # A1 fails, the rows still sum to 1000: A2 spreads 100, not 1000.
    assert amounts(report) == {"A": "330.00", "B": "440.00", "Z": "330.00"}


def test_corner_6_no_open_row_and_no_difference_is_no_finding() -> None:
    report = at("02-01", C100, [fixed("M", "100")], amendments=[amendment("A1", "02-01", "100")])
    assert found(report) == set()


def test_settlement_goes_to_the_balance_row_else_to_the_last_open_share_row() -> None:
    settled = [contract("C", "1000", settled_on="02-01", settlement_total="950")]
    with_balance = [share("A", "0.3", 1), share("B", None, 2), share("Z", "0.3", 3)]
    assert amounts(at("02-01", settled, with_balance)) == {"A": "300.00", "B": "350.00", "Z": "300.00"}
    assert amounts(at("01-31", settled, with_balance))["B"] == "400.00"
    frozen = at("02-01", settled, with_balance, invoices=[invoice("F1", "B", "01-05")])
    assert amounts(frozen) == {"A": "300.00", "B": "400.00", "Z": "250.00"}
    both = [invoice("F1", "B", "01-05"), invoice("F2", "Z", "01-05")]
    assert amounts(at("02-01", settled, with_balance, invoices=both))["A"] == "250.00"


def test_settlement_without_a_total_does_nothing_and_one_that_fails_is_a_finding() -> None:
    assert found(at("02-01", [contract("C", "1000", settled_on="02-01")], THREE)) == set()
    below = at("02-01", [contract("C", "1000", settled_on="02-01", settlement_total="600")], THREE)
    # -400 on Z's 300 would leave less than nought.
    assert found(below) == {"amendment failed: C"}
    assert amounts(below)["Z"] == "300.00"


def test_corner_7_amendments_of_a_day_come_before_its_settlement() -> None:
    settled = [contract("C", "1000", settled_on="02-01", settlement_total="1150")]
    report = at("02-01", settled, THREE, amendments=[amendment("A1", "02-01", "1100")])
    # 330/440/330 by the amendment, then +50 to the last share row.
    assert amounts(report) == {"A": "330.00", "B": "440.00", "Z": "380.00"}


def test_corner_8_a_red_invoice_and_its_original_neither_freeze_nor_trigger() -> None:
    pair = [invoice("F1", "A", "01-05"), invoice("F2", "A", "03-05", red_of="F1")]
    report = at("02-01", C1000, THREE, amendments=[amendment("A1", "02-01", "1070")], invoices=pair)
    assert amounts(report)["A"] == "321.00"
    by_invoice = [fixed("M", "100", trigger="invoice")]
    rows = [invoice("F1", "M", "01-05"), invoice("F2", "M", "01-06", red_of="F1")]
    assert at("12-31", C100, by_invoice, invoices=rows).milestones["M"]["status"] == "pending"
    again = [*rows, invoice("F3", "M", "02-01")]
    assert at("12-31", C100, by_invoice, invoices=again).milestones["M"]["days_overdue"] == 333


def test_corner_8_an_invoice_counts_whenever_issued() -> None:
    # The second invoice is issued after the day looked at: it re-dates the trigger all the same.
    rows = [invoice("F1", "M", "01-05"), invoice("F2", "M", "06-01")]
    report = at("02-01", C100, [fixed("M", "100", trigger="invoice")], invoices=rows)
    assert report.milestones["M"]["status"] == "pending"


def test_corner_11_catch_up_without_a_balance_gives_the_last_share_row_the_rest() -> None:
    # On 100.01: 30.00, 40.00 and the rest 30.01.
    report = at("02-01", C1000, THREE, amendments=[amendment("A1", "02-01", "100.01", "catch_up")])
    assert amounts(report) == {"A": "30.00", "B": "40.00", "Z": "30.01"}


def test_corner_4_an_amendment_moves_the_remainder_then_the_last_instalments() -> None:
    rows = whole()
    plan = [instalment("E1", "M", "01-15", "03-01", "40"), instalment("E2", "M", "01-15", "04-01", "40")]
    down = at("02-01", C100, rows, reschedules=plan, amendments=[amendment("A1", "02-01", "70")])
    # -30: the remainder's 20, then 10 of E2.
    assert items(down, "M") == [
        "own due 01-10: 0.00 paid 0.00 adjusted 0.00 open 0.00",
        "E1 due 03-01: 40.00 paid 0.00 adjusted 0.00 open 40.00",
        "E2 due 04-01: 30.00 paid 0.00 adjusted 0.00 open 30.00",
    ]
    up = at("02-01", C100, rows, reschedules=plan, amendments=[amendment("A1", "02-01", "130")])
    assert items(up, "M")[0] == "own due 01-10: 50.00 paid 0.00 adjusted 0.00 open 50.00"


def test_an_extension_does_not_freeze() -> None:
    report = at(
        "02-01",
        C1000,
        thirds(),
        amendments=[amendment("A1", "02-01", "1070")],
        reschedules=[extension("E1", "A", "01-20", "05-01")],
    )
    assert amounts(report)["A"] == "321.00"
