"""Events, triggers, due dates and statuses of small ledgers, each reckoned by hand from the exact rules."""

from __future__ import annotations

from datetime import date

import pytest

from tests.oracle.build import (
    Cells,
    adjustment,
    amendment,
    amounts,
    at,
    cells,
    contract,
    day,
    dispute,
    extension,
    fixed,
    found,
    free,
    instalment,
    invoice,
    paid,
    receipt,
    share,
)
from tests.oracle.report import Figures

C100 = [contract("C", "100")]


def figures(on: str, milestone: Cells, **tables: list[Cells]) -> Figures:
    """The one milestone of a contract of 100, as at a day."""
    return at(on, C100, [milestone], **tables).milestones["M"]


# ---- Events


def test_a_report_sees_only_rows_dated_on_or_before_it() -> None:
    rows = {"receipts": [receipt("R1", "01-20", "100", m="M")]}
    assert paid(at("01-19", C100, [fixed("M", "100", "01-10")], **rows)) == []
    assert paid(at("01-20", C100, [fixed("M", "100", "01-10")], **rows)) == ["R1 M 01-20 100.00"]


def test_a_later_extension_never_moves_an_earlier_allocation() -> None:
    # On 02-05 A is due 02-01 and B 03-01, so A is paid; the extension of A comes a day later.
    two = [fixed("A", "50", "02-01"), fixed("B", "50", "02-01", term="NET 28")]
    report = at(
        "02-10",
        C100,
        two,
        receipts=[receipt("R1", "02-05", "50", c="C")],
        reschedules=[extension("E1", "A", "02-06", "06-01")],
    )
    assert paid(report) == ["R1 A 02-05 50.00"]


def test_an_extension_of_the_same_day_comes_before_the_receipt() -> None:
    two = [fixed("A", "50", "02-01"), fixed("B", "50", "02-01", term="NET 28")]
    report = at(
        "02-10",
        C100,
        two,
        receipts=[receipt("R1", "02-05", "50", c="C")],
        reschedules=[extension("E1", "A", "02-05", "06-01")],
    )
    assert paid(report) == ["R1 B 02-05 50.00"]


def test_within_a_day_adjustments_come_before_receipts_and_refunds_last() -> None:
    report = at(
        "01-10",
        C100,
        [fixed("M", "100", "01-10")],
        receipts=[receipt("R1", "01-10", "-20", m="M"), receipt("R2", "01-10", "100", m="M")],
        adjustments=[adjustment("J1", "M", "01-10", "30")],
    )
    # 100 less 30 is 70: R2 pays 70, 30 stay free; R1 takes 20 of the free ones.
    assert paid(report) == ["R2 M 01-10 70.00"]
    assert free(report) == {"R1": "0.00", "R2": "10.00"}


def test_ids_of_one_day_go_by_code_point() -> None:
    report = at(
        "01-10",
        C100,
        [fixed("M", "100", "01-10")],
        receipts=[receipt(key, "01-10", "60", m="M") for key in ("R9", "r1", "R10")],
    )
    assert paid(report) == ["R10 M 01-10 60.00", "R9 M 01-10 40.00"]
    assert free(report) == {"R10": "0.00", "R9": "20.00", "r1": "60.00"}


def test_an_empty_seq_sorts_last_and_then_the_id_decides() -> None:
    # Equal due dates: seq 2 before the rows without seq, of those M10 before M9.
    three = [
        fixed("M9", "30", "01-01"),
        fixed("M10", "30", "01-01"),
        fixed("Z", "40", "01-01", seq=2),
    ]
    report = at("01-05", C100, three, receipts=[receipt("R1", "01-05", "80", c="C")])
    assert paid(report) == ["R1 Z 01-05 40.00", "R1 M10 01-05 30.00", "R1 M9 01-05 10.00"]


def test_a_contract_counts_as_pending_before_it_is_signed() -> None:
    report = at("01-01", [contract("C", "100", signed="06-01")], [fixed("M", "100", trigger="signing")])
    assert str(report.totals["CNY"]["contracted"]) == "100.00"
    assert str(report.totals["CNY"]["pending"]) == "100.00"
    assert report.milestones["M"]["status"] == "pending"


def test_too_many_decimals_count_half_up_with_a_warning() -> None:
    report = at(
        "01-10", C100, [fixed("M", "100", "01-10")], receipts=[receipt("R1", "01-10", "10.005", m="M")]
    )
    assert paid(report) == ["R1 M 01-10 10.01"]
    assert "too many decimals: R1" in found(report)


def test_a_currency_without_decimals_counts_whole_units() -> None:
    report = at("01-10", [contract("C", "101", currency="JPY")], [share("M", "0.5", 1), share("N", "0.5", 2)])
    # 50.5 is 51 half-up, the last share row takes the rest.
    assert amounts(report) == {"M": "51", "N": "50"}


def test_of_a_repeated_key_the_first_row_counts() -> None:
    report = at(
        "01-10",
        C100,
        [fixed("M", "100", "01-10")],
        receipts=[receipt("R1", "01-10", "10", m="M"), receipt("R1", "01-10", "20", m="M")],
    )
    assert paid(report) == ["R1 M 01-10 10.00"]
    assert "repeated key: R1" in found(report)


# ---- Trigger


TRIGGERED: dict[str, tuple[Cells, str | None]] = {
    "signing": ({"signed": "02-01"}, "02-01"),
    "acceptance": ({"completed": "02-02"}, "02-02"),
    "settlement": ({"settled_on": "02-03"}, "02-03"),
    "warranty_end": ({"completed": "01-31", "retention_months": 1}, "02-28"),
    "progress": ({"progress": "1"}, None),
    "start": ({"signed": "02-01"}, None),
    "delivery": ({"completed": "02-02"}, None),
    "fixed_date": ({"signed": "02-01"}, None),
    "invoice": ({"signed": "02-01"}, None),
}


@pytest.mark.parametrize("trigger", TRIGGERED)
def test_an_empty_trigger_date_comes_from_the_contract(trigger: str) -> None:
    more, expected = TRIGGERED[trigger]
    report = at("12-31", [contract("C", "100", **more)], [fixed("M", "100", trigger=trigger)])
    assert report.milestones["M"]["trigger"] == (day(expected) if expected else None)


def test_a_typed_trigger_date_stands_before_the_contracts() -> None:
    report = at(
        "12-31",
        [contract("C", "100", signed="02-01")],
        [fixed("M", "100", trigger="signing") | cells(trigger_date="03-01")],
    )
    assert report.milestones["M"]["trigger"] == day("03-01")


def test_completion_triggers_only_the_sole_acceptance_row() -> None:
    two = [fixed("A", "50", trigger="acceptance"), fixed("B", "50", trigger="acceptance")]
    report = at("12-31", [contract("C", "100", completed="02-01")], two)
    assert [row["status"] for row in report.milestones.values()] == ["pending", "pending"]


def test_the_latest_invoice_of_the_milestone_triggers_by_receipt_else_issue() -> None:
    report = at(
        "12-31",
        C100,
        [fixed("M", "100", trigger="invoice")],
        invoices=[
            invoice("F1", "M", "02-01", received_by_customer="02-20"),
            invoice("F2", "M", "02-10"),
            invoice("F3", None, "03-01"),
        ],
    )
    assert report.milestones["M"]["trigger"] == day("02-20")


def test_progress_reached_is_a_finding_and_no_trigger() -> None:
    row = fixed("M", "100", trigger="progress") | cells(threshold="0.8")
    assert "reached, not dated: M" in found(at("12-31", [contract("C", "100", progress="0.8")], [row]))
    assert found(at("12-31", [contract("C", "100", progress="0.79")], [row])) == set()


def test_a_fixed_date_with_a_fixed_term_is_trigger_and_due_date() -> None:
    dated = fixed("M", "100", trigger="fixed_date", term="FIXED 2025-03-31")
    assert figures("03-30", dated)["status"] == "pending"
    row = figures("03-31", dated)
    assert (row["trigger"], row["due_date"]) == (day("03-31"), day("03-31"))


def test_a_trigger_after_the_day_has_not_happened() -> None:
    assert figures("01-09", fixed("M", "100", "01-10"))["status"] == "pending"
    assert figures("01-10", fixed("M", "100", "01-10"))["status"] == "not_due"


# ---- Due date


def test_an_empty_term_is_net_0_and_an_unreadable_one_leaves_the_row_pending() -> None:
    assert figures("01-10", fixed("M", "100", "01-10"))["due_date"] == day("01-10")
    assert figures("01-10", fixed("M", "100", "01-10", term="NET 7"))["due_date"] == day("01-17")
    report = at("12-31", C100, [fixed("M", "100", "01-10", term="soon")])
    assert report.milestones["M"]["status"] == "pending"
    assert "unreadable term: M" in found(report)


def test_the_newest_extension_replaces_the_due_date_and_the_contracts_stays() -> None:
    agreed = [
        extension("E9", "M", "01-20", "04-01"),
        extension("E10", "M", "01-20", "03-01"),
        extension("E1", "M", "01-21", "05-01"),
    ]
    row = figures("01-20", fixed("M", "100", "01-10"), reschedules=agreed)
    assert (row["due_date"], row["contract_due"]) == (day("04-01"), day("01-10"))
    assert figures("01-21", fixed("M", "100", "01-10"), reschedules=agreed)["due_date"] == day("05-01")


def test_an_extension_of_a_pending_milestone_waits_for_its_trigger() -> None:
    agreed = [extension("E1", "M", "01-02", "04-01")]
    assert figures("01-09", fixed("M", "100", "01-10"), reschedules=agreed)["due_date"] is None
    assert figures("01-10", fixed("M", "100", "01-10"), reschedules=agreed)["due_date"] == day("04-01")


def test_a_due_date_before_the_trigger_is_taken_as_written() -> None:
    report = at("01-10", C100, [fixed("M", "100", "01-10", term="FIXED 2025-01-01")])
    assert report.milestones["M"]["days_overdue"] == 9


# ---- Status


def test_pending_rows_have_no_dates_and_settled_ones_no_days() -> None:
    pending = figures("01-09", fixed("M", "100", "01-10"))
    assert [pending[name] for name in ("due_date", "contract_due", "days_overdue", "bucket")] == [None] * 4
    assert str(pending["open"]) == "100.00"
    settled = at("02-01", C100, [fixed("M", "100", "01-10")], receipts=[receipt("R", "01-20", "100", m="M")])
    row = settled.milestones["M"]
    assert (row["status"], row["days_overdue"], row["bucket"]) == ("settled", None, None)
    assert row["due_date"] == row["contract_due"] == day("01-10")


BUCKETS = [
    ("01-09", -1, "current", "not_due"),
    ("01-10", 0, "current", "not_due"),
    ("01-11", 1, "1-30", "overdue"),
    ("02-09", 30, "1-30", "overdue"),
    ("02-10", 31, "31-60", "overdue"),
    ("03-11", 60, "31-60", "overdue"),
    ("03-12", 61, "61-90", "overdue"),
    ("04-11", 91, "91-120", "overdue"),
    ("05-10", 120, "91-120", "overdue"),
    ("05-11", 121, "120+", "overdue"),
]


@pytest.mark.parametrize(("on", "days", "bucket", "status"), BUCKETS)
def test_the_upper_edge_belongs_to_its_bucket_and_the_due_day_is_on_time(
    on: str, days: int, bucket: str, status: str
) -> None:
    report = at(on, C100, [fixed("M", "100", "01-01", term="NET 9")])
    row = report.milestones["M"]
    assert (row["days_overdue"], row["bucket"], row["status"]) == (days, bucket, status)
    assert str(report.buckets["CNY"][bucket]) == "100.00"
    assert str(report.totals["CNY"]["overdue" if days > 0 else "current"]) == "100.00"


def test_age_runs_by_item_and_the_milestone_shows_its_oldest_open_one() -> None:
    report = at(
        "03-31",
        C100,
        [fixed("M", "100", "01-01")],
        reschedules=[
            instalment("E1", "M", "01-05", "02-01", "40"),
            instalment("E2", "M", "01-05", "05-01", "60"),
        ],
    )
    assert (report.milestones["M"]["due_date"], report.milestones["M"]["days_overdue"]) == (day("02-01"), 58)
    assert {key: str(value) for key, value in report.buckets["CNY"].items() if value} == {
        "current": "60.00",
        "31-60": "40.00",
    }


def test_disputes_count_from_opened_until_the_day_before_closed() -> None:
    rows = [
        dispute("D1", "M", "02-01", amount="30", closed="02-10"),
        dispute("D2", "M", "02-05", amount="80"),
    ]
    seen = [
        str(figures(on, fixed("M", "100", "01-10"), disputes=rows)["disputed"])
        for on in ("01-31", "02-01", "02-05", "02-09", "02-10")
    ]
    assert seen == ["0.00", "30.00", "100.00", "100.00", "80.00"]


def test_an_empty_dispute_means_all_that_is_open_and_pending_rows_have_none() -> None:
    rows = [dispute("D1", "M", "01-01")]
    money = [receipt("R", "01-10", "35", m="M")]
    assert str(figures("01-09", fixed("M", "100", "01-10"), disputes=rows)["disputed"]) == "0.00"
    report = at("01-10", C100, [fixed("M", "100", "01-10")], disputes=rows, receipts=money)
    assert str(report.totals["CNY"]["disputed"]) == "65.00"


def test_totals_count_triggered_rows_and_adjusted_counts_pending_ones_too() -> None:
    report = at(
        "02-01",
        C100,
        [fixed("A", "60", "01-10"), fixed("B", "40", "03-01")],
        adjustments=[adjustment("J1", "B", "01-15", "5"), adjustment("J2", "A", "01-15", "6")],
        receipts=[receipt("R1", "01-20", "10", m="A"), receipt("R2", "01-20", "7", m="B")],
    )
    total = {name: str(value) for name, value in report.totals["CNY"].items()}
    expected = {
        "contracted": "100.00",
        "receivable": "60.00",
        "received": "17.00",
        "adjusted": "11.00",
        "open": "44.00",
        "pending": "35.00",
        "current": "0.00",
        "overdue": "44.00",
        "unapplied": "7.00",
        "disputed": "0.00",
    }
    assert total.items() >= expected.items()
    expected = {
        "amount_in_force": "100.00",
        "milestones_total": "100.00",
        "received": "10.00",
        "open": "44.00",
        "overdue": "44.00",
        "pending": "35.00",
    }
    assert {name: str(value) for name, value in report.contracts["C"].items()}.items() >= expected.items()
    assert report.customers["K"]["CNY"] == {
        "open": report.totals["CNY"]["open"],
        "overdue": report.totals["CNY"]["overdue"],
        "unapplied": report.totals["CNY"]["unapplied"],
    }


def test_amendments_of_the_trigger_day_come_first_and_plans_too() -> None:
    report = at(
        "01-10",
        C100,
        [share("M", None, 1, trigger_date="01-10")],
        amendments=[amendment("A1", "01-10", "80")],
        receipts=[receipt("R1", "01-05", "90", m="M")],
    )
    assert paid(report) == ["R1 M 01-10 80.00"]
    assert report.as_of == date(2025, 1, 10)
