"""The replay: every dated row in its order, day by day, each day re-scanning all tables.

Within a day: reschedules, amendments (then settlements), triggers with the money that waits for them,
adjustments, positive receipts, negative receipts, dishonours; within a kind by id, by code point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.oracle.amounts import Amended, Amounts, catch_up, settle, spread
from tests.oracle.book import (
    DRAFTS,
    Book,
    Contract,
    Item,
    Lot,
    Milestone,
    Receipt,
    Row,
    day_of,
    standing_invoices,
    text,
)
from tests.oracle.claims import (
    Claim,
    adjust,
    by_due_date,
    designated_alike,
    move,
    pro_rata,
    rank_560,
)
from tests.oracle.interest import ONE_DAY, hand_over, record
from tests.oracle.report import Allocation

NEEDS_APPROVAL = ("write_off", "discount", "bank_fee")


@dataclass
class Replay:
    book: Book
    receipts: dict[str, Receipt] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)

    def find(self, kind: str, table: str, key: str) -> None:
        self.book.findings.add((kind, table, key))

    # ---- the calendar of events

    def days(self, as_of: date) -> list[date]:
        columns = (
            ("reschedules", "agreed_on"),
            ("amendments", "effective"),
            ("contracts", "settled_on"),
            ("adjustments", "date"),
            ("receipts", "date"),
            ("receipts", "dishonoured_on"),
        )
        found = {day_of(row, column) for table, column in columns for row in self.book.rows(table)}
        found |= {milestone.trigger for milestone in self.book.milestones.values()}
        return sorted(day for day in found if day is not None and day <= as_of)

    def one_day(self, day: date) -> None:
        record(self.book, day - ONE_DAY)
        self.reschedules(day)
        self.amendments(day)
        self.settlements(day)
        self.triggers(day)
        self.adjustments(day)
        self.positive_receipts(day)
        self.negative_receipts(day)
        self.dishonours(day)

    def dated(self, table: str, column: str, day: date, key: str) -> list[Row]:
        rows = [row for row in self.book.rows(table) if day_of(row, column) == day]
        return sorted(rows, key=lambda row: text(row, key))

    def unknown_references(self) -> None:
        """Findings about rows that point to nothing; the rows themselves are then left out."""
        for row in self.book.rows("milestones"):
            if text(row, "contract_id") not in self.book.contracts:
                self.find("unknown contract", "milestones", text(row, "milestone_id"))
        for row in self.book.rows("disputes"):
            if text(row, "milestone_id") not in self.book.milestones:
                self.find("unknown milestone", "disputes", text(row, "dispute_id"))

    # ---- reschedules

    def reschedules(self, day: date) -> None:
        for group in self.agreements(day):
            milestone = self.book.milestones.get(text(group[0], "milestone_id"))
            if milestone is None:
                for row in group:
                    self.find("unknown milestone", "reschedules", text(row, "reschedule_id"))
            elif milestone.triggered:
                self.agree(milestone, group)
            else:
                milestone.waiting.append(group)

    def agreements(self, day: date) -> list[list[Row]]:
        """The day's rows by milestone and agreement_no; without a number each stands alone."""
        groups: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.dated("reschedules", "agreed_on", day, "reschedule_id"):
            number, key = text(row, "agreement_no"), text(row, "reschedule_id")
            name = (text(row, "milestone_id"), number, "" if number else key)
            groups.setdefault(name, []).append(row)
        return list(groups.values())

    def agree(self, milestone: Milestone, group: list[Row]) -> None:
        """What is unpaid of earlier instalments comes back, then the extension, then the split."""
        for item in milestone.items[1:]:
            hand_over(item, milestone.own, item.open)
            milestone.own.amount += item.open
            item.amount -= item.open
        tranches: list[tuple[date, str, Decimal]] = []
        for row in group:
            key = text(row, "reschedule_id")
            new_due, agreed = day_of(row, "new_due"), day_of(row, "agreed_on")
            currency = milestone.contract.currency
            amount = self.book.money(row, "amount", currency, "reschedules", key)
            if new_due is None or agreed is None:
                self.find("no new due date", "reschedules", key)
            elif amount is None:
                milestone.extensions.append((agreed, key, new_due))
            else:
                tranches.append((new_due, key, amount))
        milestone.own.due = milestone.due_without_amounts
        for new_due, key, amount in sorted(tranches):
            taken = min(amount, milestone.own.open)
            if taken < amount:
                self.find("instalments in excess", "reschedules", key)
            milestone.own.amount -= taken
            item = Item(key, new_due, taken, opens=[Decimal(0)] * len(milestone.own.opens))
            hand_over(milestone.own, item, taken)
            milestone.items.append(item)

    # ---- amendments

    def amendments(self, day: date) -> None:
        for row in self.dated("amendments", "effective", day, "amendment_id"):
            key, contract = text(row, "amendment_id"), self.book.contracts.get(text(row, "contract_id"))
            if contract is None:
                self.find("unknown contract", "amendments", key)
                continue
            total = self.book.money(row, "new_amount", contract.currency, "amendments", key)
            if total is None:
                self.find("no new amount", "amendments", key)
                continue
            way = catch_up if text(row, "policy") == "catch_up" else spread
            now, frozen, floor = self.standing(contract, day)
            amended = way(contract.lines, now, frozen, floor, total, contract.decimals)
            self.amend(contract, amended, total, "amendments", key)

    def settlements(self, day: date) -> None:
        for key in sorted(self.book.contracts):
            contract = self.book.contracts[key]
            total = self.book.money(contract.row, "settlement_total", contract.currency, "contracts", key)
            if day_of(contract.row, "settled_on") != day or total is None:
                continue
            now, frozen, floor = self.standing(contract, day)
            self.amend(contract, settle(contract.lines, now, frozen, floor, total), total, "contracts", key)

    def standing(self, contract: Contract, day: date) -> tuple[Amounts, dict[str, bool], Amounts]:
        """By milestone: the amount, whether it is frozen, and what it has received and adjusted."""
        now = {one.key: one.amount for one in contract.milestones}
        frozen = {one.key: one.received > 0 or self.invoiced_before(one, day) for one in contract.milestones}
        floor = {one.key: one.received + one.adjusted for one in contract.milestones}
        return now, frozen, floor

    def invoiced_before(self, milestone: Milestone, day: date) -> bool:
        for row in standing_invoices(self.book):
            issued = day_of(row, "issued")
            if text(row, "milestone_id") == milestone.key and issued is not None and issued < day:
                return True
        return False

    def amend(self, contract: Contract, amended: Amended, total: Decimal, table: str, key: str) -> None:
        contract.in_force = total
        if amended.finding:
            self.find("amendment failed", table, key)
        if amended.amounts is not None:
            for milestone in contract.milestones:
                move(milestone, amended.amounts[milestone.key] - milestone.amount)

    # ---- triggers

    def triggers(self, day: date) -> None:
        today = [one for one in self.book.milestones.values() if not one.triggered and one.trigger == day]
        for milestone in today:
            milestone.triggered = True
            milestone.contract_due = self.book.due_date(day, milestone.term)
            milestone.own.due = milestone.contract_due
            for group in milestone.waiting:
                self.agree(milestone, group)
        if today:
            self.apply_waiting(today, day)

    def apply_waiting(self, today: list[Milestone], day: date) -> None:
        """Money reserved for them, then their contracts', then their customers'; each by date and id."""
        waiting = sorted(self.receipts.values(), key=lambda one: (one.day, one.key))
        for level in ("milestone", "contract", "customer"):
            for receipt in waiting:
                if receipt.level == level and receipt.free > 0:
                    self.apply(receipt, self.meant_for(receipt, today), day)

    # ---- adjustments

    def adjustments(self, day: date) -> None:
        for row in self.dated("adjustments", "date", day, "adjustment_id"):
            key, kind = text(row, "adjustment_id"), text(row, "kind")
            milestone = self.book.milestones.get(text(row, "milestone_id"))
            if milestone is None:
                self.find("unknown milestone", "adjustments", key)
                continue
            amount = self.book.money(row, "amount", milestone.contract.currency, "adjustments", key)
            if amount is None:
                self.find("no amount", "adjustments", key)
            elif kind in NEEDS_APPROVAL and not text(row, "approved_by"):
                self.find("not approved", "adjustments", key)
            elif amount < 0:
                self.reverse(milestone, kind, -amount, key)
            elif amount > milestone.open:
                self.find("more than is open", "adjustments", key)
            else:
                adjust(milestone, kind, amount)

    def reverse(self, milestone: Milestone, kind: str, amount: Decimal, key: str) -> None:
        """Gives back what earlier adjustments of the kind took, from the last item on."""
        back = min(amount, milestone.taken_by_kind.get(kind, Decimal(0)))
        if back < amount:
            self.find("reverses more than was taken", "adjustments", key)
        milestone.taken_by_kind[kind] = milestone.taken_by_kind.get(kind, Decimal(0)) - back
        for item in reversed(milestone.in_fill_order()):
            part = min(back, item.adjusted)
            item.adjusted -= part
            back -= part

    # ---- receipts

    def read_receipt(self, row: Row, day: date) -> Receipt | None:
        key, level = text(row, "receipt_id"), "none"
        ids = {name: text(row, name + "_id") for name in ("milestone", "contract", "customer")}
        milestone = self.book.milestones.get(ids["milestone"])
        contract = milestone.contract if milestone else self.book.contracts.get(ids["contract"])
        for name in ("customer", "contract", "milestone"):
            level = name if ids[name] else level
        currency = text(row, "currency") or (contract.currency if contract else self.book.base)
        amount = self.book.money(row, "amount", currency, "receipts", key)
        if amount is None:
            self.find("no amount", "receipts", key)
            return None
        if self.unknown_id(ids):
            self.find("unknown id", "receipts", key)
            level = "stuck"
        elif contract and currency != contract.currency:
            self.find("other currency", "receipts", key)
            level = "stuck"
        elif level == "none":
            self.find("nobody named", "receipts", key)
        elif contract and self.conflicting(ids, contract):
            self.find("ids conflict", "receipts", key)
        owner = contract.customer if contract else ids["customer"]
        dishonoured = day_of(row, "dishonoured_on") if text(row, "method") in DRAFTS else None
        names = (ids["milestone"], ids["contract"], ids["customer"])
        return Receipt(key, day, amount, currency, level, *names, owner, dishonoured, amount, counted=amount)

    def unknown_id(self, ids: dict[str, str]) -> bool:
        return (
            (ids["milestone"] != "" and ids["milestone"] not in self.book.milestones)
            or (ids["contract"] != "" and ids["contract"] not in self.book.contracts)
            or (ids["customer"] != "" and ids["customer"] not in self.book.customers)
        )

    def conflicting(self, ids: dict[str, str], contract: Contract) -> bool:
        return ids["contract"] not in ("", contract.key) or ids["customer"] not in ("", contract.customer)

    def receipts_of(self, day: date) -> list[Receipt]:
        rows = self.dated("receipts", "date", day, "receipt_id")
        found = [self.read_receipt(row, day) for row in rows]
        return [receipt for receipt in found if receipt is not None]

    def positive_receipts(self, day: date) -> None:
        for receipt in self.receipts_of(day):
            if receipt.amount >= 0:
                self.receipts[receipt.key] = receipt
                triggered = [one for one in self.book.milestones.values() if one.triggered]
                self.apply(receipt, self.meant_for(receipt, triggered), day)

    def meant_for(self, receipt: Receipt, milestones: list[Milestone]) -> list[Milestone]:
        """Those of the milestones that the receipt may pay."""
        if receipt.level == "milestone":
            return [one for one in milestones if one.key == receipt.milestone]
        if receipt.level == "contract":
            return [one for one in milestones if one.contract.key == receipt.contract]
        if receipt.level == "customer":
            theirs = [one for one in milestones if one.contract.customer == receipt.customer]
            return [one for one in theirs if one.contract.currency == receipt.currency]
        return []

    def apply(self, receipt: Receipt, milestones: list[Milestone], day: date) -> None:
        claims = [(one, item) for one in milestones for item in one.items if item.open > 0]
        if receipt.level == "customer":
            self.pay_by_article_560(receipt, claims, day)
        else:
            for milestone, item in sorted(claims, key=lambda claim: by_due_date(claim, day)):
                self.pay(receipt, milestone, item, min(receipt.free, item.open), day)
        if receipt.level == "milestone" and milestones and receipt.free > 0:
            self.find("more than is open", "receipts", receipt.key)

    def pay(self, receipt: Receipt, milestone: Milestone, item: Item, amount: Decimal, day: date) -> None:
        if amount > 0:
            item.paid += amount
            receipt.free -= amount
            receipt.allocated += amount
            self.allocations.append((receipt.key, milestone.key, item.key, day, amount))
            self.lots.append(Lot(receipt.key, milestone, item, day, amount))

    def pay_by_article_560(self, receipt: Receipt, claims: list[Claim], day: date) -> None:
        ranks = sorted({rank_560(claim, day) for claim in claims})
        for rank in ranks:
            tied = [claim for claim in claims if rank_560(claim, day) == rank]
            tied.sort(key=lambda claim: (claim[0].key, claim[1].key != "", claim[1].key))
            for key, part in pro_rata(tied, receipt).items():
                for milestone, item in tied:
                    if milestone.key == key:
                        paid = min(part, item.open)
                        part -= paid
                        self.pay(receipt, milestone, item, paid, day)

    # ---- refunds

    def negative_receipts(self, day: date) -> None:
        for refund in self.receipts_of(day):
            if refund.amount < 0:
                self.receipts[refund.key] = refund
                self.take_unapplied(refund)
                if refund.level == "milestone":
                    self.take_allocations(refund, day)
                if refund.free < 0:
                    self.find("refund is short", "receipts", refund.key)

    def take_unapplied(self, refund: Receipt) -> None:
        """From the unapplied money of receipts designated just so, newest first."""
        newest = sorted(self.receipts.values(), key=lambda one: (one.day, one.key), reverse=True)
        for receipt in newest:
            if receipt.free > 0 and receipt.currency == refund.currency and designated_alike(refund, receipt):
                part = min(receipt.free, -refund.free)
                receipt.free -= part
                refund.free += part

    def take_allocations(self, refund: Receipt, day: date) -> None:
        """The milestone's allocations newest first; within one receipt and day the last one first."""
        newest = sorted(enumerate(self.lots), key=lambda at: (at[1].day, at[1].receipt, at[0]), reverse=True)
        for _, lot in newest:
            part = min(lot.left, -refund.free)
            if lot.milestone.key == refund.milestone and part > 0:
                refund.free += part
                self.take_back(refund, lot, part, day)

    def take_back(self, by: Receipt, lot: Lot, amount: Decimal, day: date) -> None:
        lot.left -= amount
        lot.item.paid -= amount
        by.allocated -= amount
        self.allocations.append((by.key, lot.milestone.key, lot.item.key, day, -amount))

    # ---- drafts

    def dishonours(self, day: date) -> None:
        for key in sorted(self.receipts):
            draft = self.receipts[key]
            if draft.amount > 0 and draft.dishonoured and max(draft.dishonoured, draft.day) == day:
                self.find("dishonoured", "receipts", key)
                draft.counted -= draft.free + sum(lot.left for lot in self.lots if lot.receipt == key)
                draft.free = Decimal(0)
                for lot in self.lots:
                    if lot.receipt == key and lot.left > 0:
                        self.take_back(draft, lot, lot.left, day)
