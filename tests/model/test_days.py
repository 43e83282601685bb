"""Civil days as numbers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.model.days import NO_DAY, add_months, day_in_month, from_days, month_end, to_days


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_column_of_dates_goes_to_ordinals_and_back(unit):
    dates = [date(1900, 1, 1), date(1969, 12, 31), date(2024, 2, 29)]
    column = pd.Series(pd.to_datetime([*dates, None])).astype(f"datetime64[{unit}]")
    days = to_days(column)
    assert days.dtype == np.int64
    assert days.tolist() == [*(day.toordinal() for day in dates), NO_DAY]
    assert pd.Series(from_days(days)).equals(column.astype("datetime64[s]"))


def test_the_time_of_day_is_dropped_before_1970_too():
    times = pd.Series(pd.to_datetime(["1969-12-30 23:59:59", "2026-03-31 00:00:01"]))
    assert to_days(times).tolist() == [date(1969, 12, 30).toordinal(), date(2026, 3, 31).toordinal()]


@given(st.lists(st.dates()))
def test_every_civil_day_survives_the_round_trip(dates):
    days = np.array([day.toordinal() for day in dates], dtype=np.int64)
    assert from_days(days).astype(object).tolist() == [pd.Timestamp(day).to_pydatetime() for day in dates]
    assert to_days(from_days(days)).tolist() == days.tolist()


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 240))
def test_months_on_is_the_same_day_or_the_month_end(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and later == month_end(later))


@pytest.mark.parametrize("months", [1, 12])
def test_months_past_the_year_9999_are_refused(months):
    assert add_months(date(9999, 12, 31), 0) == date.max
    with pytest.raises(ValueError, match="10000"):
        add_months(date(9999, 12, 31), months)


def test_a_day_that_the_month_lacks_is_its_last():
    assert day_in_month(2026, 2, 29) == date(2026, 2, 28)
    assert day_in_month(2024, 2, 29) == date(2024, 2, 29)
