"""The modules that xlwings brings, read from the installed package, each with its licence notice as it is."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from addin.files.vba.modules import Module, class_module, standard_module
from addin.model.finding import LedgerError
from addin.model.text import Text

CONFIG_NAME: Final = "huikuan"
"""xlwings looks for its settings in `huikuan.conf`."""

FOREIGN_SETTINGS: Final = ("sheet", "directory")
"""Where xlwings would look before that: what comes with a workbook."""


def runtime_modules(*, own_book: bool) -> list[Module]:
    """The module that runs Python and the class that it uses.

    ``own_book``: for a workbook that carries its macros and acts on itself; else for an add-in, which acts on the
    active workbook. LedgerError where xlwings is not installed whole, or is not of one version throughout.
    """
    file, placeholder = ("xlwings.bas", "xlwings") if own_book else ("xlwings_custom_addin.bas", "myaddin")
    book = "ThisWorkbook" if own_book else "ActiveWorkbook"
    return [
        standard_module(_changed(_read(file), _settings(placeholder) | _command_line(book))),
        class_module(_read("addin/Dictionary.cls")),
    ]


def in_own_book(wrappers: str) -> str:
    """The wrappers of an add-in's worksheet functions as xlwings makes them for a workbook that carries its macros.

    >>> in_own_book("XLPy.CallUDF(a, ActiveWorkbook)")
    'XLPy.CallUDF(a, ThisWorkbook)'
    """
    return wrappers.replace("ActiveWorkbook", "ThisWorkbook")


def _read(file: str) -> str:
    spec = find_spec("xlwings")
    folder = Path(str(spec.origin)).parent if spec else Path()
    try:
        return (folder / file).read_bytes().decode("ascii")
    except OSError:
        raise _unfit(file) from None


def _settings(placeholder: str) -> dict[str, str]:
    """Our name for the settings, and the user's own only.

    xlwings would also take them from a sheet of the workbook in front and from a file beside it, and so let any
    workbook that somebody sends name the program that a click starts.
    """
    line = 'Public Const PROJECT_NAME As String = "{}"\r\n'
    return {line.format(placeholder): line.format(CONFIG_NAME)} | {
        f'    If source = "" Or source = "{source}" Then\r\n': f'    If source = "{source}" Then\r\n'
        for source in FOREIGN_SETTINGS
    }


def _command_line(book: str) -> dict[str, str]:
    """The command that starts Python without the paths of workbooks, which only a setting that is off would need.

    xlwings' library keeps a Python a command: with a path in it, every workbook would start its own and wait for it.
    And what is a sign of the command line in a file's name (`^&`, `%`) would be one there. With `-P` Python imports
    nothing from the folder that Excel stands in, which is that of the workbook last opened.
    """
    starts = ("import sys, os;", "import xlwings.utils;")
    return (
        {f'" -B -c ""{start}': f'" -B -P -c ""{start}' for start in starts}
        | {
            f"ActiveFullName = ToPosixPath({book}.FullName)\r\n": f"ActiveFullName = {book}.FullName\r\n",
            "ThisFullName = ToPosixPath(ThisWorkbook.FullName)\r\n": "ThisFullName = ThisWorkbook.FullName\r\n",
            f'";" & {book}.FullName & ";" & ThisWorkbook.FullName & ";" & GetConfig(': '";;;" & GetConfig(',
        }
        | {
            f'";" & ActiveFullName & ";" & ThisFullName & ";" & GetConfig("ONEDRIVE_CONSUMER_{system}")': (
                f'";;;" & GetConfig("ONEDRIVE_CONSUMER_{system}")'
            )
            for system in ("MAC", "WIN")
        }
    )


def _changed(text: str, changes: Mapping[str, str]) -> str:
    """The module with pieces replaced, each there once; its version must be the package's own, as the DLL's must."""
    same = f'Public Const XLWINGS_VERSION As String = "{version("xlwings")}"\r\n'
    if same not in text or any(text.count(old) != 1 for old in changes):
        raise _unfit("xlwings")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _unfit(file: str) -> LedgerError:
    return LedgerError(
        "xlwings_unfit",
        Text(
            f"xlwings 未完整安装，或版本不一致（{file}）。请在回款的文件夹里重新安装：pip install --force-reinstall .",
            f"xlwings is not installed whole, or not of one version ({file}). "
            "Install anew, in Huikuan's folder: pip install --force-reinstall .",
        ),
    )
