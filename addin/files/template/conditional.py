"""Conditional formats: overdue days, status words, negative money, differences, bars in the aging."""

from __future__ import annotations

from typing import Final

from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.places import FIRST_ROW, LAST_ROW
from addin.files.template.styles import FILLS, NEGATIVE, TEXTS
from addin.model.columns import Kind, Table
from addin.model.text import Language

WORDS: Final = {
    ("milestones", "status"): {"overdue": "Bad", "settled": "Good"},
    ("contracts", "status"): {"legal": "Bad", "suspended": "Warn"},
    ("promises", "state"): {"broken": "Bad", "partly_kept": "Warn", "kept": "Good"},
    ("bank", "state"): {"matched": "Good", "suggested": "Warn"},
    ("alerts", "severity"): {"red": "Bad", "orange": "Warn"},
    ("bill_check", "verdict"): {"fail": "Bad", "warn": "Warn", "ok": "Good"},
    ("checks", "severity"): {"error": "Bad", "warning": "Warn"},
}
"""Style of a choice's word, by table and column."""

_BAR_COLOUR: Final = "FF9DB2D6"


def format_conditions(sheet: Worksheet, table: Table, language: Language) -> None:
    """Add the table's conditional formats, each down to the sheet's last row."""
    _overdue_days(sheet, table)
    _words(sheet, table, language)
    _negative_money(sheet, table)
    if table.key == "rollforward":
        _differences(sheet, table)
    if table.key == "aging":
        ends = [FormatObject("num", 0), FormatObject("max")]
        bar = DataBar(cfvo=ends, color=Color(_BAR_COLOUR), showValue=True)
        sheet.conditional_formatting.add(_down(table, "open"), Rule("dataBar", dataBar=bar))


def _overdue_days(sheet: Worksheet, table: Table) -> None:
    """Amber from the first day past due, red after ninety, on the days and on the bucket beside them."""
    if "days_overdue" not in table.by_key:
        return
    days = f"${_letter(table, 'days_overdue')}{FIRST_ROW}"
    cells = " ".join(_down(table, key) for key in ("days_overdue", "bucket") if key in table.by_key)
    for style, limit in (("Bad", 90), ("Warn", 0)):
        formula = f"AND(ISNUMBER({days}),{days}>{limit})"
        sheet.conditional_formatting.add(cells, _formula_rule(formula, style))


def _words(sheet: Worksheet, table: Table, language: Language) -> None:
    for (table_key, column_key), styles in WORDS.items():
        if table_key != table.key:
            continue
        cell = f"${_letter(table, column_key)}{FIRST_ROW}"
        names = table[column_key].choice_names
        for choice, style in styles.items():
            rule = _formula_rule(f'{cell}="{names[choice].in_(language)}"', style)
            sheet.conditional_formatting.add(_down(table, column_key), rule)


def _negative_money(sheet: Worksheet, table: Table) -> None:
    cells = " ".join(_down(table, column.key) for column in table.columns if column.kind is Kind.MONEY)
    if cells:
        look = DifferentialStyle(Font(color="FF" + NEGATIVE))
        rule = Rule("cellIs", operator="lessThan", formula=["0"], dxf=look)
        sheet.conditional_formatting.add(cells, rule)


def _differences(sheet: Worksheet, table: Table) -> None:
    cell = f"${_letter(table, 'difference')}{FIRST_ROW}"
    formula = f"AND(ISNUMBER({cell}),{cell}<>0)"
    sheet.conditional_formatting.add(_down(table, "difference"), _formula_rule(formula, "Bad"))


def _formula_rule(formula: str, style: str) -> Rule:
    look = DifferentialStyle(Font(color="FF" + TEXTS[style]), fill=PatternFill(bgColor="FF" + FILLS[style]))
    return Rule("expression", dxf=look, formula=[formula])


def _letter(table: Table, key: str) -> str:
    return str(get_column_letter(list(table.by_key).index(key) + 1))


def _down(table: Table, key: str) -> str:
    letter = _letter(table, key)
    return f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
