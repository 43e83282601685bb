"""What is the user's while a button works: selection, calculation, screen. It is left as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw


@contextmanager
def quiet(book: xw.Book) -> Iterator[None]:
    """No flicker, no events and no recalculation between writes; then all as it was, whatever happened."""
    app = book.app
    kept = {name: getattr(app, name) for name in ("screen_updating", "enable_events", "calculation")}
    place = selected(book)
    app.screen_updating = False
    app.enable_events = False
    app.calculation = "manual"
    try:
        yield
    finally:
        if place is not None:
            with suppress(Exception):  # the cells may be gone; then Excel's own choice stands
                _select_again(book, *place)
        for name, value in reversed(kept.items()):
            setattr(app, name, value)


def selection(book: xw.Book) -> xw.Range | None:
    """The selected cells; None where a chart or the like is selected."""
    with suppress(Exception):  # Excel's word for a selection that is no range differs by what it is
        return book.selection
    return None


def selected(book: xw.Book) -> tuple[str, str] | None:
    """Sheet and address of the selected cells."""
    area = selection(book)
    return None if area is None else (area.sheet.name, area.address)


def _select_again(book: xw.Book, sheet: str, address: str) -> None:
    if selected(book) != (sheet, address):
        book.sheets[sheet].range(address).select()
