"""Supplements and the settlement on their effective day: which rows are frozen, and how the rest moves."""

from __future__ import annotations

from addin.model.days import NO_DAY
from addin.rules import replay_findings as tell
from addin.rules.amounts import catch_up, settle, spread
from addin.rules.claims import Amended, Amendment, Contract, Item, Milestone
from addin.rules.state import State


def amend(state: State, amendment: Amendment) -> None:
    """Moves a contract's unfrozen rows to its new total, or leaves them and reports the difference.

    The amount in force is the new total either way; the next difference is reckoned against the rows (Corner 6).
    """
    contract = amendment.contract
    contract.in_force = amendment.total
    rows = [milestone for milestone in contract.milestones if milestone.amount is not None]
    amounts = [milestone.amount or 0 for milestone in rows]
    difference = amendment.total - sum(amounts)
    movable = [
        position for position, milestone in enumerate(rows) if _moves(contract, milestone, amendment.day)
    ]
    if not movable or amendment.policy == "unknown":
        moved, movable = amounts, []
    elif amendment.policy == "catch_up":
        moved = catch_up(amendment.total, [milestone.part for milestone in rows], amounts, movable)
    elif amendment.policy == "settle":
        moved = settle(difference, [milestone.part for milestone in rows], amounts, movable)
    else:
        moved = spread(difference, amounts, movable)
    if (difference and not movable) or any(
        amount < milestone.paid + milestone.adjusted
        for amount, milestone in zip(moved, rows, strict=True)
        if amount != milestone.amount
    ):
        state.findings.append(tell.amendment_impossible(amendment, difference))
        moved = amounts
    parts: list[tuple[Item, int]] = []
    for milestone, amount in zip(rows, moved, strict=True):
        parts += _change_amount(state, milestone, amount - (milestone.amount or 0), amendment.day)
    state.amended.append(
        Amended(amendment, tuple(rows), tuple(amounts), tuple(moved), tuple(movable), tuple(parts))
    )


def _moves(contract: Contract, milestone: Milestone, day: int) -> bool:
    """Unfrozen share and balance rows; frozen is what has net money or an invoice issued before ``day``."""
    if not (milestone.part.is_share or milestone.part.is_balance):
        return False
    invoiced = milestone.invoiced_first != NO_DAY and milestone.invoiced_first < day
    return not (milestone.paid > 0 or invoiced)


def _change_amount(state: State, milestone: Milestone, delta: int, day: int) -> list[tuple[Item, int]]:
    """Moves the own item, then the last instalments (Corner 4); what each moved by."""
    if delta == 0:
        return []
    parts = []
    milestone.amount = (milestone.amount or 0) + delta
    milestone.amount_changes += ((day, delta),)
    for item in (milestone.own, *reversed(milestone.by_due())):
        part = delta if delta > 0 else -min(-delta, item.open)
        item.amount += part
        delta -= part
        state.touch(item)
        if part:
            item.rise(day, part)
            parts.append((item, part))
    return parts
