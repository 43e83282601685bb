"""What the demo ledger's reports say, word for word. Rewrite with `python -m tests.service.reports.golden_reports`
and read the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from addin.model.text import LANGUAGES, Language
from addin.service.reports.records import Records
from tests.service.reports.golden_reports import FOLDER, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_and_figure(
    records: Callable[[Language], Records], language: Language, tmp_path: Path
) -> None:
    found = dict(said(records(language), language, tmp_path))
    assert sorted(found) == sorted(path.stem for path in FOLDER.glob(f"{language}-*.txt"))
    for name, words in found.items():
        assert words == (FOLDER / f"{name}.txt").read_text("utf-8"), name
