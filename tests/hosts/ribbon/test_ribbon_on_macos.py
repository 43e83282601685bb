"""What a button says on macOS, where every press has a Python of its own that ends with it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

EMPTIED = """
import atexit, sys, types
module = types.ModuleType("xlwings._xlmac")
module.cleanup = atexit.register(lambda: print("emptied"))
sys.modules["xlwings._xlmac"], sys.platform = module, sys.argv[1]
from addin.hosts.ribbon import _keep_what_is_said
_keep_what_is_said()
"""


@pytest.mark.parametrize(("system", "printed"), [("darwin", ""), ("win32", "emptied\n")])
def test_the_status_bar_is_not_emptied_behind_it(system: str, printed: str) -> None:
    command = [sys.executable, "-c", EMPTIED, system]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)

    assert done.stdout == printed


def test_that_is_what_xlwings_would_do() -> None:
    """A new version may call it otherwise."""
    source = (Path(str(find_spec("xlwings").origin)).parent / "_xlmac.py").read_text("utf-8")

    assert "@atexit.register\ndef cleanup():\n" in source and 'run_VB_macro("CleanUp")' in source
