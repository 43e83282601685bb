"""What xlwings' generator leaves to do on its module of wrappers: help, macOS, line ends."""

from __future__ import annotations

import re
from typing import Final

from addin.functions.registry import FUNCTIONS

_SIGNATURE: Final = re.compile(r"^Function (\w+)\(.*(?: _\n.*)*\)\n", re.MULTILINE)
_PLAIN: Final = str.maketrans({"×": "x", "–": "-", "−": "-", "…": "...", "′": "'", "’": "'", "→": "->"})
_LONGEST_HELP: Final = 255


def finished(generated: str) -> str:
    """The module as it is committed: each function with its description for the function wizard, and with an answer
    for macOS, where Excel cannot call Python from a cell. CRLF line ends.
    """
    return _SIGNATURE.sub(_with_help, generated.rstrip("\n") + "\n").replace("\n", "\r\n")


def _with_help(found: re.Match[str]) -> str:
    name = found[1]
    words = FUNCTIONS[name].help.en.translate(_PLAIN)[:_LONGEST_HELP].replace('"', '""')
    return (
        f'{found[0]}Attribute {name}.VB_Description = "{words}"\n'
        f"    #If Mac Then\n        {name} = CVErr(xlErrNA)\n        Exit Function\n    #End If\n"
    )
