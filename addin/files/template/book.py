"""The whole workbook: index, dashboard, and a sheet for each table in its order."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from addin.files.template import dashboard, index
from addin.files.template.finish import finish
from addin.files.template.sheets import add_table_sheet
from addin.files.template.styles import add_styles
from addin.files.template.validation import ids_name
from addin.model.columns import Kind
from addin.model.tables import TABLES
from addin.model.text import Language

INDEX_CODE: Final = "IndexSheet"
DASHBOARD_CODE: Final = "DashboardSheet"


def make_template(language: Language) -> bytes:
    """The standard workbook, empty, in one language; the same declaration gives the same parts."""
    book = _new_book(language)
    first, second = book.worksheets
    for number, (key, table) in enumerate(TABLES.items(), start=1):
        sheet = add_table_sheet(book, table, number, language)
        sheet.sheet_properties.codeName = code_name(key)
    _name_ids(book, language)
    index.fill_index(first, TABLES.values(), dashboard.NAME, language)
    dashboard.fill_dashboard(book, second, TABLES["aging"], language)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.zoomScale = 100
        sheet.sheet_view.tabSelected = sheet is first
    saved = io.BytesIO()
    book.save(saved)
    return finish(saved.getvalue(), language)


def code_name(table_key: str) -> str:
    """The name by which macros know a table's sheet, whatever its tab says.

    >>> code_name("fx_rates")
    'FxRatesSheet'
    """
    return "".join(word.capitalize() for word in table_key.split("_")) + "Sheet"


def _new_book(language: Language) -> Workbook:
    book = Workbook()
    book.code_name = "ThisWorkbook"
    book.calculation.fullCalcOnLoad = False
    book.security = None
    add_styles(book, language)
    first = book.worksheets[0]
    first.title = index.NAME.in_(language)
    second = book.create_sheet(dashboard.NAME.in_(language))
    first.sheet_properties.codeName, second.sheet_properties.codeName = INDEX_CODE, DASHBOARD_CODE
    return book


def _name_ids(book: Workbook, language: Language) -> None:
    """A name for each list of keys that other tables refer to; it grows with the table."""
    targets = {c.ref for table in TABLES.values() for c in table.columns if c.ref and c.kind is Kind.TEXT}
    for key in sorted(targets):
        heading = TABLES[key].columns[0].heading(language)
        book.defined_names[ids_name(key)] = DefinedName(
            ids_name(key), attr_text=f"{key}[{_escaped(heading)}]"
        )


def _escaped(heading: str) -> str:
    """A heading inside a structured reference: its special characters behind an apostrophe."""
    return "".join(f"'{c}" if c in "[]#'" else c for c in heading)
