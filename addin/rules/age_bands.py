"""The disclosed age bands in both languages, and the bands of many claims at once."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from addin.model.days import FIRST_DAY, Days
from addin.model.text import Text
from addin.rules.aging import AGE_BANDS, age_years

BANDS: Final = tuple(
    Text(zh, en)
    for zh, en in zip(
        AGE_BANDS,
        ("up to 1 year", "1-2 years", "2-3 years", "3-4 years", "4-5 years", "over 5 years"),
        strict=True,
    )
)
"""By whole years that are over: exactly N years stays in the lower band."""


def bands(recognised: Days, as_of: date) -> np.ndarray:
    """`age_years` of claims recognised on these civil ordinals, 0 of those that come later.

    >>> bands(np.array([date(2025, 3, day).toordinal() for day in (30, 31)]), date(2026, 3, 31)).tolist()
    [1, 0]
    """
    limits = _limits(as_of)
    younger = np.searchsorted(limits, recognised, side="right")
    return (len(limits) - younger).astype(np.int64)


@lru_cache(maxsize=64)
def _limits(as_of: date) -> tuple[int, ...]:
    """The first day of recognition of each band but the last, the oldest first."""
    return tuple(_first_within(as_of, years) for years in range(len(BANDS) - 1, 0, -1))


def _first_within(as_of: date, years: int) -> int:
    """The earliest day of recognition with fewer than ``years`` over."""
    days = range(FIRST_DAY, as_of.toordinal() + 1)
    return days[bisect_left(days, 1 - years, key=lambda day: -age_years(date.fromordinal(day), as_of))]
