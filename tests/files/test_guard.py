"""What is no workbook of ours: one clear line that names the file and the cure, and nothing read."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from addin.files import parts
from addin.files.package import limits
from addin.files.parts import is_signed, open_package
from addin.files.reader import read_book
from addin.model.finding import LedgerError
from tests.files.inputs import customers, rewrite

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return customers(tmp_path / "账 本.xlsx", [["C1", "甲"]])


def refused(path: Path) -> str:
    """The code of the refusal; its line is one line in each language and names the file."""
    with pytest.raises(LedgerError) as caught:
        read_book(path)
    for words in caught.value.problem:
        assert words.startswith(path.name)
        assert "\n" not in words
        assert len(words) < 200
    return caught.value.code


def test_a_good_book_passes(book):
    assert read_book(book).tables


def test_a_folder(tmp_path):
    assert refused(tmp_path) == "is_folder"


def test_nothing_there(tmp_path):
    assert refused(tmp_path / "没有.xlsx") == "not_found"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert refused(tmp_path / "pipe.xlsx") == "not_a_workbook"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"a,b\n1,2\n", "not_a_workbook"),
        ("客户,金额\n".encode("gbk"), "not_a_workbook"),
        (b"%PDF-1.7 ...", "not_a_workbook"),
        (OLE + b"\0" * 600 + "Workbook\0".encode("utf-16-le"), "old_format"),
        (OLE + b"\0" * 600 + "Book\0".encode("utf-16-le"), "old_format"),
        (OLE + b"\0" * 600 + "WordDocument\0".encode("utf-16-le"), "not_a_workbook"),
        (OLE + b"\0" * 600 + "EncryptedPackage\0".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04" + b"\0" * 300, "damaged"),
    ],
)
def test_other_files_under_the_name(tmp_path, content, code):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_an_xls_is_told_how_to_become_one(tmp_path):
    path = tmp_path / "旧账.xls"
    path.write_bytes(OLE + "Workbook\0".encode("utf-16-le"))
    with pytest.raises(LedgerError) as caught:
        read_book(path)
    assert ".xlsx" in caught.value.problem.zh and ".xlsx" in caught.value.problem.en


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95, 0.999])
def test_a_truncated_book(book, kept):
    content = book.read_bytes()
    book.write_bytes(content[: int(len(content) * kept)])
    assert refused(book) == "damaged"


def test_a_flipped_byte_in_the_sheet(book):
    with zipfile.ZipFile(book) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(book.read_bytes())
    content[start + 90] ^= 0xFF
    book.write_bytes(bytes(content))
    assert refused(book) == "damaged"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": ""}, "old_format"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, "old_format"),
        ({"readme.txt": "hello"}, "not_a_workbook"),
        ({"[Content_Types].xml": "<Types/>"}, "not_a_workbook"),
    ],
    ids=["xlsb", "ods", "zip", "nothing in it"],
)
def test_other_packages(tmp_path, members, code):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert refused(path) == code


def test_a_word_file(book):
    rewrite(book, {r"workbook\.xml$": lambda xml: b"<document/>"})
    assert refused(book) == "not_a_workbook"


def test_broken_xml(book):
    rewrite(book, {r"workbook\.xml$": lambda xml: xml[:-20]})
    assert refused(book) == "damaged"


@pytest.mark.parametrize("part", [r"sheet1\.xml$", r"xl/workbook\.xml$", r"table1\.xml$", r"styles\.xml$"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(book, part, encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def bombed(xml: bytes) -> bytes:
        return (bomb + xml.decode().split("?>")[-1]).encode(encoding)

    rewrite(book, {part: bombed})
    assert refused(book) == "unsafe_xml"


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MAX_MEMBERS", 3), ("MAX_UNPACKED", 1000)],
)
def test_limits(book, monkeypatch, limit, value):
    monkeypatch.setattr(limits, limit, value)
    assert refused(book) == "too_large"


def test_a_zip_bomb(book):
    with (
        zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/zeros.bin", "w") as part,
    ):
        for _ in range(100):
            part.write(b"\0" * 2**20)
    assert refused(book) == "too_large"


def test_a_huge_part_is_not_parsed(book, monkeypatch):
    monkeypatch.setattr(parts, "MAX_PART", 100)
    assert refused(book) == "too_large"


@pytest.mark.parametrize(
    ("reason", "code"),
    [(PermissionError(13, "denied"), "no_permission"), (OSError(5, "Input/output error"), "unreadable")],
)
def test_no_right_to_read(book, monkeypatch, reason, code):
    def fail(*_: object, **__: object) -> None:
        raise reason

    monkeypatch.setattr(Path, "open", fail)
    assert refused(book) == code


def test_a_signature_is_seen(shared, book):
    signed = shared / "corpus" / "signed.xlsx"
    assert is_signed(signed)
    assert not is_signed(book)
    assert read_book(signed).tables == {}, "reading breaks no signature"


def test_signed_macros_are_no_signature(corpus):
    assert is_signed(corpus) == (corpus.name == "signed.xlsx")


def test_nothing_is_written(book):
    before = book.read_bytes(), book.stat().st_mtime_ns, sorted(book.parent.iterdir())
    read_book(book)
    assert before == (book.read_bytes(), book.stat().st_mtime_ns, sorted(book.parent.iterdir()))


def test_parts_are_named_alike_in_every_spelling(book):
    with open_package(book) as package:
        assert "xl/workbook.xml" in package
        assert package.workbook == "xl/workbook.xml"
