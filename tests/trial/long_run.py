"""The whole trial: every real workbook and every ledger with its parts, all edits, all programs.

    python -m tests.trial.long_run [--compare] [word in a file's name …]

Prints what was compared and every problem; exit code 1 if there is one. Takes an hour and more on two cores, most of
it the validator's; `--compare` leaves the other programs out and takes some minutes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.trial import cases
from tests.trial.judge import Judge


def main(words: list[str]) -> int:
    """Runs the trial over the books whose names hold one of the words, over all without words."""
    judge, alone = Judge(), "--compare" in words
    words = [word for word in words if word != "--compare"]
    chosen = [book for book in cases.CORPUS if not words or any(word in book.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="trial-") as name:
        folder = Path(name)
        demo = cases.demo_ledger(folder)
        for book in chosen:
            before = len(judge.problems)
            ledger = cases.decorated(demo, book, folder)
            for case in (
                *cases.on_cells(book, folder),
                *cases.on_own_tables(book, folder),
                *cases.on_ledger_tables(book, folder),
                *cases.on_ledger(ledger, folder),
            ):
                judge.compare(case)
                if not alone:
                    judge.open(case)
            if not alone:
                judge.office(folder)
            print(f"{book.name}: {judge}", flush=True)
            for problem in judge.problems[before:]:
                print(f"    {problem[:600]}", flush=True)
            for path in folder.glob("after-*"):
                path.unlink()
    return int(bool(judge.problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
