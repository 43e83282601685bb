"""One fault each: what is done to a save, and what must hold afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

from tests.faults.ledger import LATER, Ledger, backups_in, leftovers
from tests.faults.nursery import Nursery

MORE_THAN_A_SAVE = 1.15
"""Kills come until a little after the end of the save, when the memory is written."""


def killed_at_random(ledger: Ledger, nursery: Nursery, folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Kills saves at random moments; how often the old and how often the new book was left.

    Each moment is drawn from a slice of its own, so that few kills are spread over the save as well.
    """
    chance, left = Random(seed), {"old": 0, "new": 0}
    for number in range(kills):
        book = ledger.copy(folder)
        moment = (number + chance.random()) / kills * ledger.seconds * MORE_THAN_A_SAVE
        nursery.kill(book, moment, as_of=LATER.isoformat())
        left["new" if book.read_bytes() == ledger.new else "old"] += 1
        stands_and_goes_on(ledger, nursery, book, f"kill after {moment:.4f} s")
    return left


def killed_at_call(ledger: Ledger, nursery: Nursery, folder: Path, calls: Iterable[int]) -> dict[str, int]:
    """The process dies at these calls to the disk, in turn."""
    left = {"old": 0, "new": 0}
    for call in calls:
        book = ledger.copy(folder)
        assert nursery.run(book, as_of=LATER.isoformat(), fault="death", at=call) == "killed", call
        left["new" if book.read_bytes() == ledger.new else "old"] += 1
        stands_and_goes_on(ledger, nursery, book, f"death at call {call}")
    return left


def full_at_call(ledger: Ledger, nursery: Nursery, folder: Path, calls: Iterable[int]) -> dict[str, int]:
    """The disk is full at these calls, in turn: one line and the old book, or a book that is done."""
    left = {"old": 0, "new": 0}
    for call in calls:
        book = ledger.copy(folder)
        backups = backups_in(folder)
        said = nursery.run(book, as_of=LATER.isoformat(), fault="full", at=call)
        if said.startswith("saved"):
            assert book.read_bytes() == ledger.new, call
            left["new"] += 1
        else:
            assert said.startswith("failed The disk is full; huikuan-demo.xlsx was not written."), (
                call,
                said,
            )
            assert book.read_bytes() == ledger.old, call
            assert backups_in(folder) == backups, call
            left["old"] += 1
        assert leftovers(folder) == [] or call in ledger.steps, (call, leftovers(folder))
        stands_and_goes_on(ledger, nursery, book, f"disk full at call {call}")
    return left


def stands_and_goes_on(ledger: Ledger, nursery: Nursery, book: Path, what: str) -> None:
    """The book is byte for byte the old or the new one; the next run ends with the new one and tidies up."""
    found = book.read_bytes()
    assert found in (ledger.old, ledger.new), what
    for backup in backups_in(book.parent):
        assert backup.read_bytes() == ledger.old, what
    said = nursery.run(book, as_of=LATER.isoformat())
    assert said == "idle" if found == ledger.new else said.startswith("saved"), (what, said)
    assert book.read_bytes() == ledger.new, what
    stray = [name for name in leftovers(book.parent) if not name.endswith(".written.tmp")]
    assert stray == [], (what, stray)
