"""The random ledgers reach every basis of interest, caps and waivers, and claims that are barred or begun anew."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from tests.oracle.book import months_after
from tests.oracle.dates import plain_due
from tests.oracle.naive import naive_at_each
from tests.oracle.random_chasing import SETTINGS
from tests.oracle.random_ledgers import random_tables
from tests.oracle.report import Figures

DAYS = [date(2025, 3, 1), date(2025, 5, 1), date(2025, 8, 1), date(2025, 12, 31), date(2026, 6, 30)]


def kinds(row: Figures, capped: bool, as_of: date) -> list[str]:
    """What there is to see of one milestone."""
    due, last, interest = row["due_date"], row["limitation"], Decimal(str(row["interest"]))
    found = [f"{row['interest_basis']} {'something' if interest else 'nothing'}"]
    if isinstance(due, date) and isinstance(last, date):
        found.append("interrupted" if last != months_after(due, 36) else "uninterrupted")
        found += ["barred"] if last < as_of else []
    return [*found, "capped"] if capped and interest else found


def test_the_random_ledgers_reach_what_chasing_can_do() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        tables = {**random_tables(seed)[0], "settings": SETTINGS}
        caps = {row["contract_id"]: row.get("late_cap") for row in tables["contracts"]}
        owner = {str(row["milestone_id"]): row["contract_id"] for row in tables["milestones"]}
        waived = {row["milestone_id"] for row in tables["reschedules"] if row.get("penalty_waived")}
        for as_of, report in naive_at_each(tables, DAYS, plain_due_of_months).items():
            for key, row in report.milestones.items():
                cap = caps[owner[key]]
                at_cap = isinstance(cap, Decimal) and row["interest"] == cap * Decimal(str(row["amount"]))
                seen.update(kinds(row, at_cap, as_of))
                seen["waived"] += key in waived and row["interest"] != 0
    wanted = "contract something, contract nothing, statute something, estimate something, none nothing, "
    wanted += "interrupted, uninterrupted, barred, capped, waived"
    for kind in wanted.split(", "):
        assert seen[kind] >= 20, (kind, seen)
    assert seen["none something"] == 0


def plain_due_of_months(base: date, term: str, roll: str) -> date:
    """The plain terms; those that need a calendar as if they were empty."""
    try:
        return plain_due(base, term, roll)
    except ValueError:
        return base
