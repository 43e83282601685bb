"""Times the writer: `python -m tests.files.package.bench [ROWS]` patches 15 of 37 columns of such a table."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from addin.files.package import ColumnEdit, Edits, TableEdit, patch
from tests.files.package.books import sheet_xml, table_xml, write_book

COLUMNS = 37
OWNED = (*range(20, 33), 35, 36)


def peak_megabytes() -> int:
    """The most memory that this process ever held (POSIX)."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def make(rows: int, path: Path) -> None:
    """A full table, grown from one blank row."""
    names = [f"c{number}" for number in range(COLUMNS)]
    seed = write_book(
        path.with_name("seed.xlsx"), {"S": sheet_xml("")}, {"S": [table_xml("T", "A1:AK2", names)]}
    )
    columns = {place: column(place, rows, 0) for place in range(COLUMNS)}
    patch(seed, path, Edits([TableEdit("T", columns, rows=rows)]))


def column(place: int, rows: int, shift: int) -> ColumnEdit:
    if place < 12:
        return ColumnEdit("text", [f"text {place} {(row + shift) % 997}" for row in range(rows)])
    if place < 24:
        return ColumnEdit("number", [Decimal(row * 7 + shift) / 100 for row in range(rows)])
    if place < 28:
        return ColumnEdit("number", [row + shift for row in range(rows)])
    if place < 33:
        return ColumnEdit("date", [738_000 + (row + shift) % 500 for row in range(rows)])
    return ColumnEdit("text", [("逾期", "未到期", "已结清")[(row + shift) % 3] for row in range(rows)])


def print_measure(rows: int, path: Path) -> None:
    print(measure(rows, path), flush=True)


def measure(rows: int, path: Path) -> str:
    edits = Edits([TableEdit("T", {place: column(place, rows, 1) for place in OWNED})])
    before = peak_megabytes()
    start, cpu = time.perf_counter(), time.process_time()
    report = patch(path, path.with_name("out.xlsx"), edits)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    assert report.changed
    more = peak_megabytes() - before
    return f"{rows:>7} rows: {seconds:5.2f} s ({cpu:.2f} s of processor), {more} MB beside the values"


def main() -> None:
    for rows in [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            for step in ("make", "print_measure"):
                call = f"{step}({rows}, pathlib.Path({str(path)!r}))"
                code = f"import pathlib; from tests.files.package.bench import {step}; {call}"
                subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    main()
