"""The few names of Excel's own object model that lie behind xlwings' ``api``; any other name is an AttributeError."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.excel.books import Book, Sheet
    from tests.excel.engine import App
    from tests.excel.tables import Table


class AppApi:
    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def AutoCorrect(self) -> App:
        """The application itself has the one option that is known here."""
        return self._app

    def InputBox(self, Prompt: str, *more: Any, **options: Any) -> Any:
        return self._app.ask(Prompt)


class BookApi:
    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def ReadOnly(self) -> bool:
        return self._book.read_only

    @property
    def Path(self) -> str:
        return self._book.fullname.replace("\\", "/").rpartition("/")[0]

    @property
    def Saved(self) -> bool:
        return not self._book.call("modified")

    @Saved.setter
    def Saved(self, value: bool) -> None:
        self._book.call("set_modified", on=not value)

    @property
    def ProtectStructure(self) -> bool:
        return self._book.keeps_sheets

    @property
    def Date1904(self) -> bool:
        return self._book.origin.year == 1904

    def SaveCopyAs(self, Filename: str) -> None:
        """The open book as it stands, unsaved changes too, into a file; the book keeps its name."""
        self._book.save_copy(Filename)

    def LinkSources(self, Type: int = 1) -> tuple[str, ...] | None:
        """The books that formulas point to; None where there are none."""
        return tuple(self._book.links) or None

    def ChangeLink(self, Name: str, NewName: str, Type: int = 1) -> None:
        self._book.links[self._book.links.index(Name)] = NewName


class SheetApi:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:
        return bool(self._sheet.call("protected"))

    @property
    def ProtectDrawingObjects(self) -> bool:
        return self._allowed.get("DrawingObjects", False)

    @property
    def ProtectScenarios(self) -> bool:
        return self._allowed.get("Scenarios", False)

    @property
    def Protection(self) -> ProtectionApi:
        return ProtectionApi(self._allowed)

    @property
    def _allowed(self) -> dict[str, bool]:
        """What a sheet that came protected allows is not known here: one thing, so that its loss would show."""
        return self._sheet.book.allowed.setdefault(self._sheet.name, {"AllowFiltering": True})

    def Protect(self, Password: str = "", **options: bool) -> None:
        """Options that are not named are off, as in Excel."""
        self._sheet.book.allowed[self._sheet.name] = options
        self._sheet.book.protected_again.append((self._sheet.name, options))
        self._sheet.call("protect", on=True, password=Password)

    def Unprotect(self, Password: str = "") -> None:
        """Fails where the password is another."""
        self._sheet.call("protect", on=False, password=Password)

    @property
    def FilterMode(self) -> bool:
        """Whether a filter hides anything now."""
        filters = [table.api.AutoFilter for table in self._sheet.tables]
        return any(found.FilterMode for found in filters if found)


class ProtectionApi:
    """What a protected sheet allows: `AllowFiltering` and the like."""

    def __init__(self, allowed: dict[str, bool]) -> None:
        self._allowed = allowed

    def __getattr__(self, name: str) -> bool:
        if not name.startswith("Allow"):
            raise AttributeError(name)
        return self._allowed.get(name, False)


class TableApi:
    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def ShowAutoFilter(self) -> bool:
        return self._table.show_autofilter

    @property
    def AutoFilter(self) -> AutoFilterApi | None:
        """None where the table has no filter buttons, as Excel's Nothing."""
        return AutoFilterApi(self._table) if self._table.show_autofilter else None

    @property
    def Range(self) -> TableRangeApi:
        return TableRangeApi(self._table)


class TableRangeApi:
    def __init__(self, table: Table) -> None:
        self._table = table

    def AutoFilter(self, Field: int, Criteria1: str) -> None:
        """Of Excel's criteria those alone that xlwings would spoil: a part of a text."""
        self._table.autofilter.apply_part(Field, Criteria1.removeprefix("=").strip("*"))


class AutoFilterApi:
    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def FilterMode(self) -> bool:
        return any(entry["type"] != "none" for entry in self._table.autofilter.criteria)

    def Filters(self, field: int) -> FilterApi:
        return FilterApi(self._table.autofilter.criteria[field - 1])

    def ShowAllData(self) -> None:
        """Lifts all criteria; Excel fails where there are none."""
        if not self.FilterMode:
            raise RuntimeError("ShowAllData fails: nothing is filtered")
        self._table.autofilter.clear()


class FilterApi:
    """A column's filter in Excel's own words, where it is of one criterion."""

    Operator = 0

    def __init__(self, criterion: dict[str, Any]) -> None:
        self.Criteria1 = f"={criterion['value1']}"
