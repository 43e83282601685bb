"""`huikuan.conf`: which Python the macros run, in the form that xlwings' macros read.

A line a setting, `"NAME","value"`, read by VBA's `Input #` in the machine's own code page. A name of Chinese letters
is fine where Windows speaks Chinese, and unreadable elsewhere: such a path is refused, not written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from addin.model.finding import LedgerError
from addin.model.text import Text
from addin.service.installing.machine import Machine

SCRIPT: Final = "HUIKUAN SCRIPT"
"""Set where the script for macOS is ours to take away again."""

_LINE: Final = re.compile(r'\s*"?([^",]+)"?\s*,\s*"?([^"]*)"?\s*$')
_HARMFUL_ON_WINDOWS: Final = re.compile(r'[%^;"\r\n]')
_LONGEST_ON_WINDOWS: Final = 200
"""Characters; Windows' older functions, by which the macros load their library, take 259 for it."""
_HARMLESS_ON_MACOS: Final = re.compile(r"[A-Za-z0-9_./+,:@=-]+")


def wanted(machine: Machine) -> dict[str, str]:
    """What the macros have to know here. LedgerError where a path cannot be told to them.

    The folder of packages is named so that it comes before the folder that Excel happens to stand in. On Windows one
    Python stays for the session: only the first click waits for its libraries.
    """
    _refuse_unfit(machine, machine.interpreter)
    _refuse_unfit(machine, machine.packages)
    shared = {
        "PYTHONPATH": machine.packages,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "UDF MODULES": "addin.hosts.udfs",
    }
    if machine.system == "macos":
        return {"INTERPRETER_MAC": machine.interpreter, **shared}
    return {"INTERPRETER_WIN": machine.interpreter, **shared, "USE UDF SERVER": "True"}


def interpreter_in(settings: Mapping[str, str]) -> str:
    """The Python that settings name; empty where they name none."""
    return settings.get("INTERPRETER_WIN") or settings.get("INTERPRETER_MAC") or ""


def read_settings(machine: Machine, file: Path) -> dict[str, str]:
    """The settings of a file by their names in capitals; none where there is no file."""
    if not file.is_file():
        return {}
    lines = file.read_bytes().decode(machine.code_page, "replace").splitlines()
    return {found[1].strip().upper(): found[2] for line in lines if (found := _LINE.match(line))}


def settings_bytes(machine: Machine, settings: Mapping[str, str]) -> bytes:
    """The file's contents."""
    end = "\r\n" if machine.system == "windows" else "\n"
    text = "".join(f'"{name}","{value}"{end}' for name, value in settings.items())
    return text.encode(machine.code_page, "replace")


def _refuse_unfit(machine: Machine, path: str) -> None:
    if not path or not _fit(machine, path):
        cure = _CURES[machine.system == "windows"]
        raise LedgerError(
            "unfit_path",
            Text(
                f"Excel 的宏无法使用这个路径：{path}。{cure.zh}",
                f"Excel's macros cannot use this path: {path}. {cure.en}",
            ),
        )


def _fit(machine: Machine, path: str) -> bool:
    if machine.system != "windows":
        return bool(_HARMLESS_ON_MACOS.fullmatch(path))
    try:
        kept = path.encode(machine.code_page).decode(machine.code_page)
    except UnicodeError:
        return False
    return kept == path and len(path) <= _LONGEST_ON_WINDOWS and not _HARMFUL_ON_WINDOWS.search(path)


_CURES: Final = {
    True: Text(
        "请把 Python 环境装到路径短、不含 % ^ ; 和系统语言以外文字的文件夹，例如 C:\\huikuan。",
        "Make the Python environment in a folder with a short path, without % ^ ; and without letters that are foreign "
        "to this Windows, such as C:\\huikuan.",
    ),
    False: Text(
        "请把 Python 环境装到只含英文字母和数字、没有空格的文件夹，例如 ~/huikuan。",
        "Make the Python environment in a folder of plain letters and digits without spaces, such as ~/huikuan.",
    ),
}
