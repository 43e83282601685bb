"""The oracle against itself: on random ledgers every control total closes on every day looked at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

from tests.oracle.book import Tables
from tests.oracle.compare import differences
from tests.oracle.dates import plain_due
from tests.oracle.naive import naive, naive_at_each
from tests.oracle.random_ledgers import random_tables
from tests.oracle.report import TOTALS, Report

SEEDS = 200
Look = tuple[int, Tables, date, Report]


@cache
def looks() -> list[Look]:
    """Each seed's ledger as at every third of its days, starting from another one each time."""
    found: list[Look] = []
    for seed in range(SEEDS):
        tables, days = random_tables(seed)
        found += [(seed, tables, as_of, naive(tables, as_of, plain_due)) for as_of in days[seed % 3 :: 3]]
    return found


def gaps(tables: Tables, report: Report) -> dict[str, Decimal]:
    """By currency: how far the contracts' rows are from the amounts in force."""
    result: Counter[str] = Counter()
    for row in tables["contracts"]:
        figures = report.contracts[str(row["contract_id"])]
        gap = Decimal(str(figures["amount_in_force"])) - Decimal(str(figures["milestones_total"]))
        result[str(row.get("currency") or "CNY")] += gap  # type: ignore[assignment]  # Counter is typed for int
    return dict(result)  # type: ignore[arg-type]  # the same


def test_control_totals_close_on_every_random_ledger() -> None:
    seen = 0
    for seed, tables, as_of, report in looks():
        gap = gaps(tables, report)
        for currency, total in report.totals.items():
            where = f"seed {seed}, {as_of}, {currency}"
            left = total["open"] + total["pending"] - total["unapplied"]
            right = total["contracted"] - total["adjusted"] - total["received"]
            assert left == right - gap.get(currency, Decimal(0)), where
            assert sum(report.buckets[currency].values()) == total["open"], where
            assert total["current"] + total["overdue"] == total["open"], where
            seen += 1
    assert seen > 900


def test_allocations_and_unapplied_money_are_all_that_was_received() -> None:
    for seed, _, as_of, report in looks():
        allocated = sum((row[4] for row in report.allocations), Decimal(0))
        received = sum((total["received"] for total in report.totals.values()), Decimal(0))
        unapplied = sum((total["unapplied"] for total in report.totals.values()), Decimal(0))
        assert allocated + unapplied == received, f"seed {seed}, {as_of}"


def test_no_item_is_over_paid_and_items_sum_to_their_milestone() -> None:
    for seed, _, as_of, report in looks():
        paid: Counter[str] = Counter()
        for _, milestone, _, _, amount in report.allocations:
            paid[milestone] += amount  # type: ignore[assignment]  # Counter is typed for int
        for key, figures in report.milestones.items():
            items = figures["items"]
            assert isinstance(items, list)
            where = f"seed {seed}, {as_of}, {key}"
            assert all(min(item["open"], item["paid"], item["adjusted"]) >= 0 for item in items), where
            for field in ("amount", "received", "adjusted", "open"):
                part = "paid" if field == "received" else field
                assert sum(item[part] for item in items) == figures[field], where
            assert paid[key] == figures["received"], where


def test_a_later_look_keeps_every_earlier_allocation() -> None:
    for seed in range(0, SEEDS, 8):
        tables, days = random_tables(seed)
        reports = [naive(tables, as_of, plain_due) for as_of in days]
        for earlier, later in pairwise(reports):
            assert later.allocations[: len(earlier.allocations)] == earlier.allocations, f"seed {seed}"


def test_one_replay_read_off_at_many_days_gives_what_a_replay_for_each_day_gives() -> None:
    for seed in range(0, SEEDS, 8):
        tables, days = random_tables(seed)
        assert naive_at_each(tables, days, plain_due) == {day: naive(tables, day, plain_due) for day in days}


def test_the_order_of_rows_on_the_sheets_does_not_matter() -> None:
    for seed in range(0, SEEDS, 8):
        tables, days = random_tables(seed)
        turned = {name: list(reversed(rows)) for name, rows in tables.items()}
        report, other = naive(tables, days[-1], plain_due), naive(turned, days[-1], plain_due)
        assert differences(report, vars(other)) == [], f"seed {seed}"
        assert report.allocations == other.allocations


def test_the_generator_gives_the_same_ledger_for_the_same_seed() -> None:
    assert random_tables(7) == random_tables(7)
    assert random_tables(7) != random_tables(8)


def test_random_ledgers_reach_every_kind_of_case() -> None:
    kinds, states, buckets, cases = set(), set(), set(), Counter[str]()
    for _, _, _, report in looks():
        kinds |= {kind for kind, _, _ in report.findings}
        states |= {figures["status"] for figures in report.milestones.values()}
        buckets |= {figures["bucket"] for figures in report.milestones.values()}
        cases["plans"] += sum(len(row["items"]) > 1 for row in report.milestones.values())  # type: ignore[arg-type]  # items is a list
        cases["instalments paid"] += sum(row[2] != "" and row[4] > 0 for row in report.allocations)
        cases["taken back"] += sum(row[4] < 0 for row in report.allocations)
        cases["disputed"] += sum(row["disputed"] != 0 for row in report.milestones.values())
        cases["two currencies"] += len(report.totals) > 1
    assert kinds >= {
        "amendment failed",
        "balance below zero",
        "dishonoured",
        "does not add up",
        "ids conflict",
        "instalments in excess",
        "more than is open",
        "nobody named",
        "not approved",
        "other currency",
        "reached, not dated",
        "refund is short",
        "reverses more than was taken",
        "second balance",
        "too many decimals",
        "unknown contract",
        "unknown id",
        "unknown milestone",
        "unreadable term",
    }
    assert states == {"pending", "not_due", "overdue", "settled"}
    assert buckets == {None, "current", "1-30", "31-60", "61-90", "91-120", "120+"}
    assert all(count > 50 for count in cases.values()) and len(cases) == 5, cases


def test_a_difference_is_told_in_one_line() -> None:
    tables, days = random_tables(3)
    report = naive(tables, days[-1], plain_due)
    ours = {**vars(naive(tables, days[-1], plain_due))}
    assert differences(report, ours) == []
    key = next(iter(ours["milestones"]))
    ours["milestones"][key]["open"] += 1
    currency = next(iter(ours["totals"]))
    del ours["totals"][currency][TOTALS[0]]
    ours["allocations"] = ours["allocations"][:-1]
    found = differences(report, ours)
    assert [line.split(":")[0].split()[0] for line in found] == ["milestones", "totals", "allocations"]
    assert differences(report, ours, without=("open", "contracted", "allocations")) == []
