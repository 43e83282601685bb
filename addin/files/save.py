"""Saves an edited workbook so that at every moment the whole old or the whole new book is there."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from addin.files.locks import foreign_lock, only_run
from addin.files.package.edits import Edits, PatchReport
from addin.files.package.patch import patch
from addin.files.package.problem import PackageError
from addin.files.package.verify import verify
from addin.files.parts import is_signed
from addin.model.finding import LedgerError
from addin.model.text import Text

STATE_FOLDER = ".huikuan"
KEPT_BACKUPS = 10
_TEMP = ".~huikuan-"
_TRIES, _FIRST_PAUSE = 5, 0.1
_SURELY_DEAD = 3600
"""Seconds after which a temporary file without a lock is a leftover."""

Write = Callable[[Path, Path, Edits], PatchReport]
"""Makes the new book (second path) of the old one (first)."""


class SaveError(Exception):
    """A book that could not be saved; it is as it was. `problem` says what, where and how to mend it."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


@dataclass(frozen=True)
class Stamp:
    """By what a change of a file shows."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True)
class Saved:
    """What a save did: where the book is now, which parts changed, and the backup of before."""

    book: Path
    report: PatchReport
    backup: Path | None


def stamp(book: Path) -> Stamp:
    """The stamp of a book, to be taken before it is read. Raises SaveError if there is no such file."""
    with _explained(book):
        found = book.stat()
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def state_folder(book: Path) -> Path:
    """Where backups and the lock of a book live: `.huikuan` beside the real file."""
    return book.resolve().with_name(STATE_FOLDER)


def backups(book: Path, folder: Path) -> list[Path]:
    """The book's backups in `folder`, the oldest first (their run labels sort by time)."""
    real = book.resolve()
    if not folder.is_dir():
        return []
    found = (
        path
        for path in folder.iterdir()
        if path.stem.rpartition("~")[0] == real.stem and path.suffix == real.suffix
    )
    return sorted(found, key=_age)


def _age(backup: Path) -> tuple[str, int]:
    """The run's label, and the number where a label stands again."""
    label, _, number = backup.stem.rpartition("~")[2].partition(".")
    return label, int(number) if number.isdecimal() else 1


def save(
    book: Path,
    edits: Edits,
    *,
    read_stat: Stamp,
    backup_dir: Path | None,
    run: str = "run",
    out: Path | None = None,
    write: Write | None = None,
) -> Saved:
    """Writes the edits into the book.

    read_stat   stamp of the book from before it was read: a book changed since then is not written
    backup_dir  where a copy of the old book goes (the newest 10 stay), None: no backup
    run         label of this run in the backup's name; labels sort by time
    out         write here and leave the book alone (no backup then)
    write       makes the new book (second path) of the old one (first): `patch` where nothing else is given

    An edit that changes no byte writes nothing and makes no backup. Raises SaveError; the book is then
    as it was.
    """
    with _explained(book):
        real = book.resolve(strict=True)
        target = (out or real).resolve()
        _refuse_unwritable(real, target)
        if target != real:
            return _save_elsewhere(real, target, edits, read_stat, write or patch)
        _refuse_open(book.absolute(), real)
        _refuse_signed(real)
        with only_run(_lock_file(real)) as ours:
            if not ours:
                raise SaveError(_busy(real))
            return _save_in_place(real, edits, read_stat, backup_dir, run, write or patch)


def _save_elsewhere(real: Path, target: Path, edits: Edits, read_stat: Stamp, write: Write) -> Saved:
    _refuse_open(target)
    _sweep(target.parent, target, older_than=_SURELY_DEAD)
    with _prepared(real, target, edits, read_stat, write) as (temp, report):
        _replace(temp, target)
        _sync_folder(target.parent)
        return Saved(target, report, None)


def _save_in_place(
    real: Path, edits: Edits, read_stat: Stamp, backup_dir: Path | None, run: str, write: Write
) -> Saved:
    _sweep(real.parent, real)
    with _prepared(real, real, edits, read_stat, write) as (temp, report):
        if not report.changed:
            return Saved(real, report, None)
        backup = None if backup_dir is None else _backup(real, backup_dir, run)
        try:
            _refuse_open(real)
            _refuse_changed(real, read_stat)
            _replace(temp, real)
        except BaseException:
            if backup:
                with suppress(OSError):
                    backup.unlink(missing_ok=True)
            raise
        _sync_folder(real.parent)
        if backup is not None:
            with suppress(OSError):
                _drop_old(real, backup)
        return Saved(real, report, backup)


@contextmanager
def _prepared(
    real: Path, target: Path, edits: Edits, read_stat: Stamp, write: Write
) -> Iterator[tuple[Path, PatchReport]]:
    """The new book under a temporary name beside the target, on the disk and checked."""
    _refuse_changed(real, read_stat)
    with _temporary(target) as temp:
        report = write(real, temp, edits)
        if report.changed or target != real:
            _sync(temp)
            verify(real, temp, report)
        _keep_rights(real, temp)
        yield temp, report


def _lock_file(target: Path) -> Path:
    return state_folder(target) / f"{_mark(target)}.lock"


def _mark(book: Path) -> str:
    """A short name for a book's temporary files, whatever the length of its own."""
    return hashlib.sha256(book.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@contextmanager
def _temporary(book: Path, folder: Path | None = None) -> Iterator[Path]:
    path = (folder or book.parent) / f"{_TEMP}{_mark(book)}-{secrets.token_hex(4)}.tmp"
    try:
        yield path
    finally:
        with suppress(OSError):  # a virus scanner may hold it: the next run sweeps
            path.unlink(missing_ok=True)


def _sweep(folder: Path, book: Path, older_than: float = 0) -> None:
    """Removes what a killed run left: the book's lock is held, so no run that lives owns these.

    Without the lock only what has not been touched for some seconds can be a dead run's.
    """
    for path in folder.glob(f"{_TEMP}{_mark(book)}-*.tmp"):
        try:
            if not older_than or time.time() - path.stat().st_mtime > older_than:
                path.unlink()
        except OSError:
            continue


def _refuse_unwritable(real: Path, target: Path) -> None:
    if not real.is_file():
        raise SaveError(
            Text(
                f"{real.name} 不是文件。请给出一个 .xlsx 或 .xlsm 工作簿。",
                f"{real.name} is not a file. Name an .xlsx or .xlsm workbook.",
            )
        )
    if target.exists() and not (target.stat().st_mode & stat.S_IWUSR and os.access(target, os.W_OK)):
        raise SaveError(
            Text(
                f"{target.name} 是只读文件。请在文件属性中取消只读，或用 --out 写到另一个文件。",
                f"{target.name} is read-only. Make it writable, or write to another file with --out.",
            )
        )


def _refuse_open(*books: Path) -> None:
    for path in dict.fromkeys(books):
        problem = foreign_lock(path)
        if problem:
            raise SaveError(problem)


def _refuse_signed(real: Path) -> None:
    """Before anything is put beside the book. What is no workbook at all, the writer tells."""
    signed = False
    with suppress(LedgerError):
        signed = is_signed(real)
    if signed:
        raise SaveError(
            Text(
                f"{real.name} 带有数字签名，写入会使签名失效。请在 Excel 中移除签名（文件 - 信息）后再试。",
                f"{real.name} is digitally signed, and writing would break the signature. "
                "Remove the signature in Excel (File, Info) and try again.",
            )
        )


def _refuse_changed(real: Path, read_stat: Stamp) -> None:
    if stamp(real) != read_stat:
        raise SaveError(
            Text(
                f"{real.name} 在读取之后被别人改动过，本次没有写入。请重新运行。",
                f"{real.name} was changed by someone else after it was read; nothing was written. Run again.",
            )
        )


def _busy(target: Path) -> Text:
    return Text(
        f"另一个回款进程正在处理 {target.name}。请等它结束后再试。",
        f"Another run is working on {target.name}. Wait until it ends and try again.",
    )


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable where the system lets a folder be synced (not on Windows)."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _keep_rights(real: Path, temp: Path) -> None:
    shutil.copymode(real, temp)
    if sys.platform != "win32":
        owner = real.stat()
        try:
            os.chown(temp, owner.st_uid, owner.st_gid)
        except OSError:
            return


def keep_copy(book: Path, folder: Path, run: str, copy: Callable[[Path], object]) -> Path:
    """A backup of a book that is open in another program: `copy` has that program put it at the path given.

    The newest 10 stay. Raises SaveError, and there is then no backup.
    """
    with _explained(book):
        real = book.resolve()
        backup = _backup(real, folder, run, lambda _, temp: copy(temp))
        with suppress(OSError):
            _drop_old(real, backup)
        return backup


def _backup(real: Path, folder: Path, run: str, copy: Callable[[Path, Path], object] = shutil.copy2) -> Path:
    """A copy of the book under the run's label; complete or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder, real)
    name = folder / f"{real.stem}~{_new_label(real, folder, run)}{real.suffix}"
    with _temporary(real, folder) as temp:
        copy(real, temp)
        _sync(temp)
        os.replace(temp, name)
    return name


def _new_label(real: Path, folder: Path, run: str) -> str:
    """The run's label; with the next number where it stands already."""
    label = run.replace("~", "-").replace(".", "-")
    number = (
        max((number for known, number in map(_age, backups(real, folder)) if known == label), default=0) + 1
    )
    return f"{label}.{number}" if number > 1 else label


def _drop_old(real: Path, newest: Path) -> None:
    """Only the newest backups stay; the one just made is the newest, even if the clock was put back."""
    older = [path for path in backups(real, newest.parent) if path != newest]
    for path in older[: 1 - KEPT_BACKUPS]:
        try:
            path.unlink()
        except OSError:
            continue


def _replace(temp: Path, target: Path) -> None:
    """Puts the new book in place; Windows refuses while a program holds the old one, so it tries again."""
    for attempt in range(_TRIES):
        try:
            os.replace(temp, target)
            return
        except PermissionError:
            time.sleep(_FIRST_PAUSE * 2**attempt)
    pending = target.with_name(f"{target.stem}.pending{target.suffix}")
    os.replace(temp, pending)
    raise SaveError(
        Text(
            f"{target.name} 被其他程序占用，无法替换。新内容已存为 {pending.name}："
            "关闭占用的程序后再运行一次，或用它替换原文件。",
            f"{target.name} is held by another program and could not be replaced. The new contents are in "
            f"{pending.name}: close that program and run again, or put this file in its place.",
        )
    )


@contextmanager
def _explained(book: Path) -> Iterator[None]:
    """Turns what the system and the package say into one clear line."""
    try:
        yield
    except PackageError as error:
        problem = Text(f"{book.name}：{error.problem.zh}", f"{book.name}: {error.problem.en}")
        raise SaveError(problem) from error
    except OSError as error:
        raise SaveError(_system_problem(book, error)) from error


def _system_problem(book: Path, error: OSError) -> Text:
    if isinstance(error, FileNotFoundError):
        path = error.filename or book
        return Text(
            f"找不到 {path}。请检查路径和文件名。", f"There is no {path}. Check the folder and the name."
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        return Text(
            f"磁盘已满，{book.name} 没有写入。请腾出空间后再试。",
            f"The disk is full; {book.name} was not written. Free some space and try again.",
        )
    if isinstance(error, PermissionError):
        return Text(
            f"没有权限写入 {book.name} 所在的文件夹或文件。请检查权限，或用 --out 写到别处。",
            f"No permission to write {book.name} or its folder. Check the rights, "
            "or write elsewhere with --out.",
        )
    reason = error.strerror or str(error)
    return Text(
        f"{book.name} 无法保存（{reason}），工作簿保持不变。请检查磁盘或网络后再试。",
        f"{book.name} could not be saved ({reason}); the workbook is as it was. "
        "Check the disk or network and try again.",
    )
