"""A worksheet part: where its rows are, and the part with some rows edited, piece by piece."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from addin.files.package.markup import Tag, attribute, attributes, element_end, tags
from addin.files.package.problem import damaged
from addin.files.package.rowedits import Block, RowEdit
from addin.files.package.rows import Cell, RowDialect
from addin.files.package.specials import Special, Specials, special_of

_ROW_OF = attrgetter("row")
_PIECE = 1 << 18
_ODD = (b"<!--", b"<![CDATA[", b"<?")


class Sheet:
    """The text of a worksheet part (UTF-8) and an index of its rows."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        self._open = self._find_open()
        prefix = self._open.prefix
        self.odd = False
        self.rows_end, self.tail = self._find_end()
        self.odd = self._is_odd(prefix)
        if self.odd and not self._open.empty:
            self.rows_end, self.tail = element_end(data, self._open)
        self.dialect = RowDialect(prefix, self.odd)
        self._numbers = array("L")
        self._starts = array("Q")
        self._ends = array("Q")
        if not self._open.empty:
            (self._index_odd if self.odd else self._index)()

    def _find_open(self) -> Tag:
        for tag in tags(self.data):
            if tag.local == b"sheetData" and not tag.closing:
                return tag
        raise damaged(f"sheet {self.name} has no sheetData")

    def _find_end(self) -> tuple[int, int]:
        """Start and end of the tag that closes sheetData, ordinary case."""
        if self._open.empty:
            return self._open.end, self._open.end
        start = self.data.rfind(b"</" + self._open.name)
        end = self.data.find(b">", start) + 1
        if start < self._open.end or not end:
            raise damaged(f"sheet {self.name}: sheetData is never closed")
        return start, end

    def _is_odd(self, prefix: bytes) -> bool:
        start = self._open.end
        # the rare second character is found many times as fast as the bracket before it
        if any(self.data.find(mark[1:2], start) >= 0 <= self.data.find(mark, start) for mark in _ODD):
            return True
        if not prefix and self._has_no_prefixed_row(start):
            return False
        other = b"<row" if prefix else b":row"
        return any(
            self.data.find(other + end, start, self.rows_end) >= 0
            for end in (b" ", b">", b"\n", b"\r", b"\t")
        )

    def _has_no_prefixed_row(self, start: int) -> bool:
        """A colon is rare and found many times as fast as the name behind it."""
        colon = self.data.find(b":", start, self.rows_end)
        return colon < 0 or self.data.find(b":row", colon, self.rows_end) < 0

    @property
    def head(self) -> bytes:
        """Everything before the rows' element."""
        return self.data[: self._open.start]

    def _index(self) -> None:
        prefix = re.escape(self.dialect.prefix)
        row = re.compile(rb"<" + prefix + rb'row(?:(?: r="(\d+)")|(?=[\s/>]))')
        last = 0
        for match in row.finditer(self.data, self._open.end, self.rows_end):
            number = int(match[1]) if match[1] else self._number_at(match.start(), last + 1)
            self._enter(number, last, match.start())
            last = number

    def _enter(self, number: int, last: int, start: int) -> None:
        if number <= last:
            raise damaged(f"sheet {self.name}: row {number} after row {last}")
        self._numbers.append(number)
        self._starts.append(start)

    def _number_at(self, start: int, implied: int) -> int:
        found = attributes(next(tags(self.data, start))).get(b"r")
        return int(found.value) if found else implied

    def _index_odd(self) -> None:
        depth, last = 0, 0
        for tag in tags(self.data, self._open.end, self.rows_end):
            if not tag.closing and depth == 0 and tag.local == b"row":
                number = int(attribute(tag, "r") or last + 1)
                self._enter(number, last, tag.start)
                last = number
            depth += -1 if tag.closing else (not tag.empty)
            if depth == 0 and len(self._ends) < len(self._starts):
                self._ends.append(tag.end)

    def _span(self, index: int) -> tuple[int, int]:
        start = self._starts[index]
        if self.odd:
            return start, self._ends[index]
        limit = self._starts[index + 1] if index + 1 < len(self._starts) else self.rows_end
        close = self.data.rfind(b"</", start, limit)
        while close >= 0 and not self.data.startswith(b"</" + self.dialect.prefix + b"row", close):
            close = self.data.rfind(b"</", start, close)
        if close < 0:
            return start, next(tags(self.data, start)).end
        return start, self.data.index(b">", close) + 1

    def _place(self, number: int) -> tuple[int, int]:
        """A row's span; for a row that is not there the empty span where it belongs."""
        index = bisect_left(self._numbers, number)
        if index == len(self._numbers):
            return self.rows_end, self.rows_end
        if self._numbers[index] == number:
            return self._span(index)
        return self._starts[index], self._starts[index]

    def row(self, number: int) -> bytes:
        """A row's text, nothing if the sheet does not have it."""
        start, end = self._place(number)
        return self.data[start:end]

    def row_numbers(self, top: int, bottom: int) -> Iterator[int]:
        """The rows that are there from top to bottom, both inclusive."""
        start = bisect_left(self._numbers, top)
        for index in range(start, len(self._numbers)):
            if self._numbers[index] > bottom:
                return
            yield self._numbers[index]

    def cells(self, number: int) -> dict[int, Cell]:
        """A row's cells by column."""
        return {cell.column: cell for cell in self.dialect.cells(self.row(number))}

    @cached_property
    def _may_have_formulas(self) -> bool:
        formula = re.compile(rb"<%bf" % re.escape(self.dialect.prefix))
        return self.odd or formula.search(self.data, self._open.end, self.rows_end) is not None

    def formula_count(self) -> int:
        """How many formulas the rows hold (at least)."""
        if not self._may_have_formulas:
            return 0
        start = b"<%bf" % self.dialect.prefix
        total = sum(self.data.count(start + end, self._open.end, self.rows_end) for end in (b">", b" "))
        return total or int(self.odd)

    def specials(self) -> Specials:
        """All shared, array and dataTable formulas."""
        prefix = self.dialect.prefix
        mark = re.compile(rb"<(?:[\w.-]+:)?f\s[^>]*?\bt\s*=")
        plain = re.compile(rb"<" + re.escape(prefix) + rb"f\s[^>]*?\bt\s*=")
        found: list[Special] = []
        if self.odd or (self._may_have_formulas and plain.search(self.data, self._open.end, self.rows_end)):
            for index, number in enumerate(self._numbers):
                if mark.search(self.data, *self._span(index)):
                    cells = self.cells(number).values()
                    found += filter(None, (special_of(number, cell) for cell in cells))
        return Specials(found, prefix)

    def write(self, edits: Iterable[RowEdit | Block], out: Callable[[bytes], None]) -> None:
        """Sends the rows' element with the edits (ascending by row) to `out`."""
        opened = self._open
        at = opened.start
        if opened.empty:
            name = opened.name
            slash = self.data.rindex(b"/", opened.start, opened.end)
            out(self.data[opened.start : slash] + b">")
            at = opened.end
        for start, end, text in self._rewritten(edits):
            self._copy(at, start, out)
            out(text)
            at = end
        self._copy(at, self.tail, out)
        if opened.empty:
            out(b"</" + name + b">")

    def _rewritten(self, edits: Iterable[RowEdit | Block]) -> Iterator[tuple[int, int, bytes]]:
        """Spans and their new text, ascending."""
        for number, group in groupby(edits, key=_ROW_OF):
            first, *others = group
            if isinstance(first, Block):
                yield from self._rewritten_block(first)
                continue
            start, end = self._place(number)
            text = self.data[start:end]
            for edit in (first, *others):
                assert isinstance(edit, RowEdit), "a block stands alone in its rows"
                text = self.dialect.edit(text, edit) if text else self.dialect.new_row(edit)
            yield start, end, text

    def _rewritten_block(self, block: Block) -> Iterator[tuple[int, int, bytes]]:
        """All rows of a block at once, or one by one where they are not as programs write them."""
        start, end = self._place(block.row)[0], self._place(block.last)[1]
        if block.fresh:
            done = self.dialect.new_block(block) if start == end else None
        else:
            done = self.dialect.edit_block(self.data[start:end], block)
        if done is None:
            yield from self._rewritten(block.rows())
        else:
            yield start, end, done

    def _copy(self, start: int, end: int, out: Callable[[bytes], None]) -> None:
        for at in range(start, end, _PIECE):
            out(self.data[at : min(at + _PIECE, end)])
