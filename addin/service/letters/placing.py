"""Files put where they belong: made in a folder out of sight, moved in together, and out again if it comes to that."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from addin.model.finding import LedgerError
from addin.model.text import Text

_HIDDEN: Final = ".~huikuan-letters-"
_SURELY_DEAD: Final = 86_400
"""Seconds."""


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A folder beside ``target`` for files on their way there; it goes when they are there, or never will be.

    LedgerError where no folder can be made there.
    """
    if target.exists() and not target.is_dir():
        raise LedgerError("not_a_folder", _not_a_folder(target))
    place = target.absolute()
    while not place.is_dir():
        place = place.parent
    _sweep(place)
    try:
        folder = Path(tempfile.mkdtemp(prefix=_HIDDEN, dir=place))
    except OSError as error:
        raise LedgerError("unwritable", _unwritable(place, error)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Removes what killed runs left: no run takes that long."""
    for old in place.glob(f"{_HIDDEN}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _SURELY_DEAD:
                shutil.rmtree(old, ignore_errors=True)


@dataclass
class _Moves:
    """What was done to the target, so that it can be undone."""

    folders: list[Path] = field(default_factory=list)
    placed: list[Path] = field(default_factory=list)
    aside: list[tuple[Path, Path]] = field(default_factory=list)

    def take_back(self) -> None:
        for path in self.placed:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        for now, before in reversed(self.aside):
            with suppress(OSError):
                os.replace(now, before)
        for folder in self.folders:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def placed(
    made: Path,
    names: Sequence[str],
    target: Path,
    durable: bool = False,
    recorded: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """The files of ``made`` under their names in ``target``; where the block fails they are taken away again.

    They stay where somebody interrupts it and ``recorded`` tells that what they belong to was saved already.
    A file of the same name and other contents is kept, under a name with a number. ``durable``: they are on the
    disk, come what may, before the block runs: what it writes speaks of them. LedgerError where the folder
    cannot be written; it is then as it was.
    """
    moves = _Moves()
    try:
        try:
            _make_folder(target, moves)
            for name in names:
                _move(made / name, target / name, moves, durable)
        except OSError as error:
            raise LedgerError("unwritable", _unwritable(target, error)) from error
        yield
    except Exception:
        moves.take_back()
        raise
    except BaseException:
        if not recorded():
            moves.take_back()
        raise


def _make_folder(target: Path, moves: _Moves) -> None:
    missing = [each for each in (target, *target.parents) if not each.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        moves.folders.insert(0, folder)


def _move(source: Path, goal: Path, moves: _Moves, durable: bool) -> None:
    if durable:
        with source.open("r+b") as file:
            os.fsync(file.fileno())
    if goal.exists():
        if _same(source, goal):
            return
        kept = _free_name(goal)
        os.replace(goal, kept)
        moves.aside.append((kept, goal))
    os.replace(source, goal)
    moves.placed.append(goal)


def _free_name(path: Path) -> Path:
    number = 1
    while (free := path.with_stem(f"{path.stem} ({number})")).exists():
        number += 1
    return free


def _same(one: Path, two: Path) -> bool:
    if not two.is_file() or one.stat().st_size != two.stat().st_size:
        return False
    return one.read_bytes() == two.read_bytes()


def _unwritable(folder: Path, error: OSError) -> Text:
    reason = error.strerror or type(error).__name__
    return Text(
        f"文件夹 {folder} 无法写入（{reason}）；没有留下任何文件。请检查权限，或用 --out 指定别的文件夹。",
        f"The folder {folder} cannot be written ({reason}); no file was left there. "
        "Check the permissions, or name another folder by --out.",
    )


def _not_a_folder(path: Path) -> Text:
    return Text(
        f"{path} 是文件，不是文件夹。请用 --out 指定文件夹。",
        f"{path} is a file, not a folder. Name a folder by --out.",
    )
