"""看板, the dashboard: six figures and two charts on one screen, filled by a refresh through defined names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.charts import add_charts
from addin.files.template.places import DASHBOARD_NAMES
from addin.files.template.printing import fit_one_page, set_up_page
from addin.files.template.styles import FORMATS, NAVY
from addin.model.columns import Kind, Table
from addin.model.text import Language, Text

NAME: Final = Text("看板", "Dashboard")
_ABOUT: Final = Text(
    "以本位币计；数字由刷新写入，各表的筛选不影响它们。",
    "In base currency; a refresh writes the figures, and filtering a sheet does not change them.",
)
_AS_OF: Final = Text("截至日", "As of")
_RUN_AT: Final = Text("运行时间", "Run at")
_CURRENCY: Final = Text("币种", "Currency")
_AMOUNT: Final = Text("金额", "Amount")
_DATA: Final = Text("图表数据", "Chart data")
_CURRENT: Final = Text("未逾期", "Not overdue")
_OVERDUE: Final = Text("已逾期", "Overdue")
_EMPTY: Final = Text("刷新后显示", "Shows after a refresh")


class Card(NamedTuple):
    """A figure: its name in the book, its label and the line below it."""

    name: str
    label: Text
    note: Text


CARDS: Final = (
    Card(
        "dash_open",
        Text("应收未收", "Open"),
        Text("条件已达成、尚未收到", "Triggered, not yet paid"),
    ),
    Card("dash_overdue", Text("其中逾期", "Overdue"), Text("占应收", "of open")),
    Card(
        "dash_due_30",
        Text("未来 30 天到期", "Due in 30 days"),
        Text("截至日起 30 天内", "Within 30 days of the date"),
    ),
    Card(
        "dash_received_month",
        Text("本月到账", "Received this month"),
        Text("月初至截至日，减退款", "To the as-of date, less refunds"),
    ),
    Card("dash_pending", Text("未触发", "Pending"), Text("条件未达成的节点", "Milestones not yet triggered")),
    Card(
        "dash_unapplied",
        Text("未核销收款", "Unapplied"),
        Text("已到账，待核销", "Received, not yet allocated"),
    ),
)

_TITLE_ROW, _CARD_ROW, _FINDING_ROW, _CHART_ROW, _LAST_ROW = 1, 4, 8, 9, 22
_CARD_WIDTH, _GAP_WIDTH = 24.5, 1.5
_LAST_COLUMN: Final = 13
_AGING_PLACE: Final = (5, 15)
_DEBTORS_PLACE: Final = (5, 17)
_CARD_FILL: Final = PatternFill("solid", fgColor="FFF7F9FC")
_CHART_MONEY: Final = "#,##0;-#,##0;-"
_CARD_LINE: Final = Side("medium", color="FF2F5597")


def fill_dashboard(book: Workbook, sheet: Worksheet, aging: Table, language: Language) -> None:
    """Write the dashboard; the buckets' words are those of the aging table."""
    _grid(sheet)
    _head(book, sheet, language)
    for position, card in enumerate(CARDS):
        _card(book, sheet, card, 2 + 2 * position, language)
    for name, column in (("dash_aging_finding", 2), ("dash_debtors_finding", 8)):
        cell = sheet.cell(_FINDING_ROW, column, _EMPTY.in_(language))
        cell.style = "Note"
        _name(book, sheet, name, (_FINDING_ROW, column))
    _data(
        book,
        sheet,
        [aging[key].heading(language) for key in ("current", "b1", "b2", "b3", "b4", "b5")],
        language,
    )
    add_charts(sheet, _AGING_PLACE, _DEBTORS_PLACE, (_CHART_ROW, _LAST_ROW), language)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.showRowColHeaders = False
    sheet.sheet_properties.tabColor = "FF" + NAVY
    set_up_page(sheet, language)
    fit_one_page(sheet, 1)
    sheet.print_area = f"A1:{get_column_letter(_LAST_COLUMN)}{_LAST_ROW}"


def _grid(sheet: Worksheet) -> None:
    """Six columns of cards with gaps; heights that fit a screen of 1280 × 720 beside Excel's ribbon."""
    for column in range(1, _LAST_COLUMN + 1):
        width = _GAP_WIDTH if column % 2 else _CARD_WIDTH
        sheet.column_dimensions[get_column_letter(column)].width = width
    heights = {1: 26, 2: 16, 3: 6, 4: 18, 5: 26, 6: 16, 7: 8, 8: 18}
    for row in range(1, _LAST_ROW + 1):
        sheet.row_dimensions[row].height = heights.get(row, 15)


def _head(book: Workbook, sheet: Worksheet, language: Language) -> None:
    sheet["B1"].value, sheet["B1"].style = NAME.in_(language), "SheetTitle"
    sheet["B2"].value, sheet["B2"].style = _ABOUT.in_(language), "Note"
    stamps = (
        ("dash_as_of", _AS_OF, 1, 12),
        ("dash_run_at", _RUN_AT, 2, 12),
        ("dash_currency", _CURRENCY, 1, 8),
    )
    for name, label, row, column in stamps:
        words = sheet.cell(row, column - 2, label.in_(language))
        words.style, words.alignment = "Note", Alignment(horizontal="right", vertical="center")
        value = sheet.cell(row, column)
        value.style, value.alignment = "Note", Alignment(horizontal="left", vertical="center")
        value.number_format = FORMATS[Kind.DATE] if name == "dash_as_of" else "@"
        _name(book, sheet, name, (row, column))


def _card(book: Workbook, sheet: Worksheet, card: Card, column: int, language: Language) -> None:
    """Label, figure and note, one below the other, under a line of the accent colour."""
    label, figure, note = (sheet.cell(_CARD_ROW + down, column) for down in range(3))
    label.value, label.style = card.label.in_(language), "CardLabel"
    figure.value, figure.style, figure.number_format = 0, "CardValue", "#,##0.00"
    note.style = "CardNote"
    if card.name == "dash_overdue":
        words = card.note.in_(language)
        note.number_format = f'"{words} "0.0%' if language == "zh" else f'0.0%" {words}"'
        note.value = 0
        _name(book, sheet, "dash_overdue_share", (_CARD_ROW + 2, column))
    else:
        note.value = card.note.in_(language)
    for cell in (label, figure, note):
        cell.fill = _CARD_FILL
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    label.border = Border(top=_CARD_LINE)
    _name(book, sheet, card.name, (_CARD_ROW + 1, column))


def _data(book: Workbook, sheet: Worksheet, buckets: Iterable[str], language: Language) -> None:
    """What the charts draw, right of the printed area."""
    row, column = _AGING_PLACE
    sheet.cell(row - 2, column - 1, _DATA.in_(language)).style = "Note"
    sheet.cell(row - 1, column, _AMOUNT.in_(language)).style = "Note"
    for down, words in enumerate(buckets):
        sheet.cell(row + down, column - 1, words).style = "Note"
        _figure(sheet, row + down, column)
    _name(book, sheet, "dash_aging", _AGING_PLACE)
    row, column = _DEBTORS_PLACE
    for right, heading in enumerate((_CURRENT, _OVERDUE), start=1):
        sheet.cell(row - 1, column + right, heading.in_(language)).style = "Note"
    for down in range(DASHBOARD_NAMES["dash_debtors"][0]):
        sheet.cell(row + down, column).style = "Note"
        for right in (1, 2):
            _figure(sheet, row + down, column + right)
    _name(book, sheet, "dash_debtors", _DEBTORS_PLACE)
    for wide in range(_AGING_PLACE[1] - 1, column + 3):
        sheet.column_dimensions[get_column_letter(wide)].width = 30 if wide == column else 16


def _figure(sheet: Worksheet, row: int, column: int) -> None:
    cell = sheet.cell(row, column, 0)
    cell.style, cell.number_format = "Note", _CHART_MONEY


def _name(book: Workbook, sheet: Worksheet, name: str, place: tuple[int, int]) -> None:
    (row, column), (rows, columns) = place, DASHBOARD_NAMES[name]
    first = f"${get_column_letter(column)}${row}"
    last = f"${get_column_letter(column + columns - 1)}${row + rows - 1}"
    reference = first if first == last else f"{first}:{last}"
    book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{reference}")
