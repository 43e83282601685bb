"""目录, the index: the month's work in steps, links to every sheet by role, the key to the cell styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.printing import fit_one_page, set_up_page
from addin.files.template.styles import NAVY
from addin.files.template.widths import measure
from addin.model.columns import Table, View
from addin.model.text import Language, Text

NAME: Final = Text("目录", "Index")
_ABOUT: Final = Text(
    "本簿各表的入口、每月的工作步骤和单元格颜色的含义。",
    "The way to every sheet, the month's work in steps, and what the cell colours mean.",
)
_STEPS_TITLE: Final = Text("每月的工作", "The month's work")
_STEPS: Final = (
    Text(
        "新合同：登记“客户档案”“合同”，并在“收款节点”逐期列出比例、触发条件和账期。",
        "New contract: enter Customers and Contracts, then each stage with share, trigger and term in Milestones.",
    ),
    Text(
        "条件达成：项目经理在“收款节点”填触发日期、验收人和凭证；财务在“发票”登记开票。",
        "Condition met: the manager enters trigger date, acceptance and evidence in Milestones; finance the invoice.",
    ),
    Text(
        "到账：财务在“回款”逐笔登记，付款人指明合同或节点的照填。",
        "Money in: finance enters each payment in Receipts, with the contract or milestone that the payer named.",
    ),
    Text(
        "变更、延期、争议、扣减：分别登记在各自的表，不改原来的行。",
        "Changes, extensions, disputes, deductions: a row in their own sheets; earlier rows stay as they are.",
    ),
    Text(
        "刷新：运行 huikuan refresh，灰色单元格全部重算；先看“检查”，再看“看板”。",
        "Refresh: run huikuan refresh, which computes every grey cell anew; look at Checks first, then the Dashboard.",
    ),
    Text(
        "催收：按“收款节点”的逾期天数联系客户，每次沟通记一行“沟通记录”，答应的付款记入“付款承诺”。",
        "Chase: call by days overdue in Milestones; a row in Contacts for each talk, one in Promises for each promise.",
    ),
    Text(
        "月末：填“总账余额”，核对“应收变动表”与“账龄”，差异为零后存档。",
        "Month end: enter General ledger, compare Roll-forward and Aging, and file the book once nothing differs.",
    ),
)
_HIDDEN_HELP: Final = Text(
    "标“隐藏”的表要先显示再打开：右键任一工作表标签 → 取消隐藏 → 选表名。有错误的表会自己显示出来。",
    "A sheet marked hidden opens once it is shown: right-click any tab, Unhide, choose its name. "
    "A sheet with errors shows itself.",
)
_HEADINGS: Final = (
    Text("工作表", "Sheet"),
    Text("用途", "What it is for"),
    Text("财务", "Finance"),
    Text("经理", "Manager"),
    Text("月末", "Month end"),
    Text("显示", "Shown"),
)
_DASHBOARD_ABOUT: Final = Text(
    "一屏看清应收、逾期、账龄和欠款大户。", "What is open, overdue, how old, and who owes most."
)
_SECTIONS: Final[Mapping[View, Text]] = {
    "finance": Text("财务", "Finance"),
    "manager": Text("项目经理", "Project managers"),
    "month_end": Text("月末", "Month end"),
}
_HIDDEN: Final = Text("隐藏", "hidden")
_KEY_TITLE: Final = Text("单元格颜色", "Cell colours")
_KEYS: Final[Mapping[str, Text]] = {
    "InputKey": Text("行的编号，由人填写", "A row's ID, typed by people"),
    "Input": Text("由人填写", "Typed by people"),
    "Computed": Text("程序计算，刷新时重写", "Computed; a refresh writes it again"),
    "Mine": Text("计算表中留给人填写的列", "For people, on a computed sheet"),
    "Heading": Text("表头", "Heading"),
    "Total": Text("合计", "Total"),
    "Note": Text("说明", "A note"),
    "Bad": Text("✕ 错误，或逾期超过 90 天", "✕ Error, or more than 90 days overdue"),
    "Warn": Text("! 注意，或已逾期", "! Attention, or overdue"),
    "Good": Text("✓ 正常", "✓ In order"),
}
_WIDTHS: Final[Mapping[Language, Mapping[str, float]]] = {
    "zh": {"A": 2, "B": 18, "C": 66, "D": 9, "E": 9, "F": 9, "G": 9},
    "en": {"A": 2, "B": 19, "C": 80, "D": 9.5, "E": 9.5, "F": 12, "G": 9.5},
}
_LINE: Final = 15.0
_CENTRE: Final = Alignment(horizontal="center", vertical="center")


def fill_index(sheet: Worksheet, tables: Iterable[Table], dashboard: Text, language: Language) -> None:
    """Write the index; ``dashboard`` is the other sheet without a table."""
    for letter, width in _WIDTHS[language].items():
        sheet.column_dimensions[letter].width = width
    sheet["B1"].value, sheet["B1"].style = NAME.in_(language), "SheetTitle"
    sheet["B2"].value, sheet["B2"].style = _ABOUT.in_(language), "Note"
    sheet.row_dimensions[1].height = 26
    row = _steps(sheet, 4, language)
    row = _sheets(sheet, row + 1, list(tables), dashboard, language)
    row = _styles(sheet, row + 1, language)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "FF" + NAVY
    set_up_page(sheet, language, landscape=False)
    fit_one_page(sheet, 1)
    sheet.print_area = f"A1:G{row}"


def _section(sheet: Worksheet, row: int, words: str) -> int:
    for column in range(2, 8):
        sheet.cell(row, column).style = "Total"
    sheet.cell(row, 2).value = words
    sheet.row_dimensions[row].height = _LINE + 5
    return row + 1


def _steps(sheet: Worksheet, row: int, language: Language) -> int:
    row = _section(sheet, row, _STEPS_TITLE.in_(language))
    for number, step in enumerate(_STEPS, start=1):
        _wide(sheet, row, f"{number}. {step.in_(language)}", "Normal", language)
        row += 1
    return row


def _wide(sheet: Worksheet, row: int, words: str, style: str, language: Language) -> None:
    """A sentence across the whole width, on as many lines as it needs."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=7)
    cell = sheet.cell(row, 2, words)
    cell.style, cell.alignment = style, Alignment(wrap_text=True, vertical="center")
    _set_height(sheet, row, words, sum(_WIDTHS[language].values()) - 4)


def _set_height(sheet: Worksheet, row: int, words: str, width: float) -> None:
    """High enough for the words: LibreOffice does not see to that when it opens a file."""
    lines = ceil(measure(words) * 0.9 / width)
    sheet.row_dimensions[row].height = _LINE * lines + 2


def _sheets(sheet: Worksheet, row: int, tables: list[Table], dashboard: Text, language: Language) -> int:
    for column, heading in enumerate(_HEADINGS, start=2):
        sheet.cell(row, column, heading.in_(language)).style = "Heading"
    sheet.row_dimensions[row].height = 20
    row += 1
    _link(sheet, row, dashboard.in_(language))
    sheet.cell(row, 3, _DASHBOARD_ABOUT.in_(language)).style = "Note"
    for column in (4, 5, 6):
        sheet.cell(row, column, "●").alignment = _CENTRE
    row += 1
    for view, title in _SECTIONS.items():
        row = _section(sheet, row, title.in_(language))
        for table in tables:
            if table.views[0] == view:
                _sheet_row(sheet, row, table, language)
                row += 1
    _wide(sheet, row, _HIDDEN_HELP.in_(language), "Note", language)
    return row + 1


def _sheet_row(sheet: Worksheet, row: int, table: Table, language: Language) -> None:
    _link(sheet, row, table.name.in_(language))
    about = sheet.cell(row, 3, table.about.in_(language))
    about.style, about.alignment = "Note", Alignment(wrap_text=True, vertical="center")
    for column, view in enumerate(_SECTIONS, start=4):
        mark = sheet.cell(row, column, "●" if view in table.views else None)
        mark.alignment = _CENTRE
    shown = sheet.cell(row, 7, None if table.visible else _HIDDEN.in_(language))
    shown.style, shown.alignment = "Note", _CENTRE
    _set_height(sheet, row, table.about.in_(language), _WIDTHS[language]["C"] - 1)


def _link(sheet: Worksheet, row: int, name: str) -> None:
    cell = sheet.cell(row, 2, name)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=name)
    cell.style = "Link"


def _styles(sheet: Worksheet, row: int, language: Language) -> int:
    row = _section(sheet, row, _KEY_TITLE.in_(language))
    for style, words in _KEYS.items():
        sheet.cell(row, 2, style).style = style
        sheet.cell(row, 3, words.in_(language)).alignment = Alignment(indent=1, vertical="center")
        row += 1
    return row - 1
