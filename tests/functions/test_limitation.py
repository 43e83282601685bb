"""AR_LIMITATION: three years, interruptions in any shape and order, rolling, the end of the calendar."""

from __future__ import annotations

import pytest

from addin.functions.call import FunctionError, call_json


def last_day(*args: object) -> object:
    return call_json("AR_LIMITATION", list(args))


def test_three_years_and_again_from_each_interruption() -> None:
    assert last_day("2023-06-30") == last_day("2023-06-30", None) == "2026-06-30"
    assert last_day("2023-06-30", "2024-11-19") == last_day("2023-06-30", [["2024-11-19"]]) == "2027-11-19"
    assert last_day("2023-06-30", ["2026-03-02", "2024-11-19"]) == "2029-03-02"


def test_an_interruption_on_the_last_day_counts_one_after_it_does_not() -> None:
    assert last_day("2021-05-31", ["2024-05-31"]) == "2027-05-31"
    assert last_day("2021-05-31", ["2024-06-01"]) == "2024-05-31"
    # the last day itself rolls: 1 June 2024 is a Saturday
    assert last_day("2021-06-01") == "2024-06-03"
    assert last_day("2021-06-01", ["2024-06-03"]) == "2027-06-03"


def test_a_year_without_a_calendar_is_not_rolled() -> None:
    assert last_day("2040-01-01") == "2043-01-01"


@pytest.mark.parametrize(
    ("args", "argument"),
    [
        (["9997-01-01"], "last_due"),
        (["9996-12-31", ["9999-01-01"]], "last_due"),
        (["30 June"], "last_due"),
        ([None], "last_due"),
        (["2023-06-30", []], "interrupted_on"),
        (["2023-06-30", ["2024-11-19", "soon"]], "interrupted_on"),
    ],
)
def test_what_does_not_fit_is_named(args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as refused:
        call_json("AR_LIMITATION", args)
    assert refused.value.argument == argument
