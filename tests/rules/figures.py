"""A refresh of rows written as plain dicts, and what it found in the shape of the oracle's report.

Everything comes from the very Result that is written to a book; only triggers and items, which no sheet shows,
come from the replay itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from addin.model.columns import Kind
from addin.model.finding import Finding
from addin.model.money import from_minor
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.due import due_days
from addin.rules.workdays import Calendar, Roll, UnpublishedYear
from addin.service.refresh import refresh
from tests.oracle.build import Cells, day
from tests.rules.engine import FIRST_ROW, Replayed, Tables, raw_book

CALENDAR = Calendar()
BASE = "CNY"
LATE = ("b1", "b2", "b3", "b4", "b5")
CONTRACT_MONEY = ("amount_in_force", "milestones_total", "received", "open", "overdue")
Figures = dict[str, Any]
Groups = Mapping[tuple[str, str, str], Figures]


def due_by_calendar(base: date, term: str, roll: str) -> date:
    """The due date that both sides take as given; a term that cannot be read is a ValueError."""
    found = due_days(np.array([base.toordinal()]), [term], roll, CALENDAR)  # type: ignore[arg-type]  # a word
    if found.problems:
        raise ValueError(found.problems[0].problem.en)
    return date.fromordinal(int(found.rolled[0]))


def last_workday(day: date) -> date:
    """The day on which a period ends that would end on day; itself where the year's calendar is not published."""
    try:
        return CALENDAR.roll(day, "following")
    except UnpublishedYear:
        return day


def refreshed(tables: Tables, as_of: date, language: Language = "zh", **settings: str) -> Result:
    """A refresh of the rows, with settings by their keys."""
    rows = [*tables.get("settings", ()), *({"key": key, "value": value} for key, value in settings.items())]
    return refresh(raw_book({**tables, "settings": rows}), as_of, language)


def figures(tables: Tables, as_of: date, roll: Roll = "following") -> Figures:
    """The sections of the oracle's report, by our own rules."""
    return of_result(refreshed(tables, as_of, roll=roll), tables, Replayed(tables, as_of, roll))


def of_result(result: Result, tables: Tables, replayed: Replayed) -> Figures:
    hidden = replayed.milestones()
    milestones = table(result, "milestones", tables)
    for key, row in milestones.items():
        row.update(trigger=hidden[key]["trigger"], items=in_fill_order(hidden[key]["items"]))
    groups = aging_groups(result)
    return {
        "milestones": milestones,
        "contracts": contracts(result, tables, groups),
        "receipts": {
            key: row for key, row in table(result, "receipts", tables).items() if row["allocated"] is not None
        },
        "allocations": [
            (row["receipt_id"], row["milestone_id"], row["item"] or "", row["date"], row["amount"])
            for row in records(result, "allocations")
        ],
        "customers": customers(groups),
        "credit": table(result, "customers", tables),
        "promises": {key: row for key, row in table(result, "promises", tables).items() if row["state"]},
        "totals": {code: dict(sums.totals) for code, sums in result.currencies.items()},
        "buckets": {code: dict(sums.buckets) for code, sums in result.currencies.items()},
    }


def in_fill_order(items: list[Figures]) -> list[Figures]:
    """The items that hold something, and the milestone's own: by due date, the remainder before the others."""
    kept = [item for item in items if not item["item"] or item["amount"]]
    return sorted(kept, key=lambda item: (str(item["due"] or ""), str(item["item"])))


def table(result: Result, key: str, tables: Tables) -> dict[str, Figures]:
    """The computed columns of a mixed table by the row's id."""
    ids = [str(row[TABLES[key].identity[0]]) for row in tables.get(key, ())]
    rows = zip(result.frames[key].index, records(result, key), strict=True)
    return {ids[row - FIRST_ROW]: cells for row, cells in rows}


def records(result: Result, key: str) -> Iterator[Figures]:
    """Each row of a frame as plain values: Decimal, date, text, None where empty."""
    digits = result.digits.get(key)
    for position, row in enumerate(result.frames[key].to_dict("records")):
        places = 2 if digits is None else digits[position]
        yield {str(name): plain(key, str(name), value, places) for name, value in row.items()}


def plain(key: str, column: str, value: Any, digits: int) -> Any:
    kind = TABLES[key][column].kind
    if value is None or value is pd.NA or value is pd.NaT or value == "":
        return None
    if kind is Kind.MONEY:
        return from_minor(int(value), digits)
    return value.date() if kind is Kind.DATE else int(value) if kind is Kind.INT else value


def aging_groups(result: Result) -> Groups:
    """Rows of the aging table by group kind, id and currency."""
    return {
        (row["group_kind"], row["group_id"] or "", row["currency"]): row for row in records(result, "aging")
    }


def contracts(result: Result, tables: Tables, groups: Groups) -> dict[str, Figures]:
    """The contracts' money columns, and what the aging table has as pending in the contract's own currency."""
    rows = {
        key: {name: row[name] for name in CONTRACT_MONEY} | {"limitation": row.get("limitation")}
        for key, row in table(result, "contracts", tables).items()
    }
    for row in tables.get("contracts", ()):
        own = rows[str(row["contract_id"])]
        group = groups.get(("contract", str(row["contract_id"]), str(row.get("currency") or BASE)))
        own["pending"] = group["pending"] if group else own["open"] - own["open"]
    return rows


def customers(groups: Groups) -> dict[str, dict[str, dict[str, Decimal]]]:
    found: dict[str, dict[str, dict[str, Decimal]]] = {}
    for (kind, id, currency), row in groups.items():
        if kind == "customer" and id:
            found.setdefault(id, {})[currency] = {
                "open": row["open"],
                "overdue": sum((row[name] for name in LATE), row["open"] - row["open"]),
                "unapplied": row["unapplied"],
            }
    return found


class Look:
    """A small ledger as at a day, told as people would ask: rows by id, aging by group, findings by code.

    Rows are those of `tests.oracle.build`: dates of 2025 as "mm-dd", amounts as text. Customers named by contracts
    and receipts are there, except X.
    """

    def __init__(
        self,
        on: str,
        contracts: list[Cells],
        milestones: list[Cells],
        language: Language = "zh",
        settings: Mapping[str, str] | None = None,
        **tables: list[Cells],
    ) -> None:
        named = [row.get("customer_id") for row in (*contracts, *tables.get("receipts", []))]
        ids = sorted({str(key) for key in named if key} - {"X"})
        customers = [{"customer_id": key, "name": f"Firm {key}"} for key in ids]
        known: Tables = {"customers": customers, "contracts": contracts, "milestones": milestones}
        self.tables: Tables = {**known, **tables}
        self.as_of = day(on)
        self.result = refreshed(self.tables, self.as_of, language, **{"roll": "none", **(settings or {})})

    def row(self, key: str, id: str) -> Figures:
        """The computed columns of one row, money as text."""
        return as_text(table(self.result, key, self.tables)[id])

    def milestone(self, id: str) -> Figures:
        return self.row("milestones", id)

    def rows(self, key: str) -> list[Figures]:
        """The rows of a computed table, money as text."""
        return [as_text(row) for row in records(self.result, key)]

    def aging(self, kind: str, id: str, currency: str = BASE) -> Figures:
        return as_text(aging_groups(self.result)[kind, id, currency])

    def paid(self) -> list[str]:
        """Allocations as "R1 M1/E1 01-10 100.00"."""
        return [
            f"{row['receipt_id']} {row['milestone_id']}{'/' + row['item'] if row['item'] else ''}"
            f" {row['date']:%m-%d} {row['amount']}"
            for row in records(self.result, "allocations")
        ]

    def amounts(self) -> list[str]:
        """The milestones' amounts in the order of the sheet."""
        return [self.milestone(str(row["milestone_id"]))["amount"] for row in self.tables["milestones"]]

    def totals(self, currency: str = BASE) -> Figures:
        return as_text(dict(self.result.currencies[currency].totals))

    def codes(self) -> list[str]:
        """The codes of all findings but those about names that small ledgers leave out and of every provision."""
        usual = ("required_empty", "provision_basis", "provision_movement")
        return [found.code for found in self.result.findings if found.code not in usual]

    def finding(self, code: str) -> Finding:
        """The only finding of that code."""
        (found,) = (found for found in self.result.findings if found.code == code)
        return found

    def where(self, code: str) -> tuple[str, str | None, str | None]:
        """Table, id of the row and column of the only finding of that code."""
        found = self.finding(code)
        if found.row is None:
            return found.table, None, found.column
        row = self.tables[found.table][found.row - FIRST_ROW]
        return found.table, str(row[TABLES[found.table].identity[0]]), found.column


def as_text(row: Figures) -> Figures:
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in row.items()}
