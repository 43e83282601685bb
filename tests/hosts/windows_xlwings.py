"""What xlwings needs of Windows to be imported and to make its wrappers, so that its own generator runs anywhere.

It changes xlwings for the whole process: run it in one of its own (`python -m tests.hosts.wrappers`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any


class ComError(Exception):
    """pywintypes.com_error"""


class FakeWorkbook:
    """As much of Excel's workbook as `import_udfs` touches; keeps the module that is imported into it."""

    def __init__(self, name: str) -> None:
        self.Name = name
        self.imported = ""
        self.described: dict[str, dict[str, Any]] = {}
        self.VBProject = SimpleNamespace(VBComponents=self)
        self.Application = SimpleNamespace(Version="16.0", MacroOptions=self._describe)

    def __call__(self, name: str) -> None:
        raise ComError(f"no component {name}")

    def Remove(self, component: object) -> None:
        raise AssertionError("there is none to remove")

    def Import(self, path: str) -> None:
        self.imported = Path(path).read_text(encoding="utf-8")

    def _describe(self, macro: str, **options: Any) -> None:
        self.described[macro.rpartition("!")[2]] = options


def on_windows() -> ModuleType:
    """xlwings with its decorators for worksheet functions, which exist on Windows only; gives `xlwings.udfs`."""
    import asyncio  # noqa: F401  # xlwings.udfs counts on its concurrent.futures

    sys.modules["pythoncom"] = _module("pythoncom", CoInitialize=lambda: None)
    sys.modules["pywintypes"] = _module("pywintypes", com_error=ComError)
    client = _module("win32com.client", Dispatch=lambda target: target)
    sys.modules["win32com"] = _module("win32com", client=client)
    sys.modules["win32com.client"] = client

    import xlwings
    from xlwings import udfs

    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    xlwings._xlwindows = SimpleNamespace(Book=lambda target: target)  # type: ignore[assignment]  # a stand-in
    udfs.Book = lambda impl: SimpleNamespace(sheets=[])  # type: ignore[assignment]  # no sheet holds code
    return udfs


def generated(workbook: str) -> FakeWorkbook:
    """What `import_udfs` leaves in a workbook of that name: it writes other wrappers for an add-in."""
    udfs = on_windows()
    book = FakeWorkbook(workbook)
    udfs.import_udfs("addin.hosts.udfs", book)
    return book


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module
