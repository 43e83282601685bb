"""Columns of a frame as plain lists, for rules that walk row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd


def integers(series: pd.Series) -> list[int | None]:
    """Whole numbers or minor units, None where the cell is empty or unknown.

    >>> integers(pd.Series(pd.array([5, None], dtype="Int64")))
    [5, None]
    """
    values = series.to_numpy(np.int64, na_value=0).tolist()
    if not series.hasnans:
        return values
    return [None if missing else value for value, missing in zip(values, series.isna().tolist(), strict=True)]


def nullable(values: Sequence[int | None]) -> Any:
    """Minor units or whole numbers as a column of dtype Int64.

    >>> nullable([5, None]).tolist()
    [5, <NA>]
    """
    missing = np.array([value is None for value in values], dtype=bool)
    return pd.arrays.IntegerArray(np.array([value or 0 for value in values], dtype=np.int64), missing)


def objects(values: Iterable[object]) -> np.ndarray:
    """Words or decimals as an object array that pandas leaves as it is."""
    listed = values if isinstance(values, list) else list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array
