"""The latest enforceable due date of what is owed to a small or medium-sized firm.

保障中小企业款项支付条例 (State Council Decree 802, in force from 2025-06-01), articles 9 and 10: a public body pays
within 30 days, by contract at most 60; a large enterprise within 60 days, or as agreed within reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from addin.model.text import Text
from addin.rules.refused import Refused
from addin.rules.workdays import Calendar

Buyer: TypeAlias = Literal["public_body", "large_enterprise"]


class Period(NamedTuple):
    """Days from delivery or acceptance: where the contract is silent, and what it may agree at most."""

    silent: int
    most: int | None


PERIODS: Final[Mapping[Buyer, Period]] = MappingProxyType(
    {"public_body": Period(30, 60), "large_enterprise": Period(60, None)}
)


def statutory_due(buyer: Buyer, base: date, contract_days: int | None, calendar: Calendar) -> date:
    """The last day to pay in time, counted from ``base`` (not counted itself, 民法典201).

    ``contract_days`` None: the contract is silent. One that ends on a day off ends on the next workday (民法典203);
    where that year's calendar is not published it stays, the earlier and safe day. `Refused` after the year 9999.

    >>> statutory_due("public_body", date(2025, 6, 10), 90, Calendar())
    datetime.date(2025, 8, 11)
    """
    period = PERIODS[buyer]
    days = period.silent if contract_days is None else contract_days
    days = days if period.most is None else min(days, period.most)
    try:
        due = base + timedelta(days=days)
    except OverflowError:
        raise Refused(
            "contract_days",
            Text("到期日超出公历 9999 年", "the due date would fall after the year 9999"),
        ) from None
    return calendar.roll_if_known(due)
