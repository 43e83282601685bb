"""The ledgers worked out by hand for the oracle, once more with our own rules in the oracle's place.

Each of those tests states what RULES 15 says of a small ledger; here it must hold of a refresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from addin.model.finding import Finding
from tests.oracle import (
    build,
    test_naive,
    test_naive_allocation,
    test_naive_amounts,
    test_naive_credit,
    test_naive_interest,
    test_naive_items,
    test_naive_limitation,
    test_naive_refunds,
)
from tests.oracle.book import Finding as Kind
from tests.oracle.dates import plain_due
from tests.oracle.naive import naive
from tests.oracle.report import Report
from tests.rules.engine import FIRST_ROW, Replayed, Tables
from tests.rules.figures import of_result, refreshed

MODULES: tuple[ModuleType, ...] = (
    test_naive,
    test_naive_allocation,
    test_naive_amounts,
    test_naive_credit,
    test_naive_interest,
    test_naive_items,
    test_naive_limitation,
    test_naive_refunds,
)
KINDS = {
    "too_many_decimals": "too many decimals",
    "key_repeated": "repeated key",
    "reached_not_dated": "reached, not dated",
    "term_unreadable": "unreadable term",
    "overpaid": "more than is open",
    "paid_after_write_off": "more than is open",
    "adjusted_too_much": "more than is open",
    "undesignated": "nobody named",
    "ids_conflict": "ids conflict",
    "currency_differs": "other currency",
    "share_sum": "does not add up",
    "second_balance": "second balance",
    "balance_negative": "balance below zero",
    "amendment_impossible": "amendment failed",
    "plan_too_large": "instalments in excess",
    "refund_short": "refund is short",
    "not_approved": "not approved",
    "reversed_too_much": "reverses more than was taken",
    "dishonoured": "dishonoured",
}
PROJECT = (
    "clauses_missing",
    "service_address_missing",
    "back_to_back",
    "retention_high",
    "acceptance_deemed",
    "acceptance_silent",
    "acceptance_rejected",
    "accepted_not_dated",
    "dispute_open",
    "promise_broken",
    "agreement_cost",
    "step_late",
    "legal_deadline",
    "case_incomplete",
)
LETTERS = ("letter_without_level", "letter_without_milestones", "letter_of_another", "letter_level_unknown")
OF_A_WORKBOOK = (
    "required_empty",
    "rate_missing",
    "draft_waiting",
    "milestones_differ",
    "control",
    "limitation_over",
    "provision_basis",
    "provision_movement",
    "history_left_alone",
    *PROJECT,
    *LETTERS,
)
"""What the oracle does not tell: required cells, rates, waiting drafts, controls, alarms, provisions, the project,
letters that are not whole."""
IDS = {"contracts": "contract_id", "milestones": "milestone_id", "amendments": "amendment_id"} | {
    "reschedules": "reschedule_id",
    "receipts": "receipt_id",
    "adjustments": "adjustment_id",
    "contacts": "contact_id",
}


def ours(tables: Tables, as_of: date, due_date: object) -> Report:
    """A refresh as the oracle would report it; terms are days, no due date rolls."""
    result = refreshed(tables, as_of, roll="none")
    made = Report(as_of, **of_result(result, tables, Replayed(tables, as_of, "none")))
    told = {kind for finding in result.findings for kind in kinds(finding, tables)}
    if any(kind == "instalments in excess" for kind, *_ in told):  # ours are told once an agreement
        told = {kind for kind in told if kind[0] != "instalments in excess"}
        told |= {
            kind for kind in naive(tables, as_of, plain_due).findings if kind[0] == "instalments in excess"
        }
    made.findings = told
    return made


def kinds(finding: Finding, tables: Tables) -> Iterator[Kind]:
    if finding.code in OF_A_WORKBOOK:
        return
    row = tables[finding.table][(finding.row or 0) - FIRST_ROW]
    key = str(row[IDS[finding.table]])
    if finding.code == "reference_unknown":
        column = str(finding.column).removesuffix("_id")
        yield "unknown id" if finding.table == "receipts" else f"unknown {column}", finding.table, key
    elif finding.code in ("share_sum", "second_balance", "balance_negative"):
        yield KINDS[finding.code], "contracts", str(row["contract_id"])
    else:
        yield KINDS[finding.code], finding.table, key


@pytest.fixture(autouse=True)
def our_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "naive", ours)


def collect() -> dict[str, Any]:
    tests: dict[str, Any] = {}
    for module in MODULES:
        for name, member in vars(module).items():
            if name.startswith("test_"):
                assert name not in tests, name
                tests[name] = member
    assert len(tests) > 90
    return tests


globals().update(collect())
