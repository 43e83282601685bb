"""The credit functions: vectors and scalars, signs, and what is refused."""

from __future__ import annotations

import pytest

from addin.functions.call import FunctionError, call_json


def test_paydex_of_one_and_of_many() -> None:
    assert call_json("AR_PAYDEX", [22]) == call_json("AR_PAYDEX", [[[22]]]) == 60
    assert call_json("AR_PAYDEX", [[0, 60]]) == 60  # the same weight each
    assert call_json("AR_PAYDEX", [[0, 60], [900000, 100000]]) == 76
    assert call_json("AR_PAYDEX", [["7.5"], ["0.01"]]) == 75
    assert call_json("AR_PAYDEX", [[0.1 + 0.2 - 0.3]]) == 80


def test_altman_of_a_firm_in_distress() -> None:
    assert call_json("AR_ALTMAN", [100, -20, -50, -30, -10, 110, 80])[1] == "distress"


def test_altman_of_statements_in_millions() -> None:
    example = [100, 20, 30, 10, 60, 40, 150]
    millions = [amount / 1000 for amount in example]
    assert call_json("AR_ALTMAN", millions) == call_json("AR_ALTMAN", example) == [2.8352, "grey"]


def test_grades_and_limits() -> None:
    assert [call_json("AR_GRADE", [score]) for score in (90.5, 90, 80, "60.01", 40)] == [
        "AAA",
        "AA",
        "A",
        "BBB",
        "C",
    ]
    assert call_json("AR_GRADE", [5, [6, 5, 4, 3, 2, 1]]) == "A"
    assert call_json("AR_CREDIT_LIMIT", [500000, 2, "bbb"]) == ["700000.00", "700000.00"]
    assert call_json("AR_CREDIT_LIMIT", [500000, 1.5, "AAA"]) == ["1125000.00", "2250000.00"]


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("AR_PAYDEX", [[]], "days_beyond_terms"),
        ("AR_PAYDEX", [["late"]], "days_beyond_terms"),
        ("AR_PAYDEX", [[1, 2], [1]], "amounts"),
        ("AR_PAYDEX", [[1, 2], [0, 0]], "amounts"),
        ("AR_PAYDEX", [[1, 2], [1, -1]], "amounts"),
        ("AR_ALTMAN", [0, 1, 1, 1, 1, 1, 1], "total_assets"),
        ("AR_ALTMAN", [1, 1, 1, 1, 1, 0, 1], "liabilities"),
        ("AR_ALTMAN", [1, 1, 1, 1, 1, 1, -1], "sales"),
        ("AR_ALTMAN", [1, 1, 1, 1, 1, 1, 1, "Z''"], "model"),
        ("AR_GRADE", [None], "score"),
        ("AR_GRADE", [50, [90, 80]], "cuts"),
        ("AR_GRADE", [50, [40, 50, 60, 70, 80, 90]], "cuts"),
        ("AR_CREDIT_LIMIT", [-1, 2, "A"], "avg_monthly_sales"),
        ("AR_CREDIT_LIMIT", [1, -2, "A"], "months"),
        ("AR_CREDIT_LIMIT", [1, 2, "D"], "grade"),
    ],
)
def test_what_does_not_fit_is_named(name: str, args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as refused:
        call_json(name, args)
    assert refused.value.argument == argument
