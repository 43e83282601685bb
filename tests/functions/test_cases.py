"""Every case of the case file through `huikuan fn --batch`, and how fast a batch is."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from addin.functions.registry import FUNCTIONS
from addin.hosts.cli.functions import answered
from tests.functions.cases import CASES, FILE, holds
from tests.hosts.test_explain import said


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    code, out, err = said("fn", "--batch", str(FILE), "--lang", "en")
    assert (code, err) == (1, "")  # some cases are errors
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in lines] == [case["id"] for case in CASES]
    return {line["id"]: line for line in lines}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any], answers: dict[str, dict[str, Any]]) -> None:
    assert holds(case, answers[case["id"]]), answers[case["id"]]


def test_a_case_that_does_not_hold_is_told() -> None:
    wrong = {"how": "equal", "expect": "1.00"}
    assert not holds(wrong, {"result": "1.0"})
    assert not holds(wrong, {"error": "no"})
    assert not holds({"how": "error"}, {"result": "1.00"})
    assert not holds({"how": "close", "expect": [1, 2], "tolerance": 0.1}, {"result": [1, 2.2]})
    assert holds({"how": "equal", "expect": 3, "at": [1, 0]}, {"result": [[1], [3]]})


def test_every_function_has_a_case() -> None:
    assert set(FUNCTIONS) - {case["fn"] for case in CASES} == set()
    assert len(CASES) == len(Counter(case["id"] for case in CASES))


def test_the_figures_are_those_handed_out(shared: Path) -> None:
    handed_out = (shared / "vectors" / "functions.jsonl").read_text("utf-8").splitlines()
    theirs = [{**json.loads(line), "source": ""} for line in handed_out]
    ours = {case["id"]: {**case, "source": ""} for case in CASES}
    assert [ours[case["id"]] for case in theirs] == theirs


def test_a_batch_answers_thousands_a_second() -> None:
    """5,000 a second are asked for and four times that measured; this only tells a change of kind."""
    lines = [line + b"\n" for line in FILE.read_bytes().splitlines()] * 6
    answered(lines[0], "en")
    start = time.process_time()
    for line in lines:
        answered(line, "en")
    assert len(lines) / (time.process_time() - start) > 3000
