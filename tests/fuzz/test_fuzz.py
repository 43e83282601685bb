"""A short run of the fuzz program, always the same; and the check that it sees a broken promise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from addin.hosts.cli import books
from addin.model.finding import LedgerError
from addin.model.text import Text
from tests.fuzz.cases import empty, run_case, sound_books

COUNT, PART = 150, 50
"""Cases in the suite, of which the full run is `python -m tests.fuzz --count 10000`; and those of one test."""


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_damage_comes_to_findings_or_one_clear_line(tmp_path: Path, first: int) -> None:
    codes: Counter[int] = Counter()
    for number in range(first, first + PART):
        outcome = run_case(2026, number, empty(tmp_path / "case"))
        assert not outcome.fault, f"2026:{number} {outcome}"
        codes[outcome.code] += 1
    assert codes[2] > PART // 10, "damage is seen"
    assert codes[0] + codes[1] > PART // 10, "and much of it is survived"


def broken(monkeypatch: pytest.MonkeyPatch, folder: Path, report: object) -> str:
    """What the program says of a command that breaks its promise this way."""
    sound_books()
    monkeypatch.setattr(books, "_report", report)
    for number in range(100):
        outcome = run_case(1, number, empty(folder / "case"))
        if outcome.kind in ("refresh", "check"):
            return outcome.fault
    raise AssertionError("no such case among a hundred")


def test_an_unforeseen_error_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*_: object) -> None:
        raise KeyError("x")

    assert broken(monkeypatch, tmp_path, fails) == "an error that nobody foresaw"


def test_a_changed_source_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def writes(_: object, book: Path, __: object) -> None:
        book.write_bytes(book.read_bytes() + b"\0")
        raise LedgerError("x", Text("一行", "one line"))

    assert "changed ['ledger.xlsx']" in broken(monkeypatch, tmp_path, writes)


def test_more_than_a_line_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def leaves(_: object, book: Path, __: object) -> None:
        book.with_name("left.tmp").write_text("x")
        raise LedgerError("x", Text("一行", "one line"))

    assert broken(monkeypatch, tmp_path, leaves) == "leaves ['left.tmp']"


def test_a_command_without_end_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def turns(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr("tests.fuzz.cases.SECONDS", 1)
    assert broken(monkeypatch, tmp_path, turns) == "hangs"
