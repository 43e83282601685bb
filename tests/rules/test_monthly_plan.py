"""The collection plan of a contract, by month, out of the planned dates of its milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from addin.rules.monthly_plan import monthly_plans

UNREAD = "unread"
Row = tuple[str, date | str | None, int | None]


def plans(*rows: Row, digits: Sequence[int] | None = None) -> dict[str, str | None]:
    days = [None if day == UNREAD else day for _, day, _ in rows]
    return monthly_plans(
        [contract for contract, _, _ in rows],
        pd.Series(days, dtype="datetime64[s]"),
        pd.Series([amount for _, _, amount in rows], dtype="Int64"),
        digits or [2] * len(rows),
        np.array([day == UNREAD for _, day, _ in rows], dtype=bool),
    )


def test_milestones_of_a_month_are_added_up_and_months_stand_in_order() -> None:
    assert plans(
        ("C", date(2026, 7, 1), 100), ("C", date(2025, 12, 31), 30), ("C", date(2026, 7, 31), 5)
    ) == {"C": "2025-12 0.30; 2026-07 1.05"}


def test_the_first_of_a_month_is_that_month_the_day_before_is_not() -> None:
    assert plans(("C", date(2026, 7, 31), 100), ("C", date(2026, 8, 1), 100)) == {
        "C": "2026-07 1.00; 2026-08 1.00"
    }


def test_a_contract_without_planned_dates_has_no_plan() -> None:
    assert plans(("C", None, 100), ("D", date(2026, 7, 1), 0)) == {"D": "2026-07 0.00"}
    assert plans() == {}


def test_what_is_unknown_makes_the_plan_of_its_contract_unknown_and_no_other() -> None:
    assert plans(
        ("C", UNREAD, 100),
        ("C", date(2026, 7, 1), 100),
        ("D", date(2026, 7, 1), None),
        ("E", None, None),
        ("E", date(2026, 7, 1), 7),
    ) == {"C": None, "D": None, "E": "2026-07 0.07"}


def test_a_milestone_of_no_contract_is_in_no_plan() -> None:
    assert plans(("", date(2026, 7, 1), 100)) == {}


def test_amounts_have_the_decimals_of_their_currency() -> None:
    day = date(2026, 7, 1)
    assert plans(("C", day, 100), ("D", day, 100), digits=[0, 3]) == {
        "C": "2026-07 100",
        "D": "2026-07 0.100",
    }


def test_a_plan_never_grows_beyond_what_a_cell_holds() -> None:
    rows: list[Row] = [
        ("C", date(1000 + number // 12, number % 12 + 1, 1), 10**12) for number in range(2_000)
    ]
    (told,) = plans(*rows).values()
    assert told is not None and len(told) == 32_767 and told.endswith("…")
