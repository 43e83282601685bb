"""The collection plan of a contract: what its milestones' planned dates bring in, by month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from addin.model.money import plain
from addin.rules.frames import objects

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
    unknown = (amounts.isna().to_numpy(bool) & dated) | unread
    rows = np.flatnonzero(dated & ~unknown)
    numbers, ids = pd.factorize(objects(contracts)[rows])
    months = planned.to_numpy("datetime64[M]").astype(np.int64)[rows]
    order = np.lexsort([months, numbers])
    rows, months, numbers = rows[order], months[order], numbers[order]
    new = _begins(numbers)
    entries = np.flatnonzero(new | _begins(months))
    sums = np.add.reduceat(amounts.to_numpy(np.int64, na_value=0)[rows], entries) if len(rows) else months
    of_entry = zip(
        months[entries].tolist(), sums.tolist(), np.array(digits)[rows[entries]].tolist(), strict=True
    )
    told = [f"{_name(month)} {plain(amount, decimals)}" for month, amount, decimals in of_entry]
    bounds = [*np.flatnonzero(new[entries]).tolist(), len(entries)]
    plans: dict[str, str | None] = {
        id: _fitted("; ".join(told[first:last]))
        for id, (first, last) in zip(ids, pairwise(bounds), strict=True)
    }
    plans |= {contracts[at]: None for at in np.flatnonzero(unknown).tolist()}
    plans.pop("", None)
    return plans


def _begins(ordered: np.ndarray) -> np.ndarray:
    """Whether each value is another than the one before it; the first is."""
    begins = np.ones(len(ordered), dtype=bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


@cache
def _name(month: int) -> str:
    """A month counted from January 1970, as yyyy-mm."""
    return str(np.datetime64(month, "M"))


def _fitted(told: str) -> str:
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"
