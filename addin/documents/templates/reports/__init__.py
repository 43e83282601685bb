"""The templates of reports, a file a report: their words in both languages, put on paper as letters are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from addin.documents.templates.kit import Document
from addin.documents.templates.reports.card import card
from addin.documents.templates.reports.completion import completion
from addin.documents.templates.reports.evidence import evidence
from addin.documents.templates.reports.settlement import settlement
from addin.documents.templates.reports.statement import statement
from addin.model.text import Language

REPORTS: Final[dict[str, Callable[[Language], Document]]] = {
    "statement": statement,
    "settlement": settlement,
    "completion": completion,
    "evidence": evidence,
    "card": card,
}


def report_template(kind: str, language: Language) -> bytes:
    """A report's Word template."""
    return REPORTS[kind](language).build()
