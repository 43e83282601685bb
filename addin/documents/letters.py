"""A letter as a Word document: facts into the template of its level."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from addin.assets import templates
from addin.documents.context import letter_context
from addin.documents.facts import Letter
from addin.documents.proof import prove
from addin.documents.render import check_fields, render
from addin.documents.samples import sample_letter
from addin.model.finding import LedgerError
from addin.model.text import Language, Text

OWN_FOLDER = "letter_templates"
"""Beside the book: the firm's own templates, `letter_templates/zh/demand.docx`; they win over ours."""


def letter_docx(letter: Letter, template: Path) -> bytes:
    """The letter, read back. LedgerError ``template.…`` where the template cannot be used; nothing was made then."""
    context = letter_context(letter)
    made = render(template, context, _shape())
    prove(made, template, context)
    return made


def check_letter_template(template: Path) -> None:
    """LedgerError ``template.…`` where ``template`` is no Word template or has a field that letters do not have."""
    check_fields(template, _shape())


def find_template(kind: str, language: Language, beside: Path) -> Path:
    """The template of a level: the firm's own in `letter_templates/` in the folder ``beside``, else ours.

    ``kind`` is the word of the levels table: one of our six, or the name of an own template. LedgerError
    ``template.missing``: there is none, or the word is no plain name.
    """
    if kind.isidentifier():
        for folder in (beside / OWN_FOLDER, templates() / "letters"):
            template = folder / language / f"{kind}.docx"
            if template.is_file():
                return template
    raise LedgerError("template.missing", _missing(kind, f"{OWN_FOLDER}/{language}/{kind}.docx"))


def _missing(kind: str, own: str) -> Text:
    if not kind.isidentifier():
        return Text(
            f"{kind!r} 不能作函件模板名：请在催款级别中改成一个词（字母、汉字、数字、下划线），不带路径和 .docx",
            f"{kind!r} is no name of a letter template: in the levels table it is one word of letters, digits and _, "
            "without a path or .docx",
        )
    return Text(
        f"没有名为 {kind!r} 的函件模板：请在催款级别中改正，或在账簿旁放入 {own}",
        f"there is no letter template {kind!r}: correct the levels table, or put {own} beside the book",
    )


@lru_cache(maxsize=1)
def _shape() -> dict[str, Any]:
    return letter_context(sample_letter("zh"))
