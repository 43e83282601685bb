"""Pages to read: a new workbook beside the ledger, which nobody has to keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from addin.hosts.excel import native
from addin.hosts.excel.cells import put

if TYPE_CHECKING:
    import xlwings as xw

TITLE_ROW: Final = 1
FIRST_ROW: Final = 3
_WIDEST: Final = 80
"""Characters of a column, beyond which its text wraps."""


def show_page(book: xw.Book, title: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> xw.Book:
    """A title and a table of words in a workbook of its own, beside the ledger and as wide as its words need."""
    page = book.app.books.add()
    sheet = page.sheets[0]
    cells = [list(heading), *map(list, rows)]
    area = sheet.range((FIRST_ROW, 1), (FIRST_ROW + len(cells) - 1, len(heading)))
    sheet.range((TITLE_ROW, 1)).number_format = "@"
    area.number_format = "@"
    put(sheet, TITLE_ROW, 1, [[title]])
    put(sheet, FIRST_ROW, 1, cells)
    for place, column in enumerate(zip(*cells, strict=True), 1):
        part = sheet.range((FIRST_ROW, place), (FIRST_ROW + len(cells) - 1, place))
        part.column_width = min(max(map(_width, column)) + 2, _WIDEST)
        part.wrap_text = True
    for row in (TITLE_ROW, FIRST_ROW):
        sheet.range((row, 1), (row, len(heading))).font.bold = True
    native.nothing_to_save(page)
    return page


def _width(text: str) -> int:
    """Room that a text takes; characters of Chinese take two."""
    return max(
        (sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in text.split("\n")), default=0
    )
