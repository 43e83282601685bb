"""One payment by 民法典560: each step of the order, and the same as the ledger's pools."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.amounts import Part
from addin.rules.article_560 import allocate, fill
from addin.rules.claims import Contract, Item, Milestone
from addin.rules.pools import groups_560, share_tied
from addin.rules.refused import Refused

DAY = 100


@pytest.mark.parametrize(
    ("dues", "securities", "burdens", "designated", "first"),
    [
        ([101, 100], [0, 0], [0, 0], [False, False], 1),  # due today comes before due tomorrow
        ([90, 101], [5, 0], [0, 9], [False, False], 0),  # due before not due, whatever secures it
        ([90, 95], [5, 4], [0, 0], [False, False], 1),  # least secured
        ([90, 95], [5, 5], [1, 2], [False, False], 1),  # heaviest burden
        ([95, 90], [5, 5], [2, 2], [False, False], 1),  # earliest due
        ([102, 101], [0, 0], [0, 0], [False, False], 1),  # also among what is not due
        ([90, 101], [0, 9], [9, 0], [False, True], 1),  # the payer's word stands above all
    ],
)
def test_who_comes_first(
    dues: list[int], securities: list[int], burdens: list[int], designated: list[bool], first: int
) -> None:
    assert allocate(60, [100, 100], dues, DAY, securities, burdens, designated)[first] == 60
    assert allocate(130, [100, 100], dues, DAY, securities, burdens, designated)[1 - first] == 30


def test_equals_share_by_what_is_open() -> None:
    assert allocate(100, [100, 100, 100], [9, 9, 9], DAY) == [34, 33, 33]
    assert allocate(5, [30, 40, 30], [9, 9, 9], DAY) == [2, 2, 1]
    assert allocate(10, [0, 10, 0], [9, 9, 9], DAY) == [0, 10, 0]
    assert allocate(0, [5, 5], [9, 9], DAY) == [0, 0]


def test_designated_items_follow_the_same_order_among_themselves() -> None:
    assert allocate(15, [10, 10, 10], [3, 2, 1], DAY, designated=[True, True, False]) == [5, 10, 0]


CLAIMS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(95, 105), st.integers(0, 2), st.integers(0, 2)), min_size=1
)


@given(st.integers(0, 400), CLAIMS)
def test_nothing_is_lost_and_nothing_over_paid(receipt: int, claims: list[tuple[int, int, int, int]]) -> None:
    opens, dues, securities, burdens = map(list, zip(*claims, strict=True))
    paid = allocate(receipt, opens, dues, DAY, securities, burdens)
    assert sum(paid) == min(receipt, sum(opens))
    assert all(0 <= part <= amount for part, amount in zip(paid, opens, strict=True))


def item(number: int, amount: int, due: int, security: int, burden: int) -> Item:
    milestone = Milestone(f"{number:03}", 1, number, Part(fixed=amount), 1, due)
    milestone.contract = Contract("C", "K", "CNY", 2, security=security, burden=burden)
    milestone.own.amount = amount
    return milestone.own


@pytest.mark.parametrize("seed", range(40))
def test_the_ledger_allocates_alike(seed: int) -> None:
    dice = random.Random(seed)
    claims = [
        (dice.randrange(1, 99), dice.randrange(97, 104), dice.randrange(2), dice.randrange(2))
        for _ in range(dice.randrange(1, 12))
    ]
    receipt = dice.randrange(1, 500)
    opens, dues, securities, burdens = map(list, zip(*claims, strict=True))
    items, left, theirs = (
        [item(number, *claim) for number, claim in enumerate(claims)],
        receipt,
        [0] * len(claims),
    )
    for tied in groups_560(items, DAY):
        amount = min(left, sum(each.open for each in tied))
        left -= amount
        for each, part in share_tied(amount, tied)[0] if amount else []:
            theirs[each.milestone.rank] += part
    assert allocate(receipt, opens, dues, DAY, securities, burdens) == theirs


@pytest.mark.parametrize("name", ["due", "security", "burden", "designated"])
def test_vectors_are_equally_long(name: str) -> None:
    given = {"dues": [1, 2], "securities": [0, 0], "burdens": [0, 0], "designated": [False, False]}
    of = {"due": "dues", "security": "securities", "burden": "burdens"}.get(name, name)
    with pytest.raises(Refused) as refused:
        allocate(5, [5, 5], day=DAY, **(given | {of: given[of][:1]}))  # type: ignore[arg-type] # by name
    assert refused.value.argument == name


def test_filling_stops_at_the_end() -> None:
    assert fill(100, [30, 50]) == [30, 50]
    assert fill(0, [30]) == [0]
