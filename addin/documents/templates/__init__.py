"""Makes the Word templates that come with the product: `python -m addin.documents.templates`."""

from __future__ import annotations

from addin.documents.kinds import KINDS
from addin.documents.templates.fields_page import fields_page
from addin.documents.templates.letters import letter_template
from addin.model.text import LANGUAGES


def built() -> dict[str, bytes]:
    """Every template, and the page of fields, by path below `workbook_templates/`; the same bytes on every machine."""
    letters = {
        f"letters/{language}/{kind}.docx": letter_template(kind, language)
        for language in LANGUAGES
        for kind in KINDS
    }
    return letters | {"letters/FIELDS.md": fields_page().encode()}
