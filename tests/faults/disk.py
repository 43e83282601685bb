"""A disk that fails, or a process that dies, at one chosen call: every write, sync, copy and rename counts."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

NEVER = 1 << 60


class Disk:
    """Stands between the program and its disk and counts; ``trouble`` happens at call number ``at`` (from 1)."""

    def __init__(self, at: int, trouble: Callable[[], None]) -> None:
        self.at, self.trouble, self.calls = at, trouble, 0
        self.steps: list[int] = []

    def call(self, step: bool = True) -> None:
        """One more call; ``step`` where it is more than the next piece of a file."""
        self.calls += 1
        if step:
            self.steps.append(self.calls)
        if self.calls == self.at:
            self.trouble()

    def install(self) -> None:
        """For the rest of the process: this is for a child that is about to end."""
        for name in ("replace", "fsync", "sendfile", "unlink", "mkdir", "chmod"):
            if hasattr(os, name):
                setattr(os, name, self._counted(getattr(os, name)))
        opened = Path.open

        def open_counted(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
            if not set(mode) & set("wax+"):
                return opened(path, mode, *more, **named)
            self.call()
            return _Written(opened(path, mode, *more, **named), self)

        Path.open = open_counted  # type: ignore[method-assign]  # the child's own Path

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*more: Any, **named: Any) -> Any:
            self.call()
            return function(*more, **named)

        return counted


class _Written:
    """A file open for writing; trouble strikes when half of what is written is out."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: bytes) -> int:
        half = len(data) // 2
        self._file.write(data[:half])
        if self._disk.calls + 1 == self._disk.at:
            self._file.flush()
        self._disk.call(step=False)
        self._file.write(data[half:])
        return len(data)

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def full() -> None:
    """What a system says whose disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def death() -> None:
    """The process ends here and now, as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)
