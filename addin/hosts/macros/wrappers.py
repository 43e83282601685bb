"""What xlwings' generator leaves to do on its module of wrappers: help, macOS, line ends."""

from __future__ import annotations

import re
from typing import Final

from addin.functions.selftest import IN_CELLS, SELFTEST

_SIGNATURE: Final = re.compile(r"^Function (\w+)\(.*(?: _\n.*)*\)\n", re.MULTILINE)
_FAILED: Final = re.compile(rf"^    (?!{SELFTEST.name} )(\w+) = Err\.Description\n", re.MULTILINE)
"""The line that puts what went wrong into the cell. The self-test keeps it: there, a text is the point."""
_PLAIN: Final = str.maketrans({"×": "x", "–": "-", "−": "-", "…": "...", "′": "'", "’": "'", "→": "->"})
_LONGEST_HELP: Final = 255


def finished(generated: str) -> str:
    """The module as it is committed: the generator's lines with some of ours between them. Each function gets its
    description for the function wizard, an answer for macOS, where Excel cannot call Python from a cell, and makes
    an error value of what failed: a sum passes over a text, and would be wrong. CRLF line ends.
    """
    told = _SIGNATURE.sub(_with_help, generated.rstrip("\n") + "\n")
    return _FAILED.sub(r"\g<0>    \1 = HuikuanError(\1)\n", told).replace("\n", "\r\n")


def _with_help(found: re.Match[str]) -> str:
    name = found[1]
    words = IN_CELLS[name].help.en.translate(_PLAIN)[:_LONGEST_HELP].replace('"', '""')
    return (
        f'{found[0]}Attribute {name}.VB_Description = "{words}"\n'
        f"    #If Mac Then\n        {name} = CVErr(xlErrNA)\n        Exit Function\n    #End If\n"
    )
