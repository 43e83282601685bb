"""Where the files that are not Python lie: the standard workbooks, the demo data, macros and the add-in.

A wheel carries them inside the package (`addin/_assets`, put there by the build); in a checkout they
are the folders at the top. Both look alike from here.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    carried = _PACKAGE / "_assets" / name
    return carried if carried.is_dir() else _PACKAGE.parent / name


def templates() -> Path:
    """The folder of standard workbooks, one a language, with `demo/` (CSV) in it."""
    return _folder("workbook_templates")


def macros() -> Path:
    """The folder of the macros' sources and of the add-in built from them."""
    return _folder("macros")
