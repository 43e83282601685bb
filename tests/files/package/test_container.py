"""The zip layer: what is not a whole book is refused, what is odd but whole comes through."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from addin.files.package import CellEdit, Edits, PackageError, container, limits, packing, patch
from tests.files.package import comparator
from tests.files.package.books import part, patched, rows_of, sheet_xml, write_book

EDIT = CellEdit("S", 1, 1, "x")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book.xlsx", {"S": sheet_xml("")})


def rewritten(book: Path, **options: object) -> Path:
    """The book packed once more, its members' names changed by `name`."""
    rename = options.pop("name", lambda text: text)
    parts = {info: zipfile.ZipFile(book).read(info) for info in zipfile.ZipFile(book).infolist()}
    with zipfile.ZipFile(book, "w") as package:
        for info, data in parts.items():
            package.writestr(rename(info.filename), data, **options)  # type: ignore[operator,arg-type]
    return book


def refusal(book: Path, target: Path | None = None) -> str:
    with pytest.raises(PackageError) as caught:
        patch(book, target or book.with_name("after.xlsx"), Edits(cells=[EDIT]))
    assert caught.value.problem.zh and caught.value.problem.en
    return caught.value.problem.en


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all" * 100, b"PK\x05\x06" + b"\0" * 10])
def test_what_is_not_a_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(data)
    assert "not a whole Excel workbook" in refusal(book)


def test_every_cut_is_refused(book: Path) -> None:
    whole = book.read_bytes()
    for length in range(0, len(whole), 97):
        book.write_bytes(whole[:length])
        assert "not a whole Excel workbook" in refusal(book)


def test_an_ole_file_is_encrypted_or_old(book: Path) -> None:
    book.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert "encrypted" in refusal(book)


def test_encrypted_members_are_refused(book: Path) -> None:
    data = bytearray(book.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    book.write_bytes(data)
    assert "encrypted" in refusal(book)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as package:
        package.writestr("XL/workbook.xml", b"<x/>")
    assert "twice" in refusal(book)


def test_a_damaged_part_is_refused(book: Path) -> None:
    data = bytearray(book.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml")
    data[at + 5] ^= 0xFF
    book.write_bytes(data)
    assert "xl/worksheets/sheet1.xml" in refusal(book)


def test_a_size_that_lies_is_refused(book: Path) -> None:
    data = bytearray(book.read_bytes())
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<L", data, at + 24, 10)
    book.write_bytes(data)
    assert "longer than declared" in refusal(book)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = sheet_xml("").replace("</worksheet>", " " * (80 << 20) + "</worksheet>")
    assert "unpacks beyond" in refusal(write_book(tmp_path / "book.xlsx", {"S": bomb}))


def test_too_many_parts_are_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    assert "unpacks beyond" in refusal(book)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml("<row r='1'/>").partition("?>")[2]
    assert "document type" in refusal(write_book(tmp_path / "book.xlsx", {"S": evil}))


@pytest.mark.parametrize(
    "name",
    [lambda text: text.replace("/", "\\"), str.upper, lambda text: "/" + text],
    ids=["backslash", "case", "leading slash"],
)
def test_odd_part_names_are_found(book: Path, name: object) -> None:
    rewritten(book, name=name)
    target = book.with_name("after.xlsx")
    patch(book, target, Edits(cells=[EDIT]))
    assert len(comparator.changed(book, target)) == 1


def test_stored_members_stay_stored(book: Path) -> None:
    rewritten(book, compress_type=zipfile.ZIP_STORED)
    target, _ = patched(book, EDIT)
    assert {info.compress_type for info in zipfile.ZipFile(target).infolist()} == {zipfile.ZIP_STORED}
    assert "<t>x</t>" in rows_of(target)


def test_streamed_members_keep_their_descriptors(book: Path) -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    parts = {info.filename: zipfile.ZipFile(book).read(info) for info in zipfile.ZipFile(book).infolist()}
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    book.write_bytes(stream.getvalue())
    assert all(info.flag_bits & 8 for info in zipfile.ZipFile(book).infolist())
    target, report = patched(book, EDIT)
    assert zipfile.ZipFile(target).testzip() is None
    flags = {info.filename: info.flag_bits & 8 for info in zipfile.ZipFile(target).infolist()}
    assert {name for name, flag in flags.items() if not flag} == set(report.changed_parts)
    assert target.read_bytes().count(b"PK\x07\x08") == len(parts) - 1


def test_extra_fields_comments_and_dates_come_through(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as package:
        info = zipfile.ZipInfo("docProps/thumb.bin", (2001, 2, 3, 4, 5, 6))
        info.extra, info.comment = struct.pack("<HH4s", 0xCAFE, 4, b"abcd"), b"note"
        info.external_attr = 0o640 << 16
        package.writestr(info, b"\x00\x01" * 50)
        package.comment = "账本".encode()
    target, _ = patched(book, EDIT)
    after = zipfile.ZipFile(target)
    info = after.getinfo("docProps/thumb.bin")
    assert (info.extra, info.comment) == (struct.pack("<HH4s", 0xCAFE, 4, b"abcd"), b"note")
    assert info.date_time == (2001, 2, 3, 4, 5, 6) and info.external_attr == 0o640 << 16
    assert after.comment == "账本".encode()
    assert after.getinfo("xl/worksheets/sheet1.xml").date_time == (2024, 2, 29, 12, 0, 0)


def test_zip64_sources_are_read_and_written(book: Path) -> None:
    parts = {info.filename: zipfile.ZipFile(book).read(info) for info in zipfile.ZipFile(book).infolist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            with package.open(name, "w", force_zip64=True) as member:
                member.write(data)
    target, _ = patched(book, EDIT)
    assert zipfile.ZipFile(target).testzip() is None
    assert len(comparator.changed(book, target)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs sparse files")
def test_places_beyond_four_gigabytes_go_into_zip64_records(book: Path) -> None:
    target = book.with_name("after.xlsx")
    with container.Archive(book) as archive, target.open("wb") as file:
        file.seek(5 << 30)
        writer = packing.Writer(file)
        for member in archive.members:
            writer.copy(archive, member)
        writer.finish(b"")
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        assert all(info.header_offset > 4 << 30 for info in package.infolist())
    assert comparator.changed(book, target) == set()
    with container.Archive(target) as archive:
        assert archive.read(archive.members[0]).decode() == part(book, "[Content_Types].xml")
