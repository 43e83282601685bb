"""Puts finished files in place: made in a temporary folder beside the target, then moved; nothing is written over.

A file that is there with the same bytes is left alone. With other bytes (somebody may have edited it) the new one
gets the next free number.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MOST: Final = 1000
"""Numbers that are tried before giving up."""


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A temporary folder inside ``folder`` (made where it is missing), gone afterwards.

    Folders that were made for nothing go as well. OSError where it cannot be written.
    """
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".huikuan-", dir=folder, ignore_cleanup_errors=True) as work:
            yield Path(work)
    finally:
        for each in made:  # the innermost first; one that holds something stays
            with contextlib.suppress(OSError):
                each.rmdir()


def put(file: Path, folder: Path) -> Path:
    """Moves a finished file or folder into ``folder`` under its own name, or the next that is free; where it is now."""
    for number in range(1, MOST):
        target = folder / _numbered(file, number)
        if not os.path.lexists(target):
            _move(file, target)
            return target
        if _same(file, target):
            return target
    raise FileExistsError(str(folder / file.name))


def _numbered(file: Path, number: int) -> str:
    if number == 1:
        return file.name
    return f"{file.name} ({number})" if file.is_dir() else f"{file.stem} ({number}){file.suffix}"


def _move(file: Path, target: Path) -> None:
    """A rename where nothing stands. Somebody who was quicker keeps what is theirs (POSIX would replace it)."""
    if file.is_dir():
        os.rename(file, target)  # a folder that holds something is refused by every system
        return
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        shutil.move(file, target)
    else:
        file.unlink()


def _same(file: Path, target: Path) -> bool:
    if file.is_dir():
        return target.is_dir() and _same_tree(file, target)
    return target.is_file() and filecmp.cmp(file, target, shallow=False)


def _same_tree(one: Path, other: Path) -> bool:
    names = {path.relative_to(one) for path in one.rglob("*")}
    if names != {path.relative_to(other) for path in other.rglob("*")}:
        return False
    return all(_same(one / name, other / name) for name in names if (one / name).is_file())
