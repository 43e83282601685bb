"""The past stays as it was: later events and later looks only add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.ledgers import Figures, Ledger, examples, figures, ledgers
from tests.rules.figures import records, refreshed, table

DATED = {
    "receipts": "date",
    "adjustments": "date",
    "reschedules": "agreed_on",
    "amendments": "effective",
    "disputes": "opened",
    "letters": "sent_on",
    "contacts": "date",
    "tasks": "done_on",
    "settings": "effective",
}


@examples(7)
@given(ledgers(), st.integers(1, 400))
def test_a_later_look_keeps_every_earlier_allocation(ledger: Ledger, later: int) -> None:
    tables, day = ledger
    then = list(records(refreshed(tables, day), "allocations"))
    now = list(records(refreshed(tables, day + timedelta(days=later)), "allocations"))
    assert now[: len(then)] == then
    assert all(row["date"] > day for row in now[len(then) :])


@examples(7)
@given(ledgers(), st.integers(1, 400))
def test_a_later_look_un_pays_only_by_refunds_and_dishonours(ledger: Ledger, later: int) -> None:
    tables, day = ledger
    then, now = refreshed(tables, day), refreshed(tables, day + timedelta(days=later))
    gone: Counter[str] = Counter()
    money = {str(row["receipt_id"]): row for row in tables["receipts"]}
    for row in records(now, "allocations"):
        if row["date"] > day and row["amount"] < 0:
            receipt = money[row["receipt_id"]]
            assert Decimal(str(receipt["amount"])) < 0 or receipt.get("dishonoured_on")
            gone[row["milestone_id"]] -= row["amount"]
    before = table(then, "milestones", tables)
    for key, row in table(now, "milestones", tables).items():
        assert row["received"] >= before[key]["received"] - gone[key]


def known_by(day: date, table: str, row: Mapping[str, object]) -> bool:
    """Whether the row is dated on or before the day; rows of other tables always are."""
    dated = row.get(DATED.get(table, "-"))
    return not isinstance(dated, date) or dated <= day


def without(rows: Mapping[str, Figures], *columns: str) -> dict[str, Figures]:
    return {
        key: {name: value for name, value in row.items() if name not in columns} for key, row in rows.items()
    }


@examples(7)
@given(ledgers())
def test_rows_of_later_days_change_no_figure(ledger: Ledger) -> None:
    tables, day = ledger
    seen = {key: [row for row in rows if known_by(day, key, row)] for key, rows in tables.items()}
    whole, part = figures(refreshed(tables, day), tables), figures(refreshed(seen, day), seen)
    for report in (whole, part):  # before the newest letter those stay as they stand
        report["milestones"] = without(report["milestones"], "reminder_level", "next_action")
    dated = ("milestones", "contracts", "customers", "allocations", "aging", "rollforward")
    for key in ("totals", "base", "controls", *dated):
        assert whole[key] == part[key], key
    paid = {key: row for key, row in whole["receipts"].items() if row["allocated"] is not None}
    assert paid == part["receipts"]


@examples(3)
@given(ledgers(), st.integers(0, 9))
def test_an_event_of_tomorrow_leaves_the_allocations_up_to_today(ledger: Ledger, pick: int) -> None:
    tables, day = ledger
    milestones = [str(row["milestone_id"]) for row in tables["milestones"]]
    named, tomorrow = milestones[pick % len(milestones)], day + timedelta(days=1)
    more = {
        "receipts": {"receipt_id": "R999", "date": tomorrow, "amount": Decimal(50), "milestone_id": named},
        "adjustments": {
            "adjustment_id": "J999",
            "date": tomorrow,
            "amount": Decimal(5),
            "kind": "credit_note",
        },
        "reschedules": {"reschedule_id": "E999", "agreed_on": tomorrow, "new_due": date(2024, 1, 1)},
    }
    later = {key: [*tables[key], {"milestone_id": named, **row}] for key, row in more.items()}
    for look in (day, tomorrow, day + timedelta(days=300)):
        plain = [row for row in records(refreshed(tables, look), "allocations") if row["date"] <= day]
        other = [
            row for row in records(refreshed({**tables, **later}, look), "allocations") if row["date"] <= day
        ]
        assert plain == other, look
