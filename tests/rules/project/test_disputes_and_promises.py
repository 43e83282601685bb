"""Disputes by age, fault and owner; promises that were not kept, and those made after them."""

from __future__ import annotations

import pytest

from tests.oracle.build import Cells, adjustment, cells, receipt
from tests.rules.project.told import codes, only, told


def dispute(opened: str = "03-01", **more: object) -> list[Cells]:
    return [cells(dispute_id="D", milestone_id="M", opened=opened, **{"owner": "Lin", **more})]


@pytest.mark.parametrize(("on", "old"), [("03-31", False), ("04-01", True)])
def test_a_dispute_is_too_old_after_alert_dispute_days(on: str, old: bool) -> None:
    assert codes(told(on, disputes=dispute())) == (["dispute_open"] if old else [])


def test_an_old_dispute_tells_its_age_and_what_stays_due() -> None:
    found = only(told("04-10", disputes=dispute(amount="400")))
    assert (found.severity, found.table, found.column) == ("warning", "disputes", "closed")
    assert found.message.en == "In dispute since 2025-03-01, 40 days; the undisputed 600.00 stays due"
    assert "第15条" in found.cure.zh
    assert "undisputed" not in only(told("04-10", disputes=dispute())).message.en  # all of it is disputed


def test_our_fault_is_told_at_once_until_there_is_a_resolution() -> None:
    found = only(told("03-01", disputes=dispute(our_fault=True)))
    assert (found.severity, found.column) == ("info", "resolution")
    assert "credit note" in found.cure.en
    assert told("03-01", disputes=dispute(our_fault=True, resolution="new pump in May")) == []


@pytest.mark.parametrize(("on", "wanted"), [("03-04", False), ("03-05", True)])
def test_somebody_has_to_see_to_it(on: str, wanted: bool) -> None:
    found = told(on, disputes=dispute(owner=None))
    assert ["nobody sees to it" in each.message.en for each in found] == [True] * wanted


def test_what_is_closed_or_settled_is_no_dispute_any_more() -> None:
    assert told("05-01", disputes=dispute(closed="05-01")) == []
    assert codes(told("04-30", disputes=dispute(closed="05-01"))) == ["dispute_open"]
    assert told("05-01", disputes=dispute(), receipts=[receipt("R", "04-01", "1000", m="M")]) == []
    assert told("02-28", disputes=dispute()) == []


# --- promises ----------------------------------------------------------------------------------------------


def promise(key: str, made: str, on: str, amount: str = "500", **more: object) -> Cells:
    from tests.oracle.build import day

    row = {"promise_id": key, "customer_id": "K", "milestone_id": "M", "made_on": day(made)}
    return {**cells(amount=amount), **row, "promised_date": day(on), **more}


FIRST = promise("P1", "03-01", "03-10")


@pytest.mark.parametrize(
    ("on", "broken"), [("03-10", False), ("03-11", True), ("06-08", True), ("06-09", False)]
)
def test_a_promise_is_broken_the_day_after_and_told_for_ninety_days(on: str, broken: bool) -> None:
    assert codes(told(on, promises=[FIRST])) == (["promise_broken"] if broken else [])


def test_what_came_of_it_is_told() -> None:
    found = only(told("03-20", promises=[FIRST]))
    assert (found.severity, found.table, found.row, found.column) == ("warning", "promises", 6, "state")
    assert found.message.en == "500.00 promised for 2025-03-10, nothing came, 10 days ago"
    part = [receipt("R", "03-09", "200", m="M")]
    assert "200.00 came" in only(told("03-20", promises=[FIRST], receipts=part)).message.en
    assert told("03-20", promises=[FIRST], receipts=[receipt("R", "03-09", "500", m="M")]) == []


def test_a_promise_after_a_broken_one_is_told_to_raise_the_level_one_for_the_remainder_not() -> None:
    both = [FIRST, promise("P2", "03-12", "04-01")]
    found = only(told("03-20", promises=both))
    assert found.severity == "info"
    assert "promised anew for 2025-04-01" in found.message.en
    assert "one level earlier" in found.cure.en
    part = [receipt("R", "03-09", "200", m="M")]
    assert "not raised" in only(told("03-20", promises=both, receipts=part)).cure.en
    again = only(told("04-02", promises=both))
    assert (again.severity, again.row) == ("warning", 7)
    assert "broken 2 times" in again.message.en


def test_nothing_is_said_of_promises_about_what_is_settled_or_withdrawn() -> None:
    late = [receipt("R", "03-15", "1000", m="M")]
    assert told("03-20", promises=[FIRST], receipts=late) == []
    credited = [adjustment("J", "M", "03-15", "1000")]
    assert told("03-20", promises=[FIRST], adjustments=credited) == []
    from tests.oracle.build import day

    assert told("03-20", promises=[{**FIRST, "withdrawn_on": day("03-12")}]) == []


def test_a_promise_of_the_customer_counts_while_anything_of_it_is_due() -> None:
    whole = [{**FIRST, "milestone_id": None}]
    assert codes(told("03-20", promises=whole)) == ["promise_broken"]
    assert told("03-20", promises=whole, receipts=[receipt("R", "03-15", "1000", m="M")]) == []
