"""The computed columns of promises by hand: what came of each by its day, and what that makes of it.

Customer K has contract C of 1,000 in two milestones; amounts are CNY, days of 2025.
"""

from __future__ import annotations

from typing import Any

import pytest

from addin.rules.conduct import broken_promises
from addin.rules.performance import performance
from addin.rules.rollforward import movements
from tests.oracle.build import Cells, contract, day, fixed, receipt
from tests.rules.figures import Look
from tests.rules.test_performance import book, promise

TWO = [fixed("M1", "600", "01-10"), fixed("M2", "400", "02-10")]


def states(on: str, words: list[Cells], money: list[Cells] | None = None, **more: Any) -> dict[str, str]:
    """State and what was paid by promise, as "kept 100.00"."""
    look = Look(on, [contract("C", "1000")], TWO, receipts=money or [], promises=words, **more)
    rows = {str(row["promise_id"]): look.row("promises", str(row["promise_id"])) for row in words}
    return {
        key: " ".join(str(row[part]) for part in ("state", "paid") if row[part]) for key, row in rows.items()
    }


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("02-28", ""),  # not made yet
        ("03-01", "open 0.00"),
        ("03-05", "open 60.00"),
        ("03-10", "open 60.00"),  # its own day may still bring the rest
        ("03-11", "partly_kept 60.00"),
        ("03-12", "partly_kept 60.00"),  # what comes later comes late
    ],
)
def test_from_the_day_it_is_made_to_the_day_it_names(on: str, state: str) -> None:
    money = [receipt("R1", "03-05", "60", k="K"), receipt("R2", "03-12", "40", k="K")]
    assert states(on, [promise("P", "03-01", "03-10", "100")], money) == {"P": state}


def test_all_of_it_keeps_it_before_its_day_and_nothing_breaks_it_after() -> None:
    words = [promise("P", "03-01", "03-10", "100")]
    assert states("03-04", words, [receipt("R", "03-04", "100", m="M1")]) == {"P": "kept 100.00"}
    assert states("03-10", words) == {"P": "open 0.00"}
    assert states("03-11", words) == {"P": "broken 0.00"}


def test_a_refund_takes_back_what_was_kept() -> None:
    money = [receipt("R", "03-04", "100", m="M1"), receipt("S", "04-01", "-40", m="M1")]
    words = [promise("P", "03-01", "03-10", "100")]
    assert states("03-31", words, money) == {"P": "kept 100.00"}
    assert states("04-01", words, money) == {"P": "partly_kept 60.00"}


@pytest.mark.parametrize(("on", "state"), [("03-14", "broken 0.00"), ("03-15", "withdrawn 0.00")])
def test_a_withdrawn_one_gets_nothing(on: str, state: str) -> None:
    words = [promise("P", "03-01", "03-10", "100", withdrawn_on=day("03-15"))]
    assert states(on, words) == {"P": state}
    both = [*words, promise("Q", "03-01", "03-12", "100")]
    paid = [receipt("R", "03-05", "100", k="K")]
    assert states("03-14", both, paid) == {"P": "kept 100.00", "Q": "broken 0.00"}
    assert states("03-15", both, paid) == {"P": "withdrawn 0.00", "Q": "kept 100.00"}


def test_what_is_not_known_is_empty() -> None:
    words = [promise("P", "03-01", "03-10", "100") | {"amount": "many"}, promise("Q", "03-01", "03-10", "1")]
    words[1]["promised_date"] = None
    assert states("03-11", words) == {"P": "", "Q": ""}


def test_the_decimals_are_those_of_the_milestones_currency() -> None:
    yen = [contract("C", "1000", currency="JPY")]
    words = [promise("P", "03-01", "03-10", "100", "M1")]
    money = [receipt("R", "03-05", "60", m="M1", currency="JPY")]
    look = Look("03-11", yen, TWO, receipts=money, promises=words)
    assert look.row("promises", "P") == {"state": "partly_kept", "paid": "60"}


def test_money_that_kept_a_promise_of_long_ago_keeps_no_other() -> None:
    """Old promises count for nothing any more, but what they got stays theirs."""
    words = [promise("P", "01-01", "03-01", "100"), promise("Q", "01-02", "04-01", "100")]
    money = [receipt("R", "01-20", "100", k="K")]
    seen = book("06-20", TWO, receipts=money, promises=words)
    for on in ("05-29", "06-20"):  # P is due within the last 90 days on the first
        assert states(on, words, money) == {"P": "kept 100.00", "Q": "broken 0.00"}
    assert broken_promises(seen) == {"K": ["Q"]}
    assert performance(seen, movements(seen)).promises_kept == 0


def test_the_order_of_rows_changes_nothing() -> None:
    words = [promise("P1", "03-01", "03-10", "100"), promise("P2", "03-01", "03-10", "100")]
    money = [receipt("R1", "03-05", "100", k="K"), receipt("R2", "03-05", "30", k="K")]
    expected = {"P1": "kept 100.00", "P2": "partly_kept 30.00"}
    assert states("03-11", words, money) == states("03-11", words[::-1], money[::-1]) == expected


def test_a_book_without_promises_has_none() -> None:
    assert states("03-11", []) == {}
