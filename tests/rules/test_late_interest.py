"""Late interest in the ledger: by hand, a boundary pair for each sentence of the rule.

1,000.00 at a thousandth a day, due 10 January 2025, is 1.00 a day unless a test says otherwise.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.build import (
    Cells,
    adjustment,
    amendment,
    contract,
    dispute,
    extension,
    fixed,
    instalment,
    receipt,
    share,
)
from tests.rules.figures import Look

M1000 = [fixed("M", "1000", "01-10")]


def terms(rate: str | None = "0.001", cap: str | None = None, **more: Any) -> list[Cells]:
    limit = {} if cap is None else {"late_cap": Decimal(cap)}
    return [contract("C", "1000", late_rate_daily=rate, **limit, **more)]


def interest(on: str, contracts: list[Cells] | None = None, **tables: Any) -> str:
    milestones = tables.pop("milestones", M1000)
    found: str = Look(on, contracts or terms(), milestones, **tables).milestone("M")["interest"]
    return found


# --- days ---------------------------------------------------------------------------------------------------


def test_the_day_after_the_due_date_is_day_one() -> None:
    assert [interest(on) for on in ("01-09", "01-10", "01-11", "01-12")] == ["0.00", "0.00", "1.00", "2.00"]


def test_february_has_its_29th() -> None:
    late = [fixed("M", "1000", "2024-02-28")]
    assert interest("2024-02-29", milestones=late) == "1.00"
    assert interest("2024-03-01", milestones=late) == "2.00"


def test_the_day_of_payment_counts_in_full() -> None:
    money = [receipt("R", "01-20", "400", m="M")]
    assert [interest(on, receipts=money) for on in ("01-19", "01-20", "01-21")] == ["9.00", "10.00", "10.60"]


def test_an_adjustment_works_from_the_next_day_and_so_does_its_reversal() -> None:
    credit = [adjustment("J1", "M", "01-20", "400"), adjustment("J2", "M", "01-30", "-100")]
    found = [interest(on, adjustments=credit) for on in ("01-20", "01-21", "01-30", "01-31")]
    assert found == ["10.00", "10.60", "16.00", "16.70"]


def test_an_amendment_works_from_the_next_day() -> None:
    whole = [share("M", "1", trigger_date="01-10")]
    less = [amendment("A", "01-20", "600")]
    found = [interest(on, milestones=whole, amendments=less) for on in ("01-20", "01-21")]
    assert found == ["10.00", "10.60"]


def test_money_paid_in_time_bears_nothing() -> None:
    money = [receipt("R", "01-10", "1000", m="M")]
    assert interest("03-01", receipts=money) == "0.00"
    money = [receipt("R", "01-05", "1000", m="M")]  # reserved until the trigger
    assert interest("03-01", receipts=money) == "0.00"


def test_a_settled_milestone_keeps_what_it_bore() -> None:
    seen = Look("12-31", terms(), M1000, receipts=[receipt("R", "01-20", "1000", m="M")])
    assert (seen.milestone("M")["status"], seen.milestone("M")["interest"]) == ("settled", "10.00")
    assert seen.totals()["interest"] == "10.00"


def test_a_written_off_milestone_keeps_what_it_bore() -> None:
    off = [adjustment("J", "M", "01-20", "1000", "write_off", approved_by="CFO")]
    assert interest("12-31", adjustments=off) == "10.00"


def test_a_refund_opens_the_item_again_from_its_next_day() -> None:
    money = [receipt("R1", "01-20", "1000", m="M"), receipt("R2", "02-01", "-300", m="M")]
    found = [interest(on, receipts=money) for on in ("01-31", "02-01", "02-02", "02-03")]
    assert found == ["10.00", "10.00", "10.30", "10.60"]


def test_a_dishonoured_draft_opens_the_item_again_from_its_next_day() -> None:
    draft = [receipt("R", "01-20", "1000", m="M", method="commercial_draft", dishonoured_on="02-01")]
    found = [interest(on, receipts=draft) for on in ("01-31", "02-01", "02-02")]
    assert found == ["10.00", "10.00", "11.00"]


def test_disputed_money_bears_interest() -> None:
    assert interest("01-20", disputes=[dispute("D", "M", "01-05")]) == "10.00"


def test_nothing_accrues_before_the_trigger() -> None:
    pending = [fixed("M", "1000", None)]
    row = Look("12-31", terms(), pending).milestone("M")
    assert (row["interest"], row["interest_basis"], row["status"]) == ("0.00", "contract", "pending")


def test_due_before_the_trigger_interest_runs_from_the_trigger() -> None:
    late = [fixed("M", "1000", "02-01")]
    earlier = [extension("E", "M", "01-05", "01-15")]
    row = Look("02-01", terms(), late, reschedules=earlier).milestone("M")
    assert (row["days_overdue"], row["interest"]) == (17, "0.00")
    assert interest("02-02", milestones=late, reschedules=earlier) == "1.00"


# --- rounding and cap ---------------------------------------------------------------------------------------


def test_it_is_rounded_once() -> None:
    small = [fixed("M", "10", "01-10")]  # half a cent a day
    found = [interest(on, terms("0.0005"), milestones=small) for on in ("01-11", "01-12", "01-13")]
    assert found == ["0.01", "0.01", "0.02"]


def test_each_item_is_rounded_and_the_milestone_shows_the_sum() -> None:
    small = [fixed("M", "20", "01-10")]
    plan = [instalment("E", "M", "01-10", "01-10", "10")]
    assert interest("01-11", terms("0.0005"), milestones=small, reschedules=plan) == "0.02"
    assert interest("01-13", terms("0.0005"), milestones=small, reschedules=plan) == "0.04"


def test_a_currency_without_cents_is_rounded_to_its_own_unit() -> None:
    yen = [contract("C", "1000", late_rate_daily="0.0005", currency="JPY")]
    found = [interest(on, yen) for on in ("01-11", "01-12", "01-13")]
    assert found == ["1", "1", "2"]  # 0.5, 1.0, 1.5


def test_the_cap_is_reached_exactly_and_holds() -> None:
    found = [interest(on, terms(cap="0.05")) for on in ("02-28", "03-01", "03-02", "12-31")]
    assert found == ["49.00", "50.00", "50.00", "50.00"]


def test_the_cap_is_of_the_items_amount_and_not_of_what_is_open() -> None:
    money = [receipt("R", "01-20", "900", m="M")]  # 10.00, then 0.10 a day
    assert interest("12-31", terms(cap="0.05"), receipts=money) == "44.50"
    assert interest("2026-12-31", terms(cap="0.05"), receipts=money) == "50.00"


def test_the_cap_is_of_the_amount_at_the_as_of_date() -> None:
    whole = [share("M", "1", trigger_date="01-10")]
    less = [amendment("A", "03-31", "600")]
    assert interest("03-30", terms(cap="0.05"), milestones=whole) == "50.00"
    assert interest("03-31", terms(cap="0.05"), milestones=whole, amendments=less) == "30.00"


def test_each_item_has_a_cap_of_its_own() -> None:
    plan = [instalment("E", "M", "01-10", "02-10", "400")]
    # As at 03-01: 600 × 50 days = 30.00, capped at 12.00; 400 × 19 days = 7.60, just below its cap of 8.00.
    assert interest("03-01", terms(cap="0.02"), reschedules=plan) == "19.60"
    assert interest("03-02", terms(cap="0.02"), reschedules=plan) == "20.00"
    assert interest("03-03", terms(cap="0.02"), reschedules=plan) == "20.00"


def test_a_cap_of_nought_is_a_cap() -> None:
    assert interest("12-31", terms(cap="0")) == "0.00"


# --- agreements ---------------------------------------------------------------------------------------------


def test_an_extension_moves_the_start() -> None:
    later = [extension("E", "M", "01-20", "03-01")]
    found = [interest(on, reschedules=later) for on in ("01-19", "01-20", "03-01", "03-02")]
    assert found == ["9.00", "0.00", "0.00", "1.00"]


def test_an_extension_moves_the_start_of_what_was_paid_before_as_well() -> None:
    later = [extension("E", "M", "01-20", "03-01")]
    money = [receipt("R", "01-15", "400", m="M")]
    assert interest("03-02", reschedules=later, receipts=money) == "0.60"


def test_instalments_start_at_their_own_dates_and_the_remainder_at_the_old_one() -> None:
    plan = [
        instalment("E1", "M", "01-20", "03-01", "400"),
        instalment("E2", "M", "01-20", "04-01", "400"),
    ]
    # The remainder of 200 bears 0.20 a day from 11 January on; the others nothing before their dates.
    found = [interest(on, reschedules=plan) for on in ("01-19", "01-20", "03-01", "03-02", "04-02")]
    assert found == ["9.00", "2.00", "10.00", "10.60", "29.60"]


def test_what_was_paid_before_a_plan_keeps_its_interest() -> None:
    plan = [instalment("E1", "M", "01-20", "03-01", "700")]
    money = [receipt("R", "01-15", "300", m="M")]  # 300 for five days
    assert interest("01-20", reschedules=plan, receipts=money) == "1.50"
    assert interest("03-02", reschedules=plan, receipts=money) == "2.20"


def test_paid_parts_of_an_instalment_keep_their_item_and_interest() -> None:
    agreements = [
        instalment("E1", "M", "01-20", "01-25", "400", "P1"),
        instalment("E2", "M", "02-14", "06-01", "300", "P2"),
    ]
    money = [receipt("R", "02-04", "700", m="M")]  # the remainder of 600, and 100 of E1
    # On 02-14 the unpaid 300 of E1 return, and E2 takes them. 600 × 25 days + 100 × 10 days.
    found = [interest(on, reschedules=agreements, receipts=money) for on in ("02-13", "02-14", "06-01")]
    assert found == ["21.70", "16.00", "16.00"]  # before: also 300 × 19 days
    assert interest("06-02", reschedules=agreements, receipts=money) == "16.30"


def test_a_refund_opens_the_instalment_that_its_money_had_paid() -> None:
    plan = [instalment("E1", "M", "01-10", "02-01", "400")]
    money = [
        receipt("R1", "01-10", "600", m="M"),
        receipt("R2", "02-05", "400", m="M"),  # E1, four days late: 1.60
        receipt("R3", "02-10", "-100", m="M"),
    ]
    found = [interest(on, reschedules=plan, receipts=money) for on in ("02-10", "02-11")]
    assert found == ["1.60", "1.70"]


def test_an_amount_that_came_later_bears_nothing_for_the_days_before_whoever_has_it() -> None:
    whole = [share("M", "1", trigger_date="01-10")]
    more = [amendment("A", "01-20", "1500")]
    # A plan over all of it, due as before: 1,000 for ten days and 1,500 for one, in whatever items.
    plan = [
        instalment("E1", "M", "01-21", "01-10", "1200"),
        instalment("E2", "M", "01-21", "01-10", "300"),
    ]
    bare = interest("01-21", milestones=whole, amendments=more)
    assert bare == interest("01-21", milestones=whole, amendments=more, reschedules=plan) == "11.50"


steps = st.lists(st.tuples(st.integers(11, 27), st.sampled_from("RJFP"), st.integers(1, 400)), max_size=8)


@settings(max_examples=40, deadline=None)
@given(steps, st.integers(11, 28))
def test_plans_that_move_no_due_date_change_no_interest(
    dated: list[tuple[int, str, int]], as_of: int
) -> None:
    """A hundredth a day on whole amounts is whole cents: nothing to round, the items must add up."""
    money, credits, plans = [], [], []
    for number, (on, kind, amount) in enumerate(dated):
        when = f"01-{on}"
        if kind in "RF":
            money.append(receipt(f"R{number}", when, str(amount if kind == "R" else -amount), m="M"))
        elif kind == "J":
            credits.append(adjustment(f"J{number}", "M", when, str(amount)))
        else:
            plans.append(instalment(f"E{number}", "M", when, "01-10", str(amount), f"P{number}"))
    known: dict[str, Any] = {"receipts": money, "adjustments": credits}
    bare = interest(f"01-{as_of}", terms("0.01"), **known)
    assert interest(f"01-{as_of}", terms("0.01"), reschedules=plans, **known) == bare


# --- waiver -------------------------------------------------------------------------------------------------


def waived(row: Cells) -> list[Cells]:
    return [{**row, "penalty_waived": True}]


def test_a_waiver_drops_what_accrued_up_to_its_day() -> None:
    plan = waived(instalment("E", "M", "01-20", "03-01", "300"))  # a remainder of 700 keeps its date
    found = [interest(on, reschedules=plan) for on in ("01-19", "01-20", "01-21", "03-02")]
    assert found == ["9.00", "0.00", "0.70", "29.00"]  # 700 × 41 days + 300 × 1


def test_a_waiver_drops_the_interest_of_what_was_paid_before() -> None:
    money = [receipt("R", "01-15", "300", m="M")]
    plan = waived(instalment("E", "M", "01-20", "03-01", "700"))
    assert interest("01-20", reschedules=plan, receipts=money) == "0.00"


def test_waived_days_drop_out_before_the_cap() -> None:
    plan = waived(instalment("E", "M", "01-20", "03-01", "300"))
    found = [interest(on, terms(cap="0.005"), reschedules=plan) for on in ("01-24", "01-25", "01-26")]
    assert found == ["2.80", "3.50", "3.50"]  # 0.5 % of 700


def test_one_row_of_an_agreement_waives_for_the_milestone_and_others_do_not() -> None:
    rows = [
        *waived(instalment("E1", "M", "01-20", "03-01", "100")),
        instalment("E2", "M", "01-20", "04-01", "100"),
    ]
    assert interest("01-21", reschedules=rows) == "0.80"
    assert interest("01-21", reschedules=[{**row, "penalty_waived": None} for row in rows]) == "8.80"


def test_a_waiver_stands_when_a_later_agreement_does_not_waive() -> None:
    rows = [
        *waived(instalment("E1", "M", "01-20", "03-01", "300", "P1")),
        extension("E2", "M", "01-25", "01-12", "P2"),
    ]
    assert interest("01-25", reschedules=rows) == "5.00"


# --- whose rate ---------------------------------------------------------------------------------------------


def basis(
    rate: str | None, kind: str | None = None, our_size: str = "", estimate: str = "", cap: str | None = None
) -> tuple[str, str]:
    """(basis, interest) ten days late."""
    who = [{"customer_id": "K", "name": "Firm K", "kind": kind}]
    firm = {"our_size": our_size, "estimate_late_rate": estimate}
    row = Look("01-20", terms(rate, cap), M1000, settings=firm, customers=who).milestone("M")
    return row["interest_basis"], row["interest"]


def test_nought_is_a_rate_and_empty_is_none() -> None:
    assert basis("0") == ("contract", "0.00")
    assert basis(None) == ("none", "0.00")


@pytest.mark.parametrize("kind", ["public_body", "large_enterprise"])
@pytest.mark.parametrize("our_size", ["micro", "small", "medium", ""])
def test_the_statute_speaks_where_the_contract_is_silent(kind: str, our_size: str) -> None:
    assert basis(None, kind, our_size) == ("statute", "5.00")


def test_the_statute_is_not_for_large_firms_nor_against_small_ones() -> None:
    assert basis(None, "public_body", "large") == ("none", "0.00")
    for kind in ("sme", "individual", "overseas", None):
        assert basis(None, kind, "small") == ("none", "0.00")


def test_a_contracts_rate_goes_before_the_statute_even_when_it_is_nought() -> None:
    assert basis("0.0001", "public_body", "small") == ("contract", "1.00")
    assert basis("0", "public_body", "small") == ("contract", "0.00")


def test_the_cap_caps_statutory_interest_too() -> None:
    assert basis(None, "public_body", cap="0.004") == ("statute", "4.00")


def test_the_estimate_fills_in_where_nothing_else_does() -> None:
    assert basis(None, estimate="0.0002") == ("estimate", "2.00")
    assert basis(None, "public_body", estimate="0.0002") == ("statute", "5.00")
    assert basis(None, "public_body", "large", estimate="0.0002") == ("estimate", "2.00")
    assert basis("0", estimate="0.0002") == ("contract", "0.00")


def test_what_cannot_be_read_makes_the_interest_unknown() -> None:
    lost = [{**terms()[0], "late_rate_daily": "?"}]
    row = Look("01-20", lost, M1000).milestone("M")
    assert (row["interest"], row["interest_basis"]) == (None, None)
    lost = [{**terms()[0], "late_cap": "?"}]
    seen = Look("01-20", lost, M1000)
    assert (seen.milestone("M")["interest"], seen.milestone("M")["interest_basis"]) == (None, "contract")
    assert seen.totals()["interest"] == "0.00"
    who = [{"customer_id": "K", "name": "Firm K", "kind": "?"}]
    assert Look("01-20", terms(None), M1000, customers=who).milestone("M")["interest"] is None
    assert Look("01-20", terms(), M1000, customers=who).milestone("M")["interest"] == "10.00"


def test_an_unknown_amount_bears_unknown_interest() -> None:
    lost = [{**M1000[0], "amount_fixed": "?"}]
    assert Look("01-20", terms(), lost).milestone("M")["interest"] is None


# --- totals and findings ------------------------------------------------------------------------------------


def test_totals_add_up_interest_by_currency_without_estimates() -> None:
    contracts = [
        contract("C", "1000", late_rate_daily="0.001"),
        contract("S", "1000"),
        contract("U", "1000", late_rate_daily="0.002", currency="USD"),
    ]
    milestones = [
        fixed("M", "1000", "01-10"),
        fixed("MS", "1000", "01-10", "S"),
        fixed("MU", "1000", "01-10", "U"),
    ]
    rate = [{"date": M1000[0]["trigger_date"], "currency": "USD", "rate": 7.1}]
    seen = Look("01-20", contracts, milestones, settings={"estimate_late_rate": "0.0005"}, fx_rates=rate)
    assert seen.milestone("MS")["interest"] == "5.00"
    assert (seen.totals()["interest"], seen.totals("USD")["interest"]) == ("10.00", "20.00")
    assert str(seen.result.base.totals["interest"]) == "152.00"


def test_a_rate_above_three_per_mille_a_day_is_told() -> None:
    assert "late_rate_high" not in Look("01-01", terms("0.003"), M1000).codes()
    found = Look("01-01", terms("0.0031"), M1000).finding("late_rate_high")
    assert (found.severity, found.table, found.row, found.column) == (
        "warning",
        "contracts",
        6,
        "late_rate_daily",
    )
    assert "0.31%" in found.message.en
    high = {"estimate_late_rate": "0.05"}
    found = Look("01-01", terms(), M1000, settings=high).finding("late_rate_high")
    assert (found.table, found.row) == ("settings", None)
