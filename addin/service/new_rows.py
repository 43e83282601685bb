"""A new row of what people record, filled from the row that they point at: a contact, a promise, a dispute …"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from addin.files.package.edits import KEEP, ColumnEdit, ColumnValue, TableEdit
from addin.files.writing import CELL_KINDS
from addin.model import bad_rows
from addin.model.cells import AnyCell, CellError, RawBook, RawTable, Uncalculated
from addin.model.columns import fold
from addin.model.finding import LedgerError
from addin.model.numerals import clean, from_float
from addin.model.reading import text_of
from addin.model.tables import TABLES
from addin.model.text import Text

SUBJECT_COLUMNS: Final = ("milestone_id", "contract_id", "customer_id", "manager")


@dataclass(frozen=True)
class Subject:
    """Whom and what a row is about, as far as it tells; what it leaves open the other tables tell."""

    milestone_id: str = ""
    contract_id: str = ""
    customer_id: str = ""
    manager: str = ""


@dataclass(frozen=True)
class NewRow:
    """A row to add: the edit, where it comes to stand, and the first cell of it that is left to people."""

    table: str
    edit: TableEdit
    row: int
    column: int


def subject_of(raw: RawBook, table: str, row: int) -> Subject:
    """What a row of a ledger table is about: its own ids, and those that its milestone or contract has, cleaned."""
    cells = _row_cells(raw, table, row)
    milestone, contract, customer, manager = (cells.get(key, "") for key in SUBJECT_COLUMNS)
    if "group_kind" in cells:
        kinds = {
            fold(word): kind for kind, name in TABLES[table]["group_kind"].choices for word in (kind, *name)
        }
        group = {kinds.get(fold(cells["group_kind"]), ""): cells.get("group_id", "")}
        customer, contract = group.get("customer", customer), group.get("contract", contract)
        manager = group.get("manager", manager)
    contract = contract or _linked(raw, "milestones", milestone, "contract_id")
    customer = customer or _linked(raw, "contracts", contract, "customer_id")
    manager = manager or _linked(raw, "contracts", contract, "manager")
    return Subject(clean(milestone), clean(contract), clean(customer), manager)


def new_row(raw: RawBook, button: str, subject: Subject, today: date, by: str) -> NewRow:
    """The row that a button adds below the last one. LedgerError where the book has no table for it."""
    key, fill = PREFILLED[button]
    source = require(raw, key)
    places = TABLES[key].places(source.headings)
    values = {column: value for column, value in fill(raw, subject, today, by).items() if column in places}
    identity = TABLES[key].identity[0]
    if identity in places:
        ids = [_text(cell) for cell in source.columns[places[identity]]]
        values[identity] = next(bad_rows.new_ids(key, ids))
    at = max(source.rows, default=source.header_row) - source.header_row
    size = max(source.size, at + 1)
    columns = {
        places[column]: ColumnEdit(CELL_KINDS.get(TABLES[key][column].kind, "text"), _only(at, size, value))
        for column, value in values.items()
        if value not in ("", None)
    }
    filled = {column for column, value in values.items() if value not in ("", None)}
    edit = TableEdit(key, columns, size)
    return NewRow(
        key, edit, source.header_row + 1 + at, source.first_column + _first_open(key, places, filled)
    )


def require(raw: RawBook, key: str) -> RawTable:
    """A table of the book. LedgerError where it has none of that name."""
    if key not in raw.tables:
        raise LedgerError("no_table", _no_table(key))
    return raw.tables[key]


def _only(at: int, size: int, value: ColumnValue) -> list[ColumnValue]:
    cells: list[ColumnValue] = [KEEP] * size
    cells[at] = value
    return cells


def _first_open(key: str, places: Mapping[str, int], filled: set[str]) -> int:
    """Where the first empty cell of people's own is, as the sheet has them."""
    own = [places[column.key] for column in TABLES[key].owned_by("input")
           if column.key in places and column.key not in filled]  # fmt: skip
    return min(own, default=0)


Values = Mapping[str, ColumnValue]
_Fill = Callable[[RawBook, Subject, date, str], Values]


def _contact(raw: RawBook, subject: Subject, today: date, by: str) -> Values:
    ids = {"customer_id": subject.customer_id, "contract_id": subject.contract_id}
    person = _linked(raw, "customers", subject.customer_id, "contact")
    return {"date": today, **ids, "person": person, "by": by}


def _promise(raw: RawBook, subject: Subject, today: date, by: str) -> Values:
    ids = {"customer_id": subject.customer_id, "milestone_id": subject.milestone_id}
    person = _linked(raw, "customers", subject.customer_id, "contact")
    return {"made_on": today, **ids, "amount": _open_of(raw, subject), "person": person}


def _dispute(raw: RawBook, subject: Subject, today: date, by: str) -> Values:
    return {"milestone_id": subject.milestone_id, "opened": today}


def _reschedule(raw: RawBook, subject: Subject, today: date, by: str) -> Values:
    return {"milestone_id": subject.milestone_id, "agreed_on": today}


PREFILLED: Final[Mapping[str, tuple[str, _Fill]]] = {
    "contact": ("contacts", _contact),
    "promise": ("promises", _promise),
    "dispute": ("disputes", _dispute),
    "reschedule": ("reschedules", _reschedule),
}
"""By button: the table that gains the row, and what is known of it beforehand."""


def _open_of(raw: RawBook, subject: Subject) -> ColumnValue:
    """What is open of the milestone as the last refresh left it; nothing where that is no amount above zero."""
    cell = _cell(raw, "milestones", subject.milestone_id, "open")
    return from_float(cell) if isinstance(cell, float) and cell > 0 else None


def _linked(raw: RawBook, table: str, id: str, column: str) -> str:
    return _text(_cell(raw, table, id, column))


def _cell(raw: RawBook, table: str, id: str, column: str) -> AnyCell:
    """The cell of the first row that has this id."""
    source = raw.tables.get(table)
    if source is None or not id:
        return ""
    places = TABLES[table].places(source.headings)
    identity = TABLES[table].identity[0]
    if identity not in places or column not in places:
        return ""
    wanted = fold(id)
    for position, cell in enumerate(source.columns[places[identity]]):
        if fold(_text(cell)) == wanted:
            return source.columns[places[column]][position]
    return ""


def _row_cells(raw: RawBook, table: str, row: int) -> dict[str, str]:
    """The words of a sheet row by column key; none where the row is blank or no row of the table."""
    source: RawTable = raw.tables[table]
    rows: Sequence[int] = source.rows
    if row not in rows:
        return {}
    at = list(rows).index(row)
    places = TABLES[table].places(source.headings)
    return {key: _text(source.columns[place][at]) for key, place in places.items()}


def _text(cell: AnyCell) -> str:
    return "" if isinstance(cell, CellError | Uncalculated) else text_of(cell)


def _no_table(key: str) -> Text:
    name = TABLES[key].name
    return Text(
        f"这个工作簿没有“{name.zh}”表。请用 huikuan upgrade 补上，或打开另一个台账。",
        f"This workbook has no table {name.en}. Add it by huikuan upgrade, or open another ledger.",
    )
