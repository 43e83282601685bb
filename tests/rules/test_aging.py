"""Buckets: upper edges are inclusive, the last is open-ended, the due day itself is on time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.aging import bucket_labels, bucket_numbers

BOUNDARIES = {
    -30: "current",
    -1: "current",
    0: "current",
    1: "1-30",
    30: "1-30",
    31: "31-60",
    60: "31-60",
    61: "61-90",
    90: "61-90",
    91: "91-120",
    120: "91-120",
    121: "120+",
    36_500: "120+",
}


def bucket(days: int, edges: tuple[int, ...] = (30, 60, 90, 120)) -> str:
    return bucket_labels(edges)[int(bucket_numbers(np.array([days]), edges)[0])]


@pytest.mark.parametrize(("days", "expected"), BOUNDARIES.items())
def test_days_past_due_fall_into_one_bucket(days: int, expected: str) -> None:
    assert bucket(days) == expected


def test_a_firm_may_set_its_own_edges() -> None:
    edges = (7, 15, 30, 365)
    assert [bucket(days, edges) for days in (7, 8, 15, 16, 365, 366)] == [
        "1-7",
        "8-15",
        "8-15",
        "16-30",
        "31-365",
        "365+",
    ]


@given(st.integers(-10_000, 10_000))
def test_a_later_day_never_falls_into_an_earlier_bucket(days: int) -> None:
    one, next_day = bucket_numbers(np.array([days, days + 1])).tolist()
    assert next_day - one in (0, 1)
