"""Times the worksheet functions and holds them against the targets.

    python -m tests.benchmarks.functions

A batch of 10,000 calls (the case file again and again) through `fn --batch`; the functions that take whole columns
on 10,000 items, every argument given, floats as a sheet sends them; and one `huikuan fn` from a fresh start, with
the libraries that it must not load. The best of five each: what else runs on a machine only ever adds.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from addin.functions.call import call
from addin.hosts.cli.app import run

CASES = Path(__file__).parents[1] / "cases" / "functions.jsonl"
CALLS, ITEMS, ROUNDS = 10_000, 10_000, 5
HEAVY = ("pandas", "openpyxl", "python_calamine")


def calls_a_second() -> float:
    """How many calls of the case file a batch answers in a second, start-up of Python left out."""
    lines = list(itertools.islice(itertools.cycle(CASES.read_text("utf-8").splitlines()), CALLS))
    with tempfile.TemporaryDirectory(prefix="huikuan-") as folder:
        file = Path(folder) / "calls.jsonl"
        file.write_text("\n".join(lines), encoding="utf-8")

        def answer() -> None:
            with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
                run(["fn", "--batch", str(file)])

        return CALLS / _best(answer)


def columns() -> dict[str, tuple[str, list[Any]]]:
    """Calls on 10,000 items: what is measured, the function and its arguments."""
    pick = Random(1)
    opens = [pick.randrange(1, 10**9) / 100 for _ in range(ITEMS)]
    dues = [(date(2024, 1, 1) + timedelta(pick.randrange(900))).isoformat() for _ in range(ITEMS)]
    groups = [f"C{pick.randrange(500):03d}" for _ in range(ITEMS)]
    half = round(sum(opens) / 2, 2)
    security = [pick.choice((0.0, 0.0, 0.0, 1000.0, 50000.5)) for _ in range(ITEMS)]
    burden = [pick.choice((0.0, 0.0003, 0.0005, 0.001)) for _ in range(ITEMS)]
    named = [pick.random() < 0.1 for _ in range(ITEMS)]
    return {
        "AR_AGING": ("AR_AGING", [groups, dues, opens, "2026-06-30"]),
        "AR_OPEN": ("AR_OPEN", [opens, half]),
        "AR_ALLOCATE": ("AR_ALLOCATE", [half, opens, dues]),
        "AR_ALLOCATE, every argument": (
            "AR_ALLOCATE",
            [half, opens, dues, "2025-06-30", security, burden, named],
        ),
    }


def fresh_start() -> tuple[float, list[str]]:
    """Seconds of one `huikuan fn` from start to end, and which of the heavy libraries it loaded."""
    code = (
        "import sys; from addin.hosts.cli.app import run; run(['fn', 'AR_NET_TAX', '113', '0.13']);"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    loaded = _python(code).splitlines()[-1].split()
    return _best(lambda: _python(code)), loaded


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout


def _best(what: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        what()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def main() -> None:
    rate = calls_a_second()
    print("| what | measured | aim | met |\n|---|---:|---:|---|")
    print(f"| `fn --batch`, {CALLS:,} calls | {rate:,.0f} a second | 5,000 | {_met(rate >= 5000)} |")
    for name, (function, arguments) in columns().items():
        seconds = _best(partial(call, function, arguments))
        print(f"| {name}, {ITEMS:,} items | {seconds * 1000:.0f} ms | 50 ms | {_met(seconds <= 0.05)} |")
    seconds, loaded = fresh_start()
    print(f"| one `huikuan fn` | {seconds:.2f} s | 1 s | {_met(seconds <= 1)} |")
    print(f"| heavy libraries that it loads | {' '.join(loaded) or 'none'} | none | {_met(not loaded)} |")


def _met(reached: bool) -> str:
    return "yes" if reached else "no"


if __name__ == "__main__":
    main()
