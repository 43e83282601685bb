"""A new book: whole or not at all, and never over another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.assets import templates
from addin.files.reader import book_language, read_book
from addin.model.finding import LedgerError
from addin.model.tables import TABLES
from addin.service import newbook
from addin.service.newbook import new_book


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_standard_workbook_of_each_language(tmp_path, language):
    book = new_book(tmp_path / "应收 账款.xlsx", language)
    raw = read_book(book)
    assert book_language(raw) == language
    assert set(raw.tables) == set(TABLES)
    assert list(tmp_path.iterdir()) == [book]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_in_xlsm_gets_the_one_with_macros(tmp_path, language):
    book = new_book(tmp_path / "应收 账款.XLSM", language)

    assert book.read_bytes() == (templates() / f"huikuan-{language}.xlsm").read_bytes()
    assert book_language(read_book(book)) == language


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("there.xlsx", "book_exists"),
        ("a.xls", "book_name"),
        ("no/a.xlsx", "no_folder"),
    ],
)
def test_what_cannot_be_made(tmp_path, name, code):
    (tmp_path / "there.xlsx").write_bytes(b"mine")
    with pytest.raises(LedgerError) as caught:
        new_book(tmp_path / name, "en")
    assert caught.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["there.xlsx"]
    assert (tmp_path / "there.xlsx").read_bytes() == b"mine"


def test_a_file_that_appears_meanwhile_is_left_alone(tmp_path, monkeypatch):
    book = tmp_path / "a.xlsx"
    copy = newbook.shutil.copyfile

    def copy_while_another_appears(source: Path, target: str) -> None:
        copy(source, target)
        book.write_bytes(b"theirs")

    monkeypatch.setattr(newbook.shutil, "copyfile", copy_while_another_appears)
    with pytest.raises(LedgerError, match="is there already"):
        new_book(book, "en")
    assert book.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [book]
