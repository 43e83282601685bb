"""What proves the claims of a contract or of all contracts of a customer, gathered for the evidence pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.documents.report_facts import (
    Case,
    Contact,
    Deal,
    Evidence,
    Head,
    Money,
    Paper,
    Period,
    Reckoned,
    Sent,
)
from addin.model.days import NO_DAY
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.rules.book import own_days
from addin.rules.claims import Contract, Item, Milestone
from addin.rules.interest_orders import reckoned
from addin.rules.interruption_record import counted, of_contract
from addin.rules.interruptions import Interruption
from addin.rules.late_interest import Terms
from addin.rules.limitation import Limitation
from addin.rules.workdays import Calendar
from addin.service.reports.gathering import PRINTED, day_of, fraction, receipts
from addin.service.reports.records import Record, Records
from addin.service.reports.timeline import Scope, timeline


def evidence(
    records: Records,
    head: Head,
    deals: Sequence[Deal],
    scope: Scope,
    papers: Sequence[Paper],
    book_sha256: str,
) -> Evidence:
    """The pack's contents; ``papers`` say where in the pack each document lies."""
    return Evidence(
        head,
        tuple(deals),
        tuple(_invoices(records, scope)),
        tuple(letters(records, scope)),
        tuple(contacts(records, scope)),
        tuple((each, deal.currency) for deal in deals for each in receipts(records, {deal.id})),
        tuple(cases(records, scope)),
        tuple(timeline(records, scope, head.language)),
        tuple(each for id in scope.contracts for each in both_orders(records, records.contracts[id])),
        tuple(each for id in scope.contracts for each in periods(records, records.contracts[id])),
        tuple(papers),
        records.dossier.path.name,
        book_sha256,
    )


def _invoices(records: Records, scope: Scope) -> Iterator[tuple[str, str, date, Money | None, date | None]]:
    for row in records.until("invoices", "issued"):
        if scope.has(row):
            contract = records.contracts.get(row["contract_id"])
            currency = contract.currency if contract else records.dossier.ledger.base_currency
            signed = row["received_by_customer"]
            yield (
                row["invoice_no"],
                row["contract_id"],
                row["issued"],
                None if row["amount"] is None else Money(row["amount"], currency),
                signed if signed and signed <= records.as_of else None,
            )


def letters(records: Records, scope: Scope) -> Iterator[Sent]:
    """Letters that went out by the day, with what proves that they arrived."""
    kinds = TABLES["letters"]["kind"].choice_names
    for row in records.until("letters", "sent_on"):
        if scope.has(row):
            yield Sent(
                row["letter_id"],
                row["date"],
                kinds.get(row["kind"] or "", Text("函件", "Letter")),
                row["level"],
                row["channel"],
                row["sent_on"],
                _by(records, row, "delivered_on"),
                row["proof"] if _by(records, row, "delivered_on") == row["delivered_on"] else "",
                _by(records, row, "reply_on"),
                _confirmed(records, row),
                row["file"],
                row["milestones"],
            )


def _by(records: Records, row: Record, column: str) -> date | None:
    day: date | None = row[column]
    return day if day is not None and day <= records.as_of else None


def _confirmed(records: Records, row: Record) -> Money | None:
    if row["confirmed_amount"] is None or _by(records, row, "reply_on") is None:
        return None
    named = [
        records.milestones[name].contract.currency for name in row["milestones"] if name in records.milestones
    ]
    return Money(row["confirmed_amount"], named[0] if named else records.dossier.ledger.base_currency)


def contacts(records: Records, scope: Scope) -> Iterator[Contact]:
    """Contacts up to the day, the oldest first."""
    channels = TABLES["contacts"]["channel"].choice_names
    for row in records.until("contacts", "date"):
        if scope.has(row):
            yield Contact(
                row["contact_id"],
                row["date"],
                channels.get(row["channel"] or "", Text("", "")),
                row["person"],
                row["by"],
                row["summary"],
                row["next_plan"],
                row["proof"] if row["delivered"] else "",
                row["next_date"],
            )


def cases(records: Records, scope: Scope) -> Iterator[Case]:
    """Legal tasks, those still to do among them, by deadline."""
    found = [row for row in records.of("tasks", kind="legal") if scope.has(row)]
    for row in sorted(found, key=lambda row: (row["deadline"] or date.max, row["task_id"])):
        yield Case(
            row["task_id"],
            row["step"],
            row["deadline"],
            _by(records, row, "done_on"),
            row["case_no"],
            row["court"],
        )


# --- both orders of interest -------------------------------------------------------------------------------


def both_orders(records: Records, contract: Contract) -> Iterator[Reckoned]:
    """Each item that bears interest by a rate that a document may print, settled ones included."""
    terms = records.terms(contract.id)
    if not terms.known or terms.basis not in PRINTED:
        return
    for milestone in contract.milestones:
        if milestone.triggered and milestone.amount is not None:
            for item in milestone.by_due():
                found = _item(records, milestone, item, terms)
                if item.open or found.books.interest or found.article_561.total:
                    yield found


def _item(records: Records, milestone: Milestone, item: Item, terms: Terms) -> Reckoned:
    paid, day = records.allocations.get(item, ()), records.book.day
    return Reckoned(
        milestone.contract.id,
        milestone.id,
        item.name,
        item.amount,
        date.fromordinal(item.due),
        fraction(terms.rate),
        "" if terms.cap is None else fraction(terms.cap),
        terms.basis,
        reckoned(item, paid, terms, day, "principal"),
        reckoned(item, paid, terms, day, "561"),
    )


# --- limitation --------------------------------------------------------------------------------------------


def periods(records: Records, contract: Contract) -> Iterator[Period]:
    """The contract's period from its last instalment (民法典189), then those of milestones that are not settled."""
    place = records.book.contracts.index(contract)
    rule = Limitation(Calendar(own_days(records.dossier.ledger.frames)))
    found = of_contract(records.book, contract)
    last_due, ends = (
        int(days[place]) for days in (records.book.limitation.last_due, records.book.limitation.contracts)
    )
    yield _period(records, rule, contract.id, "", last_due, found, ends)
    for milestone in contract.milestones:
        own = [each for each in found if not each.milestones or milestone.id in each.milestones]
        row = records.one("milestones", milestone.id)
        due = row["due_date"].toordinal() if row and row["due_date"] else NO_DAY
        ends = int(records.book.limitation.milestones[milestone.position])
        claimed = milestone.open or milestone.adjusted_by_kind.get("write_off")
        if due != NO_DAY and claimed:
            yield _period(records, rule, contract.id, milestone.id, due, _of_own(own, contract), ends)


def _of_own(found: Sequence[Interruption], contract: Contract) -> list[Interruption]:
    """Without money that was meant for the contract and paid none of its milestones: that is the contract's alone."""
    return [each for each in found if each.milestones or each.table != "receipts"]


def _period(
    records: Records,
    rule: Limitation,
    contract: str,
    milestone: str,
    due: int,
    found: Sequence[Interruption],
    ends: int,
) -> Period:
    new_ends = dict(counted(rule, due, [each.day for each in found])) if due != NO_DAY else {}
    told = tuple(
        (
            date.fromordinal(each.day),
            _what(records, each),
            each.id,
            day_of(new_ends[each.day]) if each.day in new_ends else None,
        )
        for each in found
        if each.day > due
    )
    return Period(contract, milestone, day_of(due), told, day_of(ends))


def _what(records: Records, found: Interruption) -> Text:
    row = records.one("letters", found.id) if found.table == "letters" else None
    if row is not None and row["kind"] == "statement" and found.column == "delivered_on":
        return Text(
            "对账函送达（能否视为催告由律师判断）",
            "Statement of account delivered (whether it is a demand is for counsel to say)",
        )
    return {
        "receipts": Text("对方付款", "Part payment"),
        "letters": Text("对方回函确认", "Debtor's signed reply")
        if found.column == "reply_on"
        else Text("催收函件送达", "Demand delivered"),
        "reschedules": Text("对方签署延期/分期协议", "Extension or plan signed"),
        "contacts": Text("催收沟通到达（有凭证）", "Demand that reached the debtor, with proof"),
        "tasks": Text("起诉、仲裁等法律程序", "Proceedings"),
    }[found.table]
