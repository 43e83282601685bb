"""The stories that the demo ledger tells: every state that a receivable can be in stands in its rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from tests.test_demo_data import AS_OF, CONTRACTS, MILESTONES, ZH, Row, money, the_only, total, where


def ids(rows: list[Row]) -> list[str]:
    return [row["milestone_id"] for row in rows]


def test_customers_are_written_to_in_both_languages() -> None:
    assert Counter(row["language"] for row in ZH["customers"]) == {"zh": 9, "en": 3}


def schedule(contract: str) -> str:
    """The parts of a contract's rows in a line: 0.3 0.4 0.3, or fixed and balance."""
    rows = where("milestones", contract_id=contract)
    return " ".join(row["share"] or ("fixed" if row["amount_fixed"] else "balance") for row in rows)


def test_payment_schedules() -> None:
    patterns = Counter(schedule(contract) for contract in CONTRACTS)
    assert patterns["0.3 0.4 0.3"] == 7
    assert patterns["0.3 0.4 0.27 0.03"] == 7
    assert patterns["0.3 0.4 balance 0.03"] == 1
    assert patterns["fixed 0.3 0.4 balance 0.05"] == 1
    assert patterns["fixed fixed fixed fixed"] == 1


def test_amendments_of_either_policy_and_a_settlement_that_differs() -> None:
    assert {row["policy"]: row["contract_id"] for row in ZH["amendments"]} == {
        "catch_up": "HT-2025-002",
        "spread": "HT-2025-001",
    }
    settled = the_only([row for row in ZH["contracts"] if row["settlement_total"]])
    assert money(settled, "settlement_total") != money(settled) and settled["settled_on"] < AS_OF


def test_an_extension_and_an_instalment_plan() -> None:
    extension = the_only([row for row in ZH["reschedules"] if not row["amount"]])
    assert extension["new_due"] > AS_OF and not extension["agreement_no"]
    plan = [row for row in ZH["reschedules"] if row["amount"]]
    assert len(plan) == 3 and len({(row["agreement_no"], row["milestone_id"]) for row in plan}) == 1
    row = MILESTONES[plan[0]["milestone_id"]]
    assert total(plan) == money(row, "share") * money(CONTRACTS[row["contract_id"]])


def test_disputes_open_and_closed_in_part_and_in_whole() -> None:
    still_open = [row for row in ZH["disputes"] if not row["closed"]]
    assert {bool(row["amount"]) for row in still_open} == {True, False}
    assert {row["our_fault"] for row in ZH["disputes"]} == {"TRUE", "FALSE"}
    closed = [row for row in ZH["disputes"] if row["closed"]]
    assert closed and all(row["opened"] < row["closed"] <= AS_OF and row["resolution"] for row in closed)


def paid_on(promise: Row) -> Decimal:
    """What came from the customer for the promised contract between the promise and its day."""
    contract = MILESTONES[promise["milestone_id"]]["contract_id"]
    rows = where("receipts", customer_id=promise["customer_id"], contract_id=contract)
    rows += where("receipts", customer_id=promise["customer_id"], contract_id="")
    return total([row for row in rows if promise["made_on"] < row["date"] <= promise["promised_date"]])


def state_of(promise: Row) -> str:
    if promise["withdrawn_on"]:
        return "withdrawn"
    paid = paid_on(promise)
    if paid >= money(promise):
        return "kept"
    if promise["promised_date"] >= AS_OF:
        return "open"
    return "partly_kept" if paid else "broken"


def test_promises_in_every_state_and_renewed_ones() -> None:
    states = Counter(state_of(row) for row in ZH["promises"])
    assert states == {"kept": 2, "partly_kept": 2, "broken": 3, "withdrawn": 1, "open": 3}
    renewed = [
        (old["promise_id"], new["promise_id"])
        for old in ZH["promises"]
        for new in ZH["promises"]
        if state_of(old) == "broken"
        and old["milestone_id"] == new["milestone_id"]
        and old["promised_date"] < new["made_on"]
    ]
    assert renewed == [("CN-2025-01", "CN-2025-02"), ("CN-2026-07", "CN-2026-09")]


def test_receipts_are_designated_in_every_way() -> None:
    named = ("milestone_id", "contract_id", "customer_id", "payer")
    ways = Counter(next(key for key in named if row[key]) for row in ZH["receipts"])
    assert set(ways) == set(named) and ways["payer"] == 2


def test_one_payer_is_an_alias_and_one_is_unknown() -> None:
    aliases = {name: row["customer_id"] for row in ZH["customers"] for name in row["payer_names"].split(";")}
    unclaimed = [row for row in ZH["receipts"] if not row["customer_id"]]
    assert [aliases.get(row["payer"]) for row in unclaimed] == ["C010", None]
    claimed = [row for row in ZH["receipts"] if row["customer_id"]]
    assert all(aliases[row["payer"]] == row["customer_id"] for row in claimed)
    names = {row["name"] for row in ZH["customers"]}
    assert {aliases[row["payer"]] for row in claimed if row["payer"] not in names} == {"C001", "C003", "C008"}


def test_drafts_matured_pending_and_dishonoured() -> None:
    matured = where("receipts", method="bank_draft") + where("receipts", method="e_voucher")
    assert len(matured) == 3 and all(row["matures_on"] <= AS_OF for row in matured)
    drafts = where("receipts", method="commercial_draft")
    assert the_only([row for row in drafts if row["matures_on"] > AS_OF])["dishonoured_on"] == ""
    dishonoured = the_only([row for row in ZH["receipts"] if row["dishonoured_on"]])
    assert dishonoured in drafts and dishonoured["dishonoured_on"] > dishonoured["matures_on"]


def test_an_over_payment_a_refund_and_money_ahead_of_its_milestone() -> None:
    over = the_only(where("receipts", milestone_id="HT-2025-014-1"))
    assert money(over) - Decimal("0.3") * money(CONTRACTS["HT-2025-014"]) == Decimal("8000.00")
    refund = the_only([row for row in ZH["receipts"] if money(row) < 0])
    assert total(where("receipts", milestone_id=refund["milestone_id"])) == Decimal("0.5") * money(
        CONTRACTS[refund["contract_id"]]
    )
    ahead = MILESTONES[the_only(where("receipts", milestone_id="HT-2026-004-2"))["milestone_id"]]
    assert ahead["trigger"] == "delivery" and not ahead["trigger_date"]


def test_foreign_currency_has_rates_for_every_receipt() -> None:
    foreign = where("receipts", currency="USD")
    assert len(foreign) >= 3
    for row in foreign:
        assert CONTRACTS[row["contract_id"]]["currency"] == "USD" and row["fx_rate"]
        assert any(rate["date"] <= row["date"] for rate in ZH["fx_rates"]), row["receipt_id"]
    assert the_only(where("fx_rates", date=AS_OF))["currency"] == "USD"


def test_work_without_acceptance_and_progress_without_a_bill() -> None:
    waiting = where("milestones", trigger="acceptance", accepted_by="", trigger_date="")
    submitted = [row for row in waiting if row["submitted_on"]]
    assert ids([row for row in submitted if not row["rejected_on"]]) == ["HT-2025-011-3", "HT-2026-003-3"]
    assert ids([row for row in submitted if row["rejected_on"]]) == ["HT-2026-002-3"]
    unproved = where("milestones", trigger="acceptance", evidence="")
    assert ids([row for row in unproved if row["trigger_date"]]) == ["HT-2025-008-3"]
    undated = where("milestones", trigger="progress", trigger_date="")
    progress = {row["contract_id"]: money(row, "progress") for row in ZH["contracts"]}
    reached = [row for row in undated if progress[row["contract_id"]] >= money(row, "threshold")]
    assert len(undated) == 2 and ids(reached) == ["HT-2025-014-2"]
    assert not {"HT-2025-014-2", "HT-2026-001-2"} & {row["milestone_id"] for row in ZH["invoices"]}


def test_a_red_invoice_takes_back_one_and_a_smaller_one_follows() -> None:
    red = the_only([row for row in ZH["invoices"] if row["red_of"]])
    wrong = the_only(where("invoices", invoice_no=red["red_of"]))
    assert money(red) == -money(wrong) and red["milestone_id"] == wrong["milestone_id"]
    assert total(where("invoices", milestone_id=red["milestone_id"])) == Decimal("44400.00")


def test_the_firm_closes_on_a_day_of_its_own() -> None:
    closed = the_only(where("calendar", workday="FALSE"))
    assert date.fromisoformat(closed["date"]).weekday() < 5


def test_the_bank_knows_one_payment_that_the_book_does_not() -> None:
    booked = {row["bank_ref"]: row for row in ZH["receipts"] if row["bank_ref"]}
    both = [row for row in ZH["bank"] if row["bank_ref"] in booked]
    assert len(both) >= 5 and all(money(row) == money(booked[row["bank_ref"]]) for row in both)
    new = [row for row in ZH["bank"] if row["bank_ref"] not in booked and money(row) > 1000]
    assert money(the_only(new)) == Decimal("132000.00")


def test_some_customers_were_heard_this_month_and_some_are_silent() -> None:
    last = {row["customer_id"]: row["date"] for row in ZH["contacts"]}  # rows stand in the order of days
    assert sum(day >= "2026-06-01" for day in last.values()) >= 6
    silent = {key for key, day in last.items() if day < "2026-05-31"}
    assert silent == {"C004", "C006", "C008", "C010", "C011"}


def test_one_letter_is_confirmed_and_not_sent() -> None:
    unsent = the_only(where("letters", sent_on=""))
    assert unsent["date"] < AS_OF and not unsent["delivered_on"]
    assert all(row["date"] <= AS_OF for row in ZH["letters"])
