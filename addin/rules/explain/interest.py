"""How a milestone came to its late interest, and whose rate it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from addin.model.days import NO_DAY
from addin.model.text import Text
from addin.rules.claims import Item
from addin.rules.explain import catalogue, dates
from addin.rules.explain.arithmetic import Money
from addin.rules.explain.copies import contract_of
from addin.rules.explain.desk import Desk
from addin.rules.explain.journal import item_name
from addin.rules.explain.standing import Standing
from addin.rules.explain.steps import Row, Term, Trail
from addin.rules.late_interest import CONTRACT, ESTIMATE, NONE, STATUTE_RATE, Terms, bears_after


def _terms(desk: Desk, row: Row) -> Terms:
    known, otherwise = desk.book.late_terms
    return known.get(desk.milestones[row.key].contract.id, otherwise)


def basis(desk: Desk, trail: Trail, row: Row) -> Term:
    """Whose rate it is."""
    contract = contract_of(desk, row)
    customer = (
        None if contract is None else desk.row("customers", str(desk.cell(contract, "customer_id").value))
    )
    rows = [row, contract, customer, desk.setting("our_size"), desk.setting("estimate_late_rate")]
    if not _terms(desk, row).basis:
        words = Text("决定利率的单元格无法识别", "A cell that decides the rate cannot be read")
        return trail.add("none", (), catalogue.BASIS, words, rows)
    policy = desk.book.policy
    terms = [
        Term(None) if contract is None else desk.cell(contract, "late_rate_daily"),
        Term(policy["our_size"]),
        Term(None) if customer is None else desk.cell(customer, "kind"),
        Term(policy["estimate_late_rate"]),
    ]
    return trail.add("basis", terms, catalogue.BASIS, Text("违约金依据", "Whose rate"), rows)


def interest(desk: Desk, trail: Trail, row: Row) -> Term:
    """Item by item, each capped and rounded once."""
    standing, late = Standing(desk, trail, row), _terms(desk, row)
    milestone = standing.milestone
    if milestone.amount is None or not late.known:
        words = Text("金额或利率未知", "The amount or the rate is unknown")
        rows = [row, desk.row("contracts", milestone.contract.id)]
        return trail.add("none", (), catalogue.INTEREST, words, rows)
    zero = standing.journal.zero()
    if not milestone.triggered:
        words = Text("未触发，不计违约金", "Pending, so no interest")
        return trail.add("same", [zero], catalogue.INTEREST, words, [row])
    if late.basis == NONE:
        words = Text("没有可用的利率，不计违约金", "No rate applies, so no interest")
        return trail.add(
            "same", [zero], catalogue.INTEREST, words, [row, desk.row("contracts", milestone.contract.id)]
        )
    items = [item for item in milestone.items if item.amount or item.changes] or [milestone.own]
    parts = [_of_item(standing, item, late) for item in items]
    if len(parts) == 1:
        return parts[0]
    words = Text("各期违约金之和", "Interest of all items together")
    return trail.add("sum", parts, catalogue.INTEREST, words, [row])


def _of_item(standing: Standing, item: Item, late: Terms) -> Term:
    desk, trail, name = standing.desk, standing.trail, item_name(item)
    start, day = bears_after(item), desk.book.day
    first = _first_day(standing, item)
    if start >= day:
        words = Text(f"{name.zh} 截至日未过计息起点，违约金", f"{name.en} bears nothing yet, interest")
        return trail.add("same", [standing.journal.zero()], catalogue.INTEREST, words, [standing.row])
    terms = [first]
    for number, (since, level) in enumerate(_levels(standing, item, start)):
        terms += [level] if number == 0 else [Term(date.fromordinal(since)), level]
    words = Text(f"{name.zh} 每日日终未收之和", f"Open on {name.en} at the end of each day")
    held = trail.add("money_days", [*terms, desk.as_of], catalogue.INTEREST, words, [standing.row])
    words = Text(f"{name.zh} 的违约金", f"Interest of {name.en}")
    charged = trail.add(
        "share", [held, _rate(desk, standing.row, late)], catalogue.INTEREST, words, [standing.row]
    )
    return _capped(standing, item, charged, late)


def _rate(desk: Desk, row: Row, late: Terms) -> Term:
    contract = contract_of(desk, row)
    if late.basis == CONTRACT and contract is not None:
        return desk.cell(contract, "late_rate_daily")
    if late.basis == ESTIMATE:
        return Term(desk.book.policy["estimate_late_rate"])
    return Term(Decimal(STATUTE_RATE.numerator) / STATUTE_RATE.denominator)


def _capped(standing: Standing, item: Item, charged: Term, late: Terms) -> Term:
    contract = contract_of(standing.desk, standing.row)
    if late.cap is None or contract is None:
        return charged
    cap = standing.desk.cell(contract, "late_cap")
    name = item_name(item)
    words = Text(f"{name.zh} 的违约金上限", f"Cap of {name.en}")
    most = standing.trail.add(
        "share", [standing.journal.amount(item), cap], catalogue.CAP, words, [standing.row]
    )
    words = Text("不超过上限", "At most the cap")
    return standing.trail.add("least", [charged, most], catalogue.CAP, words, [standing.row])


def _first_day(standing: Standing, item: Item) -> Term:
    """The day after which interest runs: due, triggered, and not waived."""
    desk, trail, milestone = standing.desk, standing.trail, standing.milestone
    due = dates.instalment_due(desk, item) if item.name else dates.own_due(desk, trail, milestone)
    terms = [due, standing.trigger_date()]
    if milestone.waived_until != NO_DAY:
        terms.append(_waiver(desk, standing))
    name = item_name(item)
    words = Text(f"{name.zh} 的到期日、触发日、免除日", f"Due date, trigger and waiver of {name.en}")
    return trail.add("latest", terms, catalogue.INTEREST, words, [standing.row])


def _waiver(desk: Desk, standing: Standing) -> Term:
    """The agreement that waived what had accrued."""
    day = date.fromordinal(standing.milestone.waived_until)
    frame = desk.book.ledger["reschedules"]
    own = frame[
        (frame["milestone_id"] == standing.milestone.id) & frame["penalty_waived"].fillna(False).astype(bool)
    ]
    rows = (desk.at("reschedules", int(number)) for number in own.index)
    cells = (desk.cell(row, "agreed_on") for row in rows)
    return next((cell for cell in cells if cell.value == day), Term(day))


def _levels(standing: Standing, item: Item, start: int) -> list[tuple[int, Term]]:
    """(from the end of which day, what was open) over the days that bear interest, by the item's changes."""
    end = standing.desk.book.day
    changed = sorted({start, *(day for day, _ in item.changes if start < day < end)})
    if not standing.milestone.plan:
        return [(day, standing.journal.open_after(day)) for day in changed]
    digits = standing.milestone.contract.digits
    return [
        (day, Term(Money(item.open - sum(rise for later, rise in item.changes if later > day), digits)))
        for day in changed
    ]
