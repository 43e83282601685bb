"""The only set of open amounts that adds up to a payment: against all subsets, one by one."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.matching import MOST_ITEMS, match
from addin.rules.refused import Refused


def by_hand(receipt: int, opens: list[int], tolerance: int) -> list[int] | str:
    places = [place for place, amount in enumerate(opens) if amount]
    sets = [chosen for count in range(1, len(places) + 1) for chosen in combinations(places, count)]
    for near in (0, tolerance):
        fitting = [chosen for chosen in sets if abs(sum(opens[place] for place in chosen) - receipt) <= near]
        if fitting:
            return list(fitting[0]) if len(fitting) == 1 else "ambiguous"
    return "none"


@given(st.integers(0, 60), st.lists(st.integers(0, 30), min_size=1, max_size=9), st.integers(0, 4))
def test_small_sets_are_those_found_by_hand(receipt: int, opens: list[int], tolerance: int) -> None:
    assert match(receipt, opens, tolerance) == by_hand(receipt, opens, tolerance)


@given(st.lists(st.integers(1, 10**20), min_size=1, max_size=8, unique=True), st.data())
def test_amounts_beyond_64_bits_are_exact(opens: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(range(len(opens))), min_size=1))
    receipt = sum(opens[place] for place in chosen)
    assert match(receipt, opens) == by_hand(receipt, opens, 0)


@pytest.mark.parametrize(
    ("receipt", "opens", "tolerance", "found"),
    [
        (10000, [9999], 1, [0]),  # the tolerance is included
        (10000, [9998], 1, "none"),
        (10000, [10001], 1, [0]),
        (10000, [9999, 10000], 1, [1]),  # exact beats near
        (10000, [9999, 10001], 1, "ambiguous"),
        (10000, [10000, 10000], 0, "ambiguous"),  # two places are two sets
        (10000, [10000, 0], 0, [0]),  # nothing is open of the second
        (0, [5], 10, [0]),
        (0, [0], 0, "none"),  # no item at all is no set
        (3, [1, 1, 1], 0, [0, 1, 2]),
    ],
)
def test_boundaries(receipt: int, opens: list[int], tolerance: int, found: list[int] | str) -> None:
    assert match(receipt, opens, tolerance) == found


def test_forty_items_are_searched_and_no_more() -> None:
    powers = [2**place for place in range(MOST_ITEMS)]
    number = random.Random(40).getrandbits(MOST_ITEMS)
    start = time.process_time()
    assert match(number, powers) == [place for place in range(MOST_ITEMS) if number >> place & 1]
    assert time.process_time() - start < 3
    assert match(2**MOST_ITEMS, powers) == "none"
    assert match(1, [*powers, 0]) == [0]  # what is not open does not count
    with pytest.raises(Refused) as refused:
        match(1, [*powers, 1])
    assert refused.value.argument == "open"


def test_many_sets_are_counted_not_guessed() -> None:
    assert match(20, [1] * MOST_ITEMS) == "ambiguous"
    assert match(40, [1] * MOST_ITEMS) == list(range(MOST_ITEMS))
    assert match(41, [1] * MOST_ITEMS, 1) == list(range(MOST_ITEMS))
