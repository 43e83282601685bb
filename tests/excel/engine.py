"""The engine that xlwings drives: one application, its open books and what a test wants to know of their use."""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.utils import np_datetime_to_datetime

from tests.excel.books import Book
from tests.excel.com import AppApi
from tests.excel.grid import Rect

if TYPE_CHECKING:
    from tests.excel.program import Worker

NAME = "libreoffice"
ERRORS = {
    -2146826281: "#DIV/0!", -2146826246: "#N/A", -2146826259: "#NAME?", -2146826288: "#NULL!",
    -2146826252: "#NUM!", -2146826265: "#REF!", -2146826273: "#VALUE!",
}  # fmt: skip
"""How a call from Python gets an error cell's value."""
_PRINT_TITLES = re.compile(rb"<definedName [^>]*_xlnm\.Print_Titles.*?</definedName>", re.DOTALL)
CALCULATIONS = ("automatic", "manual", "semiautomatic")


@dataclass(frozen=True)
class Transfer:
    """One call that moved cells."""

    kind: str
    """read, write, formula (read) or write_formula"""
    address: str
    cells: int


@dataclass
class Counts:
    """Every transfer of cells since the last `clear`."""

    transfers: list[Transfer] = field(default_factory=list)

    def note(self, kind: str, rect: Rect) -> None:
        self.transfers.append(
            Transfer(kind, f"{rect.sheet}!{rect.address(False, False)}", rect.height * rect.width)
        )

    def clear(self) -> None:
        self.transfers.clear()

    def of(self, kind: str) -> list[str]:
        """The addresses of all transfers of a kind, in order."""
        return [transfer.address for transfer in self.transfers if transfer.kind == kind]

    @property
    def reads(self) -> int:
        return len(self.of("read"))

    @property
    def writes(self) -> int:
        return len(self.of("write"))

    def cells(self, kind: str) -> int:
        return sum(transfer.cells for transfer in self.transfers if transfer.kind == kind)


class App(base_classes.App):
    """The application's state. What LibreOffice does not have is kept here as Excel would keep it.

    ``macros`` are the doubles of those that Python calls, by name.
    """

    # plain attributes in place of the base class's properties
    engine: Engine
    version = "16.0"
    hwnd = pid = 0
    path = startup_path = ""
    visible = False
    display_alerts = enable_events = interactive = True
    cut_copy_mode = None

    def __init__(self, worker: Worker, pid: int, folder: Path) -> None:
        """``folder``: where copies to be opened may lie."""
        self.worker, self.pid, self.folder = worker, pid, folder
        self.start()

    def start(self) -> None:
        """The state in which the application starts."""
        self.open_books: list[Book] = []
        self.counts = Counts()
        self.display_alerts = self.enable_events = self.interactive = True
        self.status_shown: list[str] = []
        self.screen_switched: list[bool] = []
        self.alerts: list[str] = []
        self.answers: list[Any] = []
        self.macros: dict[str, Callable[..., Any]] = {}
        self.AutoFillFormulasInLists = True
        self._calculation = "automatic"
        self._screen_updating = True
        self._status_bar: str | bool = False

    @property
    def api(self) -> AppApi:
        return AppApi(self)

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Any:
        return self.open_books[-1].selection if self.open_books else None

    @property
    def screen_updating(self) -> bool:
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self._screen_updating = bool(value)
        self.screen_switched.append(self._screen_updating)

    @property
    def status_bar(self) -> str | bool:
        return self._status_bar

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        self._status_bar = value or False
        if value:
            self.status_shown.append(str(value))

    @property
    def calculation(self) -> str:
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in CALCULATIONS:
            raise ValueError(f"no calculation mode of Excel: {value!r}")
        self._calculation = value
        for book in self.open_books:
            book.call("automatic", on=value != "manual")

    def calculate(self) -> None:
        for book in self.open_books:
            book.call("calculate")

    def activate(self, steal_focus: bool = False) -> None:
        """There is but one."""

    def alert(self, prompt: str, title: str | None, buttons: Any, mode: Any, callback: Any) -> str:
        """Notes what the box would say; the answer is the next of ``answers``, else "ok"."""
        self.alerts.append(prompt)
        return self.answers.pop(0) if self.answers else "ok"

    def ask(self, prompt: str) -> Any:
        """What the user types into an input box: the next of ``answers``; False where he cancels."""
        self.alerts.append(prompt)
        assert self.answers, f"an input box nobody expected: {prompt}"
        return self.answers.pop(0)

    def run(self, macro: str, args: Any) -> Any:
        place, _, name = macro.rpartition("!")
        if name not in self.macros or place.strip("'") not in ("huikuan.xlam", self.open_books[-1].name):
            raise NotImplementedError(f"the test host runs no VBA: {macro}")
        return self.macros[name](*args)

    def quit(self) -> None:
        for book in list(self.open_books):
            book.close()

    kill = quit


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> list[Book]:
        return self.app.open_books

    @property
    def active(self) -> Book:
        return self.app.open_books[-1]

    def __call__(self, name_or_index: str | int) -> Book:
        if isinstance(name_or_index, int):
            return self.app.open_books[name_or_index - 1]
        for book in self.app.open_books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.app.open_books)

    def add(self) -> Book:
        book = Book(self.app, f"Book{Book.made + 1}")
        book.call("add")
        return book.opened()

    def open(
        self, fullname: str, update_links: Any = None, read_only: bool | None = None, *more: Any
    ) -> Book:
        if any(option is not None for option in more):
            raise NotImplementedError("the test host opens without further options")
        book = Book(self.app, str(fullname), read_only=bool(read_only))
        path = without_print_titles(Path(fullname).resolve(), self.app.folder)
        book.call("open", path=str(path), read_only=book.read_only)
        return book.opened()


def without_print_titles(path: Path, folder: Path) -> Path:
    """The same book for LibreOffice to load, which spends nine of ten seconds on the titles of a large one."""
    with zipfile.ZipFile(path) as package:
        book = package.read("xl/workbook.xml")
        bare = _PRINT_TITLES.sub(b"", book)
        if bare == book:
            return path
        lean = folder / f"{uuid.uuid4().hex}{path.suffix}"
        with zipfile.ZipFile(lean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            for part in package.infolist():
                made.writestr(
                    part.filename, bare if part.filename == "xl/workbook.xml" else package.read(part)
                )
    return lean


class Apps(base_classes.Apps):
    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        return [self._app.pid]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        raise NotImplementedError("the test host has but one application")

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: the fixture ends what it started."""

    def __iter__(self) -> Iterator[App]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid != self._app.pid:
            raise KeyError(pid)
        return self._app


class Engine:
    """What xlwings' own desktop engines do to values on the way out and in."""

    name = NAME
    type = "desktop"

    def __init__(self, app: App) -> None:
        self.apps = Apps(app)
        app.engine = self

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """As for Excel on Windows: missing values are empty, numpy's numbers are floats, days stay days."""
        import numpy as np
        import pandas as pd

        if value is None or value is pd.NaT or (isinstance(value, float | np.floating) and np.isnan(value)):
            return ""
        if value is pd.NA:
            return ""
        if isinstance(value, pd.Timestamp):
            return value.to_pydatetime()
        if isinstance(value, np.datetime64):
            return np_datetime_to_datetime(value)
        return float(value) if isinstance(value, np.number) else value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, date):
                return _day(value, datetime_builder)
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            if type(value) is int and value in ERRORS:
                return ERRORS[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


def _day(value: date, build: Callable[..., Any]) -> Any:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return build(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        minute=moment.minute,
        second=moment.second,
        microsecond=moment.microsecond,
        tzinfo=None,
    )
