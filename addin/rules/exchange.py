"""Exchange rates: base currency for one unit of a foreign one, the latest on or before a day (RULES 15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from addin.model.days import to_days
from addin.model.money import digits_of, from_minor, to_minor


@dataclass(frozen=True)
class Rates:
    """The rate of each currency in force on the as-of date; the base currency is 1."""

    base: str
    by_currency: Mapping[str, Decimal]
    rows: Mapping[str, int] = field(default_factory=dict)
    """The sheet row of each rate."""

    @classmethod
    def read(cls, fx_rates: pd.DataFrame, base: str, day: int) -> Rates:
        """The latest rate of each currency dated on or before ``day`` (a civil ordinal)."""
        latest: dict[str, tuple[int, Decimal, int]] = {}
        days = to_days(fx_rates["date"]).tolist()
        rows = zip(days, fx_rates["currency"], fx_rates["rate"], fx_rates.index.tolist(), strict=True)
        for dated, currency, rate, row in rows:
            code = currency.upper()
            if 0 < dated <= day and rate and (code not in latest or dated >= latest[code][0]):
                latest[code] = (dated, rate, row)
        rates = {code: rate for code, (_, rate, _) in latest.items()}
        return cls(base, {**rates, base: Decimal(1)}, {code: row for code, (*_, row) in latest.items()})

    def to_base(self, minor: int, currency: str) -> int | None:
        """An amount in minor units of the base currency, half-up; None where the rate is missing.

        >>> Rates("CNY", {"USD": Decimal("7.1")}).to_base(100, "USD")
        710
        """
        if currency == self.base or minor == 0:
            return minor
        rate = self.by_currency.get(currency)
        if rate is None:
            return None
        return to_minor(from_minor(minor, digits_of(currency)) * rate, digits_of(self.base))

    def total(self, sums: Mapping[str, int]) -> int | None:
        """Sums by currency in minor units, each rounded half-up, together in the base currency; None where a rate
        is missing.

        >>> rates = Rates("CNY", {"USD": Decimal("7.1")})
        >>> rates.total({"CNY": 5, "USD": 100}), rates.total({"EUR": 1})
        (715, None)
        """
        converted = [self.to_base(minor, currency) for currency, minor in sums.items()]
        known = [minor for minor in converted if minor is not None]
        return sum(known) if len(known) == len(converted) else None
