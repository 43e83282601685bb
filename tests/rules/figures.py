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
from addin.model.money import from_minor
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.rules.due import due_days
from addin.rules.workdays import Calendar, Roll
from addin.service.refresh import refresh
from tests.oracle.report import Report
from tests.rules.engine import FIRST_ROW, Replayed, Tables, raw_book

CALENDAR = Calendar()
BASE = "CNY"
LATE = ("b1", "b2", "b3", "b4", "b5")
Figures = dict[str, Any]
Groups = Mapping[tuple[str, str, str], Figures]


def due_by_calendar(base: date, term: str, roll: str) -> date:
    """The due date that both sides take as given; a term that cannot be read is a ValueError."""
    found = due_days(np.array([base.toordinal()]), [term], roll, CALENDAR)  # type: ignore[arg-type]  # a word
    if found.problems:
        raise ValueError(found.problems[0].problem.en)
    return date.fromordinal(int(found.rolled[0]))


def refreshed(tables: Tables, as_of: date, language: Language = "zh", **settings: str) -> Result:
    """A refresh of the rows, with settings by their keys."""
    rows = [*tables.get("settings", ()), *({"key": key, "value": value} for key, value in settings.items())]
    return refresh(raw_book({**tables, "settings": rows}), as_of, language)


def figures(tables: Tables, as_of: date, roll: Roll = "following") -> Figures:
    """The sections of the oracle's report, by our own rules."""
    result, replayed = refreshed(tables, as_of, roll=roll), Replayed(tables, as_of, roll)
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
        "totals": {code: dict(sums.totals) for code, sums in result.currencies.items()},
        "buckets": {code: dict(sums.buckets) for code, sums in result.currencies.items()},
    }


def report(tables: Tables, as_of: date, roll: Roll = "none") -> Report:
    """Our figures as a Report, for tests that read one; its findings are empty."""
    return Report(as_of, **figures(tables, as_of, roll))


def in_fill_order(items: list[Figures]) -> list[Figures]:
    """The items that hold something, and the milestone's own: by due date, the remainder before the others."""
    kept = [item for item in items if not item["item"] or item["amount"]]
    return sorted(kept, key=lambda item: (item["due"] or date.min, item["item"]))


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
    """The contracts' columns, and what the aging table has as pending in the contract's own currency."""
    rows = table(result, "contracts", tables)
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
