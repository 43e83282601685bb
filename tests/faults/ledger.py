"""The book of these tests: a ledger as its last refresh left it, and what the next one makes of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from addin.files.reader import read_book
from addin.service.demo import BOOK, make_demo
from tests.faults.nursery import Nursery

DAY, LATER = date(2026, 6, 30), date(2026, 7, 31)
NINE = datetime(2030, 1, 1, 9)


@dataclass(frozen=True)
class Ledger:
    """A folder with the book as it was, and the bytes of the only two books there may ever be."""

    folder: Path
    old: bytes
    new: bytes
    seconds: float
    """How long a save takes."""
    calls: int
    """Calls to the disk that it makes."""
    steps: tuple[int, ...]
    """Those of them that are more than the next piece of a file: open, sync, rename, remove."""

    def copy(self, folder: Path) -> Path:
        """The old book with all that its runs left beside it."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return folder / BOOK


def make_ledger(folder: Path, nursery: Nursery) -> Ledger:
    """The demo as at one day; the new book is what a refresh as at a later day makes of it, undisturbed."""
    source, trial = folder / "source", folder / "trial"
    make_demo(source, "en", today=DAY, now=NINE, by="tester")
    old = (source / BOOK).read_bytes()
    shutil.copytree(source, trial)
    said, seconds, calls, steps = nursery.run(trial / BOOK, as_of=LATER.isoformat()).split(" ")
    assert said == "saved"
    shown = read_book(trial / BOOK).above["milestones"]
    assert LATER in shown.values() and DAY not in shown.values()
    return Ledger(
        source,
        old,
        (trial / BOOK).read_bytes(),
        float(seconds),
        int(calls),
        tuple(map(int, steps.split(","))),
    )


def leftovers(folder: Path) -> list[str]:
    """Temporary files, wherever they are."""
    return sorted(
        path.name for path in folder.rglob("*") if path.name.startswith(".~") or path.suffix == ".tmp"
    )


def backups_in(folder: Path) -> list[Path]:
    return sorted((folder / ".huikuan").glob("*~*.xlsx"))
