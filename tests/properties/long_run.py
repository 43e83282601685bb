"""Every property on many fresh ledgers: `python -m tests.properties.long_run 500 [more words for pytest]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(count: str, *more: str) -> int:
    """pytest's exit code; 0 where every property held."""
    from tests.properties.ledgers import COUNT

    os.environ[COUNT] = str(int(count))
    import pytest

    return int(pytest.main(["-q", str(Path(__file__).parent), *more]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
