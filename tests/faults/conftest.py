"""The nursery and the ledger, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.ledger import Ledger, make_ledger
from tests.faults.nursery import POSIX, Nursery


@pytest.fixture(scope="package")
def nursery() -> Iterator[Nursery]:
    if not POSIX:
        pytest.skip("children are forked and killed by signal: not on Windows")
    with Nursery() as opened:
        yield opened


@pytest.fixture(scope="package")
def ledger(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return make_ledger(tmp_path_factory.mktemp("faults"), nursery)
