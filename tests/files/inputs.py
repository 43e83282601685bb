"""Books to read: made by openpyxl with one table each, and changed afterwards part by part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 5
Change = Callable[[bytes], bytes]


def add_table(
    sheet: Worksheet, key: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], column: int = 1
) -> Table:
    """The table `key` on a sheet, its heading in row 5."""
    for number, row in enumerate([headings, *rows], HEADER_ROW):
        for place, value in enumerate(row, column):
            sheet.cell(number, place, value)
    left, right = get_column_letter(column), get_column_letter(column + len(headings) - 1)
    table = Table(displayName=key, ref=f"{left}{HEADER_ROW}:{right}{HEADER_ROW + max(1, len(rows))}")
    sheet.add_table(table)
    return table


def customers(
    path: Path, rows: Sequence[Sequence[Any]], headings: Sequence[str] = ("客户编号", "客户名称")
) -> Path:
    """A book with one sheet and the table of customers."""
    book = Workbook()
    add_table(book.active, "customers", headings, rows)
    book.save(path)
    return path


def rewrite(path: Path, changes: Mapping[str, Change], names: Callable[[str], str] = str) -> Path:
    """The same package with parts (by pattern of their name) changed and all of them renamed."""
    with zipfile.ZipFile(path) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    done = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            for pattern, change in changes.items():
                if re.search(pattern, name):
                    content = change(content)
                    done.add(pattern)
            archive.writestr(names(name), content)
    assert done == set(changes), "a change met no part"
    return path


def replaced(old: str, new: str) -> Change:
    """A change of text that has to be there."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, f"{old} is not in the part"
        return content.replace(old.encode(), new.encode())

    return change


def with_cells(xml: str) -> Change:
    """The sheet's cells replaced by these rows."""
    cells = f"<sheetData>{xml}</sheetData>".encode()
    return lambda content: re.sub(b"(?s)<sheetData.*</sheetData>", lambda _: cells, content)


def prefixed(content: bytes) -> bytes:
    """Every element of the part's default namespace with a prefix, as some programs write."""
    content = re.sub(rb"<(/?)(?=[A-Za-z])(?![\w.-]+:)", rb"<\1x:", content)
    return content.replace(b" xmlns=", b" xmlns:x=")
