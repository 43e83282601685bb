"""IBM's public accounts receivable sample as five csv files of a ledger: `map_ibm.py SOURCE FOLDER`.

One contract a customer, one milestone an invoice, one designated receipt a settlement. Dates stay as they are
written there (month/day/year); ids stay text.
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path


def write(folder: Path, table: str, headings: str, rows: list[tuple[object, ...]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings.split(), *rows])


def main(source: Path, folder: Path) -> None:
    with source.open(encoding="utf-8-sig", newline="") as file:
        invoices = [tuple(row.values()) for row in csv.DictReader(file)]
    sums: dict[str, Decimal] = {}
    for _, customer, _, _, _, _, amount, *_ in invoices:
        sums[customer] = sums.get(customer, Decimal(0)) + Decimal(amount)
    milestones, receipts, disputes = [], [], []
    for _, customer, _, number, issued, _, amount, disputed, settled, *_ in invoices:
        milestones.append((number, f"K-{customer}", "Invoice", amount, "invoice", issued, "NET 30"))
        receipts.append((f"R-{number}", settled, customer, number, amount))
        disputes += [(f"D-{number}", number, issued, "other")] if disputed == "Yes" else []
    write(folder, "customers", "customer_id name", [(customer, f"Customer {customer}") for customer in sums])
    write(folder, "contracts", "contract_id customer_id amount", [(f"K-{c}", c, sums[c]) for c in sums])
    write(
        folder,
        "milestones",
        "milestone_id contract_id name amount_fixed trigger trigger_date term",
        milestones,
    )
    write(folder, "receipts", "receipt_id date customer_id milestone_id amount", receipts)
    write(folder, "disputes", "dispute_id milestone_id opened reason", disputes)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
