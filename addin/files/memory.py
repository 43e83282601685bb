"""What the add-in last wrote, remembered beside the book as arrays: so that a typed-over cell can be told."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np

from addin.files.save import state_folder


def memory_file(book: Path) -> Path:
    """Where the memory of a book lies: in its state folder."""
    return state_folder(book) / f"{book.resolve().name}.written.npz"


def _older_file(book: Path) -> Path:
    """Where the memory of the run before lies."""
    return memory_file(book).with_suffix(".before.npz")


def remember(book: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Keeps the arrays, whole or not at all, and those of the run before; older ones go.

    A folder that cannot be written is no reason to fail.
    """
    target = memory_file(book)
    temp = target.with_suffix(".tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temp.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        if target.exists():
            os.replace(target, _older_file(book))
        os.replace(temp, target)
    except OSError:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def recall(book: Path) -> dict[str, np.ndarray]:
    """The arrays remembered for a book; none where there is no memory or it cannot be read."""
    return _loaded(memory_file(book))


def recall_older(book: Path) -> dict[str, np.ndarray]:
    """The arrays of the run before the last."""
    return _loaded(_older_file(book))


def _loaded(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
