"""Runs inside LibreOffice, under its Python: carries calls out on live documents, without a trip for each step.

A call is ``{"do": name, ...}``, its answer ``{"is": value}`` or ``{"fault": text}``, with ``"moved"``: whether
sheets and tables may lie elsewhere now. A rectangle is
``[sheet, top, left, bottom, right]``: the sheet's name, then rows and columns from 0, both ends inclusive.
Knows nothing of Excel or of the project, and needs no other package than LibreOffice's `uno`.
"""

from __future__ import annotations

import json
import traceback
from typing import Any

import uno
import unohelper
import worker_tables  # noqa: F401 (its calls are known once it is there)
from com.sun.star.task import XJob
from worker_bridge import (
    area,
    call,
    calls,
    changes_places,
    controller,
    documents,
    moving,
    once,
    option,
    rectangle,
)

XLSX = "Calc MS Excel 2007 XML"
XLSM = "Calc MS Excel 2007 VBA XML"
NO_MACROS = 4
CONTENTS = 1 | 2 | 4 | 16
FORMATS = 32 | 64
VALUE_TYPES = 2 | 4 | 8 | 1024
"""Date, time and truth value: numbers that Excel hands out as something else."""


# ---- documents


@call
def open(desktop: Any, book: int, path: str, read_only: bool) -> None:
    options = (
        option("Hidden", True),
        option("MacroExecutionMode", NO_MACROS),
        option("ReadOnly", read_only),
    )
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, options)
    if document is None:
        raise OSError(f"LibreOffice does not open {path}")
    documents[book] = document


@call
def add(desktop: Any, book: int) -> None:
    documents[book] = desktop.loadComponentFromURL(
        "private:factory/scalc", "_blank", 0, (option("Hidden", True),)
    )


@call
@changes_places
def close(desktop: Any, book: int) -> None:
    documents.pop(book).close(True)


@call
def save(desktop: Any, book: int, path: str, copy: bool) -> None:
    """Writes the document to a file; unless it is a copy, nothing then counts as unsaved."""
    kind = XLSM if path.endswith((".xlsm", ".xlam")) else XLSX
    documents[book].storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", kind),))
    if not copy:
        documents[book].setModified(False)


@call
def modified(desktop: Any, book: int) -> bool:
    """Whether the document holds what its file does not."""
    return bool(documents[book].isModified())


@call
def set_modified(desktop: Any, book: int, on: bool) -> None:
    documents[book].setModified(on)


@call
def origin(desktop: Any, book: int) -> str:
    """The day that counts as number 0."""
    day = documents[book].NullDate
    return f"{day.Year:04}-{day.Month:02}-{day.Day:02}"


@call
def automatic(desktop: Any, book: int, on: bool | None = None) -> bool:
    if on is not None:
        documents[book].enableAutomaticCalculation(on)
    return bool(documents[book].isAutomaticCalculationEnabled())


@call
def calculate(desktop: Any, book: int) -> None:
    documents[book].calculateAll()


# ---- sheets


@call
def sheets(desktop: Any, book: int) -> list[str]:
    return once((book, "sheets"), lambda: list(documents[book].Sheets.ElementNames))


@call
@changes_places
def add_sheet(desktop: Any, book: int, name: str, at: int) -> None:
    documents[book].Sheets.insertNewByName(name, at)


@call
@changes_places
def delete_sheet(desktop: Any, book: int, name: str) -> None:
    documents[book].Sheets.removeByName(name)


@call
@changes_places
def rename_sheet(desktop: Any, book: int, name: str, new: str) -> None:
    documents[book].Sheets.getByName(name).Name = new


@call
def visible(desktop: Any, book: int, name: str, on: bool | None = None) -> bool:
    sheet = documents[book].Sheets.getByName(name)
    if on is not None:
        sheet.IsVisible = on
    return bool(sheet.IsVisible)


@call
def protected(desktop: Any, book: int, name: str) -> bool:
    return bool(documents[book].Sheets.getByName(name).isProtected())


@call
def protect(desktop: Any, book: int, name: str, on: bool, password: str) -> None:
    """A wrong password is a fault."""
    sheet = documents[book].Sheets.getByName(name)
    (sheet.protect if on else sheet.unprotect)(password)


@call
def active_sheet(desktop: Any, book: int, name: str | None = None) -> str:
    if name is not None:
        controller(book).setActiveSheet(documents[book].Sheets.getByName(name))
    return str(controller(book).ActiveSheet.Name)


@call
def used(desktop: Any, book: int, name: str) -> list[Any]:
    cursor = documents[book].Sheets.getByName(name).createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    return rectangle(book, cursor.RangeAddress)


@call
def current_region(desktop: Any, book: int, where: list[Any]) -> list[Any]:
    cells = area(book, where)
    cursor = cells.Spreadsheet.createCursorByRange(cells)
    cursor.collapseToCurrentRegion()
    return rectangle(book, cursor.RangeAddress)


@call
def select(desktop: Any, book: int, where: list[Any]) -> None:
    controller(book).select(area(book, where))


@call
def selection(desktop: Any, book: int) -> list[Any]:
    """What is selected on the active sheet; of several areas the last."""
    chosen = documents[book].CurrentSelection
    addresses = chosen.RangeAddresses if hasattr(chosen, "RangeAddresses") else [chosen.RangeAddress]
    return rectangle(book, addresses[-1])


# ---- cells


@call
def read(desktop: Any, book: int, where: list[Any]) -> dict[str, Any]:
    """The values (None: an error, "": empty), where numbers are days, money or truth values, where "" is a text."""
    cells = area(book, where)
    rows = cells.getDataArray()
    return {
        "rows": rows,
        "kinds": [group for group in groups(book, cells) if group["type"] & VALUE_TYPES]
        if any(isinstance(cell, float) for row in rows for cell in row)
        else [],
        "empty_texts": [rectangle(book, part) for part in cells.queryFormulaCells(2).RangeAddresses]
        if any("" in row for row in rows)
        else [],
        "errors": errors(book, cells) if any(None in row for row in rows) else [],
    }


def errors(book: int, cells: Any) -> list[list[Any]]:
    """Row, column and text of every cell that shows an error."""
    found = []
    for part in cells.queryFormulaCells(4).RangeAddresses:
        inside = area(book, rectangle(book, part))
        for row in range(part.StartRow, part.EndRow + 1):
            for column in range(part.StartColumn, part.EndColumn + 1):
                cell = inside.getCellByPosition(column - part.StartColumn, row - part.StartRow)
                found.append([row, column, cell.String])
    return found


def groups(book: int, cells: Any) -> list[dict[str, Any]]:
    """The areas of each number format."""
    by_key: dict[int, list[list[Any]]] = {}
    unique = cells.getUniqueCellFormatRanges()
    for index in range(unique.Count):
        ranges = unique.getByIndex(index)
        by_key.setdefault(ranges.NumberFormat, []).extend(
            rectangle(book, address) for address in ranges.RangeAddresses
        )
    return [{**number_format(book, key), "areas": areas} for key, areas in by_key.items()]


def number_format(book: int, key: int) -> dict[str, Any]:
    """The code of a format and the kinds of number it shows."""

    def find() -> dict[str, Any]:
        form = documents[book].NumberFormats.getByKey(key)
        return {"format": form.FormatString, "type": form.Type & ~1}

    return once((book, "format", key), find)


@call
def number_formats(desktop: Any, book: int, where: list[Any]) -> list[dict[str, Any]]:
    return groups(book, area(book, where))


@call
def set_number_format(desktop: Any, book: int, where: list[Any], code: str) -> None:
    formats, english = documents[book].NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale")
    english.Language, english.Country = "en", "US"
    key = formats.queryKey(code, english, False)
    area(book, where).NumberFormat = formats.addNew(code, english) if key < 0 else key


@call
def write(desktop: Any, book: int, where: list[Any], rows: list[list[Any]]) -> None:
    area(book, where).setDataArray(tuple(map(tuple, rows)))


@call
def formulas(desktop: Any, book: int, where: list[Any]) -> Any:
    return area(book, where).getFormulaArray()


@call
def write_formulas(desktop: Any, book: int, where: list[Any], rows: list[list[Any]]) -> None:
    area(book, where).setFormulaArray(tuple(map(tuple, rows)))


@call
def clear(desktop: Any, book: int, where: list[Any], contents: bool, formats: bool) -> None:
    area(book, where).clearContents(CONTENTS * contents | FORMATS * formats)


@call
def filtered_row(desktop: Any, book: int, where: list[Any]) -> int | None:
    """The first row of the rectangle that a filter hides."""
    cells = area(book, where)
    seen: set[int] = set()
    for part in cells.queryVisibleCells().RangeAddresses:
        seen.update(range(part.StartRow, part.EndRow + 1))
    for index in range(where[3] - where[1] + 1):
        if where[1] + index not in seen and cells.Rows.getByIndex(index).IsFiltered:
            return int(where[1] + index)
    return None


@call
@changes_places
def insert(desktop: Any, book: int, where: list[Any], down: bool) -> None:
    shift = uno.Enum("com.sun.star.sheet.CellInsertMode", "DOWN" if down else "RIGHT")
    cells = area(book, where)
    cells.Spreadsheet.insertCells(cells.RangeAddress, shift)


@call
@changes_places
def delete(desktop: Any, book: int, where: list[Any], up: bool) -> None:
    shift = uno.Enum("com.sun.star.sheet.CellDeleteMode", "UP" if up else "LEFT")
    cells = area(book, where)
    cells.Spreadsheet.removeRange(cells.RangeAddress, shift)


@call
def cell_property(desktop: Any, book: int, where: list[Any], name: str, value: Any = None) -> Any:
    """Reads or sets a property of the cells; None where it differs among them."""
    cells = area(book, where)
    if value is not None:
        setattr(cells, name, value)
    found = getattr(cells, name)
    return found if isinstance(found, (bool, int, float, str, type(None))) else found.value


@call
def line_property(desktop: Any, book: int, where: list[Any], rows: bool, name: str, value: Any = None) -> Any:
    """Reads or sets a property of the rows or columns; all values read, in order."""
    lines = area(book, where).Rows if rows else area(book, where).Columns
    if value is not None:
        setattr(lines, name, value)
    return [getattr(lines.getByIndex(index), name) for index in range(lines.Count)]


# ---- macros, and the end


@call
def run_basic(desktop: Any, book: int, macro: str, arguments: list[Any]) -> Any:
    """What a function of the book's own macros gives, named as `Project.Module.Function`."""
    address = f"vnd.sun.star.script:{macro}?language=Basic&location=document"
    return documents[book].getScriptProvider().getScript(address).invoke(tuple(arguments), (), ())[0]


@call
def quit(desktop: Any) -> None:
    for document in documents.values():
        document.close(True)
    documents.clear()
    desktop.terminate()


class Worker(unohelper.Base, XJob):
    """What LibreOffice loads: takes a call as JSON and gives its answer as JSON."""

    def __init__(self, context: Any) -> None:
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def execute(self, arguments: Any) -> str:
        asked = json.loads(arguments[0].Value)
        do = asked.pop("do")
        try:
            answer = {"is": calls[do](self.desktop, **asked)}
        except Exception:
            answer = {"fault": traceback.format_exc()}
        return json.dumps({**answer, "moved": do in moving})


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Worker, "huikuan.Worker", ())
