"""`fn` and `functions` as a terminal and programs see them."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from addin.functions.registry import FUNCTIONS, Function
from addin.hosts.cli.functions import argument_of, command_of
from tests.hosts.test_explain import said


def fn(*arguments: str) -> tuple[int, str, str]:
    return said("fn", *arguments, "--lang", "en")


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["AR_DUE_DATE", "2022-01-31", "NET 30"], "2022-03-02\n"),
        (["ar_due_date", "null", "NET 30"], "pending\n"),
        (["AR_SPLIT", "100", '[0.3333, 0.3333, "balance"]'], "33.33\n33.33\n33.34\n"),
        (["AR_PAYDEX", "-29"], "99\n"),
        (["AR_CAPITALS", "-0.5"], "负伍角整\n"),
        (["AR_IS_WORKDAY", "2026-02-14"], "TRUE\n"),
        (["AR_ALERT", "0"], "\n"),
        (["AR_RETENTION_CAP", "2000000", "null"], "60000.00\n"),
        (["AR_AGING", "A", "2025-07-01", "5", "2025-06-30", "[30]"],
         "group  current  1-30   30+  total\nA         5.00  0.00  0.00   5.00\ntotal     5.00  0.00  0.00   5.00\n"),
    ],
)  # fmt: skip
def test_a_call_prints_its_result(arguments: list[str], printed: str) -> None:
    assert fn(*arguments) == (0, printed, "")


def test_json_is_one_document() -> None:
    code, out, _ = fn("AR_NET_TAX", "1130000", "0.13", "--json")
    assert (code, json.loads(out)) == (0, {"result": ["1000000.00", "130000.00"]})


@pytest.mark.parametrize(
    ("arguments", "said_"),
    [
        (["AR_SPLIT", "abc", "[1]"], "argument total: expected an amount of 0 or more"),
        (["AR_SPLIT", "1", '[0.5, "x"]'], "argument shares: item 2: expected a fraction"),
        (["AR_SPLIT", "1"], "argument shares: missing; expected"),
        (["AR_SPLIT", "1", "[1]", "last", "5"], "at most 3 arguments, not 4"),
        (["AR_SPLTI"], "Perhaps AR_SPLIT"),
        ([], "Which function?"),
        (["AR_ALERT", "1", "--jsn"], "No such option: --jsn"),
        (["AR_ALERT", "--batch", "x.jsonl"], "do not go together"),
        (["--batch", "no such file.jsonl"], "There is no file no such file.jsonl"),
        (["AR_WORKDAY", "2090-01-01"], "argument date: working calendars are known from 2004 to"),
        (["AR_DUE_DATE", "2025-01-30", "月结30天"], "argument term: “月结30天” has two readings"),
        (
            ["AR_DUE_DATE", "2089-12-30", "NET 5", "following"],
            "argument roll: working calendars are known from",
        ),
    ],
)
def test_what_cannot_be_answered_is_one_clear_line(arguments: list[str], said_: str) -> None:
    code, out, err = fn(*arguments)
    assert (code, out) == (2, "")
    assert said_ in err
    assert err.count("\n") == 1


def test_errors_in_chinese() -> None:
    code, _, err = said("fn", "AR_OPEN", "[100, -1]", "5", "--lang", "zh")
    assert (code, err) == (2, "参数 amounts：第 2 项应为不小于 0 的金额，小数不超过两位，而不是 -1。\n")


def test_a_batch_answers_line_by_line(tmp_path: Path) -> None:
    calls = tmp_path / "calls.jsonl"
    lines = [
        '{"id": "a", "fn": "AR_ALERT", "args": [15]}',
        "",
        '{"id": 2, "fn": "AR_ALERT", "args": ["x"]}',
        "not JSON",
        '{"id": null, "fn": "AR_ALERT", "args": [NaN]}',
        '{"id": 5, "fn": "AR_SPLIT"}',
        '{"id": 6, "fn": 7, "args": []}',
        '{"id": 7, "fn": "AR_ALERT", "args": {}}',
        "[" * 100_000,
        '{"id": [8], "fn": "AR_ALERT", "args": [3]}',
    ]
    calls.write_text("\ufeff" + "\n".join(lines), "utf-8")
    code, out, err = fn("--batch", str(calls))
    assert (code, err) == (1, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, None, None, 5, 6, 7, None, [8]]
    assert [answer.get("result") for answer in answers] == ["red", *[None] * 7, "blue"]
    assert all(answer["error"] for answer in answers[1:-1])
    assert answers[1]["error"].startswith("argument days_overdue: expected")


def test_a_batch_without_errors_is_clean(tmp_path: Path) -> None:
    calls = tmp_path / "calls.jsonl"
    calls.write_text('{"id": 1, "fn": "AR_ALERT", "args": [1]}\n' * 2500, "utf-8")
    code, out, _ = fn("--batch", str(calls))
    assert (code, out) == (0, '{"id": 1, "result": "blue"}\n' * 2500)
    calls.write_text("", "utf-8")
    assert fn("--batch", str(calls)) == (0, "", "")


def test_a_batch_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    line = b'{"id": 1, "fn": "AR_CAPITALS", "args": [1]}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert fn("--batch", "-") == (0, '{"id": 1, "result": "壹元整"}\n', "")
    monkeypatch.setattr(sys, "stdin", None)
    assert fn("--batch", "-") == (0, "", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30", 30),
        ("3e2", 300.0),
        ('"30"', "30"),
        ("true", True),
        ("TRUE", "TRUE"),
        ("null", None),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("[1, 2", "[1, 2"),
        ("2022-01-31", "2022-01-31"),
        ("1" * 5000, "1" * 5000),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_what_parses_as_json_is_that_value(text: str, value: object) -> None:
    assert argument_of(text) == value


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))
def test_the_example_can_be_typed(function: Function) -> None:
    program, *words = shlex.split(command_of(function))
    assert program == "huikuan"
    code, out, err = said(*words, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"result": function.shows}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_functions_tells_what_there_is(language: str) -> None:
    code, out, err = said("functions", "--lang", language)
    assert (code, err) == (0, "")
    assert all(f"  {name}(" in out for name in FUNCTIONS)
    for name, function in FUNCTIONS.items():
        _, page, _ = said("functions", name.lower(), "--lang", language)
        assert command_of(function) in page
        assert all(f"  {argument.name}\n" in page for argument in function.arguments)


def test_functions_for_programs() -> None:
    every = json.loads(said("functions", "--json", "--lang", "en")[1])
    assert [each["name"] for each in every] == list(FUNCTIONS)
    one = json.loads(said("functions", "AR_WORKDAY", "--json", "--lang", "en")[1])
    assert one in every
    assert one["result"] == "day"
    assert one["arguments"][1] == {
        "name": "roll",
        "type": "choice",
        "expected": "following or preceding",
        "help": "the next working day or the one before",
        "required": False,
        "default": "following",
    }
    assert one["example"] == {
        "command": "huikuan fn AR_WORKDAY 2025-10-01",
        "args": ["2025-10-01"],
        "result": "2025-10-09",
    }


@pytest.mark.parametrize("command", ["fn", "functions"])
@pytest.mark.parametrize(("language", "word"), [("zh", "示例"), ("en", "Examples")])
def test_help_has_an_example(command: str, language: str, word: str) -> None:
    code, out, _ = said(command, "--help", "--lang", language)
    assert code == 0
    assert f"huikuan {command}" in out.split(word)[-1]


def test_no_function_loads_heavy_libraries() -> None:
    """One process asks every function its example: only numpy and the calendar may come along."""
    calls = [["fn", *shlex.split(command_of(function))[2:]] for function in FUNCTIONS.values()]
    heavy = ("pandas", "openpyxl", "python_calamine", "rich", "addin.service", "addin.files")
    code = (
        "import sys\nfrom addin.hosts.cli.app import run\n"
        f"print([call for call in {calls} if run(call + ['--json'])], "
        f"[name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[] []"
