"""The computed columns of a customer's credit file, by hand, from small ledgers.

The customer is K with one contract C; amounts are CNY, days of 2025 unless a year stands.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from random import Random
from typing import Any

import pandas as pd
import pytest

from addin.model.ledger import build_ledger, typed_computed
from addin.model.text import Language
from addin.rules import summaries
from addin.rules.book import replay_book
from addin.rules.credit_file import credit_file, customers, scores_out_of_range
from addin.rules.policy import defaults
from tests.oracle.build import Cells, contract, day, extension, fixed, receipt
from tests.oracle.random_credit import with_credit
from tests.oracle.random_ledgers import random_tables
from tests.rules.engine import FIRST_ROW, raw_book
from tests.rules.side_by_side import DAYS

Row = dict[str, Any]
LATE_15 = {
    "milestones": [fixed("M", "1000", "01-10")],
    "receipts": [receipt("R", "01-25", "1000", m="M", method="transfer")],
}


def customer(**more: Any) -> Cells:
    return {"customer_id": "K", "name": "K", **more}


def row(
    on: str,
    last: tuple[str, str] | None = None,
    broken: int = 0,
    language: Language = "en",
    **tables: Any,
) -> Row:
    """The file of K; ``last`` is the grade on record and its day."""
    rows = {"customers": [customer()], "contracts": [contract("C", "1000")], **tables}
    ledger, _ = build_ledger(raw_book(rows), "CNY")
    book = replay_book(ledger, defaults(), day(on))
    recorded = {} if last is None else {"K": (day(last[1]), last[0])}
    found = credit_file(book, summaries.customers(book), recorded, {"K": broken}, language)
    return {key: plain(value) for key, value in found.iloc[0].items()}


def plain(value: Any) -> Any:
    if value is pd.NaT or value is pd.NA or value is None:
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


# --- PAYDEX and delay ----------------------------------------------------------------------------------------


def test_a_settled_item_counts_the_day_on_which_nothing_was_left() -> None:
    money = [receipt("R1", "01-10", "900", m="M"), receipt("R2", "01-25", "100", m="M")]
    found = row("12-31", **{**LATE_15, "receipts": money})
    assert (found["paydex"], found["usual_delay"]) == (70, 15)


def test_an_open_item_counts_only_once_it_is_overdue() -> None:
    unpaid = {"milestones": [fixed("M", "1000", "01-10")]}
    assert row("01-10", **unpaid)["paydex"] is None
    assert row("01-11", **unpaid)["paydex"] == 80  # 79 1/3
    assert row("02-09", **unpaid)["paydex"] == 50  # 30 days
    assert row("02-09", **unpaid)["usual_delay"] is None  # nothing settled


def test_settled_and_overdue_are_weighed_by_amount() -> None:
    rows = [fixed("M1", "900", "01-10"), fixed("M2", "100", "03-03")]
    money = [receipt("R", "01-10", "900", m="M1")]
    # 900 on time: 80; 100 open for 60 days: 40
    assert row("05-02", milestones=rows, receipts=money)["paydex"] == 76


def test_what_is_open_of_a_part_paid_item_counts() -> None:
    rows = [fixed("M1", "500", "01-10"), fixed("M2", "500", "03-03")]
    money = [receipt("R1", "01-10", "500", m="M1"), receipt("R2", "03-03", "250", m="M2")]
    # 500 at 80 and the 250 that are left at 40: 66 2/3
    assert row("05-02", milestones=rows, receipts=money)["paydex"] == 67


def test_an_extension_moves_the_day_that_counts() -> None:
    moved = {"reschedules": [extension("X", "M", "01-05", "01-25")]}
    found = row("12-31", **LATE_15, **moved)
    assert (found["paydex"], found["usual_delay"]) == (80, 0)


def test_what_was_written_off_was_not_paid() -> None:
    gone = [{"adjustment_id": "A", "date": day("01-10"), "milestone_id": "M", "kind": "write_off",
             "amount": Decimal(1000), "approved_by": "CFO"}]  # fmt: skip
    found = row("12-31", milestones=LATE_15["milestones"], adjustments=gone)
    assert (found["paydex"], found["grade"]) == (None, "")


def test_early_money_makes_the_delay_negative() -> None:
    # paid on the trigger day, ten days before it is due
    rows = [fixed("M", "1000", "01-10", term="NET 10")]
    found = row("12-31", milestones=rows, receipts=[receipt("R", "01-10", "1000", m="M")])
    assert (found["usual_delay"], found["paydex"]) == (-10, 85)


def test_a_missing_rate_makes_it_unknown() -> None:
    dollars = {"contracts": [contract("C", "1000", currency="USD")], **LATE_15}
    dollars["receipts"] = [receipt("R", "01-25", "1000", m="M", currency="USD")]
    found = row("12-31", **dollars)
    assert (found["paydex"], found["usual_delay"], found["grade"]) == (None, None, "")
    rate = [{"date": day("01-01"), "currency": "USD", "rate": Decimal("7.1")}]
    assert row("12-31", **dollars, fx_rates=rate)["paydex"] == 70


# --- score and grade -----------------------------------------------------------------------------------------


def test_the_score_of_all_parts() -> None:
    scores = customer(cooperation_score=90, reputation_score=60, financial_score=80)
    found = row("12-31", **LATE_15, customers=[scores])
    # 0.45 × 70 + 0.20 × 90 + 0.15 × 60 + 0.20 × 80 = 31.5 + 18 + 9 + 16
    assert (found["score"], found["grade"]) == (Decimal("74.50"), "A")


def test_only_what_is_known_weighs() -> None:
    found = row("12-31", **LATE_15)
    assert (found["score"], found["grade"]) == (Decimal("70.00"), "BBB")
    found = row("12-31", **LATE_15, customers=[customer(cooperation_score=90, financial_score=101)])
    # (45 × 70 + 20 × 90) ÷ 65; a score above 100 is none
    assert found["score"] == Decimal("76.15")


def test_a_score_out_of_range_is_told() -> None:
    given = customer(cooperation_score=100, reputation_score=Decimal("100.1"), financial_score=0)
    ledger, _ = build_ledger(raw_book({"customers": [given]}), "CNY")
    found = list(scores_out_of_range(replay_book(ledger, defaults(), day("12-31"))))
    assert [(each.row, each.column) for each in found] == [(FIRST_ROW, "reputation_score")]


def test_nothing_known_has_no_grade() -> None:
    found = row("12-31")
    assert (found["score"], found["grade"], found["suggested_terms"]) == (None, "", "")


def test_without_payments_at_most_a() -> None:
    best = customer(cooperation_score=100, reputation_score=100, financial_score=100)
    found = row("12-31", customers=[best])
    assert (found["score"], found["grade"]) == (Decimal("100.00"), "A")


@pytest.mark.parametrize(("on", "grade"), [("05-10", "BB"), ("05-11", "C")])
def test_more_than_120_days_overdue_is_c(on: str, grade: str) -> None:
    best = customer(cooperation_score=100, reputation_score=100, financial_score=100)
    # due on 10 January: 120 days on 10 May; PAYDEX 20 caps at BB until then
    assert row(on, customers=[best], milestones=LATE_15["milestones"])["grade"] == grade


@pytest.mark.parametrize(("broken", "grade"), [(1, "BBB"), (2, "C")])
def test_two_broken_promises_are_c(broken: int, grade: str) -> None:
    assert row("12-31", broken=broken, **LATE_15)["grade"] == grade


def test_a_contract_in_court_is_c() -> None:
    assert row("12-31", **LATE_15, contracts=[contract("C", "1000", status="legal")])["grade"] == "C"


@pytest.mark.parametrize(
    ("last", "grade"),
    [
        (None, "BBB"),
        (("C", "09-30"), "B"),  # up by one, in a later quarter
        (("C", "10-01"), "C"),
        (("BB", "09-30"), "BBB"),
        (("AAA", "12-31"), "BBB"),  # down at once
        (("", "09-30"), "BBB"),  # withdrawn
    ],
)
def test_the_grade_moves_from_the_one_on_record(last: tuple[str, str] | None, grade: str) -> None:
    assert row("12-31", last, **LATE_15)["grade"] == grade


# --- limit, exposure, terms ----------------------------------------------------------------------------------


def test_the_limit_is_the_lowest_of_the_grade() -> None:
    best = customer(
        cooperation_score=100,
        reputation_score=100,
        financial_score=100,
        avg_monthly_sales=Decimal(500),
        credit_months=2,
    )
    on_time = {**LATE_15, "receipts": [receipt("R", "01-10", "1000", m="M")]}
    found = row("12-31", **on_time, customers=[best])
    # PAYDEX 80 and the rest 100: 91, AAA; 150 % of 1,000.00
    assert (found["grade"], found["credit_limit"], found["exposure"], found["available"]) == (
        "AAA",
        150000,
        0,
        150000,
    )
    assert row("12-31", **on_time)["credit_limit"] is None


def test_exposure_is_open_and_accepted_less_unapplied() -> None:
    rows = [fixed("M1", "600", "01-10"), fixed("M2", "300"), fixed("M3", "100")]
    money = [receipt("R", "01-25", "50", k="Q"), receipt("S", "01-09", "20", k="K")]
    tables = {"contracts": [contract("C", "1000")], "milestones": rows, "receipts": money}
    assert row("12-31", **tables)["exposure"] == 60000 - 2000
    rows[1]["accepted_by"] = "Li"
    assert row("12-31", **tables)["exposure"] == 60000 + 30000 - 2000
    bill = [
        {"invoice_no": "I", "contract_id": "C", "milestone_id": "M2", "issued": day("02-01"), "amount": 300}
    ]
    assert row("01-31", **tables, invoices=bill)["exposure"] == 60000 + 30000 - 2000
    assert row("02-01", **tables, invoices=bill)["exposure"] == 60000 - 2000


@pytest.mark.parametrize(("on", "exposure"), [("06-29", 60000), ("06-30", 100000)])
def test_a_completed_contract_is_accepted_work(on: str, exposure: int) -> None:
    rows = [fixed("M1", "600", "01-10"), fixed("M2", "400")]
    done = [contract("C", "1000", completed="06-30")]
    assert row(on, contracts=done, milestones=rows)["exposure"] == exposure


def test_terms_in_the_language_of_the_book() -> None:
    assert row("12-31", **LATE_15)["suggested_terms"] == "30/50/20 net 30"
    assert row("12-31", language="zh", **LATE_15)["suggested_terms"] == "30/50/20，净30天"


# --- habits and contacts -------------------------------------------------------------------------------------


def test_the_usual_method_is_that_of_most_money() -> None:
    money = [
        receipt("R1", "01-25", "300", c="C", method="cash"),
        receipt("R2", "01-26", "300", c="C", method="cash"),
        receipt("R3", "01-27", "400", c="C", method="transfer"),
        receipt("R4", "01-28", "-500", c="C", method="bank_draft"),
    ]
    assert row("12-31", milestones=LATE_15["milestones"], receipts=money)["usual_method"] == "cash"
    assert row("12-31")["usual_method"] == ""


def test_without_a_rate_of_some_money_the_usual_method_is_unknown() -> None:
    money = [
        receipt("R1", "01-25", "300", c="C", method="cash"),
        receipt("R2", "01-26", "100", k="K", currency="USD", method="transfer"),
        receipt("R3", "01-27", "1", k="Q", method="cash"),
    ]
    tables = {"milestones": LATE_15["milestones"], "receipts": money}
    assert row("12-31", **tables)["usual_method"] == ""
    assert row("01-25", **tables)["usual_method"] == "cash"  # the dollars have not come yet
    rate = [{"date": day("01-01"), "currency": "USD", "rate": Decimal("7.1")}]
    assert row("12-31", **tables, fx_rates=rate)["usual_method"] == "transfer"
    # money that does not count needs no rate: a refund, or without a method
    money[1] = receipt("R2", "01-26", "100", k="K", currency="USD")
    money.append(receipt("R4", "01-28", "-100", k="K", currency="USD", method="transfer"))
    assert row("12-31", **tables)["usual_method"] == "cash"


def test_the_latest_contact_names_the_next() -> None:
    contacts = [
        {"contact_id": "1", "date": day("03-01"), "customer_id": "K", "next_date": day("03-08")},
        {"contact_id": "2", "date": day("04-01"), "customer_id": "K"},
        {"contact_id": "3", "date": day("04-02"), "customer_id": "Q"},
    ]

    def seen(on: str) -> tuple[date | None, date | None]:
        found = row(on, contacts=contacts)
        return found["last_contact"], found["next_contact"]

    assert seen("02-28") == (None, None)
    assert seen("03-01") == (day("03-01"), day("03-08"))
    assert seen("04-01") == (day("04-01"), day("05-01"))  # nothing planned: contact_cadence_days, 30, later


def test_of_contacts_of_one_day_the_earliest_next_day_counts() -> None:
    on = day("04-01")
    rows = [
        {"contact_id": "", "date": on, "customer_id": "K", "next_date": day("04-20")},
        {"contact_id": "9", "date": on, "customer_id": "K", "next_date": day("04-08")},
        {"contact_id": "10", "date": on, "customer_id": "K"},
        {"contact_id": "8", "date": day("03-31"), "customer_id": "K", "next_date": day("04-02")},
    ]
    for shuffled in permutations(rows):
        found = row("12-31", contacts=list(shuffled))
        assert (found["last_contact"], found["next_contact"]) == (on, day("04-08"))


# --- order of the sheet --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_rows_changes_no_figure(seed: int) -> None:
    """The history stays in its order: it is appended to. Customers are told apart by their id."""
    tables = with_credit(random_tables(seed)[0], seed)
    tables["contacts"] = [{**row, "contact_id": None} for row in tables["contacts"]]
    random, answers = Random(seed), []
    for _ in range(3):
        ledger, _ = build_ledger(raw_book(tables), "CNY")
        book = replay_book(ledger, defaults(), DAYS[-1])
        found = customers(book, typed_computed(raw_book(tables), "history"), "en")
        answers.append(found.set_index(ledger["customers"]["customer_id"]).sort_index())
        tables = {
            key: rows if key == "history" else random.sample(rows, len(rows)) for key, rows in tables.items()
        }
    assert len(answers[0]) >= 2
    for answer in answers[1:]:
        pd.testing.assert_frame_equal(answers[0], answer)
