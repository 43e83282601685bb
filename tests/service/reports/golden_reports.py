"""Writes what the demo ledger's reports say into `golden/`: `python -m tests.service.reports.golden_reports`.

The card is not among them: what it proposes to talk about is the worklist's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from addin.documents.reports.rendering import find_report_template, report_docx
from addin.model.text import LANGUAGES, Language
from addin.service.demo import BOOK, make_demo
from addin.service.dossier import open_dossier
from addin.service.reports import facts
from addin.service.reports.evidence import evidence
from addin.service.reports.gathering import deal, head
from addin.service.reports.pack import listed
from addin.service.reports.papers import Shelf, papers
from addin.service.reports.records import Records
from addin.service.reports.timeline import scope_of
from tests.documents.reading import text
from tests.service.reports.conftest import TODAY

FOLDER = Path(__file__).with_name("golden")


def said(records: Records, language: Language, beside: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each report."""

    def customer(id: str) -> dict[str, object]:
        return dict(records.one("customers", id) or {})

    found = {
        "statement": next(facts.statements(records, customer("C002"), None, language, False)),
        "statement-interest": next(facts.statements(records, customer("C009"), None, language, True)),
        "settlement": facts.settlement(records, customer("C002"), "HT-2024-005", language),
        "completion": facts.completion(records, customer("C003"), "HT-2025-001", language),
        "evidence": _pack(records, language, beside),
    }
    for name, told in found.items():
        kind = name.partition("-")[0]
        yield (
            f"{language}-{name}",
            text(report_docx(kind, told, find_report_template(kind, language, beside))),
        )


def _pack(records: Records, language: Language, beside: Path) -> object:
    scope = scope_of(records, "C008", ["HT-2025-004"])
    of = head(records, records.one("customers", "C008") or {}, "ZJ-20260630-HT-2025-004", language)
    missing = listed(papers(records, scope, Shelf(beside / BOOK)))
    return evidence(records, of, [deal(records, "HT-2025-004")], scope, missing, "")


def read(folder: Path, language: Language) -> Records:
    make_demo(folder, language, today=TODAY, now=datetime(2030, 1, 1, 9), by="tester")
    return Records(open_dossier(folder / BOOK, today=TODAY))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as scratch:
            for name, words in said(read(Path(scratch), language), language, Path(scratch)):
                (FOLDER / f"{name}.txt").write_text(words, encoding="utf-8", newline="\n")
