"""Controls and buckets always close, and the rows make up the totals."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given

from addin.model.result import Result
from tests.properties.ledgers import Ledger, examples, ledgers
from tests.rules.engine import Tables
from tests.rules.figures import BASE, records, refreshed, table

CONTROLS = {"milestones", "balance", "buckets", "receipts", "rollforward"}
BUCKETS = ("current", "b1", "b2", "b3", "b4", "b5")


def gaps(result: Result, tables: Tables) -> Counter[str]:
    """By currency: how far the contracts' rows are from the amounts in force."""
    found: Counter[str] = Counter()
    currencies = {str(row["contract_id"]): str(row.get("currency") or BASE) for row in tables["contracts"]}
    for key, row in table(result, "contracts", tables).items():
        found[currencies[key]] += row["amount_in_force"] - row["milestones_total"]
    return found


@examples(7)
@given(ledgers())
def test_controls_close_but_for_what_contracts_do_not_make_up(ledger: Ledger) -> None:
    tables, day = ledger
    result = refreshed(tables, day)
    missing = gaps(result, tables)
    for control in result.controls:
        expected = missing[control.currency] if control.name in ("milestones", "balance") else 0
        assert control.right - control.left == expected, control
    assert {control.name for control in result.controls} == CONTROLS


@examples(7)
@given(ledgers())
def test_the_rows_make_up_the_totals_of_their_currency(ledger: Ledger) -> None:
    tables, day = ledger
    result = refreshed(tables, day)
    sums: dict[str, Counter[str]] = {currency: Counter() for currency in result.currencies}
    for row in table(result, "milestones", tables).values():
        own = sums[row["currency"]]
        own["adjusted"] += row["adjusted"]
        own["disputed"] += row["disputed"]
        own["interest"] += 0 if row["interest_basis"] == "estimate" else row["interest"]
        if row["contract_due"]:
            own["receivable"] += row["amount"]
            own["open"] += row["open"]
        else:
            own["pending"] += row["open"]
    missing = gaps(result, tables)
    for currency, own in sums.items():
        totals = result.currencies[currency].totals
        assert {key: totals[key] for key in own} == own
        left = totals["open"] + totals["pending"] - totals["unapplied"]
        right = totals["contracted"] - totals["adjusted"] - totals["received"]
        assert right - left == missing[currency]


@examples(7)
@given(ledgers())
def test_buckets_and_groups_are_the_open_amount(ledger: Ledger) -> None:
    tables, day = ledger
    result = refreshed(tables, day)
    grouped: Counter[tuple[str, str]] = Counter()
    for group in records(result, "aging"):
        buckets = [group[key] for key in BUCKETS]
        assert sum(buckets) == group["open"] == group["net"] + group["unapplied"]
        assert min(buckets) >= 0
        grouped[group["group_kind"], group["currency"]] += group["open"]
    for currency, sums in result.currencies.items():
        opened = sums.totals["open"]
        assert (
            sum(sums.buckets.values(), Decimal(0))
            == opened
            == sums.totals["current"] + sums.totals["overdue"]
        )
        assert all(grouped[kind, currency] == opened for kind in ("customer", "contract", "manager"))


@examples(7)
@given(ledgers())
def test_every_row_is_sound_by_itself(ledger: Ledger) -> None:
    tables, day = ledger
    contracts = {str(row["contract_id"]): row for row in tables["contracts"]}
    owner = {str(row["milestone_id"]): contracts[str(row["contract_id"])] for row in tables["milestones"]}
    for key, row in table(refreshed(tables, day), "milestones", tables).items():
        assert row["open"] == row["amount"] - row["received"] - row["adjusted"] >= 0
        assert 0 <= row["disputed"] <= row["open"]
        assert (row["status"] == "settled") == (row["open"] == 0)
        assert row["interest"] >= 0
        cap = owner[key].get("late_cap")
        if isinstance(cap, Decimal):
            assert row["interest"] <= cap * row["amount"] + 1  # each item is rounded by itself
        if row["interest_basis"] == "none" or not row["due_date"]:
            assert row["interest"] == 0
        if row["status"] == "overdue":
            assert row["days_overdue"] == (day - row["due_date"]).days >= 1
            assert row["limitation"] > row["due_date"]
        else:
            assert (row["days_overdue"] or 0) <= 0
