"""Formulas from Excel's spelling to LibreOffice's and back: ``Sheet!A1`` and commas, ``$Sheet.A1`` and semicolons."""

from __future__ import annotations

import re
from collections.abc import Callable

_APART = re.compile(r'("(?:[^"]|"")*"|\{[^}]*\})')
_SHEET = r"('(?:[^']|'')+'|[^\W\d][\w.]*)"
_TO = re.compile(rf"{_SHEET}!(?=\$?[A-Za-z]{{1,3}}\$?\d)")
_FROM = re.compile(r"\$?('(?:[^']|'')+'|[^\W\d]\w*)\.(?=\$?[A-Za-z]{1,3}\$?\d)")


def to_office(formula: str) -> str:
    """
    >>> to_office('=SUM(账龄!A1:B2,"a,b!")')
    '=SUM($账龄.A1:B2;"a,b!")'
    """
    return _outside(formula, lambda part: _TO.sub(r"$\1.", part).replace(",", ";"))


def from_office(formula: str) -> str:
    """
    >>> from_office("=IF($'a b'.$A$1>1.5;$账龄.A1;0)")
    "=IF('a b'!$A$1>1.5,账龄!A1,0)"
    """
    return _outside(formula, lambda part: _FROM.sub(r"\1!", part).replace(";", ","))


def _outside(formula: str, change: Callable[[str], str]) -> str:
    """Changes what stands outside texts and constant arrays; a value that is no formula is left alone."""
    if not formula.startswith("="):
        return formula
    parts = _APART.split(formula)
    return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))
