"""A sheet for each table: title, what it is for, run stamp, the table with its first row."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.conditional import format_conditions
from addin.files.template.places import (
    AS_OF_LABEL,
    FIRST_ROW,
    HEADING_ROW,
    RUN_AT_LABEL,
    key_columns,
    run_stamp,
)
from addin.files.template.printing import fits_one_page, print_table
from addin.files.template.rows import Row, first_rows
from addin.files.template.styles import FORMATS, alignment_of, style_of, tab_colour
from addin.files.template.validation import validate_columns
from addin.files.template.widths import measure, row_height, width_of, wraps
from addin.model.columns import Kind, Table
from addin.model.text import Language, Text

TABLE_STYLE: Final = "Huikuan"

_TITLE_RATIO: Final = 1.75
"""Width of a sheet title's characters, 16 points and bold, beside those of a cell."""

_LATER_ALL: Final = Text(
    "本表在以后的版本启用，目前留空。",
    "This sheet comes to life in a later version; until then it stays empty.",
)
_LATER_SOME: Final = Text(
    "以下各列在以后的版本启用，目前留空：{names}。",
    "These columns stay empty until a later version: {names}.",
)


def add_table_sheet(book: Workbook, table: Table, number: int, language: Language) -> Worksheet:
    """The sheet of one table; ``number`` is the table's id, unique in the book."""
    sheet: Worksheet = book.create_sheet(table.name.in_(language))
    widths = widths_of(table, language)
    rows = first_rows(table, language)
    _make_columns(sheet, table, widths)
    frozen = key_columns(table)
    _head(sheet, table, 1 if fits_one_page(widths, language) else frozen + 1, language)
    _stamp(sheet, table, language)
    _headings(sheet, table, language)
    _fill(sheet, table, rows)
    for number, row in enumerate(rows, FIRST_ROW):
        sheet.row_dimensions[number].height = row_height(table, row, language)
    sheet.add_table(_excel_table(table, language, number, max(1, len(rows))))
    validate_columns(sheet, table, language)
    format_conditions(sheet, table, language)
    print_table(sheet, widths, frozen, language)
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{FIRST_ROW}"
    sheet.sheet_properties.tabColor = "FF" + tab_colour(table)
    sheet.sheet_state = "visible" if table.visible else "hidden"
    return sheet


def widths_of(table: Table, language: Language) -> list[float]:
    """The widths of the sheet's columns: what the table needs, and room for the title and the run stamp."""
    widths = [width_of(table, column, language) for column in table.columns]
    stamp = run_stamp(table)
    least = {1: measure(table.name.in_(language)) * _TITLE_RATIO}
    if stamp:
        least |= {stamp.as_of[1]: 12.0, stamp.run_at[1]: 17.0}
    return [max(width, least.get(position, 0.0)) for position, width in enumerate(widths, start=1)]


def _make_columns(sheet: Worksheet, table: Table, widths: Sequence[float]) -> None:
    """Width, style and format of whole columns, so that new rows look right whoever adds them."""
    for position, (column, width) in enumerate(zip(table.columns, widths, strict=True), start=1):
        pattern = sheet.cell(FIRST_ROW, position)
        pattern.style = style_of(table, column)
        pattern.number_format = FORMATS[column.kind]
        pattern.alignment = alignment_of(column, wraps(table, column))
        made = sheet.column_dimensions[get_column_letter(position)]
        made.width = width
        _copy_style(pattern, made)


def _head(sheet: Worksheet, table: Table, notes: int, language: Language) -> None:
    """The rows above the headings; each cell has its own format, or the column's would show through.

    ``notes`` is the column where they begin: on a sheet of several pages across not in a repeated
    column, which would cut them off on every page but the first.
    """
    for row in range(1, HEADING_ROW):
        for position in range(1, len(table.columns) + 1):
            sheet.cell(row, position).style = "Note"
    sheet.cell(1, 1, table.name.in_(language)).style = "SheetTitle"
    sheet.cell(2, notes, table.about.in_(language))
    sheet.cell(3, notes, _later_note(table, language))
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[HEADING_ROW].height = 33


def _later_note(table: Table, language: Language) -> str | None:
    later = [column.heading(language) for column in table.columns if column.later]
    if not later:
        return None
    if len(later) == len(table.owned_by("computed")) and table.role == "computed":
        return _LATER_ALL.in_(language)
    return _LATER_SOME.in_(language).format(names=("、" if language == "zh" else ", ").join(later))


def _stamp(sheet: Worksheet, table: Table, language: Language) -> None:
    stamp = run_stamp(table)
    if stamp is None:
        return
    for (row, column), label in zip(stamp, (AS_OF_LABEL, RUN_AT_LABEL), strict=True):
        sheet.cell(row, column - 1, label.in_(language)).alignment = Alignment(horizontal="right")
        sheet.cell(row, column).number_format = FORMATS[Kind.DATE] if column == stamp.as_of[1] else "@"
        sheet.cell(row, column).alignment = Alignment(horizontal="left", indent=1)


def _headings(sheet: Worksheet, table: Table, language: Language) -> None:
    for position, column in enumerate(table.columns, start=1):
        sheet.cell(HEADING_ROW, position, column.heading(language)).style = "Heading"


def _fill(sheet: Worksheet, table: Table, rows: Sequence[Row]) -> None:
    """The rows that a new book comes with, in the style of their columns."""
    for number, row in enumerate(rows, start=FIRST_ROW):
        for position, column in enumerate(table.columns, start=1):
            cell = sheet.cell(number, position)
            _copy_style(sheet.cell(FIRST_ROW, position), cell)
            cell.value = row.get(column.key)


def _copy_style(source: Any, target: Any) -> None:
    """Make a cell or a whole column look like a cell; openpyxl's typing knows no such copy."""
    target._style = copy(source._style)


def _excel_table(table: Table, language: Language, number: int, rows: int) -> ExcelTable:
    last = get_column_letter(len(table.columns))
    made = ExcelTable(
        id=number, name=table.key, displayName=table.key, ref=f"A{HEADING_ROW}:{last}{HEADING_ROW + rows}"
    )
    made.tableStyleInfo = TableStyleInfo(name=TABLE_STYLE, showRowStripes=True, showColumnStripes=False)
    return made
