"""Rows of an old binary workbook (.xls), read by xlrd.

It keeps only cells that are there and shared texts once, and it believes no size that the file claims: a file of
a few kilobytes can tell other readers to reserve more memory than there is, which ends the process.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

import xlrd

from addin.files import guard
from addin.model.cells import AnyCell, CellError
from addin.model.finding import LedgerError

MAX_SIZE: Final = 64 * 1024**2
"""Bytes of the file: every cell takes some of them."""


def old_rows(
    path: Path, choose: Callable[[Sequence[str]], str]
) -> tuple[str, Iterator[tuple[int, list[AnyCell]]]]:
    """The name of the sheet that ``choose`` takes of those there are, and its rows, numbered from 1 as Excel does.

    LedgerError where the file is no .xls, too large, encrypted or damaged.
    """
    kind = guard.ole_kind(path)
    if kind != "xls":
        raise guard.encrypted(path) if kind == "encrypted" else guard.not_a_workbook(path)
    try:
        content = _content(path)
        book = xlrd.open_workbook(
            file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        name = choose(book.sheet_names())
        sheet = book.sheet_by_name(name)
    except (LedgerError, MemoryError):
        raise
    except xlrd.XLRDError as reason:
        raise guard.encrypted(path) if "encrypted" in str(reason) else guard.damaged(path) from reason
    except Exception as reason:  # whatever a damaged file makes of the library
        raise guard.damaged(path) from reason
    return name, _rows(sheet, book.datemode)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_SIZE:
            raise _too_large(path)
        return path.read_bytes()
    except OSError as reason:
        raise guard.unreadable(path, reason) from reason


def _too_large(path: Path) -> LedgerError:
    most = MAX_SIZE // 1024**2
    return guard.trouble(
        "too_large",
        path,
        f"是超过 {most} MB 的 .xls；请在 Excel 中另存为 .xlsx 后导入。",
        f"is a large .xls, over {most} MB; save it as .xlsx in Excel, then import that.",
    )


def _rows(sheet: Any, mode: int) -> Iterator[tuple[int, list[AnyCell]]]:
    """The rows that hold something; ``mode`` is 1 where days count from 1904."""
    for row in range(sheet.nrows):
        if sheet.row_len(row):
            pairs = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
            yield row + 1, [_cell(kind, value, mode) for kind, value in pairs]


def _cell(kind: int, value: str | float, mode: int) -> AnyCell:
    if kind == xlrd.XL_CELL_DATE:
        return _day(float(value), mode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(value, "#ERR"))
    return "" if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else value


def _day(value: float, mode: int) -> AnyCell:
    """A day, a day with its time, or of less than a day the time; a number that is none of them stays one."""
    if value < 0:
        return value
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, mode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return value
    if value < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
