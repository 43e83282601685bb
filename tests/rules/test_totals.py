"""Totals and buckets of the whole ledger, each currency by itself and all in the base currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle.build import Cells, adjustment, contract, dispute, fixed, receipt
from tests.rules.figures import Look

CONTRACTS = [contract("C", "100"), contract("U", "70", customer="L", currency="USD")]
ROWS = [
    fixed("M1", "60", "01-10"),
    fixed("M2", "40"),
    fixed("V", "70", "01-10", contract="U", term="NET 60"),
]


def fx(on: str, currency: str, rate: str) -> Cells:
    return {"date": date.fromisoformat(on), "currency": currency, "rate": Decimal(rate)}


RATE = [fx("2025-01-31", "USD", "7.1")]


def look(on: str = "02-10", **tables: Any) -> Look:
    return Look(on, CONTRACTS, ROWS, **tables)


def base(seen: Look) -> dict[str, str]:
    return {key: str(value) for key, value in seen.result.base.totals.items()}


def test_each_currency_has_totals_of_its_own() -> None:
    money = [receipt("R1", "01-20", "10", m="M1"), receipt("R2", "01-20", "7", m="M2")]
    seen = look(
        receipts=money,
        adjustments=[adjustment("J1", "M2", "01-15", "5"), adjustment("J2", "M1", "01-15", "6")],
        disputes=[dispute("D", "M1", "01-20", amount="8")],
    )
    assert seen.totals() == {
        "contracted": "100.00",
        "receivable": "60.00",
        "received": "17.00",
        "adjusted": "11.00",
        "open": "44.00",
        "pending": "35.00",
        "current": "0.00",
        "overdue": "44.00",
        "unapplied": "7.00",
        "disputed": "8.00",
        "interest": "0.00",
    }
    dollars = seen.totals("USD")
    assert (dollars["open"], dollars["current"], dollars["overdue"]) == ("70.00", "70.00", "0.00")


def test_in_base_currency_the_rate_on_or_before_the_day_counts() -> None:
    seen = look(fx_rates=[*RATE, fx("2025-02-11", "USD", "9")])
    assert base(seen)["open"] == "557.00"  # 60 + 70 × 7.1
    assert (base(seen)["current"], base(seen)["overdue"]) == ("497.00", "60.00")
    assert str(seen.result.base.buckets["31-60"]) == "60.00"
    assert seen.codes() == []


def test_without_a_rate_the_total_is_unknown_and_a_finding_names_the_currency() -> None:
    seen = look(fx_rates=[fx("2025-02-11", "USD", "7.1")])
    assert {*seen.result.base.totals.values(), *seen.result.base.buckets.values()} == {None}
    assert "USD" in seen.finding("rate_missing").message.zh
    assert seen.totals("USD")["open"] == "70.00"


def test_a_currency_with_nothing_in_it_needs_no_rate() -> None:
    nothing = [contract("C", "100"), contract("U", "0", currency="USD")]
    assert Look("02-10", nothing, [fixed("M", "100", "01-10")]).codes() == []


def test_an_empty_ledger_has_totals_of_nought_in_the_base_currency() -> None:
    assert set(Look("02-10", [], []).totals().values()) == {"0.00"}


def test_open_current_and_overdue_add_up_after_conversion() -> None:
    # 0.05 in three buckets at 7.1: 0.36 each (0.355 up), where 0.15 at once would be 1.07.
    rows = [
        fixed(f"V{number}", "0.05", trigger, contract="U")
        for number, trigger in enumerate(("02-10", "01-20", "01-01"))
    ]
    seen = Look("02-10", [contract("U", "0.15", currency="USD")], rows, fx_rates=RATE)
    assert base(seen)["open"] == "1.08"
    assert sum(seen.result.base.buckets.values()) == Decimal("1.08")  # type: ignore[arg-type]  # all known


def test_the_aging_edges_are_those_of_the_settings() -> None:
    seen = Look("02-10", CONTRACTS[:1], ROWS[:2], settings={"aging_edges": "15;31;45;365"})
    assert {key: str(value) for key, value in seen.result.base.buckets.items()} == {
        "current": "0.00",
        "1-15": "0.00",
        "16-31": "60.00",
        "32-45": "0.00",
        "46-365": "0.00",
        "365+": "0.00",
    }
