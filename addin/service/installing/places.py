"""Where the add-in and what belongs to it lie on a machine, and how Excel is found there."""

from __future__ import annotations

import csv
import plistlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from addin.model.finding import LedgerError
from addin.model.text import Text
from addin.service.addin_build import ADDIN_NAME
from addin.service.installing.machine import Machine

SETTINGS_NAME: Final = "huikuan.conf"
RIBBON_KEY: Final = "HKCU\\Software\\VB and VBA Program Settings\\Huikuan"
"""Where the macros keep the language that was chosen in the ribbon, on Windows."""
_CONTAINER: Final = Path("Library/Containers/com.microsoft.Excel/Data")
_OFFICE_GROUP: Final = Path("Library/Group Containers/UBF8T346G9.Office")
_CLICK_TO_RUN: Final = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
_APP_PATH: Final = "\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"


@dataclass(frozen=True)
class Places:
    """The files of an installed add-in.

    ``addin`` is opened by Excel at each start, ``settings`` tells the macros which Python to run. ``script`` lets
    Excel for macOS start a program; it belongs to xlwings, and other add-ins may use it too.
    """

    addin: Path
    settings: Path
    script: Path | None = None


@dataclass(frozen=True)
class Excel:
    """An Excel; ``bits`` is 0 where the machine does not tell."""

    version: str
    bits: int = 0

    def __str__(self) -> str:
        return f"Excel {self.version}" + (f" ({self.bits}-bit)" if self.bits else "")


def places(machine: Machine) -> Places:
    """Where the files go; LedgerError on a machine that has no Excel."""
    if machine.system == "windows":
        return Places(
            appdata(machine) / "Microsoft" / "Excel" / "XLSTART" / ADDIN_NAME,
            machine.home / ".huikuan" / SETTINGS_NAME,
        )
    if machine.system == "macos":
        startup = _OFFICE_GROUP / "User Content.localized" / "Startup.localized" / "Excel"
        scripts = machine.home / "Library" / "Application Scripts" / "com.microsoft.Excel"
        return Places(
            machine.home / startup / ADDIN_NAME,
            machine.home / _CONTAINER / SETTINGS_NAME,
            scripts / f"xlwings-{version('xlwings')}.applescript",
        )
    raise no_excel(machine)


def appdata(machine: Machine) -> Path:
    """The person's folder of settings on Windows."""
    return Path(machine.variables.get("APPDATA") or machine.home / "AppData" / "Roaming")


def find_excel(machine: Machine) -> Excel | None:
    """The Excel of the machine."""
    if machine.system == "windows":
        return _excel_of_windows(machine)
    return _excel_of_macos(machine) if machine.system == "macos" else None


def _excel_of_windows(machine: Machine) -> Excel | None:
    current = str(machine.registry("HKCR\\Excel.Application\\CurVer").get("", ""))
    there = current or any(machine.registry(root + _APP_PATH) for root in ("HKLM", "HKCU"))
    if not there:
        return None
    installed = machine.registry(_CLICK_TO_RUN)
    number = str(installed.get("VersionToReport") or current.rpartition(".")[2] or "16")
    return Excel(number, {"x64": 64, "x86": 32}.get(str(installed.get("Platform", "")), 0))


def excel_from_the_store(machine: Machine) -> bool:
    """Whether this Excel came from Microsoft's store: Windows keeps it apart, and it cannot reach a Python."""
    keys = (machine.registry(root + _APP_PATH) for root in ("HKLM", "HKCU"))
    return any("windowsapps" in str(value).lower() for key in keys for value in key.values())


def _excel_of_macos(machine: Machine) -> Excel | None:
    for programs in (machine.programs, machine.home / "Applications"):
        facts = programs / "Microsoft Excel.app" / "Contents" / "Info.plist"
        if facts.is_file():
            return Excel(str(plistlib.loads(facts.read_bytes()).get("CFBundleShortVersionString", "")), 64)
    return None


def excel_has_run(machine: Machine) -> bool:
    """Whether the folder that the system makes for Excel at its first start is there; macOS alone needs it."""
    return machine.system != "macos" or (machine.home / _CONTAINER).is_dir()


def excel_is_open(machine: Machine) -> bool:
    """Whether Excel runs in this session; a system that does not tell counts as no.

    On a server that several people share, the Excel of another is none of ours.
    """
    if machine.system == "windows":
        listed = machine.run(["tasklist", "/NH", "/FO", "CSV", "/FI", "IMAGENAME eq EXCEL.EXE"])
        ours = machine.variables.get("SESSIONNAME")
        rows = [row for row in csv.reader((listed or "").splitlines()) if len(row) > 2]
        return any(row[0].lower() == "excel.exe" and ours in (None, "", row[2]) for row in rows)
    return machine.system == "macos" and bool(machine.run(["pgrep", "-x", "Microsoft Excel"]))


def library_names(excel: Excel | None) -> list[str]:
    """The libraries, of xlwings, that Excel for Windows loads: by its own bits, not by Python's; both where the
    machine does not tell.
    """
    bits = [excel.bits] if excel and excel.bits else [32, 64]
    return [f"xlwings{each}-{version('xlwings')}.dll" for each in bits]


def library_folders(interpreter: str) -> list[Path]:
    """Where the macros look for the libraries: beside python.exe and one folder up."""
    return [Path(interpreter).parent, Path(interpreter).parent.parent]


def clouds(machine: Machine) -> Iterator[Path]:
    """The folders that OneDrive keeps in step with its servers."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if value := machine.variables.get(name):
            yield Path(value)
    if machine.system == "macos":
        yield from sorted((machine.home / "Library" / "CloudStorage").glob("OneDrive*"))


def in_cloud(machine: Machine, path: str | Path) -> bool:
    """Whether a path lies in a folder that OneDrive keeps."""
    return any(Path(path).is_relative_to(cloud) for cloud in clouds(machine))


def no_excel(machine: Machine) -> LedgerError:
    """Why nothing can be installed: the system has no Excel, or none is on it."""
    if machine.system == "other":
        return LedgerError(
            "no_excel",
            Text(
                "这台机器上没有 Excel：加载项只能装在 Windows 或 macOS 上。命令行的其他命令在这里照常可用。",
                "No Excel here: the add-in goes on Windows or macOS. All other commands work here as they are.",
            ),
        )
    return LedgerError(
        "no_excel",
        Text(
            "这台电脑上没有找到 Microsoft Excel（WPS 不能运行加载项）。请先安装 Excel 并启动一次。",
            "No Microsoft Excel was found on this computer (WPS cannot run the add-in). "
            "Install Excel, start it once, and try again.",
        ),
    )
