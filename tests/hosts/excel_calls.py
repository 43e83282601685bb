"""Worksheet functions called as Excel calls them, through xlwings' own server and converters.

Excel's side is a process of its own (`python -m tests.hosts.excel_calls` reads pickled calls and writes pickled
answers), for xlwings changes under the stand-ins for Windows. What a JSON value is in a sheet, and what came back is
in JSON, is said here too.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from addin.functions.registry import Argument, Function
from addin.functions.results import Shape, Table
from tests.hosts.windows_xlwings import MISSING, FakeRange, call_udf, com_time
from tests.tools import ROOT

Way = Literal["column", "row", "formula", "constants"]
WAYS: Final[tuple[Way, ...]] = ("column", "row", "formula", "constants")
"""How arguments stand in a sheet: in cells below or beside each other, as other formulas' results (days are numbers
there, ranges arrays), or as constants (an array of one row has one dimension).
"""

EPOCH: Final = datetime(1899, 12, 30)


@dataclass(frozen=True)
class Answer:
    """What Excel got: a value, or the error that its macro makes #VALUE! of."""

    value: Any = None
    error: str = ""
    kind: str = ""


def ask(calls: Sequence[tuple[str, Sequence[object]]]) -> list[Answer]:
    """The answers to calls, in order."""
    excel = _excel()
    assert excel.stdin is not None and excel.stdout is not None
    pickle.dump(list(calls), excel.stdin)
    excel.stdin.flush()
    answers: list[Answer] = pickle.load(excel.stdout)  # our own process
    assert len(answers) == len(calls)
    return answers


_LOGS: Final = TemporaryDirectory(prefix="huikuan-")


@cache
def _excel() -> subprocess.Popen[bytes]:
    """The process, until this one ends."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.hosts.excel_calls"],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), _LOGS.name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


# --- into a sheet ------------------------------------------------------------------------------------------


def arguments_of(function: Function, values: Sequence[Any], way: Way) -> list[object]:
    """JSON arguments as Excel hands them over; what is left out at the end as Excel says so."""
    given = [
        argument_of(argument, value, way) for argument, value in zip(function.arguments, values, strict=False)
    ]
    return [*given, *[MISSING] * (len(function.arguments) - len(given))]


def argument_of(argument: Argument, value: Any, way: Way) -> object:
    """One argument."""
    if value is None:
        return FakeRange(None) if way in ("column", "row") else MISSING
    as_date = way in ("column", "row")
    cells = in_cells(value, day=argument.kind.name.startswith("day"), as_date=as_date)
    if isinstance(cells, tuple):
        cells = _placed(cells, way)
    return FakeRange(cells) if as_date else cells


def in_cells(value: Any, *, day: bool, as_date: bool = True) -> Any:
    """Cells' values of a JSON value: numbers as float, days as COM's dates, or as day numbers in a formula."""
    if isinstance(value, list):
        return tuple(in_cells(item, day=day, as_date=as_date) for item in value)
    if type(value) is int:
        return float(value)
    if day and isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return value
        number = (found - EPOCH).days
        return com_time(found) if as_date else float(number) if 1930 <= found.year <= 2130 else value
    return value


def _placed(items: tuple[Any, ...], way: Way) -> tuple[Any, ...]:
    if any(isinstance(item, tuple) for item in items):
        return items  # a table as it is
    if way == "constants":
        return items
    return (items,) if way == "row" else tuple((item,) for item in items)


# --- out of a sheet ----------------------------------------------------------------------------------------


def from_cells(shape: Shape, came: Any) -> Any:
    """What came into the cells, as JSON has it; an AssertionError where no sheet could take it."""
    if isinstance(shape, Table):
        headings, *rows = came
        kinds = [*shape.kinds, *[shape.kinds[-1]] * (len(headings) - len(shape.kinds))]
        return [headings, *([_from_cell(*each) for each in zip(kinds, row, strict=True)] for row in rows)]
    if isinstance(shape, str) and not shape.endswith("s"):
        return _from_cell(shape, came)
    if isinstance(came, str) and shape != "texts":
        return came  # a word in the place of a vector
    items = [item for (item,) in came] if isinstance(came, list) else [came]
    kinds = [*shape] if isinstance(shape, tuple) else [shape.removesuffix("s")] * len(items)
    return [_from_cell(*each) for each in zip(kinds, items, strict=True)]


def _from_cell(kind: str, value: Any) -> Any:
    if isinstance(value, str):
        return value  # also a word in the place of a value
    if kind == "day":
        assert isinstance(value, datetime)
        assert value.tzinfo is not None
        assert value == value.replace(hour=0, minute=0, second=0, microsecond=0)
        return value.date().isoformat()
    if kind == "flag":
        assert type(value) is bool
        return value
    assert type(value) is float, f"{kind}: {value!r}"
    if kind == "money":
        assert float(f"{value:.2f}") == value
        return str(Decimal(f"{value:.2f}"))
    return int(value) if value.is_integer() else value


def _answer(call: Callable[[str, Sequence[object]], Any], name: str, arguments: Sequence[object]) -> Answer:
    try:
        return Answer(call(name, arguments))
    except Exception as error:
        return Answer(None, str(error), type(error).__name__)


def serve() -> None:
    """Answers lists of calls until there are no more."""
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing else may come between
    call = call_udf()
    while True:
        try:
            calls = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump([_answer(call, name, arguments) for name, arguments in calls], out)
        out.flush()


if __name__ == "__main__":
    from tests.hosts import excel_calls

    excel_calls.serve()  # under its own name, for the answers are known by it
