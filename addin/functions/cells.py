"""What a cell hands to a function, put as the kinds read it: error values refused, day numbers made days.

A formula's own day, such as TODAY() or DATE(2026;3;1), comes as a plain number; a cell with a date comes as one.
Error values come as their names where they are old, as a number of their own where they are new (#SPILL!, #CALC!).
"""

from __future__ import annotations

from math import floor
from typing import Any, Final

from addin.functions.kinds import Kind, Unfit, items_of
from addin.model.cells import error_in
from addin.model.numerals import read_serial

_BEYOND_DAYS: Final = 1e8


def takes_days(kind: Kind) -> bool:
    """Whether a number is a day number to an argument of this kind."""
    return kind.name.startswith("day")


def from_cells(kind: Kind, value: object, date1904: bool = False) -> object:
    """The value for ``kind.read``. Unfit where a cell holds an error: it must not pass for an empty one.

    Day numbers are days from 1930 to 2130; they count from 1900, as in the standard workbook, or with ``date1904``
    from there.

    >>> from addin.functions.kinds import DAY, MONEYS
    >>> from_cells(DAY, 46082.75)
    datetime.date(2026, 3, 1)
    >>> from_cells(MONEYS, [[1.0], ["#N/A"]])
    Traceback (most recent call last):
    addin.functions.kinds.Unfit: one or more of: an amount of 0 or more with at most two decimals
    """
    several = isinstance(value, list | tuple)
    items = items_of(value)
    for place, item in enumerate(items, 1):
        if error := error_in(item):
            raise Unfit(kind.expected, error.code, place if several else None)
    if not takes_days(kind):
        return value
    days = [_day(item, date1904) for item in items]
    return days if several else days[0]


def _day(item: Any, date1904: bool) -> object:
    """The day of a day number, its time dropped; what is none stays as it is."""
    if type(item) not in (int, float) or not abs(item) < _BEYOND_DAYS:
        return item
    return read_serial(float(floor(item)), date1904) or item
