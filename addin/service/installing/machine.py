"""What installing needs to know of a machine, asked once: so that a test can describe a machine that is not there."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import addin

System = Literal["windows", "macos", "other"]
_SYSTEMS: Final[Mapping[str, System]] = {"win32": "windows", "darwin": "macos"}
_PATIENCE: Final = 60
"""Seconds for a program to answer; a first start of Python under a virus scanner takes its time."""


@dataclass(frozen=True)
class Machine:
    """A machine with one person logged in.

    ``interpreter`` is the Python that runs this, not resolved: a virtual environment's is a link. ``packages`` is
    the folder that our package is imported from, ``base`` the installation that the environment was made of.
    ``code_page`` is how Excel's macros read text files. ``registry`` gives the values of a key of Windows' registry
    (`HKCU\\...`), none where there is no such key; ``run`` what a program printed, None where it failed.
    """

    system: System
    home: Path
    interpreter: str
    packages: str
    base: str
    code_page: str
    variables: Mapping[str, str]
    registry: Callable[[str], Mapping[str, Any]]
    run: Callable[[Sequence[str]], str | None]
    programs: Path = Path("/Applications")
    """Where macOS keeps programs."""


def this_machine() -> Machine:
    """The machine that this runs on."""
    system = _SYSTEMS.get(sys.platform, "other")
    return Machine(
        system=system,
        home=Path.home(),
        interpreter=sys.executable or "",
        packages=str(Path(addin.__file__).resolve().parents[1]),
        base=sys.base_prefix,
        code_page="mbcs" if system == "windows" else "ascii",
        variables=os.environ,
        registry=_registry,
        run=_run,
    )


def _run(command: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            errors="replace",
            timeout=_PATIENCE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black window beside Excel
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return None if done.returncode else done.stdout


def _registry(key: str) -> Mapping[str, Any]:
    """Both views of a key count: a 64-bit Windows keeps the keys of 32-bit programs apart."""
    try:
        winreg: Any = importlib.import_module("winreg")
    except ImportError:
        return {}
    root, _, path = key.partition("\\")
    found: dict[str, Any] = {}
    for view in (winreg.KEY_WOW64_32KEY, winreg.KEY_WOW64_64KEY):
        with (
            suppress(OSError),
            winreg.OpenKey(getattr(winreg, _ROOTS[root]), path, 0, winreg.KEY_READ | view) as opened,
        ):
            for place in range(winreg.QueryInfoKey(opened)[1]):
                name, value, _kind = winreg.EnumValue(opened, place)
                found[name] = value
    return found


_ROOTS: Final = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}
