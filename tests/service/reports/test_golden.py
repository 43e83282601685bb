"""What the demo ledger's reports say, word for word. Rewrite with `python -m tests.service.reports.golden_reports`
and read the difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from addin.documents.report_facts import Opinion
from addin.documents.reports.rendering import find_report_template, report_docx
from addin.model.money import grouped
from addin.model.text import LANGUAGES, Language
from addin.service.reports import facts
from addin.service.reports.records import Records
from tests.documents.reading import text
from tests.service.reports.golden_reports import FOLDER, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_and_figure(
    records: Callable[[Language], Records], language: Language, tmp_path: Path
) -> None:
    found = dict(said(records(language), language, tmp_path))
    assert sorted(found) == sorted(path.stem for path in FOLDER.glob(f"{language}-*.txt"))
    for name, words in found.items():
        assert words == (FOLDER / f"{name}.txt").read_text("utf-8"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_paid_is_not_asked_to_confirm_the_whole(
    records: Callable[[Language], Records], language: Language, tmp_path: Path
) -> None:
    """Money that is not applied yet is on the reply slip as well: what is sealed there is a confirmation of debt."""
    found = records(language)
    told = next(facts.statements(found, dict(found.one("customers", "C002") or {}), None, language, False))
    paid = replace(told, unapplied=12_345)
    words = text(report_docx("statement", paid, find_report_template("statement", language, tmp_path)))
    [line] = [each for each in words.splitlines() if each.startswith("□") and grouped(told.open, 2) in each]
    assert "123.45" in line and grouped(paid.net, 2) in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opinion_without_a_score_shows_none(
    records: Callable[[Language], Records], language: Language, tmp_path: Path
) -> None:
    found = records(language)
    told = facts.completion(found, dict(found.one("customers", "C003") or {}), "HT-2025-001", language)
    mute = replace(told, opinions=(Opinion(date(2026, 6, 1), "", "Fine"),))
    template = find_report_template("completion", language, tmp_path)
    assert "/10" not in text(report_docx("completion", mute, template))
