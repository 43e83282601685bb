"""Styles, shared texts and relations that do not fit the cells that lean on them."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

import pytest

from addin.files.sharedtexts import is_believable
from tests.bad_input.ledger import make_book
from tests.bad_input.reports import command
from tests.files.inputs import rewrite
from tests.fuzz.shared_texts import with_shared_texts
from tests.hostile.crafted import AS_OF, entries_of, refused, zipped


@pytest.fixture
def book(tmp_path):
    path = make_book(tmp_path)
    path.write_bytes(with_shared_texts(path.read_bytes()))
    return path


def survived(book):
    """Findings or one clear line, from each command; and a book that was written is read again."""
    for order in ("check", "refresh", "check"):
        ran = command(order, book, "--as-of", AS_OF)
        assert "internal error" not in ran.err
        assert (ran.code in (0, 1) and not ran.err) or len(ran.err.splitlines()) == 1
    return ran.code


def changed(book, part, change):
    rewrite(book, {part: change})
    return survived(book)


def test_no_styles_at_all(book):
    parts = [entry for entry in entries_of(book.read_bytes()) if b"styles" not in entry.name]
    book.write_bytes(zipped(parts))
    survived(book)


@pytest.mark.parametrize("style", [b"99999", b"-1", b"4294967296", b"x", b""])
def test_a_style_that_there_is_not(book, style):
    assert changed(book, r"worksheets/sheet", lambda xml: re.sub(rb' s="\d+"', b' s="%s"' % style, xml)) in (
        0,
        1,
        2,
    )


@pytest.mark.parametrize(
    "element", [b"cellXfs", b"cellStyleXfs", b"fonts", b"fills", b"borders", b"numFmts", b"dxfs"]
)
def test_a_list_of_styles_that_is_gone(book, element):
    survived_with = rb"(?s)<%b\b.*?</%b>" % (element, element)
    changed(book, r"styles\.xml$", lambda xml: re.sub(survived_with, b"", xml))


CODES = ["[$-F800]dddd", "[", "yyyy" * 500, '"', "[Red]", "", "General;;;;;;", "\\", "[h]:mm", "@"]


@pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
def test_a_number_format_that_is_odd(book, code):
    made = f"formatCode={quoteattr(code)}".encode()
    changed(book, r"styles\.xml$", lambda xml: re.sub(rb'formatCode="[^"]*"', lambda _: made, xml))


@pytest.mark.parametrize("index", [b"99999", b"-1", b"4294967296", b"1.5", b"x", b""])
def test_a_shared_text_that_there_is_not(book, index):
    rewrite(book, {r"sheet4\.xml$": lambda xml: re.sub(rb't="s"><v>\d+', b't="s"><v>' + index, xml)})
    survived(book)


def test_shared_texts_that_are_gone(book):
    book.write_bytes(
        zipped([entry for entry in entries_of(book.read_bytes()) if b"sharedStrings" not in entry.name])
    )
    refused(book)


@pytest.mark.parametrize(
    "count", [b"4294967295", b"18446744073709551615", b"1000000", b"-1", b"x", b"&#57;99999999"]
)
def test_a_number_of_shared_texts_that_is_a_lie(book, count):
    """One library reserves memory for as many as the part says, and ends the process where there is none."""
    lie = b'count="%b" uniqueCount="%b"' % (count, count)
    assert changed(book, "sharedStrings", lambda xml: re.sub(rb'uniqueCount="\d+"', lie, xml)) == 0


def test_the_number_of_shared_texts_is_looked_for_where_it_stands():
    def believed(xml: bytes) -> bool:
        return is_believable([xml[:7], xml[7:9], xml[9:]], len(xml))

    assert believed(b'<?xml version="1.0"?><sst uniqueCount="2"><si/><si/></sst>')
    assert believed(b"<sst><si/></sst>") and believed(b"<sst/>")
    assert not believed(b'<sst uniqueCount="99"><si/><si/></sst>')
    assert not believed(b"<sst uniqueCount='9&#57;'/>")
    assert believed(b'<x:sst uniqueCount="1"/>') and believed(b'<x:sst uniqueCount="1"><x:si/></x:sst>\n')
    assert not believed(b'<x:sst uniqueCount="1"><x:sst uniqueCount="9"><x:si/>')
    assert not believed(b'<x:sst uniqueCount="1"><y:sst uniqueCount="9"><x:si/></x:sst>')
    assert not believed(b"<sst/><sst/>")
    assert not believed('<sst uniqueCount="1"/>'.encode("utf-16"))
    assert not believed(b"<!--" + b"x" * 70_000 + b"--><sst/>")


TARGETS = [
    "../../../etc/passwd",
    "file:///etc/passwd",
    "http://x.example/",
    "C:\\x",
    "",
    ".",
    "/",
    "a" * 9_000,
]


@pytest.mark.parametrize("target", TARGETS, ids=range(len(TARGETS)))
def test_a_relation_that_leads_out_of_the_package(book, target):
    made = f'Target="{target}"'.encode()
    changed(
        book, r"workbook\.xml\.rels$", lambda xml: re.sub(rb'Target="[^"]*sheet5\.xml"', lambda _: made, xml)
    )


REFS = [
    "",
    "A1",
    "A0:B2",
    "B2:A1",
    "A5:XFD1048576",
    "A5:ZZZ9999999",
    "A99999999:B1",
    "A:B",
    "$A$5:$B$9",
    "a5:b9",
]


@pytest.mark.parametrize("ref", REFS)
def test_a_table_that_stands_nowhere(book, ref):
    made = f'ref="{ref}"'.encode()
    changed(book, r"tables/table4\.xml$", lambda xml: re.sub(rb'\bref="[^"]*"', lambda _: made, xml))


@pytest.mark.parametrize("spelling", ["utf-16", "utf-16-be"])
def test_parts_in_two_bytes_a_letter(book, spelling):
    mark = b"\xfe\xff" if spelling.endswith("be") else b""
    assert changed(book, r"worksheets/sheet4\.xml$", lambda xml: mark + xml.decode().encode(spelling)) in (
        0,
        1,
        2,
    )
