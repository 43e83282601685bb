"""Times letters: Word files for about a thousand customers, by one process and by two.

    python -m tests.benchmarks.letters [--customers 1200] [--json] [--keep FOLDER]

A ledger of four and a half milestones a customer; whoever owes something overdue gets a first letter. What is timed is
the whole use case (reading the book, the worklist, facts, files, moving them in place), each time in a process of
its own, and within it the writing of the letters, which is what processes share: one of them reads the book, so the
whole run gains less the fewer letters there are to a book. Seconds are those of a clock: two processes are there to
make use of two cores, so nothing else should run. Runs take turns, three times, and the best of each counts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

CUSTOMERS = 1_200
ROUNDS = 3
SLOWEST = 0.070
"""Seconds a letter may take, everything included."""
FASTER = 1.8
"""How many times as fast two processes should write the letters as one."""

Figures = Mapping[str, float]


def measure(book: Path, jobs: int) -> Figures:
    """Seconds of the whole run and of writing the files, and how many letters there were."""
    from addin.service.letters.writing import Wish, letters_book
    from tests.benchmarks.ledgers import AS_OF

    clock: dict[str, float] = {}

    def reached(step: str, done: float) -> None:
        clock.setdefault(f"{step} began", time.perf_counter())
        clock[step] = time.perf_counter()

    with tempfile.TemporaryDirectory(prefix="huikuan-") as folder:
        wish = Wish(formats=("docx",), out=Path(folder) / "letters")
        began = time.perf_counter()
        report = letters_book(
            book,
            wish,
            today=AS_OF,
            now=datetime(2026, 6, 30, 18),
            by="benchmark",
            as_of=AS_OF,
            jobs=jobs,
            progress=reached,
        )
        whole = time.perf_counter() - began
    count = sum(bool(each.files) for each in report.letters)
    return {"whole": whole, "files": clock["letters"] - clock["files began"], "letters": count}


def run(customers: int, folder: Path) -> dict[int, Figures]:
    """The best of each number of processes."""
    book = folder / f"letters-{customers}.xlsx"
    if not book.exists():
        size = customers * 9 // 2
        _python("tests.benchmarks.ledgers", str(book), str(size), "--customers", str(customers))
    found: dict[int, list[Figures]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for jobs, figures in found.items():
            told = _python("tests.benchmarks.letters", "--measure", str(jobs), str(book))
            figures.append(json.loads(told))
    return {jobs: min(figures, key=lambda each: each["files"]) for jobs, figures in found.items()}


def _python(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def table(best: Mapping[int, Figures]) -> str:
    """The figures as Markdown."""
    lines = ["| processes | letters | writing them | whole run | a letter |", "|---:|---:|---:|---:|---:|"]
    for jobs, each in best.items():
        one = each["whole"] / each["letters"] * 1000
        row = (
            str(jobs),
            f"{each['letters']:,.0f}",
            f"{each['files']:.2f} s",
            f"{each['whole']:.2f} s",
            f"{one:.1f} ms",
        )
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def targets(best: Mapping[int, Figures]) -> list[tuple[str, float, bool]]:
    """(target, what was measured, whether it is met)."""
    one, two = best[1], best[2]
    each = one["whole"] / one["letters"]
    files = one["files"] / two["files"]
    return [
        (f"under {SLOWEST * 1000:.0f} ms a letter, by one process (ms)", each * 1000, each < SLOWEST),
        (f"letters written by two processes at least {FASTER} times as fast", files, files >= FASTER),
    ]


def target_table(found: Sequence[tuple[str, float, bool]]) -> str:
    """The targets as Markdown."""
    lines = ["| target | measured | met |", "|---|---:|---|"]
    lines += [f"| {what} | {value:.2f} | {'yes' if met else 'no'} |" for what, value, met in found]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--json", action="store_true", help="figures as JSON instead of Markdown")
    parser.add_argument("--keep", type=Path, help="folder of the ledger, made there and used again")
    parser.add_argument("--measure", nargs=2, metavar=("JOBS", "BOOK"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        jobs, book = wanted.measure
        print(json.dumps(measure(Path(book), int(jobs))))
        return
    with tempfile.TemporaryDirectory(prefix="huikuan-") as temporary:
        best = run(wanted.customers, wanted.keep or Path(temporary))
    print(json.dumps(best, indent=1) if wanted.json else f"{table(best)}\n\n{target_table(targets(best))}")


if __name__ == "__main__":
    main()
