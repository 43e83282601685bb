"""Drop-downs and gentle checks of what people type, from the first row to the sheet's last."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.places import FIRST_ROW, LAST_ROW
from addin.model.columns import Column, Kind, Table
from addin.model.text import Language, Text

YES_NO: Final = Text("是,否", "Yes,No")

_TITLES: Final = {
    "choice": Text("请从列表选择", "Choose from the list"),
    "ref": Text("没有这个编号", "No such ID"),
    "date": Text("这里是日期", "A date goes here"),
    "number": Text("这里是数字", "A number goes here"),
    "whole": Text("这里是整数", "A whole number goes here"),
}
_ERRORS: Final = {
    "choice": Text("请用下拉列表中的词。", "Please use one of the words in the drop-down list."),
    "ref": Text(
        "对应的表里还没有这个编号。可以先保留，刷新后“检查”会再提示。",
        "The other table does not have this ID yet. You may keep it; Checks will remind you after a refresh.",
    ),
    "date": Text("请写成 2026-03-31 这样的日期。", "Please write a date such as 2026-03-31."),
    "number": Text("请只填数字，不带单位和币种。", "Please enter digits only, without unit or currency."),
    "whole": Text("请只填整数。", "Please enter a whole number."),
}
_FIRST_DAY: Final = date(1990, 1, 1)
_LAST_DAY: Final = date(2199, 12, 31)


def ids_name(table_key: str) -> str:
    """The defined name that lists a table's keys."""
    return f"ids_{table_key}"


def validate_columns(sheet: Worksheet, table: Table, language: Language) -> None:
    """One validation for all columns of the sheet that take the same values."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, column in enumerate(table.columns, start=1):
        rule = _rule_of(column, language)
        if rule and column.owner != "computed":
            groups[rule].append(position)
    for (what, formula), positions in groups.items():
        validation = _validation(what, formula, language)
        for position in positions:
            letter = get_column_letter(position)
            validation.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
        sheet.add_data_validation(validation)


def _rule_of(column: Column, language: Language) -> tuple[str, str] | None:
    """What is checked and against which list; None: anything goes."""
    if column.choices:
        return "choice", ",".join(name.in_(language) for _, name in column.choices)
    if column.kind is Kind.BOOL:
        return "choice", YES_NO.in_(language)
    if column.ref and column.kind is Kind.TEXT:
        return "ref", ids_name(column.ref)
    if column.kind is Kind.DATE:
        return "date", ""
    if column.kind is Kind.INT:
        return "whole", ""
    if column.kind in (Kind.MONEY, Kind.NUM):
        return "number", ""
    return None


def _validation(what: str, formula: str, language: Language) -> DataValidation:
    """Choices are held to their list; everything else may be typed after a warning, so pasting works."""
    made = {
        "choice": lambda: DataValidation("list", formula1=f'"{formula}"', errorStyle="stop"),
        "ref": lambda: DataValidation("list", formula1=formula, errorStyle="warning"),
        "date": lambda: DataValidation("date", **_between(_serial(_FIRST_DAY), _serial(_LAST_DAY))),
        "number": lambda: DataValidation("decimal", **_between("-1E+13", "1E+13")),
        "whole": lambda: DataValidation("whole", **_between("-1000000", "1000000")),
    }[what]()
    made.allow_blank = True
    made.showErrorMessage = True
    made.errorTitle = _TITLES[what].in_(language)
    made.error = _ERRORS[what].in_(language)
    return made


def _between(low: str, high: str) -> dict[str, Any]:
    return {"operator": "between", "formula1": low, "formula2": high, "errorStyle": "warning"}


def _serial(day: date) -> str:
    """Excel's number of a day (1900 date system)."""
    return str(day.toordinal() - date(1899, 12, 30).toordinal())
