"""The live spreadsheet as tests take it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlwings

from tests.excel.engine import App, Counts, Engine
from tests.excel.program import running_office


class Excel:
    """An application with its books, driven by xlwings as Excel is.

    ``app`` and what `open` gives are xlwings' own objects.
    """

    def __init__(self, impl: App) -> None:
        self.impl, self._folder = impl, impl.folder
        self.app = xlwings.App(impl=impl)

    def open(self, path: Path) -> Any:
        """Opens a book, which then is the one that pressed the button (`xw.Book.caller()`)."""
        book = self.app.books.open(str(path))
        book.set_mock_caller()
        return book

    def copy_of(self, path: Path, name: str | None = None) -> Any:
        """Opens a copy of a book in a new folder."""
        folder = self._folder / f"book-{len(list(self._folder.iterdir()))}"
        folder.mkdir()
        return self.open(Path(shutil.copyfile(path, folder / (name or path.name))))

    @property
    def counts(self) -> Counts:
        return self.impl.counts

    @property
    def alerts(self) -> list[str]:
        """What message and input boxes said."""
        return self.impl.alerts

    @property
    def answers(self) -> list[Any]:
        """What the user answers to the next boxes."""
        return self.impl.answers

    @property
    def status_shown(self) -> list[str]:
        """What stood in the status bar, in order."""
        return self.impl.status_shown

    def reset(self) -> None:
        """No book open, the state as after a start."""
        with contextlib.suppress(AttributeError):
            del xlwings.Book._mock_caller
        self.impl.quit()
        self.impl.start()


@contextlib.contextmanager
def running_excel(folder: Path) -> Iterator[Excel]:
    """The engine registered with xlwings and active, for as long as the block runs."""
    (folder / "books").mkdir()
    with running_office(folder / "profile") as worker:
        app = App(worker, worker.pid, folder / "books")
        engine = xlwings.Engine(impl=Engine(app))
        before = xlwings.engines.active
        xlwings.engines.add(engine)
        engine.activate()
        excel = Excel(app)
        try:
            yield excel
        finally:
            excel.reset()
            xlwings.engines.active = before
            xlwings.engines.engines.remove(engine)
            del xlwings.engines.engines_by_name[engine.name]
