"""看板, the dashboard: figures and charts on one screen, filled by a refresh through defined names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.charts import add_charts
from addin.files.template.places import DASHBOARD_NAMES
from addin.files.template.printing import fit_one_page, set_up_page
from addin.files.template.styles import FORMATS, NAVY, font_of
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


_RECEIVED: Final = Text("到账", "Received")
_TARGET: Final = Text("目标", "Target")

_MONEY_FORMAT: Final = Text("#,##0.00", "#,##0.00")
_RATE_FORMAT: Final = Text("0.0%", "0.0%")
_DAYS_FORMAT: Final = Text('0.0" 天"', '0.0" days"')
_COUNT_FORMAT: Final = Text('0" 项"', '0" items"')


class Card(NamedTuple):
    """A figure: its name in the book, its label, the line below it, and how it is shown.

    Where the line below holds a share, ``share`` is that cell's name and ``note`` the words beside it.
    """

    name: str
    label: Text
    note: Text
    shows: Text = _MONEY_FORMAT
    share: str = ""


CARDS: Final = (
    Card(
        "dash_open",
        Text("应收未收", "Open"),
        Text("条件已达成、尚未收到", "Triggered, not yet paid"),
    ),
    Card("dash_overdue", Text("其中逾期", "Overdue"), Text("占应收", "of open"), share="dash_overdue_share"),
    Card(
        "dash_due_30",
        Text("未来 30 天到期", "Due in 30 days"),
        Text("截至日起 30 天内", "Within 30 days of the date"),
    ),
    Card(
        "dash_collection_rate",
        Text("本月回款率", "Collected of what was due"),
        Text("完成本月目标", "of the month's target"),
        _RATE_FORMAT,
        "dash_target_share",
    ),
    Card(
        "dash_dso",
        Text("应收账款周转天数", "Days of sales outstanding"),
        Text("按近 365 天新增应收", "By the last 365 days"),
        _DAYS_FORMAT,
    ),
    Card(
        "dash_promises_kept",
        Text("承诺兑现率", "Promises kept"),
        Text("近 90 天到期的，按金额", "By amount, last 90 days"),
        _RATE_FORMAT,
    ),
)


class Small(NamedTuple):
    """A lesser figure in the line below the cards, under a line of its ``colour``."""

    name: str
    label: Text
    colour: str
    shows: Text = _MONEY_FORMAT


SMALL: Final = (
    Small("dash_received_month", Text("本月到账", "Received this month"), "BFBFBF"),
    Small("dash_pending", Text("未触发", "Pending"), "BFBFBF"),
    Small("dash_unapplied", Text("未核销收款", "Unapplied"), "BFBFBF"),
    Small("dash_alerts_blue", Text("蓝色预警", "Blue alerts"), "2F5597", _COUNT_FORMAT),
    Small("dash_alerts_orange", Text("橙色预警", "Orange alerts"), "ED7D31", _COUNT_FORMAT),
    Small("dash_alerts_red", Text("红色预警", "Red alerts"), "C00000", _COUNT_FORMAT),
)

_TITLE_ROW, _CARD_ROW, _SMALL_ROW, _FINDING_ROW, _CHART_ROW, _LAST_ROW = 1, 4, 8, 11, 12, 22
_CARD_WIDTH, _GAP_WIDTH = 24.5, 1.5
_LAST_COLUMN: Final = 13
_FINDINGS: Final = (("dash_aging_finding", 2), ("dash_months_finding", 6), ("dash_debtors_finding", 10))
"""The sentence above each chart, as wide as two cards."""
_AGING_PLACE: Final = (5, 15)
_DEBTORS_PLACE: Final = (5, 17)
_MONTHS_PLACE: Final = (5, 21)
_CARD_FILL: Final = PatternFill("solid", fgColor="FFF7F9FC")
_CHART_MONEY: Final = "#,##0;-#,##0;-"
_CARD_LINE: Final = Side("medium", color="FF2F5597")


def fill_dashboard(book: Workbook, sheet: Worksheet, aging: Table, language: Language) -> None:
    """Write the dashboard; the buckets' words are those of the aging table."""
    _grid(sheet)
    _head(book, sheet, language)
    for position, card in enumerate(CARDS):
        _card(book, sheet, card, 2 + 2 * position, language)
    for position, small in enumerate(SMALL):
        _small(book, sheet, small, 2 + 2 * position, language)
    for name, column in _FINDINGS:
        cell = sheet.cell(_FINDING_ROW, column, _EMPTY.in_(language))
        cell.style, cell.alignment = "Note", Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(
            start_row=_FINDING_ROW, end_row=_FINDING_ROW, start_column=column, end_column=column + 2
        )
        _name(book, sheet, name, (_FINDING_ROW, column))
    buckets = [aging[key].heading(language) for key in ("current", "b1", "b2", "b3", "b4", "b5")]
    _aging_data(book, sheet, buckets, language)
    _series(book, sheet, "dash_debtors", _DEBTORS_PLACE, (_CURRENT, _OVERDUE), language)
    _series(book, sheet, "dash_months", _MONTHS_PLACE, (_RECEIVED, _TARGET), language)
    add_charts(sheet, _AGING_PLACE, _MONTHS_PLACE, _DEBTORS_PLACE, (_CHART_ROW, _LAST_ROW), language)
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
    heights = {1: 26, 2: 16, 3: 5, 4: 18, 5: 26, 6: 16, 7: 5, 8: 16, 9: 18, 10: 4, 11: 30}
    for row in range(1, _LAST_ROW + 1):
        sheet.row_dimensions[row].height = heights.get(row, 15.5)


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
    figure.value, figure.style, figure.number_format = 0, "CardValue", card.shows.in_(language)
    note.style = "CardNote"
    if card.share:
        words = card.note.in_(language)
        note.number_format = f'"{words} "0.0%' if language == "zh" else f'0.0%" {words}"'
        note.value = 0
        _name(book, sheet, card.share, (_CARD_ROW + 2, column))
    else:
        note.value = card.note.in_(language)
    for cell in (label, figure, note):
        cell.fill = _CARD_FILL
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    label.border = Border(top=_CARD_LINE)
    _name(book, sheet, card.name, (_CARD_ROW + 1, column))


def _small(book: Workbook, sheet: Worksheet, small: Small, column: int, language: Language) -> None:
    """Label and figure below one another."""
    label, figure = (sheet.cell(_SMALL_ROW + down, column) for down in range(2))
    label.value, label.style = small.label.in_(language), "CardNote"
    figure.value, figure.style, figure.number_format = 0, "CardLabel", small.shows.in_(language)
    figure.font = font_of(language, size=11, bold=True, color="FF" + NAVY)
    label.border = Border(top=Side("medium", color="FF" + small.colour))
    for cell in (label, figure):
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    _name(book, sheet, small.name, (_SMALL_ROW + 1, column))


def _aging_data(book: Workbook, sheet: Worksheet, buckets: Iterable[str], language: Language) -> None:
    """What the first chart draws, right of the printed area."""
    row, column = _AGING_PLACE
    sheet.cell(row - 2, column - 1, _DATA.in_(language)).style = "Note"
    sheet.cell(row - 1, column, _AMOUNT.in_(language)).style = "Note"
    for down, words in enumerate(buckets):
        sheet.cell(row + down, column - 1, words).style = "Note"
        _figure(sheet, row + down, column)
    _name(book, sheet, "dash_aging", _AGING_PLACE)
    for wide in (column - 1, column):
        sheet.column_dimensions[get_column_letter(wide)].width = 16


def _series(
    book: Workbook,
    sheet: Worksheet,
    name: str,
    place: tuple[int, int],
    headings: Sequence[Text],
    language: Language,
) -> None:
    """What a chart of two series draws, right of the printed area: words, and two figures beside them."""
    row, column = place
    for right, heading in enumerate(headings, start=1):
        sheet.cell(row - 1, column + right, heading.in_(language)).style = "Note"
        sheet.column_dimensions[get_column_letter(column + right)].width = 16
    for down in range(DASHBOARD_NAMES[name][0]):
        sheet.cell(row + down, column).style = "Note"
        for right in range(1, len(headings) + 1):
            _figure(sheet, row + down, column + right)
    sheet.column_dimensions[get_column_letter(column)].width = 30
    _name(book, sheet, name, place)


def _figure(sheet: Worksheet, row: int, column: int) -> None:
    cell = sheet.cell(row, column, 0)
    cell.style, cell.number_format = "Note", _CHART_MONEY


def _name(book: Workbook, sheet: Worksheet, name: str, place: tuple[int, int]) -> None:
    (row, column), (rows, columns) = place, DASHBOARD_NAMES[name]
    first = f"${get_column_letter(column)}${row}"
    last = f"${get_column_letter(column + columns - 1)}${row + rows - 1}"
    reference = first if first == last else f"{first}:{last}"
    book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{reference}")
