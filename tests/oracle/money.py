"""Whose money a receipt or a bank line may be, and what of it waits: plain loops for the worklist's oracle."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.oracle.book import Row


def payers(desk: Any, name: str) -> set[str]:
    return {
        row["customer_id"]
        for row in desk.rows("customers")
        if name and name in (row["name"], *(row.get("payer_names") or ()))
    }


def owners(desk: Any, receipt: Row) -> set[str]:
    """Whose money a receipt is: by what it names, else by who paid."""
    milestones = {row["milestone_id"] for row in desk.rows("milestones")}
    contracts = {row["contract_id"]: row["customer_id"] for row in desk.rows("contracts")}
    customers = {row["customer_id"] for row in desk.rows("customers")}
    if receipt.get("milestone_id") in milestones:
        return {desk.contract_of(receipt["milestone_id"])["customer_id"]}
    if receipt.get("contract_id") in contracts:
        return {contracts[receipt["contract_id"]]}
    if receipt.get("customer_id") in customers:
        return {receipt["customer_id"]}
    return payers(desk, receipt.get("payer") or "")


def money(desk: Any, customer: str, currency: str) -> list[Decimal]:
    """What came from the customer and paid nothing yet."""
    found = []
    for row in desk.rows("receipts"):
        figures: Any = desk.report.receipts.get(row["receipt_id"])
        if not figures or not figures["unapplied"] or customer not in owners(desk, row):
            continue
        own: Any = desk.report.milestones.get(row.get("milestone_id") or "")
        if (row.get("currency") or currency_of(desk, row)) == currency and not (own and not own["trigger"]):
            found.append(figures["unapplied"])
    entered = [row for row in desk.rows("receipts") if row["date"] <= desk.as_of]
    references = {row.get("bank_ref") for row in desk.rows("receipts")}
    for row in desk.rows("bank"):
        same = [
            one
            for one in entered
            if not one.get("bank_ref")
            and (one["date"], one["amount"]) == (row["date"], row["amount"])
            and customer in owners(desk, one)
        ]
        came = row["date"] <= desk.as_of and row["amount"] > 0 and row["bank_ref"] not in references
        if came and not same and customer in payers(desk, row["payer"]):
            found.append(row["amount"])
    return found


def currency_of(desk: Any, receipt: Row) -> str:
    """That of the contract of the milestone that it names, else of the contract; an unknown milestone names none."""
    contracts = {row["contract_id"]: row.get("currency") or "CNY" for row in desk.rows("contracts")}
    owners = {row["milestone_id"]: row["contract_id"] for row in desk.rows("milestones")}
    named = owners.get(receipt.get("milestone_id"), receipt.get("contract_id"))
    return str(contracts.get(named, "CNY"))
