"""Money in, money back, drafts that are refused: to the cent, with the reason for each."""

from __future__ import annotations

from typing import Any

from tests.oracle.build import Cells, adjustment, contract, fixed, receipt
from tests.rules.figures import Look

C100 = [contract("C", "100")]
M100 = [fixed("M", "100", "01-10")]


def unapplied(seen: Look, *ids: str) -> list[str]:
    return [seen.row("receipts", id)["unapplied"] for id in ids]


def look(*money: Cells, on: str = "02-28", **tables: Any) -> Look:
    return Look(on, C100, M100, receipts=list(money), **tables)


def test_the_excess_over_the_named_milestone_stays_and_does_not_wander() -> None:
    two = [fixed("M", "60", "01-10"), fixed("N", "40", "01-10")]
    seen = Look("01-20", C100, two, receipts=[receipt("R", "01-15", "75", m="M")])
    assert (seen.paid(), unapplied(seen, "R")) == (["R M 01-15 60.00"], ["15.00"])
    assert seen.where("overpaid") == ("receipts", "R", "milestone_id")
    assert "15.00" in seen.finding("overpaid").message.en


def test_to_the_cent_no_excess_is_no_finding() -> None:
    assert look(receipt("R", "01-15", "100", m="M")).codes() == []
    assert look(receipt("R", "01-15", "100.01", m="M")).codes() == ["overpaid"]


def test_money_for_a_pending_milestone_waits_and_goes_first_on_its_trigger() -> None:
    money = [receipt("R1", "01-02", "70", k="K"), receipt("R2", "01-03", "20", c="C")]
    money.append(receipt("R3", "01-04", "30", m="M"))
    early = look(*money, on="01-09")
    assert (early.paid(), unapplied(early, "R1", "R2", "R3")) == ([], ["70.00", "20.00", "30.00"])
    assert [row["unapplied"] for row in early.rows("aging") if row["group_kind"] == "customer"] == ["120.00"]
    assert look(*money, on="01-10").paid() == ["R3 M 01-10 30.00", "R2 M 01-10 20.00", "R1 M 01-10 50.00"]


def test_a_trigger_wakes_money_and_a_refund_or_reopened_claim_does_not() -> None:
    seen = look(
        receipt("R1", "01-15", "100", m="M"),
        receipt("R2", "01-16", "40", k="K"),
        receipt("R3", "01-20", "-30", m="M"),
    )
    assert seen.milestone("M")["open"] == "30.00"
    assert unapplied(seen, "R2") == ["40.00"]


def test_a_refund_takes_unapplied_money_then_allocations_newest_first() -> None:
    seen = look(
        receipt("R10", "01-12", "40", m="M"),
        receipt("R9", "01-12", "50", m="M"),
        receipt("R1", "01-15", "30", m="M"),
        receipt("R2", "01-20", "-100", m="M"),
    )
    # 20 of R1 are unapplied; then R1's 10, R9's 50 (the larger id), 20 of R10's.
    assert seen.paid()[3:] == ["R2 M 01-20 -10.00", "R2 M 01-20 -50.00", "R2 M 01-20 -20.00"]
    assert seen.milestone("M")["received"] == "20.00"


def test_a_refund_looks_only_among_receipts_of_its_own_designation() -> None:
    money = (receipt("R1", "01-02", "30", k="K"), receipt("R2", "01-02", "20", c="C"))
    to_contract = look(*money, receipt("R3", "01-05", "-25", c="C"), on="01-06")
    assert unapplied(to_contract, "R1", "R2", "R3") == ["30.00", "0.00", "-5.00"]
    assert to_contract.where("refund_short") == ("receipts", "R3", "amount")
    to_customer = look(*money, receipt("R3", "01-05", "-25", k="K"), on="01-06")
    assert unapplied(to_customer, "R1", "R2", "R3") == ["5.00", "20.00", "0.00"]


def test_a_refused_draft_opens_the_claim_again_with_its_old_due_date() -> None:
    draft = receipt("R1", "01-12", "100", m="M", method="commercial_draft", dishonoured_on="02-10")
    before, after = look(draft, on="02-09"), look(draft, on="02-10")
    assert before.milestone("M")["status"] == "settled"
    row = after.milestone("M")
    assert (row["open"], f"{row['due_date']:%m-%d}", row["days_overdue"]) == ("100.00", "01-10", 31)
    assert after.row("receipts", "R1")["allocated"] == "0.00"
    assert after.totals()["received"] == "0.00"
    assert after.where("dishonoured") == ("receipts", "R1", "dishonoured_on")


def test_of_a_refused_draft_only_what_refunds_had_taken_still_counts() -> None:
    seen = look(
        receipt("R1", "01-12", "130", m="M", method="bank_draft", dishonoured_on="02-10"),
        receipt("R2", "01-20", "-50", m="M"),
    )
    # 130: 100 paid, 30 unapplied. The refund takes those 30 and 20 of the 100; refused, the other 80 go back.
    assert seen.paid() == ["R1 M 01-12 100.00", "R2 M 01-20 -20.00", "R1 M 02-10 -80.00"]
    assert seen.milestone("M")["open"] == "100.00"
    assert seen.totals()["received"] == "0.00"  # 50 of the draft less the refund of 50
    assert unapplied(seen, "R1", "R2") == ["0.00", "0.00"]
    assert all(control.closes for control in seen.result.controls)


def test_what_a_refused_draft_left_unapplied_lapses() -> None:
    seen = look(receipt("R1", "01-05", "40", k="K", method="e_voucher", dishonoured_on="01-08"), on="01-31")
    assert (seen.paid(), unapplied(seen, "R1")) == ([], ["0.00"])
    assert seen.row("receipts", "R1")["match_reason"] == "票据被拒付"


def test_an_unknown_id_or_another_currency_leaves_the_money_where_it_is() -> None:
    for names in ({"m": "M9", "c": "C"}, {"m": "M", "c": "C9"}, {"c": "C", "k": "X"}):
        seen = look(receipt("R", "01-15", "50", **names))
        assert (seen.paid(), unapplied(seen, "R")) == ([], ["50.00"]), names
        assert "reference_unknown" in seen.codes(), names
    dollars = look(receipt("R", "01-15", "50", m="M", currency="USD"))
    assert (dollars.paid(), dollars.codes()[0]) == ([], "currency_differs")


def test_where_ids_conflict_the_milestone_decides_with_a_warning() -> None:
    two = [contract("C", "100"), contract("D", "100", customer="L")]
    seen = Look("01-31", two, M100, receipts=[receipt("R", "01-15", "50", m="M", c="D", k="L")])
    assert seen.paid() == ["R M 01-15 50.00"]
    assert seen.codes().count("ids_conflict") == 2
    assert seen.row("receipts", "R")["customer_name"] == "Firm K"


def test_money_that_names_a_written_off_claim_stays_and_proposes_to_reverse_it() -> None:
    write_off = [adjustment("J", "M", "01-20", "100", "write_off", approved_by="Li")]
    seen = look(receipt("R", "02-01", "60", m="M"), adjustments=write_off)
    assert (seen.paid(), unapplied(seen, "R")) == ([], ["60.00"])
    assert seen.where("paid_after_write_off") == ("receipts", "R", "milestone_id")
    part = [adjustment("J", "M", "01-20", "70", "write_off", approved_by="Li")]
    seen = look(receipt("R", "02-01", "60", m="M"), adjustments=part)
    assert (seen.paid(), unapplied(seen, "R")) == (["R M 02-01 30.00"], ["30.00"])


def test_a_write_off_discount_or_bank_fee_needs_an_approver_and_a_credit_note_does_not() -> None:
    for kind in ("write_off", "discount", "bank_fee"):
        seen = look(adjustments=[adjustment("J", "M", "01-20", "10", kind)])
        assert (seen.milestone("M")["open"], seen.where("not_approved")[1]) == ("100.00", "J")
    assert look(adjustments=[adjustment("J", "M", "01-20", "10")]).milestone("M")["open"] == "90.00"


def test_an_adjustment_takes_all_that_is_open_and_not_a_cent_more() -> None:
    assert look(adjustments=[adjustment("J", "M", "01-20", "100")]).milestone("M")["status"] == "settled"
    more = look(adjustments=[adjustment("J", "M", "01-20", "100.01")])
    assert (more.milestone("M")["open"], more.where("adjusted_too_much")[1]) == ("100.00", "J")


def test_a_reversal_gives_back_what_its_own_kind_took_and_no_more() -> None:
    rows = [
        adjustment("J1", "M", "01-20", "30"),
        adjustment("J2", "M", "01-20", "20", "discount", approved_by="Li"),
    ]
    rows += [adjustment("J3", "M", "01-25", "-35")]
    seen = look(adjustments=rows)
    assert (seen.milestone("M")["adjusted"], seen.where("reversed_too_much")[1]) == ("20.00", "J3")


def test_a_commercial_draft_is_a_reminder_until_it_matures_and_a_bank_draft_is_none() -> None:
    def codes(method: str, on: str) -> list[str]:
        return look(
            receipt("R", "01-15", "50", m="M", method=method) | {"matures_on": MATURES}, on=on
        ).codes()

    assert codes("commercial_draft", "02-14") == codes("e_voucher", "02-14") == ["draft_waiting"]
    assert codes("commercial_draft", "02-15") == []
    assert codes("bank_draft", "02-14") == []


MATURES = look(on="02-15").as_of
