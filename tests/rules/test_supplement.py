"""Splitting a total, and its parts after a supplement: to the cent, or refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.refused import Refused
from addin.rules.supplement import Method, Policy, Wish, split_exactly, supplement

BALANCE = Wish()


def share(numerator: int, denominator: int) -> Wish:
    return Wish(Fraction(numerator, denominator))


def fixed(amount: int) -> Wish:
    return Wish(fixed=amount)


def rest(numerator: int, denominator: int) -> Wish:
    return Wish(rest=Fraction(numerator, denominator))


@pytest.mark.parametrize(
    ("total", "wishes", "amounts"),
    [
        (10000, [share(1, 3)] * 3, [3333, 3333, 3334]),
        (5, [share(3, 10), share(4, 10), share(3, 10)], [2, 2, 1]),  # 1.5, 2 and 1.5 cents
        (100000, [fixed(20000), rest(33, 100), BALANCE], [20000, 26400, 53600]),
        (100000, [fixed(20000), rest(1, 2), rest(1, 2)], [20000, 40000, 40000]),
        (100000, [fixed(20000), share(1, 2), BALANCE], [20000, 50000, 30000]),
        (100000, [fixed(50000), share(1, 2)], [50000, 50000]),
        (100000, [BALANCE, share(1, 1)], [0, 100000]),  # a balance of nought is one
        (100, [fixed(30), fixed(70)], [30, 70]),
        (0, [share(1, 2), share(1, 2)], [0, 0]),
        (0, [BALANCE], [0]),
        (101, [share(1, 2), share(1, 2)], [51, 50]),
        (100, [fixed(100), rest(1, 1)], [100, 0]),
    ],
)
def test_the_last_takes_the_difference(total: int, wishes: list[Wish], amounts: list[int]) -> None:
    assert split_exactly(total, wishes) == amounts


@pytest.mark.parametrize(
    ("total", "wishes", "amounts"),
    [
        (100, [share(1, 3)] * 3, [34, 33, 33]),
        (5, [share(3, 10), share(4, 10), share(3, 10)], [2, 2, 1]),
        (1, [share(1, 2), share(1, 2), share(0, 1)], [1, 0, 0]),  # `last` would leave -1 for the last
        (100, [fixed(20), share(1, 3), BALANCE], [20, 33, 47]),
        (1, [share(1, 2), share(1, 2), BALANCE], [1, 0, 0]),  # nor is the balance -1
        (100, [fixed(100), BALANCE], [100, 0]),
        (100, [fixed(30), fixed(70)], [30, 70]),
        (0, [share(1, 1)], [0]),
    ],
)
def test_largest_remainder(total: int, wishes: list[Wish], amounts: list[int]) -> None:
    assert split_exactly(total, wishes, "largest") == amounts


@pytest.mark.parametrize(
    ("total", "wishes"),
    [
        (100, [share(1, 2)]),
        (100, [share(3333, 10000)] * 3),  # 0.9999 is not 1, though the cents would do
        (0, [share(1, 2)]),
        (0, [rest(1, 2)]),
        (100, [share(1, 2), share(1, 2), fixed(1)]),
        (100, [fixed(99)]),
        (100, [fixed(20), rest(99, 100)]),
        (100, [BALANCE, BALANCE]),
        (100, [share(7, 10), fixed(50), BALANCE]),
        (100, [share(1, 2), share(6, 10), BALANCE]),
        (100, [fixed(200), rest(1, 1)]),  # the rest of what is not there
        (100, [fixed(200), rest(1, 2), rest(1, 2)]),
        (0, [fixed(1), rest(1, 1)]),
    ],
)
@pytest.mark.parametrize("method", ["last", "largest"])
def test_what_does_not_make_up_the_total_is_refused(total: int, wishes: list[Wish], method: Method) -> None:
    with pytest.raises(Refused) as refused:
        split_exactly(total, wishes, method)
    assert refused.value.argument == "shares"


@pytest.mark.parametrize("last", [share(0, 1), BALANCE])
def test_where_rounding_overdraws_the_last_the_other_method_is_named(last: Wish) -> None:
    with pytest.raises(Refused, match="largest avoids it"):  # 0.5 and 0.5 cents round up
        split_exactly(1, [share(1, 2), share(1, 2), last])


def test_a_third_that_is_no_third_is_told_so() -> None:
    with pytest.raises(Refused, match=r'99\.9999999999999 %.*"1/3"'):
        split_exactly(10000, [Wish(Fraction("0.333333333333333"))] * 3)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 50), min_size=1), st.sampled_from(["last", "largest"]))
def test_parts_add_up_to_the_cent(total: int, weights: list[int], method: Method) -> None:
    wishes = [share(weight, sum(weights)) for weight in weights]
    try:
        amounts = split_exactly(total, wishes, method)
    except Refused:
        assert method == "last"
        return
    assert sum(amounts) == total
    assert min(amounts) >= 0
    if method == "largest":
        exact = [total * Fraction(weight, sum(weights)) for weight in weights]
        assert all(abs(amount - want) < 1 for amount, want in zip(amounts, exact, strict=True))


WISHES = st.one_of(
    st.integers(0, 6).map(lambda sixths: share(sixths, 6)),
    st.integers(0, 200).map(fixed),
    st.integers(0, 6).map(lambda sixths: rest(sixths, 6)),
    st.just(BALANCE),
)


@given(st.integers(0, 300), st.lists(WISHES, min_size=1, max_size=5), st.sampled_from(["last", "largest"]))
def test_whatever_is_wished_the_parts_make_up_the_total(
    total: int, wishes: list[Wish], method: Method
) -> None:
    try:
        amounts = split_exactly(total, wishes, method)
    except Refused as refused:
        assert refused.argument == "shares"
        return
    assert sum(amounts) == total
    assert min(amounts) >= 0
    assert all(amount == wish.fixed for amount, wish in zip(amounts, wishes, strict=True) if wish.fixed)
    left = total - sum(wish.fixed or 0 for wish in wishes)
    for amount, wish in zip(amounts, wishes, strict=True):
        if wish.rest is not None and method == "largest":
            assert abs(amount - wish.rest * left) < 1


@pytest.mark.parametrize(
    ("total", "frozen", "policy", "amounts"),
    [
        (1_100_000, [True, False, False], "spread", [300_000, 457_143, 342_857]),
        (1_100_000, [True, False, False], "catch_up", [300_000, 470_000, 330_000]),
        (900_000, [True, True, False], "spread", [300_000, 400_000, 200_000]),
        (700_000, [True, True, False], "spread", [300_000, 400_000, 0]),
        (1_000_000, [True, True, True], "spread", [300_000, 400_000, 300_000]),
        (2_000_000, [False, False, False], "catch_up", [600_000, 800_000, 600_000]),
    ],
)
def test_supplements(total: int, frozen: list[bool], policy: Policy, amounts: list[int]) -> None:
    assert supplement(total, [300_000, 400_000, 300_000], frozen, policy) == amounts


@pytest.mark.parametrize(
    ("total", "frozen", "policy", "argument"),
    [
        (699_999, [True, True, False], "spread", "new_total"),  # below what is frozen
        (1_000_001, [True, True, True], "spread", "frozen"),  # nothing can move
        (310_000, [True, False, False], "catch_up", "new_total"),  # 124,000 less what the first got too much
        (1_000_000, [True], "spread", "frozen"),
    ],
)
def test_refused_supplements(total: int, frozen: list[bool], policy: Policy, argument: str) -> None:
    with pytest.raises(Refused) as refused:
        supplement(total, [300_000, 400_000, 300_000], frozen, policy)
    assert refused.value.argument == argument


def test_amounts_of_nothing_give_all_to_the_last() -> None:
    assert supplement(100, [0, 0], [False, False], "catch_up") == [0, 100]


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), min_size=1, max_size=9),
    st.sampled_from(["spread", "catch_up"]),
)
def test_a_supplement_keeps_the_frozen_and_makes_up_the_total(
    total: int, rows: list[tuple[int, bool]], policy: Policy
) -> None:
    amounts, frozen = [row[0] for row in rows], [row[1] for row in rows]
    try:
        moved = supplement(total, amounts, frozen, policy)
    except Refused as refused:
        assert refused.argument in ("new_total", "frozen")  # refusing is fine, silence is not
        return
    assert sum(moved) == total
    assert min(moved) >= 0
    assert all(new == old for new, old, stays in zip(moved, amounts, frozen, strict=True) if stays)
