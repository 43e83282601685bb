"""Everything dated that happened to some contracts up to the as-of date, in one order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from addin.documents.report_facts import Event, Money
from addin.model.tables import TABLES
from addin.model.text import Language, Text
from addin.service.reports.records import Record, Records, word


@dataclass(frozen=True)
class Scope:
    """The contracts that a report is about, their milestones, and whose they are."""

    customer: str
    contracts: tuple[str, ...]
    milestones: frozenset[str]
    receipts: frozenset[str]
    """The money that paid one of the milestones, was meant for them, or waits for the customer."""

    def has(self, row: Record) -> bool:
        """Whether a row is about these contracts: it names a milestone or contract of theirs, else the customer."""
        if "receipt_id" in row:
            return row["receipt_id"] in self.receipts
        names = row.get("milestones") or (row.get("milestone_id"),)
        named = [name for name in names if name]
        if named:
            return not self.milestones.isdisjoint(named)
        if row.get("contract_id"):
            return row["contract_id"] in self.contracts
        return bool(row.get("customer_id") == self.customer)


def scope_of(records: Records, customer: str, contracts: Collection[str]) -> Scope:
    """The contracts of a customer that a report is about."""
    ids = tuple(id for id in records.contracts if id in contracts)
    milestones = frozenset(each.id for id in ids for each in records.contracts[id].milestones)
    paid = {number for id in ids for number in records.paid.get(id, ())}
    receipts = {
        each.id
        for each in records.book.receipts
        if each.row in paid
        or (each.contract is not None and each.contract.id in ids)
        or (each.milestone is not None and each.milestone.id in milestones)
        or (each.left and each.customer == customer and each.contract is None)
    }
    return Scope(customer, ids, milestones, frozenset(receipts))


def timeline(records: Records, scope: Scope, language: Language) -> list[Event]:
    """The events, the oldest first; within a day in the order of the tables below, then by id."""
    found: list[tuple[int, Event]] = []
    for place, (table, teller) in enumerate(_TELLERS):
        for row in records.rows(table):
            if scope.has(row):
                found += [(place, event) for event in teller(_Teller(records, table, row, language))]
    kept = [pair for pair in found if pair[1].day <= records.as_of]
    return [event for _, event in sorted(kept, key=lambda pair: (pair[1].day, pair[0], pair[1].id))]


@dataclass(frozen=True)
class _Teller:
    """One row, and how its events are told."""

    records: Records
    table: str
    row: Record
    language: Language

    def event(
        self, day: date | None, zh: str, en: str, details: str = "", minor: int | None = None
    ) -> list[Event]:
        """The event, if it has a day."""
        if day is None:
            return []
        amount = None if minor is None else Money(minor, self.currency)
        id = str(self.row[TABLES[self.table].identity[0]])
        return [Event(day, Text(zh, en), details, amount, self.contract, self.table, id)]

    @property
    def contract(self) -> str:
        if self.row.get("contract_id"):
            return str(self.row["contract_id"])
        names = self.row.get("milestones") or (self.row.get("milestone_id") or "",)
        named = [
            self.records.milestones[name].contract.id for name in names if name in self.records.milestones
        ]
        return named[0] if named else ""

    @property
    def currency(self) -> str:
        contract = self.records.contracts.get(self.contract)
        own = str(self.row.get("currency") or "")
        return contract.currency if contract else own or self.records.dossier.ledger.base_currency

    def word(self, column: str) -> str:
        return word(self.table, column, self.row[column], self.language)

    def both(self, column: str) -> Text:
        """The words of a choice in both languages."""
        return TABLES[self.table][column].choice_names.get(self.row[column] or "", Text("", ""))


def _contract(of: _Teller) -> Iterator[Event]:
    row = of.row
    yield from of.event(row["signed"], "签订合同", "Contract signed", row["project"], row["amount"])
    yield from of.event(row["completed"], "竣工/终验", "Completed", row["project"])
    yield from of.event(row["settlement_meeting"], "结算会议", "Settlement meeting")
    yield from of.event(row["settled_on"], "结算确认", "Settlement confirmed", "", row["settlement_total"])


def _amendment(of: _Teller) -> Iterator[Event]:
    row = of.row
    yield from of.event(row["effective"], "合同变更", "Contract amended", row["document"], row["new_amount"])


def _delivery(of: _Teller) -> Iterator[Event]:
    row = of.row
    delivered, agreed = (_quantity(row[key]) for key in ("delivered_quantity", "contract_quantity"))
    count = f"{delivered}/{agreed}" if delivered and agreed and delivered != agreed else delivered
    details = " × ".join(part for part in (row["item"], count) if part)
    yield from of.event(row["delivered_on"], "交付", "Delivered", details)
    yield from of.event(row["accepted_on"], "交付物验收", "Delivery accepted", details)


def _quantity(value: Decimal | None) -> str:
    """A number as it is written; what was delivered of what was agreed stands as 37/40.

    >>> _quantity(Decimal("37.0")), _quantity(None)
    ('37', '')
    """
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _milestone(of: _Teller) -> Iterator[Event]:
    row = of.row
    name = f"{row['milestone_id']} {row['name']}"
    milestone = of.records.milestones[row["milestone_id"]]
    yield from of.event(row["submitted_on"], "报验", "Submitted for acceptance", name)
    yield from of.event(row["rejected_on"], "验收退回", "Rejected", name)
    if milestone.triggered:
        reached = date.fromordinal(milestone.trigger)
        papers = " ".join(part for part in (name, row["accepted_by"], row["evidence"]) if part)
        yield from of.event(reached, "付款条件成就", "Milestone reached", papers, milestone.amount)
        yield from of.event(row["contract_due"], "合同约定到期日", "Due by the contract", name)


def _invoice(of: _Teller) -> Iterator[Event]:
    row = of.row
    red = bool(row["red_of"]) or (row["amount"] or 0) < 0
    zh, en = ("开具红字发票", "Credit invoice issued") if red else ("开具发票", "Invoice issued")
    yield from of.event(row["issued"], zh, en, row["invoice_no"], row["amount"])
    yield from of.event(row["received_by_customer"], "发票签收", "Invoice received", row["invoice_no"])


def _receipt(of: _Teller) -> Iterator[Event]:
    row = of.row
    refund = (row["amount"] or 0) < 0
    zh, en = ("退款", "Refund") if refund else ("回款", "Payment received")
    details = " ".join(
        part for part in (of.word("method"), row["payer"], row["bank_ref"], row["memo"]) if part
    )
    yield from of.event(row["date"], zh, en, details, row["amount"])
    yield from of.event(row["dishonoured_on"], "票据拒付", "Draft dishonoured", row["note_no"], row["amount"])


def _adjustment(of: _Teller) -> Iterator[Event]:
    row = of.row
    kind = of.both("kind")
    yield from of.event(
        row["date"], f"调整：{kind.zh}", f"Adjustment: {kind.en}", row["reason"], row["amount"]
    )


def _reschedule(of: _Teller) -> Iterator[Event]:
    row = of.row
    details = " ".join(part for part in (row["milestone_id"], f"→ {row['new_due']}", row["document"]) if part)
    yield from of.event(row["agreed_on"], "延期/分期协议", "Extension or plan agreed", details, row["amount"])


def _dispute(of: _Teller) -> Iterator[Event]:
    row = of.row
    details = " ".join(part for part in (row["milestone_id"], of.word("reason")) if part)
    yield from of.event(row["opened"], "提出争议", "Dispute raised", details, row["amount"])
    yield from of.event(row["closed"], "争议了结", "Dispute settled", row["resolution"])


def _contact(of: _Teller) -> Iterator[Event]:
    row = of.row
    details = " ".join(
        part for part in (of.word("channel"), row["person"], row["summary"], row["proof"]) if part
    )
    yield from of.event(row["date"], "沟通", "Contact", details)


def _promise(of: _Teller) -> Iterator[Event]:
    row = of.row
    details = " ".join(part for part in (row["person"], f"→ {row['promised_date']}") if part)
    yield from of.event(row["made_on"], "付款承诺", "Promise to pay", details, row["amount"])
    yield from of.event(row["withdrawn_on"], "撤回承诺", "Promise withdrawn")
    day = row["promised_date"]
    if row["state"] in ("broken", "partly_kept") and day is not None:
        state = of.both("state")
        yield from of.event(day + timedelta(1), f"承诺{state.zh}", f"Promise: {state.en}", "", row["paid"])


def _letter(of: _Teller) -> Iterator[Event]:
    row = of.row
    kind = of.both("kind")
    details = " ".join((*row["milestones"], *(part for part in (row["channel"], row["file"]) if part)))
    yield from of.event(row["sent_on"], f"发出函件：{kind.zh}", f"Letter sent: {kind.en}", details)
    yield from of.event(row["delivered_on"], "函件送达", "Letter delivered", row["proof"])
    yield from of.event(row["reply_on"], "收到回复", "Reply received", "", row["confirmed_amount"])


def _task(of: _Teller) -> Iterator[Event]:
    row = of.row
    details = " ".join(part for part in (row["step"], row["case_no"], row["court"]) if part)
    kind = of.both("kind")
    yield from of.event(row["done_on"], kind.zh, kind.en, details)


_TELLERS: Final[Sequence[tuple[str, Callable[[_Teller], Iterator[Event]]]]] = (
    ("contracts", _contract),
    ("amendments", _amendment),
    ("reschedules", _reschedule),
    ("deliveries", _delivery),
    ("milestones", _milestone),
    ("invoices", _invoice),
    ("adjustments", _adjustment),
    ("receipts", _receipt),
    ("disputes", _dispute),
    ("contacts", _contact),
    ("promises", _promise),
    ("letters", _letter),
    ("tasks", _task),
)
"""What tells of events, in the order in which those of one day stand."""
