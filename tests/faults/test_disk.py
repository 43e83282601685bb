"""A disk that is full or fails: the book stays, and one line says so. The long run tries every call."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.ledger import LATER, Ledger, backups_in, leftovers
from tests.faults.nursery import Nursery
from tests.faults.trials import full_at_call, stands_and_goes_on

DAY = LATER.isoformat()


def test_a_disk_full_at_each_kind_of_step_leaves_the_old_book_or_one_that_is_done(
    ledger: Ledger, nursery: Nursery, tmp_path: Path
) -> None:
    pieces = [ledger.calls // 3, 2 * ledger.calls // 3]
    left = full_at_call(ledger, nursery, tmp_path / "book", [*ledger.steps, *pieces])
    assert left["old"] > 0 and left["new"] > 0


@pytest.fixture
def small_disk(tmp_path: Path, ledger: Ledger) -> Iterator[Path]:
    """A real disk with room for the ledger's folder and half a book more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    used = sum(path.stat().st_size for path in ledger.folder.rglob("*") if path.is_file())
    size = f"size={used + len(ledger.new) // 2 + 40_000}"
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "none", str(disk)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting a small disk needs root; files of limited size are tried below")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full(ledger: Ledger, nursery: Nursery, small_disk: Path) -> None:
    book = ledger.copy(small_disk / "book")
    said = nursery.run(book, as_of=DAY)
    assert (
        said == "failed The disk is full; huikuan-demo.xlsx was not written. Free some space and try again."
    )
    assert book.read_bytes() == ledger.old and leftovers(small_disk) == [] and backups_in(book.parent) == []


def test_a_disk_full_at_the_backup(ledger: Ledger, nursery: Nursery, small_disk: Path) -> None:
    """Room for the new book, and none for the copy of the old one."""
    folder = small_disk / "book"
    book = ledger.copy(folder)
    (folder / ".huikuan" / "huikuan-demo.xlsx.written.npz").unlink()
    room = shutil.disk_usage(small_disk).free - len(ledger.new) - 30_000
    if room > 0:
        (folder / "others.bin").write_bytes(bytes(room))
    said = nursery.run(book, as_of=DAY)
    assert said.startswith("failed The disk is full")
    assert book.read_bytes() == ledger.old and leftovers(small_disk) == [] and backups_in(folder) == []


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.98])
def test_a_file_that_may_not_grow(ledger: Ledger, nursery: Nursery, tmp_path: Path, share: float) -> None:
    """The limit of a user or a file system on the size of one file."""
    book = ledger.copy(tmp_path / "book")
    said = nursery.run(book, as_of=DAY, largest=int(len(ledger.new) * share))
    reason = os.strerror(27)
    assert said == (
        f"failed huikuan-demo.xlsx could not be saved ({reason}); the workbook is as it was. "
        "Check the disk or network and try again."
    )
    assert book.read_bytes() == ledger.old and backups_in(book.parent) == [] and leftovers(tmp_path) == []
    stands_and_goes_on(ledger, nursery, book, "a limited file")
