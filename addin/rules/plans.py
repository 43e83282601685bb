"""Extensions and instalment plans: how an agreement changes what falls due when (RULES 15, Open items)."""

from __future__ import annotations

from addin.rules import replay_findings as tell
from addin.rules.claims import Agreed, Agreement, Item, Milestone
from addin.rules.state import State


def agree(state: State, agreement: Agreement) -> None:
    """Applies an agreement to a triggered milestone.

    What is unpaid of an earlier plan returns to the milestone's own item first; then an extension moves that
    item's due date, and instalments split what is open: each takes what is left, in order (Corners 2 and 5).
    """
    milestone = agreement.milestone
    returned = _return_unpaid(milestone)
    if agreement.extension is not None:
        _extend(milestone, agreement.day, *agreement.extension)
    milestone.own.due = milestone.base_due
    if agreement.waives:
        milestone.waived_until = max(milestone.waived_until, agreement.day)
    if agreement.instalments:
        _split(state, agreement)
    instalments = milestone.plan[-len(agreement.instalments) :] if agreement.instalments else ()
    state.agreed.append(Agreed(agreement, returned, instalments, milestone.own.due))
    for item in milestone.items:
        state.touch(item)


def _extend(milestone: Milestone, day: int, reschedule: str, new_due: int) -> None:
    """The newest reschedule without an amount, by day then id, sets the due date."""
    if (day, reschedule) > milestone.extended_by:
        milestone.extended_by = (day, reschedule)
        milestone.base_due = new_due


def _return_unpaid(milestone: Milestone) -> tuple[tuple[Item, int], ...]:
    """Instalments keep what was paid on them; the rest goes back to the own item: what each gave."""
    returned = tuple((item, item.open) for item in milestone.plan if item.open)
    for item in milestone.plan:
        item.hand_over(milestone.own, item.open)
    return returned


def _split(state: State, agreement: Agreement) -> None:
    milestone = agreement.milestone
    wanted, left = 0, milestone.own.open
    for due, name, amount in agreement.instalments:
        wanted += amount
        part = min(amount, left)
        left -= part
        instalment = Item(milestone, name, 0, due)
        milestone.own.hand_over(instalment, part)
        milestone.plan += (instalment,)
    excess = wanted - sum(item.amount for item in milestone.plan[-len(agreement.instalments) :])
    if excess > 0:
        state.findings.append(tell.plan_too_large(agreement, excess))
