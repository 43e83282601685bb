"""What xlwings needs of Windows to be imported and to serve worksheet functions, so that its own code runs anywhere.

Real are xlwings' generator, its COM server's `CallUDF`, its engine for Excel and its converters; pretended are
pywin32 and Excel's objects. It changes xlwings for the whole process: run it in one of its own
(`python -m tests.hosts.wrappers`, `python -m tests.hosts.excel_calls`).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Final
from unittest import mock

RANGE: Final = "{00020846-0000-0000-C000-000000000046}"
"""The interface by which a Range is known."""

MISSING: Final = -2147352572
"""DISP_E_PARAMNOTFOUND: what Excel passes for an argument that is left out."""


WINDOWS_DLLS: Final = ("PyDLL", "oledll", "windll")
"""What xlwings takes of ctypes to find Excel's windows."""


class ComError(Exception):
    """pywintypes.com_error"""


class ComTime(datetime):
    """pywintypes' time: a datetime with a zone, as a date cell comes through COM."""


def com_time(day: datetime) -> ComTime:
    """A date cell's value."""
    return ComTime(day.year, day.month, day.day, day.hour, day.minute, day.second, tzinfo=UTC)


class FakeWorkbook:
    """As much of Excel's workbook as `import_udfs` touches; keeps the module that is imported into it."""

    def __init__(self, name: str) -> None:
        self.Name = name
        self.imported = ""
        self.described: dict[str, dict[str, Any]] = {}
        self.VBProject = SimpleNamespace(VBComponents=self)
        self.Application = SimpleNamespace(Version="16.0", MacroOptions=self._describe)
        self.Worksheets: list[object] = []

    def __call__(self, name: str) -> None:
        raise ComError(f"no component {name}")

    def Remove(self, component: object) -> None:
        raise AssertionError("there is none to remove")

    def Import(self, path: str) -> None:
        self.imported = Path(path).read_text(encoding="utf-8")

    def _describe(self, macro: str, **options: Any) -> None:
        self.described[macro.rpartition("!")[2]] = options


class FakeRange:
    """As much of Excel's Range as an argument needs: its interface's name, its place and size, and its values."""

    def __init__(self, value: object) -> None:
        rows = value if isinstance(value, tuple) else ((value,),)
        self.Value = value
        self.Row = self.Column = 1
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))
        self.Address = "$A$1"
        kind = SimpleNamespace(iid=RANGE)
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: kind))
        application = SimpleNamespace(Hwnd=1)
        book = SimpleNamespace(Application=application)
        self.Worksheet = SimpleNamespace(Parent=book, Application=application)

    def __reduce__(self) -> tuple[type[FakeRange], tuple[object]]:
        return FakeRange, (self.Value,)


def on_windows() -> ModuleType:
    """xlwings as it is on Windows, where it has worksheet functions; gives `xlwings.udfs`."""
    import asyncio  # noqa: F401  # xlwings.udfs counts on its concurrent.futures

    _pywin32()
    import xlwings

    with mock.patch.multiple(ctypes, create=True, **{name: mock.MagicMock() for name in WINDOWS_DLLS}):
        from xlwings import _xlwindows

    xlwings.engines.add(xlwings.Engine(impl=_xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]

    from xlwings import udfs

    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    udfs.Book = lambda impl: SimpleNamespace(sheets=[])  # type: ignore[assignment]  # no sheet holds code
    return udfs


def generated(workbook: str) -> FakeWorkbook:
    """What `import_udfs` leaves in a workbook of that name: it writes other wrappers for an add-in."""
    udfs = on_windows()
    book = FakeWorkbook(workbook)
    udfs.import_udfs("addin.hosts.udfs", book)
    return book


def call_udf() -> Callable[[str, Sequence[object]], Any]:
    """Calls a function as its wrapper does, by `CallUDF` of xlwings' COM server, and gives what Excel gets."""
    on_windows()
    from xlwings.com_server import XLPython

    server, book, caller = XLPython(), FakeWorkbook("huikuan.xlsx"), FakeRange(None)
    return lambda name, arguments: server.CallUDF("addin.hosts.udfs", name, tuple(arguments), book, caller)


def _pywin32() -> None:
    class Dispatched:
        """The base of COM objects; none is made here."""

    def unwrap(target: object) -> object:
        raise ComError("an object of Excel, none of Python")

    client = _module(
        "win32com.client",
        Dispatch=lambda target: target,
        DispatchEx=None,
        **dict.fromkeys(("CDispatch", "CoClassBaseClass", "DispatchBaseClass"), Dispatched),
    )
    util = _module("win32com.server.util", unwrap=unwrap)
    dispatcher, policy = _module("win32com.server.dispatcher"), _module("win32com.server.policy")
    server = _module("win32com.server", util=util, dispatcher=dispatcher, policy=policy)
    _module("win32com", client=client, server=server)
    _module(
        "pythoncom",
        __file__="",
        CoInitialize=lambda: None,
        IID_IDispatch="dispatch",
        TypeIIDs={"dispatch": Dispatched},
    )
    _module("pywintypes", com_error=ComError, error=ComError, TimeType=ComTime, IID=lambda text: text)
    _module("win32timezone", TimeZoneInfo=SimpleNamespace(utc=lambda: UTC))
    _module("win32process", GetWindowThreadProcessId=lambda window: (0, 1))
    for name in ("win32api", "win32con", "win32event", "win32gui"):
        _module(name)


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
    return module
