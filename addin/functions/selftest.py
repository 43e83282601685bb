"""Whether the functions work where they run: each tried by its own example, as a cell would call it.

It stands beside the registry, for only a sheet needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from addin import __version__
from addin.functions.call import evaluate_cells
from addin.functions.registry import FUNCTIONS, Function
from addin.functions.results import Table, to_cells, to_json
from addin.model.text import Text


def selftest(functions: Mapping[str, Function] = FUNCTIONS) -> list[list[object]]:
    """The version, how many functions were tried by their examples, how many gave what these show; then a row for
    each that did not: its name and what came instead.
    """
    wrong: list[list[object]] = [
        [name, came] for name, function in functions.items() if (came := _amiss(function))
    ]
    return [
        ["huikuan", __version__],
        ["functions", len(functions)],
        ["passed", len(functions) - len(wrong)],
        *wrong,
    ]


def _amiss(function: Function) -> str:
    """What came instead of the example's result; empty where that came."""
    try:
        found = evaluate_cells(function, example_in_cells(function))
        to_cells(function.result, found)
        answer = to_json(function.result, found)
    except Exception as error:  # whatever is broken is what this is to tell
        return f"{type(error).__name__}: {error}"
    return "" if answer == function.shows else str(answer)


def example_in_cells(function: Function) -> list[object]:
    """The arguments of the example as cells hold them: numbers as float, days as datetime.

    >>> example_in_cells(FUNCTIONS["AR_DAYS_OVERDUE"])[0]
    datetime.datetime(2024, 1, 31, 0, 0)
    """
    kinds = (argument.kind.name for argument in function.arguments)
    return [
        in_cells(value, day=kind.startswith("day"))
        for kind, value in zip(kinds, function.example, strict=False)
    ]


def in_cells(value: Any, *, day: bool) -> object:
    """A JSON value as cells hold it; ``day``: texts are ISO days."""
    if isinstance(value, list | tuple):
        return [in_cells(item, day=day) for item in value]
    if day and isinstance(value, str):
        return datetime.fromisoformat(value)
    return float(value) if type(value) is int else value


SELFTEST: Final = Function(
    "AR_SELFTEST",
    "selftest",
    Text(
        "自检：版本、函数个数、示例结果正确的个数；不符的逐行列出",
        "Tries every function by its own example: the version, how many there are, how many gave what they show; "
        "then a row for each that did not",
    ),
    Text("各函数自带的示例", "The examples of the functions"),
    (),
    Table(("text", "whole")),
    selftest,
    (),
    [["huikuan", __version__], ["functions", len(FUNCTIONS)], ["passed", len(FUNCTIONS)]],
)

IN_CELLS: Final[Mapping[str, Function]] = {**FUNCTIONS, SELFTEST.name: SELFTEST}
"""Every function that a sheet has."""
