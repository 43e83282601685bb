"""The letters' templates: a wording for each level and language, put on paper the same way."""

from __future__ import annotations

from typing import Final

from addin.documents.templates import letters_en, letters_zh
from addin.documents.templates.kit import Document, Section, p
from addin.documents.templates.layout import address, annex, footer, header, letterhead, reply_slip
from addin.documents.templates.wording import Wording
from addin.model.text import Language, Text

WORDINGS: Final[dict[Language, dict[str, Wording]]] = {"zh": letters_zh.WORDINGS, "en": letters_en.WORDINGS}


def letter_template(kind: str, language: Language) -> bytes:
    """A letter's Word template."""
    wording = WORDINGS[language][kind]
    number = Text("编号 {{ letter_no }}", "Our reference {{ letter_no }}").in_(language)
    first = [
        address(language, wording.recipient),
        p(wording.kind, "Kind"),
        p(wording.subject, "Subject"),
        wording.body,
    ]
    if wording.reply:
        first.append(reply_slip(language))
    return Document(
        language=language,
        title=f"{wording.kind} {{{{ letter_no }}}}",
        sections=(Section("".join(first), letterhead=True), Section(annex(language), across=True)),
        letterhead=letterhead(language),
        header=header(f"{wording.kind} · {number} · {{{{ day }}}}"),
        footer=footer(language),
    ).build()
