"""How much an allocation came to, and why this claim was paid then: designation, order, refunds, dishonour."""

from __future__ import annotations

from datetime import date

from addin.model.money import grouped
from addin.model.text import Text
from addin.rules import receipts
from addin.rules.claims import Allocation, Tie
from addin.rules.explain import catalogue
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.journal import Journal, item_name
from addin.rules.explain.steps import Row, Rule, Term

_RULES: dict[str, Rule] = {
    receipts.MILESTONE: catalogue.NAMED,
    receipts.CONTRACT: catalogue.NAMED_CONTRACT,
    receipts.CUSTOMER: catalogue.CODE_560,
    receipts.RESERVED: catalogue.RESERVED,
    receipts.WAITED_CONTRACT: catalogue.WAITING,
    receipts.WAITED_CUSTOMER: catalogue.CODE_560,
}


_AT_TRIGGER = (receipts.RESERVED, receipts.WAITED_CONTRACT, receipts.WAITED_CUSTOMER)
_IN_A_DAY = {**dict.fromkeys(_AT_TRIGGER, 3.0), receipts.REFUND: 6.0, receipts.DISHONOUR: 7.0}


def moment_of(allocation: Allocation) -> tuple[int, float]:
    """Day and place within the day of an allocation."""
    return allocation.day, _IN_A_DAY.get(allocation.reason, 5.0)


def tell(journal: Journal, allocation: Allocation) -> None:
    """Adds the steps of one allocation to the journal's trail and enters its amount."""
    if allocation.undoes is None:
        journal.pay(allocation, _paid(journal, allocation))
    else:
        journal.pay(allocation, _taken_back(journal, allocation, allocation.undoes))


# --- money that pays ---------------------------------------------------------------------------------------


def _paid(journal: Journal, allocation: Allocation) -> Term:
    rule, rows = _RULES[allocation.reason], _rows(journal, allocation)
    left = _left_before(journal, allocation)
    if allocation.tie is not None:
        left = _part_of_tie(journal, allocation, allocation.tie, left)
    terms = [left, journal.open_on(allocation.item)]
    return journal.trail.add("least", terms, rule, _why(journal, allocation), rows)


def _rows(journal: Journal, allocation: Allocation) -> list[Row | None]:
    """The receipt, and what its order looked at."""
    rows: list[Row | None] = [journal.desk.at("receipts", allocation.receipt.row), journal.row]
    if _RULES[allocation.reason] is catalogue.CODE_560:
        rows.append(journal.desk.row("contracts", journal.milestone.contract.id))
    if allocation.item.name:
        rows.append(journal.desk.row("reschedules", allocation.item.name))
    return rows


def _why(journal: Journal, allocation: Allocation) -> Text:
    receipt, name = allocation.receipt, item_name(allocation.item)
    day = date.fromordinal(allocation.day)
    if allocation.reason == receipts.MILESTONE:
        why = Text(
            f"回款 {receipt.id} 指定节点，核销 {name.zh}",
            f"receipt {receipt.id} names the milestone and meets {name.en}",
        )
    elif allocation.reason == receipts.RESERVED:
        why = Text(
            f"为 {name.zh} 预留的回款 {receipt.id} 在触发日核销",
            f"receipt {receipt.id}, reserved for {name.en}, is applied at its trigger",
        )
    elif allocation.reason in (receipts.CONTRACT, receipts.WAITED_CONTRACT):
        why = _by_contract(journal, allocation, name)
    else:
        why = _by_560(journal, allocation, name)
    return Text(
        f"{day} {why.zh}，取回款余额与未收中较小者",
        f"{day}, {why.en}; it pays what it has left, at most what is open",
    )


def _due_then(journal: Journal, allocation: Allocation) -> date:
    """The item's due date at that moment: later agreements moved no earlier allocation."""
    if allocation.item.name:
        return date.fromordinal(allocation.item.due)
    due = journal.milestone.contract_due
    for agreed in journal.desk.agreed.get(journal.milestone, ()):
        if agreed.agreement.day <= allocation.day:
            due = agreed.due
    return date.fromordinal(due)


def _by_contract(journal: Journal, allocation: Allocation, name: Text) -> Text:
    receipt, due = allocation.receipt, _due_then(journal, allocation)
    waited = allocation.reason == receipts.WAITED_CONTRACT
    verb = Text("等待到新节点触发，", ", which waited for a trigger,") if waited else Text("", "")
    return Text(
        f"回款 {receipt.id} 只指定合同，{verb.zh}按到期先后轮到 {due} 到期的 {name.zh}",
        f"receipt {receipt.id}{verb.en} names the contract only: in order of due dates it meets {name.en}, due {due}",
    )


def _by_560(journal: Journal, allocation: Allocation, name: Text) -> Text:
    receipt, due, contract = allocation.receipt, _due_then(journal, allocation), journal.milestone.contract
    day = allocation.day
    late = Text("已到期", "due") if due.toordinal() <= day else Text("未到期", "not yet due")
    secured = grouped(contract.security_on(day), contract.digits)
    row = journal.desk.row("contracts", contract.id)
    rate = None if row is None else journal.desk.cell(row, "late_rate_daily").value
    waited = allocation.reason == receipts.WAITED_CUSTOMER
    verb = Text("等待到新节点触发，", ", which waited for a trigger,") if waited else Text("", "")
    return Text(
        f"回款 {receipt.id} 只指定客户，{verb.zh}依第560条轮到 {name.zh}"
        f"（{late.zh}，到期日 {due}，担保 {secured}，日利率 {rate or 0}）",
        f"receipt {receipt.id}{verb.en} names the customer only: art. 560 brings it to {name.en}"
        f" ({late.en}, due date {due}, security {secured}, late rate per day {rate or 0})",
    )


def _left_before(journal: Journal, allocation: Allocation) -> Term:
    """What the receipt had left; claims that share it at the same time count as one."""
    receipt, desk = allocation.receipt, journal.desk
    row = desk.at("receipts", receipt.row)
    cell = desk.cell(row, "amount")
    taken: list[Term] = []
    rows: list[Row] = []
    for earlier in receipt.allocations:
        if earlier is allocation or (allocation.tie is not None and earlier.tie is allocation.tie):
            break
        taken.append(journal.told.get(id(earlier)) or Term(Money(earlier.amount, receipt.digits)))
        rows.append(desk.at("milestones", earlier.item.milestone.row))
    for gone in desk.returns_from.get(receipt.row, ()):
        if (gone.refund.day, 6.0) < moment_of(allocation):
            taken.append(Term(Money(gone.amount, receipt.digits)))
            rows.append(desk.at("receipts", gone.refund.row))
    if not taken:
        return cell
    words = Text(
        f"回款 {receipt.id} 此前用去其他部分后的余额",
        f"Left of receipt {receipt.id} after what it paid before",
    )
    return journal.trail.add("minus", [cell, *taken], catalogue.LEFT, words, rows)


def _part_of_tie(journal: Journal, allocation: Allocation, tie: Tie, left: Term) -> Term:
    """This milestone's part of money that claims of one rank share, less what its other items had of it."""
    trail, desk, milestone = journal.trail, journal.desk, journal.milestone
    rows = [desk.at("milestones", each.row) for each, _ in tie.opens]
    opens = [Term(Money(amount, milestone.contract.digits)) for _, amount in tie.opens]
    words = Text("同一顺位各节点的未收之和", "Open on all claims of this rank together")
    whole = trail.add("sum", opens, catalogue.CODE_560, words, rows)
    words = Text("它们可得的款项", "What they get together")
    shared = trail.add("least", [left, whole], catalogue.CODE_560, words, rows)
    place = [each for each, _ in tie.opens].index(milestone) + 1
    words = Text(f"{milestone.id} 按未收比例分得", f"{milestone.id} gets its part by what is open")
    part = trail.add("largest_remainder", [shared, Term(place), *opens], catalogue.CODE_560, words, rows)
    before = [
        journal.told[id(other)]
        for other in allocation.receipt.allocations
        if other.tie is tie and id(other) in journal.told
    ]
    if not before:
        return part
    words = Text(f"{milestone.id} 其余各期可得", f"Left of it for further items of {milestone.id}")
    return trail.add("minus", [part, *before], catalogue.CODE_560, words, [journal.row])


# --- money that goes back ----------------------------------------------------------------------------------


def _taken_back(journal: Journal, allocation: Allocation, undone: Allocation) -> Term:
    trail, by = journal.trail, allocation.receipt
    left = _left_of(journal, allocation, undone)
    day = date.fromordinal(allocation.day)
    paid_by = undone.receipt.id
    rows = [journal.desk.at("receipts", undone.receipt.row), journal.row]
    if allocation.reason == receipts.DISHONOUR:
        words = Text(
            f"{day} 票据 {by.id} 被拒付，核销冲回",
            f"{day}, draft {by.id} was refused: what it paid is taken back",
        )
        return trail.add("take_back", [left], catalogue.DISHONOUR, words, rows)
    words = Text(
        f"{day} 退款 {by.id} 冲回回款 {paid_by} 的核销",
        f"{day}, refund {by.id} takes back what receipt {paid_by} paid",
    )
    terms = [_still_to_take(journal, allocation), left]
    return trail.add("take_back", terms, catalogue.REFUND, words, rows)


def _left_of(journal: Journal, allocation: Allocation, undone: Allocation) -> Term:
    """What earlier refunds left of the allocation."""
    earlier = [
        journal.told[id(other)]
        for other in journal.desk.allocations[journal.milestone]
        if other.undoes is undone and other is not allocation and id(other) in journal.told
    ]
    paid = journal.told[id(undone)]
    if not earlier:
        return paid
    words = Text("该笔核销的剩余部分", "What earlier refunds left of that allocation")
    return journal.trail.add("sum", [paid, *earlier], catalogue.REFUND, words, [journal.row])


def _still_to_take(journal: Journal, allocation: Allocation) -> Term:
    """What the refund still asks for, below zero."""
    refund, desk = allocation.receipt, journal.desk
    cell = desk.cell(desk.at("receipts", refund.row), "amount")
    free = [Term(Money(-each.amount, refund.digits)) for each in desk.returns_to.get(refund.row, ())]
    rows = [desk.at("receipts", each.receipt.row) for each in desk.returns_to.get(refund.row, ())]
    undone = [
        journal.told[id(other)]
        for other in desk.allocations_of[refund.row]
        if other is not allocation and id(other) in journal.told
    ]
    if not free and not undone:
        return cell
    words = Text(f"退款 {refund.id} 尚待冲回", f"What refund {refund.id} still takes back")
    return journal.trail.add("minus", [cell, *free, *undone], catalogue.REFUND, words, rows)
