"""A refresh is pure: cells and a day in, figures and cells to write out; nothing left to do the second time."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from addin.model.cells import RawBook
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.refresh import refresh
from tests.oracle.build import contract, fixed, receipt
from tests.oracle.random_ledgers import random_tables
from tests.rules.engine import Tables, raw_book
from tests.service.written import in_order, with_cell, with_column, written

DAY = date(2025, 3, 31)
SMALL: Tables = {
    "customers": [{"customer_id": "K", "name": "Firm K"}],
    "contracts": [contract("C", "100", project="Bridge")],
    "milestones": [fixed("M1", "60", "01-10", name="advance"), fixed("M2", "40", name="final")],
    "receipts": [receipt("R1", "01-20", "15", m="M1"), receipt("R2", "02-20", "5", k="K")],
}


def same_frames(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> bool:
    return all(one[key].equals(other[key]) for key in one) and one.keys() == other.keys()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", [3, 14, 15])
def test_a_second_refresh_of_its_own_output_writes_nothing(seed: int, language: Language) -> None:
    tables, days = random_tables(seed)
    raw = raw_book(tables)
    first = refresh(raw, days[-1], language)
    assert first.changes > 50 and {write.table for write in first.tables} >= {
        "aging",
        "allocations",
        "checks",
    }
    second = refresh(written(raw, first, language), days[-1], language)
    assert (list(second.cells), list(second.tables)) == ([], [])
    assert same_frames(dict(first.frames), dict(second.frames))


def test_a_day_on_and_back_again_leaves_what_was_there() -> None:
    tables, days = random_tables(3)
    raw = raw_book(tables)
    there = written(raw, refresh(raw, days[2], "zh"), "zh")
    later = written(there, refresh(there, days[-1], "zh"), "zh")
    back = refresh(later, days[2], "zh")
    assert back.changes > 0
    after, kept = written(later, back, "zh"), there.tables["history"].rows
    assert without_history(after) == without_history(there)
    assert [column[: len(kept)] for column in after.tables["history"].columns] == [
        *there.tables["history"].columns
    ], "what was recorded meanwhile stays below"


def without_history(raw: RawBook) -> RawBook:
    return replace(raw, tables={key: table for key, table in raw.tables.items() if key != "history"})


def test_only_what_a_new_payment_changes_is_written() -> None:
    raw = written(raw_book(SMALL), refresh(raw_book(SMALL), DAY, "zh"), "zh")
    more = refresh(with_cell(raw, "receipts", "amount", 0, 25.0), DAY, "zh")
    told = {
        (write.table, write.column, tuple(more.ids(write.table)[row] for row in write.rows))
        for write in more.cells
    }
    assert told == {
        ("milestones", "received", ("M1",)),
        ("milestones", "open", ("M1",)),
        ("contracts", "received", ("C",)),
        ("contracts", "open", ("C",)),
        ("contracts", "overdue", ("C",)),
        ("contracts", "collected_rate", ("C",)),
        ("customers", "open", ("K",)),
        ("customers", "overdue", ("K",)),
        ("customers", "exposure", ("K",)),
        ("receipts", "allocated", ("R1",)),
    }
    assert {write.table for write in more.tables} == {
        "worklist",
        "aging",
        "allocations",
        "provision",
        "rollforward",
        "checks",
    }


def test_the_book_that_is_read_is_not_touched() -> None:
    raw = raw_book(SMALL)
    before = deepcopy(raw)
    refresh(raw, DAY, "zh")
    assert raw == before


def test_an_empty_id_is_filled_once_and_stays() -> None:
    raw = with_cell(raw_book(SMALL), "receipts", "receipt_id", 1, "")
    first = refresh(raw, DAY, "zh")
    filled = next(write for write in first.cells if write.column == "receipt_id")
    assert (filled.table, list(filled.rows), list(filled.values)) == ("receipts", [7], ["R2"])
    after = written(raw, first, "zh")
    assert not refresh(after, DAY, "zh").cells
    assert "id_filled" not in [found.code for found in refresh(after, DAY, "zh").findings]


def test_missing_sheets_are_findings_and_the_rest_is_computed() -> None:
    raw = raw_book(SMALL)
    kept = ("customers", "contracts", "milestones", "receipts", "aging")
    few = replace(raw, tables={key: raw.tables[key] for key in kept})
    result = refresh(few, DAY, "zh")
    missing = {found.table for found in result.findings if found.code == "table_missing"}
    assert "adjustments" in missing and "receipts" not in missing
    assert {write.table for write in result.cells} | {write.table for write in result.tables} == {*kept}
    whole = refresh(raw, DAY, "zh")
    assert result.currencies == whole.currencies


def test_an_empty_book_has_no_errors() -> None:
    result = refresh(raw_book({}), DAY, "zh")
    assert (list(result.findings), result.changes) == ([], 0)
    assert all(control.closes for control in result.controls)


def test_a_book_of_a_newer_version_is_refused_by_name() -> None:
    newer = raw_book({**SMALL, "settings": [{"key": "schema", "value": "99"}]})
    with pytest.raises(LedgerError, match="99"):
        refresh(newer, DAY, "zh")


def variants(raw: RawBook) -> dict[str, RawBook]:
    headings = {
        key: replace(table, headings=[TABLES[key][heading].heading("zh") for heading in table.headings])
        for key, table in raw.tables.items()
    }
    turned = {
        key: replace(table, headings=table.headings[::-1], columns=table.columns[::-1])
        for key, table in raw.tables.items()
    }
    return {
        "zh headings": replace(raw, tables=headings),
        "columns reordered": replace(raw, tables=turned),
        "a user's column": with_column(raw, "milestones", "my notes", [1.0, "x"]),
        "rows sorted": in_order(raw, "milestones", [1, 0]),
    }


@pytest.mark.parametrize("kind", ["zh headings", "columns reordered", "a user's column", "rows sorted"])
def test_how_the_sheet_is_arranged_changes_no_figure(kind: str) -> None:
    raw = raw_book(SMALL)
    plain, other = refresh(raw, DAY, "zh"), refresh(variants(raw)[kind], DAY, "zh")
    assert (plain.currencies, plain.base, plain.controls) == (other.currencies, other.base, other.controls)
    assert other.frames["aging"].equals(plain.frames["aging"])
    assert other.frames["allocations"].equals(plain.frames["allocations"])
