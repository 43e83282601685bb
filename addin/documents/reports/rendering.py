"""A report as a Word document: facts into its template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from addin.assets import templates
from addin.documents.render import check_fields, render
from addin.documents.reports.card import card_context, card_shape
from addin.documents.reports.completion import completion_context, completion_shape
from addin.documents.reports.evidence import evidence_context, evidence_shape
from addin.documents.reports.parts import Context
from addin.documents.reports.settlement import settlement_context, settlement_shape
from addin.documents.reports.statement import statement_context, statement_shape
from addin.model.text import Language

OWN_FOLDER: Final = "report_templates"
"""Beside the book: the firm's own templates, `report_templates/zh/statement.docx`; they win over ours."""

_WORDS: Final[dict[str, tuple[Callable[[Any], Context], Callable[[Context], Context]]]] = {
    "statement": (statement_context, statement_shape),
    "settlement": (settlement_context, settlement_shape),
    "completion": (completion_context, completion_shape),
    "evidence": (evidence_context, evidence_shape),
    "card": (card_context, card_shape),
}
"""By report: its facts as text, and the same with a row in every list."""


def report_docx(kind: str, facts: Any, template: Path) -> bytes:
    """The report that ``facts`` (those of its kind) give.

    LedgerError ``template.…`` where the template cannot be used; nothing was made then.
    """
    context, shape = _WORDS[kind]
    found = context(facts)
    return render(template, found, shape(found))


def check_report_template(kind: str, facts: Any, template: Path) -> None:
    """LedgerError ``template.…`` where the template cannot be used or has a field that the report does not have."""
    context, shape = _WORDS[kind]
    check_fields(template, shape(context(facts)))


def find_report_template(kind: str, language: Language, beside: Path) -> Path:
    """The template of a report: the firm's own in the folder ``beside``, else ours."""
    own = beside / OWN_FOLDER / language / f"{kind}.docx"
    return own if own.is_file() else templates() / "reports" / language / f"{kind}.docx"
