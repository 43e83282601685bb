"""Presses Refresh on a large ledger that is open in the live spreadsheet of the tests, and counts and times it.

    python -m tests.benchmarks.live [BOOK] [--size 10000]

Without BOOK a ledger of so many milestones is made (see `tests.benchmarks.ledgers`). What is counted is every
transfer of cells; what is timed is the processor time of our Python, without what goes between it and the
spreadsheet, which is another with Excel. It should take no more than the rules of the file's refresh and twice what
xlwings alone takes to convert the same cells, read and written again.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from addin.files.reader import book_language, read_book
from addin.hosts.ribbon import press
from addin.service.books import collector_paused
from addin.service.refresh import computed, typed
from tests.benchmarks.ledgers import AS_OF, make_book
from tests.excel.fixture import running_excel
from tests.excel.program import Worker

NOW = datetime(2026, 6, 30, 18)


@dataclass
class Between:
    """Processor time spent on handing things to the spreadsheet and back."""

    seconds: float = 0.0


@contextmanager
def told_apart() -> Iterator[Between]:
    """Times what goes between Python and the spreadsheet."""
    between, call = Between(), Worker.__call__

    def timed(self: Worker, do: str, **arguments: Any) -> Any:
        started = time.process_time()
        try:
            return call(self, do, **arguments)
        finally:
            between.seconds += time.process_time() - started

    Worker.__call__ = timed  # type: ignore[method-assign]  # for as long as the block runs
    try:
        yield between
    finally:
        Worker.__call__ = call  # type: ignore[method-assign]  # as it was


def rules_of(book: Path) -> float:
    """Seconds of the rules in a refresh of the file."""
    raw = read_book(book)
    language = book_language(raw)
    ledger = typed(raw, AS_OF, language, {})
    with collector_paused():
        return _timed(lambda: computed(raw, ledger, AS_OF, language))


def _timed(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def conversion(book: Any, reads: Sequence[str], writes: Sequence[str]) -> float:
    """Seconds that xlwings takes to convert cells that it reads and writes."""

    def area(address: str) -> Any:
        sheet, _, cells = address.rpartition("!")
        return book.sheets[sheet].range(cells)

    blocks = [(area(address), area(address).options(ndim=2).value) for address in writes]
    with told_apart() as between, collector_paused():
        seconds = _timed(lambda: [area(address).options(ndim=2).value for address in reads])
        for place, cells in blocks:
            seconds += _timed(partial(setattr, place, "value", _harmless(cells)))
    return seconds - between.seconds


def _harmless(cells: list[list[Any]]) -> list[list[Any]]:
    """The same cells, no text among them that a spreadsheet takes for something else."""
    return [["x" if isinstance(cell, str) else cell for cell in row] for row in cells]


def on_live_book(book: Path, folder: Path) -> dict[str, float]:
    """The button on the open book: its transfers, and seconds of our Python."""
    with running_excel(folder) as excel:
        live = excel.copy_of(book)
        excel.counts.clear()
        with told_apart() as between:
            whole = _timed(lambda: press("refresh", NOW))
        assert not excel.alerts, excel.alerts
        reads, writes = excel.counts.of("read"), excel.counts.of("write")
        found = {
            "reads": excel.counts.reads,
            "cells read": excel.counts.cells("read"),
            "writes": excel.counts.writes,
            "cells written": excel.counts.cells("write"),
            "python": whole - between.seconds,
        }
        return found | {"conversion": conversion(live, reads, writes)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("book", type=Path, nargs="?")
    parser.add_argument("--size", type=int, default=10_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huikuan-") as name:
        folder = Path(name)
        book = folder / "ledger.xlsx"
        if wanted.book:
            shutil.copyfile(wanted.book, book)
        else:
            make_book(book, wanted.size)
        rules = rules_of(book)
        live = on_live_book(book, folder)
    for what, value in live.items():
        print(f"{what}: {value:,.2f}" if isinstance(value, float) else f"{what}: {value:,}")
    limit = rules + 2 * live["conversion"]
    print(f"rules: {rules:.2f}")
    print(f"python at most {limit:.2f}: {'met' if live['python'] <= limit else 'not met'}")


if __name__ == "__main__":
    main()
