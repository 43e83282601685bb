"""Generated ledgers, the days on which to look at them, and what a refresh says of them as plain values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from addin.model.result import Result
from tests.oracle.random_chasing import SETTINGS
from tests.oracle.random_ledgers import random_tables
from tests.rules.engine import Tables
from tests.rules.figures import records, table

COUNT = "HUIKUAN_EXAMPLES"
"""The environment variable that sets how many ledgers each property is tried on."""

Ledger = tuple[Tables, date]
Figures = dict[str, Any]


def examples(few: int) -> settings:
    """So many ledgers in the suite, always the same; as many fresh ones as a long run asks for."""
    wanted = os.environ.get(COUNT)
    return settings(
        max_examples=int(wanted) if wanted else few,
        derandomize=not wanted,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A small random ledger, with or without settings, and a day on which to look at it."""
    tables, days = random_tables(
        draw(st.integers(10_000, 9_999_999)), size=draw(st.sampled_from((6, 10, 16)))
    )
    rows = SETTINGS if draw(st.booleans()) else []
    return {**tables, "settings": rows}, draw(st.sampled_from([*days, days[-1] + timedelta(days=800)]))


def figures(result: Result, tables: Tables) -> Figures:
    """Everything that the result says, by key: nothing of where a row stands."""
    return {
        "totals": result.currencies,
        "base": result.base,
        "controls": {*result.controls},
        **{key: table(result, key, tables) for key in ("milestones", "contracts", "customers", "receipts")},
        **{key: list(records(result, key)) for key in ("allocations", "rollforward")},
        "aging": sorted(map(str, records(result, "aging"))),
        "findings": sorted(found.code for found in result.findings),
    }


def shuffled(tables: Tables, seed: int) -> dict[str, list[Mapping[str, object]]]:
    """The same rows in another order of every sheet."""
    random = Random(seed)
    return {key: random.sample(list(rows), len(rows)) for key, rows in tables.items()}
