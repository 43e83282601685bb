"""Interest and compensation as worksheet functions: bases, caps, payments on the way, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from addin.functions.call import FunctionError, call_json

PAID = [100000, "2025-03-31", "2025-06-09", 0.0005, "daily", ["2025-05-10"], [40000]]


def test_bases_and_their_spellings() -> None:
    def of(basis: object) -> object:
        return call_json("AR_INTEREST", [36000, "2025-01-31", "2025-03-31", 0.1, basis])

    assert of(365) == of("365") == of(None) == "581.92"  # 59 days
    assert of(360) == "590.00"
    assert of("30/360") == of("30e/360") == "600.00"  # two months
    assert call_json("AR_INTEREST", [36000, "2025-01-31", "2025-03-31", 0.001, "DAILY"]) == "2124.00"


def test_30_360_takes_the_31st_and_the_end_of_february_as_30e_does() -> None:
    def days(due: str, paid: str) -> object:
        return call_json("AR_INTEREST", [36000, due, paid, 0.1, "30/360"])  # 10.00 a day

    assert days("2025-01-30", "2025-01-31") == "0.00"
    assert days("2025-01-31", "2025-02-28") == "280.00"
    assert days("2025-02-28", "2025-03-31") == "320.00"
    assert days("2025-02-28", "2025-03-01") == "30.00"


def test_a_cap_is_a_share_of_the_principal() -> None:
    def capped(cap: object) -> object:
        return call_json("AR_INTEREST", [300000, "2025-03-31", "2025-08-28", 0.0005, "daily", cap])

    assert capped(0.05) == capped("5%") == "15000.00"
    assert capped(None) == capped(0.075) == "22500.00"
    assert capped(0) == "0.00"


@pytest.mark.parametrize("paid", ["2025-03-31", "2025-01-01"])
def test_nothing_before_it_is_late(paid: str) -> None:
    assert call_json("AR_INTEREST", [300000, "2025-03-31", paid, 0.1]) == "0.00"
    table = call_json("AR_INTEREST_PAID", [*PAID[:2], paid, *PAID[3:]])
    assert table == [["from", "to", "days", "principal", "interest", "paid_interest", "paid_principal"]]


def test_interest_first_or_principal_first() -> None:
    def first(order: object) -> list[Any]:
        table = call_json("AR_INTEREST_PAID", [*PAID, order])
        assert isinstance(table, list)
        return [row[3:] for row in table[1:]]

    interest_first = [["100000.00", "2000.00", "2000.00", "38000.00"], ["62000.00", "930.00", "0.00", "0.00"]]
    assert first(None) == first(561) == first("561") == interest_first
    assert first("principal") == [
        ["100000.00", "2000.00", "0.00", "40000.00"],
        ["60000.00", "900.00", "0.00", "0.00"],
    ]


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("AR_INTEREST", [-1, "2025-03-31", "2025-05-31", 0.1], "principal"),
        ("AR_INTEREST", ["1.005", "2025-03-31", "2025-05-31", 0.1], "principal"),
        ("AR_INTEREST", [1, "2025-02-29", "2025-05-31", 0.1], "due"),
        ("AR_INTEREST", [1, "2025-03-31", None, 0.1], "paid"),
        ("AR_INTEREST", [1, "2025-03-31", "2025-05-31", -0.1], "rate"),
        ("AR_INTEREST", [1, "2025-03-31", "2025-05-31", 0.1, 366], "basis"),
        ("AR_INTEREST", [1, "2025-03-31", "2025-05-31", 0.1, 365, -1], "cap"),
        ("AR_INTEREST_PAID", [*PAID[:5], ["2025-05-10", "2025-05-11"], [40000]], "pay_amounts"),
        ("AR_INTEREST_PAID", [*PAID[:5], [], []], "pay_dates"),
        ("AR_INTEREST_PAID", [*PAID[:5], ["2025-05-10"], [-1]], "pay_amounts"),
        ("AR_INTEREST_PAID", [*PAID, "interest"], "order"),
        ("AR_LATE_FEE", [-1, "UK"], "debt"),
        ("AR_LATE_FEE", [1, "US"], "regime"),
    ],
)
def test_what_does_not_fit_is_named(name: str, args: list[object], argument: str) -> None:
    with pytest.raises(FunctionError) as refused:
        call_json(name, args)
    assert refused.value.argument == argument
