"""Extensions and plans: old against new reckoned by hand, the contract's date kept, what the sheet then tells."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.rules.book import Book
from addin.rules.project.agreements import Plan, propose
from addin.rules.refused import Refused
from tests.oracle.build import Cells, day, extension, fixed, instalment, receipt
from tests.rules.books import book_of, customer
from tests.rules.project.told import agreed, codes, only, told

NO_RATE = [agreed(late_rate_daily=None)]


def book(on: str = "02-01", contracts: list[Cells] | None = None, **more: list[Cells]) -> Book:
    """1,000.00 due on 10 January at 0.05 % a day, as at 1 February."""
    tables = {
        "customers": [customer()],
        "contracts": contracts or [agreed()],
        "milestones": [fixed("M", "1000", "01-10")],
        **more,
    }
    return book_of(tables, day(on))


def plan(*dues: str, **more: object) -> Plan:
    return propose(book(**more), "M", [day(due) for due in dues])  # type: ignore[arg-type]  # rows and a day


def test_an_extension_gives_up_what_the_contracts_rate_would_bring_from_the_old_date_on() -> None:
    found = plan("03-11")
    assert (found.open, found.contract_due, found.due) == (100_000, day("01-10"), day("01-10"))
    assert (found.price.basis, found.price.rate) == ("contract", Fraction(5, 10_000))
    (part,) = found.parts
    assert (part.old_due, part.new_due, part.days) == (day("01-10"), day("03-11"), 60)
    assert part.cost == found.cost == 3000  # 1,000.00 × 0.0005 × 60


def test_instalments_are_equal_the_last_takes_the_cent_and_each_has_its_own_days() -> None:
    found = plan("02-09", "03-11", "04-10")
    assert [(part.amount, part.days) for part in found.parts] == [(33_333, 30), (33_333, 60), (33_334, 90)]
    assert [part.cost for part in found.parts] == [500, 1000, 1500]


def test_the_order_in_which_dates_are_named_does_not_matter() -> None:
    assert plan("04-10", "02-09", "03-11") == plan("02-09", "03-11", "04-10")


def test_without_a_rate_the_money_costs_the_lpr_for_the_days_to_come() -> None:
    found = plan("04-02", contracts=NO_RATE)
    assert (found.price.basis, found.price.rate) == ("lpr", Fraction(3, 100) / 365)
    assert [part.days for part in found.parts] == [60]  # from 1 February, not from 10 January
    assert found.cost == 493  # 1,000.00 × 3 % × 60 / 365 = 4.93


def test_the_statutes_rate_where_it_holds() -> None:
    public = [customer(kind="public_body")]
    assert plan("03-11", contracts=NO_RATE, customers=public).price.basis == "statute"


def test_a_cap_ends_the_cost() -> None:
    assert plan("03-11", contracts=[agreed(late_cap="0.01")]).cost == 1000


def test_only_what_is_open_is_extended() -> None:
    found = plan("03-11", receipts=[receipt("R", "01-20", "400", m="M")])
    assert (found.open, found.cost) == (60_000, 1800)


def test_a_plan_over_a_plan_meets_the_old_instalments_in_their_order() -> None:
    running = [instalment("E1", "M", "01-15", "02-10", "600"), instalment("E2", "M", "01-15", "03-10", "400")]
    found = plan("04-10", "05-10", reschedules=running)
    assert (found.contract_due, found.due) == (day("01-10"), day("02-10"))
    assert [(part.amount, part.old_due, part.new_due) for part in found.parts] == [
        (50_000, day("02-10"), day("04-10")),
        (10_000, day("02-10"), day("05-10")),
        (40_000, day("03-10"), day("05-10")),
    ]


@pytest.mark.parametrize(
    ("dues", "argument"),
    [((), "dues"), (("02-01",), "dues"), (("03-01", "03-01"), "dues"), (("01-05", "03-01"), "dues")],
)
def test_dates_that_are_no_plan(dues: tuple[str, ...], argument: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(*dues)
    assert refused.value.argument == argument


@pytest.mark.parametrize(
    "milestones",
    [[], [fixed("M", "1000")], [fixed("M", "0", "01-10")]],
    ids=["unknown", "pending", "nothing open"],
)
def test_milestones_without_anything_to_extend(milestones: list[Cells]) -> None:
    with pytest.raises(Refused) as refused:
        plan("03-11", milestones=milestones)
    assert refused.value.argument == "milestone"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=12, unique=True), st.integers(1, 99_999))
def test_parts_add_up_to_what_is_open_and_cost_what_each_day_costs(ahead: list[int], cents: int) -> None:
    paid = [receipt("R", "01-20", f"{cents / 100:.2f}", m="M")]
    seen = book(receipts=paid)
    dues = [seen.as_of + timedelta(days) for days in ahead]
    if seen.milestones[0].open < len(dues):
        return
    found = propose(seen, "M", dues)
    assert sum(part.amount for part in found.parts) == found.open == 100_000 - cents
    assert [part.new_due for part in found.parts] == sorted(dues)
    exact = sum(
        Fraction(part.amount * (part.new_due - date(2025, 1, 10)).days * 5, 10_000) for part in found.parts
    )
    assert abs(found.cost - exact) <= Fraction(len(dues), 2)


# --- what the sheet tells ----------------------------------------------------------------------------------


def test_a_running_extension_is_told_with_its_cost_and_the_contracts_date() -> None:
    moved = [extension("E", "M", "01-15", "03-11")]
    due = [fixed("M", "1000", "01-10", trigger="delivery")]
    assert codes(told("01-14", milestones=due, reschedules=moved)) == []
    found = only(told("03-10", milestones=due, reschedules=moved))
    assert (found.severity, found.table, found.column) == ("info", "milestones", "due_date")
    assert "Due by the contract on 2025-01-10, by agreement on 2025-03-11" in found.message.en
    assert "30.00 (the contract's rate)" in found.message.en
    assert codes(told("03-11", milestones=due, reschedules=moved)) == []  # its day has come
    paid = [receipt("R", "01-20", "1000", m="M")]
    assert codes(told("03-10", milestones=due, reschedules=moved, receipts=paid)) == []
