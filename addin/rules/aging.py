"""Age of what is open: days past due, and the buckets that they fall into (RULES 3 and 15, Aging)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

DEFAULT_EDGES = (30, 60, 90, 120)
CURRENT = "current"


def bucket_numbers(days: np.ndarray, edges: Sequence[int] = DEFAULT_EDGES) -> np.ndarray:
    """Number of the bucket of each count of days past due: 0 not overdue, then 1 and on.

    Upper edges are inclusive, the last bucket is open-ended.

    >>> bucket_numbers(np.array([-5, 0, 1, 30, 31, 120, 121])).tolist()
    [0, 0, 1, 1, 2, 4, 5]
    """
    return np.searchsorted(np.array((0, *edges)), days, side="left").astype(np.int64)


def bucket_labels(edges: Sequence[int] = DEFAULT_EDGES) -> list[str]:
    """The keys of the buckets, by number.

    >>> bucket_labels((30, 60, 90))
    ['current', '1-30', '31-60', '61-90', '90+']
    """
    lower = (0, *edges[:-1])
    ranges = [f"{low + 1}-{high}" for low, high in zip(lower, edges, strict=True)]
    return [CURRENT, *ranges, f"{edges[-1]}+"]
