"""What value readers do not tell, taken from the sheet's XML: error cells, uncalculated formulas, extent.

Reading a value goes through a library that gives "" both for an error cell and for a formula that no
spreadsheet has calculated, and that reserves memory for the whole rectangle from A1 to the last cell. The
scan runs over the bytes of ordinary sheets by a few patterns (a few percent of a read); XML in an unusual
dialect is parsed instead, slower and exactly. Whoever wrote the sheet may mean harm: no pattern looks at a
byte more than a few times, whatever the bytes are, and a cell beyond the edge of a sheet is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import unescape

import numpy as np
import numpy.typing as npt
from defusedxml.ElementTree import DefusedXMLParser

from addin.files.discover import column_number
from addin.files.parts import local
from addin.model.cells import CellError, Uncalculated

LONGEST: Final = 4 * 1024**2
"""Bytes between two cells beyond which the sheet is parsed."""
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
"""The far corner of a sheet."""
BEYOND: Final = 10**10
"""The extent of a sheet with a cell that is nowhere on it."""
DEEPEST: Final = 200
"""Elements within elements; sheets have about ten."""
MOST_ELEMENTS: Final = 2_000_000
"""Elements of one row, or between two rows."""
NEAR_ROWS: Final = 99_999
NEAR_COLUMNS: Final = 52
"""The corner of a sheet whose cells are not looked at one by one."""

Mark = CellError | Uncalculated

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<(?:([A-Za-z_][\w.-]*):)?(?:worksheet|dialogsheet)[\s/>]"
)
_ANY_CELL = re.compile(rb"<(?:[^\s<>/:]{1,99}:)?c[\s/>]")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")


@dataclass
class SheetScan:
    """Marks by (row, column), both 1-based; no cell lies beyond ``last_row`` and ``last_column``."""

    last_row: int = NEAR_ROWS
    last_column: int = 0
    cells: int = 0
    """Cells there are, empty ones included."""
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Note that there is a cell."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)


class Malformed(Exception):
    """XML that no sheet has: nested without end, or a row without one."""


class _Unusual(Exception):
    """The sheet is not in the dialect that the patterns know."""


Pieces = Callable[[], Iterable[bytes]]


def scan_sheet(pieces: Pieces, to_parse: Pieces | None = None) -> SheetScan:
    """Scan a sheet; ``pieces`` begins its XML anew, and ``to_parse`` does where it has to be parsed, slowly.

    Raises `Malformed` and what XML and zip readers raise.
    """
    try:
        return _scan_patterns(pieces())
    except _Unusual:
        return scan_exactly((to_parse or pieces)())


# --- by patterns ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Patterns:
    """The patterns of one namespace prefix."""

    row: bytes
    cell: bytes
    formula: bytes
    end: bytes
    whole_cell: re.Pattern[bytes]
    unvalued: tuple[re.Pattern[bytes], ...]
    formula_text: re.Pattern[bytes]
    value: re.Pattern[bytes]


def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    no_value = rb"\s*(?:(?:<%bv[^<>]*/>|<%bv[^<>]*>\s*</%bv\s*>)\s*)?</%bc\s*>" % (p, p, p, p)
    return _Patterns(
        row=b"<%brow" % prefix,
        cell=b"<%bc" % prefix,
        formula=b"<%bf" % prefix,
        end=b"</%bsheetData" % prefix,
        whole_cell=re.compile(
            rb'<%bc r="([A-Z]{1,3})(\d{1,7})"([^<>]*?)(?:/>|>(.*?)</%bc\s*>)' % (p, p), re.DOTALL
        ),
        unvalued=(
            re.compile(rb"</%bf\s*>" % p + no_value),
            re.compile(rb"<%bf(?:\s[^<>]*)?/>" % p + no_value),
        ),
        formula_text=re.compile(rb"<%bf\b[^<>]*>([^<]*)" % p),
        value=re.compile(rb"<%bv\b[^<>]*>([^<]*)" % p),
    )


def _scan_patterns(pieces: Iterable[bytes]) -> SheetScan:
    found = SheetScan()
    stream = iter(pieces)
    head = next(stream, b"")
    root = _ROOT.match(head)
    if not root:
        raise _Unusual
    patterns = _patterns(root[1] + b":" if root[1] else b"")
    for block in _blocks(head[root.end() :], stream, patterns):
        _scan_block(block, patterns, found)
    return found


def _blocks(head: bytes, stream: Iterator[bytes], patterns: _Patterns) -> Iterator[bytes]:
    """The sheet in pieces that end where a row or a cell begins, up to the end of its cells."""
    rest = head
    while True:
        end = rest.find(patterns.end)
        if end >= 0:
            yield rest[:end]
            return
        cut = max(rest.rfind(patterns.row), rest.rfind(patterns.cell + b" "))
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > LONGEST:
            raise _Unusual
        more = next(stream, None)
        if more is None:
            yield rest
            return
        rest += more


Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


def _scan_block(block: bytes, patterns: _Patterns, found: SheetScan) -> None:
    if (b"!" in block and b"<!" in block) or (b"?" in block and b"<?" in block):  # rare letters first
        raise _Unusual
    text = np.frombuffer(block + b" " * _ROOM, dtype=np.uint8)
    cells = _reach_cells(block, text, patterns, found)
    if cells.size and (starts := [*_candidates(block, text, patterns)]):
        places = np.unique(np.searchsorted(cells, starts, side="right"))
        ends = [*cells.tolist(), len(block)]
        for place in places[places > 0].tolist():
            _mark_cell(block, ends[place - 1], ends[place], patterns, found)


_NAME = b' r="'
_NAME_AS_NUMBER = int.from_bytes(_NAME, "little")
_ROOM = 16
"""Bytes that may be looked at behind the place of a cell."""


def _reach_cells(block: bytes, text: Bytes, patterns: _Patterns, found: SheetScan) -> Places:
    """Where cells begin; notes those beyond the near corner. All must be named as programs write it: `<c r="B12"`."""
    cells = np.flatnonzero(_where(text, patterns.cell)) + len(patterns.cell)
    cells = cells[~_between(text[cells], b"A", b"Z") & ~_between(text[cells], b"a", b"z")]  # <cols>
    if (_fours(text)[cells] != _NAME_AS_NUMBER).any():
        raise _Unusual
    if _has_other_cells(block, patterns, len(cells)):
        raise _Unusual
    names = cells + len(_NAME)
    near, last_column = _near(text, names)
    found.last_column = max(found.last_column, last_column)
    found.cells += len(cells)
    for place in names[~near].tolist():
        name = _FAR_NAME.match(block, place)
        if not name:
            raise _Unusual
        if not name[3]:
            found.reach(int(name[2]), column_number(name[1].decode()))
    return cells - len(patterns.cell)


def _has_other_cells(block: bytes, patterns: _Patterns, count: int) -> bool:
    """Cells with another prefix than the sheet's: readers that look at local names alone would take them."""
    if patterns.cell == b"<c" and (b":" not in block or b":c" not in block):  # the one is found fast
        return False
    return sum(1 for _ in _ANY_CELL.finditer(block)) != count


def _near(text: Bytes, names: Places) -> tuple[Mask, int]:
    """Whether names of cells are those of the near corner, A1 to AZ99999; the last column of these."""
    first, second = text[names], _between(text[names + 1], b"A", b"Z")
    near: Mask = (first == ord("A")) | (~second & _between(first, b"A", b"Z"))
    at, ended = names + 1 + second, np.zeros(len(names), dtype=np.bool_)
    for length in range(6):
        letter = text[at + length]
        ended |= (letter == ord('"')) & (length > 0)
        near &= ended | _between(letter, b"0", b"9")
    near &= ended
    columns = np.where(second, text[names + 1] - 38, first - 64)[near]  # A is 65: AA is 26 and 1
    return near, int(columns.max(initial=0))


# a cell that is empty, styled at most, takes up no room
_FAR_NAME = re.compile(rb'([A-Z]{1,3})([0-9]{1,7})"((?: s="[0-9]+")?/>)?')


def _fours(text: Bytes) -> npt.NDArray[np.uint32]:
    """The four bytes from each place on, as one number."""
    return np.ndarray((len(text) - 3,), "<u4", buffer=text, strides=(1,))


def _where(text: Bytes, wanted: bytes) -> Mask:
    """At which places these bytes stand: a few times as fast as a search where each of them alone is frequent."""
    size = len(text) - len(wanted) + 1
    found: Mask = text[:size] == wanted[0]
    for offset, byte in enumerate(wanted[1:], 1):
        found &= text[offset : offset + size] == byte
    return found


def _between(letters: Bytes, first: bytes, last: bytes) -> Mask:
    return (letters >= ord(first)) & (letters <= ord(last))


def _candidates(block: bytes, text: Bytes, patterns: _Patterns) -> Iterator[int]:
    """Positions inside cells that may be an error or a formula without value."""
    if _where(text, b'"e"').any() or (b"'" in block and b"'e'" in block):  # an apostrophe is rare
        yield from (hit.start() for hit in re.finditer(rb"""\st\s*=\s*["']e["']""", block))
    if _where(text, patterns.formula).any():
        for unvalued in patterns.unvalued:
            yield from (hit.start() for hit in unvalued.finditer(block))


def _mark_cell(block: bytes, start: int, end: int, patterns: _Patterns, found: SheetScan) -> None:
    cell = patterns.whole_cell.match(block, start, end)
    if not cell:
        return
    letters, row, attributes, content = cell.groups()
    kind = _TYPE.search(attributes)
    formula, value = patterns.formula_text.search(content or b""), patterns.value.search(content or b"")
    mark = _mark(
        kind[1].decode() if kind else "",
        _text(formula[1]) if formula else None,
        _text(value[1]) if value else "",
    )
    if mark:
        found.marks[int(row), column_number(letters.decode())] = mark


def _text(content: bytes) -> str:
    return unescape(content.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"}).strip()


def _mark(kind: str, formula: str | None, value: str) -> Mark | None:
    """The mark of a cell of this type; a formula whose text result is "" has been calculated."""
    if kind == "e":
        return CellError(value or "#VALUE!")
    if formula is not None and not value and kind != "str":
        return Uncalculated(f"={formula}")
    return None


# --- exactly ----------------------------------------------------------------------------------------


class _Cells:
    """Receives a parser's events and keeps the marks and the extent of the cells."""

    def __init__(self) -> None:
        self.found = SheetScan(0, 0)
        self.row = self.column = 0
        self.kind = ""
        self.parts: dict[str, list[str]] = {}
        self.inside: list[str] | None = None
        self.depth = self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise Malformed
        if name == "row":
            self.row, self.column = _row_number(attributes.get("r", ""), self.row + 1), 0
        elif name == "c":
            self._start_cell(attributes)
        elif name in ("f", "v", "t"):
            self.inside = self.parts.setdefault(name, [])

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = _CELL_NAME.fullmatch(attributes.get("r", ""))
        if place:
            self.row, self.column = _number(place[2]), _column(place[1])
        else:
            self.column += 1
        self.found.reach(self.row, self.column)
        self.found.cells += 1
        self.kind, self.parts = attributes.get("t", ""), {}

    def data(self, text: str) -> None:
        if self.inside is not None:
            self.inside.append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        self.depth -= 1
        if name == "row":
            self.elements = 0
        if name in ("f", "v", "t"):
            self.inside = None
        elif name == "c":
            texts = {part: "".join(pieces).strip() for part, pieces in self.parts.items()}
            mark = _mark(self.kind, texts.get("f"), texts.get("v", "") or texts.get("t", ""))
            if mark:
                self.found.marks[self.row, self.column] = mark

    def close(self) -> SheetScan:
        return self.found


_CELL_NAME = re.compile(r"\$?([A-Za-z]+)\$?([0-9]+)")


def _row_number(written: str, following: int) -> int:
    return _number(written) if written.isascii() and written.isdigit() else following


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= 9 else BEYOND


def _column(letters: str) -> int:
    return column_number(letters.upper()) if len(letters) <= 3 else BEYOND


def scan_exactly(pieces: Iterable[bytes]) -> SheetScan:
    """The scan by an XML parser, whatever the dialect."""
    cells = _Cells()
    parser = DefusedXMLParser(target=cells, forbid_dtd=True)
    for piece in pieces:
        parser.feed(piece)
    parser.close()
    return cells.found
