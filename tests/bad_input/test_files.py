"""Files that cannot be worked on: one clear line with the file's name and the cure, exit 2, and nothing written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from addin.files import save
from tests.bad_input.ledger import AS_OF, make_book, repacked, sheet_of
from tests.bad_input.reports import command, listing, unchanged

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ORIGIN = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"


def stream(name: str) -> bytes:
    """The start of an OLE file and one entry of its directory."""
    return OLE + b"\0" * 1016 + f"{name}\0".encode("utf-16-le").ljust(64, b"\0") + b"\0" * 448


def good(folder: Path) -> bytes:
    path = make_book(folder)
    content = path.read_bytes()
    path.unlink()
    return content


BYTES: dict[str, tuple[Callable[[Path], bytes], str, str]] = {
    "text": (lambda folder: b"a,b\n1,2\n", "不是 Excel 工作簿", "is not an Excel workbook"),
    "chinese csv": (lambda folder: "客户,金额\n".encode("gbk"), "不是 Excel 工作簿", "is not an Excel workbook"),
    "an .xls": (lambda folder: stream("Workbook"), "另存为 .xlsx", "save as .xlsx"),
    "encrypted": (lambda folder: stream("EncryptedPackage"), "去掉密码", "without the password"),
    "nothing": (lambda folder: b"", "空的", "is empty"),
    "cut in half": (lambda folder: good(folder)[:40_000], "从备份恢复", "restore a backup"),
    "cut at the end": (lambda folder: good(folder)[:-30], "从备份恢复", "restore a backup"),
    "no ledger in it": (lambda folder: without_tables(folder), "huikuan new", "huikuan new"),
}  # fmt: skip


def without_tables(folder: Path) -> bytes:
    def strip(book):
        for sheet in book.worksheets[1:]:
            book.remove(sheet)

    path = make_book(folder, change=strip)
    content = path.read_bytes()
    path.unlink()
    return content


COMMANDS = {
    "check": ["check", "{}"],
    "refresh": ["refresh", "{}"],
    "show": ["show", "{}", "receipts"],
}


def refused(book: Path, name: str = "refresh", *, lines: int = 1) -> dict[str, str]:
    """What one command says in both languages, having exit code 2, one line and no byte changed."""
    said = {}
    for language in ("zh", "en"):
        arguments = [word.format(book) for word in COMMANDS[name]]
        with unchanged(book.parent):
            spoken = command(*arguments, "--as-of", AS_OF, "--lang", language)
        assert (spoken.code, spoken.out) == (2, "")
        assert spoken.err.endswith("\n") and len(spoken.err.splitlines()) == lines, spoken.err
        assert book.name in spoken.err
        assert "Traceback" not in spoken.err
        said[language] = spoken.err
    assert said["zh"] != said["en"]
    return said


@pytest.mark.parametrize("command_name", COMMANDS)
@pytest.mark.parametrize("kind", BYTES)
def test_another_file_under_the_name(tmp_path, kind, command_name):
    content, zh, en = BYTES[kind]
    book = tmp_path / "账本 2026.xlsx"
    book.write_bytes(content(tmp_path))
    said = refused(book, command_name)
    assert zh in said["zh"] and en in said["en"]


@pytest.mark.parametrize("command_name", COMMANDS)
def test_a_folder(tmp_path, command_name):
    folder = tmp_path / "ledger.xlsx"
    folder.mkdir()
    said = refused(folder, command_name)
    assert "文件夹" in said["zh"] and "is a folder" in said["en"]


@pytest.mark.parametrize("command_name", COMMANDS)
def test_a_file_that_is_not_there(tmp_path, command_name):
    (tmp_path / "other.xlsx").write_bytes(b"x")
    said = refused(tmp_path / "ledger.xlsx", command_name)
    assert "找不到" in said["zh"]
    assert "no" in said["en"].lower()


@pytest.mark.parametrize("command_name", COMMANDS)
def test_no_permission_to_read(tmp_path, monkeypatch, command_name):
    book = make_book(tmp_path)
    opened = Path.open

    def denied(path: Path, *arguments, **more):
        if path == book:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **more)

    arguments = [word.format(book) for word in COMMANDS[command_name]]
    before = listing(tmp_path)
    monkeypatch.setattr(Path, "open", denied)
    for language, words in (("zh", "权限"), ("en", "permission")):
        spoken = command(*arguments, "--lang", language)
        assert (spoken.code, spoken.out, len(spoken.err.splitlines())) == (2, "", 1)
        assert book.name in spoken.err and words in spoken.err
    monkeypatch.undo()
    assert listing(tmp_path) == before


# --- read, but not written


def test_a_read_only_file_is_checked_but_not_refreshed(tmp_path):
    book = make_book(tmp_path)
    book.chmod(0o444)
    said = refused(book)
    assert "--out" in said["zh"] and "--out" in said["en"]
    assert command("check", book, "--as-of", AS_OF).code == 0
    assert command("refresh", book, "--as-of", AS_OF, "--out", tmp_path / "new.xlsx").code == 0


LOCKS = {
    "~$ledger.xlsx": (b"\x0aLi Xiaomei" + b" " * 44, "Excel", "Li Xiaomei"),
    ".~lock.ledger.xlsx#": (b",li,desk-7,21.11.2026 09:30,file:///home/li/;", "LibreOffice", "desk-7"),
}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_book_that_somebody_has_open(tmp_path, lock):
    content, program, owner = LOCKS[lock]
    book = make_book(tmp_path)
    (tmp_path / lock).write_bytes(content)
    said = refused(book)
    for words in said.values():
        assert program in words and owner in words and lock in words
    assert command("check", book, "--as-of", AS_OF).code == 0, "reading is no harm"


def test_a_book_that_another_program_holds(tmp_path, monkeypatch):
    """As Windows does while Excel has the file: the new book stands beside, the old one is as it was."""
    book = make_book(tmp_path)
    before, replace, naps = book.read_bytes(), os.replace, []

    def held(source, target):
        if Path(target) == book:
            raise PermissionError(13, "The process cannot access the file", str(target))
        replace(source, target)

    monkeypatch.setattr(save.os, "replace", held)
    monkeypatch.setattr(time, "sleep", naps.append)
    spoken = command("refresh", book, "--as-of", AS_OF, "--lang", "en")
    assert (spoken.code, spoken.out, len(spoken.err.splitlines())) == (2, "", 1)
    assert "ledger.xlsx is held by another program" in spoken.err and "ledger.pending.xlsx" in spoken.err
    assert naps, "it tried again first"
    assert book.read_bytes() == before
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".huikuan")}
    assert left == {"ledger.xlsx", "ledger.pending.xlsx"}


def signed(content: bytes) -> bytes:
    """The package with the parts of a digital signature."""
    extra = {
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/sig1.xml": b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    }
    relation = (
        f'<Relationship Id="rIdSig" Type="{ORIGIN}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )

    def add(name: str, part: bytes) -> bytes:
        return part.replace(b"</Relationships>", relation.encode()) if name == "_rels/.rels" else part

    return repacked(content, add, extra)


def test_a_signed_ledger_is_checked_but_not_refreshed(tmp_path):
    book = tmp_path / "signed ledger.xlsx"
    book.write_bytes(signed(good(tmp_path)))
    said = refused(book)
    assert "数字签名" in said["zh"] and "移除签名" in said["zh"]
    assert "digitally signed" in said["en"] and "Remove the signature" in said["en"]
    assert command("check", book, "--as-of", AS_OF).code == 0


def test_a_signed_book_of_somebody_else(tmp_path, shared):
    book = tmp_path / "signed.xlsx"
    book.write_bytes((shared / "corpus" / "signed.xlsx").read_bytes())
    refused(book)


# --- as processes of their own


@pytest.mark.parametrize("kind", ["text", "encrypted", "cut in half"])
def test_by_a_process(tmp_path, run_huikuan, kind):
    book = tmp_path / "ledger.xlsx"
    book.write_bytes(BYTES[kind][0](tmp_path))
    with unchanged(tmp_path):
        done = run_huikuan("refresh", book.name, "--lang", "en", cwd=tmp_path)
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("ledger.xlsx: ")


def test_one_bad_cell_by_a_process(tmp_path, run_huikuan):
    """The whole way: the findings and their cures for people, exit code 1, and the figures of the rest."""

    def spoil(book):
        sheet_of(book, "receipts").cell(6, 5).value = "ten thousand"

    book = make_book(tmp_path, change=spoil)
    done = run_huikuan("refresh", book.name, "--as-of", AS_OF, "--lang", "en", cwd=tmp_path)
    assert (done.exit_code, done.stderr) == (1, "")
    assert 'Receipts, row 6, Amount: "ten thousand" is not a number' in done.stdout
    assert "Type the number alone, for example 1234.56" in done.stdout
    assert "70,000.00" in done.stdout
