"""Writes ribbon, callbacks, the functions' help and the module of worksheet functions where they lie in a checkout.

The wrappers follow with ``python -m tests.hosts.wrappers``, for xlwings' generator knows only Windows.
"""

from __future__ import annotations

from pathlib import Path

from addin.assets import macros
from addin.hosts.macros.callbacks import callbacks
from addin.hosts.macros.function_help import function_help
from addin.hosts.macros.ribbon_xml import ribbon_xml
from addin.hosts.macros.udf_module import udf_module

if __name__ == "__main__":
    made = {
        macros() / "customUI14.xml": ribbon_xml(),
        macros() / "HuikuanRibbon.bas": callbacks(),
        macros() / "HuikuanHelp.bas": function_help(),
        Path(__file__).parents[1] / "udfs.py": udf_module(),
    }
    for file, text in made.items():
        file.write_text(text, encoding="utf-8", newline="")
        print(file.name)
