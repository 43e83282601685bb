"""The demo ledger in both languages, refreshed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from addin.service.demo import BOOK, make_demo
from addin.service.dossier import open_dossier
from addin.service.reports.records import Records

if TYPE_CHECKING:
    from addin.model.text import Language

TODAY = date(2030, 1, 1)


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    """Nobody writes into them."""
    made: dict[Language, Path] = {}
    for language in ("zh", "en"):
        folder = tmp_path_factory.mktemp(f"demo-{language}")
        make_demo(folder, language, today=TODAY, now=datetime(2030, 1, 1, 9), by="tester")
        made[language] = folder / BOOK
    return made


@pytest.fixture(scope="session")
def records(demos: dict[Language, Path]) -> Callable[[Language], Records]:
    """The rows of a demo ledger as at its own day, 30 June 2026."""
    read = {language: Records(open_dossier(book, today=TODAY)) for language, book in demos.items()}
    return read.__getitem__


@pytest.fixture
def book(demos: dict[Language, Path], tmp_path: Path) -> Path:
    """A copy of the Chinese demo, to be written into."""
    copy = tmp_path / "ledger" / BOOK
    copy.parent.mkdir()
    copy.write_bytes(demos["zh"].read_bytes())
    return copy
