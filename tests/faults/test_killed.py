"""A process killed while it saves. `python -m tests.faults.long_run` kills 200 times, and at every call."""

from __future__ import annotations

from pathlib import Path

from tests.faults.ledger import LATER, Ledger
from tests.faults.nursery import Nursery
from tests.faults.trials import killed_at_call, killed_at_random

SEED = 20260630


def test_killed_at_random_moments_the_book_is_the_old_or_the_new_one(
    ledger: Ledger, nursery: Nursery, tmp_path: Path
) -> None:
    left = killed_at_random(ledger, nursery, tmp_path / "book", 25, SEED)
    assert left["old"] + left["new"] == 25
    assert left["old"] >= 5  # the early ones hit


def test_killed_at_each_kind_of_step_the_book_is_the_old_or_the_new_one(
    ledger: Ledger, nursery: Nursery, tmp_path: Path
) -> None:
    left = killed_at_call(ledger, nursery, tmp_path / "book", [*ledger.steps, ledger.calls // 2])
    assert left["old"] > 0 and left["new"] > 0


def test_what_is_new_has_the_figures_of_an_undisturbed_run(
    ledger: Ledger, nursery: Nursery, tmp_path: Path
) -> None:
    """Killed, run again: the very bytes that a run without trouble leaves, and an idle run after it."""
    book = ledger.copy(tmp_path / "book")
    assert nursery.kill(book, ledger.seconds / 2, as_of=LATER.isoformat()) == "killed"
    assert nursery.run(book, as_of=LATER.isoformat()).startswith("saved")
    assert book.read_bytes() == ledger.new != ledger.old
    assert nursery.run(book, as_of=LATER.isoformat()) == "idle"
