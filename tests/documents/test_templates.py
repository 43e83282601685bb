"""The Word templates that are committed: made by program, sound to Word, and set in our type."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from addin.assets import templates
from addin.documents.context import letter_context
from addin.documents.kinds import KINDS, TITLES
from addin.documents.samples import sample_letter
from addin.documents.templates import built
from addin.documents.templates.fields_page import FIELDS
from addin.model.text import LANGUAGES, Language
from tests.documents.letters import made
from tests.tools import ROOT

BUILT = built()
DOCUMENTS = [name for name in BUILT if name.endswith(".docx")]
EVERY = [(kind, language) for language in LANGUAGES for kind in KINDS]


def part(package: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(package)).read(name).decode()


@pytest.mark.parametrize("name", BUILT)
def test_what_is_committed_is_what_the_program_makes(name: str) -> None:
    committed = (templates() / name).read_bytes()
    assert committed.replace(b"\r\n", b"\n") == BUILT[name], "python -m addin.documents.templates"


def test_nothing_else_lies_there() -> None:
    folder = templates() / "letters"
    lying = {file.relative_to(templates()).as_posix() for file in folder.rglob("*") if file.is_file()}
    letters = {name for name in BUILT if name.startswith("letters/")}
    assert lying == letters
    assert sum(name.endswith(".docx") for name in letters) == 12


def test_another_process_makes_the_same_bytes() -> None:
    """Hash seeds differ between processes; an order that hangs on them would show."""
    program = (
        "import hashlib; from addin.documents.templates import built;"
        "print(hashlib.sha256(b''.join(built().values())).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(seen) == 1


@pytest.mark.parametrize("name", DOCUMENTS)
class TestTemplate:
    def test_the_audit_finds_nothing(self, name: str) -> None:
        assert [str(each) for each in OpenXmlValidator().validate(templates() / name).errors] == []

    def test_every_style_names_its_east_asian_font(self, name: str) -> None:
        styles = part(BUILT[name], "word/styles.xml")
        fonts = re.findall(r"<w:rFonts [^>]*>", styles)
        named = re.findall(r'<w:style w:type="paragraph".*?</w:style>', styles)
        assert len(named) > 20
        assert all("w:rFonts" in style for style in named)
        assert all('w:eastAsia="FangSong"' in font or 'w:eastAsia="SimHei"' in font for font in fonts)

    def test_every_style_in_use_is_there(self, name: str) -> None:
        styles = set(re.findall(r'w:styleId="(\w+)"', part(BUILT[name], "word/styles.xml")))
        for page in ("document", "header1", "header2", "footer1"):
            used = set(
                re.findall(r'<w:(?:pStyle|tblStyle) w:val="(\w+)"', part(BUILT[name], f"word/{page}.xml"))
            )
            assert used <= styles

    def test_its_body_is_of_the_agreed_size(self, name: str) -> None:
        body = re.search(r'styleId="Body".*?</w:style>', part(BUILT[name], "word/styles.xml"))
        assert body
        chinese = "/zh/" in name
        assert f'<w:sz w:val="{24 if chinese else 22}"/>' in body[0]
        assert ("FangSong" if chinese else "Calibri") in body[0]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_audit_finds_nothing_in_a_letter(kind: str, language: Language, tmp_path: Path) -> None:
    target = tmp_path / "letter.docx"
    target.write_bytes(made(sample_letter(language, kind)))
    assert OpenXmlValidator().validate(target).errors == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["notice", "demand", "legal"])
def test_the_validator_finds_nothing_in_a_letter(
    kind: str, language: Language, tmp_path: Path, validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    target = tmp_path / "letter.docx"
    target.write_bytes(made(sample_letter(language, kind)))
    assert validator(target) == [], "the others are made of the same blocks"


def test_the_validator_finds_nothing_in_a_template(validator: Callable[[Path], list[dict[str, Any]]]) -> None:
    assert validator(templates() / "letters" / "zh" / "demand.docx") == []


def test_the_page_of_fields_lists_just_what_there_is() -> None:
    context = letter_context(sample_letter("zh"))
    found = {
        group or "": set(context[group.removesuffix("[]")][0] if group.endswith("[]") else context[group])
        for group in FIELDS
        if group
    }
    found[""] = {name for name, value in context.items() if isinstance(value, str | bool)}
    assert found == {group: set(fields) for group, fields in FIELDS.items()}
    assert {group.removesuffix("[]") for group in FIELDS if group} | found[""] == set(context)


def test_the_sample_leaves_no_field_empty() -> None:
    """Templates are checked against it: a list without a row would let any field pass."""
    sample = sample_letter("zh")
    assert all(getattr(sample, each.name) not in ("", (), None, False) for each in fields(sample))
    assert all(context for context in letter_context(sample).values())


def test_six_letters_have_titles_in_both_languages() -> None:
    assert len({*TITLES.values()}) == 6
    assert all(words.zh and words.en for words in TITLES.values())
