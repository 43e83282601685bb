"""What the macros call: `press`, by the name of a button's row.

A button tells what it did in the status bar and lists findings on the sheet of checks; a message box comes up only
where nothing could be done.
"""

from __future__ import annotations

import atexit
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from addin.hosts.excel.words import TITLE, line, spoken
from addin.model.text import Text

_WORKING: Final = Text("请稍候…（首次使用需几秒）", "working … (the first time takes some seconds)")


def press(name: str, now: datetime | None = None) -> None:
    """Does what a button of the ribbon is there for, on the workbook that it was pressed in.

    ``name`` is the button's in `addin.hosts.buttons`; ``now`` is the hour, by default the clock's.
    Nothing is raised: what could not be done is told in a box.
    """
    import xlwings as xw

    book = xw.Book.caller()
    app, place = book.app, str(book.impl.fullname)
    language = spoken(book)
    try:
        app.status_bar = line(_WORKING, language)
        # what is heavy, once the user can read why it takes a moment
        from addin.hosts.excel.actions import ACTIONS
        from addin.service.books import collector_paused

        with collector_paused():
            said = ACTIONS[name](book, now or datetime.now())
        app.status_bar = line(said, spoken(app.books.active)) if said else False
        _keep_what_is_said()
    except Exception as error:
        app.status_bar = False
        app.alert(_failure(error, place).in_(language), title=TITLE.in_(language), mode="critical")


def _keep_what_is_said() -> None:
    """On macOS xlwings empties the status bar when Python ends, which is at once; it is as it should be already."""
    if sys.platform == "darwin":
        atexit.unregister(import_module("xlwings._xlmac").cleanup)


def _failure(error: Exception, place: str) -> Text:
    """What stopped a button and how to mend it; the trace of what nobody foresaw goes into the log beside the book."""
    from addin.hosts.telling import known_failure, unforeseen

    folder = Path(place).parent if Path(place).is_absolute() else None
    return (known_failure(error) or unforeseen(error, folder)).problem
