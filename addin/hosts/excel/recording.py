"""Buttons that add a row to what people record, filled from the row that they stand in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from addin.files.package.edits import Edits
from addin.hosts.excel import native
from addin.hosts.excel.filters import filter_lifted
from addin.hosts.excel.places import go_to, subject
from addin.hosts.excel.reading import Live, is_filtered, read
from addin.hosts.excel.state import quiet
from addin.hosts.excel.writing import Writer
from addin.hosts.telling import user
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.new_rows import NewRow, new_row

if TYPE_CHECKING:
    import xlwings as xw


def contact(book: xw.Book, now: datetime) -> Text:
    """A contact with the customer of the selected row."""
    return _add(book, "contact", now)


def promise(book: xw.Book, now: datetime) -> Text:
    """A promise to pay what is open of the selected milestone."""
    return _add(book, "promise", now)


def dispute(book: xw.Book, now: datetime) -> Text:
    """A dispute about the selected milestone."""
    return _add(book, "dispute", now)


def reschedule(book: xw.Book, now: datetime) -> Text:
    """Another date for the selected milestone."""
    return _add(book, "reschedule", now)


def _add(book: xw.Book, button: str, now: datetime) -> Text:
    """The row below the last one, and the cursor in its first empty cell.

    Nothing is written over, so no copy of the book is kept: ten contacts would push out the copies that undo needs.
    """
    live = read(book)
    new = new_row(live.raw, button, subject(live), now.date(), user())
    with quiet(book):
        Writer(live, Edits([new.edit])).write()
    unfiltered = _shown(live, new)
    go_to(live, new.table, new.row, new.column)
    name = TABLES[new.table].name
    return Text(
        f"已在“{name.zh}”第 {new.row} 行添加，请补全" + "；该行被筛选隐藏，已取消筛选" * unfiltered,
        f"added row {new.row} of {name.en}; fill in the rest"
        + "; its filter hid the row and is off" * unfiltered,
    )


def _shown(live: Live, new: NewRow) -> bool:
    """Takes off a filter that hides the new row: nobody can fill in what he does not see. Whether there was one."""
    table = live.tables[new.table]
    hidden = bool(table.parent.range((new.row, new.column)).rows.hidden) and is_filtered(table)
    if hidden:
        with native.unprotected([table.parent]), filter_lifted(table, for_good=True):
            pass
    return hidden
