"""Whatever is asked: a result of the declared shape, or an error that names the argument. Never a traceback.

`python -m tests.functions.test_any_input 20000` asks every function that many times.
"""

from __future__ import annotations

import json
import random
import re
import sys
from datetime import date
from typing import Any

import pytest

from addin.functions.call import FunctionError, call_cells, call_json
from addin.functions.registry import FUNCTIONS, Function
from addin.functions.results import Table, TooLong
from tests.functions.cases import CASES

CALLS = 200
MONEY = re.compile(r"-?[0-9]+\.[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ODD: tuple[Any, ...] = (
    None, "", " ", "abc", "null", "nan", "-", "1/0", "0/0", "1e999", "９９", "１／３", "=1+1", "\x00", "\ud800", "💰",
    True, False, 0, 1, -1, 2, 3.5, -0.0, 0.1 + 0.2, 0.005, 33.333, 1e-9, 1e15, 1e16, 1e300, -1e300, 5e-324,
    float("nan"), float("inf"), 10**17, 10**18, 10**40, -(10**30), 99999999999999.98,
    "0.001", "9999999999999.99", "99999999999999999.99", "0." + "0" * 50 + "1", "1" * 5000, "(5)", "30%", "万分之五",
    "2024-02-29", "2025-02-29", "0001-01-01", "9999-12-31", "2026-1-5", "3/4/2026", 20260131, 46000, "2026-W01-1",
    [], [[]], [[[]]], {}, {"a": 1}, [None], ["", None], [1, "x"], [[1, 2], [3, 4]], [[1], [2], [3]], [[1, 2, 3]],
    [0], [0, 0, 0], [-1, 1], [10**19], [True, False], ["2025-01-31", None], "balance", "fixed 5", "fixed", "33% rest",
    "rest", "balance balance", "none", "561", "30/360", "daily", "AAA", "public", "UK", "count", "NET 99999",
    "月结30天", "FIXED 2025-02-30", "MONTHS 120", "EOM +3650", "following", "large_enterprise",
)  # fmt: skip


def examples() -> dict[str, list[list[Any]]]:
    """Arguments that each function is known to take: those of its example and of its cases."""
    known = {name: [list(function.example)] for name, function in FUNCTIONS.items()}
    for case in CASES:
        known[case["fn"]].append(case["args"])
    return known


KNOWN = examples()


def odd(dice: random.Random, value: Any) -> Any:
    """The value, or something that stands in its place: odd, scaled, wrapped, cut or with an odd item."""
    way = dice.randrange(9)
    if isinstance(value, list) and value and way < 4:
        place = dice.randrange(len(value))
        if way == 0:
            return [*value[:place], odd(dice, value[place]), *value[place + 1 :]]
        return (value[:place], value * 2, [[item] for item in value])[way - 1]
    if isinstance(value, int | float) and not isinstance(value, bool) and way < 4:
        return (value * dice.choice((-1, 0, 0.5, 1e3, 1e9)), str(value), [value, value], value + 0.01)[way]
    if isinstance(value, str) and DAY.fullmatch(value) and way < 6:
        years = (2004, 2027) if way < 4 else (1, 9999)
        return date.fromordinal(dice.randint(*(date(year, 12, 31).toordinal() for year in years))).isoformat()
    return dice.choice(ODD)


def asked(dice: random.Random, function: Function) -> list[Any]:
    """Arguments of one call, most of them as known, some odd; now and then too few, too many or none as known."""
    if dice.random() < 0.1:
        return [dice.choice(ODD) for _ in range(dice.randrange(len(function.arguments) + 2))]
    args = list(dice.choice(KNOWN[function.name]))
    while len(args) < len(function.arguments) and dice.random() < 0.4:
        args.append(dice.choice(ODD))
    for _ in range(dice.choice((0, 1, 1, 2))):
        place = dice.randrange(len(args))
        args[place] = odd(dice, args[place])
    return args


def is_of(kind: str, value: Any) -> bool:
    """A JSON value of a kind; a word may stand in the place of any but a flag."""
    if isinstance(value, str):
        is_word = bool(re.fullmatch(r"[a-z]+|>= [0-9.]+", value))
        return (
            kind == "text" or is_word or bool({"money": MONEY, "day": DAY}.get(kind, MONEY).fullmatch(value))
        )
    if isinstance(value, bool) or kind == "flag":
        return kind == "flag" and isinstance(value, bool)
    return {"number": (int, float), "whole": (int,)}.get(kind, ()) and isinstance(
        value, {"number": (int, float), "whole": (int,)}[kind]
    )


def is_shaped(function: Function, result: Any) -> bool:
    """Whether a result in JSON has the declared shape."""
    shape = function.result
    if isinstance(shape, Table):
        headings, *rows = result
        kinds = [*shape.kinds, *[shape.kinds[-1]] * (len(headings) - len(shape.kinds))]
        return all(isinstance(heading, str) for heading in headings) and all(
            len(row) == len(headings) and all(map(is_of, kinds, row)) for row in rows
        )
    if isinstance(shape, tuple):
        return len(result) == len(shape) and all(map(is_of, shape, result))
    if shape.endswith("s"):
        return is_of("text" if isinstance(result, str) else "flag", result) or (
            isinstance(result, list) and all(is_of(shape[:-1], item) for item in result)
        )
    return bool(is_of(shape, result))


def judge(function: Function, args: list[Any]) -> str | None:
    """What is wrong with the answer to a call; None where nothing is."""
    before = repr(args)
    try:
        result = call_json(function.name, args)
    except FunctionError as error:
        names = {argument.name for argument in function.arguments}
        named = error.argument in names or (error.argument is None and len(args) > len(names))
        told = all(words.strip() and "None" not in words for words in error.problem)
        return None if named and told else f"error about {error.argument}: {error.problem}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if repr(args) != before:
        return "the arguments were changed"
    json.dumps(result, allow_nan=False)
    try:
        call_cells(function.name, args)
    except FunctionError as error:
        if not isinstance(error.__cause__, TooLong):
            return f"in cells: {error}"
    return None if is_shaped(function, result) else f"not {function.result}: {result!r}"


def ask(function: Function, calls: int) -> list[str]:
    dice = random.Random(function.name)
    found = []
    for _ in range(calls):
        args = asked(dice, function)
        if wrong := judge(function, args):
            found.append(f"{function.name}{tuple(args)!r}"[:400] + f" -> {wrong[:300]}")
    return found


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))
def test_a_result_or_an_error_that_names_the_argument(function: Function) -> None:
    assert ask(function, CALLS) == []


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))
def test_a_missing_argument_is_named(function: Function) -> None:
    for place, argument in enumerate(function.arguments):
        args = [*function.example[:place], None, *function.example[place + 1 :]]
        if argument.required:
            with pytest.raises(FunctionError) as caught:
                call_json(function.name, args)
            assert caught.value.argument == argument.name


def test_many_calls_get_a_result() -> None:
    for function in FUNCTIONS.values():
        dice = random.Random(function.name)
        results = [
            answer for _ in range(60) if (answer := answered(function, asked(dice, function))) is not None
        ]
        assert len({json.dumps(result) for result in results}) > 1, function.name


def answered(function: Function, args: list[Any]) -> Any:
    try:
        return call_json(function.name, args)
    except FunctionError:
        return None


def test_the_judge_sees_what_is_wrong() -> None:
    bucket, due = FUNCTIONS["AR_BUCKET"], FUNCTIONS["AR_DUE_DATE"]
    assert is_shaped(due, "2026-01-31")
    assert is_shaped(due, "pending")
    assert not is_shaped(due, 3)
    assert not is_shaped(bucket, None)
    assert not is_shaped(FUNCTIONS["AR_SPLIT"], ["1.0"])
    assert judge(due, [date(2026, 1, 1), "NET 1"]) is None


if __name__ == "__main__":
    for each in FUNCTIONS.values():
        print(each.name, *ask(each, int(sys.argv[1]))[:5], sep="\n   ")
