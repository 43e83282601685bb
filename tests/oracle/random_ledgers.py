"""Small dense ledgers by chance: few days, round amounts, every kind of row; the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.oracle.book import Tables
from tests.oracle.dice import Dice
from tests.oracle.random_chasing import chased

FIRST = date(2025, 1, 6)
PRICES = ("100", "200", "300", "600", "1000", "1000", "99.99", "100.01")
LAYOUTS: tuple[tuple[str, ...], ...] = (
    ("0.3", "0.4", "0.3"),
    ("0.3", "0.6", "0.1"),
    ("0.5", "0.5"),
    ("0.333", "0.333", "0.334"),
    ("1",),
    ("0.3", "0.4", "balance"),
    ("0.3", "balance", "0.3"),
    ("balance",),
    ("fixed 40", "balance"),
    ("fixed 20", "0.3", "0.3", "balance"),
    ("fixed 50", "fixed 50"),
    ("0.3", "0.3", "0.3"),
    ("0.5", "balance", "balance"),
    ("fixed 2000", "balance"),
    ("0.25", "0.25", "0.25", "0.125", "0.125"),
)
TRIGGERS = (
    "signing",
    "start",
    "delivery",
    "progress",
    "acceptance",
    "settlement",
    "invoice",
    "warranty_end",
    "fixed_date",
)
TERMS = ("", "", "NET 0", "NET 10", "NET 10", "NET 20", "NET 30", "NET 60", "EOM +5", "MONTHS 1")
METHODS = ("transfer", "transfer", "cash", "bank_draft", "commercial_draft", "e_voucher", "offset")

Cells = dict[str, Any]


def thrown(seed: int) -> Dice:
    """Dice with the days of the ledger."""
    random = Random(seed)
    steps = random.sample(range(36), random.randint(4, 9))
    return Dice(random, [FIRST + timedelta(days=10 * step) for step in sorted(steps)])


def random_tables(seed: int, size: int = 16) -> tuple[Tables, list[date]]:
    """A ledger with about size milestones at most, and the days worth looking at it, oldest first."""
    dice = thrown(seed)
    customers = dice.ids("K", dice.random.randint(2, 4))
    contracts = [
        contract(dice, key, customers) for key in dice.ids("C", dice.random.randint(2, max(6, size // 3)))
    ]
    milestones = [line for row in contracts for line in lines(dice, row)][: max(size, 4)]
    own_keys = dice.ids("M", len(milestones))
    for line, key in zip(milestones, own_keys, strict=True):
        line["milestone_id"] = key
    hot = dice.random.sample(milestones, (len(milestones) + 1) // 2)
    hot_keys = [line["milestone_id"] for line in hot]
    tables: dict[str, list[Cells]] = {
        "customers": [{"customer_id": key, "name": f"Customer {key}"} for key in customers],
        "contracts": contracts,
        "milestones": milestones,
        "amendments": [amendment(dice, key, contracts) for key in dice.ids("A", dice.random.randint(0, 5))],
        "reschedules": reschedules(dice, hot_keys),
        "invoices": invoices(dice, milestones),
        "receipts": receipts(dice, hot, contracts, customers),
        "adjustments": [adjustment(dice, key, hot_keys) for key in dice.ids("J", dice.random.randint(0, 9))],
        "disputes": [dispute(dice, key, hot_keys) for key in dice.ids("D", dice.random.randint(0, 4))],
    }
    for rows in tables.values():
        dice.random.shuffle(rows)
    chased(tables, seed, dice.days)
    return {name: [filled(row) for row in rows] for name, rows in tables.items()}, looks(dice)


def filled(row: Cells) -> Cells:
    """Without the empty cells, half of which a reader would give as None: both must do."""
    return {key: value for key, value in row.items() if value is not None or key < "m"}


def looks(dice: Dice) -> list[date]:
    """The event days, the days after some of them, days between, and long after."""
    days = set(dice.days)
    days |= {day + timedelta(days=1) for day in dice.days[::2]}
    days |= {day + timedelta(days=4) for day in dice.days[1::3]}
    days |= {dice.days[-1] + timedelta(days=later) for later in (45, 250)}
    return sorted(days | {FIRST - timedelta(days=1)})


def contract(dice: Dice, key: str, customers: list[str]) -> Cells:
    settled = dice.maybe_day(0.3)
    amount = Decimal(dice.pick(PRICES))
    total = amount + dice.pick((-50, -10, 0, 10, 100))
    secured = dice.coin(0.35)
    currency = dice.pick((None, "CNY", "CNY", "CNY", "USD", "JPY" if dice.coin(0.3) else "CNY"))
    return {
        "contract_id": key,
        "customer_id": dice.pick(customers[:2]) if dice.coin(0.8) else dice.pick(customers),
        "currency": currency,
        "amount": amount.to_integral_value() if currency == "JPY" else amount,
        "signed": dice.maybe_day(0.7),
        "completed": dice.maybe_day(0.5),
        "retention_months": dice.pick((None, 0, 1, 3)),
        "progress": dice.pick((None, Decimal("0.5"), Decimal("1"))),
        "settled_on": settled,
        "settlement_total": total if settled and dice.coin(0.8) else None,
        "late_rate_daily": dice.pick((None, None, Decimal("0"), Decimal("0.0005"), Decimal("0.001"))),
        "security_amount": dice.pick((Decimal("10"), Decimal("50"))) if secured else None,
        "security_expires": dice.maybe_day(0.6) if secured else None,
    }


def lines(dice: Dice, row: Cells) -> list[Cells]:
    """The milestones of one contract, in an order of seq that is not the order of the sheet."""
    layout = list(dice.pick(LAYOUTS))
    dice.random.shuffle(layout)
    return [line(dice, row, place, part) for place, part in enumerate(layout, start=1)]


def line(dice: Dice, row: Cells, place: int, part: str) -> Cells:
    fixed = Decimal(part.split()[1]) if part.startswith("fixed") else None
    share = None if fixed is not None or part == "balance" else Decimal(part)
    trigger = dice.pick(TRIGGERS)
    dated = trigger == "fixed_date" and dice.coin(0.7)
    term = f"FIXED {dice.day().isoformat()}" if dated else dice.pick(TERMS)
    return {
        "contract_id": row["contract_id"],
        "seq": None if dice.coin(0.15) else place if dice.coin(0.8) else 1,
        "name": part,
        "share": share,
        "amount_fixed": fixed,
        "trigger": trigger,
        "threshold": dice.pick((None, Decimal("0.5"), Decimal("0.8"))),
        "trigger_date": dice.maybe_day(0.65),
        "term": "月结30天" if dice.coin(0.02) else term,
    }


def amendment(dice: Dice, key: str, contracts: list[Cells]) -> Cells:
    row = dice.pick(contracts)
    change = Decimal(dice.pick(("-70", "-50", "-10", "-0.01", "0", "0.01", "10", "50", "100", "100")))
    return {
        "amendment_id": key,
        "contract_id": "C99" if dice.coin(0.03) else row["contract_id"],
        "effective": dice.day(),
        "new_amount": max(row["amount"] + change, Decimal(1)),
        "policy": dice.pick((None, "spread", "catch_up", "catch_up")),
    }


def reschedules(dice: Dice, hot: list[str]) -> list[Cells]:
    """Extensions and plans, with and without a number, several on the same few milestones and days."""
    keys = dice.ids("E", 24)
    rows: list[Cells] = []
    for _ in range(dice.random.randint(0, 8)):
        milestone = "M99" if dice.coin(0.03) else dice.pick(hot)
        rows += agreement(dice, milestone, [keys.pop() for _ in range(dice.pick((1, 1, 2, 3)))])
    return rows


def agreement(dice: Dice, milestone: str, keys: list[str]) -> list[Cells]:
    agreed, number = dice.day(), dice.pick((None, "P1", "P2"))
    plan = dice.coin(0.65)
    return [
        {
            "reschedule_id": key,
            "agreement_no": number,
            "milestone_id": milestone,
            "agreed_on": agreed,
            "new_due": agreed + timedelta(days=dice.pick((-10, 0, 10, 10, 20, 30, 90))),
            "amount": dice.step() if plan and not dice.coin(0.1) else None,
        }
        for key in keys
    ]


def invoices(dice: Dice, milestones: list[Cells]) -> list[Cells]:
    rows: list[Cells] = []
    for key in dice.ids("F", dice.random.randint(0, len(milestones))):
        milestone, issued = dice.pick(milestones), dice.day()
        received = issued + timedelta(days=10) if dice.coin(0.3) else None
        red = dice.pick(rows) if rows and dice.coin(0.2) else None
        rows.append(
            {
                "invoice_no": key,
                "contract_id": milestone["contract_id"],
                "milestone_id": None if dice.coin(0.2) else milestone["milestone_id"],
                "issued": issued,
                "amount": -red["amount"] if red else dice.step(),
                "received_by_customer": received,
                "red_of": red["invoice_no"] if red else None,
            }
        )
    return rows


def receipts(dice: Dice, hot: list[Cells], contracts: list[Cells], customers: list[str]) -> list[Cells]:
    """Money in, and for a part of it a refund that names the same."""
    keys = dice.ids("R", dice.random.randint(5, 3 * len(hot) + 10))
    rows: list[Cells] = []
    for key in keys:
        given = [row for row in rows if row["amount"] > 0]
        if given and dice.coin(0.2):
            named = [row for row in given if row.get("milestone_id")]
            rows.append(refund(dice, key, dice.pick(named if named and dice.coin(0.6) else given)))
        else:
            rows.append(receipt(dice, key, designation(dice, hot, contracts, customers)))
    return rows


def receipt(dice: Dice, key: str, names: Cells) -> Cells:
    row: Cells = {"receipt_id": key, "date": dice.day(), **names}
    whole = Decimal(dice.pick(PRICES)) if dice.coin(0.1) else dice.step()
    row["amount"] = -dice.step() if dice.coin(0.05) else whole
    row["currency"] = dice.pick((None, None, None, None, None, "CNY", "USD"))
    row["method"] = dice.pick(METHODS)
    if row["amount"] > 0 and row["method"] in ("bank_draft", "commercial_draft", "e_voucher"):
        row["matures_on"] = row["date"] + timedelta(days=90)
        row["dishonoured_on"] = dice.pick((None, dice.day(), dice.days[-1]))
    return row


def refund(dice: Dice, key: str, given: Cells) -> Cells:
    """Names what an earlier receipt named, mostly on a later day."""
    later = [day for day in dice.days if day > given["date"]]
    row = {**given, "receipt_id": key, "amount": -dice.step(), "method": "transfer"}
    row["date"] = dice.pick(later) if later and dice.coin(0.9) else dice.day()
    if dice.coin(0.1):
        row["currency"] = dice.pick((None, "CNY", "USD"))
    return row | {"matures_on": None, "dishonoured_on": None}


def designation(
    dice: Dice, hot: list[Cells], contracts: list[Cells], customers: list[str]
) -> dict[str, str | None]:
    """Whom the payer named: mostly the ids of one milestone, contract or customer; seldom odd ones."""
    milestone = dice.pick(hot)
    owner = next(row for row in contracts if row["contract_id"] == milestone["contract_id"])
    chance = dice.random.random()
    names: dict[str, str | None] = {"customer_id": owner["customer_id"]}
    if chance < 0.65:
        names["contract_id"] = owner["contract_id"]
    if chance < 0.35:
        names["milestone_id"] = milestone["milestone_id"]
    if dice.coin(0.15) and len(names) > 1:
        names["customer_id"] = None
    if dice.coin(0.05):
        names[dice.pick(list(names))] = "X99"
    if dice.coin(0.04):
        names["customer_id"] = dice.pick(customers)
    if dice.coin(0.02):
        names = {}
    return names


def adjustment(dice: Dice, key: str, hot: list[str]) -> Cells:
    amount = dice.step()
    return {
        "adjustment_id": key,
        "date": dice.day(),
        "milestone_id": "M99" if dice.coin(0.03) else dice.pick(hot),
        "kind": dice.pick(("credit_note", "credit_note", "bank_fee", "discount", "write_off")),
        "amount": -amount if dice.coin(0.3) else amount,
        "approved_by": "Director" if dice.coin(0.8) else None,
    }


def dispute(dice: Dice, key: str, hot: list[str]) -> Cells:
    opened = dice.day()
    return {
        "dispute_id": key,
        "milestone_id": dice.pick(hot),
        "opened": opened,
        "amount": dice.step() if dice.coin(0.6) else None,
        "reason": "quality",
        "closed": opened + timedelta(days=dice.pick((10, 40))) if dice.coin(0.5) else None,
    }
