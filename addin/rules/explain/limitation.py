"""How a milestone or a contract came to the last day of its limitation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from addin.model.days import NO_DAY
from addin.model.text import Text
from addin.rules.claims import Milestone
from addin.rules.explain import catalogue, dates
from addin.rules.explain.desk import Desk
from addin.rules.explain.standing import Standing
from addin.rules.explain.steps import Row, Term, Trail
from addin.rules.limitation import LIMITATION_MONTHS, months_after

_DATED = {
    "receipts": ("date",),
    "reschedules": ("agreed_on",),
    "letters": ("delivered_on", "reply_on"),
    "contacts": ("date",),
    "tasks": ("done_on",),
}
"""Where what interrupts limitation is written, and the columns of its days."""
_NAMING = {"milestones", "milestone_id", "contract_id", "customer_id"}


def of_milestone(desk: Desk, trail: Trail, row: Row) -> Term:
    """Three years from its own due date, or from what interrupted them."""
    milestone = desk.milestones[row.key]
    due = Standing(desk, trail, row).due_date()
    return _last_day(desk, trail, row, due, [milestone], desk.interruptions.of(milestone))


def of_contract(desk: Desk, trail: Trail, row: Row) -> Term:
    """Three years from the due date of its last instalment (民法典189)."""
    milestones = desk.contracts[row.key].milestones
    dues = [due for each in milestones for due in _dues(desk, trail, each)]
    known = [due for due in dues if due.value is not None]
    if not known:
        words = Text("没有已触发的节点", "No milestone is triggered")
        return trail.add("none", (), catalogue.LIMITATION, words, [row])
    words = Text("各节点、各期最后的到期日", "The last due date of its milestones and instalments")
    last = trail.add("latest", known, catalogue.LIMITATION, words, [row])
    found = desk.interruptions
    days = set().union(found.paid_on.get(row.key, ()), *(found.of(each) for each in milestones))
    return _last_day(desk, trail, row, last, milestones, days)


def _dues(desk: Desk, trail: Trail, milestone: Milestone) -> Iterator[Term]:
    """The due date of a milestone, or of each item of its plan that has an amount."""
    used = [item for item in milestone.items if item.amount]
    if not milestone.triggered or not milestone.plan or not used:
        yield desk.figure(desk.at("milestones", milestone.row), "due_date")
        return
    for item in used:
        yield dates.instalment_due(desk, item) if item.name else dates.own_due(desk, trail, milestone)


def _last_day(
    desk: Desk, trail: Trail, row: Row, due: Term, milestones: list[Milestone], days: Set[int]
) -> Term:
    if not isinstance(due.value, date):
        words = Text("没有到期日，时效未起算", "No due date, so nothing runs")
        return trail.add("none", [due], catalogue.LIMITATION, words, [row])
    counted = list(_counted(desk, due.value.toordinal(), days))
    start = due
    if counted:
        words = Text(
            "到期日和期间内的中断日，取最后一个",
            "The due date and what interrupted the period, the last of them",
        )
        cells = _dated_cells(desk, milestones)
        terms = [due, *(cells.get(day) or Term(day) for day in map(date.fromordinal, counted))]
        start = trail.add("latest", terms, catalogue.LIMITATION, words, [row])
    assert isinstance(start.value, date), "a start is a day"
    if (raw := months_after(start.value.toordinal(), LIMITATION_MONTHS)) == NO_DAY:
        words = Text("超出公历范围", "Beyond the calendar")
        return trail.add("none", [start], catalogue.LIMITATION, words, [row])
    words = Text("起算日加三年", "Three years from then")
    found = trail.add("plus_months", [start, Term(LIMITATION_MONTHS)], catalogue.LIMITATION, words, [row])
    moved = desk.limitation.ends(start.value.toordinal()) - raw
    if not moved:
        return found
    words = Text("不是工作日，顺延", "Not a working day: on to the next one")
    return trail.add("plus_days", [found, Term(moved)], catalogue.LIMITATION_ROLL, words, [row])


def _counted(desk: Desk, start: int, days: Iterable[int]) -> Iterator[int]:
    """The interruptions after the start, as long as each falls into the period that ran."""
    for day in sorted(day for day in days if day > start):
        if NO_DAY < desk.limitation.ends(start) < day:
            return
        yield (start := day)


def _dated_cells(desk: Desk, milestones: list[Milestone]) -> dict[date, Term]:
    """The first cell with each day, in rows about these milestones: where an interruption is written."""
    found: dict[date, Term] = {}
    for table, columns in _DATED.items():
        for row in _rows_about(desk, table, milestones):
            for cell in (desk.cell(row, column) for column in columns):
                if isinstance(cell.value, date):
                    found.setdefault(cell.value, cell)
    return found


def _rows_about(desk: Desk, table: str, milestones: list[Milestone]) -> Iterator[Row]:
    """Rows that name one of the milestones, its contract or its customer, or money that paid one of them."""
    names = {name for each in milestones for name in (each.id, each.contract.id, each.contract.customer)} - {
        ""
    }
    numbers = {made.receipt.row for each in milestones for made in desk.allocations.get(each, ())}
    frame = desk.book.ledger[table]
    wanted = set(frame.index) & numbers if table == "receipts" else set()
    for column in _NAMING & set(frame.columns):
        named = (_names(value, names) for value in frame[column].tolist())
        wanted |= {number for number, yes in zip(frame.index.tolist(), named, strict=True) if yes}
    return (desk.at(table, number) for number in sorted(wanted))


def _names(value: object, names: set[str]) -> bool:
    return not names.isdisjoint(value) if isinstance(value, tuple) else value in names
