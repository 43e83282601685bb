"""Early warning by days overdue, and the buyer's default that lets a seller call in the whole price."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from addin.model.text import Text
from addin.rules.refused import Refused

Alert: TypeAlias = Literal["", "blue", "orange", "red"]

ORANGE_DAYS: Final = 7
RED_DAYS: Final = 15


def alert(days_overdue: int, orange: int = ORANGE_DAYS, red: int = RED_DAYS) -> Alert:
    """The warning of an overdue amount: blue from the first day, then orange, then red, each bound inclusive.

    Nothing up to the due day itself. Between the published steps (1–3, 7, 15 days) the lower one stands.

    >>> [alert(days) for days in (0, 1, 6, 7, 14, 15)]
    ['', 'blue', 'blue', 'orange', 'orange', 'red']
    """
    if days_overdue < 1:
        return ""
    if days_overdue >= red:
        return "red"
    return "orange" if days_overdue >= orange else "blue"


def may_call_in(price: int, due_unpaid: int) -> bool:
    """Whether an instalment buyer's unpaid due amount reaches one fifth of the price (民法典634).

    The seller may then demand the whole price or end the contract, after a demand and a reasonable time. It is
    about goods sold in three or more instalments.

    >>> may_call_in(1_000_000, 199_999), may_call_in(1_000_000, 200_000)
    (False, True)
    """
    if price == 0:
        raise Refused("price", Text("应大于 0", "expected more than 0"))
    return 5 * due_unpaid >= price
