"""Undo: what the last run wrote goes, by key; what people did since stays; and what clashes is told."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from addin.files.memory import memory_file
from addin.files.named import named_cells
from addin.files.package import CellEdit, Edits, TableEdit
from addin.files.package.edits import ColumnEdit
from addin.files.reader import read_book
from addin.files.template.places import DASHBOARD_NAMES
from addin.model.cells import AnyCell
from addin.model.tables import TABLES
from addin.service.books import check_book
from tests.service.undone import (
    DAY,
    LATER,
    MIXED,
    TODAY,
    by_key,
    changed_row,
    edited,
    ordered,
    refresh,
    same_but_runs,
    typed,
    undo,
)


def shown(book: Path) -> dict[str, Any]:
    return named_cells(book, DASHBOARD_NAMES)


def test_of_a_book_that_nobody_touched_every_owned_cell_is_as_before(book: Path) -> None:
    old_bytes, before, board = book.read_bytes(), read_book(book), shown(book)
    ran = refresh(book)
    assert ran.changes > 0 and shown(book) != board
    assert ran.backup and ran.backup.read_bytes() == old_bytes
    report = undo(book)
    assert (report.run.number, report.restored, report.clashes) == (2, ran.changes, ())
    after = read_book(book)
    for key, table in before.tables.items():
        if key != "runs":
            assert after.tables[key] == table, key
    assert after.above == before.above and after.names == before.names
    assert shown(book) == board


def test_parts_without_owned_cells_are_the_same_bytes(book: Path) -> None:
    old = parts(book)
    refresh(book)
    changed_by_run = {name for name, data in parts(book).items() if old.get(name) != data}
    undo(book)
    changed = {name for name, data in parts(book).items() if old.get(name) != data}
    assert parts(book).keys() == old.keys() and changed < changed_by_run
    assert changed <= {name for name in old if name.startswith(("xl/worksheets/", "xl/tables/"))}


def parts(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_rows_are_found_by_key_whatever_people_did_to_them(book: Path) -> None:
    """Sorted the other way round, three deleted, one inserted on top."""
    before = by_key(read_book(book), "milestones", "computed")
    refresh(book)
    count = len(read_book(book).tables["milestones"].rows)
    ordered(book, "milestones", [None, *reversed(range(3, count))])
    for column, value in (("milestone_id", "NEW-1"), ("contract_id", "C-NEW"), ("amount", Decimal(77))):
        typed(book, "milestones", column, 0, value)
    kept = by_key(read_book(book), "milestones", "input")
    report = undo(book)
    after = read_book(book)
    assert report.clashes == () and report.restored > 0
    assert by_key(after, "milestones", "input") == kept
    found = by_key(after, "milestones", "computed")
    assert 77.0 in found.pop("NEW-1")
    assert len(found) == len(before) - 3
    assert found == {key: before[key] for key in found}


def test_what_people_typed_since_stays(book: Path) -> None:
    before = {key: by_key(read_book(book), key, "computed") for key in MIXED}
    refresh(book)
    typed(book, "milestones", "owner", 2, "Someone new")
    typed(book, "contracts", "notes", 0, "called today")
    typed(book, "receipts", "amount", 1, Decimal("1.23"))
    typed(book, "customers", "name", 0, "Another name")
    inputs = {key: by_key(read_book(book), key, "input") for key in MIXED}
    assert undo(book).clashes == ()
    after = read_book(book)
    assert {key: by_key(after, key, "input") for key in MIXED} == inputs
    assert {key: by_key(after, key, "computed") for key in MIXED} == before


@pytest.mark.parametrize("memory", ["kept", "lost", "of another run"])
def test_a_computed_cell_typed_over_since_is_a_clash(book: Path, memory: str) -> None:
    """Also where the memory is gone: then the run is worked out again from its backup."""
    before = read_book(book)
    first = book.with_name("memory")
    shutil.copyfile(memory_file(book), first)
    refresh(book)
    ran = read_book(book)
    row = changed_row(before, ran, "milestones", "days_overdue")
    typed(book, "milestones", "days_overdue", row, 12345)
    if memory == "lost":
        memory_file(book).unlink()
    elif memory == "of another run":
        shutil.copyfile(first, memory_file(book))
    report = undo(book)
    (clash,) = report.clashes
    table = before.tables["milestones"]
    place = TABLES["milestones"].places(table.headings)
    assert (clash.table, clash.row, clash.column) == ("milestones", table.rows[row], "days_overdue")
    assert clash.key == table.columns[place["milestone_id"]][row]
    assert (clash.stands, clash.would_be) == ("12345", f"{table.columns[place['days_overdue']][row]:.0f}")
    after = read_book(book).tables["milestones"].columns[place["days_overdue"]]
    expected = [*table.columns[place["days_overdue"]]]
    expected[row] = 12345.0
    assert list(after) == expected


def test_a_clash_is_told_by_the_next_refresh_as_typed_over(book: Path) -> None:
    before = read_book(book)
    refresh(book)
    row = changed_row(before, read_book(book), "milestones", "days_overdue")
    typed(book, "milestones", "days_overdue", row, 12345)
    undo(book)
    told = [found for found in refresh(book, as_of=DAY).result.findings if found.code == "typed_over"]
    assert [(found.row, found.column) for found in told] == [
        (before.tables["milestones"].rows[row], "days_overdue")
    ]


def test_unreadable_words_typed_since_are_a_clash_too(book: Path) -> None:
    refresh(book)
    typed(book, "milestones", "amount", 0, "ask Li")
    (clash,) = undo(book).clashes
    assert (clash.column, clash.stands) == ("amount", "ask Li")
    place = TABLES["milestones"].places(read_book(book).tables["milestones"].headings)["amount"]
    assert read_book(book).tables["milestones"].columns[place][0] == "ask Li"


def test_what_somebody_typed_over_before_the_run_comes_back(book: Path) -> None:
    """It was there before the run: the undo puts it back as it was, a word in a column of amounts too."""
    typed(book, "milestones", "open", 3, Decimal("12345.67"))
    typed(book, "milestones", "amount", 4, "ask Li")
    before = read_book(book)
    refresh(book)
    assert undo(book).clashes == ()
    assert read_book(book).tables["milestones"] == before.tables["milestones"]
    told = [found for found in check_book(book, today=TODAY, as_of=LATER).result.findings
            if found.code == "typed_over"]  # fmt: skip
    assert {(found.column, found.row) for found in told} == {("open", 9), ("amount", 10)}


def test_cells_beside_rows_that_do_not_count_come_back(book: Path) -> None:
    """A key twice, and computed cells beside a row without input: the run empties them, the undo does not lose them."""
    count = len(read_book(book).tables["milestones"].rows)
    ordered(book, "milestones", [*range(count), None, None])
    key = read_book(book).tables["milestones"].columns[0][0]
    typed(book, "milestones", "milestone_id", count, key)
    typed(book, "milestones", "open", count, Decimal(5))
    typed(book, "milestones", "customer_name", count + 1, "left over")
    before = read_book(book).tables["milestones"]
    assert len(before.rows) == count + 2
    refresh(book)
    assert len(read_book(book).tables["milestones"].rows) == count + 1
    undo(book)
    assert read_book(book).tables["milestones"] == before


def with_a_nameless_receipt(book: Path) -> tuple[int, Callable[[], AnyCell]]:
    """A receipt without an id, which the next run gives."""
    count = len(read_book(book).tables["receipts"].rows)
    ordered(book, "receipts", [*range(count), None])
    for column, value in (("date", date(2026, 6, 1)), ("amount", Decimal(10)), ("contract_id", "none")):
        typed(book, "receipts", column, count, value)
    return count, lambda: read_book(book).tables["receipts"].columns[0][count]


def test_ids_that_the_run_gave_are_taken_back(book: Path) -> None:
    count, standing = with_a_nameless_receipt(book)
    before = read_book(book)
    refresh(book)
    assert standing() != ""
    assert undo(book).clashes == ()
    assert standing() == ""
    assert read_book(book).tables["receipts"] == before.tables["receipts"]
    assert len(before.tables["receipts"].rows) == count + 1


def test_an_id_that_somebody_changed_since_stays(book: Path) -> None:
    count, standing = with_a_nameless_receipt(book)
    refresh(book)
    typed(book, "receipts", "receipt_id", count, "R-MINE")
    assert undo(book).clashes == ()
    assert standing() == "R-MINE"


def test_an_id_that_is_used_elsewhere_stays_and_is_told(book: Path) -> None:
    count = len(read_book(book).tables["milestones"].rows)
    ordered(book, "milestones", [*range(count), None])
    contract = read_book(book).tables["milestones"].columns[1][0]
    for column, value in (("contract_id", contract), ("name", "Extra"), ("amount_fixed", Decimal(0))):
        typed(book, "milestones", column, count, value)
    refresh(book)
    given = read_book(book).tables["milestones"].columns[0][count]
    typed(book, "receipts", "milestone_id", 0, given)
    report = undo(book)
    assert [(clash.column, clash.stands, clash.would_be) for clash in report.clashes] == [
        ("milestone_id", given, "")
    ]
    assert read_book(book).tables["milestones"].columns[0][count] == given


def test_peoples_words_in_a_computed_row_that_would_go_are_kept(book: Path) -> None:
    """The run made a new row in the changes table and somebody wrote beside it, in a column of their own."""
    raw = read_book(book).tables["changes"]
    refresh(book)
    widened(book)
    ran = read_book(book).tables["changes"]
    assert len(ran.rows) > len(raw.rows) and ran.headings[-1] == "Mine"
    report = undo(book)
    (clash,) = report.clashes
    assert (clash.table, clash.column, clash.stands, clash.would_be) == (
        "changes",
        "Mine",
        "look into it",
        "",
    )
    kept = read_book(book).tables["changes"]
    assert [column[0] for column in kept.columns] == [column[1] for column in ran.columns]
    assert len(kept.rows) == 1


def widened(book: Path) -> None:
    """A column of people's own at the right of the changes table, filled in its second row."""
    raw = read_book(book).tables["changes"]
    old = book.with_name("narrow.xlsx")
    book.replace(old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.startswith("xl/tables/") and b'displayName="changes"' in data:
                data = with_column(data.decode(), len(raw.headings)).encode()
            target.writestr(item, data)
    old.unlink()
    place = raw.first_column + len(raw.headings)
    cells = [CellEdit(raw.sheet, raw.header_row, place, "Mine")]
    edited(book, Edits(cells=[*cells, CellEdit(raw.sheet, raw.rows[1], place, "look into it")]))


def with_column(table: str, count: int) -> str:
    last, next_one = chr(ord("A") + count - 1), chr(ord("A") + count)
    grown = table.replace(f":{last}", f":{next_one}").replace(f'count="{count}"', f'count="{count + 1}"')
    return grown.replace("</tableColumns>", f'<tableColumn id="{count + 1}" name="Mine"/></tableColumns>')


def test_a_refresh_that_leaves_a_computed_table_empty_writes_it(book: Path) -> None:
    """All receipts gone: there are no allocations any more."""
    raw = read_book(book).tables["receipts"]
    assert len(read_book(book).tables["allocations"].rows) > 0
    columns = {place: ColumnEdit("text", [None] * raw.size) for place in range(len(raw.headings))}
    edited(book, Edits([TableEdit("receipts", columns)]))
    before = read_book(book)
    refresh(book)
    assert len(read_book(book).tables["allocations"].rows) == 0
    undo(book)
    assert same_but_runs(read_book(book), before)
