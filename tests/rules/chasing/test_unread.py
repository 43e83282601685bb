"""Cells that cannot be read: better no letter than one too many, as long as what can be read leaves it open."""

from __future__ import annotations

import pytest

from addin.model.cells import CellError
from addin.model.tables import TABLES
from tests.oracle.build import Cells, contract, day, dispute, extension, fixed, receipt
from tests.rules.chasing.cases import BASE, held, level, promise, row


@pytest.mark.parametrize(
    "names",
    [{"milestone_id": "M"}, {"contract_id": "C"}, {"customer_id": "K"}, {"payer": "Firm K"}],
)
@pytest.mark.parametrize("lost", [{"amount": "10k"}, {"date": "soon"}])
def test_a_receipt_that_cannot_be_read_may_be_the_money(names: Cells, lost: Cells) -> None:
    came: Cells = {"receipt_id": "R", "date": day("03-05"), "amount": 1000, **names, **lost}
    assert held("03-09", receipts=[came]) == ["unallocated"]


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({"amount": "10k"}, ["unallocated"]),
        ({"date": "soon"}, ["unallocated"]),
        ({"amount": None}, ["unallocated"]),
        ({"amount": "10k", "payer": "Firm X"}, []),
        ({"amount": "10k", "date": day("03-10")}, []),  # it has not come yet
        ({"amount": "10k", "date": day("03-09")}, ["unallocated"]),  # that very day
        ({"amount": -5, "date": "soon"}, []),  # money that went
        ({"amount": 0, "date": "soon"}, []),
        ({"amount": "10k", "state": "ignored"}, []),
        ({"amount": "10k", "bank_ref": "R 1"}, []),  # entered as a receipt, which says how much
    ],
)
def test_a_bank_line_that_cannot_be_read_may_be_the_money(cells: Cells, holds: list[str]) -> None:
    line: Cells = {"bank_ref": "B", "date": day("03-05"), "amount": 1000, "payer": "Firm K", **cells}
    assert held("03-09", bank=[line], receipts=[receipt("R", "03-05", "1", m="M", bank_ref="R 1")]) == holds


@pytest.mark.parametrize("day_of_it", ["03-10", "soon"])
def test_a_receipt_still_to_come_and_a_refund_hold_nothing(day_of_it: str) -> None:
    on = day(day_of_it) if day_of_it[0] == "0" else day_of_it
    came: Cells = {"receipt_id": "R", "date": on, "amount": "10k", "milestone_id": "M"}
    refund: Cells = {**came, "receipt_id": "S", "date": "soon", "amount": -100}
    assert held("03-09", receipts=[came, refund]) == ([] if day_of_it[0] == "0" else ["unallocated"])


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({"amount": "10k"}, ["promise 03-23"]),
        ({"amount": None}, ["promise 03-23"]),
        ({"amount": "10k", "promised_date": day("03-11")}, ["promise 03-14"]),
        ({"amount": "10k", "promised_date": day("03-10")}, []),  # over, with its days of grace
        ({"promised_date": "when paid"}, ["promise"]),
        ({"promised_date": None}, ["promise"]),
        ({"made_on": "lately"}, ["promise 03-23"]),
        ({"amount": "10k", "made_on": day("03-15")}, []),
        ({"amount": "10k", "withdrawn_on": day("03-14")}, []),
        ({"amount": "10k", "withdrawn_on": "?"}, ["promise 03-23"]),
        ({"milestone_id": "m 1"}, ["promise 03-23"]),  # none of that name: it may be any of the customer's
        ({"milestone_id": None, "amount": "10k"}, ["promise 03-23"]),
        ({"milestone_id": "N", "amount": "10k"}, []),
    ],
)
def test_a_promise_that_cannot_be_read_may_be_live(cells: Cells, holds: list[str]) -> None:
    other = fixed("N", "1")  # nothing is due of it
    word = {**promise("P", "03-10", "03-20"), **cells}
    found = held("03-14", promises=[word], milestones=[*BASE["milestones"], other])
    assert found == holds


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        ({"amount": "half"}, ["disputed"]),
        ({"opened": "lately"}, ["disputed"]),
        ({"opened": None}, ["disputed"]),
        ({"closed": "?"}, ["disputed"]),
        ({"amount": "half", "opened": day("03-10")}, []),
        ({"amount": "half", "closed": day("03-09")}, []),
    ],
)
def test_a_dispute_that_cannot_be_read_may_be_about_all(cells: Cells, holds: list[str]) -> None:
    assert held("03-09", disputes=[{**dispute("D", "M", "03-05", amount="1"), **cells}]) == holds


AGREED: dict[str, Cells] = {
    "reschedules": extension("E", "M", "03-05", "06-01"),
    "adjustments": {
        "adjustment_id": "J", "date": day("03-05"), "milestone_id": "M", "kind": "credit_note", "amount": 1,
    },
    "amendments": {"amendment_id": "A", "contract_id": "C", "effective": day("03-05"), "new_amount": 1000},
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "cells", "holds"),
    [
        ("reschedules", {"new_due": "June"}, ["unread"]),
        ("reschedules", {"agreed_on": "lately"}, ["unread"]),
        ("reschedules", {"amount": "half"}, ["unread"]),
        ("reschedules", {"new_due": "June", "agreed_on": day("03-10")}, []),
        ("adjustments", {"amount": "half"}, ["unread"]),
        ("adjustments", {"kind": "gift"}, ["unread"]),
        ("amendments", {"new_amount": "less"}, ["unread"]),
        ("amendments", {"new_amount": "less", "effective": day("03-10")}, []),
    ],
)
def test_what_was_agreed_and_cannot_be_read_waits_too(table: str, cells: Cells, holds: list[str]) -> None:
    assert held("03-09", **{table: [{**AGREED[table], **cells}]}) == holds


def test_a_settlement_or_a_currency_that_cannot_be_read() -> None:
    settled: Cells = {"settled_on": day("03-05"), "settlement_total": "less"}
    for lost in (settled, {"currency": CellError("#N/A")}):
        assert held("03-09", contracts=[{**contract("C", "1000"), **lost}]) == ["unread"]


@pytest.mark.parametrize(
    "lost", [{"days": "15d"}, {"mode": "late"}, {"level": "two"}, {"min_amount": "many"}]
)
def test_a_step_that_cannot_be_read_is_not_skipped(lost: Cells) -> None:
    steps = [level(1, "after_due", 1), {**level(2, "after_due", 3), **lost}]
    found = row("03-09", levels=steps)
    assert found is not None
    (column,) = (TABLES["levels"][key].name.en for key in lost)
    assert [each.words.en for each in found.holds] == [
        f'Levels, row 7: "{column}" cannot be read: correct it'
    ]


def test_the_words_say_where_to_look_and_what_to_do() -> None:
    said = [
        row("03-09", bank=[{"bank_ref": "B", "date": "x", "amount": 1, "payer": "Firm K"}]),
        row("03-11", promises=[{**promise("P", "03-10", "03-20"), "amount": None}]),
        row("03-11", promises=[promise("P", "03-10", "03-20", milestone="X")]),
    ]
    assert [found.holds[0].words.en for found in said if found] == [
        'Bank, row 6 (B): "Date" cannot be read: correct it',
        'Promises, row 6 (P): "Amount" is empty: fill it in, until 2025-03-23',
        'Promises, row 6 (P): "Milestone ID" is not in the book: correct it, until 2025-03-23',
    ]
    assert [found.holds[0].words.zh for found in said if found] == [
        "银行流水第 6 行（B）的“日期”无法识别，请改正",
        "付款承诺第 6 行（P）的“金额”为空，请补填，至 2025-03-23",
        "付款承诺第 6 行（P）的“节点编号”不存在，请改正，至 2025-03-23",
    ]


def test_of_many_rows_that_cannot_be_read_one_is_named() -> None:
    """A whole statement with dates in a form of its own: the reason stays one sentence."""
    lines: list[Cells] = [
        {"bank_ref": f"B{number}", "date": "?", "amount": 1, "payer": "Firm K"} for number in range(300)
    ]
    late = [fixed("M", "400", "03-01"), fixed("N", "600", "03-02")]
    found = row("03-09", bank=lines, milestones=late)
    assert found is not None
    assert [each.words.en for each in found.holds] == ['Bank, row 6 (B0): "Date" cannot be read: correct it']
    words = [{**promise(f"P{each}", "03-02", each), "amount": "?"} for each in ("03-10", "03-20", "03-15")]
    partly = row("03-09", promises=words, milestones=late)
    assert partly is not None and partly.milestones == (1,)
    assert partly.reason.en.endswith(
        'M waits: Promises, row 7 (P03-20): "Amount" cannot be read: correct it, until 2025-03-23'
    )


def test_a_hold_without_an_end_outlasts_one_with() -> None:
    words = [promise("P", "03-10", "03-20"), {**promise("Q", "03-10", "03-20"), "promised_date": "soon"}]
    found = row("03-11", promises=words)
    assert found is not None and found.act_by is None
    assert [each.until for each in found.holds] == [None]


def test_a_receipt_of_somebody_else_that_cannot_be_read_holds_nothing() -> None:
    came: Cells = {"receipt_id": "R", "date": day("03-05"), "amount": "10k", "payer": "Firm X"}
    assert held("03-09", receipts=[came]) == []


def test_a_status_that_cannot_be_read_may_be_a_lawsuit() -> None:
    assert held("03-09", contracts=[contract("C", "1000", status="in court")]) == ["legal"]
