"""Small files that unpack, expand or repeat themselves into huge ones."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from addin.files.package import limits
from addin.files.parts import open_package
from addin.model.finding import LedgerError
from tests.bad_input.ledger import make_book
from tests.bad_input.reports import command
from tests.files.inputs import customers, rewrite, with_cells
from tests.fuzz.shared_texts import with_shared_texts
from tests.hostile.crafted import AS_OF, Entry, bounded, entries_of, refused, zipped

pytest.importorskip("resource", reason="memory is measured by a module that Windows lacks")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = customers(tmp_path / "ledger.xlsx", [["C1", "Alpha"], ["C2", "Beta"]])
    path.write_bytes(with_shared_texts(path.read_bytes()))
    return path


def with_entries(book: Path, *more: Entry) -> Path:
    book.write_bytes(zipped([*entries_of(book.read_bytes()), *more]))
    return book


# --- zip -----------------------------------------------------------------------------------------------


def test_the_crafted_zip_is_sound_when_it_tells_no_lie(book):
    with_entries(book, Entry(b"docProps/extra.bin", b"x" * 1000))
    assert command("check", book, "--as-of", AS_OF).code != 2


def test_a_ratio_that_no_sheet_has(book):
    with_entries(book, Entry(b"xl/media/zeros.bin", bytes(80 * 2**20)))
    with bounded(2, 50):
        refused(book, "unpacks beyond the safe limits")


def test_a_bomb_of_many_members(book):
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = zeros.compress(bytes(2**20)) + zeros.flush()
    crc = zlib.crc32(bytes(2**20))
    with_entries(book, *(Entry(b"xl/media/%d" % n, packed=packed, size=2**20, crc=crc) for n in range(400)))
    with bounded(2, 50):
        refused(book, "unpacks beyond the safe limits")


def test_more_members_than_a_book_has(book):
    with_entries(book, *(Entry(b"m/%d" % n, method=0) for n in range(limits.MAX_MEMBERS)))
    with bounded(4, 100):
        refused(book, "parts", "safe limits")


def test_a_count_that_is_a_lie(book):
    book.write_bytes(zipped(entries_of(book.read_bytes()), count=9_999))
    refused(book, "damaged")


def test_members_that_share_their_bytes(book):
    """One kernel of zeros, quoted by many entries of the directory, each at its own offset."""
    parts = entries_of(book.read_bytes())
    kernel = Entry(b"xl/media/a", bytes(10**6))
    twins = [Entry(b"xl/media/%d" % n, bytes(10**6), offset=None) for n in range(3)]
    sound = zipped([*parts, kernel])
    start = sound.rindex(b"PK\3\4")
    for twin in twins:
        twin.offset = start
    book.write_bytes(zipped([*parts, kernel, *twins]))
    refused(book, "damaged")


def test_a_member_that_reaches_into_the_next(book):
    """Its packed size covers the header of the part after it: read, it would hold another part's bytes."""
    parts = entries_of(book.read_bytes())
    inner = b"PK\3\4" + bytes(26)
    outer = Entry(b"xl/worksheets/sheet1.xml", inner + b"x" * 20, method=0)
    whole = zipped([outer, *parts[1:]])
    at = whole.index(outer.content)
    nested = Entry(b"xl/hidden.xml", b"", method=0, offset=at)
    book.write_bytes(zipped([outer, *[p for p in parts if p.name != outer.name], nested]))
    refused(book, "damaged")


@pytest.mark.parametrize("claimed", [0, 10, 10**6, 0xFFFFFFFF])
def test_a_size_that_is_a_lie(book, claimed):
    parts = entries_of(book.read_bytes())
    sheet = next(part for part in parts if part.name.endswith(b"sheet1.xml"))
    sheet.size = claimed
    book.write_bytes(zipped(parts))
    refused(book)


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 99])
def test_a_compression_that_no_office_program_writes(book, method):
    parts = entries_of(book.read_bytes())
    next(part for part in parts if part.name.endswith(b"sheet1.xml")).method = method
    book.write_bytes(zipped(parts))
    refused(book, "damaged")


def test_what_follows_the_end_is_not_minded(book):
    book.write_bytes(zipped(entries_of(book.read_bytes()), after=b"\0" * 100, comment=b"made by hand"))
    assert command("check", book, "--as-of", AS_OF).code != 2


# --- entities and document types ---------------------------------------------------------------------------

LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
PARTS = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
         "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/tables/table1.xml"]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", [LAUGHS, OUTSIDE], ids=["billion laughs", "a file of the machine"])
def test_entities(book, part, kind):
    parts = entries_of(book.read_bytes())
    victim = next(entry for entry in parts if entry.name == part.encode())
    body = victim.content.split(b"?>", 1)[-1]
    victim.content = kind + body.replace(b"</", b"&a11;</", 1)
    book.write_bytes(zipped(parts))
    with bounded(2, 50):
        said = refused(book)
    assert "DTD or entities" in said.err or "damaged" in said.err


def test_a_document_type_behind_blocks_that_hold_nothing(book):
    """Deflate may hold empty blocks: the first piece of a part must not pass for the whole of its start."""
    parts = entries_of(book.read_bytes())
    sheet = next(part for part in parts if part.name.endswith(b"sheet1.xml"))
    sheet.content = LAUGHS + sheet.content.split(b"?>", 1)[-1]
    sheet.packed = b"\0\0\0\xff\xff" * 60_000 + sheet.data()
    book.write_bytes(zipped(parts))
    refused(book, "DTD or entities")


def test_empty_blocks_hide_no_cells(book):
    cells = '<row r="6"><c r="A6" t="e"><v>#REF!</v></c><c r="B6"><v>1</v></c></row>'
    rewrite(book, {r"sheet1\.xml$": with_cells(cells)})
    parts = entries_of(book.read_bytes())
    sheet = next(part for part in parts if part.name.endswith(b"sheet1.xml"))
    sheet.packed = b"\0\0\0\xff\xff" * 60_000 + sheet.data()
    book.write_bytes(zipped(parts))
    assert "cell_error" in command("check", book, "--as-of", AS_OF, "--json").out


# --- repetition ---------------------------------------------------------------------------------------------


def test_one_table_named_a_hundred_thousand_times(book):
    def multiply(rels: bytes) -> bytes:
        entry = b'<Relationship Id="r%d" Type="x/table" Target="/xl/tables/table1.xml"/>'
        more = b"".join(entry % n for n in range(100_000))
        return rels.replace(b"</Relationships>", more + b"</Relationships>")

    rewrite(
        book,
        {r"sheet1\.xml\.rels$": multiply, r"table1\.xml$": lambda xml: xml + b"<!--%s-->" % (b"x" * 2**20)},
    )
    with bounded(15, 300), open_package(book) as package:
        from addin.files.discover import find_tables

        assert len(find_tables(package)) == 1


def test_one_sheet_listed_a_hundred_thousand_times(book):
    def multiply(xml: bytes) -> bytes:
        start, end = xml.index(b"<sheet "), xml.index(b"</sheets>")
        return xml[:end] + xml[start:end] * 100_000 + xml[end:]

    rewrite(book, {r"xl/workbook\.xml$": multiply})
    with bounded(30, 300):
        assert command("check", book, "--as-of", AS_OF).code != 2


def test_elements_within_elements_without_end(book):
    deep = "<a>" * 1_000_000
    rewrite(book, {r"sheet1\.xml$": with_cells(f'<row r="6"><c><v>1</v></c></row>{deep}')})
    with bounded(10, 200):
        refused(book, "damaged")


def test_a_part_that_would_be_parsed_as_a_whole(book):
    rewrite(
        book,
        {r"xl/workbook\.xml$": lambda xml: xml.replace(b"</workbook>", b"<a/>" * 5_000_000 + b"</workbook>")},
    )
    with bounded(5, 200):
        refused(book, "safe limits")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="6"><c r="A6"><f>1</f>' + " " * 3_000_000 + "</row>",
        '<row r="6"><c r="A6">' + "<f <f <f " * 300_000,
        '<row r="6"><c r="A6">' + ' t="e"' * 500_000,
        '<row r="6"><c r="A6" t="e">' + "<v><v><v>" * 300_000,
        '<row r="6"><c r="A6">' + "</f>" * 700_000 + "</row>",
        '<row r="6">' + "<c" * 1_500_000,
        '<row r="6"><c r="A6"><f>1</f><v' + " x" * 1_500_000,
    ],
    ids=["spaces", "open formulas", "types", "values", "ends", "cells", "attributes"],
)
def test_patterns_take_no_longer_on_what_was_made_to_delay_them(book, cells):
    rewrite(book, {r"sheet1\.xml$": with_cells(cells)})
    with bounded(10, 300):
        refused(book)


def test_a_sound_book_beside_all_these(tmp_path):
    assert command("check", make_book(tmp_path), "--as-of", AS_OF).code == 0


def test_two_parts_that_one_reader_takes_for_one(book):
    sheet = next(part for part in entries_of(book.read_bytes()) if part.name.endswith(b"sheet1.xml"))
    with_entries(book, Entry(sheet.name.replace(b".xml", b"%2Exml"), sheet.content))
    with pytest.raises(LedgerError, match="damaged"), open_package(book):
        pass
