"""Where every milestone stands as at a day: open amount, due date, days overdue, bucket, status (RULES 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.model.days import NO_DAY, Days, from_days, to_days
from addin.model.ledger import Ledger
from addin.rules.aging import bucket_labels, bucket_numbers
from addin.rules.claims import Milestone
from addin.rules.frames import integers, objects

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


@dataclass(frozen=True)
class Standing:
    """What the replay left of each milestone: minor units, nought where the amount is not ``known``.

    ``trigger`` is `NO_DAY` where the milestone is not ``triggered`` yet.
    """

    known: np.ndarray
    triggered: np.ndarray
    trigger: Days
    amount: np.ndarray
    paid: np.ndarray
    adjusted: np.ndarray
    open: np.ndarray

    @property
    def settled(self) -> np.ndarray:
        """Which have nothing open, before or after their trigger."""
        settled: np.ndarray = self.known & (self.open == 0)
        return settled

    @property
    def pending(self) -> np.ndarray:
        """What is left of each before its trigger; 0 for triggered ones."""
        return np.where(self.triggered, 0, self.open)


def standing(milestones: Sequence[Milestone]) -> Standing:
    """Where the milestones stand after a replay."""
    amounts = [each.amount for each in milestones]
    known = np.array([amount is not None for amount in amounts], dtype=bool)
    amount = np.array([amount or 0 for amount in amounts], dtype=np.int64)
    triggered = np.array([each.triggered for each in milestones], dtype=bool)
    trigger = np.array([each.trigger for each in milestones], dtype=np.int64)
    paid = np.array([each.paid for each in milestones], dtype=np.int64)
    adjusted = np.array([each.adjusted for each in milestones], dtype=np.int64)
    return Standing(
        known,
        triggered,
        np.where(triggered, trigger, NO_DAY),
        amount,
        paid,
        adjusted,
        np.where(known, amount - paid - adjusted, 0),
    )


def milestone_frame(
    ledger: Ledger, milestones: Sequence[Milestone], now: Standing, as_of: int, edges: Sequence[int]
) -> pd.DataFrame:
    """The replayed columns of the milestones table, by sheet row."""
    settled = now.settled
    dues = np.array(
        [_due(each, done) for each, done in zip(milestones, settled.tolist(), strict=True)], dtype=np.int64
    )
    live = now.triggered & ~settled
    days = np.where(live, as_of - dues, 0)
    contract_due = np.array([each.contract_due for each in milestones], dtype=np.int64)
    labels = np.array(bucket_labels(edges), dtype=object)
    every = np.zeros(len(milestones), dtype=bool)
    return pd.DataFrame(
        {
            "amount": pd.arrays.IntegerArray(now.amount, ~now.known),
            "due_date": from_days(dues),
            "contract_due": from_days(np.where(now.triggered, contract_due, NO_DAY)),
            "received": pd.arrays.IntegerArray(now.paid, every),
            "adjusted": pd.arrays.IntegerArray(now.adjusted, every.copy()),
            "disputed": pd.arrays.IntegerArray(_disputed(ledger, milestones, now, as_of), every.copy()),
            "open": pd.arrays.IntegerArray(now.open, ~now.known),
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


def _statuses(live: np.ndarray, settled: np.ndarray, days: np.ndarray) -> np.ndarray:
    words = np.array([SETTLED, PENDING, OVERDUE, NOT_DUE], dtype=object)
    status: np.ndarray = words[np.select([settled, ~live, days >= 1], [0, 1, 2], 3)]
    return status


def _disputed(ledger: Ledger, milestones: Sequence[Milestone], now: Standing, as_of: int) -> np.ndarray:
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
    disputed = np.zeros(len(milestones), dtype=np.int64)
    for position in [position for position, each in enumerate(milestones) if each.id in sums]:
        if now.triggered[position]:
            asked, open_amount = sums[milestones[position].id], int(now.open[position])
            disputed[position] = open_amount if asked is None else min(open_amount, asked)
    return disputed


def open_items(milestones: Sequence[Milestone], now: Standing, as_of: int, edges: Sequence[int]) -> OpenItems:
    """Every open item of every triggered milestone, for aging."""
    found: list[tuple[int, int, int]] = []
    for position in np.flatnonzero(now.triggered & (now.open != 0)).tolist():
        found += [(position, left, item.due) for item in milestones[position].items if (left := item.open)]
    columns = np.array(found, dtype=np.int64).reshape(-1, 3)
    due = columns[:, 2]
    return OpenItems(columns[:, 0], columns[:, 1], due, bucket_numbers(as_of - due, edges))
