"""Real input, harder: the payer says less than the invoice, and pays once a month.

The milestone ids are taken off and each customer's settlements of a month become one receipt, so that only the
rules can say which of the 2,466 invoices it pays. Held against the naive oracle, to the cent.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.compare import differences
from tests.oracle.naive import naive_at_each
from tests.real.map_ibm import main as map_ibm
from tests.rules.figures import due_by_calendar, figures, last_workday

SOURCE = "data/ibm_accounts_receivable.csv"
DAYS = [date(2012, 3, 31), date(2012, 11, 1), date(2013, 6, 30), date(2013, 12, 15), date(2014, 2, 1)]
ODD, EVEN = DAYS[::2], [*DAYS[1::2], DAYS[-1]]
TYPED: dict[str, Any] = {
    "amount": Decimal,
    "amount_fixed": Decimal,
    **dict.fromkeys(
        ("trigger_date", "date", "opened"), lambda text: datetime.strptime(text, "%m/%d/%Y").date()
    ),
}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def ledger(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    folder = tmp_path_factory.mktemp("ibm")
    map_ibm(shared / SOURCE, folder)
    tables = {path.stem: read(path) for path in folder.glob("*.csv")}
    assert len(tables["milestones"]) == len(tables["receipts"]) == 2466
    return tables


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: TYPED.get(key, str)(value) for key, value in row.items()} for row in csv.DictReader(file)
        ]


def merged(receipts: Sequence[Row], on: str, names: str) -> list[Row]:
    """A receipt a customer and month, dated on its first or on the last settlement day."""
    months: dict[tuple[str, str], list[Row]] = {}
    for row in receipts:
        months.setdefault((row["customer_id"], f"{row['date']:%Y-%m}"), []).append(row)
    return [
        {
            "receipt_id": f"{customer}/{month}",
            "date": date.fromisoformat(f"{month}-01") if on == "first" else max(row["date"] for row in rows),
            "customer_id": customer,
            "contract_id": f"K-{customer}" if names == "contract" else None,
            "amount": sum(row["amount"] for row in rows),
        }
        for (customer, month), rows in months.items()
    ]


@pytest.mark.parametrize(
    ("on", "names", "days"),
    [
        ("first", "contract", ODD),
        ("first", "customer", ODD),
        ("last settlement", "contract", EVEN),
        ("last settlement", "customer", EVEN),
    ],
)
def test_money_that_names_no_invoice_pays_as_the_oracle_says(
    ledger: dict[str, list[Row]], on: str, names: str, days: list[date]
) -> None:
    tables = {**ledger, "receipts": merged(ledger["receipts"], on, names)}
    assert sum(row["amount"] for row in tables["receipts"]) == Decimal("147703.18")
    answers = naive_at_each(tables, days, due_by_calendar, "none", last_day=last_workday)
    for day, answer in answers.items():
        assert not differences(answer, figures(tables, day, "none")), day
    rows = [row for answer in answers.values() for row in answer.milestones.values()]
    statuses = Counter(str(row["status"]) for row in rows)
    assert min(statuses[name] for name in ("pending", "not_due", "overdue", "settled")) > 10, statuses
    several = Counter(receipt for receipt, *_ in answers[days[-1]].allocations)
    assert sum(count > 1 for count in several.values()) > 500  # most months pay several invoices
