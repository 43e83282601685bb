"""Writes `macros/xlwings_udfs.bas` from xlwings' own generator: `python -m tests.hosts.wrappers`.

With a workbook's name (`python -m tests.hosts.wrappers huikuan.xlam`) it prints as JSON what xlwings does to that
workbook: the module that it generates, the module as it would be committed, and what it tells the function wizard.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from addin.assets import macros
from addin.hosts.macros.wrappers import finished
from tests.hosts.windows_xlwings import FakeWorkbook, generated


def made(workbook: str) -> FakeWorkbook:
    """A workbook of that name after xlwings' own import."""
    with contextlib.redirect_stdout(io.StringIO()):  # xlwings tells what it imports
        return generated(workbook)


if __name__ == "__main__":
    if sys.argv[1:]:
        book = made(sys.argv[1])
        print(
            json.dumps(
                {"generated": book.imported, "module": finished(book.imported), "wizard": book.described}
            )
        )
    else:
        module = finished(made("huikuan.xlam").imported)
        (macros() / "xlwings_udfs.bas").write_text(module, encoding="ascii", newline="")
