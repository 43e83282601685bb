"""`addin install`, `uninstall` and `status`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from addin.assets import macros
from addin.model.finding import LedgerError
from addin.model.text import Text
from addin.service.addin_build import ADDIN_NAME
from addin.service.installing import settings
from addin.service.installing.machine import Machine
from addin.service.installing.places import (
    RIBBON_KEY,
    Excel,
    Places,
    excel_has_run,
    excel_is_open,
    find_excel,
    no_excel,
    places,
)

MARK: Final = ":Zone.Identifier"
"""What Windows hangs on a file from elsewhere, as a stream of that name; Excel then loads no macros from it."""

_READ_ONLY: Final = stat.S_IREAD
"""A second Excel finds a writable start-up file in the hands of the first, and asks what to do."""

_SCRIPT_NAME: Final = re.compile(r"xlwings-[\d.]+\.applescript")


@dataclass(frozen=True)
class Status:
    """What is installed. ``current``: the add-in is of this version, byte for byte."""

    excel: Excel | None
    places: Places | None
    installed: bool
    current: bool
    interpreter: str


def install(machine: Machine) -> list[Path]:
    """Puts the add-in where Excel opens it at each start, and tells its macros which Python to run; the files.

    An add-in of before is replaced, settings that others made are kept. LedgerError, with nothing changed, where
    there is no Excel, where it is open, or where its macros could not use the paths.
    """
    where = places(machine)
    if find_excel(machine) is None:
        raise no_excel(machine)
    if is_from_the_store(machine):
        raise LedgerError("store_python", STORE_PYTHON)
    if not excel_has_run(machine):
        raise _never_run()
    told = settings.wanted(machine)
    _refuse_open_excel(machine)
    with _readable_errors(where):
        told = settings.read_settings(machine, where.settings) | told
        if where.script is not None:
            told = _with_script(where.script, told)
        _put(where.settings, settings.settings_bytes(machine, told))
        _writable(where.addin)
        _put(where.addin, shipped_addin())
        _unmark(where.addin)
        where.addin.chmod(_READ_ONLY)
    return [file for file in (where.addin, where.settings, where.script) if file is not None]


def uninstall(machine: Machine) -> list[Path]:
    """Takes away what `install` wrote; the files that were there.

    LedgerError, with nothing changed, where there can be no add-in or Excel is open.
    """
    where = places(machine)
    _refuse_open_excel(machine)
    with _readable_errors(where):
        script = _our_script(where, settings.read_settings(machine, where.settings))
        there = [file for file in (where.addin, script, where.settings) if file is not None and file.exists()]
        for file in there:
            _writable(file)
            file.unlink()
        _unmark(where.addin)
    if machine.system == "windows":
        _forget_language(machine)
        with suppress(OSError):  # the backups of a ledger in the home folder may be there
            where.settings.parent.rmdir()
    return there


def _forget_language(machine: Machine) -> None:
    if machine.registry(f"{RIBBON_KEY}\\Ribbon"):
        machine.run(["reg", "delete", RIBBON_KEY, "/f"])


def status(machine: Machine) -> Status:
    """What is installed here; nothing, and no error, on a machine without Excel."""
    excel = find_excel(machine)
    if machine.system == "other":
        return Status(excel, None, False, False, "")
    where = places(machine)
    there = where.addin.is_file()
    return Status(
        excel,
        where,
        there,
        there and where.addin.read_bytes() == shipped_addin(),
        settings.interpreter_in(settings.read_settings(machine, where.settings)),
    )


def shipped_addin() -> bytes:
    """The add-in of this version, as it was built and tested."""
    return (macros() / ADDIN_NAME).read_bytes()


def is_marked(file: Path) -> bool:
    """Whether Windows holds the file for one from elsewhere."""
    return Path(f"{file}{MARK}").is_file()


def is_from_the_store(machine: Machine) -> bool:
    """Whether this Python came from Microsoft's store: what it writes into AppData only it can see."""
    return machine.system == "windows" and "windowsapps" in machine.base.lower()


def _writable(file: Path) -> None:
    """Windows neither replaces nor deletes a file that is read-only."""
    if file.is_file():
        file.chmod(_READ_ONLY | stat.S_IWRITE)


def _unmark(file: Path) -> None:
    Path(f"{file}{MARK}").unlink(missing_ok=True)


STORE_PYTHON: Final = Text(
    "这个 Python 来自 Microsoft Store，它写入的文件 Excel 看不到。请从 python.org 安装 Python，重新建立环境后再装。",
    "This Python is from the Microsoft Store, and Excel cannot see what it writes. Install Python from python.org, "
    "make the environment anew with it, and try again.",
)


def _refuse_open_excel(machine: Machine) -> None:
    if excel_is_open(machine):
        raise LedgerError(
            "excel_open",
            Text(
                "Excel 正在运行。请保存并关闭所有工作簿、退出 Excel 后重试。",
                "Excel is running. Save and close your workbooks, quit Excel, and try again.",
            ),
        )


def _never_run() -> LedgerError:
    return LedgerError(
        "excel_never_run",
        Text(
            "Excel 还没有启动过，它的文件夹尚未建立。请启动一次 Excel、退出，然后重试。",
            "Excel has never been started here, and its folders are not there yet. "
            "Start it once, quit it, and try again.",
        ),
    )


def _with_script(script: Path, told: dict[str, str]) -> dict[str, str]:
    """The settings once the script is there; an older version's goes. One that others put there stays theirs."""
    older = told.get(settings.SCRIPT, "")
    if older != script.name and _SCRIPT_NAME.fullmatch(older):
        script.with_name(older).unlink(missing_ok=True)
    if script.exists():
        return {
            name: value for name, value in told.items() if name != settings.SCRIPT or older == script.name
        }
    spec = find_spec("xlwings")
    _put(script, (Path(str(spec.origin)).parent / script.name).read_bytes() if spec else b"")
    return {**told, settings.SCRIPT: script.name}


def _our_script(where: Places, told: Mapping[str, str]) -> Path | None:
    name = told.get(settings.SCRIPT, "")
    return where.script.with_name(name) if where.script and _SCRIPT_NAME.fullmatch(name) else None


def _put(file: Path, data: bytes) -> None:
    """The file whole or not at all; what it holds already is left as it is."""
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _readable_errors(where: Places) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename2 or error.filename or where.addin.parent
        cure = _CURE_ON_WINDOWS if where.script is None else _CURE_ON_MACOS
        raise LedgerError(
            "not_written",
            Text(
                f"无法读写 {place}（{error.strerror}）。{cure.zh}",
                f"Cannot read or write {place} ({error.strerror}). {cure.en}",
            ),
        ) from error


_CURE_ON_WINDOWS: Final = Text(
    "请退出 Excel 后重试；仍不行请让 IT 检查该文件夹的权限。",
    "Quit Excel and try again; if that does not help, ask IT for the right to write there.",
)
_CURE_ON_MACOS: Final = Text(
    "请退出 Excel，并在“系统设置 › 隐私与安全性”里允许终端访问其他 App 的数据，然后重试。",
    "Quit Excel, allow the Terminal to access data of other apps (System Settings > Privacy & Security), "
    "and try again.",
)
