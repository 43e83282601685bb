"""A letter is read back before it leaves: what a template has lost is named, and nothing goes out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from addin.documents.kinds import KINDS
from addin.documents.letters import find_template, letter_docx
from addin.documents.samples import sample_letter
from addin.model.finding import LedgerError
from addin.model.text import LANGUAGES

WHOLE = (
    "{{ letter_no }} {{ to.name }}", "{{ total }}", "{{ asked }} {{ pay_by }}",
    "{% for claim in claims %}{{ claim.contract }} {{ claim.open }} {% endfor %}",
)  # fmt: skip


def own(folder: Path, *paragraphs: str) -> Path:
    """A short template of a firm's own."""
    made = Document()
    for each in paragraphs:
        made.add_paragraph(each)
    path = folder / "reminder.docx"
    made.save(path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_our_templates_show_all_that_must_be_there(kind: str, language, tmp_path: Path) -> None:
    assert letter_docx(sample_letter(language, kind), find_template(kind, language, tmp_path))


def test_a_short_template_of_the_firm_s_own_is_enough(tmp_path: Path) -> None:
    letter = sample_letter("en", "reminder")
    text = "\n".join(
        each.text for each in Document(BytesIO(letter_docx(letter, own(tmp_path, *WHOLE)))).paragraphs
    )
    assert letter.to.name in text


@pytest.mark.parametrize(
    ("paragraph", "put", "field"),
    [
        (1, "", "total"),
        (1, "{{ open }}", "total"),  # less than what is owed: interest is missing
        (2, "{{ total }} {{ pay_by }}", "asked"),
        (2, "{{ asked }}", "pay_by"),
        (0, "{{ letter_no }}", "to.name"),
        (0, "{{ to.name }}", "letter_no"),
        (3, "{% for claim in claims %}{{ claim.contract }} {{ claim.amount }} {% endfor %}", "claims: open"),
        (3, "{% for claim in claims %}{{ claim.open }} {% endfor %}", "claims: contract"),
    ],
)
def test_what_a_template_has_lost_is_named(tmp_path: Path, paragraph: int, put: str, field: str) -> None:
    paragraphs = [*WHOLE]
    paragraphs[paragraph] = put
    with pytest.raises(LedgerError) as raised:
        letter_docx(sample_letter("en", "demand"), own(tmp_path, *paragraphs))
    assert raised.value.code == "template.lacks"
    assert f"does not show {field}:" in raised.value.problem.en and "reminder.docx" in raised.value.problem.zh
