"""Who has a workbook open: Excel, LibreOffice, or another run of ours."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from addin.model.text import Text

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def foreign_lock(book: Path) -> Text | None:
    """Says who holds the book by the lock files that Excel (`~$name`) and LibreOffice
    (`.~lock.name#`) leave beside it; None if nobody does."""
    for lock, program, owner in (
        (book.with_name(f"~${book.name}"), "Excel", _excel_owner),
        (book.with_name(f".~lock.{book.name}#"), "LibreOffice", _office_owner),
    ):
        if lock.exists():
            who = owner(lock)
            return Text(
                f"{book.name} 正在 {program} 中打开{f'（{who}）' if who else ''}。请先关闭；"
                f"如果没有人打开它，请删除文件 {lock.name} 后再试。",
                f"{book.name} is open in {program}{f' ({who})' if who else ''}. Close it first; "
                f"if nobody has it open, delete the file {lock.name} and try again.",
            )
    return None


def _excel_owner(lock: Path) -> str:
    """The user's name: one byte of length, then the name; elsewhere unreadable while Excel holds it."""
    try:
        raw = lock.read_bytes()
    except OSError:
        return ""
    return raw[1 : 1 + raw[0]].decode("utf-8", "replace").strip() if raw else ""


def _office_owner(lock: Path) -> str:
    """Fields apart by commas: name, system user, host, time, profile."""
    try:
        fields = lock.read_text("utf-8", "replace").split(",")
    except OSError:
        return ""
    return " ".join(field.strip() for field in fields[:3] if field.strip())


@contextmanager
def only_run(lock_file: Path) -> Iterator[bool]:
    """Holds the lock of a book for one run; gives False at once if another run has it.

    The system drops the lock when a process ends, however it ends, so there are no stale locks; the
    empty lock file stays.
    """
    lock_file.parent.mkdir(exist_ok=True)
    with lock_file.open("a+b") as file:
        held = _take(file)
        try:
            yield held
        finally:
            if held:
                _release(file)


if sys.platform == "win32":

    def _take(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:  # a file system without locks: the stamp still guards the book
            return error.errno not in (errno.EACCES, errno.EDEADLK)
        return True

    def _release(file: BinaryIO) -> None:
        file.seek(0)
        with suppress(OSError):  # none was taken where there are none
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:  # a file system without locks: the stamp still guards the book
            return error.errno not in (errno.EAGAIN, errno.EACCES)
        return True

    def _release(file: BinaryIO) -> None:
        with suppress(OSError):  # none was taken where there are none
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)
