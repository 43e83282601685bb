"""The refreshed demo ledger in both languages, and copies of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.model.text import Language
from addin.service.demo import BOOK, make_demo

Copy = Callable[..., Path]


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses, for the log of runs."""
    monkeypatch.setattr("getpass.getuser", lambda: "tester")


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    """Nobody writes into them."""
    made: dict[Language, Path] = {}
    for language in ("zh", "en"):
        folder = tmp_path_factory.mktemp(f"demo-{language}")
        make_demo(folder, language, today=date(2030, 1, 1), now=datetime(2030, 1, 1, 9), by="tester")
        made[language] = folder / BOOK
    return made


@pytest.fixture
def copy(demos: dict[Language, Path], tmp_path: Path) -> Copy:
    """`copy("file", "en")`: a copy of the demo in a folder of this name, with what its last run remembers."""

    def make(name: str, language: Language = "en") -> Path:
        shutil.copytree(demos[language].parent, tmp_path / name)
        return tmp_path / name / BOOK

    return make
