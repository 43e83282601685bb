"""The faults in full: `python -m tests.faults.long_run [KILLS [SEED]]` (200 kills unless told, about 20 minutes).

Kills at random moments, death at every call to the disk, a full disk at every call; stops at the first that
leaves anything but a whole book. A full run: 200 random kills left the old book 142 times and the new one 58 times;
death at each of 716 calls 316 and 400 times; a full disk at each of them 313 and 403 times.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.faults.ledger import make_ledger
from tests.faults.nursery import Nursery
from tests.faults.trials import full_at_call, killed_at_call, killed_at_random


def main(kills: int = 200, seed: int = 1) -> None:
    """Prints how often the old and how often the new book was left."""
    with tempfile.TemporaryDirectory() as place, Nursery() as nursery:
        folder = Path(place)
        ledger = make_ledger(folder, nursery)
        print(
            f"{kills} random kills:",
            killed_at_random(ledger, nursery, folder / "book", kills, seed),
            flush=True,
        )
        every = range(1, ledger.calls + 1)
        print(
            f"death at {ledger.calls} calls:",
            killed_at_call(ledger, nursery, folder / "book", every),
            flush=True,
        )
        print(
            f"disk full at {ledger.calls} calls:",
            full_at_call(ledger, nursery, folder / "book", every),
            flush=True,
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
