"""Whom the money pays, and in which order, by hand."""

from __future__ import annotations

from tests.oracle.build import (
    Cells,
    amendment,
    at,
    cells,
    contract,
    extension,
    fixed,
    found,
    free,
    instalment,
    paid,
    receipt,
    share,
)

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]


# ---- 1: a milestone named


def test_money_for_a_triggered_milestone_pays_it_and_the_excess_stays() -> None:
    two = [fixed("A", "60", "01-01"), fixed("B", "40", "01-01")]
    report = at("02-01", C100, two, receipts=[receipt("R1", "01-10", "70", m="A")])
    assert paid(report) == ["R1 A 01-10 60.00"]
    assert free(report) == {"R1": "10.00"}
    assert found(report) == {"more than is open: R1"}


def test_money_for_a_pending_milestone_is_reserved_until_its_trigger() -> None:
    money = [receipt("R1", "01-05", "70", m="M")]
    before = at("01-09", C100, M100, receipts=money)
    assert paid(before) == []
    assert free(before) == {"R1": "70.00"}
    assert found(before) == set()
    assert paid(at("01-10", C100, M100, receipts=money)) == ["R1 M 01-10 70.00"]


def test_reserved_money_comes_first_then_the_contracts_then_the_customers() -> None:
    money = [
        receipt("R1", "01-01", "50", k="K"),
        receipt("R2", "01-02", "50", c="C"),
        receipt("R4", "01-04", "30", m="M"),
        receipt("R3", "01-04", "10", m="M"),
    ]
    report = at("01-10", C100, M100, receipts=money)
    assert paid(report) == [
        "R3 M 01-10 10.00",
        "R4 M 01-10 30.00",
        "R2 M 01-10 50.00",
        "R1 M 01-10 10.00",
    ]
    assert free(report)["R1"] == "40.00"


def test_the_excess_of_reserved_money_is_a_finding_on_the_trigger_date() -> None:
    money = [receipt("R1", "01-05", "130", m="M")]
    assert found(at("01-09", C100, M100, receipts=money)) == set()
    assert found(at("01-10", C100, M100, receipts=money)) == {"more than is open: R1"}


# ---- 2: a contract named


def test_contract_money_goes_by_due_date_then_seq_then_id() -> None:
    rows = [
        fixed("A", "20", "01-01", term="NET 40", seq=1),
        fixed("B", "20", "01-01", seq=3),
        fixed("D", "20", "01-01", seq=2),
        fixed("E", "40", "05-01", seq=1),
    ]
    report = at("02-01", C100, rows, receipts=[receipt("R1", "01-10", "70", c="C")])
    # E is pending; D (seq 2) before B (seq 3), then A due 02-10; 10 are left.
    assert paid(report) == ["R1 D 01-10 20.00", "R1 B 01-10 20.00", "R1 A 01-10 20.00"]
    assert free(report) == {"R1": "10.00"}
    assert found(report) == set()


def test_contract_money_never_pays_another_contract() -> None:
    both = [contract("C", "100"), contract("D", "100")]
    rows = [fixed("M", "100", "01-10"), fixed("N", "100", "01-01", "D")]
    report = at("02-01", both, rows, receipts=[receipt("R1", "01-20", "130", c="C", k="K")])
    assert paid(report) == ["R1 M 01-20 100.00"]


# ---- 3: a customer named, 民法典560


def claims(*contracts: Cells) -> tuple[list[Cells], list[Cells]]:
    """One milestone of 100 a contract, M1 for the first and so on, all due 01-10."""
    rows = [fixed(f"M{n}", "100", "01-10", str(row["contract_id"])) for n, row in enumerate(contracts, 1)]
    return list(contracts), rows


def order_of(on: str, *contracts: Cells) -> list[str]:
    """Which milestones a customer's 150 pay."""
    books, rows = claims(*contracts)
    report = at("12-31", books, rows, receipts=[receipt("R", on, "150", k="K")])
    return [line.split()[1] + " " + line.split()[3] for line in paid(report)]


def test_due_goes_before_not_due() -> None:
    secured = contract("C1", "100", security_amount="50")
    books, rows = claims(secured, contract("C2", "100"))
    rows[1]["term"] = "NET 30"
    money = [receipt("R", "01-10", "150", k="K")]
    # M1 is due that very day and secured; M2, unsecured, is not due: due comes first.
    assert paid(at("12-31", books, rows, receipts=money)) == ["R M1 01-10 100.00", "R M2 01-10 50.00"]
    money = [receipt("R", "02-09", "150", k="K")]
    assert paid(at("12-31", books, rows, receipts=money)) == ["R M2 02-09 100.00", "R M1 02-09 50.00"]


def test_least_security_goes_first_and_unknown_is_none() -> None:
    first, second = contract("C1", "100", security_amount="50"), contract("C2", "100", security_amount="10")
    assert order_of("01-20", first, second) == ["M2 100.00", "M1 50.00"]
    assert order_of("01-20", first, contract("C2", "100")) == ["M2 100.00", "M1 50.00"]


def test_the_heaviest_burden_goes_before_the_earliest_due() -> None:
    books, rows = claims(contract("C1", "100"), contract("C2", "100", late_rate_daily="0.0005"))
    rows[0]["trigger_date"] = cells(trigger_date="01-05")["trigger_date"]
    money = [receipt("R", "01-20", "150", k="K")]
    assert paid(at("12-31", books, rows, receipts=money)) == ["R M2 01-20 100.00", "R M1 01-20 50.00"]
    books[1]["late_rate_daily"] = None
    assert paid(at("12-31", books, rows, receipts=money)) == ["R M1 01-20 100.00", "R M2 01-20 50.00"]


def test_equal_claims_share_pro_rata_by_largest_remainder() -> None:
    # 100.00 over three of 100: 33.33 each, the last cent to the smallest id by code point, M1.
    books, rows = claims(contract("C1", "100"), contract("C2", "100"), contract("C3", "100"))
    money = [receipt("R", "01-20", "100", k="K")]
    assert paid(at("12-31", books, rows, receipts=money)) == [
        "R M1 01-20 33.34",
        "R M2 01-20 33.33",
        "R M3 01-20 33.33",
    ]


def test_the_larger_remainder_gets_the_cent() -> None:
    # 0.10 over 100 and 200: 3.33 and 6.67 cents, so 0.03 and 0.07.
    books, rows = claims(contract("C1", "100"), contract("C2", "200"))
    rows[1]["amount_fixed"] *= 2
    money = [receipt("R", "01-20", "0.10", k="K")]
    assert paid(at("12-31", books, rows, receipts=money)) == ["R M1 01-20 0.03", "R M2 01-20 0.07"]


def test_customer_money_pays_its_own_currency_only() -> None:
    dollars = [contract("C1", "100", currency="USD"), contract("C2", "100")]
    rows = [fixed("M1", "100", "01-01", "C1"), fixed("M2", "100", "01-10", "C2")]
    report = at("12-31", dollars, rows, receipts=[receipt("R1", "01-20", "150", k="K")])
    assert paid(report) == ["R1 M2 01-20 100.00"]
    assert str(report.totals["CNY"]["unapplied"]) == "50.00"
    report = at("12-31", dollars, rows, receipts=[receipt("R1", "01-20", "150", k="K", currency="USD")])
    assert paid(report) == ["R1 M1 01-20 100.00"]
    assert str(report.totals["USD"]["unapplied"]) == "50.00"


def test_waiting_customer_money_ranks_the_days_triggers_as_at_that_day() -> None:
    # Both trigger on 01-10; M2 is due at once, M1 (heavier burden) only on 02-09.
    books, rows = claims(contract("C1", "100", late_rate_daily="0.001"), contract("C2", "100"))
    rows[0]["term"] = "NET 30"
    report = at("01-10", books, rows, receipts=[receipt("R1", "01-02", "150", k="K")])
    assert paid(report) == ["R1 M2 01-10 100.00", "R1 M1 01-10 50.00"]


def test_waiting_money_goes_only_to_milestones_triggered_that_day() -> None:
    # The refund of 01-08 re-opens A; the trigger of B then wakes the contract's money for B alone.
    two = [fixed("A", "60", "01-01"), fixed("B", "40", "01-10")]
    money = [
        receipt("R1", "01-05", "60", m="A"),
        receipt("R2", "01-06", "50", c="C"),
        receipt("R3", "01-08", "-60", m="A"),
    ]
    report = at("02-01", C100, two, receipts=money)
    assert paid(report) == ["R1 A 01-05 60.00", "R3 A 01-08 -60.00", "R2 B 01-10 40.00"]
    assert free(report) == {"R1": "0.00", "R2": "10.00", "R3": "0.00"}


def test_an_amendment_wakes_nothing() -> None:
    rows = [share("A", "1") | cells(trigger_date="01-01")]
    money = [receipt("R1", "01-06", "10", k="K")]
    change = [amendment("A1", "01-05", "0"), amendment("A2", "01-10", "100")]
    report = at("02-01", C100, rows, receipts=money, amendments=change)
    assert paid(report) == []
    assert free(report) == {"R1": "10.00"}


# ---- 4 and the ids


def test_money_that_names_nobody_is_unapplied_and_a_finding() -> None:
    report = at("02-01", C100, M100, receipts=[receipt("R1", "01-20", "10", payer="K")])
    assert free(report) == {"R1": "10.00"}
    assert found(report) == {"nobody named: R1"}


def test_where_ids_conflict_the_milestone_decides_then_the_contract() -> None:
    both = [contract("C", "100"), contract("D", "100", "L")]
    rows = [fixed("M", "100", "01-10"), fixed("N", "100", "01-01", "D")]
    money = [receipt("R1", "01-20", "10", m="M", c="D", k="L"), receipt("R2", "01-20", "20", c="D", k="K")]
    report = at("02-01", both, rows, receipts=money)
    assert paid(report) == ["R1 M 01-20 10.00", "R2 N 01-20 20.00"]
    assert found(report) == {"ids conflict: R1", "ids conflict: R2"}


def test_an_unknown_id_leaves_the_money_unapplied_without_fall_back() -> None:
    money = [
        receipt("R1", "01-20", "10", m="X", c="C", k="K"),
        receipt("R2", "01-20", "10", c="X", k="K"),
        receipt("R3", "01-20", "10", k="X"),
    ]
    report = at("02-01", C100, M100, receipts=money)
    assert paid(report) == []
    assert found(report) == {"unknown id: R1", "unknown id: R2", "unknown id: R3"}


def test_another_currency_than_the_contracts_stays_unapplied() -> None:
    dollars = [contract("C", "100", currency="USD")]
    money = [receipt("R1", "01-20", "10", m="M", currency="CNY"), receipt("R2", "01-20", "20", m="M")]
    report = at("02-01", dollars, M100, receipts=money)
    assert paid(report) == ["R2 M 01-20 20.00"]
    assert found(report) == {"other currency: R1"}
    assert str(report.totals["CNY"]["unapplied"]) == "10.00"


# ---- Corners 15 and 17


def test_corner_15_the_day_of_expiry_is_still_secured() -> None:
    first = contract("C1", "100", security_amount="50", security_expires="01-20")
    second = contract("C2", "100", security_amount="10")
    assert order_of("01-20", first, second) == ["M2 100.00", "M1 50.00"]
    assert order_of("01-21", first, second) == ["M1 100.00", "M2 50.00"]


def test_corner_17_within_a_milestone_the_remainder_goes_first_then_the_id() -> None:
    plan = [
        instalment("E9", "M", "01-10", "02-01", "30", "P"),
        instalment("E10", "M", "01-10", "02-01", "30", "P"),
    ]
    rows = [fixed("M", "100", "01-10", term="NET 22")]
    report = at("02-01", C100, rows, reschedules=plan, receipts=[receipt("R1", "01-20", "80", m="M")])
    assert paid(report) == ["R1 M 01-20 40.00", "R1 M/E10 01-20 30.00", "R1 M/E9 01-20 10.00"]


def test_corner_17_under_560_the_items_of_one_milestone_count_as_one() -> None:
    # M1 (100 in two items due the same day) and M2 (100) share 50 in halves; M1's remainder comes first.
    books, rows = claims(contract("C1", "100"), contract("C2", "100"))
    plan = [instalment("E1", "M1", "01-10", "01-10", "80", "P")]
    report = at("02-01", books, rows, reschedules=plan, receipts=[receipt("R1", "01-20", "50", k="K")])
    assert paid(report) == ["R1 M1 01-20 20.00", "R1 M1/E1 01-20 5.00", "R1 M2 01-20 25.00"]


def test_an_instalment_ranks_with_its_own_due_date() -> None:
    # By 01-20 the remainder of A (due 01-10) and B (due 01-12) are due, A's instalment (02-10) is not.
    two = [fixed("A", "60", "01-10"), fixed("B", "40", "01-12")]
    plan = [instalment("E1", "A", "01-11", "02-10", "50")]
    report = at("02-01", C100, two, reschedules=plan, receipts=[receipt("R1", "01-20", "70", c="C")])
    assert paid(report) == ["R1 A 01-20 10.00", "R1 B 01-20 40.00", "R1 A/E1 01-20 20.00"]


def test_an_extension_wakes_nothing() -> None:
    money = [receipt("R1", "01-05", "50", m="M")]
    agreed = [extension("E1", "M", "01-08", "03-01")]
    assert paid(at("01-09", C100, M100, receipts=money, reschedules=agreed)) == []
