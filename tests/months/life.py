"""What happens to a ledger from day to day by chance: money, words, disputes, agreements, pauses, lawsuits.

It begins as one of the oracle's random ledgers. What that has of later days is entered on its day or a little later,
and what people do beside it answers to what they were written. The same seed gives the same life.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.oracle.random_credit import RATES, with_credit
from tests.oracle.random_ledgers import FIRST, random_tables
from tests.oracle.random_letters import with_letters
from tests.oracle.report import Report

Cells = dict[str, Any]

DATED = {
    "receipts": "date",
    "adjustments": "date",
    "reschedules": "agreed_on",
    "amendments": "effective",
    "disputes": "opened",
    "promises": "made_on",
    "contacts": "date",
    "bank": "date",
    "letters": "date",
    "invoices": "issued",
}
"""The day from which a row of a table can have been entered."""

CENT = Decimal("0.01")


class Life:
    """``tables`` are the book's rows as they stand, which letters join too; ``known`` is the ledger last looked at."""

    def __init__(self, seed: int, size: int = 45) -> None:
        self.random = Random(f"months {seed}")
        self.start = FIRST + timedelta(days=self.random.randrange(30, 180))
        made = with_letters(with_credit(random_tables(seed, size)[0], seed), seed)
        self.tables: dict[str, list[Cells]] = {key: [dict(row) for row in rows] for key, rows in made.items()}
        self.tables["letters"] = [
            row for row in self.tables["letters"] if row["kind"] == "statement" and row["date"]
        ]
        self.tables.update(fx_rates=[dict(row) for row in RATES], bill_check=[])
        self.known: Report | None = None
        self.later: list[tuple[date, int, Callable[[date], None]]] = []
        self.numbers = 0
        self.today = self.start
        self._calm()
        for row in self.tables["milestones"]:
            if not row.get("trigger_date") and self.coin(0.6):
                row["trigger_date"] = self.start - timedelta(days=self.random.randrange(-60, 60))
        for table, column in DATED.items():
            self._hold_back(table, column)

    def _calm(self) -> None:
        """The oracle's ledgers are so full of trouble that hardly a letter would go out."""
        for table, chance in (("receipts", 0.15), ("promises", 0.2), ("disputes", 0.3), ("adjustments", 0.4)):
            self.tables[table] = [row for row in self.tables[table] if self.coin(chance)]
        for row in self.tables["customers"]:
            row["hold"] = row["hold"] and self.coin(0.2)
        for row in self.tables["contracts"]:
            row["status"] = None

    def _hold_back(self, table: str, column: str) -> None:
        """Rows of later days wait for theirs."""
        rows = self.tables.get(table, [])
        for row in [row for row in rows if row[column] > self.start]:
            rows.remove(row)
            lag = timedelta(days=self.random.choice((0, 0, 0, 1, 4)))
            self.on(row[column] + lag, lambda _, row=row: rows.append(row))

    # --- the days -----------------------------------------------------------------------------------------

    def on(self, day: date, what: Callable[[date], None]) -> None:
        """Something will happen on a day."""
        self.later.append((day, len(self.later), what))

    def live(self, day: date) -> None:
        """A day passes: what was to come comes, and something more."""
        self.today = day
        due = sorted((each for each in self.later if each[0] <= day), key=lambda each: each[:2])
        self.later = [each for each in self.later if each[0] > day]
        for _, _, what in due:
            what(day)
        for event, chance in EVENTS:
            if self.coin(chance):
                event(self)

    def coin(self, chance: float) -> bool:
        return self.random.random() < chance

    def pick(self, choices: Any) -> Any:
        return self.random.choice(choices)

    def days(self, *choices: int) -> date:
        """One of so many days from today."""
        return self.today + timedelta(days=self.pick(choices))

    def add(self, table: str, **row: Any) -> Cells:
        self.tables.setdefault(table, []).append(row)
        return row

    def number(self, prefix: str) -> str:
        self.numbers += 1
        return f"{prefix}-{self.numbers}"

    # --- whom it happens to -------------------------------------------------------------------------------

    def contract(self, key: str) -> Cells:
        return next(row for row in self.tables["contracts"] if row["contract_id"] == key)

    def owner(self, milestone: str) -> Cells:
        """The contract of a milestone."""
        rows = self.tables["milestones"]
        return self.contract(next(row["contract_id"] for row in rows if row["milestone_id"] == milestone))

    def debt(self) -> tuple[str, Decimal] | None:
        """A milestone with something open when one last looked, and how much; rather one that was written to."""
        opened: dict[str, Any] = {
            key: row["open"]
            for key, row in (self.known.milestones if self.known else {}).items()
            if row["trigger"] and row["open"]
        }
        written = [key for row in self.tables["letters"][-6:] for key in row["milestones"] or ()]
        near = [key for key in written if key in opened]
        if not opened:
            return None
        key = self.pick(near) if near and self.coin(0.5) else self.pick(sorted(opened))
        return key, opened[key]

    def part(self, amount: Decimal, parts: int = 2) -> Decimal:
        unit = Decimal(1) if amount == amount.to_integral_value() else CENT
        return max((amount / parts).quantize(unit), unit)

    # --- what happens -------------------------------------------------------------------------------------

    def pay(self, milestone: str, amount: Decimal) -> None:
        """Money for a milestone comes, and is entered as the payer or the cashier happens to name it."""
        owner, chance = self.owner(milestone), self.random.random()
        customer = owner["customer_id"]
        row: Cells = {"receipt_id": self.number("PAY"), "amount": amount, "method": "transfer"}
        row |= {"date": self.days(0, 0, 0, -1, -3), "currency": self.pick((None, owner["currency"]))}
        own = {"customer_id": customer, "contract_id": owner["contract_id"], "milestone_id": milestone}
        if chance < 0.4:
            row |= own
        elif chance < 0.55:
            row |= {**own, "milestone_id": None}
        elif chance < 0.7:
            row |= {"customer_id": customer, "currency": owner["currency"]}
        elif chance < 0.77:
            row |= {"contract_id": self.pick(self.tables["contracts"])["contract_id"], "currency": None}
        elif chance < 0.87:
            row |= {"payer": self.payer(customer), "currency": owner["currency"]}
        elif chance < 0.9:
            row |= {"payer": "nobody we know", "currency": owner["currency"]}
        elif chance < 0.94:
            row |= {**own, "method": "commercial_draft", "matures_on": self.days(30)}
            self.on(self.days(4, 12, 25), lambda day: row.update(dishonoured_on=self.pick((None, day))))
        else:
            self.by_bank(row, own)
            return
        self.add("receipts", **row)

    def by_bank(self, row: Cells, own: Cells) -> None:
        """Only the bank knows of it; days later somebody enters it, perhaps without the reference."""
        reference = self.number("BANK")
        payer = self.payer(own["customer_id"])
        self.add("bank", bank_ref=reference, date=row["date"], amount=row["amount"], payer=payer)
        entered = row | own | {"bank_ref": reference if self.coin(0.7) else None}
        self.on(self.days(2, 5, 9), lambda _: self.tables["receipts"].append(entered))

    def payer(self, customer: str) -> str:
        row = next(row for row in self.tables["customers"] if row["customer_id"] == customer)
        return str(self.pick((row["name"], *(row.get("payer_names") or ()))))

    def money(self) -> None:
        if found := self.debt():
            milestone, opened = found
            self.pay(
                milestone,
                self.pick(
                    (opened, self.part(opened), self.part(opened, 4), self.part(opened, 10), opened + 10)
                ),
            )

    def refund(self) -> None:
        """Money goes back, and what it paid is open again."""
        paid = [row for row in self.tables["receipts"] if row["amount"] > 0 and row.get("milestone_id")]
        if paid:
            given = self.pick(paid[-5:])
            more = {"receipt_id": self.number("BACK"), "date": self.today, "bank_ref": None}
            back = self.pick((given["amount"], self.part(given["amount"])))
            self.add(
                "receipts", **given | more | {"amount": -back, "dishonoured_on": None, "method": "transfer"}
            )

    def everything(self) -> None:
        """A customer pays all that it owed, to the cent, each debt by name."""
        if found := self.debt():
            customer = self.owner(found[0])["customer_id"]
            assert self.known is not None
            rows: Any = self.known.milestones
            for key in [key for key, row in rows.items() if row["trigger"] and row["open"]]:
                if self.owner(key)["customer_id"] == customer:
                    names = {"customer_id": customer, "milestone_id": key, "method": "transfer"}
                    self.add(
                        "receipts",
                        receipt_id=self.number("ALL"),
                        date=self.today,
                        amount=rows[key]["open"],
                        **names,
                    )

    def word(self, milestone: str = "", again: int = 2) -> None:
        """A customer promises to pay; on the day it does, in part, or not and promises again."""
        found = (milestone, Decimal(50)) if milestone else self.debt()
        if found is None:
            return
        key, amount = found
        day = self.days(2, 5, 10, 20)
        named = {"milestone_id": key if self.coin(0.6) else None, "amount": max(amount, CENT)}
        row = self.add(
            "promises",
            promise_id=self.number("WORD"),
            made_on=self.today,
            customer_id=self.owner(key)["customer_id"],
            promised_date=day,
            **named,
        )
        outcome = self.random.random()
        if outcome < 0.3:
            self.on(day, lambda _: self.pay(key, row["amount"]))
        elif outcome < 0.45:
            self.on(day, lambda _: self.pay(key, self.part(row["amount"])))
        elif outcome < 0.55:
            self.on(day - timedelta(days=1), lambda now: row.update(withdrawn_on=now))
        elif again and outcome < 0.85:
            self.on(
                day + timedelta(days=self.pick((1, 3, 5))), lambda _: self.word(key if key else "", again - 1)
            )

    def dispute(self) -> None:
        if found := self.debt():
            amount = self.pick((None, self.part(found[1]), self.part(found[1], 5), found[1]))
            row = self.add(
                "disputes",
                dispute_id=self.number("DIS"),
                milestone_id=found[0],
                opened=self.today,
                amount=amount,
                reason="quality",
                closed=None,
            )
            self.on(self.days(3, 10, 30), lambda day: row.update(closed=day))

    def extension(self) -> None:
        if found := self.debt():
            self.add("reschedules", **self._agreed(found[0]), new_due=self.days(-5, 3, 14, 30), amount=None)

    def plan(self) -> None:
        """Two or three instalments; what they leave open keeps its old due date."""
        if found := self.debt():
            parts, number = self.pick((2, 3)), self.number("PLAN")
            for place in range(parts):
                due = self.today + timedelta(days=10 * place + self.pick((0, 5)))
                share = self.part(found[1], parts)
                self.add(
                    "reschedules",
                    **self._agreed(found[0]) | {"agreement_no": number},
                    new_due=due,
                    amount=share,
                )

    def _agreed(self, milestone: str) -> Cells:
        key = self.number("AGR")
        return {
            "reschedule_id": key,
            "agreement_no": None,
            "milestone_id": milestone,
            "agreed_on": self.today,
        }

    def pause(self) -> None:
        row = self.pick(self.tables["customers"])
        row.update(hold=True, hold_until=self.pick((None, self.days(0, 3, 12))))
        self.on(self.days(4, 15), lambda _: row.update(hold=self.pick((False, None)), hold_until=None))

    def court(self) -> None:
        row = self.pick(self.tables["contracts"])
        row["status"] = "legal"
        self.on(self.days(6, 20), lambda _: row.update(status="active"))

    def bad_bill(self) -> None:
        if found := self.debt():
            contract, number = self.owner(found[0]), self.number("INV")
            named = found[0] if self.coin(0.7) else None
            self.add(
                "invoices",
                invoice_no=number,
                contract_id=contract["contract_id"],
                milestone_id=named,
                issued=self.today,
                amount=found[1],
            )
            row = self.add("bill_check", key=number, invoice_no=number, check="sum", verdict="fail")
            self.on(self.days(2, 7, 15), lambda _: row.update(handled=True))

    def standing(self) -> None:
        """What is thought of a customer changes, and with it the grade."""
        row = self.pick(self.tables["customers"])
        row.update(cooperation_score=self.pick((0, 40, 100)), financial_score=self.pick((0, 60, 100)))

    def credit_note(self) -> None:
        if found := self.debt():
            amount = self.part(found[1], 3)
            self.add(
                "adjustments",
                adjustment_id=self.number("NOTE"),
                date=self.today,
                milestone_id=found[0],
                kind="credit_note",
                amount=amount,
                approved_by="Director",
            )

    def falls_due(self) -> None:
        """Something is accepted, and its term begins."""
        known: Any = self.known.milestones if self.known else {}
        pending = {key for key, row in known.items() if not row["trigger"]}
        waiting = [row for row in self.tables["milestones"] if row["milestone_id"] in pending]
        if waiting:
            self.pick(waiting).update(trigger_date=self.today, term=self.pick(("NET 0", "NET 10", "NET 30")))

    def tear(self) -> None:
        """A letter that was never sent is given up: its row goes, and its number may be another's."""
        letters = self.tables["letters"]
        old = [row for row in letters if not row["sent_on"] and row["date"] < self.today]
        if old:
            letters.remove(self.pick(old))

    def statement(self) -> None:
        """The bank's lines up to today are brought in."""
        if self.tables["bank"]:
            self.add("bank", bank_ref=self.number("LS"), date=self.today, amount=Decimal(1), payer="The bank")


EVENTS: tuple[tuple[Callable[[Life], None], float], ...] = (
    (Life.money, 0.12),
    (Life.everything, 0.01),
    (Life.refund, 0.03),
    (Life.tear, 0.05),
    (Life.word, 0.06),
    (Life.dispute, 0.08),
    (Life.extension, 0.03),
    (Life.plan, 0.04),
    (Life.pause, 0.03),
    (Life.court, 0.015),
    (Life.bad_bill, 0.02),
    (Life.standing, 0.04),
    (Life.credit_note, 0.02),
    (Life.falls_due, 0.12),
    (Life.statement, 0.2),
)
"""What may happen on a day, and how likely each is."""
