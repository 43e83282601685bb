"""What a firm wants to collect in a month, from targets by month, quarter or year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from addin.model.money import half_up

_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d{1,2})|Q([1-4]))?", re.IGNORECASE)


class Target(NamedTuple):
    """One row of the targets: a period as `2026`, `2026Q1` or `2026-03`, whose it is, and minor units."""

    period: str
    manager: str
    contract: str
    amount: int


def months_of(period: str) -> tuple[str, ...]:
    """The months of a period; none where it cannot be read.

    >>> months_of("2026-3"), months_of("2026Q1"), len(months_of("2026")), months_of("soon")
    (('2026-03',), ('2026-01', '2026-02', '2026-03'), 12, ())
    """
    found = _PERIOD.fullmatch("".join(period.split()))
    if found is None:
        return ()
    year, month, quarter = found[1], found[2], found[3]
    if month:
        return (f"{year}-{int(month):02d}",) if 1 <= int(month) <= 12 else ()
    first = 3 * int(quarter) - 2 if quarter else 1
    return tuple(f"{year}-{number:02d}" for number in range(first, first + (3 if quarter else 12)))


def month_target(targets: Iterable[Target], month: str) -> int | None:
    """The firm's target of a month (`2026-03`) in minor units; None without one.

    The shortest period that covers the month counts, a longer one in equal parts. Of its rows those for the whole
    firm count, else those by manager, else those by contract: they break the same target down.

    >>> month_target([Target("2026", "", "", 1200), Target("2026-03", "", "", 150)], "2026-03")
    150
    >>> month_target([Target("2026Q1", "Li", "", 90), Target("2026Q1", "Wu", "", 30)], "2026-03")
    40
    """
    by_length: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for target in targets:
        months = months_of(target.period)
        if month in months:
            level = 2 if target.contract else 1 if target.manager else 0
            by_length[len(months)][level] += target.amount
    if not by_length:
        return None
    length = min(by_length)
    levels = by_length[length]
    return half_up(Fraction(levels[min(levels)], length))
