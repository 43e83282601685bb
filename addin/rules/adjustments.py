"""What lowers a claim without money: credit notes, bank fees, discounts, write-offs, and their reversal."""

from __future__ import annotations

from addin.rules import replay_findings as tell
from addin.rules.claims import Adjustment, Item, Milestone, Movement
from addin.rules.state import State


def adjust(state: State, adjustment: Adjustment) -> None:
    """Lowers what is open, or reverses what earlier adjustments of the kind took (RULES 15, Corners 4 and 13)."""
    milestone, amount = adjustment.milestone, adjustment.amount
    if not adjustment.approved:
        state.findings.append(tell.not_approved(adjustment))
        return
    if amount > milestone.open and amount > 0:
        state.findings.append(tell.adjusted_too_much(adjustment))
        return
    if amount < 0:
        taken = milestone.adjusted_by_kind.get(adjustment.kind, 0)
        if -amount > taken:
            state.findings.append(tell.reversed_too_much(adjustment, taken))
        amount = -min(-amount, taken)
    parts = _move_adjusted(state, milestone, amount, adjustment.day)
    kinds = milestone.adjusted_by_kind
    milestone.adjusted_by_kind = {**kinds, adjustment.kind: kinds.get(adjustment.kind, 0) + amount}
    milestone.adjusted += amount
    if amount:
        state.movements.append(
            Movement(adjustment.day, milestone, adjustment.kind, amount, adjustment, parts)
        )


def _move_adjusted(state: State, milestone: Milestone, amount: int, day: int) -> tuple[tuple[Item, int], ...]:
    """Fills items by due date; a reversal empties them from the last."""
    parts = []
    for item in milestone.by_due() if amount > 0 else reversed(milestone.by_due()):
        part = min(amount, item.open) if amount > 0 else -min(-amount, item.adjusted)
        if part:
            item.adjusted += part
            item.rise(day, -part)
            amount -= part
            parts.append((item, part))
            state.touch(item)
    return tuple(parts)
