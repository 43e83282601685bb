"""The refreshed demo ledger, made once, and a copy of it for each test that works on a file."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.service.demo import BOOK, make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody writes into it. A module that wants another one has a fixture of this name of its own."""
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, "en", today=date(2030, 1, 1), now=datetime(2030, 1, 1, 9), by="tester")
    return folder / BOOK


@pytest.fixture
def book(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo with what its last run remembers."""
    shutil.copytree(demo.parent, tmp_path / "book")
    return tmp_path / "book" / demo.name
