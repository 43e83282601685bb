"""A small clean ledger in the standard workbook, and the ways to spoil just one thing in it.

As at 31 March 2026 its figures are, by hand: HT001 of 100,000 is 30,000 triggered on 5 January and due on
4 February (10,000 paid, so 20,000 are 55 days overdue), 40,000 triggered on 2 March and due on 1 April, and a
balance of 30,000 without a trigger. HT002 of 60,000 is one milestone, paid in full.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from addin.assets import templates
from addin.model.tables import TABLES
from addin.model.text import Language

AS_OF = "2026-03-31"
HEADING_ROW, FIRST_ROW = 5, 6
Rows = Mapping[str, Sequence[Mapping[str, object]]]
Place = tuple[str, int, str]
"""Table, sheet row and column key of a cell."""

CLEAN: Rows = {
    "customers": [
        {"customer_id": "C001", "name": "Alpha"},
        {"customer_id": "C002", "name": "Beta"},
    ],
    "contracts": [
        {"contract_id": "HT001", "customer_id": "C001", "amount": 100000},
        {"contract_id": "HT002", "customer_id": "C002", "amount": 60000},
    ],
    "milestones": [
        {"milestone_id": "M001", "contract_id": "HT001", "seq": 1, "name": "Advance", "share": 0.3,
         "trigger_date": date(2026, 1, 5), "term": "NET 30"},
        {"milestone_id": "M002", "contract_id": "HT001", "seq": 2, "name": "Stage", "share": 0.4,
         "trigger_date": date(2026, 3, 2), "term": "NET 30"},
        {"milestone_id": "M003", "contract_id": "HT001", "seq": 3, "name": "Final"},
        {"milestone_id": "M004", "contract_id": "HT002", "seq": 1, "name": "All", "amount_fixed": 60000,
         "trigger_date": date(2026, 2, 10)},
    ],
    "receipts": [
        {"receipt_id": "SK001", "date": date(2026, 2, 20), "customer_id": "C001", "amount": 10000,
         "contract_id": "HT001", "milestone_id": "M001"},
        {"receipt_id": "SK002", "date": date(2026, 3, 10), "customer_id": "C002", "amount": 60000,
         "contract_id": "HT002"},
    ],
}  # fmt: skip

CLEAN_TOTALS = {
    "contracted": "160000.00",
    "receivable": "130000.00",
    "received": "70000.00",
    "adjusted": "0.00",
    "open": "60000.00",
    "pending": "30000.00",
    "current": "40000.00",
    "overdue": "20000.00",
    "unapplied": "0.00",
}


@dataclass(frozen=True)
class Cell:
    """A cell as the file holds it: attributes and content of its element."""

    attributes: str
    content: str


def number(written: str) -> Cell:
    return Cell("", f"<v>{written}</v>")


def text(words: str) -> Cell:
    return Cell('t="inlineStr"', f'<is><t xml:space="preserve">{escape(words)}</t></is>')


def shows_error(code: str) -> Cell:
    return Cell('t="e"', f"<v>{code}</v>")


def truth(value: bool) -> Cell:
    return Cell('t="b"', f"<v>{int(value)}</v>")


def formula(written: str, cached: str | None = None) -> Cell:
    """A formula; without a cached value it was never calculated."""
    return Cell("", f"<f>{escape(written)}</f>" + (f"<v>{cached}</v>" if cached is not None else ""))


EMPTY = Cell("", "")


def with_rows(**more: Sequence[Mapping[str, object]]) -> Rows:
    """The clean ledger with whole tables put in place of its own."""
    return {**CLEAN, **more}


def make_book(
    folder: Path,
    cells: Mapping[Place, Cell] | None = None,
    *,
    language: Language = "en",
    rows: Rows = CLEAN,
    change: Callable[[Workbook], object] | None = None,
) -> Path:
    """The standard workbook with these rows; then `change` by openpyxl, then single cells as written."""
    content = _clean(language) if rows is CLEAN else _filled(language, rows)
    if change is not None:
        book = load_workbook(io.BytesIO(content))
        change(book)
        content = _saved(book)
    path = folder / "ledger.xlsx"
    path.write_bytes(_with_cells(content, cells or {}, language))
    return path


@lru_cache(maxsize=2)
def _clean(language: Language) -> bytes:
    return _filled(language, CLEAN)


def _filled(language: Language, rows: Rows) -> bytes:
    book = load_workbook(templates() / f"huikuan-{language}.xlsx")
    for key, records in rows.items():
        fill(sheet_of(book, key, language), key, records)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(book: Workbook, key: str, language: Language = "en") -> Worksheet:
    return book[TABLES[key].name.in_(language)]


def fill(sheet: Worksheet, key: str, records: Sequence[Mapping[str, object]]) -> None:
    """Rows below the headings, the table as large as they are; an empty table keeps one blank row.

    What the settings sheet holds already stays: new rows follow it.
    """
    table = sheet.tables[key]
    first = last_row(sheet, key) + 1 if key == "settings" else FIRST_ROW
    for row, record in enumerate(records, first):
        for column, declared in enumerate(TABLES[key].columns, 1):
            cell = sheet.cell(row, column)
            cell._style = copy(sheet.cell(FIRST_ROW, column)._style)
            cell.value = record.get(declared.key)  # type: ignore[assignment]  # plain values only
    last = max(first + len(records) - 1, FIRST_ROW)
    resize(sheet, key, last)
    assert table.ref.endswith(str(last))


def last_row(sheet: Worksheet, key: str) -> int:
    return int(re.findall(r"\d+", sheet.tables[key].ref)[-1])


def resize(sheet: Worksheet, key: str, last: int, columns: int | None = None) -> None:
    """The table from its heading down to this row."""
    table = sheet.tables[key]
    letter = get_column_letter(columns or len(TABLES[key].columns))
    table.ref = f"A{HEADING_ROW}:{letter}{last}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def letters(key: str, column: str) -> str:
    return get_column_letter(list(TABLES[key].by_key).index(column) + 1)


def _with_cells(content: bytes, cells: Mapping[Place, Cell], language: Language) -> bytes:
    """The package with single cells replaced, styles kept."""
    by_part: dict[str, list[tuple[str, Cell]]] = {}
    names = load_names(content)
    for (key, row, column), cell in cells.items():
        part = f"xl/worksheets/sheet{names.index(TABLES[key].name.in_(language)) + 1}.xml"
        by_part.setdefault(part, []).append((f"{letters(key, column)}{row}", cell))

    def spoil(name: str, part: bytes) -> bytes:
        for place, cell in by_part.get(name, ()):
            part = _put(part, place, cell)
        return part

    return repacked(content, spoil)


def load_names(content: bytes) -> list[str]:
    """The sheets in the order of their parts, as openpyxl numbers them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        workbook = package.read("xl/workbook.xml").decode()
    return re.findall(r'<(?:\w+:)?sheet [^>]*?name="([^"]+)"', workbook)


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None
) -> bytes:
    """Every part of the package through `change`, by its name, and more parts after them."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return target.getvalue()


def _put(part: bytes, place: str, cell: Cell) -> bytes:
    pattern = re.compile(rb'<c r="%s"( s="\d+")?[^>]*?(?:/>|>.*?</c>)' % place.encode(), re.DOTALL)
    made, count = pattern.subn(
        lambda hit: (
            b'<c r="%s"%s %s>%s</c>'
            % (place.encode(), hit[1] or b"", cell.attributes.encode(), cell.content.encode())
        ),
        part,
    )
    assert count == 1, f"the sheet has no cell {place}"
    return made
