"""Real input with its own answers: 2,466 invoices of 100 customers, through the command line.

As at any day the amounts, days and buckets follow from the three dates of a row alone.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from addin.service.showing import show_table

FOLDER = Path(__file__).parent
SOURCE = "data/ibm_accounts_receivable.csv"
TABLES = ("customers", "contracts", "milestones", "receipts", "disputes")
TOTAL = Decimal("147703.18")
ROWS = 2466

# before the first invoice, its day and the days around a due date, every other month, after the last payment
DAYS = [
    date(2011, 12, 31),
    date(2012, 1, 3),
    date(2012, 2, 2),
    date(2012, 2, 3),
    *(date(2012, month, 28) for month in (3, 5, 7, 9, 11)),
    *(date(2013, month, 1) for month in (1, 3, 5, 7, 9, 10, 11, 12)),
    date(2013, 12, 31),
    date(2014, 1, 9),
    date(2015, 1, 1),
]


@dataclass(frozen=True)
class Invoice:
    number: str
    customer: str
    issued: date
    due: date
    settled: date
    amount: Decimal
    disputed: bool

    def as_at(self, day: date) -> dict[str, Any]:
        """What the ledger must say of this invoice."""
        pending = self.issued > day
        left = Decimal(0) if self.settled <= day else self.amount
        late = (day - self.due).days
        is_open = not pending and left > 0
        return {
            "contract_id": f"K-{self.customer}",
            "amount": self.amount,
            "due_date": None if pending else self.due,
            "contract_due": None if pending else self.due,
            "received": self.amount - left,
            "adjusted": Decimal(0),
            "open": left,
            "disputed": left if self.disputed and is_open else Decimal(0),
            "days_overdue": late if is_open else None,
            "bucket": bucket(late) if is_open else None,
            "status": "pending"
            if pending
            else "settled"
            if not left
            else "overdue"
            if late > 0
            else "not_due",
        }


def bucket(late: int) -> str:
    if late <= 0:
        return "current"
    edges = ((30, "1-30"), (60, "31-60"), (90, "61-90"), (120, "91-120"))
    return next((name for edge, name in edges if late <= edge), "120+")


def american(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


@pytest.fixture(scope="module")
def invoices(shared: Path) -> dict[str, Invoice]:
    with (shared / SOURCE).open(encoding="utf-8-sig", newline="") as file:
        found = [
            Invoice(
                row["invoiceNumber"],
                row["customerID"],
                american(row["InvoiceDate"]),
                american(row["DueDate"]),
                american(row["SettledDate"]),
                Decimal(row["InvoiceAmount"]),
                row["Disputed"] == "Yes",
            )
            for row in csv.DictReader(file)
        ]
    assert len(found) == ROWS
    assert sum(invoice.amount for invoice in found) == TOTAL
    assert all(invoice.due - invoice.issued == timedelta(30) for invoice in found)
    return {invoice.number: invoice for invoice in found}


@pytest.fixture(scope="module")
def book(shared: Path, run_huikuan: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("ibm")
    subprocess.run([sys.executable, FOLDER / "map_ibm.py", shared / SOURCE, folder], check=True)
    assert run_huikuan("new", "ibm.xlsx", "--lang", "en", cwd=folder).exit_code == 0
    for table in TABLES:
        done = run_huikuan(
            "import", "ibm.xlsx", table, f"{table}.csv", "--date-format", "%m/%d/%Y", "--json", cwd=folder
        )
        assert done.exit_code == 0, done.stderr
        assert done.json["rejected"] == []
        assert done.json["taken"] == sum(1 for _ in csv.reader((folder / f"{table}.csv").open())) - 1
    yield folder / "ibm.xlsx"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_row_is_what_its_own_dates_imply(book: Path, invoices: dict[str, Invoice], day: date):
    found = show_table(book, "milestones", today=day, as_of=day)
    keys = [column.key for column in found.columns]
    rows = {cells[0]: dict(zip(keys, cells, strict=True)) for cells in found.cells}
    assert rows.keys() == invoices.keys()
    wrong = {}
    for number, invoice in invoices.items():
        expected = invoice.as_at(day)
        got = {key: rows[number][key] for key in expected}
        if got != expected:
            wrong[number] = (got, expected)
    assert not wrong, list(wrong.items())[:2]


def test_the_days_see_every_state(invoices: dict[str, Invoice]):
    seen = Counter(str(invoice.as_at(day)["status"]) for day in DAYS for invoice in invoices.values())
    assert min(seen[status] for status in ("pending", "not_due", "overdue", "settled")) > 100
    buckets = {invoice.as_at(day)["bucket"] for day in DAYS for invoice in invoices.values()}
    assert {"current", "1-30", "31-60", None} <= buckets


@pytest.mark.parametrize("day", [date(2012, 9, 28), date(2013, 10, 1)], ids=str)
def test_the_command_line_says_the_same(
    book: Path, invoices: dict[str, Invoice], run_huikuan: Any, day: date
):
    shown = run_huikuan("show", book, "milestones", "--json", "--as-of", day)
    assert shown.exit_code == 0, shown.stderr
    assert shown.json["as_of"] == str(day)
    assert sorted(row["milestone_id"] for row in shown.json["rows"]) == sorted(invoices)
    for row in shown.json["rows"]:
        expected = invoices[row["milestone_id"]].as_at(day)
        assert {key: row[key] for key in expected} == {key: written(value) for key, value in expected.items()}


def written(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("day", [date(2012, 9, 28), date(2013, 10, 1), date(2015, 1, 1)], ids=str)
def test_totals_and_buckets_add_up(book: Path, invoices: dict[str, Invoice], run_huikuan: Any, day: date):
    checked = run_huikuan("check", book, "--json", "--as-of", day)
    assert checked.exit_code == 0, checked.stderr
    rows = [(invoice, invoice.as_at(day)) for invoice in invoices.values()]
    triggered = [(invoice, row) for invoice, row in rows if row["status"] != "pending"]

    def total(key: str, chosen: list[Any]) -> str:
        return f"{sum((row[key] for _, row in chosen), Decimal(0)):.2f}"

    totals = checked.json["totals"]
    assert totals["contracted"] == f"{TOTAL}"
    assert totals["receivable"] == total("amount", triggered)
    assert totals["received"] == total("received", rows)
    assert totals["open"] == total("open", triggered)
    assert totals["pending"] == total("open", [entry for entry in rows if entry not in triggered])
    assert totals["overdue"] == total(
        "open", [entry for entry in triggered if entry[1]["status"] == "overdue"]
    )
    assert totals["current"] == total(
        "open", [entry for entry in triggered if entry[1]["status"] == "not_due"]
    )
    assert totals["disputed"] == total("disputed", triggered)
    assert totals["unapplied"] == "0.00"
    for name, amount in checked.json["buckets"].items():
        assert amount == total("open", [entry for entry in triggered if entry[1]["bucket"] == name])
    assert all(control["closes"] for control in checked.json["controls"])
    assert checked.json["controls"]
