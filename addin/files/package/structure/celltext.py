"""The texts of a sheet's cells, and the sheet with some of them in other words.

A cell stays what it is: one with a shared string gets another shared string, one with its own text another
text of its own. So there and back gives the same bytes. Formulas are no texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from addin.files.package.markup import escape, tags, unescape
from addin.files.package.refs import Area, number
from addin.files.package.sheet import Sheet
from addin.files.package.structure.sharedtext import SharedText, text_of, with_text

_ATTRS = rb"((?:[^\">'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)"
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']\$?([A-Za-z]+)")
_ROW = re.compile(rb"(?:^|\s)r\s*=\s*[\"'](\d+)")
_KIND = re.compile(rb"(?:^|\s)t\s*=\s*[\"'](\w+)")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>([^<]*)<")
_TEXTS = (b"s", b"str", b"inlineStr")

WordsAt = Callable[[int, int], Mapping[str, str] | None]
"""New words by old for the cell in that row and column, None: it is not looked at."""


class _Cell(NamedTuple):
    row: int
    column: int
    kind: bytes
    start: int
    end: int


class SheetText:
    """The texts of one sheet part (UTF-8)."""

    def __init__(self, data: bytes, name: str, shared: SharedText) -> None:
        self.sheet, self._shared = Sheet(data, name), shared
        self.data = data

    def texts(self, area: Area) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of the cells in an area that hold text."""
        for cell in self._cells(area.bottom):
            if area.holds(cell.row, cell.column):
                text = self._text(cell)
                if text:
                    yield cell.row, cell.column, text

    def reworded(self, words_at: WordsAt) -> list[tuple[int, int, bytes]]:
        """The changes that put cells into other words."""
        changes: list[tuple[int, int, bytes]] = []
        for cell in self._cells():
            words = words_at(cell.row, cell.column)
            new = words.get(self._text(cell)) if words else None
            if new is not None:
                changes += self._change(cell, new)
        return changes

    def _text(self, cell: _Cell) -> str:
        body = self.data[cell.start : cell.end]
        if cell.kind == b"inlineStr":
            return text_of(body)
        value = _VALUE.search(body)
        if value is None:
            return ""
        if cell.kind == b"s":
            return self._shared.text(int(value[1])) if value[1].strip().isdigit() else ""
        return unescape(value[1])

    def _change(self, cell: _Cell, text: str) -> Iterator[tuple[int, int, bytes]]:
        body = self.data[cell.start : cell.end]
        value = _VALUE.search(body)
        if cell.kind == b"inlineStr":
            yield cell.start, cell.end, with_text(body, text)
        elif value is not None:
            start, end = (cell.start + at for at in value.span(1))
            shared = cell.kind == b"s"
            yield (
                start,
                end,
                b"%d" % self._shared.place(int(value[1]), text) if shared else escape(text),
            )

    def _cells(self, last_row: int | None = None) -> Iterator[_Cell]:
        """Cells of text without a formula, in document order."""
        for row, column, attrs, start, end in self._walked() if self.sheet.odd else self._found():
            if last_row is not None and row > last_row:
                return
            kind = _KIND.search(attrs)
            if kind and kind[1] in _TEXTS and not _FORMULA.search(self.data, start, end):
                yield _Cell(row, column, kind[1], start, end)

    def _found(self) -> Iterator[tuple[int, int, bytes, int, int]]:
        """All cells with content: row, column, attributes, and where the content stands."""
        p = re.escape(self.sheet.dialect.prefix)
        cells = re.compile(
            rb"<" + p + rb"(?:row(?=[\s/>])" + _ATTRS + rb"/?>"
            rb"|c(?=[\s/>])" + _ATTRS + rb"(?:/>|>(.*?)</" + p + rb"c\s*>))",
            re.DOTALL,
        )  # fmt: skip
        row = column = 0
        for match in cells.finditer(self.data, len(self.sheet.head), self.sheet.rows_end):
            if match[1] is not None:
                row, column = _row_after(match[1], row), 0
            else:
                column = _column_after(match[2], column)
                if match[3]:
                    yield row, column, match[2], match.start(3), match.end(3)

    def _walked(self) -> Iterator[tuple[int, int, bytes, int, int]]:
        """The same for sheets with comments and the like between their cells."""
        row = column = depth = 0
        opened = None
        for tag in tags(self.data, len(self.sheet.head), self.sheet.tail):
            depth -= tag.closing
            if tag.local == b"row" and not tag.closing and depth == 1:
                row, column = _row_after(tag.attrs, row), 0
            elif tag.local == b"c" and depth == 2:
                if tag.closing and opened:
                    yield row, column, opened.attrs, opened.end, tag.start
                elif not tag.closing:
                    column, opened = _column_after(tag.attrs, column), tag
            depth += not tag.closing and not tag.empty


def _row_after(attrs: bytes, row: int) -> int:
    place = _ROW.search(attrs)
    return int(place[1]) if place else row + 1


def _column_after(attrs: bytes, column: int) -> int:
    place = _PLACE.search(attrs)
    return number(place[1].decode()) if place else column + 1
