"""The programs and data that tests lean on beside Python: found, or the test says what is missing.

A test that lacks one is skipped with the reason; under CI=true it fails, so that nothing goes unproved.
Only `../shared` may be absent there too: a plain clone has none.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

import addin

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("HUIKUAN_SHARED", ROOT.parent / "shared"))
TOOLS = Path(os.environ.get("HUIKUAN_TOOLS", ROOT / ".tests"))
NO_SHARED = "no ../shared beside this checkout"
IN_CI = os.environ.get("CI") == "true"


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it under CI=true."""
    reason = f"{what} is not on this machine (tests/run installs it where it can)"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str) -> str:
    """The path of a program on PATH."""
    found = shutil.which(name)
    return found or missing(name)


def shared_folder() -> Path:
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


def run_bounded(command: list[str], seconds: float, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a program in a process group of its own; past the time limit just that group is killed."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        **more,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        kill_group(process)
        output, _ = process.communicate()
        raise AssertionError(f"{command[0]} took over {seconds:.0f} s:\n{output}") from None
    return subprocess.CompletedProcess(command, process.returncode, output)


def kill_group(process: subprocess.Popen[str]) -> None:
    if os.name == "nt":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Office:
    """LibreOffice without a window, on a profile of its own."""

    path: str
    profile: Path

    def __call__(self, source: Path, kind: str, folder: Path | None = None, seconds: float = 180) -> Path:
        """Convert a file to `kind` (pdf, xlsx, csv …) into `folder` (default: beside it); the file made.

        `kind` may carry LibreOffice's filter after a colon, as in `xlsx:Calc MS Excel 2007 XML`.
        """
        folder = folder or source.parent
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{source.stem}.{kind.partition(':')[0]}"
        assert made != source, "LibreOffice would write over its own source"
        made.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={self.profile.as_uri()}"
        command = [self.path, profile, "--headless", "--norestore", "--convert-to", kind]
        done = run_bounded([*command, "--outdir", str(folder), str(source)], seconds)
        assert made.is_file(), f"LibreOffice made no {made.name}:\n{done.stdout}"
        return made


def pictures(pdf: Path, folder: Path, dpi: int = 100, page: int | None = None) -> list[Path]:
    """The pages of a PDF (or the one page, counted from 1) as PNG files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    only = ["-f", str(page), "-l", str(page)] if page else []
    done = run_bounded(
        [program("pdftoppm"), "-png", "-r", str(dpi), *only, str(pdf), str(folder / pdf.stem)], 180
    )
    assert done.returncode == 0, done.stdout
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def validator_program() -> Path:
    """Microsoft's Open XML SDK as a native program."""
    system = {"linux": "linux", "darwin": "darwin", "windows": "win32"}.get(platform.system().lower(), "")
    machine = {"x86_64": "x64", "amd64": "x64", "arm64": "arm64", "aarch64": "arm64"}.get(
        platform.machine().lower(), ""
    )
    package = TOOLS / "validator" / "node_modules" / "@xarsh" / f"ooxml-validator-{system}-{machine}"
    for name in ("ooxml-validator", "ooxml-validator.exe"):
        if (package / name).is_file():
            return package / name
    return missing("the Open XML validator")


def validate(path: Path) -> list[dict[str, Any]]:
    """What the Open XML SDK says against an Office file; empty = sound."""
    command = [str(validator_program()), str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180)
    answer = json.loads(done.stdout)
    return list(answer["errors"])


@dataclass(frozen=True)
class Run:
    """What a run of the command line left."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.stdout)


def run_huikuan(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None, seconds: float = 300
) -> Run:
    """`huikuan ARGUMENTS` as a process of its own, on a machine that speaks UTF-8 and has no terminal."""
    package = Path(addin.__file__).resolve().parent.parent
    environment = os.environ | {"PYTHONPATH": str(package), "LC_ALL": "C.UTF-8"} | (env or {})
    done = subprocess.run(
        [sys.executable, "-m", "addin.hosts.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
    )
    return Run(done.returncode, done.stdout, done.stderr)
