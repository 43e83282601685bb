"""Due dates: the case file, and the ledger's vector against the single date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.model.days import LAST_DAY, NO_DAY
from addin.rules.due import due_date, due_days
from addin.rules.terms import TERM_FORMS, TermError, parse_term
from addin.rules.workdays import Calendar, UnpublishedYear, published

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "dates.jsonl").read_text("utf-8").splitlines()
]
RULES = {
    "AR_DUE_DATE": lambda base, term, roll="none": due_date(day(base), parse_term(term), roll, Calendar()),
    "AR_WORKDAY": lambda base, roll="following": Calendar().roll(day(base), roll),
    "AR_IS_WORKDAY": lambda base: Calendar().is_workday(day(base)),
    "AR_WORKDAYS": lambda start, end: Calendar().workdays(day(start), day(end)),
}
TERMS = st.sampled_from([None, "", "月结30天", *(form.en for form in TERM_FORMS)])
ROLLS = st.sampled_from(["none", "following", "preceding"])
ORDINALS = st.one_of(
    st.just(NO_DAY),
    st.integers(1, LAST_DAY),
    st.dates(date(2015, 1, 1), date(2028, 1, 1)).map(date.toordinal),
    st.integers(LAST_DAY - 40, LAST_DAY),
)


@pytest.fixture(autouse=True, scope="module")
def calendar_is_loaded():
    """Loading takes longer than one example of a property may."""
    assert published(2026)


def day(iso: str) -> date:
    return date.fromisoformat(iso)


def ordinals(*dates: str) -> np.ndarray:
    return np.array([day(iso).toordinal() if iso else NO_DAY for iso in dates], dtype=np.int64)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    rule = RULES[case["fn"]]
    if case.get("error"):
        with pytest.raises((TermError, UnpublishedYear)):
            rule(*case["args"])
        return
    result = rule(*case["args"])
    assert (result.isoformat() if isinstance(result, date) else result) == case["expect"]


def test_the_case_file_holds_every_published_figure_of_these_functions(shared):
    ours = {case["id"]: case for case in CASES}
    lines = (shared / "vectors" / "functions.jsonl").read_text("utf-8").splitlines()
    theirs = [case for case in map(json.loads, lines) if case["fn"] in RULES]
    assert theirs
    for case in theirs:
        assert ours[case["id"]]["args"] == case["args"]
        assert ours[case["id"]].get("expect") == case.get("expect")


@given(st.lists(st.tuples(ORDINALS, TERMS), max_size=40), ROLLS)
def test_a_ledger_has_the_due_dates_of_its_single_rows(rows, roll):
    calendar = Calendar()
    base = np.array([ordinal for ordinal, _ in rows], dtype=np.int64)
    found = due_days(base, [term for _, term in rows], roll, calendar)
    for row, (ordinal, text) in enumerate(rows):
        try:
            term = parse_term(text or "")
            raw = NO_DAY if ordinal == NO_DAY else term.due(date.fromordinal(ordinal)).toordinal()
        except TermError as refused:
            assert found.problems[row].problem == refused.problem
            raw = NO_DAY
        else:
            assert row not in found.problems
        assert found.raw[row] == raw
        if raw == NO_DAY:
            assert found.rolled[row] == NO_DAY
        elif not found.provisional[row]:
            assert found.rolled[row] == calendar.roll(date.fromordinal(raw), roll).toordinal()


def test_raw_and_rolled_dates_stand_side_by_side():
    found = due_days(ordinals("2026-01-16", "2026-01-19"), ["NET 30", "NET 30"], "following", Calendar())
    assert found.raw.tolist() == ordinals("2026-02-15", "2026-02-18").tolist()
    assert found.rolled.tolist() == ordinals("2026-02-24", "2026-02-24").tolist()


def test_an_unpublished_year_is_provisional_by_weekends_only():
    found = due_days(ordinals("2099-01-01", "2026-01-03"), ["NET 2", None], "following", Calendar())
    assert found.rolled.tolist() == ordinals("2099-01-05", "2026-01-04").tolist()
    assert found.provisional.tolist() == [True, False]
    assert not found.problems


def test_a_term_that_cannot_be_read_is_a_problem_of_each_of_its_rows_based_or_not():
    base = ordinals("2026-01-01", "2026-01-01", "2026-01-01", "")
    found = due_days(base, ["月结30天", "NET 1", "NET", "月结30天"], "none", Calendar())
    assert list(found.problems) == [0, 2, 3]
    assert found.raw.tolist() == ordinals("", "2026-01-02", "", "").tolist()


def test_a_row_without_a_base_has_no_due_date_even_with_a_fixed_term():
    found = due_days(ordinals("", ""), ["FIXED 2026-03-31", "NET 30"], "following", Calendar())
    assert found.raw.tolist() == found.rolled.tolist() == [NO_DAY, NO_DAY]
    assert not found.problems


def test_a_date_that_only_rolling_drives_past_the_year_9999_is_a_problem():
    closed = Calendar({date.max: False})
    found = due_days(ordinals("9999-12-31", "9999-12-30"), ["", ""], "following", closed)
    assert list(found.problems) == [0]
    assert found.rolled.tolist() == ordinals("", "9999-12-30").tolist()


def test_an_empty_ledger_has_no_due_dates():
    assert due_days(ordinals(), [], "following", Calendar()).raw.size == 0


def test_as_many_terms_as_base_dates_are_needed():
    with pytest.raises(ValueError, match="2 base dates, but 1 terms"):
        due_days(ordinals("2026-01-01", "2026-01-02"), ["NET 1"], "none", Calendar())
