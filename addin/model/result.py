"""What a refresh computes: figures, findings, controls, and the cells that it wants to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

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

    ``keys`` are the rows' own ids. ``old`` and ``values`` are typed as frames hold them, money in minor units
    with ``digits`` decimals by row.
    """

    table: str
    column: str
    rows: np.ndarray
    keys: np.ndarray
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
    cells: Sequence[CellWrites] = field(default=())
    tables: Sequence[TableWrite] = field(default=())
    outlook: Mapping[str, Decimal | None] = field(default_factory=dict)
    """due_30 and received_month in base currency, for the dashboard."""
    debtor_names: Sequence[str] = ()
    """Names by row of the customers table."""
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Ids by row of the mixed tables."""

    @property
    def changes(self) -> int:
        """How many computed cells of mixed tables change."""
        return sum(len(write.rows) for write in self.cells)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)
