"""Cell and range names in A1 notation; rows and columns count from 1."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from addin.files.package.problem import PackageError, damaged

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=MAX_COLUMN)
def letters(column: int) -> str:
    """The letters of a column.

    >>> letters(28)
    'AB'
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@lru_cache(maxsize=MAX_COLUMN)
def number(text: str) -> int:
    """The column of its letters.

    >>> number("AB")
    28
    """
    column = 0
    for letter in text.upper():
        column = column * 26 + ord(letter) - 64
    return column


def cell_name(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def cell_at(name: str) -> tuple[int, int]:
    """Row and column of a cell name."""
    match = _CELL.fullmatch(name)
    if not match:
        raise damaged(f"cell name {name!r}")
    return int(match[2]), number(match[1])


class Area(NamedTuple):
    """A block of cells, all four bounds inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """The area of `A1:B2` or `A1`."""
        first, _, last = text.strip().partition(":")
        top, left = cell_at(first)
        bottom, right = cell_at(last) if last else (top, left)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    @classmethod
    def maybe(cls, text: str | None) -> Area | None:
        """The area, None for whole columns, nothing, and what else is no block of cells."""
        try:
            return cls.parse(text or "")
        except PackageError:
            return None

    def __str__(self) -> str:
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def overlaps(self, other: Area) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def common(self, other: Area) -> Area | None:
        """The cells of both."""
        if not self.overlaps(other):
            return None
        return Area(
            max(self.top, other.top), max(self.left, other.left),
            min(self.bottom, other.bottom), min(self.right, other.right),
        )  # fmt: skip

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def around(self, *others: Area) -> Area:
        """The smallest area that holds this one and the others."""
        every = (self, *others)
        return Area(
            min(area.top for area in every), min(area.left for area in every),
            max(area.bottom for area in every), max(area.right for area in every),
        )  # fmt: skip

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Growth(NamedTuple):
    """A table's data rows before and after; ranges that end at its last row move along."""

    data: Area
    bottom: int

    def grown(self, area: Area) -> Area:
        """The area after the edit.

        It grows if it ends exactly at the table's last data row, lies in the table's columns and is
        more than that one row (or the table has only that row).

        >>> str(Growth(Area.parse("A2:C10"), 15).grown(Area.parse("B2:B10")))
        'B2:B15'
        >>> str(Growth(Area.parse("A2:C10"), 15).grown(Area.parse("B2:B100")))
        'B2:B100'
        """
        data = self.data
        inside = data.left <= area.left and area.right <= data.right and area.bottom == data.bottom
        spans = data.top <= data.bottom and (area.top < area.bottom or data.top == data.bottom)
        if inside and spans and area.top <= self.bottom:
            return area._replace(bottom=self.bottom)
        return area


def grow_list(text: str, growths: list[Growth]) -> str:
    """An sqref (areas apart by spaces) after the edits; areas that stay keep their spelling."""
    words = text.split(" ")
    for index, word in enumerate(words):
        area = Area.maybe(word)
        for growth in growths if area else ():
            if area and (new := growth.grown(area)) != area:
                words[index] = str(new)
                break
    return " ".join(words)
