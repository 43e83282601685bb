"""Three years, again from each interruption; and the clocks beside them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.model.days import LAST_DAY, NO_DAY
from addin.rules.limitation import ENFORCEMENT, GUARANTEE, PRIORITY, Clock, Limitation
from addin.rules.workdays import Calendar

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "limitation.jsonl").read_text("utf-8").splitlines()
]


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_limitation(case: dict[str, Any]) -> None:
    due, *interrupted = case["args"]
    found = Limitation(Calendar()).ends(ordinal(due), [ordinal(day) for days in interrupted for day in days])
    assert date.fromordinal(found).isoformat() == case["expect"]


def test_the_firms_own_calendar_moves_the_last_day() -> None:
    closed = Limitation(Calendar({date(2026, 6, 30): False}))
    assert date.fromordinal(closed.ends(ordinal("2023-06-30"))) == date(2026, 7, 1)


def test_without_a_due_date_nothing_runs() -> None:
    assert Limitation(Calendar()).ends(NO_DAY, [ordinal("2025-01-01")]) == NO_DAY


def test_a_period_that_leaves_the_calendar_has_no_end() -> None:
    assert Limitation(Calendar()).ends(LAST_DAY) == NO_DAY
    assert Limitation(Calendar()).ends(ordinal("9996-12-31")) == LAST_DAY


@pytest.mark.parametrize(
    ("clock", "start", "ends"),
    [
        (GUARANTEE, "2025-08-31", "2026-02-28"),
        (GUARANTEE, "2023-08-31", "2024-02-29"),
        (PRIORITY, "2024-08-31", "2026-02-28"),
        (PRIORITY, "2024-06-30", "2025-12-30"),
        (ENFORCEMENT, "2024-02-29", "2026-02-28"),
        (ENFORCEMENT, "2023-10-01", "2025-10-01"),  # a holiday: the safe day stands
    ],
)
def test_other_clocks_count_months_and_are_not_rolled(clock: Clock, start: str, ends: str) -> None:
    assert date.fromordinal(clock.ends(ordinal(start))).isoformat() == ends
    assert clock.ends(NO_DAY) == NO_DAY


STARTS = st.sampled_from([NO_DAY, *range(ordinal("2020-01-01"), ordinal("2020-01-08"))])
GAPS = st.lists(st.one_of(st.integers(-5, 40), st.integers(1090, 1110)), max_size=4)


@given(st.lists(st.tuples(STARTS, GAPS), max_size=12))
def test_many_periods_at_once_end_as_each_alone(periods: list[tuple[int, list[int]]]) -> None:
    """Days some five before the start, days within its three years, and days about where these end."""
    rule = Limitation(Calendar())
    starts = [start for start, _ in periods]
    days = [[start + sum(gaps[: count + 1]) for count in range(len(gaps))] for start, gaps in periods]
    latest = [max(each, default=NO_DAY) for each in days]
    ends = rule.interrupted_ends(np.array(starts, np.int64), np.array(latest, np.int64), days.__getitem__)
    assert ends.tolist() == [rule.ends(start, each) for start, each in zip(starts, days, strict=True)]
