"""The wording of all letters as text: `python -m tests.documents.golden_letters` writes what stands in `golden/`."""

from __future__ import annotations

from pathlib import Path

from addin.documents.kinds import KINDS
from addin.documents.letters import find_template, letter_docx
from addin.documents.messages import letter_txt
from addin.documents.samples import sample_letter
from addin.model.text import LANGUAGES, Language
from tests.documents.reading import text

FOLDER = Path(__file__).with_name("golden")
NOWHERE = Path(__file__).parent / "no such folder"


def said(kind: str, language: Language) -> str:
    """A letter's text, then its message's."""
    letter = sample_letter(language, kind, KINDS.index(kind))
    made = letter_docx(letter, find_template(kind, language, NOWHERE))
    return f"{text(made)}\n[message]\n{letter_txt(letter)}"


def main() -> None:
    for language in LANGUAGES:
        for kind in KINDS:
            (FOLDER / f"{language}-{kind}.txt").write_text(said(kind, language), encoding="utf-8")


if __name__ == "__main__":
    main()
