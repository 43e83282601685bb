"""The full run: `python -m tests.fuzz --count 10000 --seed 1 [--from N] [--keep FOLDER]`.

Exit code 1 where a promise was broken; the damaged files of such cases are kept.
A run of 10,000 (seed 7) broke none: 8,000 of them took 22 minutes, the longest half a second.
"""

from __future__ import annotations

import argparse
import faulthandler
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import SECONDS, empty, run_case

SLOW = 5
"""Seconds from which a case is named."""


def main() -> int:
    ask = argparse.ArgumentParser(prog="python -m tests.fuzz")
    ask.add_argument("--count", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--from", type=int, default=0, dest="first", help="the number of the first case")
    ask.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "huikuan-fuzz")
    chosen = ask.parse_args()
    codes: Counter[str] = Counter()
    faults, longest = 0, 0.0
    with tempfile.TemporaryDirectory() as room:
        for number in range(chosen.first, chosen.first + chosen.count):
            faulthandler.dump_traceback_later(4 * SECONDS, exit=True)  # a library that hears no signal
            folder = empty(Path(room) / "case")
            outcome = run_case(chosen.seed, number, folder)
            codes[f"{outcome.kind}: exit {outcome.code}"] += 1
            longest = max(longest, outcome.seconds)
            if outcome.seconds > SLOW:
                print(f"{chosen.seed}:{number} {outcome.kind} took {outcome.seconds:.1f} s", flush=True)
            if outcome.fault:
                faults += 1
                kept = empty(chosen.keep / f"{chosen.seed}-{number}")
                shutil.copytree(folder, kept, dirs_exist_ok=True)
                print(
                    f"{chosen.seed}:{number} {outcome.kind}: {outcome.fault}\n  {outcome.said}\n  kept in {kept}",
                    flush=True,
                )
            if (number + 1 - chosen.first) % 500 == 0:
                print(
                    f"{number + 1 - chosen.first} cases, {faults} faults, longest {longest:.1f} s", flush=True
                )
    for kind, count in sorted(codes.items()):
        print(f"{kind}: {count}")
    print(f"{chosen.count} cases, {faults} faults, the longest took {longest:.1f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
