"""Why a cell shows #VALUE!: a line in the log, said once; the answer itself depends on no log."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addin.functions import call
from addin.functions.call import FunctionError
from addin.hosts import udf_calls
from addin.hosts.udf_calls import answer, log_file


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    udf_calls._logger.cache_clear()
    udf_calls._log_once.cache_clear()
    yield tmp_path / "huikuan" / "functions.log"
    udf_calls._logger.cache_clear()


def test_the_reason_stands_there_in_both_languages(own_log: Path) -> None:
    with pytest.raises(FunctionError):
        answer("AR_ALERT", "soon")

    assert log_file() == own_log
    (line,) = own_log.read_text("utf-8").splitlines()
    assert line.endswith(
        "AR_ALERT: 参数 days_overdue：应为整数，而不是 “soon”。 "
        "argument days_overdue: expected a whole number, not “soon”."
    )
    assert line.startswith("20")


def test_the_same_reason_is_said_once(own_log: Path) -> None:
    for word in ("soon", "late", "soon", "soon"):
        with pytest.raises(FunctionError):
            answer("AR_ALERT", word)

    assert len(own_log.read_text("utf-8").splitlines()) == 2


def test_what_nobody_foresaw_leaves_its_traceback(own_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("by the rate")

    monkeypatch.setattr(call, "evaluate", broken)
    with pytest.raises(ZeroDivisionError):
        answer("AR_ALERT", 1.0)

    text = own_log.read_text("utf-8")
    assert "AR_ALERT\nTraceback" in text and text.endswith("ZeroDivisionError: by the rate\n")


def test_a_good_answer_leaves_no_log(own_log: Path) -> None:
    assert answer("AR_ALERT", 7.0) == "orange"
    assert not own_log.exists()


def test_a_log_that_cannot_be_written_changes_nothing(own_log: Path) -> None:
    own_log.parent.write_text("a file in the place of the folder")

    with pytest.raises(FunctionError, match="days_overdue"):
        answer("AR_ALERT", "soon")


def test_odd_characters_do_no_harm(own_log: Path) -> None:
    with pytest.raises(FunctionError):
        answer("AR_ALERT", "\ud800")

    assert r"\ud800" in own_log.read_text("utf-8")


def test_the_log_does_not_grow_without_end(own_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(udf_calls, "LARGEST_LOG", 1000)
    for number in range(100):
        with pytest.raises(FunctionError):
            answer("AR_ALERT", f"day {number}")

    kept = sorted(own_log.parent.iterdir())
    assert [each.name for each in kept] == ["functions.log", "functions.log.1"]
    assert all(0 < each.stat().st_size <= 1000 for each in kept)
    assert "day 99" in own_log.read_text("utf-8")
