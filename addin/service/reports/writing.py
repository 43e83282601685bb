"""Puts finished files in place; nothing is written over.

A file that is there with the same bytes is left alone. With other bytes (somebody may have edited it) the new one
gets the next free number.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

MOST: Final = 1000
"""Numbers that are tried before giving up."""


def put(files: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Moves finished files and folders into ``folder`` under their own names; where they are now.

    What belongs together bears the same number: the first under which each is free, or is there with the same bytes.
    """
    for number in range(1, MOST):
        targets = [folder / _numbered(file, number) for file in files]
        if all(
            not os.path.lexists(target) or _same(file, target)
            for file, target in zip(files, targets, strict=True)
        ):
            for file, target in zip(files, targets, strict=True):
                if not os.path.lexists(target):
                    _move(file, target)
            return tuple(targets)
    raise FileExistsError(str(folder / files[0].name))


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
