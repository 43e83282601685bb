"""Loss rates from the ledger's own history: what of each age band was still open, or lost, a year later (RULES 4).

The years are calendar years, full ones only; a rate is the mean of those in which the band held anything. A band
that never did is expected to be lost whole: nothing shows that it would not be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from addin.model.days import NO_DAY, Days
from addin.rules.age_bands import BANDS, bands
from addin.rules.credit_loss import loss_rates, migration_rate
from addin.rules.exchange import Rates
from addin.rules.lookback import Lookback

FEWEST_YEARS, MOST_YEARS = 3, 5
_LAST = len(BANDS) - 1


@dataclass(frozen=True)
class Pool:
    """The milestones whose history counts: their ``positions`` in the lookback, and one entry each.

    ``trigger`` is `NO_DAY` where there is none; ``currency`` is the position among ``codes``.
    """

    positions: np.ndarray
    trigger: Days
    recognised: Days
    currency: np.ndarray
    codes: Sequence[str]


@dataclass(frozen=True)
class OwnRates:
    """The loss rate of each age band, and the years that they come from, the latest first."""

    rates: tuple[Fraction, ...]
    years: tuple[int, ...]


@dataclass(frozen=True)
class _Year:
    """By band, in base currency: what it held at the beginning, what moved on open, what was written off."""

    year: int
    opening: list[int]
    migrated: list[int]
    written_off: list[int]


def own_rates(history: Lookback, pool: Pool, fx: Rates, day: int) -> OwnRates | None:
    """Loss rates by band as at ``day`` (a civil ordinal), or None where fewer than three full years are there.

    A year is there where the pool held something when it began. At most the last five count.
    """
    years = list(_years(history, pool, fx, date.fromordinal(day)))
    if len(years) < FEWEST_YEARS:
        return None
    yearly = [_migration(each) for each in years]
    means = [_mean([rates[band] for rates in yearly]) for band in range(len(BANDS))]
    return OwnRates(tuple(loss_rates(means)), tuple(each.year for each in years))


def _years(history: Lookback, pool: Pool, fx: Rates, as_of: date) -> Iterator[_Year]:
    latest = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    for year in range(latest, max(latest - MOST_YEARS, 1), -1):
        found = _year(history, pool, fx, year)
        if not any(found.opening):
            return
        yield found


def _year(history: Lookback, pool: Pool, fx: Rates, year: int) -> _Year:
    begin, end = date(year - 1, 12, 31), date(year, 12, 31)
    before, after = begin.toordinal(), end.toordinal()
    there = (pool.trigger != NO_DAY) & (pool.trigger <= before)
    opening = np.where(there, history.open_on(before)[pool.positions], 0)
    written_off = np.clip(history.written_off(before, after)[pool.positions], 0, opening)
    still_open = np.clip(history.open_on(after)[pool.positions], 0, opening - written_off)
    band = bands(pool.recognised, begin)

    def by_band(amounts: np.ndarray) -> list[int]:
        return _sums(amounts, band, pool, fx)

    return _Year(year, by_band(opening), by_band(still_open), by_band(written_off))


def _sums(amounts: np.ndarray, band: np.ndarray, pool: Pool, fx: Rates) -> list[int]:
    """Sums by band in base currency; what has no rate is left out of the history."""
    sums = np.zeros((len(BANDS), len(pool.codes)), dtype=np.int64)
    np.add.at(sums, (band, pool.currency), amounts)
    return [
        sum(fx.to_base(amount, code) or 0 for amount, code in zip(row, pool.codes, strict=True))
        for row in sums.tolist()
    ]


def _migration(year: _Year) -> list[Fraction | None]:
    """The migration rate of each band, None where it held nothing.

    What reached the last band in the year has a year less behind it, but is held against it all the same.
    """
    moved = year.migrated[_LAST - 1] + year.written_off[_LAST - 1]
    openings = [*year.opening[:_LAST], year.opening[_LAST] + moved]
    migrated = [*year.migrated[:_LAST], year.migrated[_LAST] + moved]
    return [
        migration_rate(opening, min(open_after, opening - lost), lost) if opening else None
        for opening, open_after, lost in zip(openings, migrated, year.written_off, strict=True)
    ]


def _mean(rates: Sequence[Fraction | None]) -> Fraction:
    known = [rate for rate in rates if rate is not None]
    return sum(known, Fraction(0)) / len(known) if known else Fraction(1)
