"""A new row from the one that somebody points at: what it is about, what is known of it, where it comes to stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from addin.files.package.edits import KEEP
from addin.model.cells import CellError, RawBook, RawTable
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service.new_rows import NewRow, Subject, new_row, subject_of

TODAY = date(2026, 6, 30)


def table(key: str, *rows: dict[str, Any], size: int = 0, without: tuple[str, ...] = ()) -> RawTable:
    """A table from row 5 on whose rows stand below the heading, one after the other."""
    columns = [column for column in TABLES[key].columns if column.key not in without]
    return RawTable(
        sheet=TABLES[key].name.en,
        headings=[column.name.en for column in columns],
        columns=[[row.get(column.key, "") for row in rows] for column in columns],
        rows=[6 + at for at in range(len(rows))],
        size=size or max(len(rows), 1),
    )


BOOK = RawBook(
    {
        "customers": table("customers", {"customer_id": "C1", "name": "Alpha", "contact": "Ms Li"}),
        "contracts": table("contracts", {"contract_id": "K1", "customer_id": "C1", "manager": "Wang"}),
        "milestones": table(
            "milestones",
            {"milestone_id": "M1", "contract_id": "K1", "open": 12.35},
            {"milestone_id": 1002.0, "contract_id": "K1", "open": 0.0},
            {"milestone_id": "M3", "contract_id": CellError("#REF!"), "open": ""},
        ),
        "aging": table(
            "aging", {"group_kind": "Manager", "group_id": "Zhao"}, {"group_kind": "客户", "group_id": "C1"}
        ),
        "contacts": table("contacts", {"contact_id": "CT007", "date": TODAY}, size=4),
        "promises": table("promises"),
        "disputes": table("disputes", {"dispute_id": "D-9"}),
    }
)


@pytest.mark.parametrize(
    ("key", "row", "about"),
    [
        ("milestones", 6, Subject("M1", "K1", "C1", "Wang")),
        ("milestones", 7, Subject("1002", "K1", "C1", "Wang")),
        ("milestones", 8, Subject("M3", "", "", "")),
        ("contracts", 6, Subject("", "K1", "C1", "Wang")),
        ("customers", 6, Subject("", "", "C1", "")),
        ("aging", 6, Subject("", "", "", "Zhao")),
        ("aging", 7, Subject("", "", "C1", "")),
        ("promises", 6, Subject()),  # a blank row is about nothing
    ],
)
def test_a_row_tells_whom_and_what_it_is_about(key: str, row: int, about: Subject) -> None:
    assert subject_of(BOOK, key, row) == about


def written(new: NewRow) -> dict[str, object]:
    """What the new row holds, by column key; every other cell of the table is left alone."""
    places = TABLES[new.table].places(BOOK.tables[new.table].headings)
    at = new.row - 6
    found = {}
    for key, place in places.items():
        if place in new.edit.columns:
            values = new.edit.columns[place].values
            assert [value for row, value in enumerate(values) if row != at] == [KEEP] * (len(values) - 1)
            found[key] = values[at]
    return found


def test_a_contact_takes_the_next_number_and_the_first_blank_row() -> None:
    new = new_row(BOOK, "contact", Subject("M1", "K1", "C1", "Wang"), TODAY, "me")
    assert written(new) == {
        "contact_id": "CT008", "date": TODAY, "customer_id": "C1", "contract_id": "K1", "person": "Ms Li", "by": "me",
    }  # fmt: skip
    assert (new.row, new.edit.rows) == (7, 4)  # the table has room: it does not grow
    assert new.column == 1 + [column.key for column in TABLES["contacts"].columns].index("channel")


def test_a_promise_is_of_the_exact_amount_that_is_open() -> None:
    new = new_row(BOOK, "promise", Subject("M1", "K1", "C1", "Wang"), TODAY, "me")
    assert written(new)["amount"] == Decimal("12.35")
    assert new.row == 6 and new.edit.rows == 1
    settled = new_row(BOOK, "promise", Subject("1002", "K1", "C1", "Wang"), TODAY, "me")
    assert "amount" not in written(settled)
    assert settled.column == 1 + [column.key for column in TABLES["promises"].columns].index("amount")


def test_a_dispute_below_a_full_table_makes_it_grow_and_asks_first_for_what_is_missing() -> None:
    new = new_row(BOOK, "dispute", Subject(customer_id="C1"), TODAY, "me")
    assert written(new) == {"dispute_id": "D-10", "opened": TODAY}
    assert (new.row, new.edit.rows) == (7, 2)
    assert new.column == 1 + [column.key for column in TABLES["disputes"].columns].index("milestone_id")


def test_a_book_without_the_table_is_told_what_to_do() -> None:
    with pytest.raises(LedgerError, match="huikuan upgrade"):
        new_row(BOOK, "reschedule", Subject(), TODAY, "me")


def test_columns_that_people_deleted_are_not_written() -> None:
    book = RawBook({**BOOK.tables, "contacts": table("contacts", without=("by", "person"))})
    new = new_row(book, "contact", Subject(customer_id="C1"), TODAY, "me")
    assert len(new.edit.columns) == 3


def test_ids_are_read_as_the_ledger_reads_them() -> None:
    """Full-width signs and outer white space make no other id."""
    book = RawBook({**BOOK.tables, "tasks": table("tasks", {"contract_id": "Ｋ１ ", "customer_id": " C1"})})
    assert subject_of(book, "tasks", 6) == Subject("", "K1", "C1", "Wang")
