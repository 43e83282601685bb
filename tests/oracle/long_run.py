"""A long run of the comparison: `python -m tests.oracle.long_run FROM TO` takes the seeds from FROM up to TO."""

from __future__ import annotations

import sys

from tests.rules.side_by_side import differing

TOGETHER = 60


def main(first: int, last: int) -> int:
    """Prints every difference; the number of them, so that none is success."""
    found = 0
    for start in range(first, last, TOGETHER):
        seeds = range(start, min(start + TOGETHER, last))
        for roll in ("following", "none"):
            for line in differing(seeds, roll):
                found += 1
                print(line, flush=True)
        print(f"seeds {seeds.start} to {seeds.stop - 1}: {found} differences so far", flush=True)
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
