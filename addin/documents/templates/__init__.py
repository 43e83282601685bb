"""Makes the Word templates that come with the product: `python -m addin.documents.templates`."""

from __future__ import annotations

from addin.documents.kinds import KINDS
from addin.documents.templates.fields_page import fields_page
from addin.documents.templates.letters import letter_template
from addin.documents.templates.report_fields import report_fields_page
from addin.documents.templates.reports import REPORTS, report_template
from addin.model.text import LANGUAGES


def built() -> dict[str, bytes]:
    """Every template, and the pages of fields, by path below `workbook_templates/`; the same bytes on every machine."""
    letters = {
        f"letters/{language}/{kind}.docx": letter_template(kind, language)
        for language in LANGUAGES
        for kind in KINDS
    }
    reports = {
        f"reports/{language}/{kind}.docx": report_template(kind, language)
        for language in LANGUAGES
        for kind in REPORTS
    }
    pages = {"letters/FIELDS.md": fields_page(), "reports/FIELDS.md": report_fields_page()}
    return letters | reports | {name: words.encode() for name, words in pages.items()}
