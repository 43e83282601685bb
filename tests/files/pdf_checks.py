"""What may be wrong with a printed workbook, found by program on the PDF that LibreOffice makes.

Every cell must stand whole in its own box on the paper: its box is known from the ruled lines, its text
from the workbook, so text that is cut off, runs over its neighbour or shows ``###`` is a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SMALLEST_TYPE = 6.0
CONTRAST = 4.5
SLACK = 0.8
FOOTER = 40.0
"""Points at the foot of a page that belong to the footer."""

NAVY = (0x1F / 255, 0x38 / 255, 0x64 / 255)
WHITE = (1.0, 1.0, 1.0)

Char = Mapping[str, Any]
Colour = tuple[float, ...]


@dataclass
class Sheet:
    """A sheet of the workbook as it should be on paper, and how far the printed pages have come."""

    name: str
    headings: list[str]
    rows: list[list[str]]
    seen: set[str] = field(default_factory=set)
    across: tuple[str, ...] = ()
    row: int = 0
    pages: int = 0


def problems(book: Path, pdf: Path) -> list[str]:
    """Everything wrong with the printed pages, in words; empty when all is well."""
    sheets = {sheet.title: _expected(sheet) for sheet in load_workbook(book).worksheets}
    found: list[str] = []
    with pdfplumber.open(pdf) as document:
        for number, page in enumerate(document.pages, start=1):
            chars = [char for char in page.chars if not char["text"].isspace()]
            name = _text(
                char for char in chars if char["top"] > page.height - FOOTER and char["x0"] < page.width / 2
            )
            sheet = next((sheet for title, sheet in sheets.items() if _squeezed(title) == name), None)
            if sheet is None:
                found.append(f"page {number}: no sheet name in the footer ({name!r})")
                continue
            sheet.pages += 1
            found += [f"page {number}, {sheet.name}: {words}" for words in _page_problems(sheet, page, chars)]
            page.close()
    return found + [words for sheet in sheets.values() for words in _left_out(sheet)]


def _page_problems(sheet: Sheet, page: Any, chars: Sequence[Char]) -> Iterator[str]:
    body = [char for char in chars if char["top"] <= page.height - FOOTER]
    if not body:
        yield "a blank page"
    if "###" in _text(chars):
        yield "a number does not fit: ###"
    small = [char for char in chars if round(char["size"], 1) < SMALLEST_TYPE]
    if small:
        yield f"type of {small[0]['size']:.1f} points: {_text(small)[:40]}"
    outside = [char for char in body if char["x0"] < 0 or char["x1"] > page.width - 20]
    if outside:
        yield f"text runs off the page: {_text(outside)[:40]}"
    yield from _faint(page, chars)
    if sheet.headings:
        yield from _table_problems(sheet, page, body)
    else:
        shown = (_text(chars), _text(sorted(chars, key=lambda char: (-round(char["matrix"][5]), char["x0"]))))
        sheet.seen |= {row[0] for row in sheet.rows if any(row[0] in text for text in shown)}


def _faint(page: Any, chars: Sequence[Char]) -> Iterator[str]:
    """Text whose contrast against what is painted behind it is too low."""
    fills = [
        (r["x0"], r["x1"], r["top"], r["bottom"], r["non_stroking_color"]) for r in page.rects if r["fill"]
    ]
    faint: dict[tuple[Colour, Colour], str] = {}
    for char in chars:
        middle, height = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        behind = [f for f in fills if f[0] <= middle <= f[1] and f[2] <= height <= f[3]]
        ground = _colour(behind[-1][4]) if behind else WHITE
        ink = _colour(char["non_stroking_color"])
        if contrast(ink, ground) < CONTRAST:
            faint[ink, ground] = faint.get((ink, ground), "") + char["text"]
    for (ink, ground), text in faint.items():
        yield f"contrast {contrast(ink, ground):.1f} of {text[:30]!r}"


def _table_problems(sheet: Sheet, page: Any, body: Sequence[Char]) -> Iterator[str]:
    bands = [r for r in page.rects if r["fill"] and _close(_colour(r["non_stroking_color"]), NAVY)]
    if not bands:
        yield "no headings"
        return
    top, bottom = min(r["top"] for r in bands), max(r["bottom"] for r in bands)
    columns = _edges([r["x0"] for r in bands] + [r["x1"] for r in bands] + _white_lines(page, top, bottom))
    headings = tuple(_text(_inside(body, left, right, top, bottom)) for left, right in pairwise(columns))
    wrong = [heading for heading in headings if heading not in sheet.headings]
    if wrong:
        yield f"headings cut off or missing: {wrong}"
        return
    if headings[0] != sheet.headings[0] or len(headings) < 2:
        yield f"the key column does not lead: {headings}"
    if headings != sheet.across:
        sheet.across, sheet.row = headings, 0
    sheet.seen |= set(headings)
    yield from _title_problems(sheet, body, top, columns)
    yield from _cell_problems(sheet, page, body, bottom, columns)


def _white_lines(page: Any, top: float, bottom: float) -> list[float]:
    """Where the white lines between headings stand."""
    return [
        line["x0"]
        for line in page.lines
        if line["x0"] == line["x1"]
        and line["top"] < bottom
        and line["bottom"] > top
        and _close(_colour(line["stroking_color"]), WHITE)
    ]


def _title_problems(
    sheet: Sheet, body: Sequence[Char], top: float, columns: Sequence[float]
) -> Iterator[str]:
    """On pages to the right the title must fit into the repeated columns, or it is cut off."""
    above = [char for char in body if char["bottom"] < top]
    if not above or sheet.headings[: len(sheet.across)] == list(sheet.across):
        return
    repeated = next(n for n, heading in enumerate(sheet.across) if heading != sheet.headings[n])
    if max(char["x1"] for char in above) > columns[repeated] + SLACK:
        yield f"the title is cut off: {_text(above)[:40]}"


def _cell_problems(
    sheet: Sheet, page: Any, body: Sequence[Char], bottom: float, columns: Sequence[float]
) -> Iterator[str]:
    """Each cell's text must stand whole between the lines around it."""
    positions = [sheet.headings.index(heading) for heading in sheet.across]
    ruled = [line["top"] for line in page.lines if line["top"] == line["bottom"] and line["top"] > bottom + 2]
    lines = [bottom, *_edges(ruled)]
    if len(lines) < 2:
        yield "headings and no rows"
    for upper, lower in pairwise(lines):
        if sheet.row >= len(sheet.rows):
            yield "more rows than the table has"
            return
        row = sheet.rows[sheet.row]
        line = list(_inside(body, 0, page.width, upper, lower))
        for position, (left, right) in zip(positions, pairwise(columns), strict=True):
            shown = _text(_inside(line, left, right, upper, lower))
            if shown != row[position]:
                yield f"{sheet.headings[position]}, row {sheet.row + 1}: {row[position]!r} reads {shown!r}"
        sheet.row += 1


def _left_out(sheet: Sheet) -> Iterator[str]:
    """What no page showed."""
    if not sheet.pages:
        yield f"{sheet.name}: not printed"
    expected = set(sheet.headings) if sheet.headings else {row[0] for row in sheet.rows}
    for missing in sorted(expected - sheet.seen):
        yield f"{sheet.name}: {missing!r} is on no page, or cut off"
    if sheet.headings and sheet.row != len(sheet.rows):
        yield f"{sheet.name}: {len(sheet.rows) - sheet.row} rows are not printed on its last pages"


def _expected(sheet: Worksheet) -> Sheet:
    """A table's headings and rows as text; of the other sheets each text in the print area on its own."""
    if sheet.tables:
        area = next(iter(sheet.tables.values())).ref
        headings, *rows = [
            [_squeezed(display(cell.value, cell.number_format)) for cell in row] for row in sheet[area]
        ]
        return Sheet(sheet.title, headings, rows)
    area = sheet.print_area.rpartition("!")[2].replace("$", "")
    cells = [cell for row in sheet[area] for cell in row if cell.value is not None]
    return Sheet(sheet.title, [], [[_squeezed(display(cell.value, cell.number_format))] for cell in cells])


def display(value: Any, number_format: str) -> str:
    """A cell's value as its number format shows it (the formats that the template uses)."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    parts = number_format.split('"')
    words, shown = "".join(parts[1::2]), _number(Decimal(repr(value)), "".join(parts[::2]))
    return f"{words}{shown}" if number_format.startswith('"') else f"{shown}{words}"


def _number(number: Decimal, number_format: str) -> str:
    if "%" in number_format:
        return f"{_rounded(number * 100, 2 if '0.00%' in number_format else 1)}%"
    if number_format.startswith("#,##0.00"):
        rounded = _rounded(number, 2)
        return "-" if ";" in number_format and not number else f"{rounded:,}"
    digits = {"0": 0, "0.0": 1}.get(number_format)
    return f"{number.normalize():f}" if digits is None else f"{_rounded(number, digits)}"


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours by WCAG 2.1, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(value: Any) -> Colour:
    """Red, green and blue from 0 to 1, from whatever the PDF names a colour by."""
    parts = tuple(value) if isinstance(value, (tuple, list)) else (value or 0.0,)
    return parts * 3 if len(parts) == 1 else parts[:3]


def _close(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(one, other, strict=True))


def _edges(positions: Sequence[float]) -> list[float]:
    """Positions in order, those within a point of each other taken as one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > 1.5:
            edges.append(position)
    return edges


def _inside(chars: Sequence[Char], left: float, right: float, top: float, bottom: float) -> Iterator[Char]:
    """The characters whose middle is in a box."""
    for char in chars:
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if left <= across < right and top <= down < bottom:
            yield char


def _text(chars: Any) -> str:
    """Characters in the order of the page, which is that of their cells' text, without white space."""
    return _squeezed("".join(char["text"] for char in chars))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
