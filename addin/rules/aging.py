"""Age of what is open: days past due, the buckets that they fall into, and years (RULES 3 and 15, Aging).

The due day itself is day 0 and not overdue (民法典201). Money is minor units.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from addin.model.days import add_months
from addin.model.text import Text
from addin.rules.article_560 import fill
from addin.rules.refused import Refused, as_many

DEFAULT_EDGES = (30, 60, 90, 120)
CURRENT = "current"
AGE_BANDS = ("1年以内", "1-2年", "2-3年", "3-4年", "4-5年", "5年以上")
"""The bands in which age is disclosed in China, by whole years that are over; upper bounds are inclusive."""


def days_overdue(due: date, as_of: date) -> int:
    """Days past due, 0 on the due day, negative before it.

    >>> days_overdue(date(2024, 1, 31), date(2024, 2, 10))
    10
    """
    return (as_of - due).days


def bucket_numbers(days: np.ndarray, edges: Sequence[int] = DEFAULT_EDGES) -> np.ndarray:
    """Number of the bucket of each count of days past due: 0 not overdue, then 1 and on.

    Upper edges are inclusive, the last bucket is open-ended.

    >>> bucket_numbers(np.array([-5, 0, 1, 30, 31, 120, 121])).tolist()
    [0, 0, 1, 1, 2, 4, 5]
    """
    return np.searchsorted(np.array((0, *edges)), days, side="left").astype(np.int64)


def bucket_of(days: int, edges: Sequence[int] = DEFAULT_EDGES) -> int:
    """The number of the bucket of one item."""
    return int(bucket_numbers(np.array([days]), edges)[0])


def bucket_labels(edges: Sequence[int] = DEFAULT_EDGES) -> list[str]:
    """The keys of the buckets, by number.

    >>> bucket_labels((30, 60, 90))
    ['current', '1-30', '31-60', '61-90', '90+']
    """
    lower = (0, *edges[:-1])
    ranges = [f"{low + 1}-{high}" for low, high in zip(lower, edges, strict=True)]
    return [CURRENT, *ranges, f"{edges[-1]}+"]


def aging_table(
    groups: Sequence[str],
    dues: Sequence[date],
    opens: Sequence[int],
    as_of: date,
    edges: Sequence[int] = DEFAULT_EDGES,
) -> list[list[str | int]]:
    """What is open by bucket and group: a row of headings, one a group in order of first appearance, the totals.

    `Refused` unless there is a group and a due date for each open amount.

    >>> for row in aging_table(["B", "A"], [date(2025, 5, 1), date(2025, 7, 5)], [500, 70], date(2025, 6, 30), (30,)):
    ...     print(row)
    ['group', 'current', '1-30', '30+', 'total']
    ['B', 0, 0, 500, 500]
    ['A', 70, 0, 0, 70]
    ['total', 70, 0, 500, 570]
    """
    as_many("group", len(groups), "open", len(opens))
    as_many("due", len(dues), "open", len(opens))
    days = as_of.toordinal() - np.array([due.toordinal() for due in dues], dtype=np.int64)
    numbers = bucket_numbers(days, edges).tolist()
    sums: dict[str, list[int]] = {}
    for group, number, amount in zip(groups, numbers, opens, strict=True):
        if group not in sums:
            sums[group] = [0] * (len(edges) + 2)
        sums[group][number] += amount
    rows: list[list[str | int]] = [[group, *row, sum(row)] for group, row in sums.items()]
    totals = [sum(column) for column in zip(*sums.values(), strict=True)]
    return [["group", *bucket_labels(edges), "total"], *rows, ["total", *totals, sum(totals)]]


def left_open(amounts: Sequence[int], received: int) -> list[int]:
    """What is left of each amount after ``received`` is applied oldest first, the first being the oldest.

    Only where too much was received, one more item shows the over-payment, below zero.

    >>> left_open([30, 50, 20], 40), left_open([100], 110)
    ([0, 40, 20], [0, -10])
    """
    paid = fill(received, amounts)
    left = [amount - part for amount, part in zip(amounts, paid, strict=True)]
    over = received - sum(paid)
    return [*left, -over] if over else left


def age_years(recognised: date, as_of: date) -> int:
    """Years that are over since a claim was recognised, at most 5: the number of its band in `AGE_BANDS`.

    A year is over the day after the anniversary, so exactly N years stay in the lower band; the anniversary of
    29 February is 28 February. `Refused` before the claim was recognised.

    >>> [age_years(date(2024, 12, 31), day) for day in (date(2025, 12, 31), date(2026, 1, 1))]
    [0, 1]
    """
    if as_of < recognised:
        raise Refused(
            "as_of",
            Text(
                f"不得早于确认日 {recognised}", f"expected no day before {recognised}, when it was recognised"
            ),
        )
    years = as_of.year - recognised.year
    return min(years if add_months(recognised, 12 * years) < as_of else max(years - 1, 0), len(AGE_BANDS) - 1)
