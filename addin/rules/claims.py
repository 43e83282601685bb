"""The state of a replay: contracts, milestones, their open items, receipts, and what happened to them.

Days are civil ordinals (``NO_DAY`` where there is none), money minor units of the contract's currency.
Only ``addin.rules.replay`` and the rules that it calls change these records. What most of them never have (a plan,
amendments, payments) begins as an empty thing that all share: one in each of a hundred thousand would cost more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from addin.model.days import NO_DAY
from addin.rules.amounts import Part

_NONE: Final[list[Any]] = []
"""Shared, and never added to: `noted` makes a list of its own for the first entry."""

T = TypeVar("T")


def noted(entries: list[T], entry: T) -> list[T]:
    """The entries with one more.

    >>> noted([], 1), noted([1], 2)
    ([1], [1, 2])
    """
    if not entries:
        return [entry]
    entries.append(entry)
    return entries


class Item:
    """What falls due on one day: a milestone's own item, or an instalment of a plan.

    ``name`` is "" for the own item (with a plan: the remainder), else the reschedule that made the instalment.
    It also breaks ties of one milestone and one due date: the remainder first, then by id (Corner 17).
    ``contract_entry`` and ``customer_entry`` number its entries in the two pools: only the latest holds.
    ``changes`` are (day, by how much what is open rose), in the order of days: interest looks back by them.
    """

    __slots__ = (
        "adjusted",
        "amount",
        "changes",
        "contract_entry",
        "customer_entry",
        "due",
        "milestone",
        "name",
        "paid",
    )

    def __init__(self, milestone: Milestone, name: str, amount: int, due: int) -> None:
        self.milestone = milestone
        self.name = name
        self.amount = amount
        self.due = due
        self.paid = 0
        self.adjusted = 0
        self.changes: list[tuple[int, int]] = _NONE
        self.contract_entry = 0
        self.customer_entry = 0

    @property
    def open(self) -> int:
        return self.amount - self.paid - self.adjusted

    def rise(self, day: int, amount: int) -> None:
        """Notes that what is open rose on a day (below zero: fell)."""
        self.changes = noted(self.changes, (day, amount))

    def hand_over(self, taker: Item, part: int) -> None:
        """Moves ``part`` of what is open to another item of the milestone, with the past of that part.

        The taker has it as if from the beginning, because its due date counts for the part from now on; on no day
        do the two together have more or less open than before.
        """
        level = self.open - sum(rise for _, rise in self.changes)
        moved, kept, taken = min(level, part), [], []
        for day, rise in self.changes:
            level += rise
            rise_moved = min(level, part) - moved
            moved += rise_moved
            taken.append((day, rise_moved))
            kept.append((day, rise - rise_moved))
        self.changes = [change for change in kept if change[1]]
        taker.changes = sorted([*taker.changes, *(change for change in taken if change[1])])
        self.amount -= part
        taker.amount += part


_NOTHING: Final[Mapping[str, int]] = {}


class Milestone:
    """One row of the milestones table on its way through time.

    ``trigger`` is the day on which it becomes a claim; before that day (``triggered`` False) it is pending.
    ``position`` is its place in the sheet, ``rank`` that among all milestone ids by code point, ``place`` that
    within the contract.
    ``amount`` None: unknown, nothing can be paid or adjusted. No interest accrues up to ``waived_until``, that day
    included.
    """

    __slots__ = (
        "adjusted",
        "adjusted_by_kind",
        "allocations",
        "amount",
        "amount_changes",
        "base_due",
        "contract",
        "contract_due",
        "extended_by",
        "id",
        "invoiced_first",
        "own",
        "paid",
        "part",
        "place",
        "plan",
        "position",
        "rank",
        "row",
        "trigger",
        "triggered",
        "waiting_agreements",
        "waived_until",
    )

    def __init__(
        self, id: str, row: int, rank: int, part: Part, trigger: int, due: int, position: int = 0
    ) -> None:
        self.id = id
        self.row = row
        self.position = position
        self.rank = rank
        self.part = part
        self.trigger = trigger
        self.contract_due = due
        self.base_due = due
        self.extended_by = (NO_DAY, "")
        self.triggered = False
        self.contract: Contract
        self.place = 0
        self.amount: int | None = None
        self.own = Item(self, "", 0, due)
        self.plan: tuple[Item, ...] = ()
        self.paid = 0
        self.adjusted = 0
        self.adjusted_by_kind: Mapping[str, int] = _NOTHING
        self.allocations: list[Allocation] = _NONE
        self.amount_changes: tuple[tuple[int, int], ...] = ()
        self.invoiced_first = NO_DAY
        self.waiting_agreements: tuple[Agreement, ...] = ()
        self.waived_until = NO_DAY

    @property
    def items(self) -> list[Item]:
        return [self.own, *self.plan]

    @property
    def open(self) -> int:
        return 0 if self.amount is None else self.amount - self.paid - self.adjusted

    def by_due(self) -> list[Item]:
        """The items in the order in which payments fill them."""
        return [self.own] if not self.plan else sorted(self.items, key=lambda item: (item.due, item.name))


class Pool(Protocol):
    """What puts open items in the order in which money meets them."""

    def place(self, item: Item) -> None:
        """Notes an item whose due date or open amount changed."""


@dataclass(slots=True, eq=False)
class Contract:
    """A contract's rows in order, and the facts that 民法典560 asks for.

    ``in_force`` is the amount in force (None: unknown). ``security`` holds through the day ``secured_until``.
    """

    id: str
    customer: str
    currency: str
    digits: int
    row: int | None = None
    in_force: int | None = None
    security: int = 0
    secured_until: int = NO_DAY
    burden: int = 0
    milestones: list[Milestone] = field(default_factory=list)
    pools: tuple[Pool, ...] = ()
    """Who is told when an open item of the contract changes."""

    def security_on(self, day: int) -> int:
        """Secured through the last day, that day included (RULES 15, Corner 15)."""
        return self.security if self.secured_until == NO_DAY or day <= self.secured_until else 0


@dataclass(slots=True, eq=False)
class Receipt:
    """Money that came (or, below zero, went back). ``milestone`` or ``contract`` is what it pays, else the
    ``customer``; ``payable`` False: it stays unapplied.

    ``left`` is what is not applied; ``taken`` is what refunds took of it, applied or not.
    """

    id: str
    row: int
    rank: int
    day: int
    amount: int
    currency: str
    digits: int
    milestone: Milestone | None = None
    contract: Contract | None = None
    customer: str = ""
    dishonoured: int = NO_DAY
    payable: bool = True
    designation: tuple[str, str] = ("", "")
    """What the row names, and its id, whether or not anybody knows it: refunds look among the same."""
    left: int = 0
    taken: int = 0
    lapsed: bool = False
    counted: int = 0
    allocations: list[Allocation] = field(default_factory=lambda: _NONE)


@dataclass(slots=True, eq=False)
class Allocation:
    """A part of a receipt that paid an item on a day; ``left`` is what later refunds did not take back."""

    receipt: Receipt
    item: Item
    day: int
    amount: int
    reason: str
    left: int
    undoes: Allocation | None = None
    """Of a negative one: the allocation that it takes back."""
    tie: Tie | None = None
    """Where claims of the same rank shared the money: all of them."""


@dataclass(frozen=True, slots=True)
class Tie:
    """``amount`` shared out pro rata over claims of one rank, by what each had open before."""

    amount: int
    opens: tuple[tuple[Milestone, int], ...]


@dataclass(frozen=True, slots=True)
class Return:
    """What a refund took of a receipt's unapplied money."""

    refund: Receipt
    receipt: Receipt
    amount: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The rows that one agreement has for one milestone: an extension, instalments, or both."""

    id: str
    row: int
    day: int
    milestone: Milestone
    extension: tuple[str, int] | None
    """The reschedule without an amount and its new due day."""
    instalments: tuple[tuple[int, str, int], ...]
    """(new due day, reschedule id, amount), in the order in which they fall due."""
    waives: bool = False
    """Whether interest accrued up to its day is dropped."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A new contract total from a day on. ``policy``: spread, catch_up, or settle for the settlement."""

    id: str
    row: int
    day: int
    contract: Contract
    total: int
    policy: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What lowers (or, below zero, restores) a claim without money."""

    id: str
    row: int
    day: int
    milestone: Milestone
    kind: str
    amount: int
    approved: bool


@dataclass(frozen=True, slots=True)
class Movement:
    """An adjustment as it was applied."""

    day: int
    milestone: Milestone
    kind: str
    amount: int
    adjustment: Adjustment
    parts: tuple[tuple[Item, int], ...]
    """The items that it lowered (below zero: restored), each by how much."""


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment made of the rows of its contract that have an amount, in their order.

    ``movable`` are the positions of the unfrozen rows; ``after`` is ``before`` where it failed. ``parts`` are the
    items that moved, each by how much.
    """

    amendment: Amendment
    rows: tuple[Milestone, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    movable: tuple[int, ...]
    parts: tuple[tuple[Item, int], ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement made of a milestone's items: what returned to the own one, and the new instalments.

    ``due`` is the own item's due day afterwards.
    """

    agreement: Agreement
    returned: tuple[tuple[Item, int], ...]
    instalments: tuple[Item, ...]
    due: int
