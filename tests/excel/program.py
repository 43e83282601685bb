"""Starts LibreOffice on a profile of its own with the worker beside it, and ends just these two."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.tools import kill_group, missing, program

WORKER = Path(__file__).with_name("worker_link.py")
START = 120.0
ANSWER = 300.0
"""Seconds after which LibreOffice counts as hung; a crowded machine needs many of them for a large book."""


class WorkerFault(Exception):
    """What the worker could not do."""


def office_python() -> str:
    """A Python that has LibreOffice's bridge: this one, the one beside soffice, or the system's."""
    beside = Path(program("soffice")).resolve().parent
    for candidate in (sys.executable, str(beside / "python"), str(beside / "python.exe"), "/usr/bin/python3"):
        with contextlib.suppress(OSError):
            done = subprocess.run([candidate, "-c", "import uno"], capture_output=True, timeout=60)
            if done.returncode == 0:
                return candidate
    missing("a Python with LibreOffice's bridge (python3-uno)")


class Worker:
    """The other end of the worker's JSON lines. ``moves`` counts the calls that moved sheets or tables."""

    moves = 0

    def __init__(self, process: subprocess.Popen[str], office: subprocess.Popen[bytes]) -> None:
        self._process, self._office = process, office
        self._answer(START)

    @property
    def pid(self) -> int:
        return self._office.pid

    def __call__(self, do: str, **arguments: Any) -> Any:
        """Have the worker do something. WorkerFault: it could not, or LibreOffice hung and was ended."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()
        return self._answer(ANSWER)

    def _answer(self, seconds: float) -> Any:
        assert self._process.stdout is not None
        end = threading.Timer(seconds, self.kill)
        end.start()
        try:
            line = self._process.stdout.readline()
        finally:
            end.cancel()
        if not line:
            raise WorkerFault("LibreOffice or its worker ended (see the captured output)")
        answer = json.loads(line)
        self.moves += answer.get("moved", False)
        if "fault" in answer:
            raise WorkerFault(answer["fault"])
        return answer["is"]

    @property
    def ended(self) -> bool:
        """Whether both programs are gone."""
        return None not in (self._process.poll(), self._office.poll())

    def kill(self) -> None:
        kill_group(self._process)
        kill_group(self._office)


def _environment(soffice: str) -> dict[str, str]:
    """What is said to this Python is not said to LibreOffice's own, which takes the first python3 on the path for its
    home: an environment or a version manager there would lend it a library that is not its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if os.name != "nt":
        environment["PATH"] = os.pathsep.join([str(Path(soffice).parent), os.defpath])
    return environment


@contextlib.contextmanager
def running_office(profile: Path) -> Iterator[Worker]:
    """LibreOffice without a window, for as long as the block runs."""
    soffice, python, pipe = program("soffice"), office_python(), f"huikuan-{uuid.uuid4().hex}"
    environment = _environment(soffice)
    office = subprocess.Popen(
        [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    process = subprocess.Popen(
        [python, str(WORKER), pipe, str(START)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )
    try:
        worker = Worker(process, office)
        yield worker
        with contextlib.suppress(WorkerFault, OSError):
            worker("quit")
            office.wait(30)
    finally:
        for started in (process, office):
            kill_group(started)
            started.wait(30)
