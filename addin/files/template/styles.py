"""The named cell styles of the workbook, each made once, and the format of a column by its kind."""

from __future__ import annotations

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from addin.model.columns import Column, Kind, Table
from addin.model.text import Language

NAVY: Final = "1F3864"
GREY_TEXT: Final = "404040"
NOTE_TEXT: Final = "595959"
NEGATIVE: Final = "9C0006"
LINE: Final = "D9D9D9"
STRIPE: Final = "F5F8FC"

FILLS: Final = {
    "Computed": "F2F2F2",
    "Mine": "FFF9E5",
    "Heading": NAVY,
    "Bad": "FFC7CE",
    "Warn": "FFEB9C",
    "Good": "C6EFCE",
}
"""Fill of each style that has one."""

TEXTS: Final = {
    "Input": NAVY,
    "InputKey": NAVY,
    "Computed": GREY_TEXT,
    "Mine": NAVY,
    "Heading": "FFFFFF",
    "Total": "000000",
    "Note": NOTE_TEXT,
    "Bad": NEGATIVE,
    "Warn": "7F6000",
    "Good": "006100",
    "SheetTitle": NAVY,
    "Link": "2F5597",
    "CardLabel": NOTE_TEXT,
    "CardValue": NAVY,
    "CardNote": NOTE_TEXT,
}
"""Text colour of each style."""

_BOLD: Final = {"InputKey", "Heading", "Total", "SheetTitle", "CardValue"}
_SIZES: Final = {"SheetTitle": 16, "CardValue": 16, "CardLabel": 10, "CardNote": 9}

TAB_COLOURS: Final = {"input": "2F5597", "mixed": "1B998B", "computed": "7F7F7F", "settings": "BF9000"}
CHECKS_TAB: Final = "C00000"

MONEY: Final = "#,##0.00;-#,##0.00;-"
FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.CHOICE: "@",
    Kind.LIST: "@",
    Kind.BOOL: "General",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MONEY: MONEY,
    Kind.RATE: "0.00%",
    Kind.INT: "0",
    Kind.NUM: "General",
}
"""Number format by kind of column."""

_NUMBERS: Final = {Kind.MONEY, Kind.RATE, Kind.INT, Kind.NUM}


def font_of(language: Language, **more: Any) -> Font:
    """The book's typeface: Microsoft YaHei for Chinese, Calibri for English, 10 points unless told."""
    more.setdefault("size", 10)
    if language == "zh":
        return Font(name="Microsoft YaHei", family=2, charset=134, **more)
    return Font(name="Calibri", family=2, **more)


def add_styles(book: Workbook, language: Language) -> None:
    """Register every named style, and make the default font ours."""
    styles: Any = book
    normal = styles._named_styles["Normal"]
    normal.font = font_of(language)
    normal.bind(book)
    for name in TEXTS:
        book.add_named_style(_style(name, language))


def _style(name: str, language: Language) -> NamedStyle:
    style = NamedStyle(name)
    style.font = font_of(
        language,
        size=_SIZES.get(name, 10),
        bold=name in _BOLD,
        italic=name == "Note",
        underline="single" if name == "Link" else None,
        color="FF" + TEXTS[name],
    )
    if name in FILLS:
        style.fill = PatternFill("solid", fgColor="FF" + FILLS[name])
    style.border = _border(name)
    style.alignment = _alignment(name)
    return style


def _border(name: str) -> Border:
    thin = Side("thin", color="FF" + LINE)
    if name in ("Input", "InputKey", "Computed", "Mine"):
        return Border(bottom=thin)
    if name == "Total":
        return Border(top=Side("thin", color="FF000000"))
    if name == "Heading":
        white = Side("thin", color="FFFFFFFF")
        return Border(left=white, right=white)
    return Border()


def _alignment(name: str) -> Alignment:
    if name == "Heading":
        return Alignment(horizontal="center", vertical="center", wrap_text=True)
    return Alignment(vertical="center")


def style_of(table: Table, column: Column) -> str:
    """The named style of a column's cells."""
    if column.owner == "input":
        return "InputKey" if column.key in table.identity else "Input"
    return "Computed" if column.owner == "computed" else "Mine"


def alignment_of(column: Column, wrap: bool) -> Alignment:
    """Numbers right, dates and yes/no centred, text left."""
    if column.kind in _NUMBERS:
        return Alignment(horizontal="right", vertical="center")
    if column.kind in (Kind.DATE, Kind.BOOL):
        return Alignment(horizontal="center", vertical="center")
    return Alignment(horizontal="left", vertical="center", indent=1, wrap_text=wrap)


def tab_colour(table: Table) -> str:
    """The colour of a sheet's tab by the table's role; red for the findings."""
    return CHECKS_TAB if table.key == "checks" else TAB_COLOURS[table.role]
