"""Books, sheets and names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.excel.com import BookApi, SheetApi
from tests.excel.grid import LAST_COLUMN, LAST_ROW, Rect, parse
from tests.excel.ranges import Range
from tests.excel.tables import Table, Tables

if TYPE_CHECKING:
    from tests.excel.engine import App


class Book(base_classes.Book):
    """An open document.

    ``fullname`` may be set: a test says so where Excel would have the book from. So may ``links``, the other books
    that formulas point to. ``selections`` keeps what is selected on the sheets that are not active,
    ``allowed`` what protected sheets allow (LibreOffice does not tell), ``totals`` the totals rows taken away.
    ``keeps_sheets`` says that the structure is protected, ``spills`` which cells show one formula's result.
    """

    app: App = None  # type: ignore[assignment]  # in place of the base class's property
    fullname = ""
    made = 0
    _numbers = itertools.count(1)

    def __init__(self, app: App, fullname: str, read_only: bool = False) -> None:
        self.app, self.fullname, self.read_only = app, fullname, read_only
        self.key = next(self._numbers)
        Book.made = self.key
        self.origin = date(1899, 12, 30)
        self.saved_copies: list[str] = []
        self.links: list[str] = []
        self.selections: dict[str, list[Any]] = {}
        self.allowed: dict[str, dict[str, bool]] = {}
        self.protected_again: list[tuple[str, dict[str, bool]]] = []
        self.totals: dict[str, Any] = {}
        self.keeps_sheets = False
        self.spills: list[Rect] = []
        self._answers: dict[str, tuple[int, Any]] = {}

    def call(self, do: str, **arguments: Any) -> Any:
        return self.app.worker(do, book=self.key, **arguments)

    def lasting(self, do: str) -> Any:
        """The answer of `sheets` or `tables`, asked for again only after a call that moved some: each line of code
        about a cell needs it."""
        moves, answer = self._answers.get(do, (None, None))
        if moves != self.app.worker.moves:
            answer = self.call(do)
            self._answers[do] = self.app.worker.moves, answer
        return answer

    def opened(self) -> Book:
        self.origin = date.fromisoformat(self.call("origin"))
        self.call("automatic", on=self.app.calculation != "manual")
        self.app.open_books.append(self)
        return self

    @property
    def api(self) -> BookApi:
        return BookApi(self)

    @property
    def name(self) -> str:
        return self.fullname.replace("\\", "/").rpartition("/")[2]

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def tables(self) -> list[Table]:
        return [Table(self, found["name"]) for found in self.lasting("tables")]

    @property
    def selection(self) -> Range:
        return Range(self, Rect.of(self.call("selection")))

    def activate(self) -> None:
        self.app.open_books.remove(self)
        self.app.open_books.append(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if password is not None:
            raise NotImplementedError("the test host saves without a password")
        if self.read_only and path is None:
            raise PermissionError(f"{self.name} is open read-only")
        self.call("save", path=str(Path(path or self.fullname).resolve()), copy=False)
        self.fullname = str(path or self.fullname)

    def save_copy(self, path: str) -> None:
        self.call("save", path=str(Path(path).resolve()), copy=True)
        self.saved_copies.append(path)

    def close(self) -> None:
        self.app.open_books.remove(self)
        self.call("close")


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Sheets:
        return self

    def _names(self) -> list[str]:
        return list(self.book.lasting("sheets"))

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.call("active_sheet"))

    def __call__(self, name_or_index: str | int) -> Sheet:
        names = self._names()
        if isinstance(name_or_index, int):
            return Sheet(self.book, names[name_or_index - 1])
        for name in names:
            if name.lower() == name_or_index.lower():
                return Sheet(self.book, name)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, name) for name in self._names()])

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """The new sheet, which becomes the active one; before the active one unless said otherwise."""
        names = self._names()
        at = names.index((before or after or self.active).name) + (before is None and after is not None)
        new = name or next(
            text for text in (f"Sheet{count}" for count in itertools.count(1)) if text not in names
        )
        self.book.call("add_sheet", name=new, at=at)
        sheet = Sheet(self.book, new)
        sheet.activate()
        return sheet


class Sheet(base_classes.Sheet):
    book: Book = None  # type: ignore[assignment]  # in place of the base class's property

    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    def call(self, do: str, **arguments: Any) -> Any:
        return self.book.call(do, name=self._name, **arguments)

    @property
    def api(self) -> SheetApi:
        return SheetApi(self)

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.call("rename_sheet", new=value)
        self._name = value

    @property
    def names(self) -> Names:
        raise NotImplementedError("the test host has names of books only")

    @property
    def index(self) -> int:
        return int(self.book.lasting("sheets").index(self._name)) + 1

    @property
    def visible(self) -> bool:
        return bool(self.call("visible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        if self.book.keeps_sheets:
            raise RuntimeError(f"the structure is protected: Excel neither shows nor hides {self._name}")
        if not value and sum(sheet.visible for sheet in self.book.sheets) == 1 and self.visible:
            raise RuntimeError(f"Excel keeps one sheet visible: {self._name}")
        self.call("visible", on=bool(value))

    def activate(self) -> None:
        if not self.visible:
            raise RuntimeError(f"Excel activates no hidden sheet: {self._name}")
        kept = self.book.selections
        kept[self.book.sheets.active.name] = self.book.call("selection")
        self.book.call("active_sheet", name=self._name)
        if self._name in kept:
            self.book.call("select", where=kept[self._name])

    select = activate

    @property
    def cells(self) -> Range:
        return Range(self.book, Rect(self._name, 1, 1, LAST_ROW, LAST_COLUMN))

    @property
    def used_range(self) -> Range:
        return Range(self.book, Rect.of(self.call("used")))

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        first = self._rect(arg1)
        if arg2 is None:
            return Range(self.book, first)
        last = self._rect(arg2)
        top, left = min(first.top, last.top), min(first.left, last.left)
        bottom, right = max(first.bottom, last.bottom), max(first.right, last.right)
        return Range(self.book, Rect(self._name, top, left, bottom - top + 1, right - left + 1))

    def _rect(self, said: Any) -> Rect:
        if isinstance(said, Range):
            return said.rect
        if isinstance(said, tuple):
            if 0 in said[:2]:
                raise IndexError("rows and columns count from 1")
            top, left, *size = said
            return Rect(self._name, top, left, *(size or (1, 1)))
        found = parse(self._name, said)
        if found is None:
            found = self.book.names(said).refers_to_range.rect
        return found

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear(self) -> None:
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        self.call("delete_sheet")


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Names:
        return self

    def _all(self) -> list[str]:
        return [name for name, _ in self.book.call("names")]

    def __call__(self, name_or_index: str | int) -> Name:
        names = self._all()
        if isinstance(name_or_index, int):
            return Name(self.book, names[name_or_index - 1])
        for name in names:
            if name.lower() == name_or_index.lower():
                return Name(self.book, name)
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(self)
        return name_or_index.lower() in map(str.lower, self._all())

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        self.book.call("add_name", name=name, content=refers_to.removeprefix("=").replace("!", "."))
        return Name(self.book, name)


class Name(base_classes.Name):
    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    @property
    def api(self) -> Name:
        return self

    @property
    def name(self) -> str:
        return self._name

    @property
    def refers_to(self) -> str:
        """The definition; LibreOffice writes a sheet's name with $ and a dot, Excel with an exclamation mark."""
        area = self.book.call("name_area", name=self._name)
        if area is not None:
            rect = Rect.of(area)
            return f"={_quoted(rect.sheet)}!{rect.address()}"
        return "=" + str(dict(self.book.call("names"))[self._name])

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        Names(self.book).add(self._name, value)

    @property
    def refers_to_range(self) -> Range:
        area = self.book.call("name_area", name=self._name)
        if area is None:
            raise ValueError(f"the name {self._name} is of no cells")
        return Range(self.book, Rect.of(area))

    def delete(self) -> None:
        self.book.call("delete_name", name=self._name)


def _quoted(sheet: str) -> str:
    return sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
