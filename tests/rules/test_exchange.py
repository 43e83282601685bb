"""Rates to the base currency: the latest on or before the day, half-up to the base's decimals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from addin.rules.exchange import Rates


def rates(on: str, base: str = "CNY") -> Rates:
    rows = [
        ("2026-02-28", "USD", "7.10"),
        ("2026-01-31", "USD", "7.00"),
        ("2026-02-28", "usd", "7.12"),
        ("2026-02-28", "JPY", "0.0485"),
    ]
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime([row[0] for row in rows]),
            "currency": [row[1] for row in rows],
            "rate": [Decimal(row[2]) for row in rows],
        }
    )
    return Rates.read(frame, base, date.fromisoformat(on).toordinal())


@pytest.mark.parametrize(
    ("on", "rate"),
    [("2026-01-30", None), ("2026-01-31", "7.00"), ("2026-02-27", "7.00"), ("2026-02-28", "7.12")],
)
def test_the_latest_rate_on_or_before_the_day_and_of_one_day_the_last_row(on: str, rate: str | None) -> None:
    assert rates(on).by_currency.get("USD") == (Decimal(rate) if rate else None)


def test_foreign_to_base_half_up() -> None:
    assert Rates("CNY", {"USD": Decimal("7.105")}).to_base(100, "USD") == 711  # 7.105
    assert Rates("CNY", {"USD": Decimal("7.1049")}).to_base(100, "USD") == 710
    assert Rates("CNY", {"USD": Decimal("7.105")}).to_base(-100, "USD") == -711


def test_currencies_without_cents_are_counted_in_whole_units() -> None:
    assert rates("2026-03-31").to_base(1000, "JPY") == 4850  # ¥1,000 at 0.0485 is 48.50
    assert Rates("JPY", {"USD": Decimal("155.5")}).to_base(100, "USD") == 156


def test_a_missing_rate_is_unknown_and_nought_needs_none() -> None:
    assert rates("2026-03-31").to_base(100, "EUR") is None
    assert rates("2026-03-31").to_base(0, "EUR") == 0
    assert rates("2026-03-31").to_base(5, "CNY") == 5
