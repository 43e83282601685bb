"""One call: the arguments read by their kinds, the body, and errors that name the argument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from addin.functions.cells import from_cells
from addin.functions.kinds import Unfit
from addin.functions.registry import FUNCTIONS, Argument, Function
from addin.functions.results import TooLong, to_cells, to_json
from addin.model.text import Text
from addin.rules.refused import Refused


class FunctionError(Exception):
    """A call has no result. ``argument`` names what it is about, None where it is the call as a whole."""

    def __init__(self, argument: str | None, problem: Text) -> None:
        super().__init__(problem.en)
        self.argument = argument
        self.problem = problem


def call(name: str, args: Sequence[object]) -> Any:
    """The exact result of a function, or `FunctionError`.

    >>> call("AR_NET_TAX", ["1130000", 0.13])
    (100000000, 13000000)
    """
    return evaluate(find(name), args)


def call_json(name: str, args: Sequence[object]) -> Any:
    """The result as JSON has it."""
    function = find(name)
    return to_json(function.result, evaluate(function, args))


def call_cells(name: str, args: Sequence[object], date1904: bool = False) -> Any:
    """The result as a sheet takes it, of arguments as a sheet gives them; ``date1904``: its days count from there."""
    function = find(name)
    try:
        return to_cells(function.result, evaluate_cells(function, args, date1904))
    except TooLong as too_long:
        raise FunctionError(None, too_long.problem) from too_long


def find(name: str) -> Function:
    """The function of that name, in any case; `FunctionError` proposes the nearest."""
    function = FUNCTIONS.get(name.strip().upper())
    if function is None:
        near = ", ".join(get_close_matches(name.strip().upper(), FUNCTIONS, 3))
        raise FunctionError(
            None,
            Text(
                f"没有函数 {name[:40]}。"
                + (f"是否要找 {near}？" if near else "全部函数见 huikuan functions。"),
                f"There is no function {name[:40]}. "
                + (f"Perhaps {near}?" if near else "See huikuan functions."),
            ),
        )
    return function


def evaluate(function: Function, args: Sequence[object]) -> Any:
    """The exact result of one call, or `FunctionError`."""
    arguments = function.arguments
    if len(args) > len(arguments):
        plural = "s" if len(arguments) > 1 else ""
        raise FunctionError(
            None,
            Text(
                f"{function.name} 最多 {len(arguments)} 个参数，却给了 {len(args)} 个。",
                f"{function.name} takes at most {len(arguments)} argument{plural}, not {len(args)}.",
            ),
        )
    given = [*args, *([None] * (len(arguments) - len(args)))]
    values = [_read(argument, value) for argument, value in zip(arguments, given, strict=True)]
    try:
        return function.body(*values)
    except Refused as refused:
        raise _about(refused.argument, refused.problem) from refused


def evaluate_cells(function: Function, args: Sequence[object], date1904: bool = False) -> Any:
    """The exact result of a call from a cell. None stands for an empty cell as for an argument left out."""
    held = [_held(*each, date1904) for each in zip(function.arguments, args, strict=False)]
    return evaluate(function, [*held, *args[len(function.arguments) :]])


def _held(argument: Argument, value: object, date1904: bool) -> object:
    try:
        return from_cells(argument.kind, value, date1904)
    except Unfit as unfit:
        raise _about(argument.name, _unfit(unfit)) from unfit


def _read(argument: Argument, value: object) -> Any:
    if value is None:
        return _default(argument)
    try:
        return argument.kind.read(value)
    except Unfit as unfit:
        raise _about(argument.name, _unfit(unfit)) from unfit


@lru_cache(maxsize=256)
def _default(argument: Argument) -> Any:
    if argument.required:
        expected = argument.kind.expected
        raise _about(argument.name, Text(f"缺少；应为{expected.zh}", f"missing; expected {expected.en}"))
    return None if argument.default is None else argument.kind.read(argument.default)


def _unfit(unfit: Unfit) -> Text:
    """What was expected, where, and what stood there."""
    shown = _shown(unfit.value)
    where = Text(f"第 {unfit.place} 项", f"item {unfit.place}: ") if unfit.place else Text("", "")
    return Text(
        f"{where.zh}应为{unfit.expected.zh}，而不是 {shown}",
        f"{where.en}expected {unfit.expected.en}, not {shown}",
    )


def _shown(value: object) -> str:
    if value is None or value == "":
        return "∅"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, list | tuple | dict):
        return "[…]" if value else "[]"
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"“{text[:40]}”" if isinstance(value, str) else text[:40]


def _about(argument: str, problem: Text) -> FunctionError:
    return FunctionError(
        argument,
        Text(
            f"参数 {argument}：{problem.zh.rstrip('。')}。", f"argument {argument}: {problem.en.rstrip('.')}."
        ),
    )
