"""The demo ledger, which people see first, against the oracle: at the end of every quarter and on its own day."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from addin import assets
from addin.model.ledger import build_ledger
from addin.model.tables import TABLES
from addin.rules.due import due_date
from addin.rules.terms import parse_term
from addin.rules.workdays import Calendar
from tests.oracle.compare import differences
from tests.oracle.naive import naive_at_each
from tests.rules.engine import Tables, raw_book
from tests.rules.figures import figures, plain

DAYS = [
    date.fromisoformat(day)
    for day in "2024-03-31 2024-12-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-12-31".split()
]
OWN_CALENDAR = {"items", "trigger"}
"""Fields that the comparison takes from a replay without the book's own working days."""


def demo(language: str) -> dict[str, list[dict[str, object]]]:
    """The rows of the demo's files, typed as on the sheets."""
    written: Tables = {
        path.stem: list(csv.DictReader(path.read_text("utf-8").splitlines()))
        for path in (assets.templates() / "demo" / language).glob("*.csv")
    }
    ledger, _ = build_ledger(raw_book(written), "CNY")
    return {
        key: [
            {str(name): plain(key, str(name), value, places) for name, value in row.items()}
            for row, places in zip(frame.to_dict("records"), ledger.digits[key].tolist(), strict=True)
        ]
        for key, frame in ledger.frames.items()
        if TABLES[key].role != "computed"
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_is_as_the_oracle_says(language: str) -> None:
    tables = demo(language)
    own_days = {row["date"]: bool(row["workday"]) for row in tables["calendar"]}
    calendar = Calendar(own_days)  # type: ignore[arg-type]  # its dates

    def due(base: date, term: str, roll: str) -> date:
        assert roll == "following"
        return due_date(base, parse_term(term), "following", calendar)

    answers = naive_at_each(tables, DAYS, due)
    assert len(tables["milestones"]) == len(answers[DAYS[0]].milestones) == 90
    for day in DAYS:
        assert not differences(answers[day], figures(tables, day), OWN_CALENDAR), day
