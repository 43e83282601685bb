"""What a book's folder of state may grow to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from addin.files.memory import memory_file
from addin.files.save import KEPT_BACKUPS, backups, state_folder
from addin.hosts import telling
from addin.hosts.telling import LARGEST_LOG, LOG, unforeseen
from addin.service.books import refresh_book
from addin.service.newbook import new_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return new_book(tmp_path / "ledger.xlsx", "en")


def refresh(book: Path, number: int, now: datetime | None = None) -> None:
    day = date(2026, 1, 1) + timedelta(number)
    at = now or datetime(2030, 1, 1, 9, 0, number)
    assert refresh_book(book, today=day, now=at, by="tester", as_of=day).written == book


def labels(book: Path) -> list[str]:
    return [path.stem.partition("~")[2] for path in backups(book, state_folder(book))]


def test_the_newest_ten_backups_stay_and_what_is_not_ours_too(book: Path) -> None:
    state = state_folder(book)
    state.mkdir()
    others = ["ledger2~20300101-090000.xlsx", "ledger~20300101-090000.xlsm", "notes.txt", "ledger.xlsx"]
    for name in others:
        (state / name).write_bytes(b"mine")
    for number in range(12):
        refresh(book, number)
    assert labels(book) == [f"20300101-0900{number:02}" for number in range(12 - KEPT_BACKUPS, 12)]
    assert all((state / name).read_bytes() == b"mine" for name in others)
    memory = memory_file(book)
    kept = {memory.name, memory.with_suffix(".before.npz").name, *others}
    backups_and_lock = [path.name for path in state.iterdir() if path.name not in kept]
    assert len(backups_and_lock) == KEPT_BACKUPS + 1


def test_of_one_second_the_later_backup_is_the_newer(book: Path) -> None:
    """More than ten within a second: numbers, not letters, tell which went first."""
    for number in range(12):
        refresh(book, number, datetime(2030, 1, 1, 9))
    assert labels(book) == [f"20300101-090000.{number}" for number in range(3, 13)]


def test_a_clock_that_was_put_back_costs_no_fresh_backup(book: Path) -> None:
    for number in range(10):
        refresh(book, number)
    old = book.read_bytes()
    refresh(book, 10, datetime(2029, 12, 31))
    assert labels(book)[0] == "20291231-000000" and len(labels(book)) == KEPT_BACKUPS
    assert backups(book, state_folder(book))[0].read_bytes() == old


def test_the_log_of_errors_keeps_its_newer_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".huikuan").mkdir()
    log = tmp_path / ".huikuan" / LOG
    monkeypatch.setattr(telling, "LARGEST_LOG", 4000)
    largest = 0
    for number in range(400):
        unforeseen(ValueError(f"fault {number}"), tmp_path)
        largest = max(largest, log.stat().st_size)
    lines = log.read_text("utf-8").splitlines()
    assert largest <= 4000 and len(lines) > 20
    assert "fault 399" in lines[-2] and not any("fault 0" in line for line in lines)
    assert LARGEST_LOG == 1 << 20
