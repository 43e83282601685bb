"""Buttons that show something: a table, a customer, a figure taken apart, a role's view."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from addin.hosts.excel import views
from addin.hosts.excel.explaining import show_explained
from addin.hosts.excel.places import go_to, row_of, spot, subject
from addin.hosts.excel.reading import Live, read
from addin.hosts.telling import user
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.live import explained_here
from addin.service.new_rows import require

if TYPE_CHECKING:
    import xlwings as xw


def worklist(book: xw.Book, now: datetime) -> None:
    """Whom to contact today."""
    _open(book, "worklist")


def aging(book: xw.Book, now: datetime) -> None:
    """What is open, by age."""
    _open(book, "aging")


def credit(book: xw.Book, now: datetime) -> None:
    """The selected row's customer, with the cursor on the grade; the list where no customer is selected."""
    live = read(book)
    require(live.raw, "customers")
    raw = live.raw.tables["customers"]
    grade = TABLES["customers"].places(raw.headings).get("grade", 0)
    row = row_of(live, "customers", subject(live).customer_id)
    go_to(live, "customers", row, raw.first_column + grade)


def explain(book: xw.Book, now: datetime) -> None:
    """How the selected figure came about, on a page of its own."""
    live = read(book)
    here = spot(live)
    table, column = (here.table, here.column) if here else ("", "")
    show_explained(live, explained_here(live.open, subject(live), table, column, now.date()))


def view_finance(book: xw.Book, now: datetime) -> None:
    """The sheets that finance works with, all their columns, no filter."""
    views.finance(read(book))


def view_manager(book: xw.Book, now: datetime) -> Text:
    """One manager's contracts and milestones: the selected row's, else the user's own, else the only one's."""
    live = read(book)
    chosen = views.chosen_manager(live, subject(live).manager, user())
    views.manager(live, chosen)
    return Text(f"只显示 {chosen} 的合同和节点", f"contracts and milestones of {chosen} only")


def view_month_end(book: xw.Book, now: datetime) -> None:
    """What the month end needs."""
    views.month_end(read(book))


def _open(book: xw.Book, table: str) -> Live:
    live = read(book)
    require(live.raw, table)
    go_to(live, table)
    return live
