"""Rectangles of cells and their addresses; rows and columns count from 1 as in Excel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PART = r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?"
_ADDRESS = re.compile(rf"{_PART}(?::{_PART})?")


def letters(column: int) -> str:
    """
    >>> letters(1), letters(28), letters(16384)
    ('A', 'AB', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(text: str) -> int:
    result = 0
    for letter in text.upper():
        result = result * 26 + ord(letter) - 64
    return result


@dataclass(frozen=True)
class Rect:
    """The cells of a sheet from a corner on."""

    sheet: str
    top: int
    left: int
    height: int
    width: int

    @property
    def bottom(self) -> int:
        return self.top + self.height - 1

    @property
    def right(self) -> int:
        return self.left + self.width - 1

    @property
    def where(self) -> list[Any]:
        """As the worker takes it."""
        return [self.sheet, self.top - 1, self.left - 1, self.bottom - 1, self.right - 1]

    @classmethod
    def of(cls, where: list[Any]) -> Rect:
        sheet, top, left, bottom, right = where
        return cls(sheet, top + 1, left + 1, bottom - top + 1, right - left + 1)

    def address(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        row, column = "$" * row_absolute, "$" * column_absolute
        whole_rows, whole_columns = self.width == LAST_COLUMN, self.height == LAST_ROW
        first = f"{'' if whole_rows else column + letters(self.left)}{'' if whole_columns else row + str(self.top)}"
        last = f"{'' if whole_rows else column + letters(self.right)}{'' if whole_columns else row + str(self.bottom)}"
        return first if first == last and not (whole_rows or whole_columns) else f"{first}:{last}"

    def cell(self, row: int, column: int) -> str:
        """The address of a cell within, counted from 0, with its sheet: what a message names."""
        return f"{self.sheet}!{letters(self.left + column)}{self.top + row}"


def parse(sheet: str, address: str) -> Rect | None:
    """The rectangle of `B2`, `$A$1:C3`, `A:C` or `1:3`; None where the text is no such address.

    >>> parse("s", "B2:D3")
    Rect(sheet='s', top=2, left=2, height=2, width=3)
    >>> parse("s", "A:B").height, parse("s", "name")
    (1048576, None)
    """
    found = _ADDRESS.fullmatch(address.strip())
    if not found or not any(found.groups()):
        return None
    column, row, last_column, last_row = found.groups()
    if ":" not in address:
        if not (column and row):
            return None
        last_column, last_row = column, row
    if bool(column) != bool(last_column) or bool(row) != bool(last_row):
        return None
    lefts = (number(column), number(last_column)) if column else (1, LAST_COLUMN)
    tops = (int(row), int(last_row)) if row else (1, LAST_ROW)
    if max(lefts) > LAST_COLUMN or max(tops) > LAST_ROW or min(tops) < 1:
        return None
    return Rect(sheet, min(tops), min(lefts), abs(tops[1] - tops[0]) + 1, abs(lefts[1] - lefts[0]) + 1)
