"""The ledger: one typed frame a table, its index the sheet rows, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from addin.model import bad_rows
from addin.model.cells import AnyCell, CellError, RawBook, RawTable, Uncalculated
from addin.model.columns import Column, Kind, Table, fold
from addin.model.finding import Finding
from addin.model.money import digits_of
from addin.model.numerals import clean
from addin.model.problems import Problem
from addin.model.reading import plain_ids, read_column
from addin.model.tables import TABLES
from addin.model.text import Text

CURRENCY_NAMES = {
    "RMB": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "港币": "HKD",
    "日元": "JPY",
}


@dataclass(frozen=True)
class Ledger:
    """Typed frames of all input and mixed tables.

    ``unknown`` holds, by (table, column), the sheet rows whose cell could not be read: unknown, not empty.
    ``currencies`` and ``digits`` hold each row's currency and its number of decimals.
    ``filled_ids`` holds, by table, the ids given to rows that had none, by sheet row.
    """

    frames: Mapping[str, pd.DataFrame]
    unknown: Mapping[tuple[str, str], frozenset[int]]
    currencies: Mapping[str, Sequence[str]]
    digits: Mapping[str, np.ndarray]
    filled_ids: Mapping[str, Mapping[int, str]]
    base_currency: str

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]

    def is_unknown(self, table: str, column: str) -> np.ndarray:
        """For each row of the table whether the cell could not be read."""
        index = self.frames[table].index.to_numpy()
        rows = self.unknown.get((table, column))
        return np.isin(index, sorted(rows)) if rows else np.zeros(len(index), dtype=bool)


@dataclass
class _Bound:
    """A table on its way from cells to a frame."""

    table: Table
    raw: RawTable
    cells: dict[str, Sequence[AnyCell]]
    keep: list[int]
    values: dict[str, Any]


def empty_frame(table: Table) -> pd.DataFrame:
    """A frame of the table's columns without rows, every column of its dtype."""
    values = {column.key: read_column(column, [])[0] for column in table.columns}
    return _framed(table, values, pd.Index([], dtype="int64", name="row"))


def read_settings(raw: RawBook) -> tuple[pd.DataFrame, list[Finding]]:
    """The settings table alone, as a policy needs it before the rest can be typed."""
    ledger, findings = _type_tables(raw, ("settings",), "CNY")
    return ledger["settings"], findings


def build_ledger(raw: RawBook, base_currency: str) -> tuple[Ledger, list[Finding]]:
    """Types every input and mixed table of a book and reports each cell that is wrong.

    Of a repeated identity the first row counts, the others are left out with an error. Rows without any
    input are left out silently. An empty own id is filled and told (WORKBOOK, keys).
    """
    keys = [table.key for table in TABLES.values() if table.role in ("input", "mixed", "settings")]
    ledger, findings = _type_tables(raw, keys, base_currency)
    return ledger, findings + bad_rows.references(ledger.frames)


def typed_computed(raw: RawBook, key: str, digits: np.ndarray | None = None) -> pd.DataFrame:
    """What stands in a computed table, typed, its index the sheet rows; cells that do not fit are empty.

    ``digits`` holds the decimals of each row's amounts, two where omitted.
    """
    table, source = TABLES[key], raw.tables.get(key)
    if source is None:
        return empty_frame(table)
    part = _bind(table, raw, [])
    cells = {key: source.columns[place] for key, place in table.places(source.headings).items()}
    part = replace(part, keep=list(range(len(source.rows))), cells=cells)
    _type_columns(part, table.columns, digits, {}, [])
    return _frame(part)


def _type_tables(raw: RawBook, keys: Sequence[str], base_currency: str) -> tuple[Ledger, list[Finding]]:
    findings: list[Finding] = []
    unknown: dict[tuple[str, str], frozenset[int]] = {}
    filled: dict[str, dict[int, str]] = {}
    bound = {key: _bind(TABLES[key], raw, findings) for key in keys}
    for part in bound.values():
        _type_columns(
            part,
            [column for column in part.table.columns if column.kind is not Kind.MONEY],
            None,
            unknown,
            findings,
        )
        filled[part.table.key] = _fill_ids(part, findings)
        _drop_repeated(part, unknown, findings)
    currencies = _currencies(bound, base_currency, unknown, findings)
    digits = {
        key: np.array([digits_of(code) for code in codes], dtype=int) for key, codes in currencies.items()
    }
    for key, part in bound.items():
        amounts = [column for column in part.table.columns if column.kind is Kind.MONEY]
        _type_columns(part, amounts, digits[key], unknown, findings)
        findings += _required(part)
    frames = {key: _frame(part) for key, part in bound.items()}
    return Ledger(frames, unknown, currencies, digits, filled, base_currency), findings


def _bind(table: Table, raw: RawBook, findings: list[Finding]) -> _Bound:
    """Finds each declared column among the headings, in any order and either language."""
    source = raw.tables.get(table.key)
    if source is None:
        findings.append(bad_rows.table_missing(table))
        source = RawTable("", [], [], [])
    cells: dict[str, Sequence[AnyCell]] = {}
    for heading, column in zip(source.headings, source.columns, strict=True):
        key = table.heading_keys.get(fold(heading))
        if key in cells:
            findings.append(bad_rows.heading_repeated(table, table[key], str(heading)))
        elif key is not None:
            cells[key] = column
    if source.sheet:
        findings += [
            bad_rows.heading_missing(table, column) for column in table.columns if column.key not in cells
        ]
    inputs = [
        cells[column.key] for column in table.columns if column.owner == "input" and column.key in cells
    ]
    keep = _filled_rows(inputs, len(source.rows))
    if len(keep) < len(source.rows):
        cells = {key: [column[position] for position in keep] for key, column in cells.items()}
    return _Bound(table, source, cells, keep, {})


def _filled_rows(columns: Sequence[Sequence[AnyCell]], count: int) -> list[int]:
    """Positions of rows with anything in one of the columns."""
    blank = list(range(count))
    for cells in columns:
        blank = [position for position in blank if _is_blank(cells[position])]
    return sorted(set(range(count)).difference(blank))


def _is_blank(cell: AnyCell) -> bool:
    return cell is None or (type(cell) is str and (not cell or cell.isspace()))


def _rows(part: _Bound) -> list[int]:
    return [part.raw.rows[position] for position in part.keep]


def _type_columns(
    part: _Bound,
    columns: Sequence[Column],
    digits: np.ndarray | None,
    unknown: dict[tuple[str, str], frozenset[int]],
    findings: list[Finding],
) -> None:
    rows = _rows(part)
    for column in columns:
        cells = part.cells.get(column.key)
        cells = [""] * len(rows) if cells is None else cells
        values, problems = read_column(column, cells, digits, part.raw.date1904)
        is_own_id = column.kind is Kind.TEXT and column.key in part.table.identity
        part.values[column.key] = plain_ids(values) if is_own_id else values
        if not problems:
            continue
        lost = frozenset(
            rows[problem.position] for problem in problems if problem.unknown or column.owner == "computed"
        )
        if lost:
            unknown[part.table.key, column.key] = lost
        findings += [_found(part.table, column, rows, problem) for problem in problems]


def _found(table: Table, column: Column, rows: Sequence[int], problem: Problem) -> Finding:
    row = rows[problem.position]
    if column.owner == "computed":
        return bad_rows.typed_over(table, column, row)
    message = problem.message
    if problem.unknown and column.key in table.identity:
        message = Text(f"{message.zh}，本行未计入", f"{message.en}; this row is left out")
    return Finding(problem.code, problem.severity, table.key, row, column.key, message, problem.cure)


def _fill_ids(part: _Bound, findings: list[Finding]) -> dict[int, str]:
    """Gives rows without an own id the next one of the pattern in use."""
    key = part.table.identity[0]
    column = part.table[key]
    if column.kind is not Kind.TEXT or part.table.role == "settings" or key not in part.cells:
        return {}
    ids, rows, cells = part.values[key], _rows(part), part.cells[key]
    empty = np.flatnonzero(ids == "").tolist()
    positions = [position for position in empty if not isinstance(cells[position], CellError | Uncalculated)]
    filled: dict[int, str] = {}
    if not positions:
        return filled
    for position, value in zip(positions, bad_rows.new_ids(part.table.key, ids), strict=False):
        ids[position] = filled[rows[position]] = value
        findings.append(bad_rows.id_filled(part.table, rows[position], value))
    return filled


def _drop_repeated(
    part: _Bound, unknown: Mapping[tuple[str, str], frozenset[int]], findings: list[Finding]
) -> None:
    """Leaves out rows whose identity stands above already, and rows that have none that could be read."""
    rows = _rows(part)
    lost = frozenset[int]().union(
        *(unknown.get((part.table.key, key), frozenset()) for key in part.table.identity)
    )
    seen: dict[tuple[str, ...], int] = {}
    keep: list[int] = []
    for position, key in enumerate(_identities(part)):
        row = rows[position]
        if row in lost:
            continue  # told where the cell was read
        if not key[0]:
            findings += bad_rows.nameless(part.table, row, part.cells)
        elif key in seen:
            findings.append(bad_rows.repeated(part.table, row, key, rows[seen[key]]))
        else:
            seen[key] = position
            keep.append(position)
    if len(keep) < len(rows):
        part.keep = [part.keep[position] for position in keep]
        part.cells = {key: [cells[position] for position in keep] for key, cells in part.cells.items()}
        part.values = {key: values[keep] for key, values in part.values.items()}


def _identities(part: _Bound) -> Iterable[tuple[str, ...]]:
    """The words that name each row; the first is empty where the row has no name."""
    columns = [
        part.values[key] if part.table[key].kind is Kind.TEXT else _written(part.values[key])
        for key in part.table.identity
    ]
    return zip(*columns, strict=True)


def _written(values: Any) -> list[str]:
    """Days and numbers as words, "" where there is none."""
    return ["" if pd.isna(value) else str(value).removesuffix("T00:00:00") for value in values]


def _required(part: _Bound) -> list[Finding]:
    """Empty cells where something is required; cells that could not be read were told already."""
    rows, missing = _rows(part), []
    for column in part.table.columns:
        if not column.required or column.key == part.table.identity[0]:
            continue
        cells = part.cells.get(column.key)
        if cells is None:
            continue
        missing += [
            bad_rows.required(part.table, column, rows[position])
            for position, cell in enumerate(cells)
            if _is_blank(cell)
        ]
    return missing


def _frame(part: _Bound) -> pd.DataFrame:
    rows = pd.Index(_rows(part), dtype="int64", name="row")
    return _framed(part.table, part.values, rows)


def _framed(table: Table, values: Mapping[str, Any], rows: pd.Index) -> pd.DataFrame:
    """A frame whose words stay plain objects, whatever string type pandas prefers."""
    columns = {
        column.key: pd.Series(
            values[column.key], index=rows, dtype=getattr(values[column.key], "dtype", object)
        )
        for column in table.columns
    }
    return pd.DataFrame(columns, index=rows, copy=False)


def _currencies(
    bound: Mapping[str, _Bound],
    base: str,
    unknown: Mapping[tuple[str, str], frozenset[int]],
    findings: list[Finding],
) -> dict[str, list[str]]:
    """Each row's currency: its own, else its contract's, else the base currency."""
    named = {
        key: _codes(part, unknown.get((key, "currency"), frozenset()))
        for key, part in bound.items()
        if "currency" in part.table.by_key and part.table["currency"].owner == "input"
    }
    for key, codes in named.items():
        findings += bad_rows.odd_currencies(bound[key].table, _rows(bound[key]), codes)
        bound[key].values["currency"] = np.array(codes, dtype=object)
    by_contract = _lookup(bound, "contracts", "contract_id", named.get("contracts", ()))
    by_milestone = {
        milestone: by_contract.get(contract, "")
        for milestone, contract in _pairs(bound, "milestones", "milestone_id", "contract_id")
    }
    by_invoice = {
        invoice: by_contract.get(contract, "")
        for invoice, contract in _pairs(bound, "invoices", "invoice_no", "contract_id")
    }
    links = {"milestone_id": by_milestone, "contract_id": by_contract, "invoice_no": by_invoice}
    result = {}
    for key, part in bound.items():
        codes = list(named.get(key, [""] * len(part.keep)))
        if part.table.currency not in ("base", "self"):
            for column, known in links.items():
                if column in part.values and not (key == "milestones" and column == "milestone_id"):
                    linked = part.values[column]
                    codes = [code or known.get(link, "") for code, link in zip(codes, linked, strict=True)]
        result[key] = [code or base for code in codes]
    return result


def _codes(part: _Bound, lost: frozenset[int]) -> list[str]:
    """The code in each row's own cell, "" where it is empty; a cell that cannot be read is no known currency."""
    words = (clean(text).upper() for text in part.values["currency"])
    return [
        bad_rows.UNKNOWN_CURRENCY if row in lost else CURRENCY_NAMES.get(word, word)
        for row, word in zip(_rows(part), words, strict=True)
    ]


def _pairs(bound: Mapping[str, _Bound], table: str, left: str, right: str) -> list[tuple[str, str]]:
    if table not in bound:
        return []
    values = bound[table].values
    return list(zip(values[left].tolist(), values[right].tolist(), strict=True))


def _lookup(bound: Mapping[str, _Bound], table: str, key: str, values: Sequence[str]) -> dict[str, str]:
    return dict(zip(bound[table].values[key].tolist(), values, strict=True)) if table in bound else {}
