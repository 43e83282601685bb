"""The case file of the worksheet functions, and when an answer is what a case expects.

A case has `id, fn, args, expect, how, source, kind`. how: `equal` (texts exactly, numbers by value), `one_of`, `close`
(within `tolerance`), `error`. `at` picks an element of the result first. kind: `published` figures, `published_inputs`
whose result follows from the rule, or `rule`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parents[1] / "cases" / "functions.jsonl"
CASES: Final[list[dict[str, Any]]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def holds(case: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether a line that `fn --batch` printed is what the case expects."""
    if case["how"] == "error" or "error" in answer:
        return case["how"] == "error" and isinstance(answer.get("error"), str) and "result" not in answer
    found = _picked(answer["result"], case.get("at"))
    if case["how"] == "close":
        return _close(found, case["expect"], case["tolerance"])
    return found in case["expect"] if case["how"] == "one_of" else bool(found == case["expect"])


def _picked(result: Any, at: int | list[int] | None) -> Any:
    for index in [] if at is None else at if isinstance(at, list) else [at]:
        result = result[index]
    return result


def _close(found: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, list):
        return len(found) == len(expected) and all(
            _close(item, wanted, tolerance) for item, wanted in zip(found, expected, strict=True)
        )
    return isinstance(found, int | float) and abs(found - expected) <= tolerance
