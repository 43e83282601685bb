"""Filters of tables: Excel writes a block wrongly where a filter hides rows, so they are lifted and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from addin.hosts.excel import native
from addin.hosts.excel.reading import is_filtered
from addin.model.finding import LedgerError
from addin.model.text import Text

if TYPE_CHECKING:
    import xlwings as xw


@contextmanager
def filter_lifted(table: xw.main.Table, *, for_good: bool = False) -> Iterator[None]:
    """No filter in the table while it is written; afterwards the same criteria again, unless ``for_good``.

    LedgerError where a filter is of a kind that cannot be put back (by colour, by groups of dates).
    """
    if not is_filtered(table):
        yield
        return
    kept = [] if for_good else _kept(table)
    table.autofilter.clear()
    try:
        yield
    finally:
        for each, own in kept:
            if own is None:
                _apply(table, each)
            else:
                native.filter_by(table, each.field, own)


def refuse_unknown(table: xw.main.Table) -> None:
    """LedgerError where a filter is set that could not be put back."""
    _kept(table)


def _kept(table: xw.main.Table) -> list[tuple[xw.main.AutoFilterCriteria, native.Criteria | None]]:
    """The criteria that are set; with Excel's own words where xlwings would take * and ? in them for letters."""
    kept = []
    for each in table.autofilter.criteria:
        if each.type == "none":
            continue
        own = native.criteria_of(table, each.field) if _has_wildcard(each) else None
        if own is None and (_has_wildcard(each) or not _is_known(each)):
            raise LedgerError("filter", _unknown(table.parent.name))
        kept.append((each, own))
    return kept


def _has_wildcard(criterion: xw.main.AutoFilterCriteria) -> bool:
    """Whether it looks for a part of a text: "contains", "begins with"."""
    words = (criterion.value1, criterion.value2, *(criterion.values or ()))
    return any(isinstance(word, str) and not {"*", "?"}.isdisjoint(word) for word in words)


def _is_known(criterion: xw.main.AutoFilterCriteria) -> bool:
    """Whether it can be set again: a count or percentage that Excel no longer tells cannot."""
    match criterion.type:
        case "values" | "comparison":
            return True
        case "top_items" | "bottom_items":
            return criterion.count is not None
        case "top_percent" | "bottom_percent":
            return criterion.percent is not None
    return False


def _apply(table: xw.main.Table, criterion: xw.main.AutoFilterCriteria) -> None:
    filter_, field = table.autofilter, criterion.field
    match criterion.type:
        case "values":
            filter_.apply_values(field, criterion.values or [""])
        case "comparison":
            assert criterion.operator is not None, "a comparison has an operator"
            filter_.apply_comparison(field, criterion.operator, criterion.value1, criterion.value2)
        case "top_items":
            filter_.apply_top_items(field, criterion.count or 1)
        case "bottom_items":
            filter_.apply_bottom_items(field, criterion.count or 1)
        case "top_percent":
            filter_.apply_top_percent(field, criterion.percent or 0)
        case "bottom_percent":
            filter_.apply_bottom_percent(field, criterion.percent or 0)


def _unknown(sheet: str) -> Text:
    return Text(
        f"工作表“{sheet}”的筛选（如按颜色、按日期分组）写入后无法恢复。请先清除该筛选，再按一次按钮；没有写入任何内容。",
        f'The filter on sheet "{sheet}" (as one by colour or by groups of dates) could not be put back after writing. '
        "Clear it, then press the button again; nothing was written.",
    )
