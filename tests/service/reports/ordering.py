"""Orders of reports, and cells changed in between, for tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from addin.files.package import Edits
from addin.files.save import save, stamp
from addin.model.tables import TABLES
from addin.service.books import load_book
from addin.service.import_rows import append_rows
from addin.service.reports.making import Report, make_reports
from addin.service.reports.orders import Wanted
from tests.service.reports.conftest import TODAY

NOW = datetime(2026, 7, 20, 9)


def make(book: Path, kind: str, **more: Any) -> Report:
    """The only report of an order."""
    out = more.pop("out", None)
    (made,) = make_reports(book, Wanted(kind, **more), today=TODAY, out=out).made
    return made


def change(book: Path, table: str, **cells: object) -> None:
    """Writes cells of one row by its id, as an import does."""
    raw, language = load_book(book)
    edit = append_rows(TABLES[table], raw.tables[table], [cells], language).edit  # type: ignore[list-item]  # cells
    assert edit is not None
    save(book, Edits([edit]), read_stat=stamp(book), backup_dir=None)


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith((".huikuan-", ".~"))]
