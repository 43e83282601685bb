"""A letter is read back before it leaves: a template that staff edited may have lost what nobody would miss at once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from addin.model.finding import LedgerError
from addin.model.text import Text

NEEDED = ("letter_no", "total", "asked", "pay_by")
"""Fields whose words every letter must bear: its number, what is owed, what is to be paid, and by when."""


def prove(letter: bytes, template: Path, context: dict[str, Any]) -> None:
    """Nothing, where all that must stand in the letter can be read in its text, header and footer left out.

    The text is read by another reader than the one that filled the template. LedgerError ``template.lacks`` names
    what is not there: the fields in `NEEDED`, the customer's name, and of each claim its contract and what is open.
    """
    text = _text(letter)
    wanted = [(field, context[field]) for field in NEEDED]
    wanted.append(("to.name", context["to"]["name"]))
    for claim in context["claims"]:
        wanted += [("claims: contract", claim["contract"]), ("claims: open", claim["open"])]
    lacking = [field for field, words in wanted if words not in text]
    if lacking:
        raise LedgerError("template.lacks", _lacks(template, lacking[0]))


def _text(letter: bytes) -> str:
    """The body, a line a paragraph, however its words are parted into runs."""
    from docx import Document
    from docx.oxml.ns import qn

    paragraph, run = qn("w:p"), qn("w:t")
    body = Document(BytesIO(letter)).element.body
    return "\n".join("".join(each.text or "" for each in line.iter(run)) for line in body.iter(paragraph))


def _lacks(template: Path, field: str) -> Text:
    return Text(
        f"模板 {template.name} 的函件里没有 {field} 的内容：这样的函件不能发出，请在模板中补上该字段",
        f"a letter by the template {template.name} does not show {field}: it must not go out like this; "
        "put the field into the template",
    )
