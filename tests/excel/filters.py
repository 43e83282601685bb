"""A table's filter as xlwings sets it out: one criterion a column."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.base_classes import empty_autofilter_criteria

from tests.excel.taken import serial

if TYPE_CHECKING:
    from tests.excel.tables import Table

EMPTY, NOT_EMPTY, EQUAL, CONTAINS = 0, 1, 2, 12
OPERATORS = {
    "equal_to": EQUAL, "not_equal_to": 3, "greater_than": 4, "greater_than_or_equal": 5, "less_than": 6,
    "less_than_or_equal": 7,
}  # fmt: skip
TOPS = {"top_items": 8, "top_percent": 9, "bottom_items": 10, "bottom_percent": 11}
"""LibreOffice's numbers of the comparisons (`com.sun.star.sheet.FilterOperator2`)."""
_OPERATOR_OF = {number: name for name, number in OPERATORS.items()}
_TOP_OF = {number: name for name, number in TOPS.items()}


class WildcardLost(Exception):
    """xlwings has Excel look for a star and a question mark, not for what they stand for."""


class AutoFilter(base_classes.AutoFilter):
    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        by_column: dict[int, list[dict[str, Any]]] = {}
        for field in self._fields():
            by_column.setdefault(field["column"], []).append(field)
        return [_criterion(column + 1, by_column.get(column, [])) for column in range(self._table.rect.width)]

    def _fields(self) -> list[dict[str, Any]]:
        return list(self._table.call("filters"))

    def _apply(self, field: int, *conditions: tuple[int, list[Any]], together: bool = True) -> None:
        """Filters a column anew; the other columns keep theirs."""
        self._writable()
        kept = [found for found in self._fields() if found["column"] != field - 1]
        new = [
            {"column": field - 1, "operator": operator, "values": values, "and": together or not index}
            for index, (operator, values) in enumerate(conditions)
        ]
        self._table.call("set_filters", fields=[*kept, *new])

    def _writable(self) -> None:
        sheet = self._table.rect.sheet
        if self._table.book.call("protected", name=sheet):
            raise PermissionError(f"the sheet {sheet} is protected: Excel sets no filter by program")

    def apply_part(self, field: int, part: str) -> None:
        """As Excel takes the criterion =*part*."""
        self._apply(field, (CONTAINS, [part]))

    def apply_values(self, field: int, values: list[str]) -> None:
        self._apply(field, (EQUAL, values))

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        if any(isinstance(value, str) and {"*", "?"} & set(value) for value in (value1, value2)):
            raise WildcardLost(f"{self._table.name}, column {field}: {value1} {value2 or ''}")
        first, second = self._operand(value1), self._operand(value2)
        if operator == "between":
            self._apply(field, (5, [first]), (7, [second]))
        elif operator == "not_between":
            self._apply(field, (6, [first]), (4, [second]), together=False)
        elif value1 is None:
            self._apply(field, (EMPTY if operator == "equal_to" else NOT_EMPTY, [""]))
        else:
            self._apply(field, (OPERATORS[operator], [first]))

    def _operand(self, value: Any) -> Any:
        """A day as its number; a text that is a number as that number."""
        if isinstance(value, dict):
            kind = datetime if value["type"] == "datetime" else date
            return serial(kind.fromisoformat(value["value"]), self._table.book.origin)
        try:
            return float(value)
        except (TypeError, ValueError):
            return value

    def apply_top_items(self, field: int, count: int) -> None:
        self._apply(field, (TOPS["top_items"], [float(count)]))

    def apply_bottom_items(self, field: int, count: int) -> None:
        self._apply(field, (TOPS["bottom_items"], [float(count)]))

    def apply_top_percent(self, field: int, percent: float) -> None:
        self._apply(field, (TOPS["top_percent"], [percent]))

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        self._apply(field, (TOPS["bottom_percent"], [percent]))

    def clear(self, field: int | None = None) -> None:
        self._writable()
        kept = [found for found in self._fields() if field is not None and found["column"] != field - 1]
        self._table.call("set_filters", fields=kept)


def _criterion(number: int, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """What a column is filtered by; "unknown" for what Excel's interface has no word for (a colour)."""
    if not fields:
        return empty_autofilter_criteria(number)
    if any(None in field["values"] for field in fields):
        return empty_autofilter_criteria(number, "unknown")
    operators = [field["operator"] for field in fields]
    values = [_text(value) for field in fields for value in field["values"]]
    found = empty_autofilter_criteria(number, "comparison")
    if operators == [5, 7] and fields[1]["and"]:
        return found | {"operator": "between", "value1": values[0], "value2": values[1]}
    if operators == [6, 4] and not fields[1]["and"]:
        return found | {"operator": "not_between", "value1": values[0], "value2": values[1]}
    (operator, *more) = operators
    if more:
        return empty_autofilter_criteria(number, "unknown")
    if operator == CONTAINS and len(values) == 1:
        return found | {"operator": "equal_to", "value1": f"*{values[0]}*"}
    if operator in (EMPTY, NOT_EMPTY):
        return found | {"operator": "not_equal_to" if operator else "equal_to"}
    if operator in _TOP_OF:
        kind = _TOP_OF[operator]
        size = float(values[0])
        return found | {"type": kind} | ({"percent": size} if "percent" in kind else {"count": int(size)})
    if operator == EQUAL and len(values) > 1:
        return found | {"type": "values", "values": values}
    if operator in _OPERATOR_OF and len(values) == 1:
        return found | {"operator": _OPERATOR_OF[operator], "value1": values[0]}
    return empty_autofilter_criteria(number, "unknown")


def _text(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
