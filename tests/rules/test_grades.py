"""Grades: cuts, the score of the parts that are known, caps, moves by the quarter, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.rules.grades import (
    GRADES,
    TERMS,
    Conduct,
    Grade,
    capped,
    grade,
    mean_of_known,
    moved,
    terms_by_grade,
)
from addin.rules.policy import POLICY, Setting, defaults
from addin.rules.refused import Refused

A_GRADE = st.sampled_from(GRADES)
A_DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("100", "AAA"),
        ("90.5", "AAA"),
        ("90.0001", "AAA"),
        ("90", "AA"),
        ("80.01", "AA"),
        ("80", "A"),
        ("70.01", "A"),
        ("70", "BBB"),
        ("60.01", "BBB"),
        ("60", "BB"),
        ("50.01", "BB"),
        ("50", "B"),
        ("40.01", "B"),
        ("40", "C"),
        ("0", "C"),
        ("-5", "C"),
    ],
)
def test_a_score_on_a_cut_is_the_grade_below(score: str, expected: str) -> None:
    assert grade(Decimal(score)) == expected


def test_own_cuts() -> None:
    assert grade(5, [6, 5, 4, 3, 2, 1]) == "A"


@pytest.mark.parametrize("cuts", [[90], [], [90, 80, 70, 60, 50, 50], [40, 50, 60, 70, 80, 90], [9] * 7])
def test_cuts_are_six_and_fall(cuts: Sequence[int]) -> None:
    with pytest.raises(Refused) as refused:
        grade(50, cuts)
    assert refused.value.argument == "cuts"


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_higher_score_is_never_a_worse_grade(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert GRADES.index(grade(high)) <= GRADES.index(grade(low))


def test_the_score_of_all_parts() -> None:
    # 0.45 × 76 + 0.20 × 90 + 0.15 × 60 + 0.20 × 80 = 34.2 + 18 + 9 + 16
    assert mean_of_known([76, 90, 60, 80], [45, 20, 15, 20]) == Fraction("77.2")


def test_weights_are_shared_out_again_over_what_is_known() -> None:
    # (45 × 76 + 20 × 90) ÷ 65
    assert mean_of_known([76, 90, None, None], [45, 20, 15, 20]) == Fraction(5220, 65)
    assert mean_of_known([None, None, Decimal("61.5"), None], [45, 20, 15, 20]) == Fraction("61.5")


def test_nothing_known_is_no_score() -> None:
    assert mean_of_known([None] * 4, [45, 20, 15, 20]) is None
    assert mean_of_known([80, None, None, None], [0, 1, 1, 1]) is None


@given(
    st.lists(st.none() | st.integers(0, 100), min_size=4, max_size=4),
    st.lists(st.integers(1, 100), min_size=4, max_size=4),
)
def test_the_score_lies_between_its_parts(parts: list[int | None], weights: list[int]) -> None:
    known = [part for part in parts if part is not None]
    found = mean_of_known(parts, weights)
    assert found is None if not known else found is not None and min(known) <= found <= max(known)


SOUND = Conduct(paydex=80)


@pytest.mark.parametrize(
    ("conduct", "best"),
    [
        (SOUND, "AAA"),
        (replace(SOUND, paydex=None), "A"),
        (replace(SOUND, paydex=50), "AAA"),
        (replace(SOUND, paydex=49), "BB"),
        (replace(SOUND, days_overdue=120), "AAA"),
        (replace(SOUND, days_overdue=121), "C"),
        (replace(SOUND, broken_promises=1), "AAA"),
        (replace(SOUND, broken_promises=2), "C"),
        (replace(SOUND, legal=True), "C"),
        (Conduct(None, legal=True), "C"),
    ],
)
def test_caps(conduct: Conduct, best: Grade) -> None:
    assert capped("AAA", conduct) == best
    assert capped("C", conduct) == "C"


def test_a_cap_lifts_nothing() -> None:
    assert capped("B", Conduct(None)) == "B"
    assert capped("B", Conduct(49)) == "B"


@pytest.mark.parametrize(
    ("earned", "last", "last_on", "as_of", "now"),
    [
        ("A", "A", "2026-01-05", "2026-01-05", "A"),
        ("C", "AAA", "2026-03-31", "2026-03-31", "C"),  # down at once, by as many as it takes
        ("AA", "A", "2026-01-01", "2026-03-31", "A"),  # up only in a later quarter
        ("AA", "A", "2026-03-31", "2026-04-01", "AA"),
        ("AAA", "A", "2026-03-31", "2026-04-01", "AA"),  # one notch
        ("AAA", "C", "2024-03-31", "2026-04-01", "B"),  # one notch, however long ago
        ("AAA", "AA", "2025-12-31", "2026-01-01", "AAA"),
    ],
)
def test_moves(earned: Grade, last: Grade, last_on: str, as_of: str, now: Grade) -> None:
    assert moved(earned, last, date.fromisoformat(last_on), date.fromisoformat(as_of)) == now


@given(A_GRADE, A_GRADE, A_DAY, st.integers(0, 1000))
def test_a_move_is_at_most_one_notch_up_and_never_past_what_is_earned(
    earned: Grade, last: Grade, last_on: date, days: int
) -> None:
    as_of = last_on + timedelta(days=days)
    now = moved(earned, last, last_on, as_of)
    steps_up = GRADES.index(last) - GRADES.index(now)
    assert steps_up <= 1
    assert GRADES.index(now) >= GRADES.index(earned)
    assert moved(earned, now, as_of, as_of) == now  # the same run again moves nothing


def setting(key: str) -> Setting:
    return next(each for each in POLICY if each.key == key)


def test_terms_of_the_default_setting_are_ours() -> None:
    assert defaults()["grade_terms"] == TERMS
    assert setting("grade_terms").default == "; ".join(f"{name} {terms.en}" for name, terms in TERMS.items())


@pytest.mark.parametrize("value", ["90;80;70;60;50;50", "40;50;60;70;80;90", "90;80"])
def test_a_setting_of_cuts_that_do_not_fall_is_unreadable(value: str) -> None:
    with pytest.raises(ValueError):
        setting("grade_cuts").read(value)


def test_own_terms() -> None:
    found = terms_by_grade("AA 10/90 net 20；C no credit;")
    assert found["AA"].zh == found["AA"].en == "10/90 net 20"
    assert found["C"].zh == "no credit"
    assert found["B"] == TERMS["B"]
    assert terms_by_grade("") == TERMS


def test_a_word_that_is_no_grade_is_refused() -> None:
    with pytest.raises(ValueError, match="AAAA"):
        terms_by_grade("AAAA 10/90 net 20")
