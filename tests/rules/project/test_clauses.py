"""The clause check: each clause on its own, the 3 % of construction to the cent, who is looked into."""

from __future__ import annotations

from decimal import Decimal

import pytest

from addin.rules.project.clauses import CLAUSES
from addin.rules.project.few import LISTED
from tests.oracle.build import contract, fixed, receipt, share
from tests.rules.books import customer
from tests.rules.project.told import agreed, codes, only, told

FINAL = fixed("M", "1000", category="final", trigger="acceptance", term="NET 30")


def test_a_complete_contract_is_not_mentioned() -> None:
    assert told("02-01") == []


@pytest.mark.parametrize(
    ("gone", "clause"),
    [
        ("payment_method", "method"),
        ("inspection_days", "inspection"),
        ("late_rate_daily", "penalty"),
        ("forum", "forum"),
    ],
)
def test_each_missing_clause_is_named_with_what_holds_instead(gone: str, clause: str) -> None:
    found = only(told("02-01", [agreed(**{gone: None})]))
    assert (found.code, found.severity, found.table, found.row) == ("clauses_missing", "info", "contracts", 6)
    assert found.column == CLAUSES[clause].column
    for words in (CLAUSES[clause].name, CLAUSES[clause].otherwise):
        assert words.en in found.message.en
        assert words.zh in found.message.zh


@pytest.mark.parametrize(
    ("gone", "clause"),
    [
        ("payment_clause", "payment_date_of_works"),
        ("inspection_days", "inspection_of_works"),
        ("forum", "forum_of_works"),
    ],
)
def test_of_works_their_own_rules_are_named(gone: str, clause: str) -> None:
    undated = {**FINAL, "term": None}
    found = only(told("02-01", [agreed(kind="construction", **{gone: None})], [undated]))
    words = CLAUSES[clause].otherwise
    assert f"({words.en})" in found.message.en and f"（{words.zh}）" in found.message.zh
    assert "Civil Code" not in found.message.en and "民法典" not in found.message.zh


def test_several_gaps_are_one_line() -> None:
    found = only(told("02-01", [agreed(payment_method=None, forum=None)]))
    assert all(CLAUSES[key].name.en in found.message.en for key in ("method", "forum"))
    assert CLAUSES["penalty"].name.en not in found.message.en


def test_payment_date_and_final_condition_are_looked_for_in_clause_and_milestones() -> None:
    silent = [agreed(payment_clause=None)]
    assert told("02-01", silent, [FINAL]) == []
    assert "payment date" in only(told("02-01", silent, [{**FINAL, "term": None}])).message.en
    assert (
        "condition of the final payment"
        in only(told("02-01", silent, [{**FINAL, "trigger": None}])).message.en
    )
    assert told("02-01", milestones=[{**FINAL, "term": None, "trigger": None}]) == []  # the clause says it
    fixed_day = fixed("M", "1000", "06-30", trigger="fixed_date")
    assert told("02-01", silent, [fixed_day]) == []


def test_inspection_days_are_wanted_of_goods_and_of_services_that_are_accepted() -> None:
    service = [agreed(kind="service", inspection_days=None)]
    assert told("02-01", service) == []
    assert "inspection days" in only(told("02-01", service, [FINAL])).message.en
    assert told("02-01", [agreed(inspection_days=0)]) == []  # at once is a period


def test_before_signing_the_cure_is_the_contract_afterwards_a_supplement() -> None:
    before, after = (only(told(on, [agreed(forum=None)])).cure.en for on in ("01-01", "01-02"))
    assert before.startswith("Put it into the contract before signing")
    assert after.startswith("Agree it in a supplement")
    assert only(told("02-01", [agreed(forum=None, signed=None)])).cure.en == before


def test_what_the_statute_gives_is_named_where_it_binds_the_buyer() -> None:
    buyer = [customer(kind="large_enterprise", service_address="1 Quay Street")]
    silent = [agreed(late_rate_daily=None)]
    assert "Regulation 17" in only(told("02-01", silent, customers=buyer)).message.en
    assert "584" in only(told("02-01", silent, customers=buyer, settings={"our_size": "large"})).message.en


def test_who_is_looked_into() -> None:
    assert told("02-01", [contract("C", "1000", signed="01-02")]) == []  # an amount taken over
    gaps = {"forum": None}
    assert codes(told("02-01", [agreed(**gaps, status="active")])) == ["clauses_missing"]
    assert told("02-01", [agreed(**gaps, status="closed")]) == []
    assert "clauses_missing" not in codes(told("02-01", [agreed(**gaps, status="legal")]))
    paid = [receipt("R", "01-15", "1000", m="M")]
    assert told("02-01", [agreed(**gaps)], receipts=paid) == []


def test_pay_when_paid_is_told_and_against_a_small_firm_it_does_not_count() -> None:
    chained = [agreed(back_to_back=True)]
    found = only(told("02-01", chained))
    assert (found.code, found.severity, found.column) == ("back_to_back", "warning", "back_to_back")
    assert "last day" in found.cure.en
    large = [customer(kind="large_enterprise", service_address="1 Quay Street")]
    assert "wait for a third party" in only(told("02-01", chained, customers=large)).cure.en
    public = [customer(kind="public_body", service_address="1 Quay Street")]
    assert "60 at most" in only(told("02-01", chained, customers=public)).cure.en
    assert (
        "last day" in only(told("02-01", chained, customers=public, settings={"our_size": "large"})).cure.en
    )
    assert told("02-01", [agreed(back_to_back=False)]) == []


@pytest.mark.parametrize(
    ("kept", "high"), [("30000", False), ("30000.01", True), ("29999.99", False), ("0", False)]
)
def test_three_per_cent_of_construction_to_the_cent(kept: str, high: bool) -> None:
    rest = str(1_000_000 - Decimal(kept))
    rows = [
        fixed("M1", rest, trigger="delivery", term="NET 30"),
        fixed("M2", kept, category="retention", trigger="warranty_end", term="NET 30"),
    ]
    building = [agreed(amount="1000000", kind="construction")]
    assert codes(told("02-01", building, rows)) == (["retention_high"] if high else [])
    assert told("02-01", [agreed(amount="1000000")], rows) == []  # goods may agree what they like


def test_the_base_is_the_settled_price() -> None:
    rows = [share("M1", None, trigger="delivery", term="NET 30"),
            fixed("M2", "30000", category="retention", trigger="warranty_end", term="NET 30")]  # fmt: skip
    settled = agreed(amount="1000000", kind="construction", settled_on="01-20", settlement_total="999999")
    assert codes(told("01-19", [settled], rows)) == []
    assert codes(told("01-20", [settled], rows)) == ["retention_high"]


def test_a_rate_above_three_per_cent_is_enough_and_a_rounded_cent_is_none() -> None:
    assert codes(told("02-01", [agreed(kind="construction", retention_rate=Decimal("0.05"))])) == [
        "retention_high"
    ]
    assert told("02-01", [agreed(kind="construction", retention_rate=Decimal("0.03"))]) == []
    odd = [share("M1", None, trigger="delivery", term="NET 30"),
           share("M2", "0.03", category="retention", trigger="warranty_end", term="NET 30")]  # fmt: skip
    assert told("02-01", [agreed(amount="100.17", kind="construction")], odd) == []  # 3.0051 becomes 3.01


def test_a_customer_without_address_for_service_is_one_line_whatever_it_buys() -> None:
    found = only(told("02-01", [agreed("C"), agreed("D")], customers=[customer()],
                      milestones=[fixed("M", "1000", trigger="delivery", term="NET 30"),
                                  fixed("N", "1000", contract="D", trigger="delivery", term="NET 30")]))  # fmt: skip
    assert (found.code, found.table, found.column) == (
        "service_address_missing",
        "customers",
        "service_address",
    )


def test_hundreds_of_the_same_kind_do_not_flood_the_checks() -> None:
    many = [agreed(f"C{number}", forum=None) for number in range(LISTED + 7)]
    rows = [fixed(f"M{number}", "1000", contract=f"C{number}", trigger="delivery", term="NET 30")
            for number in range(LISTED + 7)]  # fmt: skip
    found = told("02-01", many, rows)
    assert codes(found) == ["clauses_missing"] * (LISTED + 1)
    assert [each.row for each in found] == [*range(6, 6 + LISTED), None]
    assert found[-1].message.en == "7 more rows of the same kind: C20, C21, C22, C23, C24 …"
    assert len(told("02-01", many[:LISTED], rows[:LISTED])) == LISTED
