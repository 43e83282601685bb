"""Templates are people's files: wrong ones are refused by name, and nothing in them or in the data runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from addin.documents.letters import find_template, letter_docx
from addin.documents.render import check_fields, render
from addin.documents.samples import sample_letter
from addin.model.finding import LedgerError
from tests.documents.reading import opened, text

CONTEXT: dict[str, Any] = {
    "name": "A & B",
    "flag": "",
    "firm": {"name": "We"},
    "rows": [{"no": "1", "open": "5.00"}, {"no": "2", "open": "7.00"}],
    "nobody": [],
}


def template(folder: Path, *paragraphs: str, name: str = "own.docx", header: str = "") -> Path:
    """A Word file as staff would write it."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    target = folder / name
    document.save(str(target))
    return target


def refusal(path: Path, context: dict[str, Any] = CONTEXT) -> LedgerError:
    with pytest.raises(LedgerError) as refused:
        render(path, context)
    assert path.name in refused.value.problem.zh and path.name in refused.value.problem.en
    return refused.value


class TestWhatStaffWrite:
    def test_fields_conditions_and_loops(self, tmp_path: Path) -> None:
        own = template(
            tmp_path, "Dear {{ name }}", "{%p if flag %}", "hidden", "{%p endif %}",
            "{%p for r in rows %}", "{{ r.no }}: {{ r.open }}", "{%p endfor %}", header="From {{ firm.name }}",
        )  # fmt: skip
        made = render(own, CONTEXT)
        assert [p.text for p in opened(made).paragraphs] == ["Dear A & B", "1: 5.00", "2: 7.00"]
        assert "From We" in text(made)

    def test_word_may_have_torn_a_field_apart(self, tmp_path: Path) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph()
        for piece in ("{", "{ na", "me }", "} and {{ firm", ".name }}"):
            paragraph.add_run(piece).bold = len(piece) % 2 == 0
        target = tmp_path / "torn.docx"
        document.save(str(target))
        assert opened(render(target, CONTEXT)).paragraphs[0].text == "A & B and We"

    def test_typographic_quotes_within_braces_are_quotes(self, tmp_path: Path) -> None:
        own = template(tmp_path, "{% if name == “A & B” %}yes{% else %}no{% endif %}")
        assert opened(render(own, CONTEXT)).paragraphs[0].text in ("yes", "no")

    def test_a_changed_template_is_read_again(self, tmp_path: Path) -> None:
        own = template(tmp_path, "one {{ name }}")
        assert "one A & B" in text(render(own, CONTEXT))
        template(tmp_path, "two, and longer {{ name }}")
        assert "two, and longer A & B" in text(render(own, CONTEXT))

    def test_another_program_may_have_saved_it(self, tmp_path: Path, soffice: Callable[..., Path]) -> None:
        """LibreOffice writes every run, row and section anew; the letter says the same."""
        facts = sample_letter("zh")
        ours = find_template("demand", "zh", tmp_path)
        theirs = soffice(ours, "docx:MS Word 2007 XML", tmp_path / "saved")
        said = [line for line in text(letter_docx(facts, theirs)).splitlines() if "[footer]" not in line]
        assert said == [
            line for line in text(letter_docx(facts, ours)).splitlines() if "[footer]" not in line
        ]

    def test_a_picture_of_theirs_stays(self, tmp_path: Path) -> None:
        own = template(tmp_path, "{{ name }}")
        with zipfile.ZipFile(own, "a") as package:
            package.writestr("word/media/logo.png", b"\x89PNG logo")
        made = zipfile.ZipFile(io.BytesIO(render(own, CONTEXT)))
        assert made.read("word/media/logo.png") == b"\x89PNG logo"


class TestUnknownFields:
    @pytest.mark.parametrize(
        ("words", "named"),
        [
            ("{{ nmae }}", "nmae"),
            ("{{ firm.fax }}", "firm.fax"),
            ("{{ firm['fax'] }}", "firm.fax"),
            ("{% if flag %}{{ never }}{% endif %}", "never"),
            ("{% for r in rows %}{{ r.colour }}{% endfor %}", "r.colour"),
            ("{% for r in rows %}{% if r.no == 'x' %}{{ r.colour }}{% endif %}{% endfor %}", "r.colour"),
            ("{% for r in rows %}{% else %}{{ never }}{% endfor %}", "never"),
            ("{% if flag %}{% else %}{{ never }}{% endif %}", "never"),
            ("{% for r in rows if r.colour %}{% endfor %}", "r.colour"),
            ("{% for r in rwos %}{% endfor %}", "rwos"),
            ("{{ r.no }}", "r"),
            ("{{ name|upper ~ other }}", "other"),
            ("{{ firm.items }}", "firm.items"),
            ("{{ true or never }}", "never"),
            ("{{ self }} {{ range(9) }}", "range"),
        ],
    )
    def test_is_named(self, words: str, named: str, tmp_path: Path) -> None:
        refused = refusal(template(tmp_path, words))
        assert refused.code == "template.field"
        assert named in refused.problem.en.split(": ")[1]

    def test_in_a_header_too(self, tmp_path: Path) -> None:
        assert "fax" in refusal(template(tmp_path, "x", header="{{ fax }}")).problem.zh

    def test_all_of_them_at_once(self, tmp_path: Path) -> None:
        assert "alpha, beta" in refusal(template(tmp_path, "{{ beta }}", "{{ alpha }}")).problem.en

    def test_rows_of_an_empty_list_are_checked_by_a_shape(self, tmp_path: Path) -> None:
        own = template(tmp_path, "{% for r in nobody %}{{ r.colour }}{% endfor %}")
        assert render(own, CONTEXT)
        with pytest.raises(LedgerError, match=r"r\.colour"):
            check_fields(own, CONTEXT | {"nobody": [{"no": ""}]})

    @pytest.mark.parametrize(
        "words", ["{% set a = name %}{{ a }}", "{% for r in rows %}{{ loop.index }}{% endfor %}"]
    )
    def test_what_a_template_makes_itself_is_known(self, words: str, tmp_path: Path) -> None:
        assert render(template(tmp_path, words), CONTEXT)


class TestSandbox:
    @pytest.mark.parametrize(
        "words",
        [
            "{{ ''.__class__.__mro__ }}",
            "{{ name.__class__ }}",
            "{{ rows.append(1) }}",
            "{{ rows.__class__.__base__.__subclasses__() }}",
            "{{ name.format.__globals__ }}",
            "{{ '{0.__class__}'.format(name) }}",
            "{% include 'secrets' %}",
            "{% import 'os' as os %}",
            "{{ lipsum.__globals__ }}",
            "{{ cycler.__init__.__globals__ }}",
            "{{ 1 // 0 }}",
        ],
    )
    def test_nothing_gets_out(self, words: str, tmp_path: Path) -> None:
        assert refusal(template(tmp_path, words)).code in ("template.wrong", "template.field")

    def test_data_is_never_a_template(self, tmp_path: Path) -> None:
        own = template(tmp_path, "{{ name }}", "{{ firm.name }}")
        made = render(own, CONTEXT | {"name": "{{ 7*7 }}{% x %}", "firm": {"name": "{{ name }}"}})
        assert [p.text for p in opened(made).paragraphs] == ["{{ 7*7 }}{% x %}", "{{ name }}"]

    def test_safe_does_not_open_a_hole_that_breaks_the_file(self, tmp_path: Path) -> None:
        assert refusal(template(tmp_path, "{{ name|safe }}")).code == "template.wrong"


class TestDamage:
    @pytest.mark.parametrize(
        "words", ["{{ name", "{% if name %}", "{{ name|nofilter }}", "{% endif %}", "{{ }}"]
    )
    def test_wrong_notation(self, words: str, tmp_path: Path) -> None:
        assert refusal(template(tmp_path, words)).code == "template.wrong"

    @pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 torn", b"\xd0\xcf\x11\xe0 old .doc"])
    def test_no_word_file(self, content: bytes, tmp_path: Path) -> None:
        own = tmp_path / "own.docx"
        own.write_bytes(content)
        assert refusal(own).code == "template.unreadable"

    def test_no_file(self, tmp_path: Path) -> None:
        assert refusal(tmp_path / "gone.docx").code == "template.unreadable"

    def test_a_workbook(self, tmp_path: Path) -> None:
        own = tmp_path / "own.docx"
        with zipfile.ZipFile(own, "w") as package:
            package.writestr("xl/workbook.xml", "<a/>")
        assert refusal(own).code == "template.unreadable"

    def test_a_bomb(self, tmp_path: Path) -> None:
        own = template(tmp_path, "{{ name }}")
        with zipfile.ZipFile(own, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/media/big.bin", b"\0" * (65 << 20))
        assert refusal(own).code == "template.unreadable"

    @pytest.mark.parametrize("size", [1, 7, 40])
    def test_a_torn_part(self, size: int, tmp_path: Path) -> None:
        own = template(tmp_path, "{{ name }}")
        with zipfile.ZipFile(own) as package:
            start = package.getinfo("word/document.xml").header_offset + 60
        content = bytearray(own.read_bytes())
        content[start : start + size] = b"\xff" * size
        own.write_bytes(content)
        assert refusal(own).code in ("template.unreadable", "template.wrong")

    @pytest.mark.parametrize(
        "xml",
        [
            '<?xml version="1.0" encoding="UTF-16"?><x>{{ name }}</x>'.encode("utf-16"),
            b"<x>{{ name }}</y>",
            b"",
        ],
    )
    def test_a_part_that_is_no_xml_of_words(self, xml: bytes, tmp_path: Path) -> None:
        own = tmp_path / "own.docx"
        with zipfile.ZipFile(own, "w") as package:
            package.writestr("word/document.xml", xml)
        assert refusal(own).code == "template.wrong"

    def test_braces_without_end(self, tmp_path: Path) -> None:
        assert (
            refusal(template(tmp_path, "{{ " + "(" * 3000 + "name" + ")" * 3000 + " }}")).code
            == "template.wrong"
        )

    def test_an_entity(self, tmp_path: Path) -> None:
        own = template(tmp_path, "{{ name }}")
        parts = {name: zipfile.ZipFile(own).read(name) for name in zipfile.ZipFile(own).namelist()}
        parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
        with zipfile.ZipFile(own, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        assert refusal(own).code == "template.wrong"
