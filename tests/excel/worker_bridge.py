"""What the worker's calls share: the documents, the calls by name, and how a rectangle is found."""

from __future__ import annotations

from typing import Any, Callable  # noqa: UP035 (LibreOffice's Python may be an old one)

from com.sun.star.beans import PropertyValue

documents: dict[int, Any] = {}
calls: dict[str, Callable[..., Any]] = {}
moving: set[str] = set()
"""The calls after which sheets and tables may lie elsewhere."""
known: dict[Any, Any] = {}
"""What has been asked of LibreOffice before: each question is a trip to another process, and a book has many."""


def call(function: Callable[..., Any]) -> Callable[..., Any]:
    calls[function.__name__] = function
    return function


def changes_places(function: Callable[..., Any]) -> Callable[..., Any]:
    """For a call after which sheets and tables may lie elsewhere."""

    def forgetting(*arguments: Any, **more: Any) -> Any:
        known.clear()
        try:
            return function(*arguments, **more)
        finally:
            known.clear()

    forgetting.__name__ = function.__name__
    moving.add(function.__name__)
    return forgetting


def once(key: Any, find: Callable[[], Any]) -> Any:
    if key not in known:
        known[key] = find()
    return known[key]


def option(name: str, value: Any) -> Any:
    return PropertyValue(name, 0, value, 0)


def area(book: int, where: list[Any]) -> Any:
    name, top, left, bottom, right = where
    sheet = once((book, "sheet", name), lambda: documents[book].Sheets.getByName(name))
    return sheet.getCellRangeByPosition(left, top, right, bottom)


def rectangle(book: int, address: Any) -> list[Any]:
    name = calls["sheets"](None, book)[address.Sheet]
    return [name, address.StartRow, address.StartColumn, address.EndRow, address.EndColumn]


def controller(book: int) -> Any:
    return documents[book].CurrentController
