"""Writes `macros/xlwings_udfs.bas` from xlwings' own generator: `python -m tests.hosts.wrappers`.

With a workbook's name (`python -m tests.hosts.wrappers huikuan.xlam`) it prints the module as JSON text instead.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from addin.assets import macros
from addin.hosts.macros.wrappers import finished
from tests.hosts.windows_xlwings import generated


def wrappers(workbook: str) -> str:
    """The module for a workbook of that name, as it is committed."""
    with contextlib.redirect_stdout(io.StringIO()):  # xlwings tells what it imports
        return finished(generated(workbook).imported)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(wrappers(sys.argv[1])))
    else:
        (macros() / "xlwings_udfs.bas").write_text(wrappers("huikuan.xlam"), encoding="ascii", newline="")
