"""Money that has come and paid nothing yet: whose it may be, and what it would settle."""

from __future__ import annotations

from tests.oracle.build import Cells, contract, day, fixed, receipt
from tests.rules.books import customer
from tests.rules.chasing.cases import BASE, FILE, held, row, step

TWO = [fixed("M", "400", "03-01"), fixed("N", "600", "03-02")]


def money(amount: str, **more: object) -> list[Cells]:
    return [receipt("R", "03-05", amount, **more)]


def test_a_receipt_without_ids_whose_payer_is_the_customer() -> None:
    known = [customer(**FILE, payer_names=("Kim & Sons",))]
    for payer in ("Firm K", "ＫＩＭ & sons"):
        assert held("03-10", customers=known, receipts=money("1000", payer=payer)) == ["unallocated"]
    assert held("03-10", customers=known, receipts=money("1000", payer="Somebody")) == []
    assert held("03-10", customers=known, receipts=money("999.99", payer="Firm K")) == [], (
        "it does not settle it"
    )
    assert held("03-04", customers=known, receipts=money("1000", payer="Firm K")) == [], "it has not come yet"


def test_money_settles_in_due_order_until_it_is_used_up() -> None:
    assert held("03-10", milestones=TWO, receipts=money("1000", payer="Firm K")) == ["unallocated"]
    found = row("03-10", milestones=TWO, receipts=money("450", payer="Firm K"))
    assert found is not None and found.milestones == (1,) and not found.holds
    exact = row("03-10", milestones=TWO, receipts=money("600", payer="Firm K"))
    assert exact is not None and exact.milestones == (0,), (
        "an amount that just one of them asks for is for that one"
    )


def test_money_that_waits_for_another_milestone_is_reserved() -> None:
    pending = [*BASE["milestones"], fixed("N", "1000")]
    more = {"contracts": [contract("C", "2000")], "milestones": pending}
    assert held("03-10", **more, receipts=money("1000", m="N")) == []


def test_a_bank_line_that_is_no_receipt_yet() -> None:
    line: Cells = {"bank_ref": "B1", "date": day("03-09"), "amount": 1000, "payer": "Firm K"}
    assert held("03-10", bank=[line]) == ["unallocated"]
    assert held("03-10", bank=[{**line, "payer": "Somebody"}]) == []
    assert held("03-10", bank=[{**line, "amount": -1000}]) == []
    entered = money("500", m="M", bank_ref="B1")
    assert held("03-10", bank=[{**line, "amount": 500}], receipts=entered) == []
    assert (
        step("03-10", bank=[{**line, "amount": 500, "date": day("03-05")}], receipts=money("500", m="M")) == 1
    )


def test_a_bank_line_is_the_receipt_of_that_number_in_whatever_currency() -> None:
    line: Cells = {"bank_ref": "B1", "date": day("03-05"), "amount": 600, "payer": "Firm K"}
    more = {
        "contracts": [contract("C", "1000", currency="JPY")],
        "milestones": [fixed("M", "1000", "02-01", term="net 28")],
    }
    part = [receipt("R", "03-05", "600", m="M")]
    found = row("03-10", **more, receipts=part, bank=[line])
    assert found is not None and (found.open, found.holds) == (400, ()), (
        "the line is that receipt, not money anew"
    )
    other = row("03-10", **more, receipts=part, bank=[{**line, "amount": 601}])
    assert other is not None and [hold.code for hold in other.holds] == ["unallocated"]
