"""The Chinese working calendar against the yearly notices, written out here day by day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.model.days import NO_DAY
from addin.rules import workdays
from addin.rules.workdays import Calendar, UnpublishedYear, published

ONE_DAY = timedelta(days=1)
UNPUBLISHED = 2099
PUBLISHED_DAYS = st.dates(date(2004, 1, 15), date(2026, 12, 15))
ANY_DAYS = st.dates(date(1990, 1, 1), date(2110, 12, 31))
OVERRIDES = st.dictionaries(st.dates(date(2098, 12, 1), date(2099, 2, 15)), st.booleans(), max_size=30)
ROLLS = st.sampled_from(["following", "preceding"])

# year: (spans of days off, make-up workdays), as the State Council's General Office announced them.
NOTICES = {
    2018: (
        "01-01 02-15/02-21 04-05/04-07 04-29/05-01 06-16/06-18 09-22/09-24 10-01/10-07 12-30/12-31",
        "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
    ),
    2019: (
        "01-01 02-04/02-10 04-05/04-07 05-01/05-04 06-07/06-09 09-13/09-15 10-01/10-07",
        "02-02 02-03 04-28 05-05 09-29 10-12",
    ),
    2020: (
        "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
    ),
    2021: (
        "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06 12-30/12-31",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


@pytest.fixture(autouse=True, scope="module")
def calendar_is_loaded():
    """Loading takes longer than one example of a property may."""
    assert published(2026)


def days_between(start: date, end: date) -> list[date]:
    return [start + n * ONE_DAY for n in range((end - start).days + 1)]


def days_of(year: int, spans: str) -> set[date]:
    ends = [[date.fromisoformat(f"{year}-{end}") for end in span.split("/")] for span in spans.split()]
    return {day for span in ends for day in days_between(span[0], span[-1])}


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_year_is_as_the_notice_says(year):
    off, made_up = (days_of(year, spans) for spans in NOTICES[year])
    assert all(day.weekday() >= 5 for day in made_up)
    for day in days_between(date(year, 1, 1), date(year, 12, 31)):
        expected = day in made_up or (day.weekday() < 5 and day not in off)
        assert Calendar().is_workday(day) is expected, day


@pytest.mark.parametrize(("year", "known"), [(2003, False), (2004, True), (2026, True), (UNPUBLISHED, False)])
def test_which_years_are_published(year, known):
    assert published(year) is known


@pytest.mark.parametrize(
    ("make_up", "years"),
    [
        ({date(2004, 5, 8), date(2005, 5, 8), date(2007, 4, 28)}, [2004, 2005]),
        ({date(2005, 5, 8)}, []),
        (set(), []),
    ],
)
def test_a_year_without_make_up_workdays_is_unpublished_and_so_is_what_follows(monkeypatch, make_up, years):
    china = type("Library", (dict,), {"weekend_workdays": make_up})()
    monkeypatch.setitem(sys.modules, "holidays", SimpleNamespace(country_holidays=lambda *_, **__: china))
    workdays._official.cache_clear()
    try:
        assert [year for year in range(2000, 2010) if published(year)] == years
    finally:
        workdays._official.cache_clear()


def test_the_first_and_the_last_published_day_are_known_and_their_neighbours_are_not():
    last_year = max(year for year in range(2026, 2101) if published(year))
    known = [date(2004, 1, 1), date(last_year, 12, 31)]
    unknown = [date(2003, 12, 31), date(last_year + 1, 1, 1)]
    for day in known:
        assert isinstance(Calendar().is_workday(day), bool)
        assert Calendar().workdays(day, day) == int(Calendar().is_workday(day))
    for day in unknown:
        with pytest.raises(UnpublishedYear):
            Calendar().is_workday(day)
        with pytest.raises(UnpublishedYear):
            Calendar().workdays(day, day)


@pytest.mark.parametrize("day", [date(2003, 5, 6), date(UNPUBLISHED, 1, 5), date(UNPUBLISHED, 1, 3)])
def test_an_unpublished_year_is_refused_weekday_or_not(day):
    with pytest.raises(UnpublishedYear) as refused:
        Calendar().is_workday(day)
    assert refused.value.year == day.year
    assert all(str(day.year) in words for words in refused.value.problem)


def test_rolling_into_an_unpublished_year_is_refused_and_no_roll_is_not():
    closed = Calendar({date(2098, 12, 31): False})
    with pytest.raises(UnpublishedYear):
        closed.roll(date(2098, 12, 31), "following")
    assert closed.roll(date(2098, 12, 31), "none") == date(2098, 12, 31)


def test_an_override_stands_above_the_notice_and_names_days_of_unpublished_years():
    calendar = Calendar({date(2026, 3, 2): False, date(2026, 3, 1): True, date(UNPUBLISHED, 1, 5): True})
    assert calendar.roll(date(2026, 3, 2), "following") == date(2026, 3, 3)
    assert calendar.roll(date(2026, 3, 2), "preceding") == date(2026, 3, 1)
    assert calendar.is_workday(date(UNPUBLISHED, 1, 5))
    assert calendar.workdays(date(2026, 3, 1), date(2026, 3, 2)) == 1


@given(PUBLISHED_DAYS, ROLLS)
def test_rolling_finds_the_nearest_workday_on_its_side_and_stays_there(day, roll):
    calendar = Calendar()
    rolled = calendar.roll(day, roll)
    assert calendar.is_workday(rolled)
    assert calendar.roll(rolled, roll) == rolled
    assert rolled >= day if roll == "following" else rolled <= day
    passed = set(days_between(min(day, rolled), max(day, rolled))) - {rolled}
    assert not any(calendar.is_workday(other) for other in passed)


@given(PUBLISHED_DAYS, PUBLISHED_DAYS, ROLLS)
def test_rolling_keeps_the_order_of_days(one, other, roll):
    first, second = sorted((one, other))
    assert Calendar().roll(first, roll) <= Calendar().roll(second, roll)


@given(PUBLISHED_DAYS, st.integers(0, 400), st.integers(0, 400))
def test_counting_workdays_adds_up(start, first_part, second_part):
    calendar = Calendar()
    middle = min(start + first_part * ONE_DAY, date(2026, 12, 30))
    end = min(middle + ONE_DAY + second_part * ONE_DAY, date(2026, 12, 31))
    assert calendar.workdays(start, end) == calendar.workdays(start, middle) + calendar.workdays(
        middle + ONE_DAY, end
    )
    assert calendar.workdays(start, middle) == sum(map(calendar.is_workday, days_between(start, middle)))
    assert calendar.workdays(end, start) == -calendar.workdays(start, end)


def test_counting_over_an_unknown_day_is_refused():
    with pytest.raises(UnpublishedYear) as refused:
        Calendar().workdays(date(2003, 12, 31), date(2004, 1, 2))
    assert refused.value.year == 2003


@given(
    st.lists(st.one_of(ANY_DAYS, st.dates(date(2098, 12, 20), date(2099, 2, 1))), min_size=1),
    OVERRIDES,
    ROLLS,
)
def test_a_vector_rolls_as_its_days_do_and_is_provisional_where_one_day_is_refused(dates, overrides, roll):
    calendar = Calendar(overrides)
    rolled, provisional = calendar.roll_days(np.array([day.toordinal() for day in dates]), roll)
    for day, ordinal, unsure in zip(dates, rolled.tolist(), provisional.tolist(), strict=True):
        if unsure:
            with pytest.raises(UnpublishedYear):
                calendar.roll(day, roll)
        else:
            assert calendar.roll(day, roll).toordinal() == ordinal


def test_an_unpublished_year_counts_weekends_only_in_a_vector():
    saturday = date(UNPUBLISHED, 1, 3)
    rolled, provisional = Calendar().roll_days(np.array([saturday.toordinal(), NO_DAY]), "following")
    assert rolled.tolist() == [(saturday + 2 * ONE_DAY).toordinal(), NO_DAY]
    assert provisional.tolist() == [True, False]


def test_a_vector_that_is_not_rolled_is_itself_and_never_provisional():
    days = np.array([date(UNPUBLISHED, 1, 3).toordinal(), NO_DAY])
    rolled, provisional = Calendar().roll_days(days, "none")
    assert rolled.tolist() == days.tolist()
    assert not provisional.any()


def test_the_holidays_library_is_imported_only_when_a_workday_is_asked_for():
    code = "import sys, addin.rules.due; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
