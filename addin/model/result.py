"""What a refresh computes: figures, findings, controls, and the cells that it wants to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from addin.model.finding import Finding, Severity

TOTALS = (
    "contracted",
    "receivable",
    "received",
    "adjusted",
    "open",
    "pending",
    "current",
    "overdue",
    "unapplied",
    "disputed",
    "interest",
)
"""The totals of a ledger, in the order in which they are shown."""


@dataclass(frozen=True)
class Sums:
    """Totals and aging buckets of one currency, as exact decimals; None where a figure is unknown."""

    totals: Mapping[str, Decimal | None]
    buckets: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Month:
    """What was received in a month (`2026-03`; the as-of month: so far), and what the firm wanted to receive."""

    month: str
    received: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class Performance:
    """How collecting goes, in base currency; None where a rate is missing or there is nothing to divide by.

    ``collection_rate``: of what was overdue when the as-of month began or has fallen due since, the share received
    in it. ``dso``: what is open / new receivables of the last 365 days (of all days since the first, if those are
    fewer) × these days. ``promises_kept``: by amount, of the promises for the last 90 days. ``months``: the last
    twelve, the as-of month last; receipts less refunds. ``alerts``: how many open items bear which warning, the
    mildest first.
    """

    collection_rate: Fraction | None
    dso: Fraction | None
    promises_kept: Fraction | None
    months: Sequence[Month]
    alerts: Mapping[str, int]


@dataclass(frozen=True)
class Control:
    """Two ways to the same figure; ``left`` and ``right`` must be equal to the cent."""

    name: str
    currency: str
    left: Decimal
    right: Decimal

    @property
    def closes(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True)
class CellWrites:
    """Computed cells of a mixed table that change: ``values[i]`` goes into sheet row ``rows[i]``.

    ``old`` and ``values`` are typed as frames hold them, money in minor units with ``digits`` decimals by row.
    """

    table: str
    column: str
    rows: np.ndarray
    old: pd.Series
    values: pd.Series
    digits: np.ndarray | None = None


@dataclass(frozen=True)
class TableWrite:
    """The whole body of a computed table. ``origin[i]`` is the position of the old row that row i continues.

    The first ``kept`` rows of the sheet stay as they are, whatever they hold, and the body comes below them.
    ``lost`` is what people wrote into rows that go: the row's key, the heading, the words.
    """

    table: str
    frame: pd.DataFrame
    origin: Sequence[int | None]
    digits: Sequence[int] | None = None
    kept: int = 0
    lost: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Result:
    """Everything that a refresh found out as at ``as_of``; pure data, nothing is written yet.

    ``frames`` holds the computed tables whole and, of the mixed ones, the computed columns by sheet row.
    ``digits`` holds the decimals of each row's currency for the frames with money.
    """

    as_of: date
    base_currency: str
    frames: Mapping[str, pd.DataFrame]
    digits: Mapping[str, Sequence[int]]
    findings: Sequence[Finding]
    controls: Sequence[Control]
    base: Sums
    currencies: Mapping[str, Sums]
    due_30: Decimal | None
    """Open and due within 30 days, in base currency; None without a rate."""
    performance: Performance
    cells: Sequence[CellWrites] = field(default=())
    tables: Sequence[TableWrite] = field(default=())
    debtor_names: Sequence[str] = ()
    """Names by row of the customers table."""
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Ids by row of the mixed tables."""

    def ids(self, table: str) -> dict[int, str]:
        """The ids of a mixed table's rows by sheet row; rows that do not count have none."""
        return dict(zip(self.frames[table].index.tolist(), self.keys[table], strict=True))

    @property
    def changes(self) -> int:
        """How many computed cells of mixed tables change."""
        return sum(len(write.rows) for write in self.cells)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)
