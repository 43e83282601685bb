"""What holds of every ledger: controls close, buckets are the open amount, the past stays as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.model.cells import RawBook
from addin.model.columns import fold
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.service.refresh import refresh
from tests.oracle.random_ledgers import random_tables
from tests.rules.engine import Tables, raw_book
from tests.rules.figures import BASE, records, refreshed, table

Ledger = tuple[Tables, date]
DATED = {"receipts": "date", "adjustments": "date", "reschedules": "agreed_on", "amendments": "effective"}
EXAMPLES = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A small random ledger and a day on which to look at it."""
    tables, days = random_tables(draw(st.integers(10_000, 99_999)), size=draw(st.sampled_from((6, 10, 16))))
    return tables, draw(st.sampled_from(days))


def gaps(result: Result, tables: Tables) -> Counter[str]:
    """By currency: how far the contracts' rows are from the amounts in force."""
    found: Counter[str] = Counter()
    currencies = {str(row["contract_id"]): str(row.get("currency") or BASE) for row in tables["contracts"]}
    for key, row in table(result, "contracts", tables).items():
        found[currencies[key]] += row["amount_in_force"] - row["milestones_total"]
    return found


@EXAMPLES
@given(ledgers())
def test_controls_close_but_for_what_contracts_do_not_make_up(ledger: Ledger) -> None:
    tables, day = ledger
    result = refreshed(tables, day)
    missing = gaps(result, tables)
    for control in result.controls:
        if control.name in ("milestones", "balance"):
            assert control.right - control.left == missing[control.currency], control
        else:
            assert control.closes, control
    assert {control.name for control in result.controls} == {
        "milestones",
        "balance",
        "buckets",
        "receipts",
        "rollforward",
    }


@EXAMPLES
@given(ledgers())
def test_buckets_and_groups_are_the_open_amount_and_milestones_make_it_up(ledger: Ledger) -> None:
    tables, day = ledger
    result = refreshed(tables, day)
    rows = table(result, "milestones", tables)
    opened: Counter[str] = Counter()
    for row in rows.values():
        assert row["open"] == row["amount"] - row["received"] - row["adjusted"] >= 0
        assert 0 <= row["disputed"] <= row["open"]
        if row["status"] != "pending":
            opened[row["currency"]] += row["open"]
    grouped: Counter[tuple[str, str]] = Counter()
    for group in records(result, "aging"):
        buckets = [group[key] for key in ("current", "b1", "b2", "b3", "b4", "b5")]
        assert sum(buckets) == group["open"] == group["net"] + group["unapplied"]
        assert min(buckets) >= 0
        grouped[group["group_kind"], group["currency"]] += group["open"]
    for currency, sums in result.currencies.items():
        values = [value or Decimal(0) for value in sums.buckets.values()]
        assert sum(values) == sums.totals["open"] == opened[currency]
        assert all(
            grouped[kind, currency] == opened[currency] for kind in ("customer", "contract", "manager")
        )


@EXAMPLES
@given(ledgers(), st.integers(1, 200))
def test_later_days_never_move_earlier_allocations(ledger: Ledger, later: int) -> None:
    tables, day = ledger
    then = list(records(refreshed(tables, day), "allocations"))
    now = list(records(refreshed(tables, date.fromordinal(day.toordinal() + later)), "allocations"))
    assert now[: len(then)] == then
    assert all(row["date"] > day for row in now[len(then) :])


def known_by(day: date, table: str, row: Mapping[str, object]) -> bool:
    """Whether the row is dated on or before the day; rows of other tables always are."""
    dated = row.get(DATED.get(table, "-"))
    return not isinstance(dated, date) or dated <= day


@EXAMPLES
@given(ledgers())
def test_rows_of_later_days_change_nothing(ledger: Ledger) -> None:
    tables, day = ledger
    seen = {key: [row for row in rows if known_by(day, key, row)] for key, rows in tables.items()}
    whole, part = refreshed(tables, day), refreshed(seen, day)
    assert (whole.currencies, whole.controls) == (part.currencies, part.controls)
    for key in ("aging", "allocations", "milestones", "contracts", "rollforward"):
        assert whole.frames[key].equals(part.frames[key]), key


def shuffled(tables: Tables, seed: int) -> dict[str, list[Mapping[str, object]]]:
    random = Random(seed)
    return {key: random.sample(list(rows), len(rows)) for key, rows in tables.items()}


@EXAMPLES
@given(ledgers(), st.integers(0, 99))
def test_the_order_of_the_sheets_rows_changes_no_figure(ledger: Ledger, seed: int) -> None:
    tables, day = ledger
    other = shuffled(tables, seed)
    one, two = refreshed(tables, day), refreshed(other, day)
    assert one.currencies == two.currencies
    assert {*one.controls} == {*two.controls}
    for key in ("milestones", "contracts", "customers", "receipts"):
        assert table(one, key, tables) == table(two, key, other), key
    assert list(records(one, "allocations")) == list(records(two, "allocations"))
    assert Counter(found.code for found in one.findings) == Counter(found.code for found in two.findings)


def rearranged(raw: RawBook, seed: int) -> RawBook:
    """Every heading in one of its names, columns in another order, a column of the user's own in between."""
    random, tables = Random(seed), {}
    for key, old in raw.tables.items():
        columns = [TABLES[key][heading] for heading in old.headings]
        names = [random.choice((each.key, each.heading("zh"), each.heading("en"))) for each in columns]
        pairs = [*zip(names, old.columns, strict=True), ("my own", ["note"] * len(old.rows))]
        random.shuffle(pairs)
        assert fold("my own") not in TABLES[key].heading_keys
        tables[key] = replace(
            old, headings=[name for name, _ in pairs], columns=[cells for _, cells in pairs]
        )
    return replace(raw, tables=tables)


@EXAMPLES
@given(ledgers(), st.integers(0, 99))
def test_headings_of_either_language_order_and_own_columns_change_no_figure(
    ledger: Ledger, seed: int
) -> None:
    tables, day = ledger
    raw = raw_book(tables)
    one, two = refresh(raw, day, "zh"), refresh(rearranged(raw, seed), day, "zh")
    assert (one.currencies, one.controls) == (two.currencies, two.controls)
    assert [frame.equals(two.frames[key]) for key, frame in one.frames.items()] == [True] * len(one.frames)
    assert len(one.cells) == len(two.cells)
