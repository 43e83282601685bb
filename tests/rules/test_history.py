"""The history: a version of what people overwrite in place for every day on which it was found changed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.model.ledger import empty_frame
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.history import MEASURES, PLAN, as_at, new_versions

NOTHING = empty_frame(TABLES["history"])
MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)


def history(*rows: tuple[date, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["date", "subject", "measure", "value"])
    return frame.astype({"date": "datetime64[s]"})


def added(
    known: pd.DataFrame, now: dict[str, str | None], as_of: date, language: Language = "en"
) -> list[tuple[date, str, str, str]]:
    rows, _ = new_versions(known, PLAN, now, as_of, language)
    return [
        (day.date(), subject, measure, value)
        for day, subject, measure, value in rows.itertuples(index=False, name=None)
    ]


def test_the_first_refresh_records_every_plan() -> None:
    assert added(NOTHING, {"C1": "2026-07 5.00", "C2": "2026-08 6.00"}, MARCH) == [
        (MARCH, "C1", "Collection plan", "2026-07 5.00"),
        (MARCH, "C2", "Collection plan", "2026-08 6.00"),
    ]


def test_a_plan_that_is_as_on_record_adds_no_row() -> None:
    known = history((MARCH, "C1", "Collection plan", "2026-07 5.00"))
    for day in (MARCH, APRIL):
        assert added(known, {"C1": "2026-07 5.00"}, day) == []


def test_a_plan_that_moved_adds_its_new_version_only() -> None:
    known = history((MARCH, "C1", "Collection plan", "a"), (MARCH, "C2", "Collection plan", "b"))
    assert added(known, {"C1": "a", "C2": "c"}, APRIL) == [(APRIL, "C2", "Collection plan", "c")]


def test_a_plan_moved_twice_on_a_day_has_two_rows_and_the_lower_one_counts() -> None:
    known = history((MARCH, "C1", "Collection plan", "a"))
    again = added(known, {"C1": "b"}, MARCH)
    assert again == [(MARCH, "C1", "Collection plan", "b")]
    assert as_at(pd.concat([known, history(*again)]), PLAN, MARCH) == {"C1": "b"}


def test_a_plan_given_up_is_recorded_once_as_empty() -> None:
    known = history((MARCH, "C1", "Collection plan", "a"))
    gone = added(known, {}, APRIL)
    assert gone == [(APRIL, "C1", "Collection plan", "")]
    assert added(pd.concat([known, history(*gone)]), {}, MAY) == []


def test_a_plan_that_cannot_be_known_stays_as_on_record() -> None:
    known = history((MARCH, "C1", "Collection plan", "a"))
    assert added(known, {"C1": None, "C2": None}, APRIL) == []


@pytest.mark.parametrize(("day", "seen"), [(date(2026, 4, 29), "a"), (APRIL, "b"), (date(2026, 3, 30), None)])
def test_it_is_read_as_at_the_day_inclusive(day: date, seen: str | None) -> None:
    known = history((MARCH, "C1", "回款计划", "a"), (APRIL, "C1", "Collection plan", "b"))
    assert as_at(known, PLAN, day).get("C1") == seen


def test_it_is_found_however_people_sorted_it_and_beside_other_measures() -> None:
    known = history(
        (APRIL, "C1", "collection PLAN", "b"), (MAY, "C1", "grade", "AA"), (MARCH, "C1", "plan", "a")
    )
    assert as_at(known, PLAN, MAY) == {"C1": "b"}
    assert added(known, {"C1": "b"}, MAY) == []


def test_a_row_without_a_readable_day_counts_for_no_day() -> None:
    known = history((MARCH, "C1", "plan", "a"))
    lost = pd.concat([known, known.assign(date=pd.NaT, value="b")]).astype({"date": "datetime64[s]"})
    assert as_at(lost, PLAN, MAY) == {"C1": "a"}


def test_an_earlier_day_than_the_newest_row_leaves_the_record_alone_and_says_so() -> None:
    known = history((MARCH, "C1", "plan", "a"), (MAY, "C2", "grade", "AA"))
    rows, told = new_versions(known, PLAN, {"C1": "b", "C2": "c"}, APRIL, "en")
    assert rows.empty
    (finding,) = told
    assert (finding.code, finding.severity, finding.table) == ("history_left_alone", "info", "history")
    assert "2 versions" in finding.message.en and str(MAY) in finding.message.en
    assert "2 项" in finding.message.zh and str(MAY) in finding.cure.zh
    assert new_versions(known, PLAN, {"C1": "a"}, APRIL, "en")[1] == []
    assert len(new_versions(known, PLAN, {"C1": "b", "C2": "c"}, MAY, "en")[0]) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_are_those_of_the_book(language: Language) -> None:
    ((_, _, measure, _),) = added(NOTHING, {"C1": "a"}, MARCH, language)
    assert measure == MEASURES[PLAN].in_(language)


PLANS = st.dictionaries(st.sampled_from("ABC"), st.sampled_from(["", "a", "b", None]))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 28), PLANS), max_size=8))
def test_rows_are_only_added_and_no_earlier_day_ever_reads_otherwise(
    runs: list[tuple[int, dict[str, str | None]]],
) -> None:
    known = NOTHING
    for number, now in runs:
        day = date(2026, 2, number)
        rows, told = new_versions(known, PLAN, now, day, "en")
        grown = pd.concat([known, rows], ignore_index=True).astype({"date": "datetime64[s]"})
        assert grown.iloc[: len(known)].equals(known)
        for earlier in range(1, number):
            past = date(2026, 2, earlier)
            assert as_at(grown, PLAN, past) == as_at(known, PLAN, past)
        if not told:
            record = as_at(grown, PLAN, day)
            assert all(
                record.get(subject, "") == value for subject, value in now.items() if value is not None
            )
            assert new_versions(grown, PLAN, now, day, "en")[0].empty
        known = grown
