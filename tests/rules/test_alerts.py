"""Warnings by days overdue, and the fifth of the price of 民法典634: both sides of each bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.functions.call import FunctionError, call, call_json
from addin.rules.alerts import alert, may_call_in
from addin.rules.refused import Refused

RANK = ["", "blue", "orange", "red"]


@pytest.mark.parametrize(
    ("days", "severity"),
    [
        (-30, ""),
        (0, ""),  # the due day itself is on time
        (1, "blue"),
        (3, "blue"),
        (4, "blue"),  # between the published steps the lower one stands
        (6, "blue"),
        (7, "orange"),
        (14, "orange"),
        (15, "red"),
        (4000, "red"),
    ],
)
def test_the_published_steps(days: int, severity: str) -> None:
    assert alert(days) == call("AR_ALERT", [days]) == severity


def test_a_firm_sets_its_own_limits() -> None:
    assert [alert(days, orange=10, red=20) for days in (9, 10, 19, 20)] == ["blue", "orange", "orange", "red"]


@given(st.integers(-1000, 1000), st.integers(0, 1000))
def test_later_is_never_milder(days: int, more: int) -> None:
    assert RANK.index(alert(days)) <= RANK.index(alert(days + more))


def test_one_fifth_of_the_price_is_enough_and_a_cent_less_is_not() -> None:
    assert may_call_in(1_000_000_00, 200_000_00)
    assert not may_call_in(1_000_000_00, 199_999_99)
    assert call_json("AR_ARTICLE_634", [1000000, 199999]) is False
    assert call_json("AR_ARTICLE_634", ["0.05", "0.01"]) is True


def test_nothing_is_a_fifth_of_no_price() -> None:
    with pytest.raises(Refused) as caught:
        may_call_in(0, 0)
    assert caught.value.argument == "price"


@given(st.integers(1, 10**15), st.integers(0, 10**15))
def test_a_fifth_is_exact(price: int, unpaid: int) -> None:
    assert may_call_in(price, unpaid) == (unpaid * 5 >= price)
    assert may_call_in(5 * unpaid + 1, unpaid) is False


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("AR_ALERT", [], "days_overdue"),
        ("AR_ALERT", [3.5], "days_overdue"),
        ("AR_ALERT", ["late"], "days_overdue"),
        ("AR_ALERT", [[7, 8]], "days_overdue"),
        ("AR_ARTICLE_634", [0, 0], "price"),
        ("AR_ARTICLE_634", [-5, 1], "price"),
        ("AR_ARTICLE_634", [5, -1], "due_unpaid"),
        ("AR_ARTICLE_634", [5, 1.001], "due_unpaid"),
    ],
)
def test_a_wrong_argument_is_named(name: str, args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as caught:
        call(name, args)
    assert caught.value.argument == argument
