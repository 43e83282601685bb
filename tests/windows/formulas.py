"""A call of a worksheet function as a formula, and what a cell holds against what was expected."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime

LONGEST = 8192
"""Characters of a formula that Excel takes."""


def formula(name: str, arguments: Sequence[object]) -> str:
    """The call with its arguments as constants; a list is an array down a column, a list of lists one of rows.

    >>> formula("AR_X", ["NET 30", None, 0.03, True, [1, 2], [["a", 1], ["b", 2]]])
    '=AR_X("NET 30",,0.03,TRUE,{1;2},{"a",1;"b",2})'
    """
    return f"={name}({','.join(map(constant, arguments))})"


def constant(value: object) -> str:
    """One constant; quotes in a text are doubled."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, list | tuple):
        rows = [row if isinstance(row, list | tuple) else [row] for row in value]
        return "{" + ";".join(",".join(constant(item) for item in row) for row in rows) + "}"
    return str(value)


def alike(found: object, expected: object) -> bool:
    """Whether a cell holds what was expected: a day is its number too, and nothing is an empty text.

    >>> alike(45000.0, date(2023, 3, 15)), alike(None, ""), alike(0.1 + 0.2, 0.3), alike("1", 1)
    (True, True, True, False)
    """
    found, expected = plain(found), plain(expected)
    if isinstance(found, float) and isinstance(expected, float):
        return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-9)
    return type(found) is type(expected) and found == expected


def plain(value: object) -> object:
    """A day as Excel counts them, a number as float, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None).date()
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
