"""Which figures can be explained, and by what: one entry a column of milestones, contracts and customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.explain import catalogue, copies, interest, limitation, reminding, sums
from addin.rules.explain.credit import Credit
from addin.rules.explain.desk import SUBJECTS, Desk
from addin.rules.explain.standing import Standing
from addin.rules.explain.steps import Explanation, Row, Term, Trail

Teller = Callable[[Desk, Trail, Row], Term]
"""Adds the steps of one figure of a row to the trail and gives the figure."""


@dataclass(frozen=True)
class Group:
    """Figures that people look at together, by column, each with what tells how it came about."""

    name: Text
    tellers: Mapping[str, Teller]


def _of(figure: Callable[[Standing], Term]) -> Teller:
    """What tells a figure of `Standing`."""
    return lambda desk, trail, row: figure(Standing(desk, trail, row))


def _credit(figure: Callable[[Credit], Term]) -> Teller:
    """What tells a figure of `Credit`."""
    return lambda desk, trail, row: figure(Credit(desk, trail, row))


GROUPS: Mapping[str, Sequence[Group]] = {
    "milestones": (
        Group(
            Text("归属", "Belongs to"),
            {
                "customer_name": copies.customer_name,
                "project": partial(copies.of_contract, column="project"),
                "manager": partial(copies.of_contract, column="manager"),
                "currency": copies.currency,
            },
        ),
        Group(
            Text("金额", "Amount"),
            {
                "amount": _of(Standing.amount),
            },
        ),
        Group(
            Text("日期", "Dates"),
            {
                "trigger_date": _of(Standing.trigger_date),
                "contract_due": _of(Standing.contract_due),
                "due_date": _of(Standing.due_date),
            },
        ),
        Group(
            Text("收款", "Money"),
            {
                "received": _of(Standing.received),
                "adjusted": _of(Standing.adjusted),
                "open": _of(Standing.open_amount),
                "disputed": _of(Standing.disputed),
            },
        ),
        Group(
            Text("账龄", "Age"),
            {
                "days_overdue": _of(Standing.days_overdue),
                "bucket": _of(Standing.bucket),
                "status": _of(Standing.status),
            },
        ),
        Group(
            Text("逾期后果", "Late"),
            {
                "interest_basis": interest.basis,
                "interest": interest.interest,
                "limitation": limitation.of_milestone,
            },
        ),
        Group(
            Text("催款", "Reminders"),
            {
                "reminder_level": reminding.reminder_level,
                "next_action": reminding.next_action,
            },
        ),
    ),
    "contracts": (
        Group(Text("归属", "Belongs to"), {"customer_name": copies.customer_name}),
        Group(
            Text("金额", "Amount"),
            {
                "amount_in_force": sums.amount_in_force,
                "milestones_total": partial(sums.of_milestones, column="amount"),
                "invoiced": sums.invoiced,
            },
        ),
        Group(
            Text("收款", "Money"),
            {
                "received": partial(sums.of_milestones, column="received"),
                "collected_rate": sums.collected_rate,
                "open": sums.open_amount,
                "overdue": sums.overdue,
            },
        ),
        Group(Text("逾期后果", "Late"), {"limitation": limitation.of_contract}),
    ),
    "customers": (
        Group(
            Text("收款", "Money"),
            {
                "open": partial(sums.of_contracts, column="open"),
                "overdue": partial(sums.of_contracts, column="overdue"),
                "unapplied": sums.unapplied,
            },
        ),
        Group(
            Text("付款习惯", "Habits"),
            {
                "paydex": _credit(Credit.paydex),
                "usual_delay": _credit(Credit.usual_delay),
                "usual_method": _credit(Credit.usual_method),
            },
        ),
        Group(
            Text("信用", "Credit"),
            {
                "score": _credit(Credit.score),
                "grade": _credit(Credit.grade),
                "credit_limit": _credit(Credit.credit_limit),
                "exposure": _credit(Credit.exposure),
                "available": _credit(Credit.available),
                "suggested_terms": _credit(Credit.suggested_terms),
            },
        ),
        Group(
            Text("沟通", "Contacts"),
            {
                "last_contact": _credit(Credit.last_contact),
                "next_contact": _credit(Credit.next_contact),
            },
        ),
    ),
}
"""By table. ``trigger_date`` of milestones is the day that counts, whether it was typed or derived."""

TELLERS: Mapping[str, Mapping[str, Teller]] = {
    table: {name: tell for group in groups for name, tell in group.tellers.items()}
    for table, groups in GROUPS.items()
}


def explain(desk: Desk, row: Row, field: str) -> Explanation:
    """How one figure of a row came about; a column that people fill, or without a rule yet, has one step."""
    trail = Trail()
    teller = TELLERS[row.table].get(field) or partial(_without_rule, column=field)
    last = teller(desk, trail, row)
    return Explanation(row, field, last.value, trail.leading_to(last))


def explain_all(desk: Desk, row: Row) -> list[Explanation]:
    """Every computed figure of a row, group by group."""
    return [explain(desk, row, field) for field in TELLERS[row.table]]


def _without_rule(desk: Desk, trail: Trail, row: Row, column: str) -> Term:
    if TABLES[row.table][column].owner == "input":
        words = Text("填写的内容", "As typed")
        return trail.add("same", [desk.cell(row, column)], catalogue.ENTERED, words)
    words = Text("本列目前留空", "This column stays empty for now")
    return trail.add("none", (), catalogue.NOT_YET, words, [row])


def rows_named(desk: Desk, ref: str) -> list[Row]:
    """The rows that bear the id: a milestone first, then a contract, then a customer."""
    found = (desk.row(table, ref) for table in SUBJECTS)
    return [row for row in found if row is not None]
