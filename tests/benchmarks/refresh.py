"""Times a refresh beside openpyxl's load and save of the same file, and holds both against the targets.

    python -m tests.benchmarks.refresh [--sizes 1000 10000 100000] [--json] [--keep FOLDER]

Each ledger comes with one customer for ten contracts and once more with only 20 customers. What is timed is a
refresh in place, backup included, in which nearly every computed cell changes and all of them are in the book
already: the ledger was refreshed as at an earlier day, then all names, amounts, dates and receipts were typed
anew. Every measurement has a process of its own; the time to start Python and import libraries is left out for
both sides, the memory of it is not.

Read is from the file to the typed ledger, rules from there to every figure and the cells that differ, write the
rest. Seconds are processor time, which other programs disturb least; both sides run on one core. The seconds are
those of one machine, the ratios travel. Both sides take turns, five times up to 10,000 milestones (with 100,000,
where openpyxl needs minutes, ours three times and openpyxl once), and the best of each counts: what else runs on
a machine only ever adds.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

SIZES = (1_000, 10_000, 100_000)
FEW_CUSTOMERS = 20
LARGE = 100_000
"""From how many milestones on fewer rounds have to do."""
RATIO_SIZE = 10_000
"""The size at which ratios to openpyxl are promised."""

Figures = Mapping[str, float]


def time_ours(book: Path) -> dict[str, float]:
    """Seconds of each step of a refresh, and how many cells and rows it wrote."""
    import holidays.countries.china  # noqa: F401  # a library, imported before the clock starts like the others

    from addin.service.books import refresh_book
    from tests.benchmarks.ledgers import AS_OF

    clock: dict[str, float] = {}

    def reached(step: str, _: float) -> None:
        clock[step] = time.process_time()

    wall = time.perf_counter()
    report = refresh_book(
        book, today=AS_OF, now=datetime(2026, 6, 30, 18), by="benchmark", as_of=AS_OF, progress=reached
    )
    return {
        "read": clock["rules"] - clock["read"],
        "rules": clock["write"] - clock["rules"],
        "write": clock["done"] - clock["write"],
        "whole": clock["done"] - clock["read"],
        "wall": time.perf_counter() - wall,
        "cells": report.wrote_cells,
    }


def time_openpyxl(book: Path) -> dict[str, float]:
    """Seconds of openpyxl's load and save."""
    from openpyxl import load_workbook

    wall, started = time.perf_counter(), time.process_time()
    workbook = load_workbook(book)
    loaded = time.process_time()
    workbook.save(book)
    saved = time.process_time()
    return {
        "load": loaded - started,
        "save": saved - loaded,
        "whole": saved - started,
        "wall": time.perf_counter() - wall,
    }


SIDES: Mapping[str, Callable[[Path], dict[str, float]]] = {"ours": time_ours, "openpyxl": time_openpyxl}


def measure(side: str, book: Path) -> Figures:
    """One side's figures from a fresh process on a copy of the book, its peak memory in MB among them."""
    with tempfile.TemporaryDirectory(prefix="huikuan-") as folder:
        copy = shutil.copy(book, folder)
        figures: Figures = json.loads(_python("tests.benchmarks.refresh", "--measure", side, str(copy)))
    return figures


def _python(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _peak_megabytes() -> float:
    """The most memory that this process had; the parent stays small, for a child begins with its parent's peak."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)


def run(sizes: Iterable[int], folder: Path) -> list[dict[str, Any]]:
    """Makes each ledger and measures both sides on it."""
    rows = []
    for size in sizes:
        for customers in (None, FEW_CUSTOMERS):
            book = folder / f"{size}-{customers or 'many'}.xlsx"
            if not book.exists():
                few = ["--customers", str(customers)] if customers else []
                _python("tests.benchmarks.ledgers", str(book), str(size), *few)
            print(f"{book.name} …", file=sys.stderr)
            best = {
                side: min(found, key=itemgetter("whole")) for side, found in _in_turns(size, book).items()
            }
            rows.append({"milestones": size, "customers": customers, **best})
    return rows


def _in_turns(size: int, book: Path) -> dict[str, list[Figures]]:
    rounds = {"ours": 3, "openpyxl": 1} if size >= LARGE else dict.fromkeys(SIDES, 5)
    found: dict[str, list[Figures]] = {side: [] for side in SIDES}
    for turn in range(max(rounds.values())):
        for side in SIDES:
            if turn < rounds[side]:
                found[side].append(measure(side, book))
    return found


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The figures as Markdown."""
    head = ("milestones", "customers", "read", "rules", "write", "whole", "cells written", "peak MB",
            "openpyxl load + save", "its peak MB", "openpyxl ÷ whole", "openpyxl ÷ write")  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|" + "---:|" * len(head)]
    for row in rows:
        ours, theirs = row["ours"], row["openpyxl"]
        cells = [
            f"{row['milestones']:,}",
            str(row["customers"] or "1 for 10 contracts"),
            *(f"{ours[step]:.2f} s" for step in ("read", "rules", "write", "whole")),
            f"{ours['cells']:,}",
            f"{ours['peak']:.0f}",
            f"{theirs['whole']:.1f} s",
            f"{theirs['peak']:.0f}",
            f"{theirs['whole'] / ours['whole']:.1f}",
            f"{theirs['whole'] / ours['write']:.1f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def targets(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, float, bool]]:
    """(ledger, target, what was measured, whether it is met); targets of sizes that were not run are left out."""
    by_place = {(row["milestones"], row["customers"]): row for row in rows}
    found: list[tuple[str, str, float, bool]] = []
    for (size, customers), row in by_place.items():
        ours, theirs = row["ours"], row["openpyxl"]
        name = f"{size:,}, {customers or 'many'} customers"
        share = ours["rules"] / ours["whole"]
        found.append((name, "rules at most a fifth of the whole", share, share <= 0.2))
        if size == RATIO_SIZE:
            whole, write = theirs["whole"] / ours["whole"], theirs["whole"] / ours["write"]
            found.append((name, "whole refresh at least 8 times as fast", whole, whole >= 8))
            found.append((name, "write at least 14 times as fast", write, write >= 14))
        if size == LARGE:
            found.append((name, "peak memory at most 900 MB", ours["peak"], ours["peak"] <= 900))
            if (RATIO_SIZE, customers) in by_place:
                growth = ours["whole"] / by_place[RATIO_SIZE, customers]["ours"]["whole"]
                found.append((name, "at most 11 times the time of 10,000", growth, growth <= 11))
    return found


def target_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The targets as Markdown."""
    lines = ["| milestones | target | measured | met |", "|---|---|---:|---|"]
    lines += [
        f"| {name} | {what} | {value:.2f} | {'yes' if met else 'no'} |"
        for name, what, value, met in targets(rows)
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", action="store_true", help="figures as JSON instead of Markdown")
    parser.add_argument("--keep", type=Path, help="folder of the ledgers, made there and used again")
    parser.add_argument("--measure", nargs=2, metavar=("SIDE", "BOOK"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        side, book = wanted.measure
        print(json.dumps(SIDES[side](Path(book)) | {"peak": _peak_megabytes()}))
        return
    with tempfile.TemporaryDirectory(prefix="huikuan-") as temporary:
        rows = run(wanted.sizes, wanted.keep or Path(temporary))
    print(json.dumps(rows, indent=1) if wanted.json else f"{table(rows)}\n\n{target_table(rows)}")


if __name__ == "__main__":
    main()
