"""Cells, figures and places in words, the same in the terminal and on the pages beside a ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from addin.model.columns import Column, Kind
from addin.model.text import Language, Text

if TYPE_CHECKING:
    from addin.rules.explain.steps import Explanation, Row
    from addin.service.explaining import Explained
    from addin.service.showing import Value


def cell_text(column: Column, value: Value, language: Language) -> str:
    """A cell for people: thousands apart, rates as a percentage, choices in words."""
    match value:
        case None:
            return ""
        case bool():
            return Text("是" if value else "否", "yes" if value else "no").in_(language)
        case Decimal():
            return f"{value:,f}" if column.kind is Kind.MONEY else _number(column, value)
        case tuple():
            return "; ".join(value)
        case date():
            return value.isoformat()
    words = column.choice_names.get(str(value))
    return words.in_(language) if words else str(value)


def _number(column: Column, value: Decimal) -> str:
    if column.kind is Kind.RATE:
        return f"{(value * 100).normalize():f}%"
    return f"{value:f}"


def figure_words(explanation: Explanation, language: Language) -> str:
    """The figure as the sheets show it."""
    from addin.model.money import from_minor
    from addin.model.tables import TABLES
    from addin.rules.explain.arithmetic import Money

    column, value = TABLES[explanation.row.table][explanation.field], explanation.value
    if isinstance(value, Money):
        return cell_text(column, from_minor(value.minor, value.digits), language)
    return cell_text(column, value, language) or Text("（空）", "(empty)").in_(language)


def place_words(row: Row, found: Explained) -> str:
    """Sheet, as the book calls it, and row."""
    from addin.model.tables import TABLES

    sheet = found.sheets.get(row.table) or TABLES[row.table].name.in_(found.language)
    return Text(f"{sheet} 第 {row.row} 行", f"{sheet} row {row.row}").in_(found.language)
