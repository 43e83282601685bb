"""Formulas as text: moving them, and growing the ranges inside them.

Only references are touched; strings, quoted sheet names, structured references and function names are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from addin.files.package.refs import MAX_COLUMN, MAX_ROW, Area, Growth, letters, number

_PIECE = re.compile(
    r"\"(?:[^\"]|\"\")*\""
    r"|(?P<sheet>'(?:[^']|'')*'!|(?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!)?"
    r"(?:(?P<c1>\$?[A-Za-z]{1,3})(?P<r1>\$?\d{1,7})(?::(?P<c2>\$?[A-Za-z]{1,3})(?P<r2>\$?\d{1,7}))?"
    r"|(?P<wr1>\$?\d{1,7}):(?P<wr2>\$?\d{1,7})"
    r"|(?P<wc1>\$?[A-Za-z]{1,3}):(?P<wc2>\$?[A-Za-z]{1,3}))(?![\w.(\[!])"
    r"|[\w.\\]+(?:\[)?|\["
)
_LOST = "#REF!"


def _scan(formula: str, change: Callable[[re.Match[str]], str]) -> str:
    """The formula with every A1 reference replaced by change(match)."""
    out: list[str] = []
    at = 0
    while match := _PIECE.search(formula, at):
        out.append(formula[at : match.start()])
        at = match.end()
        text = match[0]
        if text.endswith("["):
            at = _bracket_end(formula, at)
            out.append(formula[match.start() : at])
        elif match["c1"] or match["wr1"] or match["wc1"]:
            out.append(change(match))
        else:
            out.append(text)
    return "".join([*out, formula[at:]])


def _bracket_end(formula: str, at: int) -> int:
    """The position after the bracket that was opened before `at`; a quote mark (') escapes inside."""
    depth = 1
    while at < len(formula) and depth:
        char = formula[at]
        if char == "'":
            at += 1
        else:
            depth += (char == "[") - (char == "]")
        at += 1
    return at


def _row(text: str, shift: int) -> str | None:
    if text.startswith("$"):
        return text
    row = int(text) + shift
    return str(row) if 1 <= row <= MAX_ROW else None


def _column(text: str, shift: int) -> str | None:
    if text.startswith("$"):
        return text
    column = number(text) + shift
    if column == number(text):
        return text
    return letters(column) if 1 <= column <= MAX_COLUMN else None


def copied(formula: str, rows: int, columns: int) -> str:
    """The formula as a copy that many rows down and columns right has it; shared formulas unfold so.

    >>> copied('A1+$B$1+SUM(C1:C$3)&"A1"', 2, 1)
    'B3+$B$1+SUM(D3:D$3)&"A1"'
    """

    def change(match: re.Match[str]) -> str:
        return _shifted(match, rows, columns)

    return _scan(formula, change)


def _shifted(match: re.Match[str], rows: int, columns: int) -> str:
    groups = match.groupdict()
    new: dict[str, str | None] = {}
    for name, text in groups.items():
        if text is not None and name != "sheet":
            new[name] = _row(text, rows) if "r" in name else _column(text, columns)
    if None in new.values():
        return (match["sheet"] or "") + _LOST
    names = ("c1", "r1", "c2", "r2", "wr1", "wr2", "wc1", "wc2")
    c1, r1, c2, r2, wr1, wr2, wc1, wc2 = (new.get(name) or "" for name in names)
    body = c1 + r1 + (f":{c2}{r2}" if c2 else "") if c1 else f"{wr1}{wc1}:{wr2}{wc2}"
    return (match["sheet"] or "") + body


def sorted_to(formula: str, sheet: str, old: int, new: int) -> str:
    """A formula of row `old` after a sort has moved it to row `new`, as Excel's own sort leaves it.

    Relative references shift as in a copy; those that name a sheet stay, but for the formula's own
    row on its own sheet.

    >>> sorted_to("B5*$C$1+Rates!A5", "Data", 5, 2)
    'B2*$C$1+Rates!A5'
    """

    def change(match: re.Match[str]) -> str:
        named = match["sheet"]
        if named and not (_sheet_name(named) == sheet.casefold() and match["r1"] == str(old)):
            return match[0]
        return _shifted(match, new - old, 0)

    return _scan(formula, change)


def _sheet_name(prefix: str) -> str:
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return name.casefold()


def has_relative(formula: str) -> bool:
    """Whether the formula refers to any cell by a reference that a copy would shift."""
    return copied(formula, 1, 1) != formula


def grown(formula: str, own_sheet: str | None, growths: dict[str, list[Growth]]) -> str:
    """The formula with ranges that end at a grown table's last row grown along.

    own_sheet  the sheet that a reference without a sheet means (None: a defined name, where all name one)
    growths    by sheet name, case-folded
    """

    def change(match: re.Match[str]) -> str:
        sheet = _sheet_name(match["sheet"]) if match["sheet"] else (own_sheet or "").casefold()
        if not match["c2"] or sheet not in growths:
            return match[0]
        area = Area.parse(match[0][len(match["sheet"] or "") :])
        for growth in growths[sheet]:
            new = growth.grown(area)
            if new != area and match["r2"].lstrip("$") == str(area.bottom):
                dollar = "$" if match["r2"].startswith("$") else ""
                return match[0][: len(match[0]) - len(match["r2"])] + dollar + str(new.bottom)
        return match[0]

    return _scan(formula, change)


def following(formula: str, own_sheet: str, area: Area, rows: int) -> str:
    """The formula with references into `area`, which moves down by `rows`, moved along, whether $ or not.

    >>> following("A9/$A$9+SUM(A2:A8)+Other!A9", "Data", Area.parse("A9:C9"), 3)
    'A12/$A$12+SUM(A2:A8)+Other!A9'
    """

    def change(match: re.Match[str]) -> str:
        sheet = _sheet_name(match["sheet"]) if match["sheet"] else own_sheet.casefold()
        if not match["c1"] or sheet != own_sheet.casefold():
            return match[0]
        place = match[0][len(match["sheet"] or "") :]
        if area.around(Area.parse(place)) != area:
            return match[0]
        corners = [_moved_row(corner, rows) for corner in place.split(":")]
        return (match["sheet"] or "") + ":".join(corners)

    return _scan(formula, change)


def _moved_row(corner: str, rows: int) -> str:
    name = corner.rstrip("0123456789")
    return f"{name}{int(corner[len(name) :]) + rows}"
