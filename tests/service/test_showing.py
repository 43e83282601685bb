"""Rows of a table with conditions on typed cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from addin.files.csvtext import csv_text
from addin.model.cells import RawBook, RawTable
from addin.model.finding import LedgerError
from addin.model.result import Performance, Result, Sums
from addin.model.tables import TABLES
from addin.service.showing import Shown, condition, shown

CONTRACTS = TABLES["contracts"]
INPUT = {
    "contract_id": ["K-1", "K-2", "K-3"],
    "customer_id": ["C-1", "C-1", "C-2"],
    "signed": [date(2026, 1, 5), "2026年2月1日", ""],
    "currency": ["", "JPY", "USD"],
    "amount": [1000.0, 7.0, "1,234.50"],
    "tax_rate": [0.13, "6%", ""],
    "back_to_back": [True, "否", ""],
    "status": ["执行中", "Active", "closed"],
    "notes": ["=1+1", "", ""],
}


def raw() -> RawBook:
    sheet = RawTable("Contracts", list(INPUT), list(INPUT.values()), [6, 7, 9])
    return RawBook({"contracts": sheet})


def result() -> Result:
    computed = pd.DataFrame(
        {"open": pd.array([50000, 7, None], dtype="Int64"), "customer_name": ["甲", "甲", ""]},
        index=[6, 7, 9],
    )
    nothing = Sums({}, {})
    currencies, seen = {"CNY": nothing}, Performance(None, None, None, (), {})
    return Result(
        date(2026, 6, 30), "CNY", {"contracts": computed}, {}, [], [], nothing, currencies, None, seen
    )


def select(*conditions: str) -> Shown:
    return shown(raw(), result(), CONTRACTS, "en", [condition(CONTRACTS, text) for text in conditions])


def ids(*conditions: str) -> list[object]:
    return [row[0] for row in select(*conditions).cells]


def row(number: int) -> dict[str, object]:
    found = select()
    return dict(zip([column.key for column in found.columns], found.cells[number], strict=True))


def test_input_and_computed_columns_stand_side_by_side():
    first, second, third = row(0), row(1), row(2)
    assert (first["amount"], first["open"], first["customer_name"]) == (
        Decimal("1000.00"),
        Decimal("500.00"),
        "甲",
    )
    assert (second["amount"], second["open"]) == (Decimal(7), Decimal(7))
    assert str(second["amount"]) == "7", "yen have no decimals"
    assert (third["amount"], third["open"], third["customer_name"]) == (Decimal("1234.50"), None, None)
    assert (second["signed"], third["signed"]) == (date(2026, 2, 1), None)
    assert (first["tax_rate"], first["back_to_back"], second["status"]) == (Decimal("0.13"), True, "active")


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([], ["K-1", "K-2", "K-3"]),
        (["status=active"], ["K-1", "K-2"]),
        (["status=执行中"], ["K-1", "K-2"]),
        (["合同状态=Closed"], ["K-3"]),
        (["amount=1,234.5"], ["K-3"]),
        (["amount=7.00"], ["K-2"]),
        (["signed=2026/1/5"], ["K-1"]),
        (["signed="], ["K-3"]),
        (["tax_rate=13%"], ["K-1"]),
        (["back_to_back=no"], ["K-2"]),
        (["customer_id=C-1", "currency=JPY"], ["K-2"]),
        (["customer_id=c-1"], []),
        (["open=500"], ["K-1"]),
    ],
)
def test_conditions_compare_typed_cells_and_all_must_hold(conditions, found):
    assert ids(*conditions) == found


@pytest.mark.parametrize("text", ["colour=red", "status", "=x"])
def test_an_unknown_column_is_told_with_those_there_are(text):
    with pytest.raises(LedgerError, match="contract_id, customer_id") as caught:
        condition(CONTRACTS, text)
    assert caught.value.code == "where_column"


@pytest.mark.parametrize("text", ["amount=lots", "signed=3/4/2026", "status=gone"])
def test_a_value_that_is_none_of_its_column(text):
    with pytest.raises(LedgerError) as caught:
        condition(CONTRACTS, text)
    assert caught.value.code == "where_value"


def test_a_table_whose_rules_are_still_to_come_is_empty():
    assert shown(raw(), result(), TABLES["worklist"], "en").cells == []


def test_one_of_a_list_is_enough():
    customers = TABLES["customers"]
    sheet = RawTable(
        "c", ["customer_id", "name", "payer_names"], [["1", "2"], ["a", "b"], ["x; y", ""]], [6, 7]
    )
    found = shown(
        RawBook({"customers": sheet}), result(), customers, "en", [condition(customers, "payer_names=y")]
    )
    assert [cells[0] for cells in found.cells] == ["1"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_looks_like_a_formula_is_disarmed_in_csv(text):
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.20", "C-01", "", "a=b"])
def test_other_text_is_left_alone_in_csv(text):
    assert csv_text(text) == text
