"""The collection plan of a contract: what its milestones' planned dates bring in, by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from addin.model.money import plain
from addin.rules.frames import integers

_LONGEST = 32_767
"""Characters that a cell holds."""


def monthly_plans(
    contracts: Sequence[str],
    planned: pd.Series,
    amounts: pd.Series,
    digits: Sequence[int],
    unread: np.ndarray,
) -> dict[str, str | None]:
    """The plan of each contract that has one, `yyyy-mm amount` for each month in its order, joined by `; `.

    One entry a milestone in each argument: its contract, its planned date, its amount in minor units of ``digits``
    decimals, and whether its planned date could not be read. None where a planned date or the amount of a planned
    milestone is unknown. Settled milestones stay in: a plan is held against what came in.

    >>> monthly_plans(["C", "C", "D"], pd.Series(pd.to_datetime(["2026-07-31", "2026-07-01", None])),
    ...               pd.Series([500, 250, 100], dtype="Int64"), [2, 2, 2], np.zeros(3, dtype=bool))
    {'C': '2026-07 7.50'}
    """
    dated = ~planned.isna().to_numpy(bool)
    months = planned.to_numpy("datetime64[M]").astype(np.int64)
    unknown = (amounts.isna().to_numpy(bool) & dated) | unread
    sums: dict[str, dict[int, int]] = defaultdict(dict)
    decimals: dict[str, int] = {}
    rows = zip(
        contracts, months.tolist(), integers(amounts), digits, (dated & ~unknown).tolist(), strict=True
    )
    for contract, month, amount, own_digits, planned_here in rows:
        if planned_here:
            by_month = sums[contract]
            by_month[month] = by_month.get(month, 0) + (amount or 0)
            decimals[contract] = own_digits
    plans: dict[str, str | None] = {
        contract: _told(by_month, decimals[contract]) for contract, by_month in sums.items()
    }
    plans |= {contracts[at]: None for at in np.flatnonzero(unknown).tolist()}
    plans.pop("", None)
    return plans


@cache
def _name(month: int) -> str:
    """A month counted from January 1970, as yyyy-mm."""
    return str(np.datetime64(month, "M"))


def _told(by_month: dict[int, int], digits: int) -> str:
    told = "; ".join(
        [f"{_name(month)} {plain(amount, digits)}" for month, amount in sorted(by_month.items())]
    )
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"
