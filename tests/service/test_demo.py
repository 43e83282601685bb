"""The demo ledger: every row of its files taken, refreshed, and refreshed again without a change."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.assets import templates
from addin.files.reader import read_book
from addin.model.finding import Severity
from addin.model.tables import TABLES
from addin.service.demo import make_demo

TODAY = date(2030, 1, 1)
NOW = datetime(2030, 1, 1, 9, 0, 0)


def make(folder: Path, language: str):
    return make_demo(folder, language, today=TODAY, now=NOW, by="tester")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_made_once_and_refreshed_ever_after(tmp_path, language):
    folder = tmp_path / "演示 账本"
    first = make(folder, language)
    book = first.files[0]
    assert first.made and book.is_file()
    assert first.report.result.as_of.year == 2026, "the as-of date of its settings, not today"
    assert first.aging.cells
    raw = read_book(book)
    for file in sorted((templates() / "demo" / language).glob("*.csv")):
        if TABLES[file.stem].role != "settings":
            expected = len(list(csv.reader(file.open(encoding="utf-8-sig", newline="")))) - 1
            assert len(raw.tables[file.stem].rows) == expected, file.name
    before = hashlib.sha256(book.read_bytes()).hexdigest()
    second = make(folder, "en" if language == "zh" else "zh")
    assert not second.made
    assert second.report.changes == 0
    assert hashlib.sha256(book.read_bytes()).hexdigest() == before
    assert not [path for path in folder.iterdir() if path.name not in (book.name, ".huikuan")]


def test_its_controls_close_but_the_one_that_is_meant_to_differ(tmp_path):
    result = make(tmp_path, "en").report.result
    assert result.controls
    unequal = [control.name for control in result.controls if not control.closes]
    assert unequal == ["gl"], "one account of the general ledger differs on purpose"
    assert any(finding.severity is not Severity.INFO for finding in result.findings), (
        "it shows findings at work"
    )
