"""Against other books: the general ledger's balances by month, and amounts in the base currency."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.ledgers import Ledger, examples, ledgers
from tests.rules.engine import Tables
from tests.rules.figures import BASE, aging_groups, records, refreshed, table

CENT = Decimal("0.01")
RATES = {"USD": Decimal("7.1234"), "JPY": Decimal("0.0478"), BASE: Decimal(1)}


def with_gl(tables: Tables, day: date) -> list[dict[str, object]]:
    """The general ledger's rows as they would be if its books agreed with ours."""
    return [
        {key: row[key] for key in ("period", "customer_id")} | {"account": "1122", "balance": row["closing"]}
        for row in records(refreshed(tables, day), "rollforward")
        if row["currency"] == BASE and row["customer_id"] and not str(row["customer_id"]).startswith("X")
    ]


@examples(5)
@given(ledgers(), st.integers(0, 99))
def test_the_roll_forward_is_held_against_every_balance_of_the_general_ledger(
    ledger: Ledger, pick: int
) -> None:
    tables, day = ledger
    rows = with_gl(tables, day)
    agreed = refreshed({**tables, "gl": rows}, day)
    assert not [found for found in agreed.findings if found.code == "gl_differs"]
    if rows:
        wrong = rows[pick % len(rows)]
        wrong["balance"] = Decimal(str(wrong["balance"])) + CENT
        told = [
            found for found in refreshed({**tables, "gl": rows}, day).findings if found.code == "gl_differs"
        ]
        assert [found.table for found in told] == ["gl"]


@examples(5)
@given(ledgers())
def test_customers_stand_in_the_base_currency_at_the_latest_rate(ledger: Ledger) -> None:
    tables, day = ledger
    old = date(2020, 1, 1)
    rates = [{"date": old, "currency": code, "rate": Decimal(3)} for code in ("USD", "JPY")]
    rates += [{"date": day, "currency": code, "rate": RATES[code]} for code in ("USD", "JPY")]
    rates += [{"date": date(2029, 1, 1), "currency": "USD", "rate": Decimal(9)}]
    result = refreshed({**tables, "fx_rates": rates}, day)
    expected: Counter[tuple[str, str]] = Counter()
    for (kind, id, currency), row in aging_groups(result).items():
        if kind == "customer":
            for name in ("open", "unapplied"):
                exact = (row[name] * RATES[currency]).quantize(CENT, ROUND_HALF_UP)
                expected[id, name] += exact  # type: ignore[assignment]  # Counter is typed for int
    for id, row in table(result, "customers", tables).items():
        assert {name: row[name] for name in ("open", "unapplied")} == {
            name: expected[id, name] for name in ("open", "unapplied")
        }
