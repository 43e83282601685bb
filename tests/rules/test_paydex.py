"""PAYDEX: D&B's anchors, the days its glossary prints, and means by amount."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.paydex import ANCHORS, paydex, score

DAYS = st.integers(-400, 400)
PAYMENTS = st.lists(st.tuples(DAYS, st.integers(0, 10**12)), min_size=1, max_size=8)


def of_one(days: int | Fraction) -> int | None:
    return paydex([days], [1])


@pytest.mark.parametrize(("days", "points"), ANCHORS)
def test_anchors(days: int, points: int) -> None:
    assert of_one(days) == points


@pytest.mark.parametrize(
    ("days", "points"),
    # from the excerpts of D&B's glossary
    [(-29, 99), (-21, 91), (-18, 89), (23, 59), (25, 57), (27, 54), (33, 49), (39, 47), (42, 46), (48, 44)],
)
def test_days_that_the_glossary_prints(days: int, points: int) -> None:
    assert of_one(days) == points


@pytest.mark.parametrize(
    ("days", "points"),
    [
        (-1000, 100),
        (-31, 100),
        (-1, 81),  # 80.5
        (1, 80),  # 79 1/3
        (14, 71),
        (16, 69),  # 68 4/7
        (61, 40),  # 39 2/3
        (121, 20),  # 20 − 19/60
        (179, 2),  # 1 19/60
        (181, 1),
        (10**9, 1),
    ],
)
def test_beside_the_anchors(days: int, points: int) -> None:
    assert of_one(days) == points


def test_fractions_of_days_count() -> None:
    assert score(Fraction(15, 2)) == 75
    assert of_one(Fraction(151, 10)) == 70  # 69 6/7
    assert of_one(Fraction(149, 10)) == 71


def test_the_mean_is_rounded_once() -> None:
    # 79 1/3 and 78 2/3 make 79 exactly; 80 and 79, each rounded up first, would make 79.5 and so 80
    assert paydex([1, 2], [1, 1]) == 79


def test_weighted_by_amount() -> None:
    assert paydex([0, 60], [900_000, 100_000]) == 76
    assert paydex([0, 60], [1, 0]) == 80


def test_no_money_no_score() -> None:
    assert paydex([], []) is None
    assert paydex([5, 6], [0, 0]) is None


def test_vectors_of_different_length_are_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        paydex([1, 2], [1])


@given(DAYS, DAYS)
def test_later_is_never_better(days: int, later: int) -> None:
    first, last = sorted((days, later))
    assert 1 <= score(last) <= score(first) <= 100


@given(PAYMENTS)
def test_it_is_the_mean_of_the_scores(payments: list[tuple[int, int]]) -> None:
    whole = sum(amount for _, amount in payments)
    mean = sum((score(days) * amount for days, amount in payments), Fraction(0)) / (whole or 1)
    assert paydex(*zip(*payments, strict=True)) == (ceil(mean) if whole else None)


@given(PAYMENTS, st.integers(1, 1000), st.randoms(use_true_random=False))
def test_neither_order_nor_unit_of_money_matters(
    payments: list[tuple[int, int]], unit: int, dice: object
) -> None:
    found = paydex(*zip(*payments, strict=True))
    dice.shuffle(payments)  # type: ignore[attr-defined]  # hypothesis hands over a random.Random
    assert paydex([days for days, _ in payments], [amount * unit for _, amount in payments]) == found


@given(PAYMENTS)
def test_the_mean_lies_between_the_scores(payments: list[tuple[int, int]]) -> None:
    found = paydex(*zip(*payments, strict=True))
    weighed = [score(days) for days, amount in payments if amount]
    if found is None:
        assert not weighed
    else:
        assert min(weighed) <= found < max(weighed) + 1
