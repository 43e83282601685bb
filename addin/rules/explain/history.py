"""The history of one milestone's money, told again from the replay's records in the order of the replay."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from addin.model.text import Text
from addin.rules.claims import Agreed, Amended, Item, Milestone, Movement
from addin.rules.explain import allocations, catalogue
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.desk import Desk
from addin.rules.explain.journal import Journal, item_name
from addin.rules.explain.steps import Term, Trail

Moment = tuple[int, float]
"""A day, and the place of a kind of event within it (RULES 15, Events)."""


def journal_of(desk: Desk, trail: Trail, milestone: Milestone) -> Journal:
    """The milestone's journal with everything that happened to it by the as-of date."""
    journal = Journal(desk, trail, milestone)
    for (day, _), tell in sorted(_events(journal), key=lambda event: event[0]):
        tell()
        journal.mark(day)
    return journal


def _events(journal: Journal) -> list[tuple[Moment, Callable[[], None]]]:
    milestone, desk = journal.milestone, journal.desk
    return [
        *(
            ((each.amendment.day, 1.0), partial(_amend, journal, each, n))
            for n, each in enumerate(desk.amended.get(milestone.contract.id, ()))
        ),
        *(
            (_moment(each, milestone), partial(_agree, journal, each))
            for each in desk.agreed.get(milestone, ())
        ),
        *(((each.day, 4.0), partial(_adjust, journal, each)) for each in desk.movements.get(milestone, ())),
        *(
            (allocations.moment_of(each), partial(allocations.tell, journal, each))
            for each in desk.allocations.get(milestone, ())
        ),
    ]


def _moment(agreed: Agreed, milestone: Milestone) -> Moment:
    """An agreement of a pending milestone waits for its trigger, and comes before that day's money."""
    day, trigger = agreed.agreement.day, milestone.trigger
    return (day, 0.0) if day > trigger else (trigger, 2.5)


# --- amendments --------------------------------------------------------------------------------------------


def _amend(journal: Journal, record: Amended, number: int) -> None:
    """The own item takes the change; of a plan what it cannot bear goes to the last instalments."""
    milestone = journal.milestone
    before, after = (journal.amounts.after(milestone, count) for count in (number, number + 1))
    if before == after:
        return
    if not milestone.plan:
        journal.account(milestone.own).amount = after
        return
    words = Text("变更使本节点金额变动", "The amendment changes the milestone's amount by")
    rest = journal.trail.add("minus", [after, before], catalogue.PLAN, words, [journal.row])
    for item, _ in record.parts:
        if item.milestone is milestone:
            rest = _change(journal, item, rest)


def _change(journal: Journal, item: Item, rest: Term) -> Term:
    """Moves an item by what it can bear of ``rest``; what is left for the next."""
    trail, account, name, rows = journal.trail, journal.account(item), item_name(item), [journal.row]
    part = rest
    if isinstance(rest.value, Money) and rest.value.minor < 0:
        words = Text(f"{name.zh} 减少", f"Taken off {name.en}")
        part = trail.add("take_back", [rest, journal.open_on(item)], catalogue.PLAN, words, rows)
    words = Text(f"{name.zh} 变动后的金额", f"Amount of {name.en} after that")
    account.amount = trail.add("sum", [account.amount, part], catalogue.PLAN, words, rows)
    words = Text("变动的其余部分", "Rest of the change")
    return trail.add("minus", [rest, part], catalogue.PLAN, words, rows)


# --- agreements --------------------------------------------------------------------------------------------


def _agree(journal: Journal, agreed: Agreed) -> None:
    trail, own = journal.trail, journal.account(journal.milestone.own)
    returned = []
    for item, _ in agreed.returned:
        account, left = journal.account(item), journal.open_on(item)
        returned.append(left)
        words = Text(f"{item_name(item).zh} 只留已收部分", f"What was paid stays with {item_name(item).en}")
        account.amount = trail.add("minus", [account.amount, left], catalogue.PLAN, words, [journal.row])
    if returned:
        words = Text("未收各期退回后的余额", "The remainder after unpaid instalments returned to it")
        own.amount = trail.add("sum", [own.amount, *returned], catalogue.PLAN, words, [journal.row])
    for item in agreed.instalments:
        _split_off(journal, item)


def _split_off(journal: Journal, item: Item) -> None:
    trail, own = journal.trail, journal.account(journal.milestone.own)
    row = journal.desk.row("reschedules", item.name)
    assert row is not None, "an instalment comes from its row"
    words = Text(
        f"分期 {item.name} 取约定金额与未收中较小者",
        f"Instalment {item.name} is what was agreed, at most what is open",
    )
    terms = [journal.desk.cell(row, "amount"), journal.open_on(journal.milestone.own)]
    part = trail.add("least", terms, catalogue.PLAN, words, [journal.row])
    journal.account(item).amount = part
    words = Text(f"分出 {item.name} 后的余额", f"The remainder after {item.name}")
    own.amount = trail.add("minus", [own.amount, part], catalogue.PLAN, words, [journal.row])


# --- adjustments -------------------------------------------------------------------------------------------


def _adjust(journal: Journal, move: Movement) -> None:
    adjustment, trail, rows = move.adjustment, journal.trail, [journal.row]
    cell = journal.desk.cell(journal.desk.at("adjustments", adjustment.row), "amount")
    earlier = journal.adjusted_by_kind.setdefault(move.kind, [])
    if move.amount > 0:
        words = Text(f"调整 {adjustment.id}", f"Adjustment {adjustment.id}")
        moved = trail.add("same", [cell], catalogue.ADJUSTMENT, words, rows)
    else:
        words = Text("此前同类调整之和", "Earlier adjustments of its kind")
        taken = trail.add("sum", earlier, catalogue.ADJUSTMENT, words, rows)
        words = Text(f"调整 {adjustment.id} 转回", f"Adjustment {adjustment.id} reverses")
        moved = trail.add("take_back", [cell, taken], catalogue.ADJUSTMENT, words, rows)
    earlier.append(moved)
    journal.adjusted.append(moved)
    _adjust_items(journal, move, moved)


def _adjust_items(journal: Journal, move: Movement, moved: Term) -> None:
    """By due date over the items; a reversal from the last."""
    rest = moved
    for item, _ in move.parts:
        part = rest if len(move.parts) == 1 else _part_on(journal, item, rest)
        words = Text("其余", "The rest")
        rest = journal.trail.add("minus", [rest, part], catalogue.ADJUSTMENT, words, [journal.row])
        journal.account(item).adjusted.append(part)
        journal.account(item).taken.append(part)


def _part_on(journal: Journal, item: Item, rest: Term) -> Term:
    """What of an adjustment an item takes, or of a reversal gives back."""
    words = Text(f"其中 {item_name(item).zh}", f"Of it on {item_name(item).en}")
    add = partial(journal.trail.add, rule=catalogue.ADJUSTMENT, caption=words, rows=[journal.row])
    if isinstance(rest.value, Money) and rest.value.minor > 0:
        return add("least", [rest, journal.open_on(item)])
    return add("take_back", [rest, add("sum", journal.account(item).adjusted)])
