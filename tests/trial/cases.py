"""What is tried: which edits on which books. Every case writes a source of its own and the edited result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from unittest import mock

from addin.files.package import CellEdit, ColumnEdit, Edits, PackageError, TableEdit, patch
from addin.service import books
from addin.service.demo import make_demo
from tests.tools import SHARED
from tests.trial.surgery import Parts, with_ledger_sheet, with_table_on_sheet
from tests.trial.transplant import add_ribbon, add_slicer, transplant, widen
from tests.trial.view import BookView, TableView

CORPUS = sorted(book for book in (SHARED / "corpus").glob("*.xls[xm]") if book.name != "signed.xlsx")
DAYS = (date(2026, 12, 31), date(2025, 6, 30))
"""As-of days of the refreshes of a ledger whose demo was refreshed at 2026-06-30: later and earlier."""
KINDS = ("column", "grown", "shrunk", "sorted", "everything", "emptied")
"""What is done to a table."""
Kinds = tuple[str, ...]
VALUES = ("回款 <&> \n x", Decimal("1234.50"), date(2026, 6, 30), None, True, "=1+1")


@dataclass(frozen=True)
class Case:
    """An edit of a book: what it was before, what came out, and what was asked for."""

    name: str
    source: Path
    result: Path
    edits: Edits


def on_cells(book: Path, folder: Path) -> Iterator[Case]:
    """A cell and a column of cells on every sheet of a book, headings of tables left out: they name columns."""
    view = BookView(book)
    for number, tab in enumerate(view.sheets):
        headings = [table for table in view.tables.values() if table.sheet == tab and table.headers]
        rows = [row for row in range(1, 25) if all(row != table.whole[0] for table in headings)]
        cell = Edits(cells=[CellEdit(tab, rows[2], 2, "回款")])
        yield patched(f"{book.name} cell {number}", book, folder, cell)
        column = [CellEdit(tab, row, 2, VALUES[row % len(VALUES)]) for row in rows]
        yield patched(f"{book.name} column {number}", book, folder, Edits(cells=column))


def on_own_tables(book: Path, folder: Path) -> Iterator[Case]:
    """Tables that the book came with."""
    for name, table in BookView(book).tables.items():
        for kind, edit in table_edits(name, table.bottom - table.top + 1, 0):
            try:
                yield patched(f"{book.name} {name} {kind}", book, folder, Edits([edit]))
            except PackageError as error:  # what stands below a table is never overwritten
                if "is not empty" not in str(error):
                    raise


def on_ledger_tables(book: Path, folder: Path, kinds: Kinds = KINDS, sheets: int = 99) -> Iterator[Case]:
    """A ledger table on a sheet of its own and on the book's sheets, with a user column, a filter and totals."""
    source = folder / f"sheet-{book.name}"
    table = with_ledger_sheet(book, source)
    for kind, edit in table_edits(table.name, table.rows, 4, kinds):
        yield patched(f"{book.name} ledger sheet {kind}", source, folder, Edits([edit]))
    for number, tab in enumerate(list(BookView(book).sheets)[:sheets]):
        source = folder / f"on{number}-{book.name}"
        table = with_table_on_sheet(book, source, tab)
        for kind, edit in table_edits(table.name, table.rows, 4, kinds):
            yield patched(f"{book.name} table on {number} {kind}", source, folder, Edits([edit]))


def table_edits(name: str, rows: int, column: int, kinds: Kinds = KINDS) -> Iterator[tuple[str, TableEdit]]:
    """Of these kinds: a column, a grown, a shrunk, a re-sorted table, all at once, and an emptied one."""

    def amounts(count: int) -> dict[int, ColumnEdit]:
        return {column: ColumnEdit("number", [Decimal(number) / 4 for number in range(count)])}

    turned = [*range(rows)][::-1]
    half = max(rows // 2, 1)
    mixed = [*turned[: rows // 2], None, None]
    edits = {
        "column": TableEdit(name, amounts(rows)),
        "grown": TableEdit(name, amounts(rows + 3), rows=rows + 3),
        "shrunk": TableEdit(name, amounts(half), rows=half),
        "sorted": TableEdit(name, amounts(rows), order=turned),
        "everything": TableEdit(name, amounts(len(mixed)), len(mixed), mixed, clear_filter=True),
        "emptied": TableEdit(name, rows=0, clear_filter=True),
    }
    yield from ((kind, edits[kind]) for kind in kinds)


def demo_ledger(folder: Path) -> Path:
    """The demo ledger, refreshed at a day of its own."""
    now = datetime(2026, 6, 30, 9)
    made = make_demo(folder / "demo", "zh", today=now.date(), now=now, by="trial")
    return made.report.book


def decorated(demo: Path, donor: Path, folder: Path) -> Path:
    """A ledger with user columns, filters, notes, sparklines, a slicer, a ribbon and all that the donor has."""
    ledger = Parts(demo)
    widen(ledger, "aging", '<filters><filter val="客户"/></filters>')
    widen(ledger, "milestones", '<filters blank="1"/>')
    widen(ledger, "allocations")
    add_slicer(ledger, "aging")
    add_ribbon(ledger)
    macros = transplant(ledger, donor, "donor")
    return ledger.save(folder / f"ledger-{donor.stem}.{'xlsm' if macros else 'xlsx'}")


def on_ledger(source: Path, folder: Path, kinds: Kinds = KINDS) -> Iterator[Case]:
    """A ledger refreshed at two days, and its tables under the writer's own operations."""
    for day in DAYS:
        yield _refreshed(f"{source.stem} refresh {day}", source, folder, day)
    for name in ("aging", "milestones"):
        table: TableView = BookView(source).tables[name]
        for kind, edit in table_edits(name, table.bottom - table.top + 1, 4, kinds):
            yield patched(f"{source.stem} {name} {kind}", source, folder, Edits([edit]))


def patched(name: str, source: Path, folder: Path, edits: Edits) -> Case:
    """The edits, done by the writer."""
    result = _result(name, source, folder)
    patch(source, result, edits)
    return Case(name, source, result, edits)


def _refreshed(name: str, source: Path, folder: Path, day: date) -> Case:
    result = _result(name, source, folder)
    asked: list[Edits] = []
    save = books.save

    def listening(book: Path, edits: Edits, **more: object) -> object:
        asked.append(edits)
        return save(book, edits, **more)  # type: ignore[arg-type]  # passed on as it came

    with mock.patch.object(books, "save", listening):
        books.refresh_book(source, today=day, now=datetime(day.year, day.month, day.day, 9), by="trial",
                           as_of=day, out=result)  # fmt: skip
    return Case(name, source, result, asked[0])


def _result(name: str, source: Path, folder: Path) -> Path:
    words = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name)
    return folder / f"after-{words}{source.suffix}"
