"""What rows with a cell that nobody can read ("?") may say of a claim: table by table, plain loops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle.book import Row
from tests.oracle.money import owners, payers


def doubts(desk: Any, claim: Any) -> set[str]:
    """Each row counts as long as what can be read of it does not rule it out; ``desk`` and ``claim`` are a
    worklist's."""
    contract = desk.contract_of(claim.key)["contract_id"]
    found = {"promise" for row in desk.smudged.get("promises", []) if may_be_promised(desk, claim, row)}
    for row in about(desk, "disputes", "milestone_id", claim.key, "opened"):
        if not ended(desk, row["closed"]):
            found.add("disputed")
    found |= {"unread" for _ in about(desk, "reschedules", "milestone_id", claim.key, "agreed_on")}
    found |= {"unread" for _ in about(desk, "adjustments", "milestone_id", claim.key, "date")}
    found |= {"unread" for _ in about(desk, "amendments", "contract_id", contract, "effective")}
    receipts = [row for row in desk.smudged.get("receipts", []) if came(desk, row)]
    lines = [row for row in desk.smudged.get("bank", []) if came(desk, row)]
    entered = {row.get("bank_ref") for row in [*desk.rows("receipts"), *desk.smudged.get("receipts", [])]}
    whose = [owners(desk, row) for row in receipts]
    whose += [payers(desk, row["payer"]) for row in lines if row["bank_ref"] not in entered]
    if any(claim.customer in owners for owners in whose):
        found.add("unallocated")
    return found


def about(desk: Any, table: str, column: str, key: str, begins: str) -> Iterator[Row]:
    for row in desk.smudged.get(table, []):
        if row[column] == key and began(desk, row[begins]):
            yield row


def may_be_promised(desk: Any, claim: Any, row: Row) -> bool:
    named = row.get("milestone_id")
    ours = named == claim.key if named else row["customer_id"] == claim.customer
    last: Any = row["promised_date"]
    grace = timedelta(days=desk.settings["promise_grace_days"])
    over = isinstance(last, date) and desk.as_of > last + grace
    return ours and began(desk, row["made_on"]) and not over and not ended(desk, row.get("withdrawn_on"))


def came(desk: Any, row: Row) -> bool:
    amount: Any = row["amount"]
    return began(desk, row["date"]) and (amount == "?" or amount > 0)


def began(desk: Any, day: object) -> bool:
    return not isinstance(day, date) or bool(day <= desk.as_of)


def ended(desk: Any, day: object) -> bool:
    return isinstance(day, date) and bool(day <= desk.as_of)
