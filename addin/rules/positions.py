"""Where every milestone stands as at a day: open amount, due date, days overdue, bucket, status (RULES 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, Days, from_days, to_days
from addin.model.ledger import Ledger
from addin.rules.aging import bucket_labels, bucket_numbers
from addin.rules.claims import Item, Milestone
from addin.rules.frames import integers, nullable, objects

SETTLED, PENDING, OVERDUE, NOT_DUE = "settled", "pending", "overdue", "not_due"


@dataclass(frozen=True)
class OpenItems:
    """The open items of triggered milestones: position of the milestone, amount, due day, bucket number.

    Bucket 0 is not overdue, 1 to 5 the buckets past due.
    """

    milestone: np.ndarray
    amount: np.ndarray
    due: Days
    bucket: np.ndarray


def milestone_frame(
    ledger: Ledger, milestones: Sequence[Milestone], as_of: int, edges: Sequence[int]
) -> pd.DataFrame:
    """The replayed columns of the milestones table, by sheet row."""
    settled = [each.amount is not None and each.open == 0 for each in milestones]
    triggered = [each.triggered for each in milestones]
    dues = np.array(
        [_due(each, done) for each, done in zip(milestones, settled, strict=True)], dtype=np.int64
    )
    live = np.array(triggered, dtype=bool) & ~np.array(settled, dtype=bool)
    days = np.where(live, as_of - dues, 0)
    contract_due = [each.contract_due if each.triggered else NO_DAY for each in milestones]
    labels = np.array(bucket_labels(edges), dtype=object)
    return pd.DataFrame(
        {
            "amount": nullable([each.amount for each in milestones]),
            "due_date": from_days(dues),
            "contract_due": from_days(np.array(contract_due, dtype=np.int64)),
            "received": nullable([each.paid for each in milestones]),
            "adjusted": nullable([each.adjusted for each in milestones]),
            "disputed": nullable(_disputed(ledger, milestones, as_of)),
            "open": nullable([None if each.amount is None else each.open for each in milestones]),
            "days_overdue": pd.arrays.IntegerArray(days, ~live),
            "bucket": objects(np.where(live, labels[bucket_numbers(days, edges)], "")),
            "status": objects(_statuses(live, settled, days)),
        },
        index=ledger["milestones"].index,
    )


def _due(milestone: Milestone, settled: bool) -> int:
    """The oldest open due date; of a settled plan the last item's; none while pending.

    A plan of an unknown amount has nothing to split: the milestone's own due date stands.
    """
    if not milestone.triggered:
        return NO_DAY
    if not milestone.plan or milestone.amount is None:
        return milestone.own.due
    if settled:
        return max((item.due for item in milestone.items if item.amount), default=milestone.own.due)
    return min(item.due for item in milestone.items if item.open)


def _statuses(live: np.ndarray, settled: Sequence[bool], days: np.ndarray) -> list[str]:
    return [
        SETTLED if done else PENDING if not alive else OVERDUE if late >= 1 else NOT_DUE
        for alive, done, late in zip(live.tolist(), settled, days.tolist(), strict=True)
    ]


def _disputed(ledger: Ledger, milestones: Sequence[Milestone], as_of: int) -> list[int]:
    """min(open, Σ disputes with opened ≤ as_of < closed); an empty amount disputes all; triggered rows only."""
    frame = ledger["disputes"]
    lost = ledger.is_unknown("disputes", "amount").tolist()
    unknown_end = ledger.is_unknown("disputes", "closed").tolist()
    rows = zip(
        frame["milestone_id"].tolist(),
        to_days(frame["opened"]).tolist(),
        to_days(frame["closed"]).tolist(),
        integers(frame["amount"]),
        lost,
        unknown_end,
        strict=True,
    )
    sums: dict[str, int | None] = {}
    for milestone, opened, closed, amount, unreadable, open_ended in rows:
        live = (
            NO_DAY < opened <= as_of
            and (closed == NO_DAY or as_of < closed)
            and not unreadable
            and not open_ended
        )
        if live:
            before = sums.get(milestone, 0)
            sums[milestone] = None if amount is None or before is None else before + amount
    disputed = []
    for each in milestones:
        asked = sums.get(each.id, 0) if each.triggered else 0
        disputed.append(each.open if asked is None else min(each.open, asked))
    return disputed


def open_items(milestones: Sequence[Milestone], as_of: int, edges: Sequence[int]) -> OpenItems:
    """Every open item of every triggered milestone, for aging."""
    found: list[tuple[int, Item]] = []
    for position, milestone in enumerate(milestones):
        if milestone.triggered and milestone.open:
            found += [(position, item) for item in milestone.items if item.open]
    due = np.array([item.due for _, item in found], dtype=np.int64)
    return OpenItems(
        np.array([position for position, _ in found], dtype=np.int64),
        np.array([item.open for _, item in found], dtype=np.int64),
        due,
        bucket_numbers(as_of - due, edges),
    )
