"""What a worklist rests on beside claims and promises: levels, letters sent or only confirmed, pauses, bank lines.

Drawn by dice of their own, on the days of the ledger and near them.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from tests.oracle.book import Tables
from tests.oracle.dice import Dice
from tests.oracle.random_ledgers import thrown

Cells = dict[str, Any]
GRADES = ("AAA", "A", "B", "C", "C")
MODES = ("after_due", "after_due", "end_of_month", "after_previous")


def with_letters(tables: Tables, seed: int) -> dict[str, list[Cells]]:
    """The ledger of the seed with all that."""
    dice = Dice(Random(f"letters {seed}"), thrown(seed).days)
    made = {key: [dict(row) for row in rows] for key, rows in tables.items()}
    owners = {row["contract_id"]: row["customer_id"] for row in made["contracts"]}
    by_customer: dict[str, list[str]] = {}
    for row in made["milestones"]:
        by_customer.setdefault(owners[row["contract_id"]], []).append(row["milestone_id"])
    for row in made["customers"]:
        row["hold"] = dice.pick((None, None, None, False, True))
        row["hold_until"] = dice.maybe_day(0.7)
        row["payer_names"] = (f"Payer {row['customer_id']}",) if dice.coin(0.5) else None
    made["levels"] = levels(dice) if dice.coin(0.5) else []
    made["letters"] = [
        letter(dice, key, *dice.pick(sorted(by_customer.items())))
        for key in dice.ids("L", dice.random.randint(0, 14))
    ]
    made["bank"] = [line(dice, key, made) for key in dice.ids("B", dice.random.randint(0, 3))]
    return made


def levels(dice: Dice) -> list[Cells]:
    """A ladder with every mode, its numbers with gaps, its days sometimes not rising."""
    rows: list[Cells] = [
        {"level": 2 * number, "mode": "before_due", "days": dice.pick((3, 10, 30)), "channel": "email"}
        for number in range(dice.pick((0, 1, 2)))
    ]
    for number in range(dice.random.randint(1, 4)):
        rows.append(
            {
                "level": 5 + 2 * number,
                "mode": "after_due" if number == 0 else dice.pick(MODES),
                "days": dice.pick((0, 1, 10, 15, 30, 45)),
                "channel": "letter",
                "template": dice.pick((None, "reminder", "second_reminder", "demand", "final")),
                "min_amount": dice.pick((None, None, 50, 500)),
                "faster_grades": dice.pick((None, ("C",), ("B", "C"))),
            }
        )
    dice.random.shuffle(rows)
    return rows


def letter(dice: Dice, key: str, customer: str, milestones: list[str]) -> Cells:
    day = dice.day() + timedelta(days=dice.pick((0, 1, 4)))
    sent = day + timedelta(days=dice.pick((0, 0, 3))) if dice.coin(0.75) else None
    return {
        "letter_id": key,
        "date": None if sent is None and dice.coin(0.1) else day,
        "customer_id": customer,
        "milestones": tuple(
            dice.random.sample(milestones, min(len(milestones), dice.pick((0, 1, 1, 1, 1, 2, 2, 3, 3))))
        ),
        "level": dice.pick((None, 0, 1, 2, 3, 4, 5, 5, 6, 7)),
        "kind": dice.pick(("notice", "reminder", "reminder", "demand", "statement")),
        "sent_on": sent,
    }


def line(dice: Dice, key: str, made: Tables) -> Cells:
    """A line of the bank; some are receipts already, by their reference or by day, amount and payer."""
    customer = dice.pick(made["customers"])
    day, amount, reference = dice.day(), dice.step(), key
    own = [row for row in made["receipts"] if row.get("customer_id") == customer["customer_id"]]
    if own and dice.coin(0.4):
        known = dice.pick(own)
        day, amount = known["date"], known["amount"]
    elif dice.coin(0.3) and made["receipts"]:
        dice.pick(made["receipts"])["bank_ref"] = reference
    names = customer.get("payer_names") or (customer["name"],)
    return {
        "bank_ref": reference,
        "date": day,
        "amount": amount,
        "payer": dice.pick((*names, customer["name"], "?")),
    }


UNREADABLE = {
    "receipts": ("date", "amount"),
    "bank": ("date", "amount"),
    "promises": ("made_on", "promised_date", "amount"),
    "disputes": ("opened", "closed", "amount"),
    "reschedules": ("agreed_on", "new_due", "amount"),
    "adjustments": ("date", "amount"),
    "amendments": ("effective", "new_amount"),
}
"""Cells that may be lost, by table."""


def smudged(tables: Tables, seed: int) -> dict[str, list[Cells]]:
    """Copies of some rows under ids of their own, each with a cell that nobody can read: no figure counts them."""
    dice = Dice(Random(f"smudged {seed}"), thrown(seed).days)
    found: dict[str, list[Cells]] = {}
    for table, columns in UNREADABLE.items():
        found[table] = []
        for row in tables.get(table, []) if dice.coin(0.4) else ():
            if dice.coin(0.1):
                copied = dict(row)
                key = next(iter(copied))
                copied[key] = f"smudged {copied[key]}"
                if table == "receipts" and dice.coin(0.8):
                    copied["bank_ref"] = None
                found[table].append({**copied, dice.pick(columns): "?"})
    return found


def grades(seed: int, customers: list[Cells]) -> dict[str, str]:
    pick = Random(f"grades {seed}")
    return {row["customer_id"]: pick.choice(GRADES) for row in customers}
