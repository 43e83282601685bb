"""What chasing adds to a random ledger: late rates and caps, old debts, letters, contacts, lawsuits, signatures.

Drawn by dice of their own, so that the events of a ledger stay what they are without.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.oracle.dice import Dice

Cells = dict[str, Any]
Ledger = dict[str, list[Cells]]

KINDS = ("public_body", "large_enterprise", "sme", "individual", "overseas", None)
CAPS = ("0", "0.01", "0.05", "0.3")
OLD_DUE_DATES = ("2022-01-20", "2022-02-01", "2022-03-07", "2022-06-15", "2022-10-03")
"""Barred between January and October 2025, the second and the last on holidays."""

SETTINGS: list[Cells] = [
    {"key": key, "value": value, "effective": effective and date.fromisoformat(effective)}
    for key, value, effective in (
        ("our_size", "large", "2025-03-20"),
        ("our_size", "small", "2025-06-01"),
        ("our_size", "large", "2025-12-01"),
        ("estimate_late_rate", "0.0002", "2025-04-10"),
        ("estimate_late_rate", "0.005", "2025-10-15"),
    )
]
"""Settings for any random ledger; whether a row counts depends on the day."""


def chased(tables: Ledger, seed: int, days: list[date]) -> None:
    """Adds to the tables, in place."""
    dice = Dice(Random(f"chased {seed}"), days)
    for row in tables["customers"]:
        row["kind"] = dice.pick(KINDS)
    for row in tables["contracts"]:
        late_terms(dice, row)
    for row in tables["milestones"]:
        if dice.coin(0.05):
            row.update(trigger="fixed_date", trigger_date=None, term=f"FIXED {dice.pick(OLD_DUE_DATES)}")
    sign(dice, tables["reschedules"])
    tables["letters"] = [letter(dice, key, tables) for key in dice.ids("L", dice.random.randint(0, 4))]
    tables["contacts"] = [contact(dice, key, tables) for key in dice.ids("V", dice.random.randint(0, 4))]
    tables["tasks"] = [task(dice, key, tables) for key in dice.ids("T", dice.random.randint(0, 3))]


def late_terms(dice: Dice, row: Cells) -> None:
    if dice.coin(0.15):
        row["late_rate_daily"] = dice.pick((Decimal("0.003"), Decimal("0.0031"), Decimal("0.01")))
    row["late_cap"] = Decimal(dice.pick(CAPS)) if dice.coin(0.5) else None


def sign(dice: Dice, reschedules: list[Cells]) -> None:
    """Whether an agreement waives interest, and whether the debtor signed it: all its rows alike."""
    words: dict[tuple[object, ...], Cells] = {}
    for row in reschedules:
        key = (row["milestone_id"], row["agreed_on"], row["agreement_no"] or row["reschedule_id"])
        drawn = {
            "penalty_waived": dice.pick((True, False, None, None)),
            "document": dice.pick(("scan", None)),
        }
        row.update(words.setdefault(key, drawn))


def whom(dice: Dice, tables: Ledger) -> tuple[Cells, Cells]:
    """A milestone and its contract."""
    milestone = dice.pick(tables["milestones"])
    owners = [row for row in tables["contracts"] if row["contract_id"] == milestone["contract_id"]]
    return milestone, owners[0]


def letter(dice: Dice, key: str, tables: Ledger) -> Cells:
    milestone, contract = whom(dice, tables)
    sent, kind = dice.day(), dice.pick(("reminder", "demand", "statement", "statement"))
    arrived = sent + timedelta(days=dice.pick((0, 10, 30))) if dice.coin(0.7) else None
    signed = sent + timedelta(days=30) if kind == "statement" and dice.coin(0.5) else None
    return {
        "letter_id": key,
        "date": sent,
        "customer_id": contract["customer_id"],
        "milestones": (milestone["milestone_id"],) if dice.coin(0.7) else None,
        "kind": kind,
        "level": None if kind == "statement" else sent.toordinal() % 6,
        "sent_on": sent,
        "delivered_on": arrived,
        "proof": "waybill" if dice.coin(0.7) else None,
        "reply_on": signed,
        "confirmed_amount": dice.step() if signed and dice.coin(0.7) else None,
    }


def contact(dice: Dice, key: str, tables: Ledger) -> Cells:
    _, contract = whom(dice, tables)
    return {
        "contact_id": key,
        "date": dice.day(),
        "customer_id": contract["customer_id"],
        "contract_id": contract["contract_id"] if dice.coin(0.6) else None,
        "channel": dice.pick(("phone", "email", "wechat", "visit")),
        "delivered": dice.pick((True, True, False, None)),
        "proof": "screenshot" if dice.coin(0.7) else None,
    }


def task(dice: Dice, key: str, tables: Ledger) -> Cells:
    _, contract = whom(dice, tables)
    return {
        "task_id": key,
        "contract_id": contract["contract_id"] if dice.coin(0.7) else None,
        "customer_id": contract["customer_id"],
        "step": "sue",
        "kind": dice.pick(("legal", "legal", "risk")),
        "deadline": dice.day(),
        "done_on": dice.maybe_day(0.7),
    }
