"""Rights that are lost: to the folder, to the file, to what lies beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.ledger import LATER, Ledger, leftovers
from tests.faults.nursery import Nursery

DAY = LATER.isoformat()
NOBODY = 65534
IS_ROOT = hasattr(os, "getuid") and os.getuid() == 0


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder to which every user of the machine finds the way."""
    place = Path(tempfile.mkdtemp(prefix="faults-"))
    place.chmod(0o755)
    yield place
    for path in place.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(place)


def refused(nursery: Nursery, book: Path) -> str:
    """What a user without more rights than the files grant is told; root's own rights are dropped."""
    user: dict[str, Any] = {"user": NOBODY} if IS_ROOT else {}
    return nursery.run(book, as_of=DAY, **user)


def owned_by_the_user(path: Path) -> None:
    if IS_ROOT:
        os.chown(path, NOBODY, NOBODY)


def test_a_folder_that_may_not_be_written(ledger: Ledger, nursery: Nursery, reachable: Path) -> None:
    book = ledger.copy(reachable / "book")
    owned_by_the_user(book)
    book.parent.chmod(0o555)
    said = refused(nursery, book)
    assert said == (
        "failed No permission to write huikuan-demo.xlsx or its folder. Check the rights, "
        "or write elsewhere with --out."
    )
    assert book.read_bytes() == ledger.old and leftovers(reachable) == []


def test_a_file_that_is_read_only(ledger: Ledger, nursery: Nursery, reachable: Path) -> None:
    book = ledger.copy(reachable / "book")
    for path in (book, book.parent):
        owned_by_the_user(path)
    book.chmod(0o444)
    said = refused(nursery, book)
    assert said == (
        "failed huikuan-demo.xlsx is read-only. Make it writable, or write to another file with --out."
    )
    assert book.read_bytes() == ledger.old and leftovers(reachable) == []


def test_a_folder_of_backups_that_may_not_be_written(
    ledger: Ledger, nursery: Nursery, reachable: Path
) -> None:
    book = ledger.copy(reachable / "book")
    for path in (book, book.parent, *book.parent.rglob("*")):
        owned_by_the_user(path)
    (book.parent / ".huikuan").chmod(0o555)
    said = refused(nursery, book)
    assert said.startswith("failed No permission to write huikuan-demo.xlsx or its folder.")
    assert book.read_bytes() == ledger.old and leftovers(reachable) == []


def test_a_book_that_may_not_be_read(ledger: Ledger, nursery: Nursery, reachable: Path) -> None:
    book = ledger.copy(reachable / "book")
    book.chmod(0o000)
    said = refused(nursery, book)
    assert said.startswith("failed ") and "huikuan-demo.xlsx" in said and "\n" not in said
    assert leftovers(reachable) == []
    book.chmod(0o644)
    assert book.read_bytes() == ledger.old
