"""What published systems get wrong (RULES 14), with the figures of each case and our answer."""

from __future__ import annotations

import pytest

from addin.model.days import add_months
from tests.oracle.build import Cells, contract, day, extension, fixed, instalment, receipt, share
from tests.rules.figures import LATE, Look

BUCKETS = ("current", *LATE)


def aged(seen: Look) -> list[str]:
    row = seen.aging("customer", "K")
    return [row[key] for key in BUCKETS]


def test_1_before_the_first_payment_every_stage_is_open_in_full() -> None:
    """Elsewhere 0/700/300: today's paid amount taken off the first stages of an earlier date."""
    stages = [fixed(id, amount, "01-01") for id, amount in (("A", "300"), ("B", "400"), ("D", "300"))]
    money = [receipt("R1", "03-01", "700", c="C")]

    def opens(on: str) -> list[str]:
        seen = Look(on, [contract("C", "1000")], stages, receipts=money)
        return [seen.milestone(id)["open"] for id in "ABD"]

    assert opens("02-28") == ["300.00", "400.00", "300.00"]
    assert opens("03-01") == ["0.00", "0.00", "300.00"]


def test_2_one_as_of_date_everywhere_an_item_due_in_24_days_is_not_overdue() -> None:
    seen = Look("01-07", [contract("C", "100")], [fixed("M", "100", "01-01", term="NET 30")])
    row = seen.milestone("M")
    assert (row["days_overdue"], row["bucket"], row["status"]) == (-24, "current", "not_due")
    assert aged(seen) == ["100.00", *["0.00"] * 5]
    assert seen.totals()["overdue"] == "0.00"


@pytest.mark.parametrize("years", [1, 3, 10, 40])
def test_3_the_last_bucket_never_ends(years: int) -> None:
    later = add_months(day("01-01"), 12 * years).isoformat()
    seen = Look(later, [contract("C", "100")], [fixed("M", "100", "01-01")])
    assert aged(seen) == [*["0.00"] * 5, "100.00"]
    assert seen.aging("customer", "K")["open"] == "100.00"


@pytest.mark.parametrize(
    ("on", "place"),
    [("01-02", 0), ("01-30", 0), ("01-31", 0), ("02-01", 1), ("03-02", 1), ("03-03", 2)],
)
def test_4_days_are_never_divided_29_days_before_due_is_current(on: str, place: int) -> None:
    """Due 01-31. `days / 30` cut toward zero puts everything from 29 days before to 29 after into one bucket."""
    seen = Look(on, [contract("C", "100")], [fixed("M", "100", "01-01", term="NET 30")])
    assert aged(seen).index("100.00") == place


def test_5_a_later_payment_does_not_reduce_an_earlier_balance() -> None:
    money = [receipt("R", "03-01", "80", m="M")]
    rows = [fixed("M", "100", "01-01")]
    assert aged(Look("02-28", [contract("C", "100")], rows, receipts=money))[2] == "100.00"
    assert aged(Look("03-01", [contract("C", "100")], rows, receipts=money))[2] == "20.00"


def test_6_what_has_no_due_date_is_pending_shown_and_counted() -> None:
    seen = Look(
        "06-30", [contract("C", "100")], [fixed("M", "60", "01-01"), fixed("N", "40", trigger="acceptance")]
    )
    assert seen.milestone("N")["status"] == "pending"
    row = seen.aging("customer", "K")
    assert (row["pending"], row["open"]) == ("40.00", "60.00")
    assert (seen.totals()["pending"], seen.totals()["contracted"]) == ("40.00", "100.00")


def test_16_the_due_date_is_on_time() -> None:
    rows = [fixed("M", "100", "01-01", term="NET 30")]
    assert Look("01-31", [contract("C", "100")], rows).milestone("M")["status"] == "not_due"
    assert Look("02-01", [contract("C", "100")], rows).milestone("M")["days_overdue"] == 1


@pytest.mark.parametrize(
    ("total", "parts", "amounts"),
    [
        ("100", ("0.3333", "0.3333", "0.3334"), ["33.33", "33.33", "33.34"]),
        ("100.01", ("0.3", "0.4", "0.3"), ["30.00", "40.00", "30.01"]),
        ("0.05", ("0.5", "0.5"), ["0.03", "0.02"]),
        ("1234567.89", ("0.3", "0.4", "0.27", "0.03"), ["370370.37", "493827.16", "333333.33", "37037.03"]),
    ],
)
def test_17_stages_are_whole_cents_and_the_last_takes_the_remainder(
    total: str, parts: tuple[str, ...], amounts: list[str]
) -> None:
    rows = [share(f"M{place}", part, place) for place, part in enumerate(parts)]
    seen = Look("01-31", [contract("C", total)], rows)
    assert (seen.amounts(), seen.codes()) == (amounts, [])


def test_18_an_advance_is_taken_off_on_the_day_the_claim_arises() -> None:
    rows = [fixed("M", "100", "02-01", term="NET 10")]
    for names in ({"m": "M"}, {"c": "C"}, {"k": "K"}):
        seen = Look("04-30", [contract("C", "100")], rows, receipts=[receipt("R", "01-05", "100", **names)])
        assert seen.paid() == ["R M 02-01 100.00"], names
        assert (seen.milestone("M")["status"], seen.totals()["overdue"]) == ("settled", "0.00"), names


@pytest.mark.parametrize("written", ["HT-01", " HT-01 ", "ＨＴ－０１", "HT-01\u3000"])
def test_19_full_width_forms_and_blanks_do_not_hide_a_reference(written: str) -> None:
    seen = Look(
        "01-31",
        [contract("HT-01", "100")],
        [fixed("M", "100", "01-01", contract="HT-01")],
        receipts=[receipt("R", "01-05", "60", c=written)],
    )
    assert (seen.paid(), seen.codes()) == (["R M 01-05 60.00"], [])


def test_20_an_agreed_date_stays_and_the_contracts_stands_beside_it() -> None:
    agreed: list[Cells] = [extension("E1", "M", "02-15", "05-31")]

    def dates(on: str) -> tuple[str, str]:
        row = Look(on, [contract("C", "100")], [fixed("M", "100", "01-31")], reschedules=agreed).milestone(
            "M"
        )
        return f"{row['due_date']:%m-%d}", f"{row['contract_due']:%m-%d}"

    assert dates("02-14") == ("01-31", "01-31")
    assert dates("02-15") == dates("12-31") == ("05-31", "01-31")


def test_22_an_overpayment_has_its_own_column_and_nets_into_no_bucket() -> None:
    rows = [fixed("M", "100", "01-01"), fixed("N", "50", "01-01", term="NET 10")]
    seen = Look("02-28", [contract("C", "150")], rows, receipts=[receipt("R", "01-02", "130", m="M")])
    row = seen.aging("customer", "K")
    assert [row[key] for key in ("b2", "open", "unapplied", "net")] == ["50.00", "50.00", "30.00", "20.00"]
    assert seen.row("customers", "K")["unapplied"] == "30.00"


def test_a_partial_payment_does_not_restart_the_age_and_a_plan_ages_by_instalment() -> None:
    rows = [fixed("M", "100", "01-01")]
    seen = Look("04-15", [contract("C", "100")], rows, receipts=[receipt("R", "04-14", "60", m="M")])
    assert aged(seen)[4] == "40.00"  # 104 days
    plan = [instalment("E1", "M", "02-01", "03-01", "30"), instalment("E2", "M", "02-01", "04-30", "30")]
    seen = Look("04-15", [contract("C", "100")], rows, reschedules=plan)
    assert aged(seen) == ["30.00", "0.00", "30.00", "0.00", "40.00", "0.00"]


def test_age_is_by_stage_never_by_contract() -> None:
    rows = [fixed("A", "30", "01-01"), fixed("B", "70", "03-20")]
    seen = Look("03-31", [contract("C", "100")], rows)
    assert aged(seen) == ["0.00", "70.00", "0.00", "30.00", "0.00", "0.00"]
