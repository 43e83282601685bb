"""Children for killing: one process imports everything once and forks a child for each job.

Started as ``python -m tests.faults.nursery`` by `Nursery`. A job is a JSON line on standard input; the answers
are lines on standard output: ``pid N``, then from the child ``saving`` when a refresh has computed all and begins
to save, ``saved SECONDS CALLS STEPS`` or ``failed MESSAGE`` with the message in English, ``idle`` where there was
nothing to write; at last ``ended STATUS``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.faults import disk
from tests.tools import ROOT

POSIX = hasattr(os, "fork")


class Nursery:
    """The side of the test."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self._line() == "ready"

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def run(self, book: Path, **job: Any) -> str:
        """A refresh of the book in a child of its own; what it said last, or ``killed``."""
        self._start(book, job)
        return self._end()

    def kill(self, book: Path, after: float, **job: Any) -> str:
        """The same, killed so many seconds after its save began."""
        pid = self._start(book, job)
        said = self._line()
        if said == "saving":
            time.sleep(after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            return self._end()
        return self._end(said)

    def _start(self, book: Path, job: dict[str, Any]) -> int:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"book": str(book), **job}) + "\n")
        self._process.stdin.flush()
        return int(self._line().removeprefix("pid "))

    def _end(self, said: str = "") -> str:
        while not (line := self._line()).startswith("ended"):
            said = line
        return said if line == "ended 0" else "killed"

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the nursery ended"
        return line.rstrip("\n")


def main() -> None:
    """Forks a child for each job and waits for it, so that no two run at once."""
    _warm_up()
    _tell("ready")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            status = 1
            try:
                _work(json.loads(line))
                status = 0
            finally:
                os._exit(status)
        _tell(f"pid {child}")
        _, status = os.waitpid(child, 0)
        _tell(f"ended {status}")


def _warm_up() -> None:
    """A refresh with all that it imports, so that children neither wait for it nor need rights to read it."""
    from addin.service.demo import make_demo

    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder), "en", today=date(2026, 6, 30), now=datetime(2030, 1, 1), by="nursery")


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _work(job: dict[str, Any]) -> None:
    time.sleep(0.005)  # the line with the pid comes first
    counted = disk.Disk(job.get("at", disk.NEVER), disk.death if job.get("fault") == "death" else disk.full)
    _limits(job)
    try:
        _tell(_refreshed(job, counted))
    except Exception as error:
        problem = getattr(error, "problem", None)
        _tell(f"failed {problem.en if problem else repr(error)}")


def _limits(job: dict[str, Any]) -> None:
    """The child alone gets smaller files or lower rights."""
    if "largest" in job:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest"], job["largest"]))
    if "user" in job:
        os.setgroups([])
        os.setgid(job["user"])
        os.setuid(job["user"])


def _refreshed(job: dict[str, Any], counted: disk.Disk) -> str:
    from addin.service import books

    began = 0.0
    save = books.save

    def told(*more: Any, **named: Any) -> Any:
        nonlocal began
        counted.install()
        _tell("saving")
        began = time.perf_counter()
        return save(*more, **named)

    books.save = told  # type: ignore[assignment]  # the child's own
    day = date.fromisoformat(job["as_of"])
    report = books.refresh_book(
        Path(job["book"]), today=day, now=datetime(2030, 1, 1, 10), by="child", as_of=day,
        out=Path(job["out"]) if "out" in job else None,
    )  # fmt: skip
    if report.written is None:
        return "idle"
    seconds = time.perf_counter() - began
    return f"saved {seconds:.4f} {counted.calls} {','.join(map(str, counted.steps))}"


if __name__ == "__main__":
    main()
