"""Windows and macOS machines that are folders: home, programs and registry as a test wants them.

Their Python is a script that starts the one that runs the tests, so that what is asked of it is really asked.
"""

from __future__ import annotations

import os
import plistlib
import shlex
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import addin
from addin.service.installing.machine import Machine, this_machine

CLICK_TO_RUN = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
EXCEL = {
    "HKCR\\Excel.Application\\CurVer": {"": "Excel.Application.16"},
    CLICK_TO_RUN: {"VersionToReport": "16.0.17928.20156", "Platform": "x64"},
}
"""What a Windows with Excel has in its registry."""


def windows(
    folder: Path,
    *,
    user: str = "wang",
    code_page: str = "cp1252",
    registry: Mapping[str, Mapping[str, Any]] = EXCEL,
    open_now: bool = False,
    base: str = "C:\\Python313",
    variables: Mapping[str, str] | None = None,
) -> Machine:
    """A Windows with Excel and an environment in the home folder, libraries and all."""
    home = folder / "Users" / user
    environment = home / "huikuan env"
    python = _python(environment / "Scripts" / "python.exe")
    (environment / f"xlwings64-{version('xlwings')}.dll").write_bytes(b"MZ")
    return Machine(
        system="windows",
        home=home,
        interpreter=str(python),
        packages=str(_packages(environment / "Lib", "win32com")),
        base=base,
        code_page=code_page,
        variables={
            "APPDATA": str(home / "AppData" / "Roaming"),
            "SESSIONNAME": "Console",
            **(variables or {}),
        },
        registry=lambda key: registry.get(key, {}),
        run=_answering('"EXCEL.EXE","4711","Console","1","210,000 K"\n' if open_now else "INFO: No tasks.\n"),
    )


def macos(folder: Path, *, open_now: bool = False, installed: bool = True, has_run: bool = True) -> Machine:
    """A macOS with Excel."""
    home, programs = folder / "Users" / "wang", folder / "Applications"
    python = _python(home / "huikuan" / "bin" / "python")
    if installed:
        facts = programs / "Microsoft Excel.app" / "Contents" / "Info.plist"
        facts.parent.mkdir(parents=True)
        facts.write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.89.1"}))
    if has_run:
        (home / "Library/Containers/com.microsoft.Excel/Data").mkdir(parents=True)
    return Machine(
        system="macos",
        home=home,
        interpreter=str(python),
        packages=str(_packages(home / "huikuan" / "lib", "appscript")),
        base="/usr/local",
        code_page="ascii",
        variables={},
        registry=lambda key: {},
        run=_answering("4711\n" if open_now else None),
        programs=programs,
    )


def files_below(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, without Python's own."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }


def _python(place: Path) -> Path:
    place.parent.mkdir(parents=True)
    place.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    return place


def _packages(place: Path, *others: str) -> Path:
    """Our package in a folder of its own, for a checkout may lie anywhere; and what only those systems have."""
    place.mkdir()
    os.symlink(Path(addin.__file__).resolve().parent, place / "addin", target_is_directory=True)
    for each in others:
        (place / f"{each}.py").touch()
    return place


def _answering(about_excel: str | None) -> Any:
    real = this_machine().run

    def run(command: Sequence[str]) -> str | None:
        return about_excel if command[0] in ("tasklist", "pgrep") else real(command)

    return run
