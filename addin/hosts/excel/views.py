"""Views by role: which sheets and rows show. No figure and no setting changes, and sheets of people's own stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from addin.hosts.excel import native
from addin.hosts.excel.filters import filter_lifted
from addin.hosts.excel.places import go_to
from addin.hosts.excel.reading import Live, is_filtered, is_visible
from addin.model.columns import View, fold
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.model.text import Text
from addin.service.writes import cell_words

if TYPE_CHECKING:
    import xlwings as xw

MONTH_END: Final = ("checks", "aging", "provision", "rollforward")
"""What the month end needs, in the order of work."""

_BY_MANAGER: Final = ("contracts", "milestones")


def finance(live: Live) -> None:
    """All sheets of finance with all their columns, and no filter."""
    covered = [table for table in live.tables.values() if is_filtered(table) or _hides_columns(table)]
    with native.unprotected([table.parent for table in covered]):
        for table in covered:
            with filter_lifted(table, for_good=True):
                pass
            if _hides_columns(table):
                table.range.columns.hidden = False
    show_sheets(live, "finance", "milestones")


def manager(live: Live, name: str) -> None:
    """The sheets of a project manager; of contracts and milestones only the rows with that name."""
    places = {
        key: TABLES[key].places(live.raw.tables[key].headings) for key in _BY_MANAGER if key in live.tables
    }
    named = {key: found["manager"] + 1 for key, found in places.items() if "manager" in found}
    with native.unprotected([live.tables[key].parent for key in named]):
        for key, field in named.items():
            live.tables[key].autofilter.apply_values(field, [name])
    show_sheets(live, "manager", "milestones")


def month_end(live: Live) -> None:
    """What the month end needs, the list of checks in front."""
    show_sheets(live, "month_end", *reversed(MONTH_END))


def _hides_columns(table: xw.main.Table) -> bool:
    """Whether a column of the table is hidden; Excel has no answer where only some are."""
    return table.range.columns.hidden is not False


def show_sheets(live: Live, view: View, *front: str) -> None:
    """The sheets of a view, and those that a new book shows; the ledger's other sheets are hidden.

    A sheet with several tables shows where one of them does. The cursor goes to the heading of each table of
    ``front``; the last one's sheet is then the one in front. A book whose structure is protected keeps its sheets.
    """
    kept = native.keeps_its_sheets(live.book)
    wanted = {
        raw.sheet
        for key, raw in live.raw.tables.items()
        if TABLES[key].visible or view in TABLES[key].views or (view == "month_end" and key in MONTH_END)
    }
    ours = {raw.sheet for raw in live.raw.tables.values()}
    for sheet in live.book.sheets:
        if sheet.name in wanted and not kept and not is_visible(sheet):
            sheet.visible = True
    for key in front:
        if key in live.tables:
            go_to(live, key, live.raw.tables[key].header_row)  # the first row may be one that a filter hides
    for sheet in live.book.sheets:
        if sheet.name in ours - wanted and not kept and is_visible(sheet):
            sheet.visible = False


def chosen_manager(live: Live, selected: str, user: str) -> str:
    """Whose view it is: the selected row's manager, else the user's own, else the only one that there is.

    LedgerError where none of these tells.
    """
    names = _managers(live)
    chosen = selected or next((name for name in names if fold(name) == fold(user)), "")
    if chosen or len(names) == 1:
        return chosen or names[0]
    raise LedgerError(
        "which_manager",
        Text(
            f"请先选中一位项目经理的合同或节点所在行，再按一次按钮。经理有：{'、'.join(names)}。",
            f"Select a row of the manager's contracts or milestones, then press the button again. "
            f"There are: {', '.join(names)}.",
        ),
    )


def _managers(live: Live) -> list[str]:
    """The project managers of the book's contracts, each once."""
    raw = live.raw.tables.get("contracts")
    place = TABLES["contracts"].places(raw.headings).get("manager") if raw else None
    if raw is None or place is None:
        raise LedgerError("no_manager", _NO_MANAGERS)
    return list(dict.fromkeys(filter(None, map(cell_words, raw.columns[place]))))


_NO_MANAGERS: Final = Text(
    "“合同”表没有“项目经理”一列，无法按经理显示。请用 huikuan upgrade 补上。",
    "The contracts have no column for the manager, so there is nothing to choose by. Add it by huikuan upgrade.",
)
