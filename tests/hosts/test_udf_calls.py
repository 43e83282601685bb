"""Every worksheet function through xlwings' real call path, with what Excel sends, and what Excel gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from addin import __version__
from addin.functions.cells import takes_days
from addin.functions.kinds import Kind
from addin.functions.registry import FUNCTIONS, Function
from tests.functions.cases import CASES, holds
from tests.hosts.excel_calls import WAYS, Answer, Way, arguments_of, ask, from_cells
from tests.hosts.windows_xlwings import MISSING, FakeRange, com_time

ASKED = [(name, function.example) for name, function in FUNCTIONS.items()]
ASKED += [(case["fn"], tuple(case["args"])) for case in CASES]


@pytest.fixture(scope="module")
def answers() -> dict[Way, list[Answer]]:
    """The examples and the cases in every way, all in one process."""
    calls = [
        (name, arguments_of(FUNCTIONS[name], arguments, way)) for way in WAYS for name, arguments in ASKED
    ]
    found = iter(ask(calls))
    return {way: [next(found) for _ in ASKED] for way in WAYS}


@pytest.mark.parametrize("way", WAYS)
def test_every_example(way: Way, answers: dict[Way, list[Answer]]) -> None:
    found = dict(zip(FUNCTIONS, answers[way], strict=False))

    assert {name: answer.error for name, answer in found.items() if answer.error} == {}
    came = {name: from_cells(FUNCTIONS[name].result, answer.value) for name, answer in found.items()}
    assert came == {name: function.shows for name, function in FUNCTIONS.items()}


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_case(place: int, answers: dict[Way, list[Answer]]) -> None:
    case = CASES[place]
    shape = FUNCTIONS[case["fn"]].result
    for way in WAYS:
        answer = answers[way][len(FUNCTIONS) + place]
        assert answer.kind in ("", "FunctionError"), way
        said = {"error": answer.error} if answer.error else {"result": from_cells(shape, answer.value)}
        assert holds(case, said), (way, answer)


# --- what only Excel sends ---------------------------------------------------------------------------------

NOT_AVAILABLE, SPILL = -2146826246, -2146826243
"""Automation's error values: one that xlwings knows by name, one that it does not."""
DAY = com_time(datetime(2025, 3, 31))
NOW = com_time(datetime(2025, 3, 31, 17, 45, 12))


def one(name: str, *arguments: object) -> Answer:
    (answer,) = ask([(name, arguments)])
    return answer


def test_an_error_in_any_argument_is_an_error() -> None:
    """xlwings makes None of an error cell, as of an empty one: a base date, a rate or a default would be made up."""
    calls, named = [], []
    for function in FUNCTIONS.values():
        given = arguments_of(function, function.example, "column")
        for place, argument in enumerate(function.arguments):
            for error in (NOT_AVAILABLE, SPILL):
                for held in (error, FakeRange(error), FakeRange(((error,), (1.0,)))):
                    calls.append((function.name, [*given[:place], held, *given[place + 1 :]]))
                    named.append(argument.name)

    found = ask(calls)
    assert len(found) > 6 * len(FUNCTIONS)
    assert {answer.kind for answer in found} == {"FunctionError"}
    for name, answer in zip(named, found, strict=True):
        assert re.match(rf"argument {name}: .* not “#(N/A|SPILL!)”\.$", answer.error), answer


def test_empty_and_missing_are_the_default() -> None:
    calls: list[tuple[str, list[object]]] = [
        ("AR_DUE_DATE", [held, "NET 30", roll])
        for held in (MISSING, FakeRange(None), None, "", FakeRange(""))
        for roll in (MISSING, FakeRange(None), None, "")
    ]

    assert {(answer.value, answer.error) for answer in ask(calls)} == {("pending", "")}


def test_what_is_needed_and_missing_is_named() -> None:
    for held in (MISSING, FakeRange(None)):
        assert one("AR_DUE_DATE", DAY, held, MISSING).error.startswith("argument term: missing; expected")


def test_an_empty_cell_among_amounts_is_named_by_its_place() -> None:
    assert "argument amounts: item 2: expected" in one("AR_OPEN", FakeRange(((1.0,), (None,))), 1.0).error


def test_a_time_of_day_is_dropped() -> None:
    serial = 45747.74
    found = ask(
        [("AR_DAYS_OVERDUE", [DAY, held]) for held in (NOW, serial, FakeRange(NOW), FakeRange(serial))]
    )

    assert [answer.value for answer in found] == [0.0] * 4


@pytest.mark.parametrize("held", [lambda serial: serial, FakeRange], ids=["TODAY()", "a cell without format"])
def test_day_numbers_of_a_workbook_that_counts_from_1904(held: Any) -> None:
    """A cell with a date is that day in either kind of workbook; a number is so only where the workbook is asked."""
    later = 45747.0 - 1462 + 10
    asked, not_asked = ask(
        [
            ("AR_DAYS_OVERDUE", [DAY, held(later), True]),
            ("AR_DAYS_OVERDUE", [DAY, held(later), False]),
        ]
    )

    assert (asked.value, not_asked.value) == (10.0, -1452.0)


def test_every_function_that_takes_days_asks_for_their_count() -> None:
    """Each example with its day numbers as such a workbook has them."""
    named = {name: each for name, each in FUNCTIONS.items() if any(map(takes_days, kinds(each)))}
    calls = []
    for name, function in named.items():
        given = arguments_of(function, function.example, "formula")
        shifted = [
            in_1904(value) if takes_days(kind) else value
            for kind, value in zip(kinds(function), given, strict=True)
        ]
        calls.append((name, [*shifted, True]))
    found = dict(zip(named, ask(calls), strict=True))

    assert len(named) > 10 and {name: each.error for name, each in found.items() if each.error} == {}
    came = {name: from_cells(FUNCTIONS[name].result, each.value) for name, each in found.items()}
    assert came == {name: function.shows for name, function in named.items()}


def kinds(function: Function) -> list[Kind]:
    return [argument.kind for argument in function.arguments]


def in_1904(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(in_1904, value))
    return value - 1462 if isinstance(value, float) else value


def test_cells_in_currency_come_as_exact_decimals() -> None:
    money = FakeRange(((Decimal("0.1000"),), (Decimal("99.9000"),)))

    assert one("AR_OPEN", money, Decimal("0.2000")).value == [[0.0], [99.8]]


def test_text_and_numbers_are_told_apart() -> None:
    groups = FakeRange((("007",), (7.0,), ("007",)))
    days = FakeRange(((DAY,), (DAY,), (DAY,)))
    found = one("AR_AGING", groups, days, FakeRange(((1.0,), (2.0,), (4.0,))), DAY, MISSING)

    assert [(row[0], row[-1]) for row in found.value[1:]] == [("007", 5.0), ("7", 2.0), ("total", 7.0)]


def test_a_result_goes_down_or_is_one_value() -> None:
    down, alone, table = ask(
        [
            ("AR_NET_TAX", [FakeRange(1130000.0), 0.13]),
            ("AR_OPEN", [FakeRange(30.0), FakeRange(10.0)]),
            ("AR_LATE_FEE", [FakeRange(999.99), "UK"]),
        ]
    )

    assert (down.value, alone.value, table.value) == ([[1000000.0], [130000.0]], 20.0, 40.0)


def test_a_day_comes_back_as_a_day() -> None:
    assert one("AR_DUE_DATE", DAY, "NET 1", MISSING).value == datetime(2025, 4, 1, tzinfo=UTC)


def test_the_selftest_spills() -> None:
    tried = float(len(FUNCTIONS))

    assert one("AR_SELFTEST").value == [["huikuan", __version__], ["functions", tried], ["passed", tried]]
