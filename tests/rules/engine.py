"""The ledger's own replay on rows written as plain dicts, and its answer in the shape of the oracle's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from addin.model.cells import AnyCell, RawBook, RawTable
from addin.model.columns import Kind
from addin.model.days import NO_DAY
from addin.model.finding import Finding
from addin.model.ledger import Ledger, build_ledger
from addin.model.money import from_minor
from addin.model.tables import TABLES
from addin.rules.aging import DEFAULT_EDGES
from addin.rules.claims import Milestone
from addin.rules.gather_claims import Claims, gather_claims
from addin.rules.gather_events import gather_events
from addin.rules.positions import milestone_frame, standing
from addin.rules.replay import Events, replay
from addin.rules.state import State
from addin.rules.workdays import Calendar, Roll

Tables = Mapping[str, Sequence[Mapping[str, object]]]
FIRST_ROW = 6


def raw_book(tables: Tables) -> RawBook:
    """Rows as a reader would hand them over: the first data row is sheet row 6."""
    made = {}
    for key, table in TABLES.items():
        rows = tables.get(key, ())
        columns = [[cell(row.get(column.key)) for row in rows] for column in table.columns]
        headings = [column.key for column in table.columns]
        made[key] = RawTable(table.name.en, headings, columns, range(FIRST_ROW, FIRST_ROW + len(rows)))
    return RawBook(made)


def cell(value: object) -> AnyCell:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else value  # type: ignore[return-value]  # a plain cell


class Replayed:
    """Everything that a replay of the tables leaves behind."""

    def __init__(self, tables: Tables, as_of: date, roll: Roll = "following", base: str = "CNY") -> None:
        self.as_of = as_of
        day = as_of.toordinal()
        self.ledger: Ledger
        self.ledger, found = build_ledger(raw_book(tables), base)
        self.claims: Claims = gather_claims(self.ledger, Calendar(), roll, day)
        self.events: Events
        self.events, more = gather_events(self.ledger, self.claims)
        self.state: State = replay(self.events, day)
        self.findings: list[Finding] = [*found, *self.claims.findings, *more, *self.state.findings]
        self.frame = milestone_frame(
            self.ledger, self.claims.milestones, standing(self.claims.milestones), day, DEFAULT_EDGES
        )

    def milestones(self) -> dict[str, dict[str, Any]]:
        """The computed columns of each milestone, its trigger and its items."""
        rows = self.frame.to_dict("records")
        return {
            each.id: {**plain_row(row, each), "trigger": day_of(each.trigger), "items": items_of(each)}
            for each, row in zip(self.claims.milestones, rows, strict=True)
        }

    def receipts(self) -> dict[str, dict[str, Decimal]]:
        cut = self.as_of.toordinal()
        paid: dict[str, int] = {}
        for each in self.state.allocations:
            paid[each.receipt.id] = paid.get(each.receipt.id, 0) + each.amount
        return {
            receipt.id: {
                "allocated": from_minor(paid.get(receipt.id, 0), receipt.digits),
                "unapplied": from_minor(receipt.left, receipt.digits),
            }
            for receipt in self.events.receipts
            if receipt.day <= cut
        }

    def allocations(self) -> list[tuple[str, str, str, date, Decimal]]:
        return [
            (
                each.receipt.id,
                each.item.milestone.id,
                each.item.name,
                date.fromordinal(each.day),
                from_minor(each.amount, each.receipt.digits),
            )
            for each in self.state.allocations
        ]


def plain_row(row: Mapping[Any, Any], milestone: Milestone) -> dict[str, Any]:
    digits = milestone.contract.digits
    plain: dict[str, Any] = {}
    for key, value in row.items():
        kind = TABLES["milestones"][str(key)].kind
        if value is None or value != value or str(value) in ("<NA>", "NaT"):
            plain[str(key)] = None
        elif kind is Kind.MONEY:
            plain[str(key)] = from_minor(int(value), digits)
        elif kind is Kind.DATE:
            plain[str(key)] = value.date()
        elif kind is Kind.INT:
            plain[str(key)] = int(value)
        else:
            plain[str(key)] = value or None
    return plain


def day_of(day: int) -> date | None:
    return None if day == NO_DAY else date.fromordinal(day)


def items_of(milestone: Milestone) -> list[dict[str, Any]]:
    digits = milestone.contract.digits
    return [
        {
            "item": item.name,
            "amount": from_minor(item.amount, digits),
            "paid": from_minor(item.paid, digits),
            "adjusted": from_minor(item.adjusted, digits),
            "open": from_minor(item.open, digits),
            "due": day_of(item.due) if milestone.triggered else None,
        }
        for item in milestone.items
    ]
