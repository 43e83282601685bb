"""Late interest by hand: 100 due on 10 January at one in a thousand a day is 0.10 for every day late."""

from __future__ import annotations

import pytest

from tests.oracle.build import (
    Cells,
    adjustment,
    amendment,
    at,
    cells,
    contract,
    dispute,
    extension,
    fixed,
    instalment,
    receipt,
    share,
)

RATED = [contract("C", "100", late_rate_daily="0.001")]
SILENT = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]


def owed(
    on: str, contracts: list[Cells] = RATED, milestones: list[Cells] = M100, **tables: list[Cells]
) -> str:
    return str(at(on, contracts, milestones, **tables).milestones["M"]["interest"])


def basis(on: str, contracts: list[Cells] = SILENT, **tables: list[Cells]) -> tuple[object, ...]:
    row = at(on, contracts, M100, **tables).milestones["M"]
    return row["interest_basis"], str(row["interest"])


def buyer(kind: str | None) -> list[Cells]:
    return [{"customer_id": "K", "name": "K", "kind": kind}]


def set_to(key: str, value: str, effective: str | None = None) -> Cells:
    return cells(key=key, value=value, effective=effective)


def waived(row: Cells) -> Cells:
    return {**row, "penalty_waived": True}


@pytest.mark.parametrize(("on", "interest"), [("01-10", "0.00"), ("01-11", "0.10"), ("01-20", "1.00")])
def test_the_day_after_the_due_date_is_the_first(on: str, interest: str) -> None:
    assert owed(on) == interest


def test_the_day_of_payment_still_counts_in_full() -> None:
    paid = [receipt("R", "01-15", "100", m="M")]
    assert [owed(on, receipts=paid) for on in ("01-14", "01-15", "01-16", "06-30")] == [
        "0.40",
        "0.50",
        "0.50",
        "0.50",
    ]


def test_adjustments_and_amendments_work_from_the_next_day() -> None:
    noted = [adjustment("J", "M", "01-15", "60")]
    assert [owed(on, adjustments=noted) for on in ("01-15", "01-16")] == ["0.50", "0.54"]
    line = [share("M", "1", trigger_date="01-10")]
    more = [amendment("A", "01-15", "300")]
    assert [owed(on, milestones=line, amendments=more) for on in ("01-15", "01-16")] == ["0.50", "0.80"]


def test_each_balance_bears_its_own_days() -> None:
    # 1,000 due, 900 paid on the hundredth day, ten days more on 100: published systems charge 100 × 110.
    big = [contract("C", "1000", late_rate_daily="0.001")]
    paid = [receipt("R", "04-20", "900", m="M")]
    assert owed("04-30", big, [fixed("M", "1000", "01-10")], receipts=paid) == "101.00"


def test_disputed_money_bears_interest() -> None:
    assert owed("01-20", disputes=[dispute("D", "M", "01-05")]) == "1.00"


def test_the_sum_is_exact_and_rounded_once() -> None:
    # 0.30 × 0.05 % × 33 days = 0.00495, one day more 0.0051.
    low = [contract("C", "0.30", late_rate_daily="0.0005")]
    small = [fixed("M", "0.30", "01-10")]
    assert [owed(on, low, small) for on in ("02-12", "02-13")] == ["0.00", "0.01"]


def test_an_extension_moves_the_start_and_what_accrued_is_gone() -> None:
    rows = [extension("E", "M", "02-01", "03-01")]
    assert [owed(on, reschedules=rows) for on in ("01-31", "02-01", "03-01", "03-02")] == [
        "2.10",
        "0.00",
        "0.00",
        "0.10",
    ]


def test_corner_5_what_was_paid_before_a_plan_keeps_its_interest() -> None:
    # 40 paid after ten days; of the 60 left 50 move to 1 March, 10 stay due since 10 January.
    money = [receipt("R", "01-20", "40", m="M")]
    plan = [instalment("E1", "M", "02-01", "03-01", "50")]
    assert owed("01-31", receipts=money, reschedules=plan) == "1.66"  # 10 × 0.10 + 11 × 0.06
    assert owed("02-01", receipts=money, reschedules=plan) == "0.62"  # 10 × 0.05 + 12 × 0.01
    assert owed("03-11", receipts=money, reschedules=plan) == "1.50"  # 0.50 + 50 × 0.01 + 10 × 0.05


def test_corner_2_what_comes_back_from_a_plan_takes_the_due_date_in_force_without_it() -> None:
    plan = [instalment(f"E{n}", "M", "01-15", due, "50", "P") for n, due in ((1, "02-01"), (2, "04-01"))]
    money = [receipt("R", "02-11", "50", m="M")]
    second = instalment("E3", "M", "03-01", "05-01", "20", "Q")
    # E1's 50 keep ten days; of the 50 that come back 30 are due since 10 January, 20 on 1 May.
    assert owed("02-28", receipts=money, reschedules=plan) == "0.50"
    assert owed("03-01", receipts=money, reschedules=[*plan, second]) == "2.00"  # 0.50 + 50 × 0.03


def test_a_due_date_before_the_trigger_bears_from_the_trigger() -> None:
    assert owed("02-05", milestones=[fixed("M", "100", "02-01", term="FIXED 2025-01-10")]) == "0.40"


def test_a_dishonoured_draft_leaves_out_the_days_on_which_it_had_paid() -> None:
    money = [receipt("R", "01-15", "100", m="M", method="commercial_draft", dishonoured_on="02-15")]
    assert [owed(on, receipts=money) for on in ("02-14", "02-15", "02-16")] == ["0.50", "0.50", "0.60"]


def test_a_refund_bears_again_from_the_next_day() -> None:
    money = [receipt("R1", "01-15", "100", m="M"), receipt("R2", "01-20", "-30", m="M")]
    assert [owed(on, receipts=money) for on in ("01-20", "01-21")] == ["0.50", "0.53"]


def test_a_waiver_drops_what_accrued_up_to_its_day() -> None:
    plan = [waived(instalment("E1", "M", "02-01", "03-01", "40"))]
    assert [owed(on, reschedules=plan) for on in ("01-31", "02-01", "02-02")] == ["2.10", "0.00", "0.06"]


def test_corner_9_waived_days_drop_out_before_the_cap() -> None:
    capped = [contract("C", "100", late_rate_daily="0.001", late_cap="0.02")]
    rows = [waived(instalment("E1", "M", "02-01", "01-10", "100"))]
    assert [owed(on, capped, reschedules=rows) for on in ("01-31", "02-01", "02-11", "03-31")] == [
        "2.00",
        "0.00",
        "1.00",
        "2.00",
    ]


def test_corner_9_the_cap_is_of_the_items_amount_and_caps_the_statute_too() -> None:
    capped = [contract("C", "100", late_cap="0.01")]
    money = [receipt("R", "01-20", "90", m="M")]
    look = basis("04-30", capped, customers=buyer("public_body"), receipts=money)
    assert look == ("statute", "1.00")  # 10 days × 0.05 + 100 × 0.005 = 1.00
    assert basis("05-31", capped, customers=buyer("public_body"), receipts=money) == ("statute", "1.00")


def test_a_cap_of_nought_leaves_nothing() -> None:
    assert owed("06-30", [contract("C", "100", late_rate_daily="0.001", late_cap="0")]) == "0.00"


@pytest.mark.parametrize(
    ("kind", "basis_and_interest"),
    [
        ("public_body", ("statute", "0.50")),
        ("large_enterprise", ("statute", "0.50")),
        ("sme", ("none", "0.00")),
        (None, ("none", "0.00")),
    ],
)
def test_the_statute_speaks_where_the_contract_is_silent(
    kind: str | None, basis_and_interest: tuple[str, str]
) -> None:
    assert basis("01-20", customers=buyer(kind)) == basis_and_interest


def test_a_large_seller_has_no_statute_and_a_rate_of_nought_is_a_rate() -> None:
    large = [set_to("our_size", "large")]
    assert basis("01-20", customers=buyer("public_body"), settings=large) == ("none", "0.00")
    agreed = [contract("C", "100", late_rate_daily="0")]
    assert basis("01-20", agreed, customers=buyer("public_body")) == ("contract", "0.00")


def test_corner_10_an_estimate_fills_the_column_and_stays_out_of_the_totals() -> None:
    rows = [set_to("estimate_late_rate", "0.0002", "01-15")]
    assert basis("01-14", settings=rows) == ("none", "0.00")
    report = at("01-20", SILENT, M100, settings=rows)
    assert (report.milestones["M"]["interest_basis"], str(report.milestones["M"]["interest"])) == (
        "estimate",
        "0.20",
    )
    assert str(report.totals["CNY"]["interest"]) == "0.00"
    assert str(at("01-20", RATED, M100).totals["CNY"]["interest"]) == "1.00"


def test_pending_milestones_bear_nothing() -> None:
    assert owed("06-30", milestones=[fixed("M", "100")]) == "0.00"
