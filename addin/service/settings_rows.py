"""Changes of the settings sheet: values of rows that are there, and rows below the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from addin.files.package.edits import KEEP, ColumnEdit, ColumnValue, TableEdit
from addin.model.cells import RawBook, RawTable
from addin.model.columns import fold
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Text

NewRow = Mapping[str, str]
"""Texts by column key."""


def rows_of(settings: RawTable, key: str) -> Iterator[tuple[int, str]]:
    """Sheet row and value of every row of one key; without the columns for both there are none."""
    places = TABLES["settings"].places(settings.headings)
    if "key" not in places or "value" not in places:
        return
    keys, values = (settings.columns[places[name]] for name in ("key", "value"))
    for row, name, value in zip(settings.rows, keys, values, strict=True):
        if fold(str(name)) == key:
            yield row, "" if value is None else str(value).strip()


def settings_edit(
    settings: RawTable, values: Mapping[int, str], new_rows: Sequence[NewRow] = ()
) -> list[TableEdit]:
    """The edit that puts ``values`` (by sheet row) into the column of values and adds rows; none for nothing."""
    if not values and not new_rows:
        return []
    places = TABLES["settings"].places(settings.headings)
    used = max(settings.rows, default=settings.header_row) - settings.header_row
    size = max(settings.size, used + len(new_rows), 1)
    columns = {}
    for key, place in places.items():
        cells: list[ColumnValue] = [KEEP] * size
        for row, value in values.items() if key == "value" else ():
            cells[row - settings.header_row - 1] = value or None
        for number, new in enumerate(new_rows, start=used):
            cells[number] = new.get(key) or None
        columns[place] = ColumnEdit("text", cells)
    return [TableEdit("settings", columns, size)]


def row_of(raw: RawBook, key: str) -> int | None:
    """The sheet row of a key's last value; None where the settings do not name it. LedgerError without settings."""
    rows = [row for row, _ in rows_of(_settings(raw), key)]
    return rows[-1] if rows else None


def row_added(raw: RawBook, key: str) -> list[TableEdit]:
    """The edit that adds a row for a key, its value empty. LedgerError without settings."""
    return settings_edit(_settings(raw), {}, [{"key": key}])


def _settings(raw: RawBook) -> RawTable:
    settings = raw.tables.get("settings")
    if settings is None or not {"key", "value"} <= TABLES["settings"].places(settings.headings).keys():
        raise LedgerError("no_settings", _NO_SETTINGS)
    return settings


_NO_SETTINGS = Text(
    "这个工作簿没有“参数”表（或缺少参数、取值两列）。请用 huikuan upgrade 补上。",
    "This workbook has no settings table with the columns Key and Value. Add it by huikuan upgrade.",
)
