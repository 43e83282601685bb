"""A function and the ledger's own column give the same answer: the demo ledger, asked both ways."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from addin.functions.call import call_json
from addin.service.demo import make_demo
from tests.hosts.test_explain import said

AS_OF = "2026-06-30"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    now = datetime(2030, 1, 1, 9)
    folder: Path = tmp_path_factory.mktemp("same")
    book = str(make_demo(folder, "zh", today=now.date(), now=now, by="tester").files[0])
    names = ("milestones", "contracts", "aging", "reschedules", "amendments", "calendar")
    return {
        name: json.loads(said("show", book, name, "--json", "--as-of", AS_OF)[1])["rows"] for name in names
    }


def base_date(milestone: dict[str, Any], tables: dict[str, Rows]) -> str | None:
    """The day from which the term counts, where the row or its contract's signature says it."""
    if milestone["trigger_date"] or milestone["trigger"] != "signing":
        return milestone["trigger_date"]  # type: ignore[no-any-return] # text or None
    return next(
        row["signed"] for row in tables["contracts"] if row["contract_id"] == milestone["contract_id"]
    )


def test_due_dates(tables: dict[str, Rows]) -> None:
    """But for days that the firm's own calendar names: a function knows the public one only."""
    firms_own, asked = {row["date"] for row in tables["calendar"]}, 0
    for row in tables["milestones"]:
        base = base_date(row, tables)
        if base and base <= AS_OF:
            due = call_json("AR_DUE_DATE", [base, row["term"] or "", "following"])
            assert due == row["contract_due"] or due in firms_own
            asked += due not in firms_own
    assert asked > 20


def test_days_and_buckets(tables: dict[str, Rows]) -> None:
    rows = [row for row in tables["milestones"] if row["days_overdue"] is not None]
    assert len(rows) > 10
    for row in rows:
        assert call_json("AR_DAYS_OVERDUE", [row["due_date"], AS_OF]) == row["days_overdue"]
        assert call_json("AR_BUCKET", [row["due_date"], AS_OF]) == row["bucket"]


def part(milestone: dict[str, Any]) -> object:
    if milestone["amount_fixed"] is not None:
        return f"fixed {milestone['amount_fixed']}"
    return "balance" if milestone["share"] is None else milestone["share"]


def test_amounts(tables: dict[str, Rows]) -> None:
    changed = {row["contract_id"] for row in tables["amendments"]}
    asked = 0
    for contract in tables["contracts"]:
        if contract["contract_id"] in changed or contract["settled_on"]:
            continue
        rows = [row for row in tables["milestones"] if row["contract_id"] == contract["contract_id"]]
        rows.sort(key=lambda row: (row["seq"], row["milestone_id"]))
        found = call_json("AR_SPLIT", [contract["amount"], [part(row) for row in rows]])
        assert found == [row["amount"] for row in rows], contract["contract_id"]
        asked += 1
    assert asked > 10


def test_aging(tables: dict[str, Rows]) -> None:
    planned = {row["milestone_id"] for row in tables["reschedules"] if row["amount"] is not None}
    split = {row["contract_id"] for row in tables["milestones"] if row["milestone_id"] in planned}
    rows = [row for row in tables["milestones"] if row["status"] in ("overdue", "not_due")]
    rows = [row for row in rows if row["contract_id"] not in split]
    columns = [[row[name] for row in rows] for name in ("contract_id", "due_date", "open")]
    _, *table, _ = call_json("AR_AGING", [*columns, AS_OF])
    buckets = ("current", "b1", "b2", "b3", "b4", "b5", "open")
    ledger = {
        row["group_id"]: [row[name] for name in buckets]
        for row in tables["aging"]
        if row["group_kind"] == "contract" and row["open"] != "0.00" and row["group_id"] not in split
    }
    assert len(ledger) > 10
    assert {row[0]: row[1:] for row in table} == ledger
