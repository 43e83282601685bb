"""Age in years by anniversaries, what is left open, and the aging table of given items."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.aging import (
    AGE_BANDS,
    age_years,
    aging_table,
    bucket_labels,
    bucket_of,
    days_overdue,
    left_open,
)
from addin.rules.refused import Refused


@pytest.mark.parametrize(
    ("recognised", "as_of", "band"),
    [
        ("2024-12-31", "2024-12-31", "1年以内"),
        ("2024-12-31", "2025-12-31", "1年以内"),
        ("2024-12-31", "2026-01-01", "1-2年"),
        ("2024-02-29", "2025-02-28", "1年以内"),  # the anniversary is the 28th
        ("2024-02-29", "2025-03-01", "1-2年"),
        ("2024-02-29", "2028-02-29", "3-4年"),  # four years to the day
        ("2024-02-29", "2028-03-01", "4-5年"),
        ("2020-12-31", "2025-12-31", "4-5年"),
        ("2020-12-31", "2026-01-01", "5年以上"),
        ("1999-01-01", "2026-01-01", "5年以上"),
        ("2025-03-01", "2026-02-28", "1年以内"),
    ],
)
def test_bands(recognised: str, as_of: str, band: str) -> None:
    assert AGE_BANDS[age_years(date.fromisoformat(recognised), date.fromisoformat(as_of))] == band


def test_no_age_before_it_was_recognised() -> None:
    with pytest.raises(Refused) as refused:
        age_years(date(2025, 1, 2), date(2025, 1, 1))
    assert refused.value.argument == "as_of"


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_age_never_falls(recognised: date, days: int) -> None:
    as_of = recognised + timedelta(days)
    step = age_years(recognised, as_of + timedelta(1)) - age_years(recognised, as_of)
    assert step in (0, 1)


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(0, 10_000))
def test_what_is_left_open_is_what_was_not_received(amounts: list[int], received: int) -> None:
    left = left_open(amounts, received)
    assert sum(left) == sum(amounts) - received
    assert len(left) == len(amounts) + (received > sum(amounts))
    kept = [place for place, amount in enumerate(left) if amount]
    assert left[kept[0] + 1 :] == amounts[kept[0] + 1 :] if kept and left[kept[0]] > 0 else True


ITEMS = st.lists(
    st.tuples(st.sampled_from("abc"), st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 10**12)),
    min_size=1,
)


@given(ITEMS)
def test_the_table_adds_up_and_keeps_each_item_in_its_bucket(items: list[tuple[str, date, int]]) -> None:
    groups, dues, opens = map(list, zip(*items, strict=True))
    as_of, edges = date(2025, 6, 30), (30, 90)
    headings, *rows, totals = aging_table(groups, dues, opens, as_of, edges)
    assert headings == ["group", *bucket_labels(edges), "total"]
    assert [row[0] for row in rows] == list(dict.fromkeys(groups))
    assert totals[-1] == sum(opens)
    for place, bucket in enumerate(bucket_labels(edges), 1):
        those = [
            amount
            for _, due, amount in items
            if bucket_labels(edges)[bucket_of(days_overdue(due, as_of), edges)] == bucket
        ]
        assert totals[place] == sum(those) == sum(int(row[place]) for row in rows)


@pytest.mark.parametrize(("groups", "dues", "argument"), [(1, 2, "group"), (2, 3, "due")])
def test_each_amount_has_a_group_and_a_due_date(groups: int, dues: int, argument: str) -> None:
    with pytest.raises(Refused) as refused:
        aging_table(["a"] * groups, [date(2025, 1, 1)] * dues, [1, 2], date(2025, 1, 1))
    assert refused.value.argument == argument
