"""The aging table: by customer, contract and manager, and what stands where nobody is named."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from tests.oracle.build import contract, dispute, fixed, instalment, receipt
from tests.rules.figures import LATE, Look

TWO = [
    contract("C", "100", manager="Li", project="Bridge"),
    contract("D", "60", customer="L", manager="Wang", project="Tunnel"),
]
ROWS = [
    fixed("M1", "40", "01-10"),
    fixed("M2", "60"),
    fixed("N1", "60", "03-01", contract="D", term="NET 30"),
]


def look(on: str, **tables: Any) -> Look:
    return Look(on, TWO, ROWS, **tables)


def test_what_is_open_stands_in_its_bucket_and_pending_rows_beside_it() -> None:
    row = look("02-09").aging("contract", "C")  # 30 days after 01-10
    assert {key: row[key] for key in ("current", *LATE)} == {
        "current": "0.00",
        "b1": "40.00",
        "b2": "0.00",
        "b3": "0.00",
        "b4": "0.00",
        "b5": "0.00",
    }
    assert (row["pending"], row["open"], row["net"]) == ("60.00", "40.00", "40.00")
    assert look("02-10").aging("contract", "C")["b2"] == "40.00"
    assert look("05-10").aging("contract", "C")["b4"] == "40.00"
    assert look("05-11").aging("contract", "C")["b5"] == "40.00"


def test_the_groups_bear_the_names_of_customer_project_and_manager() -> None:
    names = {(row["group_kind"], row["group_id"]): row["group_name"] for row in look("03-31").rows("aging")}
    assert names == {
        ("customer", "K"): "Firm K",
        ("customer", "L"): "Firm L",
        ("contract", "C"): "Bridge",
        ("contract", "D"): "Tunnel",
        ("manager", "Li"): "Li",
        ("manager", "Wang"): "Wang",
    }


def test_overpaid_money_has_its_own_column_and_nets_into_no_bucket() -> None:
    seen = look("02-09", receipts=[receipt("R", "02-01", "55", m="M1")])
    row = seen.aging("customer", "K")
    assert (row["open"], row["unapplied"], row["net"]) == ("0.00", "15.00", "-15.00")
    assert row["oldest_due"] is None


def test_money_without_contract_or_manager_stands_on_a_row_without_an_id() -> None:
    seen = look("02-09", receipts=[receipt("R", "01-05", "25", k="L")])
    assert seen.aging("customer", "L")["unapplied"] == "25.00"
    assert seen.aging("contract", "")["unapplied"] == "25.00"
    assert seen.aging("manager", "")["unapplied"] == "25.00"
    assert seen.aging("contract", "D")["unapplied"] == "0.00"


def test_money_that_names_nobody_stands_without_an_id_in_every_group() -> None:
    seen = look("02-09", receipts=[receipt("R", "01-05", "25")])
    assert [seen.aging(kind, "")["unapplied"] for kind in ("customer", "contract", "manager")] == [
        "25.00"
    ] * 3


def test_every_way_of_grouping_has_the_same_sums() -> None:
    money = [
        receipt("R1", "01-15", "25", k="K"),
        receipt("R2", "03-05", "70", c="D"),
        receipt("R3", "03-05", "5"),
    ]
    rows = look("03-31", receipts=money).rows("aging")
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        for key in ("pending", "current", *LATE, "open", "unapplied", "net"):
            sums.setdefault(key, Counter())[row["group_kind"]] += Decimal(row[key])  # type: ignore[assignment]  # Counter is typed for int
    for key, by_kind in sums.items():
        assert len(set(by_kind.values())) == 1 and len(by_kind) == 3, key
    assert sums["unapplied"]["customer"] == Decimal("15.00")


def test_instalments_age_each_by_its_own_due_date() -> None:
    plan = [instalment("E1", "M1", "01-15", "02-01", "10"), instalment("E2", "M1", "01-15", "06-01", "20")]
    row = look("03-31", reschedules=plan).aging("contract", "C")
    # the remainder of 10 is due 01-10 (80 days), E1 since 58 days, E2 not yet
    assert (row["current"], row["b2"], row["b3"]) == ("20.00", "10.00", "10.00")
    assert f"{row['oldest_due']:%m-%d}" == "01-10"


def test_disputed_amounts_stay_in() -> None:
    assert look("02-09", disputes=[dispute("D1", "M1", "01-20")]).aging("contract", "C")["b1"] == "40.00"


def test_groups_without_any_figure_are_left_out() -> None:
    paid = [receipt("R", "03-15", "60", m="N1")]
    rows = look("03-31", receipts=paid).rows("aging")
    assert {row["group_id"] for row in rows} == {"K", "C", "Li"}


def test_currencies_never_share_a_row() -> None:
    dollars = [contract("C", "100"), contract("U", "70", currency="USD")]
    rows = [fixed("M", "100", "01-10"), fixed("V", "70", "01-10", contract="U")]
    seen = Look("01-31", dollars, rows)
    assert seen.aging("customer", "K")["open"] == "100.00"
    assert seen.aging("customer", "K", "USD")["open"] == "70.00"
