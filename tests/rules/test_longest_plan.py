"""A collection plan is cut where a cell ends: at 32,767 characters."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.test_monthly_plan import plans

MONTHS = [date(1900 + month // 12, month % 12 + 1, 1) for month in range(2979)]


@pytest.mark.parametrize(("last", "ends"), [(7, "2148-03 7"), (70, "2148-03 …")])
def test_the_longest_plan_that_a_cell_holds_is_whole(last: int, ends: str) -> None:
    # 2,979 times "yyyy-mm n" (9 characters) and 2,978 times "; " are 26,811 + 5,956 = 32,767
    amounts = [7] * 2978 + [last]
    rows = [("C", month, amount) for month, amount in zip(MONTHS, amounts, strict=True)]
    told = plans(*rows, digits=[0] * len(rows))["C"]
    assert told is not None and len(told) == 32_767
    assert told.endswith(ends)
