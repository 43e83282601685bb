"""What each milestone of a contract is worth, in 分."""

from __future__ import annotations

from decimal import Decimal

import pytest

from addin.rules.amounts import Part, catch_up, settle, share_of, split, spread

BALANCE, UNREADABLE = Part(), Part(known=False)


def share(text: str) -> Part:
    return Part(share=Decimal(text))


def shares(text: str) -> list[Part]:
    return [share(part) for part in text.split()]


@pytest.mark.parametrize(
    ("total", "part", "amount"),
    [
        (10000001, "0.3", 3000000),  # 3 000 000.3
        (10001, "0.5", 5001),  # the half goes up
        (10001, "0.4999", 4999),  # 4 999.4999
        (1, "0.5", 1),
        (1, "0.4999", 0),
        (0, "0.3", 0),
    ],
)
def test_a_share_is_rounded_half_up(total: int, part: str, amount: int) -> None:
    assert share_of(total, Decimal(part)) == amount


def test_the_last_share_row_takes_the_rounding_difference() -> None:
    made = split(10000001, shares("0.3 0.4 0.3"))
    assert made.amounts == [3000000, 4000000, 3000001]
    assert made.adds_up and made.difference == 0


def test_a_fixed_row_after_the_last_share_leaves_the_rounding_to_the_share() -> None:
    made = split(10001, [share("0.5"), share("0.4"), Part(fixed=1000)])
    assert not made.adds_up  # 0.9 × 100.01 + 10.00 is 100.009
    assert made.amounts == [5001, 4000, 1000]
    assert split(10000, [share("0.335"), share("0.565"), Part(fixed=1000)]).amounts == [3350, 5650, 1000]


@pytest.mark.parametrize("parts", ["0.1 0.2 0.7", "0.333 0.333 0.334", "0.07 0.93"])
def test_shares_are_added_as_decimals_not_as_floats(parts: str) -> None:
    assert split(99_999_99, shares(parts)).adds_up


def test_shares_of_0_9999_are_told_with_the_difference_and_the_rows_keep_their_values() -> None:
    made = split(1_000_000, shares("0.3333 0.3333 0.3333"))
    assert (made.amounts, made.difference, made.adds_up) == ([333_300] * 3, 100, False)
    assert split(1_000_000, shares("0.3333 0.3333 0.3334")).adds_up
    assert not split(1_000_000, shares("0.3333 0.3333 0.3335")).adds_up


def test_shares_that_make_up_the_amount_by_rounding_only_do_not_add_up() -> None:
    # 50.004 and 49.995 of 100.00 are 50.00 and 50.00, but 99.999 % is not the whole.
    made = split(10000, shares("0.50004 0.49995"))
    assert (made.amounts, made.difference, made.adds_up) == ([5000, 5000], 0, False)


def test_the_balance_row_takes_the_rest_wherever_it_stands() -> None:
    assert split(10000, [share("0.3333"), BALANCE, share("0.3333")]).amounts == [3333, 3334, 3333]
    assert split(10000, [Part(fixed=2500), share("0.3"), BALANCE]).amounts == [2500, 3000, 4500]


def test_a_balance_of_nought_is_right_and_one_below_is_nought_with_what_is_missing() -> None:
    exact = split(10000, [Part(fixed=10000), BALANCE])
    assert (exact.amounts, exact.overdrawn, exact.adds_up) == ([10000, 0], 0, True)
    over = split(10000, [Part(fixed=10001), BALANCE])
    assert (over.amounts, over.overdrawn, over.difference) == ([10001, 0], 1, -1)


def test_of_two_balance_rows_the_second_is_nought() -> None:
    made = split(10000, [share("0.3"), BALANCE, BALANCE])
    assert (made.amounts, made.second_balances) == ([3000, 7000, 0], (2,))


def test_a_row_that_cannot_be_read_has_no_amount_and_is_no_balance() -> None:
    made = split(10000, [share("0.3"), UNREADABLE, share("0.3")])
    assert (made.amounts, made.difference) == ([3000, None, 3000], 4000)


def test_of_an_unknown_contract_amount_only_fixed_rows_are_known() -> None:
    assert split(None, [share("0.3"), Part(fixed=500), BALANCE]).amounts == [None, 500, None]


def test_a_supplement_spread_over_the_rows_not_yet_paid_by_their_old_amounts() -> None:
    # 30/40/30 of 100 000, the advance paid, 10 000 more: 4/7 and 3/7 of it.
    assert spread(10_000_00, [30_000_00, 40_000_00, 30_000_00], [1, 2]) == [30_000_00, 45_714_29, 34_285_71]


def test_spread_rounds_half_away_from_zero_and_the_last_takes_the_rest() -> None:
    assert spread(1, [100, 100], [0, 1]) == [101, 100]
    assert spread(-1, [100, 100], [0, 1]) == [99, 100]
    assert spread(-3, [100, 100], [0, 1]) == [98, 99]
    assert spread(7, [0, 0], [0, 1]) == [0, 7]


def test_catch_up_gives_shares_of_the_new_total_and_the_first_row_what_the_paid_one_misses() -> None:
    # 30/40/30 of 1 000, the advance of 300 paid; of 1 200 they would be 360/480/360.
    assert catch_up(1200, shares("0.3 0.4 0.3"), [300, 400, 300], [1, 2]) == [300, 540, 360]


def test_catch_up_with_a_balance_row_gives_it_the_rest() -> None:
    parts = [share("0.3"), share("0.4"), BALANCE]
    assert catch_up(1201, parts, [300, 400, 300], [0, 1, 2]) == [360, 480, 361]


def test_settlement_goes_to_the_balance_row_else_to_the_last_share_row_that_may_move() -> None:
    assert settle(-50, [share("0.3"), BALANCE, share("0.3")], [300, 400, 300], [0, 1, 2]) == [300, 350, 300]
    assert settle(-50, shares("0.3 0.4 0.3"), [300, 400, 300], [0, 1]) == [300, 350, 300]
