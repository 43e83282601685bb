"""What the customers' credit rests on beside money: scores, sales, lawsuits, promises, grades on record, rates.

Drawn by dice of their own, so that the events of a ledger stay what they are without.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.oracle.book import Row, Tables
from tests.oracle.dice import Dice
from tests.oracle.random_ledgers import thrown

Cells = dict[str, Any]

SCORES = (None, None, 0, 55, 100, 100, 100, Decimal("82.5"), 101, -1)
GRADES = ("AAA", "AA", "A", "BBB", "BB", "B", "C", None)
RATES: list[Cells] = [
    {"date": date.fromisoformat(day), "currency": currency, "rate": Decimal(rate)}
    for day, currency, rate in (
        ("2025-02-15", "USD", "7.1884"),
        ("2025-06-02", "USD", "7.1"),
        ("2025-06-01", "USD", "7.2"),
        ("2025-05-01", "JPY", "0.0493"),
    )
]
"""Exchange rates for any random ledger; before the first of a currency what it is worth is not known."""


def with_credit(tables: Tables, seed: int) -> dict[str, list[Cells]]:
    """The ledger of the seed with all that, on its days."""
    dice = Dice(Random(f"credit {seed}"), thrown(seed).days)
    made = {key: [dict(row) for row in rows] for key, rows in tables.items()}
    milestones = {row["milestone_id"]: row for row in made["milestones"]}
    owners = {row["contract_id"]: row["customer_id"] for row in made["contracts"]}
    for row in made["customers"]:
        row.update(scores(dice))
    for row in made["contracts"]:
        row["status"] = "legal" if dice.coin(0.06) else dice.pick((None, "active", "closed"))
    for row in milestones.values():
        row["accepted_by"] = "Li" if dice.coin(0.3) else None
    named = [(owners[row["contract_id"]], key) for key, row in milestones.items()]
    made["promises"] = [
        promise(dice, key, *dice.pick(named)) for key in dice.ids("P", dice.random.randint(0, 12))
    ]
    customers = [row["customer_id"] for row in made["customers"]]
    made["history"] = [graded(dice, dice.pick(customers)) for _ in range(dice.random.randint(0, 6))]
    made["contacts"] = [
        *made.get("contacts", []),
        *(contact(dice, key, customers) for key in dice.ids("W", 6)),
    ]
    return made


def scores(dice: Dice) -> Cells:
    parts = ("cooperation_score", "reputation_score", "financial_score")
    return {part: dice.pick(SCORES) for part in parts} | {
        "avg_monthly_sales": dice.pick((None, 0, Decimal("1234.56"), 50_000)),
        "credit_months": dice.pick((None, 0, 2, Decimal("1.5"))),
    }


def promise(dice: Dice, key: str, customer: str, milestone: str) -> Cells:
    made = dice.day()
    return {
        "promise_id": key,
        "made_on": made,
        "customer_id": customer,
        "milestone_id": milestone if dice.coin(0.4) else None,
        "amount": dice.step(),
        "promised_date": made + timedelta(days=dice.pick((0, 10, 20, 40, 100))),
        "withdrawn_on": made + timedelta(days=dice.pick((5, 30))) if dice.coin(0.15) else None,
    }


def graded(dice: Dice, customer: str) -> Row:
    """A grade on record, mostly in one quarter with another."""
    return {
        "date": dice.day() - timedelta(days=dice.pick((0, 0, 90, 400))),
        "subject": customer,
        "measure": dice.pick(("grade", "信用等级", "Credit grade", "plan")),
        "value": dice.pick(GRADES),
    }


def contact(dice: Dice, key: str, customers: list[str]) -> Cells:
    """One of several that a customer may have on one day."""
    on = dice.pick(dice.days[:2])
    return {
        "contact_id": key,
        "date": on,
        "customer_id": dice.pick(customers),
        "next_date": on + timedelta(days=dice.pick((-1, 7, 14))) if dice.coin(0.6) else None,
    }
