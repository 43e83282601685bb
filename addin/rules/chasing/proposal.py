"""One proposal of the worklist: whom to remind of what, how far, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from addin.model.text import Text

Mode: TypeAlias = Literal["before_due", "after_due", "end_of_month", "after_previous"]
Channel: TypeAlias = Literal["email", "letter", "phone", "wechat", "legal"]
HoldCode: TypeAlias = Literal[
    "promise", "disputed", "cooling", "below_minimum", "on_hold", "unallocated", "stale_bank", "bill_check",
    "legal", "holiday", "unsent", "no_customer", "unread",
]  # fmt: skip


@dataclass(frozen=True)
class Level:
    """A row of the levels table. ``min_amount`` is in base currency, ``template`` "" where there is no letter."""

    number: int
    name: Text
    mode: Mode
    days: int
    channel: Channel
    min_amount: int
    template: str
    faster_grades: frozenset[str]


@dataclass(frozen=True)
class Hold:
    """Why a reminder waits; ``until`` is the last day on which it does, where that is known."""

    code: HoldCode
    words: Text
    until: date | None = None


@dataclass(frozen=True)
class Proposal:
    """A row of the worklist: one customer and currency.

    ``milestones`` are positions of those to remind of, the oldest due first. ``open`` and ``overdue`` are sums of
    these milestones in minor units of ``currency``, ``interest`` what a letter may print. ``level`` is None where
    nothing is to be reminded of but a contact is due. ``unsent`` names a letter that was confirmed and has not
    gone out; ``to_talk``: a contact is due besides a reminder. A proposal goes out only where ``holds`` is empty.
    """

    customer: str
    currency: str
    level: Level | None
    milestones: tuple[int, ...]
    open: int
    overdue: int
    interest: int
    reason: Text
    holds: tuple[Hold, ...]
    channel: str
    owner: str
    act_by: date | None
    next_action: Text
    unsent: str = ""
    to_talk: bool = False

    @property
    def key(self) -> str:
        """The row's key: customer and currency."""
        return f"{self.customer} {self.currency}"
