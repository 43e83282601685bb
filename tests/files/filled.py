"""The standard workbook filled with the demo ledger, as a printed page or a chart needs it.

What a refresh would compute is invented here by kind of column: these tests look at pages, not at figures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from addin.assets import templates
from addin.files.template import (
    FIRST_ROW,
    HEADING_ROW,
    Debtor,
    Figures,
    dashboard_edits,
    dashboard_values,
    run_stamp,
)
from addin.files.template.widths import row_height
from addin.model.columns import Column, Kind, Table
from addin.model.result import Month, Performance
from addin.model.tables import TABLES
from addin.model.text import Language

AS_OF = date(2026, 6, 30)
RUN_AT = "2026-06-30 18:05"
ROWS = 12
"""Rows invented for a table without demo rows."""

_LONG = {
    "zh": "已于约定日期前与对方财务负责人通话，对方确认金额无误，承诺月底前安排付款，届时再核对到账情况",
    "en": "Spoke to their head of finance before the agreed date; the amount is undisputed and payment promised by "
    "the end of the month",
}
_NAMES = {"zh": "云泽衡川智能装备制造股份有限公司", "en": "Hengchuan Intelligent Equipment Manufacturing"}


def fill(language: Language, target: Path, show_hidden: bool = True) -> Path:
    """A copy of the template with rows in every table, saved as ``target``."""
    book = load_workbook(templates() / f"huikuan-{language}.xlsx")
    ledger = {key: demo_rows(key, language) for key in TABLES}
    for key, table in TABLES.items():
        fill_table(book, table, ledger[key], language)
    fill_dashboard(book, language)
    for sheet in book.worksheets:
        sheet.sheet_state = "visible" if show_hidden else sheet.sheet_state
    book.save(target)
    return target


def demo_rows(key: str, language: Language) -> list[dict[str, str]]:
    """The demo ledger's rows of a table, as in its CSV; none where there is no such file."""
    source = templates() / "demo" / language / f"{key}.csv"
    if not source.is_file():
        return []
    with source.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def fill_table(book: Workbook, table: Table, rows: list[dict[str, str]], language: Language) -> None:
    """Demo rows, or invented ones, below the headings; the table grows with them."""
    sheet = book[table.name.in_(language)]
    count = len(rows) or ROWS
    for number in range(count):
        given: Mapping[str, str] = rows[number] if rows else {}
        for position, column in enumerate(table.columns, start=1):
            cell = sheet.cell(FIRST_ROW + number, position)
            cell._style = copy(sheet.cell(FIRST_ROW, position)._style)
            invent = column.owner != "input" or not rows
            value = (
                invented(column, number, language)
                if invent
                else typed(column, given.get(column.key, ""), language)
            )
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        values = {
            column.key: sheet.cell(FIRST_ROW + number, at).value for at, column in enumerate(table.columns, 1)
        }
        sheet.row_dimensions[FIRST_ROW + number].height = row_height(table, values, language)
    sheet.delete_rows(FIRST_ROW + count, sheet.max_row)
    last = get_column_letter(len(table.columns))
    made = sheet.tables[table.key]
    made.ref = made.autoFilter.ref = f"A{HEADING_ROW}:{last}{HEADING_ROW + count}"
    stamp = run_stamp(table)
    if stamp:
        sheet.cell(*stamp.as_of).value = AS_OF
        sheet.cell(*stamp.run_at).value = RUN_AT


def typed(column: Column, text: str, language: Language) -> Any:
    """A CSV cell as the workbook holds it."""
    if text == "":
        return None
    if column.kind is Kind.CHOICE:
        return column.choice_names[text].in_(language)
    if column.kind is Kind.BOOL:
        return {"TRUE": {"zh": "是", "en": "Yes"}, "FALSE": {"zh": "否", "en": "No"}}[text][language]
    if column.kind is Kind.DATE:
        return date.fromisoformat(text)
    if column.kind in (Kind.MONEY, Kind.RATE, Kind.NUM, Kind.INT):
        try:
            return float(Decimal(text))
        except ArithmeticError:
            return text
    return text


def invented(column: Column, number: int, language: Language) -> Any:
    """A value as large as they come in practice; every third text is a long one."""
    if column.choices:
        return column.choices[number % len(column.choices)][1].in_(language)
    made: Mapping[Kind, Any] = {
        Kind.DATE: date(2026, 1 + number % 12, 28),
        Kind.MONEY: (-1 if column.signed and number % 4 == 3 else 1) * 12345678.9 / (number + 1),
        Kind.RATE: 0.9725,
        Kind.INT: 37 * number - 20,
        Kind.NUM: 98.75,
        Kind.BOOL: {"zh": "是", "en": "Yes"}[language],
        Kind.LIST: "HT-2025-004-1;HT-2025-004-2;HT-2025-004-3",
    }
    return made[column.kind] if column.kind in made else _invented_text(column, number, language)


def _invented_text(column: Column, number: int, language: Language) -> str:
    known = {
        "bucket": {"zh": "91–120 天", "en": "91–120 days"}[language],
        "currency": "CNY",
        "grade": "AAA",
        "period": "2026-06",
        "month": "2026-06",
        "at": RUN_AT,
        "band": {"zh": "1 至 2 年", "en": "1 to 2 years"}[language],
        "manager": {"zh": "周砚秋", "en": "Christopher Hale"}[language],
        "owner": {"zh": "周砚秋", "en": "Christopher Hale"}[language],
        "by": {"zh": "顾书宁", "en": "Margaret Doyle"}[language],
        "command": "refresh",
        "key": "C008|CNY",
        "item": "FQ-2026-01",
    }
    if column.key in known:
        return known[column.key]
    if column.key.endswith("_name") or column.key in ("project", "subject"):
        names = _names(column.key, language)
        return names[number % len(names)]
    if column.key.endswith("_id") or column.key in ("row_key", "code", "column", "table"):
        return f"HT-2025-{number:03}-3"
    long = column.key in (
        "message",
        "cure",
        "reason",
        "note",
        "next_action",
        "response",
        "measure",
        "match_reason",
    )
    return _LONG[language] if long and number % 3 == 0 else {"zh": "待确认", "en": "To confirm"}[language]


def _names(key: str, language: Language) -> list[str]:
    table, column = ("contracts", "project") if key == "project" else ("customers", "name")
    return [row[column] for row in demo_rows(table, language)] or [_NAMES[language]]


def fill_dashboard(book: Workbook, language: Language) -> None:
    """Figures and charts of a middling firm."""
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    for edit in dashboard_edits(names, dashboard_values(figures(language), language, RUN_AT)):
        book[edit.sheet].cell(edit.row, edit.column).value = edit.value


def figures(language: Language) -> Figures:
    debtors = [
        Debtor(name, Decimal(3_000_000 - 230_000 * rank), Decimal(max(0, 900_000 - 110_000 * rank)))
        for rank, name in enumerate(_names("name", language))
    ]
    return Figures(
        as_of=AS_OF,
        currency="CNY",
        open=Decimal("23160000.00"),
        overdue=sum((debtor.overdue for debtor in debtors), Decimal(0)),
        due_30=Decimal("2345678.90"),
        pending=Decimal("18765432.10"),
        unapplied=Decimal("123456.78"),
        buckets=[
            Decimal(amount) for amount in ("19000000", "2500000", "900000", "600000", "100000", "60000")
        ],
        debtors=debtors,
        performance=Performance(
            Fraction(2, 3),
            Fraction(1234, 10),
            Fraction(7, 8),
            [
                Month(f"2026-{month:02}", Decimal(1_200_000 + 90_000 * (month * 5 % 7)), Decimal(1_500_000))
                for month in range(1, 13)
            ],
            {"blue": 12, "orange": 34, "red": 256},
        ),
    )


def shown_values(rows: Iterable[Iterable[Any]]) -> set[str]:
    """The texts among cells, without white space."""
    return {
        "".join(value.split()) for row in rows for value in row if isinstance(value, str) and value.strip()
    }
