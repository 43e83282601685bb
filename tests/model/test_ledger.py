"""Raw tables made into a ledger: what counts as a row, whose currency it has, and which cells are unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.model.cells import CellError, RawBook, RawTable
from addin.model.finding import Finding, Severity
from addin.model.ledger import Ledger, build_ledger, empty_frame
from addin.model.tables import TABLES

FIRST_ROW = 6
Rows = Sequence[Mapping[str, Any]]


def raw(key: str, rows: Rows, language: str = "key", numbers: Sequence[int] | None = None) -> RawTable:
    table = TABLES[key]
    headings = [column.key if language == "key" else column.heading(language) for column in table.columns]
    columns = [[row.get(column.key, "") for row in rows] for column in table.columns]
    return RawTable(table.name.en, headings, columns, numbers or range(FIRST_ROW, FIRST_ROW + len(rows)))


def ledger(**tables: Rows) -> tuple[Ledger, list[Finding]]:
    """Every table is there; those not given are empty."""
    return build_ledger(RawBook({key: raw(key, tables.get(key, ())) for key in TABLES}), "CNY")


def codes(findings: Sequence[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    return [(found.code, found.table, found.row, found.column) for found in findings]


def test_an_empty_book_has_every_table_typed():
    made, findings = ledger()
    assert findings == []
    for key, frame in made.frames.items():
        assert frame.dtypes.astype(str).to_dict() == empty_frame(TABLES[key]).dtypes.astype(str).to_dict()


def test_no_table_at_all():
    made, findings = build_ledger(RawBook({}), "CNY")
    assert {found.code for found in findings} == {"table_missing"}
    assert {found.table for found in findings if found.severity is Severity.ERROR} == {
        "customers", "contracts", "milestones", "receipts"}  # fmt: skip
    assert len(made["receipts"]) == 0


def test_rows_keep_the_numbers_that_excel_shows():
    book = {key: raw(key, ()) for key in TABLES}
    book["customers"] = raw("customers", [{"customer_id": "B", "name": "b"}, {"customer_id": "A", "name": "a"}],
                            numbers=[9, 31])  # fmt: skip
    frame = build_ledger(RawBook(book), "CNY")[0]["customers"]
    assert frame["customer_id"].to_dict() == {9: "B", 31: "A"}


def test_rows_without_any_input_are_no_rows():
    """Blanks are nothing; neither is what a refresh left in the computed cells."""
    made, findings = ledger(customers=[{"name": "  "}, {"open": 5.0}, {"customer_id": "C1", "name": "x"}])
    assert findings == []
    assert made["customers"].index.tolist() == [8]


def test_empty_own_ids_go_on_from_the_last_pattern():
    rows = [
        {"customer_id": "K-09", "name": "a"},
        {"name": "b"},
        {"customer_id": "K-07", "name": "c"},
        {"name": "d"},
    ]
    made, findings = ledger(customers=rows)
    assert made["customers"]["customer_id"].tolist() == ["K-09", "K-10", "K-07", "K-11"]
    assert made.filled_ids["customers"] == {7: "K-10", 9: "K-11"}
    assert codes(findings) == [
        ("id_filled", "customers", 7, "customer_id"),
        ("id_filled", "customers", 9, "customer_id"),
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["", "A1", "A2", "A9", "B01", "x", "SK", "9" * 20]), max_size=12))
def test_filled_ids_repeat_none(ids):
    made, findings = ledger(customers=[{"customer_id": id, "name": "n"} for id in ids])
    got = made["customers"]["customer_id"].tolist()
    assert len(set(got)) == len(got)
    assert len(made.filled_ids.get("customers", {})) == ids.count("")
    repeated = [found for found in findings if found.code == "key_repeated"]
    assert len(repeated) == len([id for id in ids if id]) - len({id for id in ids if id})
    assert not {*made.filled_ids.get("customers", {}).values()} & {*ids}


def test_of_a_repeated_id_the_first_row_counts():
    made, findings = ledger(
        customers=[{"customer_id": "A", "name": "a"}, {"customer_id": " Ａ", "name": "b"}]
    )
    assert made["customers"]["name"].tolist() == ["a"]
    assert codes(findings) == [("key_repeated", "customers", 7, "customer_id")]


def test_an_identity_of_several_columns():
    day = date(2026, 1, 5)
    rates = [{"date": day, "currency": "USD", "rate": 7.0}, {"date": day, "currency": "EUR", "rate": 8.0},
             {"date": day, "currency": "USD", "rate": 9.0}]  # fmt: skip
    made, findings = ledger(fx_rates=rates)
    assert made["fx_rates"]["currency"].tolist() == ["USD", "EUR"]
    assert codes(findings) == [("key_repeated", "fx_rates", 8, "date")]
    assert "2026-01-05 / USD" in findings[0].message.en


def test_what_names_a_row_and_cannot_be_read_leaves_it_out_once():
    """Two unreadable days are not one repeated day."""
    rows = [{"date": "soon", "workday": "Yes"}, {"date": "later", "workday": "No"}]
    made, findings = ledger(calendar=rows)
    assert len(made["calendar"]) == 0
    assert [code for code, *_ in codes(findings)] == ["unreadable", "unreadable"]


def test_unknown_is_told_from_empty():
    rows = [{"milestone_id": "M1", "contract_id": "K", "name": "n", "share": "abc"},
            {"milestone_id": "M2", "contract_id": "K", "name": "n"}]  # fmt: skip
    made, _ = ledger(contracts=[{"contract_id": "K", "customer_id": "C", "amount": 1.0}], milestones=rows)
    assert made["milestones"]["share"].tolist() == [None, None]
    assert made.is_unknown("milestones", "share").tolist() == [True, False]


def test_a_row_has_its_own_currency_else_its_contracts_else_the_base():
    contracts = [{"contract_id": "K", "customer_id": "C", "amount": 5.5, "currency": "jpy"},
                 {"contract_id": "L", "customer_id": "C", "amount": 5.5}]  # fmt: skip
    milestones = [
        {"milestone_id": "M", "contract_id": "K", "name": "n", "amount_fixed": 3.0, "currency": "USD"}
    ]
    receipts = [
        {"receipt_id": "1", "date": date(2026, 1, 1), "amount": 2.0, "milestone_id": "M"},
        {"receipt_id": "2", "date": date(2026, 1, 1), "amount": 2.0, "contract_id": "K"},
        {"receipt_id": "3", "date": date(2026, 1, 1), "amount": 2.0, "contract_id": "K", "currency": "美元"},
        {"receipt_id": "4", "date": date(2026, 1, 1), "amount": 2.0},
        {"receipt_id": "5", "date": date(2026, 1, 1), "amount": 2.0, "currency": CellError("#N/A")},
    ]
    made, findings = ledger(customers=[{"customer_id": "C", "name": "c"}], contracts=contracts,
                            milestones=milestones, receipts=receipts)  # fmt: skip
    assert made.currencies["contracts"] == ["JPY", "CNY"]
    assert made.currencies["milestones"] == ["JPY"], "the computed cell has no say"
    assert made.currencies["receipts"] == ["JPY", "JPY", "USD", "CNY", "???"]
    assert made["receipts"]["amount"].tolist() == [2, 2, 200, 200, 200]
    assert codes(findings) == [
        ("cell_error", "receipts", 10, "currency"),
        ("too_many_decimals", "contracts", 6, "amount"),
    ]


def test_references_are_told_with_what_may_be_meant():
    made, findings = ledger(
        customers=[{"customer_id": "007", "name": "c"}],
        contracts=[{"contract_id": "K", "customer_id": 7.0, "amount": 1.0}],
    )
    assert made["contracts"]["customer_id"].tolist() == ["7"]
    assert codes(findings) == [("reference_unknown", "contracts", 6, "customer_id")]
    assert findings[0].cure.en.startswith("Is it 007?")


def test_headings_in_any_order_and_language():
    rows = [{"customer_id": "A", "name": "a", "hold": "是"}]
    for language in ("key", "zh", "en"):
        source = raw("customers", rows, language)
        backwards = RawTable(source.sheet, source.headings[::-1], source.columns[::-1], source.rows)
        book = RawBook({**{key: raw(key, ()) for key in TABLES}, "customers": backwards})
        made, findings = build_ledger(book, "CNY")
        assert findings == []
        assert made["customers"].loc[6, ["customer_id", "name", "hold"]].tolist() == ["A", "a", True]


def test_a_missing_column_is_empty_and_told():
    source = raw("customers", [{"customer_id": "A", "name": "a", "notes": "n"}])
    keep = [place for place, heading in enumerate(source.headings) if heading != "notes"]
    less = RawTable(
        source.sheet, [source.headings[i] for i in keep], [source.columns[i] for i in keep], source.rows
    )
    made, findings = build_ledger(
        RawBook({**{key: raw(key, ()) for key in TABLES}, "customers": less}), "CNY"
    )
    assert made["customers"]["notes"].tolist() == [""]
    assert codes(findings) == [("heading_missing", "customers", None, "notes")]
    assert findings[0].severity is Severity.WARNING


def test_a_computed_cell_that_does_not_fit_is_written_again():
    made, findings = ledger(customers=[{"customer_id": "A", "name": "a", "open": "12"}])
    assert codes(findings) == [("typed_over", "customers", 6, "open")]
    assert made.is_unknown("customers", "open").tolist() == [True], "also where it could be read: it is text"
    assert isinstance(made["customers"]["open"], pd.Series)
