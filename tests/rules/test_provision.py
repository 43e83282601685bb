"""坏账准备 by hand: bands, customers assessed alone, the ledger's own history, the movement since last month."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from addin.functions.call import call_json
from addin.model.money import plain
from addin.model.tables import TABLES
from addin.rules.lookback import Lookback
from addin.rules.loss_history import MOST_YEARS
from addin.rules.positions import standing
from addin.rules.provision import Provision, provision
from tests.oracle.build import Cells, adjustment, contract, day, extension, fixed, receipt
from tests.oracle.random_ledgers import random_tables
from tests.rules.books import book_of, customer
from tests.rules.engine import Replayed
from tests.rules.side_by_side import DAYS, together

K = [customer()]
C = [contract("C", "1000")]
NOTE = {"method": "commercial_draft", "matures_on": day("2025-09-30")}


def seen(
    on: str, milestones: list[Cells], settings: dict[str, str] | None = None, **tables: Any
) -> Provision:
    rows = {"customers": K, "contracts": C, "milestones": milestones, **tables}
    return provision(book_of(rows, day(on), **(settings or {})))


def told(found: Provision) -> list[str]:
    """Each line as "class [customer] band: balance × rate = allowance (previous)"."""
    frame, _ = found.frame("en")
    return [
        f"{row['class']} {row['customer_id'] or row['band']}: {plain(row['balance'])} × {row['rate'].normalize():f}"
        f" = {plain(row['allowance'])} ({plain(row['previous'])})"
        for row in frame.to_dict("records")
    ]


def codes(found: Provision) -> list[str]:
    return [finding.code for finding in found.findings]


def moved(found: Provision, kind: str = "receivable") -> str:
    (move,) = [each for each in found.movements if each.kind == kind]
    assert move.opening + move.charge - move.written_off + move.recovered == move.closing
    amounts = (move.opening, move.charge, move.written_off, move.recovered, move.closing)
    return " ".join(plain(amount) for amount in amounts)


# --- the pool by age ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "band"),
    [
        ("2026-03-31", "up to 1 year: 1000.00 × 0.02 = 20.00"),
        ("2026-04-01", "1-2 years: 1000.00 × 0.1 = 100.00"),
        ("2027-03-31", "1-2 years: 1000.00 × 0.1 = 100.00"),
        ("2027-04-01", "2-3 years: 1000.00 × 0.3 = 300.00"),
        ("2028-04-01", "3-4 years: 1000.00 × 0.5 = 500.00"),
        ("2029-04-01", "4-5 years: 1000.00 × 0.8 = 800.00"),
        ("2030-03-31", "4-5 years: 1000.00 × 0.8 = 800.00"),
        ("2030-04-01", "over 5 years: 1000.00 × 1 = 1000.00"),
    ],
)
def test_exactly_n_years_stay_in_the_lower_band(on: str, band: str) -> None:
    ours = {"provision_rates": "0.02;0.1;0.3;0.5;0.8;1"}
    found = told(seen(on, [fixed("M", "1000", on, recognised_on=day("2025-03-31"))], ours))
    assert [line.partition(" (")[0] for line in found] == [f"receivable {band}"]


def test_age_runs_from_recognition_and_not_from_the_trigger_the_due_date_or_an_extension() -> None:
    rows = [fixed("M", "1000", "03-31", term="NET 90", recognised_on=day("2024-03-30"))]
    more = {"reschedules": [extension("X", "M", "03-31", "2026-03-31")]}
    assert told(seen("03-31", rows, **more)) == ["receivable 1-2 years: 1000.00 × 0.1 = 100.00 (0.00)"]


def test_what_is_open_bears_it_and_what_is_pending_does_not() -> None:
    rows = [fixed("M1", "600", "03-10"), fixed("M2", "400")]
    found = seen("03-31", rows, receipts=[receipt("R", "03-20", "150", m="M1")])
    assert told(found) == ["receivable up to 1 year: 450.00 × 0.03 = 13.50 (0.00)"]


def test_money_not_applied_is_not_netted() -> None:
    found = seen("03-31", [fixed("M1", "600", "03-10"), fixed("M2", "400")],
                 receipts=[receipt("R", "03-20", "150", m="M2")])  # fmt: skip
    assert told(found) == ["receivable up to 1 year: 600.00 × 0.03 = 18.00 (0.00)"]


def test_each_band_is_rounded_to_the_cent_half_up() -> None:
    found = seen("03-31", [fixed("M", "0.50", "03-10")])
    assert told(found) == ["receivable up to 1 year: 0.50 × 0.03 = 0.02 (0.00)"]


def test_nothing_open_is_no_provision_and_no_word() -> None:
    found = seen("03-31", [fixed("M", "1000")])
    assert (told(found), found.findings, found.movements) == ([], [], [])


def test_an_empty_ledger_has_no_provision() -> None:
    found = provision(book_of({}, day("03-31")))
    assert (told(found), found.findings, found.movements) == ([], [], [])


# --- assessed alone -----------------------------------------------------------------------------------------


def test_a_customer_with_a_rate_and_its_reason_leaves_the_pool_in_every_class() -> None:
    firms = [customer("B", individual_rate=Decimal("0.6"), individual_reason="bankrupt"), customer("K")]
    contracts = [contract("C", "1000"), contract("D", "700", "B", completed="02-01")]
    rows = [
        fixed("M", "1000", "03-10"),
        fixed("N", "600", "03-10", "D"),
        fixed("P", "100", None, "D", category="retention"),
    ]
    drafts = [receipt("R", "03-20", "200", m="N", **NOTE)]
    found = seen("03-31", rows, customers=firms, contracts=contracts, receipts=drafts)
    assert told(found) == [
        "receivable up to 1 year: 1000.00 × 0.03 = 30.00 (0.00)",
        "receivable B: 400.00 × 0.6 = 240.00 (0.00)",
        "contract_asset B: 100.00 × 0.6 = 60.00 (60.00)",
        "notes B: 200.00 × 0.6 = 120.00 (0.00)",
    ]
    assert found.frame("zh")[0]["pool"].tolist() == ["group", "individual", "individual", "individual"]


def test_a_rate_without_a_reason_and_a_reason_without_a_rate_leave_the_customer_in_the_pool() -> None:
    rows = [fixed("M", "1000", "03-10")]
    no_reason = seen("03-31", rows, customers=[customer(individual_rate=Decimal("0.6"))])
    no_rate = seen("03-31", rows, customers=[customer(individual_reason="bankrupt")])
    assert told(no_reason) == told(no_rate) == ["receivable up to 1 year: 1000.00 × 0.03 = 30.00 (0.00)"]
    assert codes(no_reason)[0] == "individual_no_reason"
    assert codes(no_rate)[0] == "individual_no_rate"
    assert (no_rate.findings[0].row, no_rate.findings[0].column) == (6, "individual_rate")


def test_a_rate_of_nought_is_a_rate() -> None:
    firms = [customer(individual_rate=Decimal(0), individual_reason="guaranteed")]
    found = seen("03-31", [fixed("M", "1000", "03-10")], customers=firms)
    assert told(found) == ["receivable K: 1000.00 × 0 = 0.00 (0.00)"]


# --- the other classes --------------------------------------------------------------------------------------


def test_retention_is_a_contract_asset_from_completion_to_its_trigger() -> None:
    rows = [fixed("M", "900"), fixed("Q", "100", "06-10", category="retention")]
    done = [contract("C", "1000", completed="02-10")]
    assert told(seen("02-09", rows, contracts=done)) == []
    assert told(seen("02-10", rows, contracts=done)) == [
        "contract_asset up to 1 year: 100.00 × 0.03 = 3.00 (0.00)"
    ]
    assert told(seen("06-10", rows, contracts=done)) == [
        "receivable up to 1 year: 100.00 × 0.03 = 3.00 (0.00)",
        "contract_asset up to 1 year: 0.00 × 0.03 = 0.00 (3.00)",
    ]
    assert told(seen("06-09", [rows[0]], contracts=done)) == []


def test_a_draft_is_a_note_of_the_age_of_what_it_paid_until_it_matures_or_is_refused() -> None:
    rows = [fixed("M", "1000", "2024-01-10")]
    drafts = [receipt("R", "03-20", "300", m="M", **NOTE)]
    assert told(seen("03-31", rows, receipts=drafts)) == [
        "receivable 1-2 years: 700.00 × 0.1 = 70.00 (100.00)",
        "notes 1-2 years: 300.00 × 0.1 = 30.00 (0.00)",
    ]
    assert "notes 1-2 years: 300.00 × 0.1 = 30.00 (30.00)" in told(seen("09-29", rows, receipts=drafts))
    assert told(seen("10-31", rows, receipts=drafts)) == [
        "receivable 1-2 years: 700.00 × 0.1 = 70.00 (70.00)"
    ]
    refused = [{**drafts[0], "dishonoured_on": day("04-10")}]
    assert told(seen("04-09", rows, receipts=refused))[1].startswith("notes 1-2 years: 300.00")
    assert told(seen("04-10", rows, receipts=refused)) == [
        "receivable 1-2 years: 1000.00 × 0.1 = 100.00 (70.00)",
        "notes 1-2 years: 0.00 × 0.1 = 0.00 (30.00)",
    ]


def test_what_a_draft_did_not_pay_is_as_old_as_the_draft() -> None:
    rows = [fixed("M", "100", "2024-01-10")]
    draft = receipt("R", "03-20", "300", m="M", **NOTE)
    assert told(seen("03-31", rows, receipts=[draft])) == [
        "receivable 1-2 years: 0.00 × 0.1 = 0.00 (10.00)",
        "notes up to 1 year: 200.00 × 0.03 = 6.00 (0.00)",
        "notes 1-2 years: 100.00 × 0.1 = 10.00 (0.00)",
    ]


def test_a_draft_of_nobody_known_is_in_the_pool() -> None:
    draft = receipt("R", "03-20", "300", **NOTE)
    assert "notes up to 1 year: 300.00 × 0.03 = 9.00 (0.00)" in told(seen("03-31", [], receipts=[draft]))


def test_a_refund_in_money_leaves_the_draft_what_it_is() -> None:
    rows = [fixed("M", "100", "2024-01-10")]
    money = [receipt("R", "03-20", "300", m="M", **NOTE), receipt("S", "03-25", "-250", m="M")]
    assert told(seen("03-31", rows, receipts=money)) == [
        "receivable 1-2 years: 50.00 × 0.1 = 5.00 (10.00)",
        "notes up to 1 year: 250.00 × 0.03 = 7.50 (0.00)",
        "notes 1-2 years: 50.00 × 0.1 = 5.00 (0.00)",
    ]


def test_a_banks_draft_is_shown_and_bears_nothing() -> None:
    drafts = [receipt("R", "03-20", "1000", m="M", method="bank_draft")]
    found = seen("03-31", [fixed("M", "1000", "03-10")], receipts=drafts)
    assert told(found) == ["notes bank drafts: 1000.00 × 0 = 0.00 (0.00)"]


# --- the movement -------------------------------------------------------------------------------------------


def test_the_allowance_moves_by_charge_write_off_and_recovery_since_the_end_of_last_month() -> None:
    rows = [fixed("M1", "600", "02-10"), fixed("M2", "400", "03-10")]
    lost = [
        adjustment("A1", "M1", "02-20", "100", "write_off", approved_by="Li"),
        adjustment("A2", "M1", "03-05", "50", "write_off", approved_by="Li"),
        adjustment("A3", "M1", "03-20", "-30", "write_off", approved_by="Li"),
    ]
    found = seen("03-31", rows, adjustments=lost)
    # 500 at 3 % before; 480 + 400 now; 50 written off, 30 come back: 26.40 = 15.00 + 31.40 - 50.00 + 30.00
    assert told(found) == ["receivable up to 1 year: 880.00 × 0.03 = 26.40 (15.00)"]
    assert moved(found) == "15.00 31.40 50.00 30.00 26.40"
    assert moved(seen("02-28", rows, adjustments=lost)) == "0.00 115.00 100.00 0.00 15.00"
    words = next(each.message for each in found.findings if each.code == "provision_movement")
    assert "期初 15.00 + 计提 31.40 − 核销 50.00 + 收回 30.00 = 期末 26.40" in words.zh


def test_a_line_that_is_gone_still_shows_what_it_releases() -> None:
    found = seen("03-31", [fixed("M", "1000", "02-10")], receipts=[receipt("R", "03-01", "1000", m="M")])
    assert told(found) == ["receivable up to 1 year: 0.00 × 0.03 = 0.00 (30.00)"]
    assert moved(found) == "30.00 -30.00 0.00 0.00 0.00"
    frame, digits = found.frame("zh")
    assert (frame["movement"].tolist(), digits) == ([-30_00], [2])


def test_the_previous_figures_use_the_matrix_of_their_own_day() -> None:
    dated = [{"key": "provision_rates", "value": "0.05;0.1;0.3;0.5;0.8;1", "effective": day("03-01")}]
    rows = [fixed("M", "1000", "02-10")]
    tables = {"customers": K, "contracts": C, "milestones": rows, "settings": dated}
    found = provision(book_of(tables, day("03-31")))
    assert told(found) == ["receivable up to 1 year: 1000.00 × 0.05 = 50.00 (30.00)"]


# --- currencies ---------------------------------------------------------------------------------------------


def test_foreign_money_counts_at_the_rate_of_each_day() -> None:
    contracts = [contract("C", "1000", currency="USD")]
    rows = [fixed("M", "1000", "02-10")]
    rates = [
        {"date": day("02-01"), "currency": "USD", "rate": Decimal("7.0")},
        {"date": day("03-15"), "currency": "USD", "rate": Decimal("7.2")},
    ]
    found = seen("03-31", rows, contracts=contracts, fx_rates=rates)
    assert told(found) == ["receivable up to 1 year: 7200.00 × 0.03 = 216.00 (210.00)"]
    unknown, _ = seen("03-31", rows, contracts=contracts).frame("zh")
    assert unknown[["balance", "allowance", "previous", "movement"]].isna().all(axis=None)


# --- the ledger's own history -------------------------------------------------------------------------------

LONG = [
    fixed("A", "1000", "2022-06-30"),
    fixed("B", "1000", "2023-06-30"),
    fixed("D", "1000", "2024-06-30"),
    fixed("E", "1000", "2025-06-30"),
]
CAME = [
    receipt("R1", "2023-05-01", "600", m="A"),
    receipt("R2", "2024-05-01", "200", m="A"),
    receipt("R3", "2024-05-01", "500", m="B"),
    receipt("R4", "2025-05-01", "100", m="B"),
    receipt("R5", "2025-05-01", "700", m="D"),
]
LOST = [adjustment("J", "B", "2024-07-01", "100", "write_off", approved_by="Li")]
LARGE = [contract("C", "4000")]
"""Up to 1 year: 400 of 1,000 moved on in 2023, 400 and 100 written off in 2024, 300 in 2025: 40 % on average.
1-2 years: 200 of 400 in 2024, 300 of 400 in 2025: 62.5 %. 2-3 years: 200 of 200. Older: never any, so 100 %."""


def long(on: str, **settings: str) -> Provision:
    return seen(on, LONG, settings, contracts=LARGE, receipts=CAME, adjustments=LOST)


def test_three_full_years_give_the_rates_of_the_ledgers_own_migration() -> None:
    found = long("2025-12-31")
    assert found.matrix.years == (2025, 2024, 2023)
    assert found.matrix.rates == (Fraction(1, 4), Fraction(5, 8), 1, 1, 1, 1)
    assert [line.partition(" (")[0] for line in told(found)] == [
        "receivable up to 1 year: 1000.00 × 0.25 = 250.00",
        "receivable 1-2 years: 300.00 × 0.625 = 187.50",
        "receivable 2-3 years: 300.00 × 1 = 300.00",
        "receivable 3-4 years: 200.00 × 1 = 200.00",
    ]
    assert codes(found) == ["provision_basis", "provision_movement"]
    assert "2023–2025" in found.findings[0].message.zh
    assert "2023–2025" in found.findings[0].message.en


def test_the_third_year_counts_from_its_last_day_and_before_it_the_settings_hold() -> None:
    assert long("2025-12-30").matrix.years == ()
    assert told(long("2025-12-30"))[0].startswith("receivable up to 1 year: 1000.00 × 0.03 = 30.00")
    assert "provision_rates" in long("2025-12-30").findings[0].message.zh
    assert long("2026-06-30").matrix.years == (2025, 2024, 2023)


def test_at_most_five_years_count() -> None:
    rows = [fixed(f"Y{year}", "100", f"{year}-06-30") for year in range(2015, 2026)]
    found = seen("2025-12-31", rows, contracts=[contract("C", "1100")])
    assert found.matrix.years == tuple(range(2025, 2025 - MOST_YEARS, -1))
    assert set(found.matrix.rates) == {Fraction(1)}


def test_the_ledgers_history_goes_before_a_matrix_of_the_firms_own() -> None:
    ours = "0.02;0.1;0.3;0.5;0.8;1"
    assert long("2025-12-31", provision_rates=ours).matrix == long("2025-12-31").matrix
    before = long("2025-12-30", provision_rates=ours)
    assert (before.matrix.years, before.matrix.rates[0]) == ((), Fraction(1, 50))
    assert "provision_rates" in before.findings[0].message.en


def test_what_comes_in_from_the_oldest_lowers_every_rate_before_it() -> None:
    """A claim of more than five years: nothing came in 2021 and 2022, then half each year. (1 + 1 + 3 × 0.5) / 5."""
    rows = [fixed("Z", "800", "2010-06-30"), fixed("E", "200", "2025-06-30")]
    paid = [receipt(f"R{year}", f"{year}-05-01", amount, m="Z")
            for year, amount in ((2023, "400"), (2024, "200"), (2025, "100"))]  # fmt: skip
    found = seen("2025-12-31", rows, receipts=paid)
    assert found.matrix.rates == (Fraction(7, 10),) * 6


def test_a_customer_assessed_alone_is_not_in_the_pools_history() -> None:
    alone = [customer(individual_rate=Decimal("0.6"), individual_reason="bankrupt")]
    found = seen("2025-12-31", LONG, contracts=LARGE, customers=alone)
    assert found.matrix.years == ()


def test_rates_that_fall_with_age_are_told() -> None:
    found = seen("03-31", [fixed("M", "1000", "03-10")], {"provision_rates": "0.03;0.3;0.1;0.5;0.8;1"})
    (fall,) = [each for each in found.findings if each.code == "provision_rates_fall"]
    assert "1-2 years 30.00%, 2-3 years only 10.00%" in fall.message.en


# --- what always holds --------------------------------------------------------------------------------------

RANDOM = together({seed: random_tables(seed)[0] for seed in range(24)})
CODES = {
    str(row.get("currency")) for row in (*RANDOM["contracts"], *RANDOM["receipts"]) if row.get("currency")
}
RANDOM["fx_rates"] = [{"date": day("2024-01-01"), "currency": code, "rate": Decimal("7.1")} for code in CODES]
QUARTERS = [day("03-31"), day("06-30"), day("2026-08-31")]


def test_the_previous_figures_are_those_of_a_run_on_that_day() -> None:
    compared = 0
    for on in QUARTERS:
        before = provision(book_of(RANDOM, on.replace(day=1) - timedelta(days=1)))
        now = {line.key: line.previous for line in provision(book_of(RANDOM, on)).lines if line.previous}
        assert now == {line.key: line.allowance for line in before.lines if line.allowance}
        compared += len(now)
    assert compared >= 10


def test_balances_are_what_is_open_and_movements_close_in_random_ledgers() -> None:
    kinds = set()
    for on in QUARTERS:
        book = book_of(RANDOM, on)
        found = provision(book)
        rate = book.rates.to_base
        triggered = [
            rate(int(amount), each.contract.currency)
            for each, amount in zip(book.milestones, book.standing.open.tolist(), strict=True)
            if each.triggered
        ]
        lines = [line for line in found.lines if line.key.kind == "receivable"]
        assert None not in triggered
        gap = sum(line.balance or 0 for line in lines) - sum(amount or 0 for amount in triggered)
        assert abs(gap) <= len(triggered)  # conversions are rounded by line
        for line in found.lines:
            assert line.balance is None or 0 <= (line.allowance or 0) <= line.balance
        for move in found.movements:
            assert move.closing == move.opening + move.charge - move.written_off + move.recovered
            kinds.add(move.kind)
    assert "receivable" in kinds


def test_a_terminal_gives_the_allowances_of_the_table() -> None:
    lines = [line for line in provision(book_of(RANDOM, QUARTERS[-1])).lines if line.key.kind == "receivable"]
    balances = [plain(line.balance or 0) for line in lines]
    rates = [str(Decimal(line.rate.numerator) / line.rate.denominator) for line in lines]
    assert len(lines) >= 2
    assert call_json("AR_ECL", [balances, rates]) == [plain(line.allowance or 0) for line in lines]
    assert call_json("AR_LOSS_RATES", [["0.4", "0.625", 1, 1, 1, 1]]) == [
        float(rate) for rate in long("2025-12-31").matrix.rates
    ]


def test_looking_back_sees_what_a_replay_of_that_day_saw() -> None:
    last = book_of(RANDOM, DAYS[-1])
    history = Lookback.of(last.milestones, last.standing.open, last.state.movements)
    for on in DAYS[:-1:4]:
        then = Replayed(RANDOM, on, "none")
        assert history.open_on(on.toordinal()).tolist() == standing(then.claims.milestones).open.tolist()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_frame_has_the_columns_of_the_table(language: Any) -> None:
    frame, digits = seen("03-31", [fixed("M", "1000", "03-10")]).frame(language)
    assert frame.columns.tolist() == [column.key for column in TABLES["provision"].columns]
    assert frame["band"].tolist() == [{"zh": "1年以内", "en": "up to 1 year"}[language]]
    assert len(frame) == len(digits) == 1
