"""Write, then read: a real workbook holds what was computed, and a second refresh has nothing to write."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from addin.files.csvfile import Rows
from addin.files.package import Edits, TableEdit, patch
from addin.model.cells import AnyCell, RawBook
from addin.model.columns import Column
from addin.model.ledger import build_ledger, typed_computed
from addin.model.result import Result
from addin.model.tables import TABLES
from addin.model.text import Language
from addin.service.books import load_book, refresh_book
from addin.service.importing import plan_import
from addin.service.newbook import new_book
from addin.service.writes import differs
from tests.properties.ledgers import Ledger, examples, figures, ledgers
from tests.rules.engine import Tables
from tests.rules.figures import refreshed

NOW = datetime(2030, 1, 1, 9)
MIXED = ("milestones", "contracts", "customers", "receipts")
WHOLE = ("aging", "allocations", "rollforward", "checks")


def as_typed(value: object) -> AnyCell:
    """A cell as it stands in a file that people import."""
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else value if isinstance(value, bool) else str(value)


def filled(folder: Path, tables: Tables, language: Language) -> Path:
    """A new standard workbook with the rows in its sheets."""
    empty = new_book(folder / "empty.xlsx", language)
    raw, _ = load_book(empty)
    edits: list[TableEdit] = []
    for key, rows in tables.items():
        columns = [column.key for column in TABLES[key].columns if column.owner == "input"]
        cells = [[as_typed(row.get(column)) for row in rows] for column in columns]
        plan = plan_import(raw, TABLES[key], Rows(columns, cells, range(2, len(rows) + 2)), language)
        assert not plan.merge.rejected, plan.merge.rejected[:3]
        edits += plan.edits
    patch(empty, folder / "book.xlsx", Edits(edits))
    return folder / "book.xlsx"


def unequal(column: Column, computed: pd.Series, read: pd.Series) -> bool:
    """Whether cells read otherwise than they were computed."""
    return len(computed) != len(read) or bool(
        np.any(differs(column, computed.reset_index(drop=True), read.reset_index(drop=True)))
    )


def misread(raw: RawBook, result: Result) -> list[str]:
    """Computed columns that do not stand in the book as the result has them."""
    ledger, _ = build_ledger(raw, result.base_currency)
    read = {key: ledger[key] for key in MIXED} | {key: typed_computed(raw, key) for key in WHOLE}
    return [
        f"{table}.{column.key}"
        for table, frame in read.items()
        for column in TABLES[table].owned_by("computed")
        if column.key in result.frames[table]
        and unequal(column, result.frames[table][column.key], frame[column.key])
    ]


@examples(4)
@given(ledgers(), st.sampled_from(("zh", "en")))
def test_what_is_written_reads_as_it_was_computed(ledger: Ledger, language: Language) -> None:
    tables, day = ledger
    with TemporaryDirectory() as place:
        book = filled(Path(place), tables, language)
        first = refresh_book(book, today=day, now=NOW, by="tester", no_backup=True)
        assert first.written is not None and first.result.as_of == day
        assert misread(load_book(book)[0], first.result) == []
        assert figures(first.result, tables) == figures(refreshed(tables, day, language), tables)
        before = hashlib.sha256(book.read_bytes()).digest()
        second = refresh_book(book, today=day, now=NOW, by="tester", no_backup=True)
        assert (second.written, second.changes, second.wrote_cells) == (None, 0, 0)
        assert hashlib.sha256(book.read_bytes()).digest() == before
