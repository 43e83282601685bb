"""How a milestone came to its dates: the trigger, the due date by the contract, and the one in force."""

from __future__ import annotations

from datetime import date, timedelta

from addin.model.days import NO_DAY
from addin.model.text import Text
from addin.rules.claims import Item, Milestone
from addin.rules.explain import catalogue
from addin.rules.explain.desk import Desk
from addin.rules.explain.journal import Journal
from addin.rules.explain.steps import Row, Term, Trail
from addin.rules.terms import Term as PaymentTerm
from addin.rules.terms import parse_term
from addin.rules.triggers import MOST_MONTHS, live_invoices

_CONTRACT_DAYS = {"signing": "signed", "acceptance": "completed", "settlement": "settled_on"}


def trigger(desk: Desk, trail: Trail, milestone: Milestone) -> Term:
    """The day on which it became a claim; empty while pending."""
    row = desk.at("milestones", milestone.row)
    if milestone.trigger == NO_DAY and _is_barred(desk, row):
        words = Text("触发日期或账期无法识别", "The trigger date or the term cannot be read")
        return trail.add("none", (), catalogue.TRIGGER, words, [row])
    typed = desk.cell(row, "trigger_date")
    if typed.value is not None:
        found, words = typed, Text("填写的触发日期", "Trigger date as filled in")
    else:
        found, words = _derived(desk, trail, milestone, row)
    return trail.add("reached", [found, desk.as_of], catalogue.TRIGGER, words, [row])


def _is_barred(desk: Desk, row: Row) -> bool:
    """A cell that cannot be read keeps the row pending."""
    if desk.is_unknown(row, "term") or desk.is_unknown(row, "trigger_date"):
        return True
    try:
        parse_term(str(desk.cell(row, "term").value or ""))
    except ValueError:
        return True
    return False


def _derived(desk: Desk, trail: Trail, milestone: Milestone, row: Row) -> tuple[Term, Text]:
    """The day that the trigger's condition points to, and what it is."""
    kind = str(desk.cell(row, "trigger").value or "")
    contract = desk.row("contracts", milestone.contract.id)
    if milestone.trigger == NO_DAY and not _may_date(desk, milestone, kind):
        return Term(None), Text(
            "未填触发日期，条件本身不定日期", "No trigger date, and the condition dates nothing by itself"
        )
    if kind == "invoice":
        return _invoice_day(desk, trail, row), Text("以发票日起算", "Counted from the invoice")
    if kind == "fixed_date":
        return _fixed_day(desk, trail, row), Text(
            "固定日期，触发与到期同日", "A fixed date is trigger and due date"
        )
    if contract is None:
        return Term(None), Text("合同未知", "The contract is unknown")
    if kind == "warranty_end":
        return _warranty_end(desk, trail, contract), Text("质保期满之日", "End of the warranty")
    column = _CONTRACT_DAYS[kind]
    words = {"signed": ("签订日", "The day of signing"), "completed": ("终验日", "The day of completion")}
    return desk.cell(contract, column), Text(*words.get(column, ("结算确认日", "The day of settlement")))


def _may_date(desk: Desk, milestone: Milestone, kind: str) -> bool:
    """Whether the trigger takes a day from somewhere else; completion dates a sole acceptance row only."""
    if kind == "acceptance":
        rows = [desk.at("milestones", each.row) for each in milestone.contract.milestones]
        return sum(desk.cell(row, "trigger").value == "acceptance" for row in rows) == 1
    return kind in ("signing", "settlement", "invoice", "warranty_end", "fixed_date")


def _invoice_day(desk: Desk, trail: Trail, row: Row) -> Term:
    days = []
    invoices = live_invoices(desk.book.ledger)
    for number in invoices.index[invoices["milestone_id"] == row.key].tolist():
        invoice = desk.at("invoices", number)
        received, issued = desk.cell(invoice, "received_by_customer"), desk.cell(invoice, "issued")
        day = issued if received.value is None else received
        if day.value is None or desk.is_unknown(invoice, "received_by_customer"):
            return Term(None, None, invoice, "issued") if day.value is None else Term(None)
        days.append(day)
    if not days:
        return Term(None)
    words = Text("最晚的发票", "The latest invoice")
    return trail.add("latest", days, catalogue.INVOICE_DAY, words, [row])


def _fixed_day(desk: Desk, trail: Trail, row: Row) -> Term:
    fixed = parse_term(str(desk.cell(row, "term").value or "")).fixed
    words = Text("账期写明的日期", "The date that the term names")
    return trail.add("same", [Term(fixed)], catalogue.TERM, words, [row])


def _warranty_end(desk: Desk, trail: Trail, contract: Row) -> Term:
    completed, months = desk.cell(contract, "completed"), desk.cell(contract, "retention_months")
    if completed.value is None or months.value is None or _is_endless(months.value):
        return Term(None)
    words = Text("终验日加缺陷责任期", "Completion plus the months of the defects period")
    return trail.add("plus_months", [completed, months], catalogue.WARRANTY, words)


def _is_endless(months: object) -> bool:
    """More months than a retention has date nothing."""
    return not isinstance(months, int) or not 0 <= months <= MOST_MONTHS


# --- due dates ---------------------------------------------------------------------------------------------


def contract_due(desk: Desk, trail: Trail, milestone: Milestone) -> Term:
    """The due date by the contract: trigger, term, days off. Empty while pending."""
    base, row = trigger(desk, trail, milestone), desk.at("milestones", milestone.row)
    if base.value is None:
        words = Text("未触发，没有到期日", "Not triggered, so no due date")
        return trail.add("same", [base], catalogue.TERM, words, [row])
    raw = _by_term(trail, base, parse_term(str(desk.cell(row, "term").value or "")), row)
    return _rolled(desk, trail, raw, milestone)


def _by_term(trail: Trail, base: Term, term: PaymentTerm, row: Row) -> Term:
    """The date as the term has it, a step for each part of the term."""
    if term.fixed is not None:
        words = Text("账期写明的日期，与触发日无关", "The date that the term names, whatever the trigger")
        return trail.add("same", [Term(term.fixed)], catalogue.TERM, words, [row])
    day = base
    if term.months:
        words = Text("触发日加账期的月数", "The trigger plus the term's months")
        day = trail.add("plus_months", [day, Term(term.months)], catalogue.TERM, words, [row])
    if term.days or term == PaymentTerm():
        words = Text("加账期的天数", "Plus the term's days")
        day = trail.add("plus_days", [day, Term(term.days)], catalogue.TERM, words, [row])
    day = _landed(trail, day, term, row)
    if term.days_after:
        words = Text("再加天数", "And the days after that")
        day = trail.add("plus_days", [day, Term(term.days_after)], catalogue.TERM, words, [row])
    return day


def _landed(trail: Trail, day: Term, term: PaymentTerm, row: Row) -> Term:
    days = [Term(number) for number in term.month_days]
    match term.landing:
        case "there":
            return day
        case "month_end":
            words = Text("到当月月末", "To the end of that month")
            return trail.add("month_end", [day], catalogue.TERM, words, [row])
        case "next_month":
            shown = term.month_days[0]
            words = Text(f"到下一个月的 {shown} 日", f"To day {shown} of the month after")
            return trail.add("next_month", [day, *days], catalogue.TERM, words, [row])
        case "payday":
            listed = ", ".join(map(str, term.month_days))
            words = Text(
                f"到当天或以后第一个付款日（{listed} 日）",
                f"To the first pay day on or after it (day {listed})",
            )
            return trail.add("pay_day", [day, *days], catalogue.TERM, words, [row])


def _rolled(desk: Desk, trail: Trail, raw: Term, milestone: Milestone) -> Term:
    """Moved off days that are not worked, as the setting says."""
    roll = desk.book.policy.roll
    if roll == "none" or not isinstance(raw.value, date):
        return raw
    moved = milestone.contract_due - raw.value.toordinal()
    rows = [desk.setting("roll"), *_own_days(desk, raw.value, moved)]
    if moved == 0:
        words = Text("是工作日，不调整", "A working day, not moved")
    elif roll == "following":
        words = Text("不是工作日，顺延到下一工作日", "Not a working day: on to the next one")
    else:
        words = Text("不是工作日，提前到上一工作日", "Not a working day: back to the one before")
    return trail.add("plus_days", [raw, Term(moved)], catalogue.ROLL, words, rows)


def _own_days(desk: Desk, start: date, moved: int) -> list[Row]:
    """Rows of the firm's own calendar between the raw and the rolled date."""
    first, last = sorted((start, start + timedelta(days=moved)))
    own = desk.book.ledger["calendar"]["date"].dropna()
    found = [
        (desk.at("calendar", number), day.date())
        for number, day in zip(own.index.tolist(), own.tolist(), strict=True)
    ]
    return [row for row, day in found if first <= day <= last]


def due_date(desk: Desk, journal: Journal) -> Term:
    """The due date in force: the newest extension, else the contract's; of a plan the oldest open item's."""
    milestone, trail = journal.milestone, journal.trail
    if not milestone.triggered:
        return contract_due(desk, trail, milestone)
    own = own_due(desk, trail, milestone)
    if not milestone.plan or milestone.amount is None:
        return own
    dues = [own, *(instalment_due(desk, item) for item in milestone.plan)]
    settled = milestone.amount is not None and milestone.open == 0
    held = [journal.amount(item) if settled else journal.open_on(item) for item in milestone.items]
    pairs = [term for pair in zip(dues, held, strict=True) for term in pair]
    if settled:
        words = Text(
            "各期到期日（金额），全部结清，取最后一期", "Due dates (amounts); all settled, the last one"
        )
        return trail.add("last_used", pairs, catalogue.OLDEST, words)
    words = Text("各期到期日（未收），取最早的未收", "Due dates (open amounts), the oldest that is open")
    return trail.add("first_open", pairs, catalogue.OLDEST, words)


def own_due(desk: Desk, trail: Trail, milestone: Milestone) -> Term:
    """The due date of the milestone's own item; of a plan the remainder's."""
    day, reschedule = milestone.extended_by
    if day == NO_DAY:
        return contract_due(desk, trail, milestone)
    row = desk.row("reschedules", reschedule)
    assert row is not None, "an extension comes from its row"
    words = Text(f"延期协议 {reschedule} 的新到期日", f"New due date by extension {reschedule}")
    milestone_row = desk.at("milestones", milestone.row)
    return trail.add("same", [desk.cell(row, "new_due")], catalogue.EXTENSION, words, [milestone_row])


def instalment_due(desk: Desk, item: Item) -> Term:
    """The due date of an instalment, as the plan has it."""
    row = desk.row("reschedules", item.name)
    assert row is not None, "an instalment comes from its row"
    return desk.cell(row, "new_due")
