"""Print set-up: A4 landscape, one page wide up to 14 columns, else over pages with legible type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.template.places import HEADING_ROW, STAMP_ROW
from addin.model.text import Language, Text

ONE_PAGE_COLUMNS: Final = 14

_SIDE_MARGIN: Final = 0.4
_PAGE_WIDTH: Final = (11.69 - 2 * _SIDE_MARGIN) * 72 * 0.97
"""Points across a landscape A4 page between its margins, less a little for other typefaces."""
_CHARACTER: Final[Mapping[Language, float]] = {"zh": 6.2, "en": 5.3}
"""Points that a character of column width takes, where the first choice of typeface is missing too."""
_SMALLEST: Final = 0.66
"""Scale of wide sheets: type of 10 points prints at 6.6."""

_PAGES: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")


def set_up_page(sheet: Worksheet, language: Language, landscape: bool = True) -> None:
    """Paper, margins and the footer: sheet name at the left, page of pages at the right."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_margins.left = sheet.page_margins.right = _SIDE_MARGIN
    sheet.page_margins.top, sheet.page_margins.bottom = 0.45, 0.65
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.HeaderFooter.scaleWithDoc = False
    footer: Any = sheet.oddFooter
    for part, words in ((footer.left, "&A"), (footer.right, _PAGES.in_(language))):
        part.text, part.size = words, 10


def fit_one_page(sheet: Worksheet, height: int = 0) -> None:
    """One page wide; ``height`` pages high, 0: as many as it takes."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, height


def print_table(sheet: Worksheet, widths: Sequence[float], frozen: int, language: Language) -> None:
    """Print set-up of a table's sheet; headings and the ``frozen`` first columns repeat on every page."""
    set_up_page(sheet, language)
    sheet.print_title_rows = f"{STAMP_ROW}:{HEADING_ROW}"
    sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
    if fits_one_page(widths, language):
        fit_one_page(sheet)
        return
    sheet.page_setup.scale = floor(_SMALLEST * 100)
    for column in page_ends(widths, frozen, _CHARACTER[language])[:-1]:
        sheet.col_breaks.append(Break(id=column))


def fits_one_page(widths: Sequence[float], language: Language) -> bool:
    """Whether the columns go on one page across with legible type."""
    return len(widths) <= ONE_PAGE_COLUMNS and _PAGE_WIDTH / (sum(widths) * _CHARACTER[language]) >= _SMALLEST


def page_ends(widths: Sequence[float], frozen: int, character: float) -> list[int]:
    """The last column (from 1) of each page across, the pages filled evenly.

    >>> page_ends([20.0] + [40.0] * 8, 1, 5.6)
    [5, 9]
    """
    room = _PAGE_WIDTH / _SMALLEST / character - sum(widths[:frozen])
    pages = _fill(widths, frozen, room)
    while room > 10:
        tighter = _fill(widths, frozen, room - 5)
        if len(tighter) > len(pages):
            break
        room, pages = room - 5, tighter
    return pages


def _fill(widths: Sequence[float], frozen: int, room: float) -> list[int]:
    ends, used = [], 0.0
    for column, width in enumerate(widths[frozen:], start=frozen + 1):
        if used and used + width > room:
            ends.append(column - 1)
            used = 0.0
        used += width
    return [*ends, len(widths)]
