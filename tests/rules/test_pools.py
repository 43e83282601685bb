"""Which claim a payment meets first: the contract's order and that of 民法典560."""

from __future__ import annotations

import random
from datetime import date

import pytest

from addin.rules.amounts import Part
from addin.rules.claims import Contract, Item, Milestone
from addin.rules.pools import ContractPool, CustomerPool, fill, groups_560, share_tied

DAY = date(2026, 3, 31).toordinal()


def claim(
    id: str, amount: int, due: int, *, security: int = 0, until: int = 0, burden: int = 0, place: int = 0
) -> Item:
    """A triggered milestone of its own contract; its rank is that of its one-letter id."""
    milestone = Milestone(id, 6, ord(id), Part(fixed=amount), 1, due)
    contract = Contract(f"C-{id}", "K", "CNY", 2, security=security, secured_until=until, burden=burden)
    milestone.contract, milestone.place, milestone.triggered = contract, place, True
    milestone.amount = milestone.own.amount = amount
    contract.milestones.append(milestone)
    return milestone.own


def ids(items: list[Item]) -> str:
    return "".join(item.milestone.id for item in items)


def order(*items: Item, day: int = DAY) -> list[str]:
    """The groups of tied claims as the pool gives them out."""
    pool, given = CustomerPool(), []
    for item in random.Random(0).sample(items, len(items)):
        pool.place(item)
    pool.go_to(day)
    while tied := pool.first():
        given.append("".join(sorted(ids(tied))))
        for item in tied:
            item.paid = item.amount
            pool.place(item)
    return given


def test_due_goes_before_not_due_and_the_due_day_itself_is_due() -> None:
    later, today = claim("a", 10, DAY + 1, burden=9), claim("b", 10, DAY, security=500)
    assert order(later, today) == ["b", "a"]


def test_a_claim_that_arises_on_its_due_day_is_due_at_once() -> None:
    pool, today, later = CustomerPool(), claim("a", 10, DAY, security=500), claim("b", 10, DAY + 1)
    pool.go_to(DAY)
    pool.place(later)
    pool.place(today)
    assert ids(pool.first()) == "a"


def test_among_the_due_the_least_secured_then_the_heaviest_burden_then_the_earliest() -> None:
    secured = claim("a", 10, DAY - 9, security=1, burden=9)
    light = claim("b", 10, DAY - 8, burden=1)
    heavy = claim("c", 10, DAY - 1, burden=2)
    earlier = claim("d", 10, DAY - 2, burden=2)
    assert order(secured, light, heavy, earlier) == ["d", "c", "b", "a"]


def test_claims_equal_in_all_share() -> None:
    assert order(claim("a", 10, DAY), claim("b", 20, DAY), claim("c", 5, DAY - 1)) == ["c", "ab"]


def test_a_claim_is_secured_through_the_last_day_of_its_security() -> None:
    def both(until: int) -> list[str]:
        return order(claim("a", 10, DAY - 9, security=100, until=until), claim("b", 10, DAY))

    assert both(DAY) == ["b", "a"]  # still secured: goes last
    assert both(DAY - 1) == ["a", "b"]  # expired yesterday: the earlier due date decides


def test_security_that_ends_while_the_claim_waits_is_seen() -> None:
    pool, secured, plain = (
        CustomerPool(),
        claim("a", 10, DAY, security=9, until=DAY + 5),
        claim("b", 10, DAY + 1),
    )
    pool.place(secured)
    pool.place(plain)
    pool.go_to(DAY + 5)
    assert ids(pool.first()) == "b"
    pool.place(plain)
    pool.go_to(DAY + 6)
    assert ids(pool.first()) == "a"


def test_an_item_that_moved_is_found_once_and_where_it_now_belongs() -> None:
    pool, first, second = ContractPool(), claim("a", 10, DAY), claim("b", 10, DAY + 1)
    pool.place(first)
    pool.place(second)
    first.due = DAY + 2
    pool.place(first)
    assert pool.first() is second
    second.paid = 10
    pool.place(second)
    assert pool.first() is first
    first.paid = 10
    pool.place(first)
    assert pool.first() is None


def test_a_contract_is_paid_by_due_date_then_by_the_place_of_the_row() -> None:
    pool = ContractPool()
    for item in (claim("a", 1, DAY, place=2), claim("b", 1, DAY, place=1), claim("c", 1, DAY - 1, place=3)):
        pool.place(item)
    given = []
    while (first := pool.first()) is not None:
        given.append(first.milestone.id)
        first.paid = 1
    assert given == ["c", "b", "a"]


SHARED_OUT = [
    (5, [30, 40, 30], [2, 2, 1]),  # 1.5 2.0 1.5: one unit is left, the tie goes to the smaller id
    (10, [30, 30, 30], [4, 3, 3]),
    (1, [10, 20], [0, 1]),  # 0.33 against 0.67
    (100, [100, 0], [100, 0]),
]


@pytest.mark.parametrize(("amount", "opens", "expected"), SHARED_OUT)
def test_tied_claims_share_by_largest_remainder(amount: int, opens: list[int], expected: list[int]) -> None:
    tied = [claim(id, open_amount, DAY) for id, open_amount in zip("abc", opens, strict=False)]
    given = {item.milestone.id: part for item, part in share_tied(amount, tied[::-1])[0]}
    assert [given.get(item.milestone.id, 0) for item in tied] == expected


def test_the_instalments_of_one_milestone_count_as_one_claim() -> None:
    whole, planned = claim("a", 40, DAY), claim("b", 20, DAY)
    instalment = Item(planned.milestone, "E1", 20, DAY)
    planned.milestone.plan = (instalment,)
    # 50 of 80 is 25 each; what the second milestone gets fills its remainder first
    assert share_tied(50, [whole, planned, instalment])[0] == [(whole, 25), (planned, 20), (instalment, 5)]


def test_items_fill_one_after_the_other() -> None:
    one, two, three = (claim(id, 10, DAY) for id in "abc")
    assert fill(15, [one, two, three]) == [(one, 10), (two, 5)]
    assert fill(0, [one]) == []


def test_the_triggers_of_a_day_are_grouped_as_at_that_day() -> None:
    due, later = claim("a", 10, DAY), claim("b", 10, DAY + 1, burden=5)
    assert [ids(group) for group in groups_560([later, due], DAY)] == ["a", "b"]
    assert [ids(group) for group in groups_560([later, due], DAY + 1)] == ["b", "a"]
